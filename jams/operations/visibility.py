"""Which entries and records of the history a caller may see, and how much of them. Declares no operation.

Who may not see everybody's sees his own. What comes from a job's definition and was not given at submission
(the source, the elements, the values of hidden parameters, what of it is not obeyed) is for those who may
look at definitions.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import entries
from jams.database.sight import Closed, Sight
from jams.objects.capacity import Reference
from jams.objects.errors import AccessDenied, EntryNotFound
from jams.objects.log_parts import LogFile
from jams.objects.schedule import Entry
from jams.security.rights import (
    AgentDefinitions,
    AlertDefinitions,
    AreaRight,
    CalendarDefinitions,
    Configuration,
    FolderDefinitions,
    JobDefinitions,
    Monitor,
    QueueDefinitions,
    ResourceDefinitions,
    TriggerDefinitions,
)

from .context import Context
from .object_guard import reach_of
from .object_sight import seen_references

REFERENCE_COLUMNS = ("type", "folderPath", "referringName", "propertyName")
_LOOKED_AT: dict[str, AreaRight] = {
    "Agent": AgentDefinitions.INQUIRE,
    "Alert": AlertDefinitions.INQUIRE,
    "BatchQueue": QueueDefinitions.INQUIRE,
    "DateType": CalendarDefinitions.INQUIRE,
    "Folder": FolderDefinitions.INQUIRE,
    "Job": JobDefinitions.INQUIRE,
    "Method": JobDefinitions.INQUIRE,
    "Resource": ResourceDefinitions.INQUIRE,
    "Setting": Configuration.INQUIRE,
    "Setup": JobDefinitions.INQUIRE,
    "Trigger": TriggerDefinitions.INQUIRE,
}
"""What lets a caller look at what refers to something, by its type."""

_DONE_TO_ENTRIES: dict[Any, str] = {
    Monitor.ABORT: "Abort",
    Monitor.EXECUTE: "Submit",
    Monitor.MANAGE: "Manage",
}
"""What is done to the entries of a job, by the right that the operation takes."""


def sight_of(context: Context) -> Sight:
    """How far the caller sees."""
    caller = context.caller
    closed = closed_to(context)
    return Sight(
        of=None if caller.may(Monitor.SEE_ALL) else caller.account,
        # Of what an entry says of its definition much names what lies elsewhere.
        definitions=caller.may(JobDefinitions.INQUIRE) and caller.folders is None and closed is None,
        within=caller.folders,
        closed=closed,
    )


def closed_to(context: Context) -> Closed | None:
    """Whose entries access lists keep from the caller; None if nobody's."""
    reach = context.reach()
    found = None if reach is None else reach.closed()
    return found if found is not None and (found.folders or found.hidden) else None


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
    """The entry of that number as the caller may see it, with the size of its log. Raises EntryNotFound."""
    entry = visible_entry(context, connection, number)
    shown = entries.as_seen(connection, [entry], sight_of(context))[0]
    size = -1 if entry.log_filename is None else context.services.logs.look(entry.log_filename)[0]
    return shown if size < 0 else replace(shown, log_file=LogFile(length=size))


def shown_references(context: Context, references: list[Reference]) -> list[Reference]:
    """References as the caller may see them: those of definitions that he may look at."""
    looked_at = [each for each in references if context.caller.may(_LOOKED_AT[each.type])]
    return context.read(lambda c: seen_references(c, looked_at))


def _check(context: Context, connection: Connection, number: int, submitted_by: str) -> None:
    sight = sight_of(context)
    if sight.of not in (None, submitted_by) or not entries.is_seen(connection, number, sight):
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
    right = _DONE_TO_ENTRIES.get(context.operation.right)
    if right is not None:
        check_entry(context, connection, number, right)


def check_entry(context: Context, connection: Connection, number: int, right: str) -> None:
    """See that access lists let the caller do something to an entry of a job. Raises AccessDenied."""
    reach = reach_of(connection, context.caller)
    if reach is None:
        return
    job_id, folder_id = entries.place(connection, number)
    if not reach.allows("job", job_id or 0, folder_id, right):
        raise AccessDenied(
            f"{context.caller.account} lacks the right {right} on the job of entry {number}.", target=number
        )
