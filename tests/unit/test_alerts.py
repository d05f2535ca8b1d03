"""Alerts: made, changed, named by jobs and folders, deleted; and what they tell (semantics 2.12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from jams.database import alerts, jobs, outbox, tables
from jams.objects.alerts import Alert, AlertEvent, AlertHandler
from jams.objects.enums import Severity
from jams.objects.errors import (
    AlertNotFound,
    AlreadyExists,
    InUse,
    InvalidArgument,
    JobNotFound,
    MissingArgument,
    NotSupported,
)
from jams.objects.parts import Element
from jams.objects.patch import patch_of
from tests.support.engine import World, values, world

FAILED, GOOD = AlertEvent.ENTRY_FAILED, AlertEvent.ENTRY_SUCCEEDED


@pytest.fixture
def w(place: Path | str) -> Iterator[World]:
    with world(place) as made:
        yield made


def make(w: World, name: str, **members: Any) -> Alert:
    usual = {"events": [FAILED], "notify_names": "ann@x.org"}
    alert = Alert(alert_name=name, **{**usual, **members})
    return w.write(lambda c: alerts.create(c, alert, user="bob"))


def change(w: World, name: str, **members: Any) -> Alert:
    return w.write(lambda c: alerts.change(c, patch_of(Alert)(**members), name=name, user="bob"))


def use(name: str, alert: str, **properties: Any) -> Element:
    return Element(element_name=name, element_type_name="Alert", properties=values(Alert=alert, **properties))


def told(w: World) -> list[tuple[str, str, str]]:
    """What was told, by whom, to whom."""
    found = w.read(lambda c: outbox.find(c))
    return [(each.happened, each.told_by, ", ".join(each.recipients)) for each in reversed(found)]


def run(w: World, job: str, code: int) -> None:
    w.exits[job.rpartition("\\")[2]] = [code]
    w.submit(job)
    w.after(minutes=5)


def test_it_tells_of_ends_that_failed_and_of_those_that_did_not(w: World) -> None:
    make(w, "bad")
    make(w, "good", events=[GOOD], notify_names="bob@x.org")
    w.job("\\j", elements=[use("A", "bad"), use("B", "GOOD")], properties=values(NotifyEMail="-*"))
    run(w, "\\j", 1)
    run(w, "\\j", 0)
    assert told(w) == [("Ended", "Alert bad", "ann@x.org"), ("Ended", "Alert good", "bob@x.org")]


def test_what_counts_as_failed_is_what_the_job_says(w: World) -> None:
    make(w, "bad")
    make(w, "good", events=[GOOD], notify_names="bob@x.org")
    said = values(NotifyEMail="-*", NotifySeverity="Fatal")
    w.job("\\j", elements=[use("A", "bad"), use("B", "good")], properties=said)
    run(w, "\\j", 1)
    assert told(w) == [("Ended", "Alert good", "bob@x.org")]


def test_it_comes_down_and_nothing_below_takes_it_away(w: World) -> None:
    make(w, "bad")
    w.folder("\\F", elements=[use("A", "bad")])
    w.folder("\\F\\G", elements=[use("A", "bad", Enabled=False)])
    w.job("\\F\\G\\j", elements=[use("A", "bad", Enabled=False)], properties=values(NotifyEMail="-*"))
    run(w, "\\F\\G\\j", 1)
    assert told(w) == [("Ended", "Alert bad", "ann@x.org")]


def test_one_that_is_named_twice_tells_once(w: World) -> None:
    make(w, "bad")
    w.folder("\\F", elements=[use("A", "bad")])
    w.job("\\F\\j", elements=[use("B", "bad")], properties=values(NotifyEMail="-*"))
    run(w, "\\F\\j", 1)
    assert told(w) == [("Ended", "Alert bad", "ann@x.org")]


def test_those_of_one_inheritance_name_tell_as_one(w: World) -> None:
    make(w, "above", inheritance_name="Ops", summary_text="above", events=[GOOD])
    make(w, "below", inheritance_name="ops", notify_names="bob@x.org")
    make(w, "only", inheritance_name="OPS", notify_names="-*, cat@x.org")
    w.folder("\\F", elements=[use("A", "above")])
    w.job("\\F\\j", elements=[use("A", "below")], properties=values(NotifyEMail="-*"))
    w.job("\\F\\k", elements=[use("A", "only")], properties=values(NotifyEMail="-*"))
    run(w, "\\F\\j", 1)
    run(w, "\\F\\j", 0)
    run(w, "\\F\\k", 0)
    assert told(w) == [
        ("Ended", "Alert below", "ann@x.org, bob@x.org"),
        ("Ended", "Alert below", "ann@x.org, bob@x.org"),
        ("Ended", "Alert only", "cat@x.org"),
    ]


def test_without_addresses_it_words_the_mail_of_the_job(w: World) -> None:
    make(w, "words", notify_names="", summary_text="look: {{ path }}")
    w.job("\\j", elements=[use("A", "words")], properties=values(NotifyEMail="job@x.org"))
    run(w, "\\j", 1)
    assert told(w) == [("Ended", "Alert words", "job@x.org")]


def test_the_submitter_is_told_where_it_says_so(w: World) -> None:
    make(w, "s", notify_names="-*", notify_submitter=True)
    w.job("\\j", elements=[use("A", "s")], properties=values(NotifyEMail="-*"))
    w.exits["j"] = [1]
    w.submit("\\j", user="eve@x.org")
    w.after(minutes=5)
    assert told(w) == [("Ended", "Alert s", "eve@x.org")]


def test_ends_are_silent_where_the_job_says_so_and_stalls_are_not(w: World) -> None:
    make(w, "all", events=[FAILED, GOOD, AlertEvent.ENTRY_STALLED])
    said = values(NotifyEMail="-*", SuppressNotify=True, StalledTime="0:15")
    w.job("\\j", elements=[use("A", "all")], properties=said)
    run(w, "\\j", 1)
    assert told(w) == []
    w.submit("\\j", hold=True)
    w.after(hours=1)
    assert told(w) == [("Stalled", "Alert all", "ann@x.org")]


def test_it_hears_events_of_elements_whatever_their_class(w: World) -> None:
    make(w, "away", events=[AlertEvent.ENTRY_RUNAWAY])
    limit = Element(element_name="R", element_type_name="RunawayEvent", properties=values(Elapsed="0:30"))
    w.job("\\j", elements=[use("A", "away"), limit], properties=values(NotifyEMail="-*"))
    w.lasts["j"] = timedelta(hours=1)
    w.submit("\\j")
    w.after(hours=2)
    assert told(w) == [("Runaway", "Alert away", "ann@x.org")]


def test_it_submits_a_job_and_calls_a_web_hook(w: World) -> None:
    w.job("\\tell")
    make(w, "job", handler=AlertHandler.JOB, job_name="\\tell")
    make(w, "hook", handler=AlertHandler.WEB_HOOK, address="https://hooks.example.org/secret")
    w.job("\\j", elements=[use("A", "job"), use("B", "hook")], properties=values(NotifyEMail="-*"))
    run(w, "\\j", 1)
    assert len(w.numbers("tell")) == 1
    assert told(w) == [("Ended", "Alert hook", "hooks.example.org")]


def test_what_it_says_may_be_changed_and_entries_tell_as_it_was_when_they_were_made(w: World) -> None:
    make(w, "bad")
    w.job("\\j", elements=[use("A", "bad")], properties=values(NotifyEMail="-*"))
    w.exits["j"] = [1, 1]
    w.lasts["j"] = timedelta(minutes=10)
    w.submit("\\j")
    w.after(minutes=1)
    changed = change(w, "bad", notify_names="new@x.org")
    assert changed.notify_names == "new@x.org" and changed.events == [FAILED]
    w.after(minutes=20)
    w.submit("\\j")
    w.after(minutes=20)
    assert [each[2] for each in told(w)] == ["ann@x.org", "new@x.org"]


def test_one_that_is_used_is_neither_deleted_nor_gets_another_name(w: World) -> None:
    made = make(w, "bad")
    w.job("\\j", elements=[use("A", "bad")])
    with pytest.raises(InUse, match=r"job \\j \(Alert\)"):
        w.write(lambda c: alerts.delete(c, made.alert_id or 0))
    with pytest.raises(InUse):
        change(w, "bad", alert_name="worse")
    assert change(w, "bad", alert_name="BAD").alert_name == "BAD"
    (use_of_it,) = w.read(lambda c: alerts.references_to(c, made.alert_id or 0))
    assert (use_of_it.type, use_of_it.referring_name) == ("Job", "j")
    other = make(w, "free")
    assert change(w, "free", alert_name="freer").alert_name == "freer"
    assert w.write(lambda c: alerts.delete(c, other.alert_id or 0)) == "freer"


def test_a_job_that_an_alert_submits_is_in_use(w: World) -> None:
    w.job("\\tell")
    make(w, "job", handler=AlertHandler.JOB, job_name="\\tell")
    with pytest.raises(InUse, match="alert job"):
        w.write(lambda c: jobs.delete(c, jobs.find(c, name="\\tell")))


def test_a_job_names_no_alert_that_there_is_not(w: World) -> None:
    with pytest.raises(AlertNotFound):
        w.job("\\j", elements=[use("A", "nobody")])


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"notify_names": "no address"}, InvalidArgument),
        ({"summary_text": "{{ severity "}, InvalidArgument),
        ({"detail_text": "{% include 'x' %}"}, InvalidArgument),
        ({"handler": AlertHandler.WEB_HOOK}, MissingArgument),
        ({"handler": AlertHandler.WEB_HOOK, "address": "ftp://x.org"}, InvalidArgument),
        ({"handler": AlertHandler.WEB_HOOK, "address": "https://u:p@x.org"}, InvalidArgument),
        ({"handler": AlertHandler.JOB}, MissingArgument),
        ({"handler": AlertHandler.JOB, "job_name": "\\nowhere"}, JobNotFound),
        ({"events": [AlertEvent.ACTIVITY_TIME_LIMIT]}, NotSupported),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_nothing(
    w: World, members: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        make(w, "a", **members)
    assert w.read(alerts.all_alerts) == []


def test_a_name_is_borne_once(w: World) -> None:
    make(w, "a")
    with pytest.raises(AlreadyExists):
        make(w, "A")


def test_a_broken_one_tells_nobody_hinders_nothing_and_can_be_mended(w: World) -> None:
    made = make(w, "bad")
    w.job("\\j", elements=[use("A", "bad")], properties=values(NotifyEMail="job@x.org"))
    w.write(lambda c: c.execute(update(tables.alert).values(document='{"events": ["Nothing"]}')))
    shown = w.read(lambda c: alerts.get(c, made.alert_id or 0))
    assert shown.damage is not None
    run(w, "\\j", 1)
    assert told(w) == [("Ended", "NotifyEMail", "job@x.org")]
    assert w.entry(w.numbers("j")[0]).final_severity is Severity.ERROR
    change(w, "bad", events=[FAILED], notify_names="ann@x.org", version=shown.version)
    run(w, "\\j", 1)
    assert ("Ended", "Alert bad", "ann@x.org") in told(w)
