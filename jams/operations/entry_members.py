"""The members of a setup or sequence in the live schedule."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import entries
from jams.objects.base import EntryNumber
from jams.objects.schedule import Entry
from jams.security.rights import Monitor

from . import offers
from .catalogue import Binding
from .context import Context
from .declaration import operation
from .visibility import check_visible, sight_of

COLUMNS = ("jamsEntry", "step", "jobName", "currentState", "finalSeverity", "setupOK", "startTimeUTC")


@operation(
    right=Monitor.SEE_OWN,
    rest="GET /entry/{id}/members",
    soap="Entry.Members",
    cmdlet="Get-JAMSMember",
    command="members",
    key=("id",),
    offers=offers.ENTRY,
    columns=COLUMNS,
    pipeline={"id": "JamsEntry"},
    binding=Binding(names={"id": "Entry"}),
)
def get_entry_members(context: Context, id: EntryNumber) -> list[Entry]:
    """List the members of the entry of a setup or sequence, in the order in which they are let go.

    They are there once it has begun. Those of an earlier run follow the order of the runs.

    Args:
        id: number of the entry.

    Raises:
        EntryNotFound: there is no such entry, or the caller may not see it.
    """

    def work(c: Connection) -> list[Entry]:
        check_visible(context, c, id)
        sight = sight_of(context)
        return entries.as_seen(c, entries.members_of(c, id, sight), sight)

    return context.read(work)
