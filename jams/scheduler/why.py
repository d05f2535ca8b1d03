"""Why an entry waits: what the engine would see if it looked now, by the same looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import entries
from jams.database.methods import is_container
from jams.database.reading import Found
from jams.database.sight import EVERYTHING, Sight
from jams.objects.actors import ENGINE, NOBODY
from jams.objects.enums import EntryState
from jams.objects.schedule import EntryAudit
from jams.objects.waits import EntryWait, WaitKind

from .containers import explaining
from .looking import WENT_ON
from .planning import telling
from .waits import capacity, chain
from .waits.base import Subject


def waits_of(c: Connection, number: int, now: datetime, sight: Sight = EVERYTHING) -> list[EntryWait]:
    """What an entry waits for; of one that does not wait any more, what made it and what let it go on.

    Who sees his own entries alone is told nothing of others' entries.

    Raises EntryNotFound.
    """
    row = entries.row(c, number)
    if row.state.waiting:
        found = _found(c, row, now, sight)
    else:
        found = _went_on(c, row, sight)
        if row.state is EntryState.EXECUTING and is_container(row.rest.method_name):
            found = [*explaining.reasons(chain.subject_of(c, row, now, sight)), *found]
    return [replace(wait, current_state=row.state) for wait in found]


def trail(c: Connection, number: int, sight: Sight) -> list[EntryAudit]:
    """What was done to an entry. What the engine found of jobs and entries is for who sees all of these."""
    found = entries.audit_trail(c, number)
    if sight.definitions and sight.of is None:
        return found
    return [replace(line, details=None) if line.user_name == ENGINE else line for line in found]


def without_names(waits: Iterable[EntryWait]) -> list[EntryWait]:
    """The same for somebody who does not see what definitions name."""
    return [
        wait
        if wait.kind in _OF_THE_ENTRY
        else EntryWait(
            jams_entry=wait.jams_entry,
            kind=wait.kind,
            message="What its definition names; who may look at definitions is told what.",
            since_utc=wait.since_utc,
            opens_utc=wait.opens_utc,
            release_type=wait.release_type,
            current_state=wait.current_state,
        )
        for wait in waits
    ]


_OF_THE_ENTRY = frozenset(
    {
        WaitKind.HOLD,
        WaitKind.TIME,
        WaitKind.RETRY,
        WaitKind.LINE,
        WaitKind.AGENT,
        WaitKind.ENGINE,
        WaitKind.ORIGIN,
    }
)


_LET_ON = (WENT_ON, "released", "rescheduled", "restarted", "runs again")
"""Words of the audit trail that tell of what let an entry go on."""


def _went_on(c: Connection, row: Found, sight: Sight) -> list[EntryWait]:
    """What made an entry and what let it go on, from what was written down then."""
    found: list[EntryWait] = []
    schedule = telling.told_of(c, row) if sight.definitions else ""
    for line in trail(c, row.number, sight):
        kind = WaitKind.OPENED if found else WaitKind.ORIGIN
        if not found or any(word in line.message for word in _LET_ON):
            by = "" if line.user_name in NOBODY else f" (by {line.user_name})"
            details = line.details or ("" if found else schedule)
            told = f"{line.message.removesuffix('.')}{by}. {details}".strip()
            found.append(
                EntryWait(
                    jams_entry=row.number,
                    kind=kind,
                    name=line.user_name,
                    message=told,
                    since_utc=line.audit_time_utc,
                    opened_by=line.user_name,
                )
            )
    return found


def _with_schedule(subject: Subject, wait: EntryWait) -> EntryWait:
    """A wait for the time; of an entry that stands for a point, with the schedule that it is one of."""
    row = subject.row
    if wait.kind is not WaitKind.TIME or not subject.sight.definitions or row.hold_time != row.point:
        return wait
    schedule = telling.told_of(subject.c, row)
    return replace(wait, message=f"{wait.message} {schedule}".rstrip())


def _found(c: Connection, row: Found, now: datetime, sight: Sight) -> list[EntryWait]:
    subject = chain.subject_of(c, row, now, sight)
    if row.state is EntryState.RESOURCE_WAIT:
        # What came before was met when it came to the line, and is not asked for again.
        return capacity.explain(subject)
    shut = chain.look(c, row, now, sight)
    # Of one that comes to a line now, what lacks there already is told, and not yet that it stands in it.
    in_line = (WaitKind.LINE, WaitKind.AGENT)
    lacks = [] if shut is None else [wait for wait in shut.explain() if wait.kind not in in_line]
    if lacks:
        return [_with_schedule(subject, wait) for wait in lacks]
    if row.state is EntryState.PENDING:
        return [
            subject.wait(
                kind=WaitKind.AGENT,
                object_id=row.agent_id,
                message="It waits for its turn on its agent.",
                since_utc=row.since,
                opened_by="a free place on the agent",
            )
        ]
    return [
        subject.wait(
            kind=WaitKind.ENGINE,
            message="Nothing stands before it any more.",
            since_utc=row.since,
            opened_by="the next turn of the scheduler",
        )
    ]
