"""What people do to a setup or sequence that has begun, and to its members."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from jams.database import containers, entries, happenings
from jams.database.methods import is_container
from jams.database.reading import Found
from jams.objects.enums import EntryState, MemberStage, ReleaseType
from jams.objects.errors import WrongState

from .. import passing, plans, topics, transitions
from ..transitions import Event
from . import machine, running


def is_under_way(row: Found) -> bool:
    """Whether an entry is a setup or sequence that has begun and not ended."""
    return row.state is EntryState.EXECUTING and is_container(row.rest.method_name)


def locked(c: Connection, number: int) -> Found:
    """The row of an entry, as :func:`jams.database.entries.locked`; that of its setup is locked before.

    So who does something to a member and who goes on with its setup never wait for each other.
    """
    parent = entries.row(c, number).parent
    if parent is not None:
        entries.locked_if_there(c, parent)
    return entries.locked(c, number)


def check_belongs(c: Connection, row: Found) -> None:
    """See that an ended member may run again, or leave: its setup has to be under way.

    Raises WrongState.
    """
    if row.parent is None:
        return
    parent = entries.locked_if_there(c, row.parent)
    if parent is None or not is_under_way(parent) or parent.ron != row.parent_ron:
        raise WrongState(
            f"Entry {row.number} is a member of entry {row.parent}, which has ended: release that one to run "
            "again what did not end well, or submit the job by itself.",
            target=row.number,
        )


def check_removable(c: Connection, row: Found) -> None:
    """See that an ended member may leave the monitor: not before its setup has ended. Raises WrongState."""
    parent = None if row.parent is None else entries.locked_if_there(c, row.parent)
    if parent is not None and not parent.state.ended:
        raise WrongState(
            f"Entry {row.number} is a member of entry {row.parent}, and leaves the monitor with it.",
            target=row.number,
        )


def hold(c: Connection, row: Found) -> None:
    """Let nothing more go of what has begun. Raises WrongState when it is held already."""
    if row.held:
        raise WrongState(f"Entry {row.number} is held already.", target=row.number)
    transitions.move(c, row, Event.HOLD, held=True)


def release(c: Connection, row: Found, passed: Collection[ReleaseType]) -> None:
    """Let what has begun go on: past a hold, past the members that halt it, or by running these again."""
    plan = plans.decoded(row.source)
    reached = machine.decide(plan, containers.counted(c, row.number, row.ron), held=False).reached
    bad = [
        member
        for member in containers.members(c, row.number, row.ron, stages=[MemberStage.BAD], ended=True)
        if plan.branch(member.place or 0) in reached
    ]
    if ReleaseType.RUN_AGAIN in passed:
        for member in bad:
            running.run_again(c, member, stage=stage_again(member))
    elif ReleaseType.HALTED_SETUP in passed:
        containers.set_stage(c, [member.number for member in bad], MemberStage.PASSED)
    held = row.held and ReleaseType.MANUAL_HOLD not in passed
    halted = row.halted and not {*passed} & {ReleaseType.RUN_AGAIN, ReleaseType.HALTED_SETUP}
    transitions.move(c, row, Event.RELEASE, held=held, halted=halted)
    happenings.note(c, topics.members(row.number))


def stage_again(row: Found) -> MemberStage:
    """How far its setup has come with a member that is to run again.

    One that was ended before its turn had come waits for it: whether it has come meanwhile, the setup tells,
    which may be held or halted.
    """
    return MemberStage.WAITS if row.passed & passing.BEFORE_ITS_TURN else MemberStage.REACHED


def told(c: Connection, row: Found) -> None:
    """Something was done to an entry: its setup, if it has one, is to look."""
    if row.parent is not None:
        happenings.note(c, topics.members(row.parent))


def remove_members(c: Connection, row: Found) -> None:
    """The members of an entry leave the monitor with it."""
    if is_container(row.rest.method_name):
        entries.remove(c, containers.numbers(c, row.number), state=EntryState.COMPLETE)
