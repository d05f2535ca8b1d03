"""Which entries and records of the history a caller may see, and how much of them. Declares no operation.

Who may not see everybody's sees his own. What comes from a job's definition and was not given at submission
(the source, the elements, the values of hidden parameters, what of it is not obeyed) is for those who may
look at definitions.
"""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import entries
from jams.database.sight import Sight
from jams.objects.capacity import Reference
from jams.objects.errors import EntryNotFound
from jams.objects.schedule import Entry
from jams.security.rights import FolderDefinitions, JobDefinitions, Monitor

from .context import Context

REFERENCE_COLUMNS = ("type", "folderPath", "referringName", "propertyName")


def sight_of(context: Context) -> Sight:
    """How far the caller sees."""
    caller = context.caller
    return Sight(
        of=None if caller.may(Monitor.SEE_ALL) else caller.account,
        # Of what an entry says of its definition much names what lies elsewhere.
        definitions=caller.may(JobDefinitions.INQUIRE) and caller.folders is None,
        within=caller.folders,
    )


def check_visible(context: Context, connection: Connection, number: int) -> None:
    """Raises EntryNotFound when there is no such entry, or the caller may not see it; as cheap as can be."""
    _check(context, connection, number, entries.submitter(connection, number))


def visible_number(context: Context, connection: Connection, number: int) -> int:
    """The number of an entry that the caller may see; the entry is not read. Raises EntryNotFound."""
    check_visible(context, connection, number)
    return number


def visible_entry(context: Context, connection: Connection, number: int) -> Entry:
    """The entry of that number. Raises EntryNotFound also when the caller may not see it."""
    entry = entries.get(connection, number)
    _check(context, connection, number, entry.submitted_by)
    return entry


def shown_entry(context: Context, connection: Connection, number: int) -> Entry:
    """The entry of that number as the caller may see it. Raises EntryNotFound."""
    entry = visible_entry(context, connection, number)
    return entries.as_seen(connection, [entry], sight_of(context))[0]


def shown_references(context: Context, references: list[Reference]) -> list[Reference]:
    """References as the caller may see them: to jobs and folders that he may look at."""
    shown = {"Job": JobDefinitions.INQUIRE, "Folder": FolderDefinitions.INQUIRE}
    return [each for each in references if context.caller.may(shown[each.type])]


def _check(context: Context, connection: Connection, number: int, submitted_by: str) -> None:
    sight = sight_of(context)
    if sight.of not in (None, submitted_by) or not entries.is_seen(connection, number, sight):
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
