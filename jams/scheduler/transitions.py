"""What may happen to an entry in which state, as a table; and the one function that brings it into another.

Everything that asks "may this be done now?" reads the table: operators' actions, the engine's own steps,
what the doors offer. What changes a state goes through :func:`move` or :func:`move_all`, which name the state
that was seen: whoever was quicker is never overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Connection

from jams.database import entries
from jams.database.faults import Overtaken
from jams.database.methods import is_container
from jams.database.reading import Found
from jams.objects.enums import EntryState, MemberStage
from jams.objects.errors import WrongState

WAITING = frozenset(state for state in EntryState if state.waiting)
ENDED = frozenset(state for state in EntryState if state.ended)
RUNNING = frozenset(EntryState) - WAITING - ENDED
STAYS: frozenset[EntryState] = frozenset()
"""No other state: what the event changes is something else."""


class Event(Enum):
    """What can happen to an entry."""

    HOLD = "hold"
    RELEASE = "release"
    RESCHEDULE = "reschedule"
    SET_PARAMETER = "set parameter"
    CANCEL = "cancel"
    RESTART = "restart"
    REMOVE = "remove"
    SHOW = "set its status"

    OPEN = "its time has come"
    STEP = "its step has come"
    LET_GO = "its members are let go"
    STAND = "what it waits for was looked at"
    FAIL = "what it waits for can never come"
    CLAIM = "its start is claimed"
    GIVE_BACK = "its start has come to nothing, and is to be made again"
    BEGIN = "its run has begun"
    END = "its run has ended"
    RUN_AGAIN = "its run has ended, and another one is wanted"
    EXPIRE = "its time in the monitor is over"
    UNPLAN = "its definition plans it no more"


class Transition(NamedTuple):
    """One row of the table.

    Attributes:
        event: what happens.
        sources: the states in which it can.
        targets: the states into which it brings the entry; with ``STAYS`` it remains where it is.
        right: the access of the area Monitor that whoever causes it needs; None: the engine alone causes it.
        leaves: whether the entry leaves the schedule.
        containers: whether it can happen to setups and sequences alone, which run as their members do.
    """

    event: Event
    sources: frozenset[EntryState]
    targets: frozenset[EntryState]
    right: str | None = None
    leaves: bool = False
    containers: bool = False


_MANAGE, _ABORT = "Manage", "Abort"
_S = EntryState
_STANDING = frozenset({_S.HELD, _S.TIMED, _S.SCHEDULED, _S.PENDING})
_WAITS_AGAIN = _STANDING | {_S.STEP_WAIT}
_LOOKABLE = WAITING - {_S.HELD, _S.STEP_WAIT}
_UNDER_WAY = frozenset({_S.EXECUTING})
_LOOKED_AT = frozenset({_S.TIMED, _S.DEPENDENCY_WAIT, _S.PRECHECK_WAIT, _S.RESOURCE_WAIT, _S.PENDING})
_READY = frozenset({_S.PENDING, _S.RESOURCE_WAIT})
_COMPLETE = frozenset({_S.COMPLETE})

TABLE = (
    Transition(Event.HOLD, WAITING - {_S.HELD}, frozenset({_S.HELD}), _MANAGE),
    Transition(Event.HOLD, _UNDER_WAY, STAYS, _MANAGE, containers=True),
    Transition(Event.RELEASE, WAITING - {_S.PENDING}, _WAITS_AGAIN, _MANAGE),
    Transition(Event.RELEASE, _UNDER_WAY, STAYS, _MANAGE, containers=True),
    Transition(Event.RESCHEDULE, WAITING, _WAITS_AGAIN, _MANAGE),
    Transition(Event.SET_PARAMETER, WAITING, STAYS, _MANAGE),
    Transition(Event.CANCEL, WAITING, _COMPLETE, _ABORT),
    Transition(Event.CANCEL, RUNNING, STAYS, _ABORT),
    Transition(Event.RESTART, RUNNING, STAYS, _MANAGE),
    Transition(Event.RESTART, ENDED, _WAITS_AGAIN, _MANAGE),
    Transition(Event.SHOW, RUNNING, STAYS, _MANAGE),
    Transition(Event.REMOVE, ENDED, STAYS, _ABORT, leaves=True),
    Transition(Event.OPEN, frozenset({_S.TIMED}), frozenset({_S.PENDING})),
    Transition(Event.STEP, frozenset({_S.STEP_WAIT}), _STANDING - {_S.HELD}),
    Transition(Event.LET_GO, _LOOKABLE, _UNDER_WAY, containers=True),
    Transition(Event.STAND, _LOOKABLE, _LOOKED_AT),
    Transition(Event.FAIL, WAITING, _COMPLETE),
    Transition(Event.CLAIM, _READY, frozenset({_S.STARTING})),
    Transition(Event.GIVE_BACK, frozenset({_S.STARTING}), _STANDING),
    Transition(Event.BEGIN, frozenset({_S.STARTING}), frozenset({_S.EXECUTING})),
    Transition(Event.END, RUNNING, _COMPLETE),
    Transition(Event.RUN_AGAIN, RUNNING, _STANDING),
    Transition(Event.EXPIRE, ENDED, STAYS, leaves=True),
    Transition(Event.UNPLAN, WAITING, STAYS, leaves=True),
)
"""Cancel and restart leave a running entry where it is: it is over when nothing of its run lives."""

_OF_JOBS = {(row.event, state): row for row in TABLE for state in row.sources if not row.containers}
_OF_CONTAINERS = _OF_JOBS | {
    (row.event, state): row for row in TABLE for state in row.sources if row.containers
}


def may(event: Event, state: EntryState, *, container: bool = False) -> bool:
    """Whether the event can happen to an entry in that state; ``container``: of a setup or sequence."""
    return (event, state) in (_OF_CONTAINERS if container else _OF_JOBS)


def actions(state: EntryState, *, container: bool = False) -> list[Event]:
    """What people may do to an entry in that state, rights aside."""
    return [
        row.event
        for row in TABLE
        if row.right is not None and state in row.sources and (container or not row.containers)
    ]


def check(number: int, state: EntryState, event: Event, *, container: bool = False) -> Transition:
    """The row of the table for an event in a state. Raises WrongState."""
    found = (_OF_CONTAINERS if container else _OF_JOBS).get((event, state))
    if found is None:
        possible = ", ".join(event.value for event in actions(state, container=container))
        raise WrongState(
            f"Entry {number} {_refusal(event, state)}. What can be done to it: {possible}.", target=number
        )
    return found


def _refusal(event: Event, state: EntryState) -> str:
    if event is Event.HOLD and state is EntryState.HELD:
        return "is held already"
    if event is Event.RELEASE and state is EntryState.PENDING:
        return "waits for nothing that it could be released from"
    if state.ended:
        return "has ended"
    if event is Event.REMOVE:
        return "has not ended"
    return "has not started yet" if state.waiting else "has started"


def move(c: Connection, row: Found, event: Event, target: EntryState | None = None, **values: Any) -> None:
    """Let an event happen to an entry: bring it into ``target`` (None: it stays) and change columns.

    Raises:
        WrongState: it cannot happen in the state of ``row``.
        Overtaken: somebody was quicker and the entry has left that; nothing was changed.
    """
    transition = check(row.number, row.state, event, container=is_container(row.rest.method_name))
    assert not transition.leaves and (
        target in transition.targets or (target is None and not transition.targets)
    )
    if not entries.move(c, row.number, row.state, target or row.state, version=row.version, **values):
        raise _overtaken(row.number)


def move_all(c: Connection, event: Event, target: EntryState, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let an event happen to many entries.

    Each row holds ``number``, ``state`` as it was seen, and new values of columns, the same for all.

    Raises:
        WrongState: it cannot happen to one of them.
        Overtaken: one has left the state that was seen; the transaction has to be undone. It may come up
            with a later statement.
    """
    for row in rows:
        assert target in check(row["number"], row["state"], event).targets
    entries.move_all(c, target, rows, lambda: _overtaken(rows[0]["number"]))


def take_out(c: Connection, row: Found, event: Event) -> None:
    """Take an entry out of the schedule. Raises WrongState, Overtaken."""
    assert check(row.number, row.state, event).leaves
    if not entries.remove(c, [row.number], state=row.state):
        raise _overtaken(row.number)


def standing(
    *,
    held: bool,
    hold_time: datetime | None,
    now: datetime,
    demands: bool = False,
    stage: MemberStage | None = None,
) -> EntryState:
    """Where an entry stands that waits (semantics 2.4): before the first of what it waits for.

    One that ``demands`` more than its time and its agent is to be looked at, and stands as SCHEDULED until
    then. ``stage`` is that of a member of a setup.
    """
    if held:
        return EntryState.HELD
    if stage is MemberStage.WAITS:
        return EntryState.STEP_WAIT
    if hold_time is not None and hold_time > now:
        return EntryState.TIMED
    return EntryState.SCHEDULED if demands else EntryState.PENDING


def _overtaken(number: int) -> Overtaken:
    return Overtaken(
        WrongState(
            f"Entry {number} was changed by somebody else at the same moment; look again.", target=number
        )
    )
