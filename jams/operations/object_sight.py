"""Which of what is told of by name a caller may know of, by the access lists of objects. Declares none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, Table, select

from jams.database import entries, guarding, history, lookup, names, object_access, revisions, tables
from jams.database.sight import Closed
from jams.objects.capacity import Reference
from jams.objects.events import Event, EventKind
from jams.security.caller import Caller
from jams.security.object_lists import Reach

from .object_guard import reach_of

_OF_EVENTS: dict[EventKind, Table] = {
    EventKind.AGENT: tables.agent,
    EventKind.ALERT: tables.alert,
    EventKind.CALENDAR: tables.calendar,
    EventKind.CREDENTIAL: tables.credential,
    EventKind.FOLDER: tables.folder,
    EventKind.JOB: tables.job,
    EventKind.MENU: tables.menu,
    EventKind.METHOD: tables.method,
    EventKind.NAMED_TIME: tables.named_time,
    EventKind.QUEUE: tables.queue,
    EventKind.RESOURCE: tables.resource,
    EventKind.TRIGGER: tables.trigger,
    EventKind.VARIABLE: tables.variable,
}
_OF_REFERENCES: dict[str, Table] = {
    "Agent": tables.agent,
    "Alert": tables.alert,
    "BatchQueue": tables.queue,
    "Folder": tables.folder,
    "Job": tables.job,
    "Method": tables.method,
    "Resource": tables.resource,
    "Setup": tables.job,
    "Trigger": tables.trigger,
}


def seen_events(c: Connection, caller: Caller) -> Callable[[Sequence[Event]], set[int]] | None:
    """Says of events of which of them a caller may hear, by number; None where no list limits him.

    The places of all entries are read by one statement, and each definition is looked up once.
    """
    reach = reach_of(c, caller)
    if reach is None:
        return None

    def seen(events: Sequence[Event]) -> set[int]:
        of_entries = {event.object_id for event in events if event.kind is EventKind.ENTRY}
        places = _places(c, of_entries) if of_entries else {}
        asked: dict[tuple[EventKind, int, str], bool] = {}
        found = set()
        for event in events:
            key = (event.kind, event.object_id, event.name)
            if key not in asked:
                asked[key] = _heard(c, reach, event, places)
            if asked[key]:
                found.add(event.event_id)
        return found

    return seen


def _places(c: Connection, numbers: set[int]) -> Mapping[int, tuple[int | None, int | None]]:
    """The jobs of entries and their folders; of those that have left the monitor by the history."""
    found = entries.places(c, numbers)
    return found if len(found) == len(numbers) else {**history.places(c, numbers - found.keys()), **found}


def _heard(
    c: Connection, reach: Reach, event: Event, places: Mapping[int, tuple[int | None, int | None]]
) -> bool:
    if event.kind is EventKind.ENTRY:
        job_id, folder_id = places.get(event.object_id, (None, None))
        if folder_id is None:
            folder_id = nearest_folder(c, event.name)
        return reach.allows("job", job_id or 0, folder_id, "Monitor")
    table = _OF_EVENTS.get(event.kind)
    return table is None or seen_once(c, table, event.object_id, event.name)


def seen_once(c: Connection, table: Table, id: int, path: str) -> bool:
    """Whether who works on the connection may look at an object that is there, or was where its path says."""
    guard = guarding.of(c)
    if guard is None or table.name not in object_access.RIGHTS:
        return True
    foldered = table is tables.folder or "folder_id" in table.c
    if foldered and c.scalar(select(table.c.id).where(table.c.id == id)) is None:
        if table is tables.folder:
            kept = object_access.is_kept(c, table, id)
            return guard.may(c, table, id if kept else nearest_folder(c, path), "Inquire")
        over = revisions.last_folder(c, table, id) or nearest_folder(c, path)
        return guard.may(c, table, id, "Inquire", over)
    return guard.may(c, table, id, "Inquire")


def seen_references(c: Connection, references: list[Reference]) -> list[Reference]:
    """Those references of objects at which who works on the connection may look."""
    if guarding.of(c) is None:
        return references
    return [each for each in references if _seen(c, each)]


def seen_folders(c: Connection, closed: Closed | None) -> Callable[[str, int | None], bool]:
    """Says of the path of a folder, and the number of a job in it, whether its entries are seen."""
    folder = tables.folder
    numbers = {row.path_key: row.id for row in c.execute(select(folder.c.id, folder.c.path_key))}

    def seen(path: str, job_id: int | None) -> bool:
        at = numbers.get(names.fold(path))
        return closed is None or (at is not None and not closed.keeps_away(at, job_id))

    return seen


def nearest_folder(c: Connection, path: str) -> int:
    """The folder in which what has a path lies, or lay: the nearest that is still there."""
    folder = tables.folder
    query = select(folder.c.id).where(folder.c.path_key.in_(names.ancestors(names.fold(path))))
    found: int | None = c.scalar(query.order_by(folder.c.path_key.desc()).limit(1))
    return 1 if found is None else found


def _seen(c: Connection, reference: Reference) -> bool:
    table = _OF_REFERENCES.get(reference.type)
    if table is None:
        return True
    if table is tables.folder:
        inside = reference.folder_path or names.ROOT
        path = names.join(inside, reference.referring_name) if reference.referring_name != inside else inside
        id = c.scalar(select(table.c.id).where(table.c.path_key == names.fold(path)))
    elif "folder_id" in table.c:
        over = names.fold(reference.folder_path or names.ROOT)
        place = c.scalar(select(tables.folder.c.id).where(tables.folder.c.path_key == over))
        id = None if place is None else lookup.in_folder(c, table, place, reference.referring_name)
    else:
        id = c.scalar(select(table.c.id).where(table.c.name_key == names.fold(reference.referring_name)))
    return id is None or guarding.sees(c, table, id)
