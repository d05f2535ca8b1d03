"""Whom ends of entries are told: addresses, severities, what comes down from folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.database import entries, outbox, stored_settings
from jams.objects.enums import InitiatorType
from jams.objects.errors import InvalidProperty
from jams.objects.outbox import OutboxItem
from jams.objects.parts import Element
from jams.objects.schedule import Cancel, SubmitJob
from jams.scheduler import actions, submission, submission_documents
from tests.support.engine import World, values, world
from tests.support.schedule import USER


@pytest.fixture
def w(place: Path | str) -> Iterator[World]:
    with world(place) as made:
        yield made


def told(w: World, number: int | None = None) -> list[tuple[str, list[str]]]:
    """What the outbox has of an entry: who says so, and who is told."""
    found: list[OutboxItem] = w.read(lambda c: outbox.find(c, entry=number))
    return [(each.told_by, each.recipients) for each in reversed(found)]


def ends(w: World, path: str, code: int = 1, **members: object) -> int:
    """An entry of a job that has ended with that code."""
    job = path.rpartition("\\")[2]
    w.exits.setdefault(job, []).append(code)
    number = w.submit(path, **members)
    w.after(minutes=2)
    return number


def handler(name: str, kind: str = "SendEMail", **properties: object) -> Element:
    return Element(element_name=name, element_type_name=kind, properties=values(**properties))


def setting(w: World, name: str, value: str) -> None:
    w.write(lambda c: stored_settings.put(c, name, value, user=USER))


def test_who_is_named_is_told_of_what_did_not_end_well_once(w: World) -> None:
    w.job("\\j", properties=values(NotifyEMail="ann@x.org, bob@x.org"))
    assert told(w, ends(w, "\\j", 0)) == []
    assert told(w, ends(w, "\\j", 1)) == [("NotifyEMail", ["ann@x.org", "bob@x.org"])]
    w.after(hours=3)
    assert len(told(w)) == 1


def test_addresses_add_up_down_the_folders_and_can_be_taken_away(w: World) -> None:
    w.folder("\\f", properties=values(NotifyEMail="ops@x.org"))
    w.folder("\\f\\g", properties=values(NotifyEMail="Ops@x.org,ann@x.org"))
    w.job("\\f\\g\\all")
    w.job("\\f\\g\\own", properties=values(NotifyEMail="-*,bob@x.org"))
    w.job("\\f\\g\\none", properties=values(NotifyEMail="-*"))
    setting(w, "DefaultNotifyEmail", "all@x.org")
    assert told(w, ends(w, "\\f\\g\\all")) == [("NotifyEMail", ["ops@x.org", "ann@x.org"])]
    assert told(w, ends(w, "\\f\\g\\own")) == [("NotifyEMail", ["bob@x.org"])]
    assert told(w, ends(w, "\\f\\g\\none")) == []


def test_where_nobody_is_named_the_servers_setting_names_somebody(w: World) -> None:
    w.job("\\j")
    assert told(w, ends(w, "\\j")) == []
    setting(w, "DefaultNotifyEmail", "ops@x.org; all@x.org")
    assert told(w, ends(w, "\\j", 0)) == []
    assert told(w, ends(w, "\\j")) == [("NotifyEMail", ["ops@x.org", "all@x.org"])]


def test_the_severity_from_which_on_people_are_told_can_be_said(w: World) -> None:
    w.job("\\all", properties=values(NotifyEMail="a@x.org", NotifySeverity="Success"))
    w.job("\\few", properties=values(NotifyEMail="a@x.org", NotifySeverity="Fatal"))
    assert told(w, ends(w, "\\all", 0)) and not told(w, ends(w, "\\few", 1))


def test_suppress_notify_silences_ends_and_lets_jobs_repair(w: World) -> None:
    w.job("\\fix")
    w.job("\\tell")
    jobs = values(RecoveryJob="\\fix", NotificationJob="\\tell")
    w.job("\\j", properties=[*values(NotifyEMail="a@x.org", SuppressNotify=True), *jobs])
    assert told(w, ends(w, "\\j")) == []
    assert len(w.numbers("fix")) == 1 and not w.numbers("tell")


def test_a_job_that_repairs_or_tells_says_why_it_is_there(w: World) -> None:
    w.job("\\fix")
    w.job("\\tell")
    w.job("\\j", properties=values(RecoveryJob="\\fix", NotificationJob="\\tell"))
    failed = ends(w, "\\j")
    for job, what in (("fix", "recovery job"), ("tell", "notification job")):
        (number,) = w.numbers(job)
        because = f"Entry {failed} has ended with Error: Exit code 1; this is its {what}."
        assert w.told(number) == f"Entry {number} was submitted. {because}"


def test_whoever_submits_by_hand_can_be_told_as_well(w: World) -> None:
    w.job("\\j", properties=values(NotifyUser=True))
    assert told(w, ends(w, "\\j")) == []
    setting(w, "MailDomain", "x.org")
    assert told(w, ends(w, "\\j")) == [("NotifyEMail", ["ada@x.org"])]
    w.exits["j"] = [1]
    who = submission.Submitter("ada", origin=submission.Origin(InitiatorType.SCHEDULE))
    made = w.write(
        lambda c: submission.enter(c, submission_documents.from_short(SubmitJob(name="\\j")), who)
    ).jams_entry
    w.after(minutes=2)
    assert told(w, made) == []


def test_attempts_restarts_and_debug_runs_are_no_ends(w: World) -> None:
    w.job("\\j", properties=values(NotifyEMail="a@x.org", RetryCount=1, RetryInterval="0:10"))
    w.exits["j"] = [1, 1]
    number = w.submit("\\j")
    w.after(minutes=5)
    assert told(w) == []
    w.after(minutes=15)
    assert len(told(w, number)) == 1
    w.job("\\k", properties=values(NotifyEMail="a@x.org"))
    w.exits["k"] = [1]
    info = submission_documents.from_short(SubmitJob(name="\\k"))
    info.debug_mode = True
    w.enter(lambda c: info)
    w.after(minutes=5)
    assert len(told(w)) == 1


def test_what_is_cancelled_before_it_starts_is_told_too(w: World) -> None:
    w.job("\\j", properties=values(NotifyEMail="a@x.org", NotifySeverity="Info"))
    number = w.submit("\\j", hold=True)
    w.act(actions.cancel, number, Cancel())
    assert told(w, number) == [("NotifyEMail", ["a@x.org"])]


def test_handlers_come_down_and_the_nearest_of_a_name_counts(w: World) -> None:
    bad = {"EntryWarning": True, "EntryError": True, "EntryFatal": True}
    w.folder("\\f", elements=[handler("Fails", ToAddress="ops@x.org", **bad)])
    w.job("\\f\\plain")
    w.job("\\f\\other", elements=[handler("fails", ToAddress="ann@x.org", CcAddress="bob@x.org", **bad)])
    w.job("\\f\\silent", elements=[handler("Fails", ToAddress="ann@x.org", Enabled=False, **bad)])
    assert told(w, ends(w, "\\f\\plain")) == [("Fails", ["ops@x.org"])]
    assert told(w, ends(w, "\\f\\other")) == [("fails", ["ann@x.org", "bob@x.org"])]
    assert told(w, ends(w, "\\f\\silent")) == []
    assert told(w, ends(w, "\\f\\plain", 0)) == []


def test_a_handler_without_an_address_words_the_mail_of_those_whom_the_job_names(w: World) -> None:
    w.folder("\\f", elements=[handler("Fails", Subject="Oh: {{ job }}", EntryError=True)])
    w.job("\\f\\j", properties=values(NotifyEMail="ann@x.org"))
    assert told(w, ends(w, "\\f\\j")) == [("Fails", ["ann@x.org"])]


def test_jobs_that_repair_and_tell_are_submitted_with_their_origin(w: World) -> None:
    w.job("\\fix")
    w.job("\\tell")
    w.folder("\\f", properties=values(RecoveryJob="\\fix", NotificationJob="\\tell"))
    w.job("\\f\\j")
    number = ends(w, "\\f\\j")
    fix, tell = w.numbers("fix"), w.numbers("tell")
    assert len(fix) == len(tell) == 1
    entry = w.entry(fix[0])
    assert (entry.initiator_type, entry.initiator_id) == (InitiatorType.RECOVERY, number)
    assert w.entry(tell[0]).initiator_type is InitiatorType.NOTIFY
    assert ends(w, "\\f\\j", 0) and len(w.numbers("fix")) == 1


def test_a_recovery_job_that_fails_begins_no_circle(w: World) -> None:
    w.job("\\fix", properties=values(RecoveryJob="\\fix"))
    w.job("\\j", properties=values(RecoveryJob="\\fix"))
    w.exits["fix"] = [1] * 20
    ends(w, "\\j")
    w.after(hours=1)
    assert len(w.numbers("fix")) == 1
    # By hand it is a job like any other: it repairs itself once.
    ends(w, "\\fix")
    w.after(hours=1)
    assert len(w.numbers("fix")) == 3


def test_a_recovery_job_that_cannot_be_submitted_is_told_and_undoes_nothing(w: World) -> None:
    w.job("\\off", properties=values(Enabled=False))
    w.job("\\j", properties=values(RecoveryJob="\\off", NotifyEMail="a@x.org"))
    number = ends(w, "\\j")
    assert len(told(w, number)) == 1
    trail = w.read(lambda c: entries.audit_trail(c, number))
    assert "Its recovery job \\off could not be submitted: Job \\off is disabled." in [
        each.message for each in trail
    ]


@pytest.mark.parametrize(
    "text", ["{{ entry ", "{{ ''.__class__ }}", "{% include 'x' %}", "{{ 'x' * 9 }}", "{{ a|center(9) }}"]
)
def test_a_template_that_cannot_be_used_is_refused_when_it_is_saved(w: World, text: str) -> None:
    for name in ("Subject", "MessageBody"):
        with pytest.raises(InvalidProperty, match=f"The template in {name} cannot be used"):
            w.job("\\j", elements=[handler("Tell", EntryError=True, **{name: text})])
    w.job("\\j", elements=[handler("Tell", Subject="<<JAMS.NOTIFY.JobName>> {{ log_lines|length }}")])
