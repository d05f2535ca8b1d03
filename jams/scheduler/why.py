"""Why an entry waits: what the engine would see if it looked now, by the same looks."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import entries
from jams.database.reading import Found
from jams.objects.enums import EntryState
from jams.objects.waits import EntryWait, WaitKind

from .waits import capacity, chain


def waits_of(c: Connection, number: int, now: datetime) -> list[EntryWait]:
    """What an entry waits for; nothing when it does not wait. Raises EntryNotFound."""
    row = entries.row(c, number)
    if not row.state.waiting:
        return []
    return [replace(wait, current_state=row.state) for wait in _found(c, row, now)]


def _found(c: Connection, row: Found, now: datetime) -> list[EntryWait]:
    subject = chain.subject_of(c, row, now)
    if row.state is EntryState.RESOURCE_WAIT:
        # What came before was met when it came to the line, and is not asked for again.
        return capacity.explain(subject)
    shut = chain.look(c, row, now)
    if shut is not None and not shut.capacity:
        return shut.explain()
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
