from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import jams
from jams.database import entries
from jams.objects.enums import EntryState
from jams.objects.errors import WrongState
from jams.objects.schedule import Cancel, Comment
from jams.operations import CATALOGUE, entry_actions
from jams.scheduler import actions, transitions
from jams.scheduler.transitions import Event
from tests.support.schedule import Desk, desk

OPERATIONS = {
    Event.HOLD: entry_actions.hold_entry,
    Event.RELEASE: entry_actions.release_entry,
    Event.RESCHEDULE: entry_actions.reschedule_entry,
    Event.SET_PARAMETER: entry_actions.set_entry_parameter,
    Event.CANCEL: entry_actions.cancel_entry,
    Event.RESTART: entry_actions.restart_entry,
    Event.REMOVE: entry_actions.remove_entry,
    Event.SHOW: entry_actions.set_entry_state,
}


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\j")
        yield made


def test_what_people_may_do_in_which_state() -> None:
    waits = ["hold", "release", "reschedule", "set parameter", "cancel"]
    found = {state.value: [event.value for event in transitions.actions(state)] for state in EntryState}
    assert found["Held"] == waits[1:]
    assert found["Timed"] == waits
    assert found["Pending"] == ["hold", "reschedule", "set parameter", "cancel"]
    assert (
        found["Starting"]
        == found["Executing"]
        == found["Idle"]
        == [
            "cancel",
            "restart",
            "set its status",
        ]
    )
    assert found["Complete"] == ["restart", "remove"]


def test_every_state_has_a_way_out_and_no_event_two_meanings() -> None:
    pairs = [(row.event, state) for row in transitions.TABLE for state in row.sources]
    assert len(pairs) == len(set(pairs))
    for state in EntryState:
        assert any(state in row.sources and (row.targets or row.leaves) for row in transitions.TABLE)


def test_the_table_names_the_right_that_the_operation_asks_for() -> None:
    named = {row.event: row.right for row in transitions.TABLE if row.right is not None}
    assert set(named) == set(OPERATIONS)
    for event, function in OPERATIONS.items():
        assert str(CATALOGUE[function.__name__].right) == f"Monitor.{named[event]}"


def test_the_table_alone_writes_states() -> None:
    """Whoever else changes the state of an entry would overwrite somebody who was quicker."""
    room = Path(jams.__file__).parent
    callers = set()
    for path in room.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("entries.move", "entries.move_all"):
                callers.add(path.relative_to(room).as_posix())
    assert callers == {"scheduler/transitions.py"}


def test_state_is_no_column_to_be_changed(d: Desk) -> None:
    number = d.submit("j")
    with pytest.raises(AssertionError):
        d.write(lambda c: entries.change(c, number, state=EntryState.COMPLETE))


@pytest.mark.parametrize("batch", [False, True])
def test_whoever_was_quicker_is_not_overwritten(d: Desk, batch: bool) -> None:
    number = d.submit("j")
    seen = d.write(lambda c: entries.locked(c, number))
    d.write(lambda c: actions.hold(c, number, "ada", Comment()))
    before = d.entry(number)
    rows = [{"number": number, "state": seen.state}]
    with pytest.raises(WrongState, match="look again"):
        if batch:
            d.write(lambda c: transitions.move_all(c, Event.CLAIM, EntryState.STARTING, rows))
        else:
            d.write(lambda c: transitions.move(c, seen, Event.CANCEL, EntryState.COMPLETE))
    assert d.entry(number) == before


def test_what_an_entry_may_not_do_names_why(d: Desk) -> None:
    number = d.submit("j", hold=True)
    with pytest.raises(WrongState, match=f"Entry {number} is held already"):
        d.write(lambda c: actions.hold(c, number, "ada", Comment()))
    d.write(lambda c: actions.cancel(c, number, "ada", Cancel()))
    with pytest.raises(WrongState, match=r"has ended\. What can be done to it: restart, remove\."):
        d.write(lambda c: actions.hold(c, number, "ada", Comment()))
