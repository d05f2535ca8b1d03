"""Elements that raise events: StalledEvent, RunawayEvent, ShortEvent, MissedWindowEvent (semantics 2.12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from jams.database import outbox, tables
from jams.objects.enums import EntryState, Severity
from jams.objects.parts import Element
from jams.objects.schedule import Release, Reschedule, Restart
from jams.scheduler import actions
from tests.support.engine import World, values, world


@pytest.fixture
def w(place: Path | str) -> Iterator[World]:
    with world(place) as made:
        yield made


def named(type_name: str, name: str, **properties: Any) -> Element:
    return Element(element_name=name, element_type_name=type_name, properties=values(**properties))


def ear(name: str, **properties: Any) -> Element:
    return named("SendEMail", name, ToAddress="ann@x.org", **properties)


def told(w: World) -> list[tuple[str, str]]:
    """What was told, and by whom."""
    return [(each.happened, each.told_by) for each in reversed(w.read(lambda c: outbox.find(c)))]


def letters(w: World) -> list[Any]:
    rows = w.read(lambda c: c.execute(select(tables.outbox).order_by(tables.outbox.c.number)).all())
    return list(rows)


def test_each_stall_that_is_worse_is_told_to_those_of_its_class_once(w: World) -> None:
    w.job(
        "\\j",
        elements=[
            named("StalledEvent", "Soon", Elapsed="0:15", EventClass="Moderate"),
            named("StalledEvent", "Late", Elapsed="1:00", EventClass="Urgent", Message="call Bob"),
            ear("Desk", Moderate=True),
            ear("Pager", Urgent=True),
        ],
        properties=values(NotifyEMail="-*"),
    )
    number = w.submit("\\j", hold=True)
    w.after(minutes=14)
    assert told(w) == []
    w.after(minutes=2)
    assert told(w) == [("Stalled", "Desk")] and w.entry(number).stalled
    w.after(minutes=43)
    assert told(w) == [("Stalled", "Desk")]
    w.after(hours=5)
    assert told(w) == [("Stalled", "Desk"), ("Stalled", "Pager")]


def test_a_time_that_is_missed_again_is_a_stall_again(w: World) -> None:
    w.job("\\j", elements=[named("StalledEvent", "S", Elapsed="0:15"), ear("Tell", Normal=True)])
    number = w.submit("\\j", hold=True)
    w.after(minutes=30)
    w.act(actions.reschedule, number, Reschedule(hold_time=w.now + timedelta(hours=1)))
    w.after(minutes=70)
    assert [each for each in told(w) if each[1] == "Tell"] == [("Stalled", "Tell")]
    w.after(minutes=10)
    assert [each for each in told(w) if each[1] == "Tell"] == [("Stalled", "Tell")] * 2


def test_the_property_and_the_element_are_limits_of_their_own(w: World) -> None:
    w.job(
        "\\j",
        elements=[named("StalledEvent", "S", Elapsed="1:00", EventClass="High"), ear("Tell", High=True)],
        properties=values(StalledTime="0:15", NotifyEMail="bob@x.org"),
    )
    w.submit("\\j", hold=True)
    w.after(minutes=30)
    assert told(w) == [("Stalled", "NotifyEMail")]
    w.after(hours=1)
    assert sorted(told(w)) == [("Stalled", "NotifyEMail")] * 2 + [("Stalled", "Tell")]


def test_an_element_of_the_job_replaces_the_folders_of_its_name_and_one_not_enabled_takes_it_away(
    w: World,
) -> None:
    w.folder("\\F", elements=[named("StalledEvent", "S", Elapsed="0:15"), ear("Tell", Normal=True)])
    for name, own in (
        ("later", named("StalledEvent", "s", Elapsed="2:00")),
        ("never", named("StalledEvent", "S", Elapsed="0:15", Enabled=False)),
        ("as_above", named("StalledEvent", "Other", Elapsed="9:00")),
    ):
        w.job(f"\\F\\{name}", elements=[own], properties=values(NotifyEMail="-*"))
        w.submit(f"\\F\\{name}", hold=True)
    w.after(hours=1)
    found = w.read(lambda c: outbox.find(c))
    assert [each.name for each in found] == ["\\F\\as_above"]
    w.after(hours=2)
    found = w.read(lambda c: outbox.find(c))
    assert sorted(each.name for each in found) == ["\\F\\as_above", "\\F\\later"]


def test_a_run_that_runs_away_is_told_by_each_limit_and_ended_by_the_one_that_says_so(w: World) -> None:
    w.job(
        "\\j",
        elements=[
            named("RunawayEvent", "Warn", Elapsed="0:30", EventClass="Low"),
            named("RunawayEvent", "End", Elapsed="1:00", EventClass="High", RunawayAction="CancelWarning"),
            ear("Desk", Low=True),
            ear("Pager", High=True),
        ],
        properties=values(NotifyEMail="-*"),
    )
    w.lasts["j"] = timedelta(hours=9)
    number = w.submit("\\j")
    w.after(minutes=40)
    assert told(w) == [("Runaway", "Desk")] and w.entry(number).current_state is EntryState.EXECUTING
    w.after(minutes=30)
    over = w.entry(number)
    assert told(w) == [("Runaway", "Desk"), ("Runaway", "Pager")]
    assert over.runaway and over.final_severity is Severity.WARNING


def test_a_run_that_is_made_again_is_told_again(w: World) -> None:
    w.job("\\j", elements=[named("RunawayEvent", "R", Elapsed="0:30"), ear("Tell", Normal=True)])
    w.lasts["j"] = timedelta(hours=1)
    number = w.submit("\\j")
    w.after(hours=2)
    w.act(actions.restart, number, Restart())
    w.after(hours=2)
    assert [each for each in told(w) if each[1] == "Tell"] == [("Runaway", "Tell")] * 2


def test_a_short_run_is_told_and_has_failed_where_the_element_says_how(w: World) -> None:
    w.job("\\a", elements=[named("ShortEvent", "S", Elapsed="0:10", EventClass="Low"), ear("Tell", Low=True)])
    w.job("\\b", elements=[named("ShortEvent", "S", Elapsed="0:10", ShortSeverity="Error")])
    ends = [w.submit("\\a"), w.submit("\\b")]
    w.after(minutes=5)
    assert [w.entry(each).final_severity for each in ends] == [Severity.SUCCESS, Severity.ERROR]
    assert ("Short", "Tell") in told(w)


def test_a_window_that_closes_first_is_told_to_the_class_of_the_element_and_does_what_it_says(
    w: World,
) -> None:
    window = values(ScheduleFromTime="05:00", ScheduleToTime="07:00", BatchQueue="q", NotifyEMail="-*")
    w.queue("q", 1, started=False)
    w.job(
        "\\k",
        elements=[
            named("MissedWindowEvent", "M", EventClass="Critical", MissedWindowAction="Abort"),
            ear("Tell", Critical=True),
        ],
        properties=window,
    )
    number = w.submit("\\k")
    w.after(hours=3)
    assert told(w) == [("MissedWindow", "Tell")]
    assert w.entry(number).final_severity is Severity.ERROR


def test_a_handler_without_addresses_words_the_mail_of_the_properties(w: World) -> None:
    w.job(
        "\\j",
        elements=[
            named("StalledEvent", "S", Elapsed="0:15", EventClass="Urgent"),
            named("SendEMail", "Words", Subject="late", Urgent=True),
        ],
        properties=values(NotifyEMail="ann@x.org"),
    )
    w.submit("\\j", hold=True)
    w.after(hours=1)
    assert told(w) == [("Stalled", "Words")]


def test_what_is_said_of_it_is_what_is_told(w: World) -> None:
    w.job(
        "\\j",
        elements=[
            named("StalledEvent", "S", Elapsed="0:15", Message="call <<Bob>>"),
            ear("Tell", Normal=True),
        ],
        properties=values(NotifyEMail="-*"),
    )
    number = w.submit("\\j", hold=True)
    w.after(hours=1)
    (row,) = letters(w)
    assert f"Entry {number}: call <<Bob>>" in row.document and "StalledEvent S" in row.document
    w.act(actions.release, number, Release())


def test_a_notification_job_hears_events_too(w: World) -> None:
    w.job("\\tell")
    w.job(
        "\\j",
        elements=[
            named("StalledEvent", "S", Elapsed="0:15"),
            named("NotificationJob", "N", Job="\\tell", Normal=True),
        ],
        properties=values(NotifyEMail="-*"),
    )
    w.submit("\\j", hold=True)
    w.after(hours=1)
    assert len(w.numbers("tell")) == 1


def test_an_event_that_nobody_can_read_raises_nothing_and_hinders_nothing(w: World) -> None:
    broken = named("StalledEvent", "S", Elapsed="0:07"), named("RunawayEvent", "R", Elapsed="0:07")
    w.job("\\j", elements=[*broken, named("StalledEvent", "T", Elapsed="0:15"), ear("Tell", Normal=True)])
    document = tables.job.c.document
    w.write(lambda c: c.execute(update(tables.job).values(document=func.replace(document, "0:07", "soon"))))
    number = w.submit("\\j", hold=True)
    w.after(hours=1)
    assert ("Stalled", "Tell") in told(w)
    w.act(actions.release, number, Release())
    w.after(minutes=5)
    assert w.entry(number).final_severity is Severity.SUCCESS
