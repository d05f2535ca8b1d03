"""Which entries a caller may see. Declares no operation."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import entries
from jams.objects.errors import EntryNotFound
from jams.objects.schedule import Entry
from jams.security.rights import Monitor

from .context import Context


def visible_entry(context: Context, connection: Connection, number: int) -> Entry:
    """The entry of that number. Raises EntryNotFound also when the caller may not see it."""
    entry = entries.get(connection, number)
    if entry.submitted_by != context.caller.account and not context.caller.may(Monitor.SEE_ALL):
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
    return entry
