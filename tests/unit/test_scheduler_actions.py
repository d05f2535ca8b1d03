from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jams.database import entries, history, runs
from jams.objects.base import NEVER
from jams.objects.enums import EntryState, ReleaseType, Severity, ValidationType
from jams.objects.errors import (
    EntryNotFound,
    InvalidArgument,
    InvalidParameter,
    MissingArgument,
    ParameterNotFound,
    WrongState,
)
from jams.objects.parts import ParamDef, PropertyValue
from jams.objects.schedule import Cancel, Comment, Release, Reschedule, Restart, SetParameter, SubmitInfo
from jams.scheduler import actions
from tests.support.schedule import Desk, desk

LATER = datetime(2999, 1, 1, tzinfo=UTC)
PAST = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\j")
        yield made


def act(d: Desk, action: Any, number: int, body: Any) -> str:
    return d.write(lambda c: action(c, number, "bob", body))


def last_audit(d: Desk, number: int) -> tuple[str, str, str | None]:
    line = d.read(lambda c: entries.audit_trail(c, number))[-1]
    return line.user_name, line.message, line.comment


def test_hold_and_release(d: Desk) -> None:
    number = d.submit("j")
    assert act(d, actions.hold, number, Comment(comment="why")) == f"Entry {number} was held."
    assert (d.entry(number).current_state, d.entry(number).held) == (EntryState.HELD, True)
    assert last_audit(d, number) == ("bob", f"Entry {number} was held.", "why")
    with pytest.raises(WrongState):
        act(d, actions.hold, number, Comment())
    assert act(d, actions.release, number, Release(comment="go")) == f"Entry {number} was released."
    assert (d.entry(number).current_state, d.entry(number).held) == (EntryState.PENDING, False)
    with pytest.raises(WrongState):
        act(d, actions.release, number, Release())


def test_release_from_a_hold_keeps_the_start_time(d: Desk) -> None:
    number = d.submit("j", hold=True, after=LATER)
    act(d, actions.release, number, Release())
    assert d.entry(number).current_state is EntryState.TIMED
    with pytest.raises(WrongState):
        act(d, actions.release, number, Release(release_types=[ReleaseType.MANUAL_HOLD]))
    act(d, actions.release, number, Release(release_types=[ReleaseType.TIMED_WAIT]))
    entry = d.entry(number)
    assert (entry.current_state, entry.hold_time_utc) == (EntryState.PENDING, None)
    assert entry.original_hold_time_utc == LATER


def test_release_from_everything(d: Desk) -> None:
    number = d.submit("j", hold=True, after=LATER)
    act(d, actions.release, number, Release(force_present=True))
    assert d.entry(number).current_state is EntryState.PENDING


def test_release_from_the_time_alone_stays_held(d: Desk) -> None:
    number = d.submit("j", hold=True, after=LATER)
    act(d, actions.release, number, Release(release_types=[ReleaseType.TIMED_WAIT]))
    assert d.entry(number).current_state is EntryState.HELD


def test_reschedule(d: Desk) -> None:
    number = d.submit("j")
    act(d, actions.reschedule, number, Reschedule(hold_time=LATER, priority=7, comment="c"))
    entry = d.entry(number)
    assert (entry.current_state, entry.hold_time_utc, entry.scheduling_priority) == (
        EntryState.TIMED,
        LATER,
        7,
    )
    assert last_audit(d, number) == ("bob", f"Entry {number} was rescheduled.", "c")
    act(d, actions.reschedule, number, Reschedule(held=True))
    assert d.entry(number).current_state is EntryState.HELD
    own = [PropertyValue(property_name="SchedulingPriority", current_value=3)]
    act(d, actions.reschedule, number, Reschedule(hold_time=PAST, held=False, properties=own))
    entry = d.entry(number)
    assert (entry.current_state, entry.scheduling_priority) == (EntryState.PENDING, 3)
    for wrong in (
        Reschedule(priority=2**40),
        Reschedule(properties=[PropertyValue(property_name="HomeDirectory", current_value="/")]),
    ):
        with pytest.raises(InvalidArgument):
            act(d, actions.reschedule, number, wrong)


def test_what_a_reschedule_leaves_out_stays(d: Desk) -> None:
    number = d.submit("j", hold=True, after=LATER)
    for change in (Reschedule(priority=5), Reschedule(hold_time=NEVER, priority=6)):
        act(d, actions.reschedule, number, change)
        entry = d.entry(number)
        assert (entry.current_state, entry.held, entry.hold_time_utc) == (EntryState.HELD, True, LATER)
    assert entry.scheduling_priority == 6
    act(d, actions.reschedule, number, Reschedule(held=False))
    entry = d.entry(number)
    assert (entry.current_state, entry.hold_time_utc, entry.scheduling_priority) == (
        EntryState.TIMED,
        LATER,
        6,
    )
    before = d.entry(number)
    for nothing in (Reschedule(), Reschedule(comment="c"), Reschedule(hold_time=NEVER)):
        with pytest.raises(MissingArgument):
            act(d, actions.reschedule, number, nothing)
    assert d.entry(number) == before


def test_cancel_of_a_waiting_entry(d: Desk) -> None:
    number = d.submit("j", hold=True)
    assert act(d, actions.cancel, number, Cancel()) == f"Entry {number} was cancelled."
    entry = d.entry(number)
    assert (entry.current_state, entry.final_severity) == (EntryState.COMPLETE, Severity.ERROR)
    assert entry.final_status == "Cancelled by bob."
    (record,) = d.read(lambda c: history.find(c))
    assert (record.jams_entry, record.ron, record.start_time_utc) == (number, entry.ron, None)
    other = d.submit("j")
    act(d, actions.cancel, other, Cancel(severity=Severity.INFO))
    assert d.entry(other).final_severity is Severity.INFO


