"""Writing the stream of events: what has happened to entries and definitions, in the order of the commits.

A transaction notes what it changes; whoever commits has it written at the transaction's end, one row for each
object. The numbers of the rows are counted by a row of their own, which is taken last and kept until the
commit: whoever counts on waits for that. So numbers are given in the order of the commits, whoever writes,
and a reader who has seen a number will never find a smaller one that he has not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import (
    Connection,
    Table,
    bindparam,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from jams.objects.events import EventAction, EventKind

from . import audit_chain, audit_changes, audit_writing, changes, clock, event_tables, revision_notes, tables
from .turns import UNANSWERED

_event = event_tables.event
_count = event_tables.event_count
_entry = tables.entry
_folder = tables.folder

_KEY = "jams.events"

_KINDS = {
    tables.folder: EventKind.FOLDER,
    tables.job: EventKind.JOB,
    tables.variable: EventKind.VARIABLE,
    tables.agent: EventKind.AGENT,
    tables.calendar: EventKind.CALENDAR,
    tables.date_type: EventKind.DATE_TYPE,
    tables.named_time: EventKind.NAMED_TIME,
    tables.queue: EventKind.QUEUE,
    tables.resource: EventKind.RESOURCE,
    tables.trigger: EventKind.TRIGGER,
    tables.setting: EventKind.SETTING,
    tables.method: EventKind.METHOD,
    tables.alert: EventKind.ALERT,
    tables.menu: EventKind.MENU,
    tables.credential: EventKind.CREDENTIAL,
}
"""Tables of definitions that are told of."""

_CHUNK = 1000


class Noted(Struct, frozen=True, kw_only=True):
    """What is noted of one object: of what was removed also what it was, for nobody can look any more."""

    action: EventAction
    version: int = 0
    folder: str | None = None
    name: str = ""
    submitted_by: str | None = None

    def then(self, later: Noted) -> Noted:
        """This and what happens later as one."""
        if later.action is EventAction.CHANGED and self.action is EventAction.ADDED:
            return self
        return later


Key = tuple[Table, int]


class Batch:
    """What units of work have changed that are committed together.

    Attributes:
        changed: the entries, and whether definitions are among it.
    """

    def __init__(self) -> None:
        self.changed: dict[int, changes.Change] = {}
        self._noted: dict[Key, Noted] = {}
        self._audited: list[audit_chain.Row] = []

    def add(self, connection: Connection) -> None:
        """Add what was noted on the connection since the last time."""
        changes.merge(self.changed, changes.take(connection))
        for key, noted in _take(connection).items():
            _merge(self._noted, key, noted)
        self._audited += audit_changes.records(connection, audit_chain.take(connection))

    def take_in(self, connection: Connection, *, kept: bool) -> None:
        """As :meth:`add` if what was done is kept; otherwise forget it."""
        if kept:
            self.add(connection)
        else:
            drop(connection)

    def write(self, c: Connection) -> None:
        """Write all of it down, with the audit trail; the last thing that the transaction does."""
        # First the chains and then the numbers of events, whoever writes: nobody waits for each other.
        audit_writing.write(c, self._audited)
        removed = [(table, id, noted) for (table, id), noted in self._noted.items() if _is_gone(noted)]
        gone = {id for table, id, _ in removed if table is _entry}
        told = {number: each for number, each in self.changed.items() if number != changes.DEFINITIONS}
        rows = [_row(table, id, noted) for table, id, noted in removed]
        rows += _of_definitions(c, {key: one for key, one in self._noted.items() if not _is_gone(one)})
        added = [number for number, change in told.items() if change.added and number not in gone]
        others = [number for number, change in told.items() if not change.added and number not in gone]
        left = len(rows) + len(added) + len(others)
        if not left:
            return
        c.execute(_advance, {"by": left})
        now = clock.now()
        for action, numbers in ((EventAction.ADDED, added), (EventAction.CHANGED, others)):
            for start in range(0, len(numbers), _CHUNK):
                chunk = numbers[start : start + _CHUNK]
                c.execute(_of_entries, {"back": left, "now": now, "done": action, "numbers": chunk})
                left -= len(chunk)
        if rows:
            c.execute(_insert, [{**row, "back": left - at, "time": now} for at, row in enumerate(rows, 1)])


def drop(connection: Connection) -> None:
    """Forget what was noted on the connection: it was undone."""
    changes.take(connection)
    _take(connection)
    audit_chain.take(connection)
    audit_changes.drop(connection)


def note(c: Connection, table: Table, ids: Iterable[int], action: EventAction) -> None:
    """Note what this transaction does to definitions; before it removes them."""
    wanted = list(ids)
    if table not in _KINDS or not wanted:
        return
    revision_notes.done(c, table, wanted, action)
    if action is EventAction.REMOVED:
        for id, noted in _described(c, table, wanted, action):
            _merge(_noted_on(c), (table, id), noted)
        return
    for id in wanted:
        _merge(_noted_on(c), (table, id), Noted(action=action))


def note_gone(c: Connection, number: int, version: int, folder: str, job: str, submitted_by: str) -> None:
    """Note that an entry leaves the schedule in this transaction."""
    noted = Noted(
        action=EventAction.REMOVED, version=version, folder=folder, name=job, submitted_by=submitted_by
    )
    _merge(_noted_on(c), (_entry, number), noted)


def _noted_on(c: Connection) -> dict[Key, Noted]:
    found: dict[Key, Noted] = c.info.setdefault(_KEY, {})
    return found


def _take(c: Connection) -> dict[Key, Noted]:
    found: dict[Key, Noted] = c.info.pop(_KEY, {})
    return found


def _merge(all_noted: dict[Key, Noted], key: Key, later: Noted) -> None:
    before = all_noted.get(key)
    all_noted[key] = later if before is None else before.then(later)


def _is_gone(noted: Noted) -> bool:
    return noted.action is EventAction.REMOVED


_advance = (
    update(_count)
    .where(_count.c.id == 1)
    .values(last=_count.c.last + bindparam("by"))
    .execution_options(**{UNANSWERED: True})
)
_last = select(_count.c.last).where(_count.c.id == 1).scalar_subquery()
_insert = insert(_event).values(id=_last - bindparam("back")).inline()
_of_entries = insert(_event).from_select(
    [
        "id",
        "time",
        "kind",
        "action",
        "object_id",
        "folder",
        "name",
        "version",
        "submitted_by",
        "state",
        "severity",
    ],
    select(
        _last - bindparam("back") + func.row_number().over(order_by=_entry.c.number),
        bindparam("now", type_=_event.c.time.type),
        literal(EventKind.ENTRY.value),
        bindparam("done", type_=_event.c.action.type),
        _entry.c.number,
        _entry.c.folder_name,
        _entry.c.job_name,
        _entry.c.version,
        _entry.c.submitted_by,
        _entry.c.state,
        _entry.c.final_severity,
    ).where(_entry.c.number.in_(bindparam("numbers", expanding=True))),
)


def _row(table: Table, id: int, noted: Noted) -> dict[str, Any]:
    return {
        "kind": EventKind.ENTRY.value if table is _entry else _KINDS[table].value,
        "action": noted.action,
        "object_id": id,
        "folder": noted.folder,
        "name": noted.name,
        "version": noted.version,
        "submitted_by": noted.submitted_by,
    }


def _of_definitions(c: Connection, noted: dict[Key, Noted]) -> list[dict[str, Any]]:
    """The rows of definitions that are there."""
    by_table: dict[Table, dict[int, Noted]] = defaultdict(dict)
    for (table, id), one in noted.items():
        by_table[table][id] = one
    rows = []
    for table, wanted in by_table.items():
        for id, found in _described(c, table, sorted(wanted), EventAction.CHANGED):
            rows.append(_row(table, id, replace(found, action=wanted[id].action)))
    return rows


def _described(
    c: Connection, table: Table, ids: Sequence[int], action: EventAction
) -> Iterator[tuple[int, Noted]]:
    """What definitions are called now, and their versions."""
    name = table.c.path if "path" in table.c else table.c.name
    query: Any = select(table.c.id, table.c.version, name.label("called"), null().label("place"))
    if "folder_id" in table.c:
        query = select(table.c.id, table.c.version, name.label("called"), _folder.c.path.label("place"))
        query = query.join(_folder, table.c.folder_id == _folder.c.id)
    elif table is tables.date_type:
        within = tables.calendar
        query = select(table.c.id, table.c.version, name.label("called"), within.c.name.label("place"))
        query = query.join(within, table.c.calendar_id == within.c.id)
    for start in range(0, len(ids), _CHUNK):
        for row in c.execute(query.where(table.c.id.in_(ids[start : start + _CHUNK]))):
            yield row.id, Noted(action=action, version=row.version, folder=row.place, name=row.called)
