"""Setups and sequences in the scheduler's turns: they begin, go on when a member has ended, and end.

What wakes one is the topic of its members; each look does what is due by how far they are now, so that a look
too many does no harm. What is much is done in pieces, a turn each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from jams.database import containers, entries, happenings, runs, wait_topics
from jams.database.methods import is_container
from jams.database.reading import Found
from jams.objects.actors import SCHEDULER
from jams.objects.enums import EntryState, MemberStage, Severity
from jams.objects.tellings import Happened

from .. import passing, plans, settlement, showing, telling, topics, transitions, watching, window_ends
from ..transitions import Event
from . import machine, making

MOST = 200
"""Members that one look ends at most."""


def begin(c: Connection, row: Found, now: datetime) -> None:
    """Nothing stands before an entry any more: let its members go."""
    closes = window_ends.closes_at(c, row, now)
    transitions.move(
        c,
        row,
        Event.LET_GO,
        EntryState.EXECUTING,
        start_time=now,
        since=now,
        opens_at=None,
        line_id=None,
        look_at=closes,
        halted=False,
        current_step=None,
        stage=MemberStage.REACHED if row.parent is not None else None,
    )
    wait_topics.replace(c, {row.number: {topics.members(row.number)}})
    containers.add(c, row.number)
    if row.passed & passing.KEEPS_GOOD:
        _take_up(c, row)
    advance(c, entries.locked(c, row.number), now)


def _take_up(c: Connection, row: Found) -> None:
    """Go on with the members of the run before: those that ended well stay as they are."""
    last = containers.last_run(c, row.number)
    if last is None:
        return
    containers.take_along(c, row.number, last, row.ron)
    members = containers.members(c, row.number, row.ron)
    for member in members:
        if member.stage is not MemberStage.GOOD:
            run_again(c, member, stage=MemberStage.WAITS)
    containers.change(c, row.number, made=max((member.place for member in members), default=-1) + 1)


def run_again(c: Connection, row: Found, *, stage: MemberStage = MemberStage.REACHED) -> None:
    """Let a member that has ended run again; of a setup or sequence what did not end well."""
    settlement.run_again(
        c, row, Event.RESTART, hold=False, stage=stage, keep_good=is_container(row.rest.method_name)
    )


def advance(c: Connection, row: Found, now: datetime) -> None:
    """Do what is due of an entry that is under way."""
    known = containers.get(c, row.number)
    if known is None:
        return
    plan = plans.decoded(row.source)
    if known.ending:
        _end(c, row, known, now)
        return
    if known.made < len(plan.nodes):
        made = making.make(c, row, plan, known.made, now)
        containers.change(c, row.number, made=made)
        if made < len(plan.nodes):
            happenings.note(c, topics.members(row.number))
            return
    found = machine.decide(plan, containers.counted(c, row.number, row.ron), held=row.held)
    if found.over:
        _finish(c, row, now)
        return
    if found.failed:
        _stop(c, row, containers.members(c, row.number, row.ron, ended=False, most=MOST), Severity.ERROR)
    elif found.release:
        waits = [MemberStage.WAITS]
        members = containers.members(
            c, row.number, row.ron, stages=waits, branches=found.release, ended=False
        )
        release(c, members, now)
    _show(c, row, found, now)


def _show(c: Connection, row: Found, found: machine.Next, now: datetime) -> None:
    """Write down where the whole stands."""
    step = row.current_step if found.step is None else found.step
    if (found.halted, step) == (row.halted, row.current_step):
        return
    entries.change(c, row.number, halted=found.halted, current_step=step)
    if found.halted and not row.halted:
        bad = [each.name for each in containers.seen(c, row.number, row.ron) if each.severity is not None]
        told = f"is halted: {', '.join(bad[:5])} did not end well enough"
        _tell(c, row.number, f"Entry {row.number} {told}.")
        telling.happened(c, [row], Happened.HALTED, now, told)


def release(c: Connection, members: Iterable[Found], now: datetime) -> None:
    """The turn of members has come."""
    moves: dict[EntryState, list[dict[str, Any]]] = defaultdict(list)
    others: list[int] = []
    for row in members:
        if row.state is not EntryState.STEP_WAIT:
            others.append(row.number)
            continue
        state = transitions.standing(held=False, hold_time=row.hold_time, now=now, demands=row.demands)
        ready = max(now, row.hold_time or now)
        moves[state].append(
            {
                "number": row.number,
                "state": row.state,
                "stage": MemberStage.REACHED,
                "since": now,
                "ready_at": ready,
                "opens_at": row.hold_time,
                "look_at": None,
                "stalled": False,
                "raised": "",
                **watching.waiting(row.rest.rules, ready),
            }
        )
    for state, rows in moves.items():
        transitions.move_all(c, Event.STEP, state, rows)
    # Who is held stays so, and goes on when he is released.
    containers.set_stage(c, others, MemberStage.REACHED)


def _stop(c: Connection, row: Found, members: Sequence[Found], severity: Severity, by: str = "") -> None:
    """End the members that have not started."""
    told = f"Cancelled with entry {row.number}" + (f" by {by}." if by else ", which has failed.")
    for member in members:
        if member.state.waiting:
            settlement.record_cancelled(c, member, severity=severity, status=told, stage=MemberStage.WAITS)


def _end(c: Connection, row: Found, known: Found, now: datetime) -> None:
    """Go on with ending an entry, as somebody has asked."""
    members = containers.members(c, row.number, row.ron, ended=False)
    severity, by = known.ending_severity or Severity.ERROR, known.ending_by or SCHEDULER
    waiting = [member for member in members if member.state.waiting]
    _stop(c, row, waiting[:MOST], severity, by)
    for member in members:
        if member.state.waiting:
            continue
        if is_container(member.rest.method_name):
            ask_end(c, member, force=known.ending == 2, severity=known.ending_severity, user=by)
        elif member.job_status != showing.BEING_CANCELLED:
            transitions.move(c, member, Event.CANCEL, job_status=showing.BEING_CANCELLED)
            runs.ask_abort(c, member.number, force=known.ending == 2, severity=known.ending_severity, user=by)
    if not members:
        what = "Ended to be restarted" if known.restart else "Cancelled"
        _over(c, row, severity, f"{what} by {by}.", now, restart=known.restart)


def ask_end(
    c: Connection, row: Found, *, force: bool, severity: Severity | None, user: str, restart: int = 0
) -> None:
    """Ask for the end of an entry that is under way, and of all its members."""
    known = containers.get(c, row.number)
    wanted = 2 if force else 1
    if known is None or known.ending >= wanted:
        return
    told = showing.BEING_RESTARTED if restart else showing.BEING_CANCELLED
    transitions.move(c, row, Event.CANCEL, look_at=None, job_status=told)
    containers.change(c, row.number, ending=wanted, ending_severity=severity, ending_by=user, restart=restart)
    happenings.note(c, topics.members(row.number))


def _finish(c: Connection, row: Found, now: datetime) -> None:
    """All members have ended."""
    found = containers.worst(c, row.number, row.ron)
    if found is None:
        _over(c, row, Severity.SUCCESS, "Success", now)
    else:
        severity, name = found
        _over(c, row, severity, f"{name} ended {severity.value}.", now)


def _over(
    c: Connection, row: Found, severity: Severity, status: str, now: datetime, *, restart: int = 0
) -> None:
    until = settlement.record_finished(c, row, severity=severity, status=status, now=now, restart=restart)
    containers.leave_with(c, row.number, row.ron, until)
    containers.forget(c, row.number)
    wait_topics.forget(c, [row.number])


def _tell(c: Connection, number: int, message: str) -> None:
    entries.add_audit(c, number, user=SCHEDULER, message=message)