def test_an_ended_entry_is_removed_and_not_cancelled(d: Desk) -> None:
    number = d.submit("j")
    with pytest.raises(WrongState, match="has not ended"):
        act(d, actions.remove, number, None)
    d.claim(number)
    with pytest.raises(WrongState, match="has not ended"):
        act(d, actions.remove, number, None)
    d.write(lambda c: runs.forget(c, ["t"]))
    d.finish(number)
    with pytest.raises(WrongState, match=r"has ended\. What can be done to it: restart, remove\."):
        act(d, actions.cancel, number, Cancel(force=True))
    assert act(d, actions.remove, number, "seen") == f"Entry {number} was removed from the monitor."
    assert last_audit(d, number) == ("bob", f"Entry {number} was removed from the monitor.", "seen")
    with pytest.raises(EntryNotFound):
        d.entry(number)


def test_cancel_of_a_run_asks_for_its_end(d: Desk) -> None:
    number = d.submit("j")
    d.claim(number)
    act(d, actions.cancel, number, Cancel(force=True, severity=Severity.WARNING))
    assert d.read(runs.to_abort) == {"t": 2}
    assert d.entry(number).job_status == "Being cancelled"
    act(d, actions.cancel, number, Cancel())
    assert d.read(runs.to_abort) == {"t": 2}, "what was asked for is not weakened"


def test_restart_of_an_ended_entry(d: Desk) -> None:
    number = d.submit("j")
    d.finish(number)
    assert act(d, actions.restart, number, Restart()) == f"Entry {number} was restarted."
    entry = d.entry(number)
    assert (entry.current_state, entry.ron, entry.restart_count) == (EntryState.PENDING, 2, 1)
    assert (entry.final_severity, entry.completion_time_utc, entry.log_filename) == (None, None, None)
    d.finish(number)
    act(d, actions.restart, number, Restart(hold=True))
    assert d.entry(number).current_state is EntryState.HELD


def test_restart_of_a_run_asks_for_its_end(d: Desk) -> None:
    number = d.submit("j")
    d.claim(number)
    act(d, actions.restart, number, Restart(hold=True, severity=Severity.INFO))
    row = d.write(lambda c: runs.with_entries(c, ["t"]))["t"]
    assert (row.abort, row.restart, row.abort_severity, row.abort_by) == (1, 2, Severity.INFO, "bob")


def test_what_cannot_be_restarted(d: Desk) -> None:
    waiting = d.submit("j")
    once = d.enter(lambda c: SubmitInfo(name="j", restartable=False))
    d.finish(once)
    for number in (waiting, once):
        with pytest.raises(WrongState):
            act(d, actions.restart, number, Restart())


@pytest.mark.parametrize(
    ("action", "body"),
    [
        (actions.hold, Comment()),
        (actions.release, Release()),
        (actions.reschedule, Reschedule(held=True)),
        (actions.set_parameter, SetParameter(param_name="p", param_value="1")),
    ],
)
def test_what_has_started_is_past_waiting(d: Desk, action: Any, body: Any) -> None:
    running, over = d.submit("j"), d.submit("j")
    d.claim(running)
    d.finish(over)
    for number, word in ((running, "started"), (over, "ended")):
        before = d.entry(number), d.read(lambda c, n=number: entries.audit_trail(c, n))
        with pytest.raises(WrongState) as caught:
            act(d, action, number, body)
        assert word in caught.value.message
        assert (d.entry(number), d.read(lambda c, n=number: entries.audit_trail(c, n))) == before


def test_an_action_sees_what_the_entry_is_now(d: Desk) -> None:
    number = d.submit("j")
    d.claim(number)
    with pytest.raises(WrongState):
        d.write(lambda c: actions.hold(c, number, "bob", Comment()))
    d.write(lambda c: runs.forget(c, ["t"]))
    d.write(lambda c: entries.remove(c, [number]))
    with pytest.raises(EntryNotFound):
        d.write(lambda c: actions.cancel(c, number, "bob", Cancel()))


def test_parameters(d: Desk) -> None:
    d.job(
        "\\p",
        parameters=[
            ParamDef(param_name="Colour", validation_type=ValidationType.SELECT, validation_data="Red,Blue"),
            ParamDef(param_name="need", default_value="1", required=True),
        ],
    )
    number = d.submit("p", hold=True, parameters={"colour": "red"})
    act(d, actions.set_parameter, number, SetParameter(param_name="COLOUR", param_value="blue"))
    assert [(p.param_name, p.value) for p in d.entry(number).parameters] == [
        ("Colour", "Blue"),
        ("need", "1"),
    ]
    trail = d.read(lambda c: entries.audit_trail(c, number))
    assert trail[-1].details == "Colour: 'Red' became 'Blue'"
    for body, error in (
        (SetParameter(param_name="none", param_value="1"), ParameterNotFound),
        (SetParameter(param_name="colour", param_value="Green"), InvalidParameter),
        (SetParameter(param_name="need", param_value=""), MissingArgument),
        (SetParameter(param_name="need"), MissingArgument),
    ):
        with pytest.raises(error):
            act(d, actions.set_parameter, number, body)
    act(d, actions.set_parameter, number, SetParameter(param_name="colour"))
    assert d.entry(number).parameters[0].value == ""


def test_times_in_the_past_do_not_wait(d: Desk) -> None:
    number = d.submit("j")
    act(d, actions.reschedule, number, Reschedule(hold_time=datetime.now(UTC) - timedelta(hours=1)))
    assert d.entry(number).current_state is EntryState.PENDING
