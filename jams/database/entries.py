"""The live schedule: one row an entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, Delete, Select, Update, bindparam, delete, func, insert, select, update

from jams.objects.base import EntryNumber
from jams.objects.enums import EntryState
from jams.objects.errors import EntryNotFound
from jams.objects.schedule import Entry, EntryAudit

from . import agents, changes, clock, events, names, tables
from .among import among
from .entry_documents import EntryRest, document, encode_rest, of_its_job, read, read_listed, usual
from .entry_lists import count, find, members_of
from .reading import Found, Reader
from .sight import Sight, hidden_of, in_folders, told_of, without_hidden
from .turns import execute_counted

__all__ = [
    "EntryRest",
    "add",
    "Line",
    "add_audit",
    "add_audits",
    "as_seen",
    "audit_trail",
    "change",
    "count",
    "encode_rest",
    "find",
    "get",
    "locked",
    "locked_all",
    "locked_if_there",
    "members_of",
    "mend",
    "move",
    "move_all",
    "read",
    "read_listed",
    "remove",
    "row",
    "remove_expired",
    "state",
    "submitter",
]

_entry = tables.entry
_audit = tables.entry_audit

_CHUNK = 500
"""Entries that are taken out at once; every database takes so many bound values."""


_documents = (_entry.c.number, _entry.c.document)
_read_document = Reader(_documents, EntryRest)
_read_audit = Reader(_audit.c, number=EntryNumber)
_one = select(_entry).where(_entry.c.number == bindparam("number"))
_locked = _one.with_for_update()
_several = _entry.c.number.in_(bindparam("numbers", expanding=True))
_locked_all = select(_entry).where(_several).order_by(_entry.c.number).with_for_update()
_shown = select(_entry, *usual).select_from(of_its_job).where(_entry.c.number == bindparam("number"))
_state = select(_entry.c.state).where(_entry.c.number == bindparam("number"))
_gone_columns = (
    _entry.c.number,
    _entry.c.version,
    _entry.c.folder_name,
    _entry.c.job_name,
    _entry.c.submitted_by,
)
_submitter = select(_entry.c.submitted_by).where(_entry.c.number == bindparam("number"))
_insert = insert(_entry)
_insert_audit = insert(_audit).inline()


def add(c: Connection, *rows: Mapping[str, Any]) -> None:
    """Put entries into the schedule; rows by column name, all the same, keys and version excepted."""
    values = [
        {
            **row,
            "version": 1,
            "job_name_key": names.fold(row["job_name"]),
            "submitted_by_key": names.fold(row["submitted_by"]),
        }
        for row in rows
    ]
    c.execute(_insert, values if len(values) > 1 else values[0])
    for row in rows:
        changes.note(c, row["number"], changes.Change(state=row["state"], added=True))


def change(c: Connection, number: int, **values: Any) -> None:
    """Change columns of an entry, other than its state."""
    assert "state" not in values
    given = {f"new_{name}": value for name, value in values.items()}
    c.execute(_change_of(tuple(values)), {"at_number": number, **given})
    changes.note(c, number, changes.OTHERWISE)


def move(
    c: Connection, number: int, source: EntryState, target: EntryState, *, version: int, **values: Any
) -> bool:
    """Bring an entry from one state into another and change columns.

    False, and nothing done, when it is not in that state and version any more. The scheduler's table of
    transitions says what may be done; nothing else calls this or :func:`move_all`.
    """
    given = {"at_number": number, "at_state": source, "at_version": version, "new_state": target}
    given |= {f"new_{name}": value for name, value in values.items()}
    if c.execute(_move_one_of(tuple(values)), given).rowcount != 1:
        return False
    changes.note(c, number, _change(source, target))
    return True


def move_all(
    c: Connection, target: EntryState, rows: Sequence[Mapping[str, Any]], overtaken: Callable[[], Exception]
) -> None:
    """Bring many entries into a state. Each row holds ``number``, ``state`` as it was seen, and new values of
    columns, the same for all.

    Raises:
        Exception: what ``overtaken`` makes, now or with a later statement, when one of them was not where it
            was seen. Then the transaction has to be undone.
    """
    if not rows:
        return
    columns = tuple(name for name in rows[0] if name not in ("number", "state"))
    first = rows[0]
    if len(rows) > 1 and all(
        row["state"] is first["state"] and all(row[name] == first[name] for name in columns) for row in rows
    ):
        _move_alike(c, target, columns, rows, overtaken)
    else:
        _move_each(c, target, columns, rows, overtaken)
    for row in rows:
        changes.note(c, row["number"], _change(row["state"], target))


def _move_alike(
    c: Connection,
    target: EntryState,
    columns: tuple[str, ...],
    rows: Sequence[Mapping[str, Any]],
    overtaken: Callable[[], Exception],
) -> None:
    """Move entries that are all in one state and get the same values."""
    given = {"at_state": rows[0]["state"], "new_state": target}
    given |= {f"new_{name}": rows[0][name] for name in columns}
    for start in range(0, len(rows), _CHUNK):
        numbers = [row["number"] for row in rows[start : start + _CHUNK]]
        values = {**given, "numbers": numbers}
        execute_counted(c, _move_many_of(columns), values, len(numbers), overtaken)


def _move_each(
    c: Connection,
    target: EntryState,
    columns: tuple[str, ...],
    rows: Sequence[Mapping[str, Any]],
    overtaken: Callable[[], Exception],
) -> None:
    """Move entries, each with values of its own."""
    statement = _move_of(columns)
    values = [
        {
            "at_number": row["number"],
            "at_state": row["state"],
            "new_state": target,
            **{f"new_{name}": row[name] for name in columns},
        }
        for row in rows
    ]
    if len(values) == 1 or not c.dialect.supports_sane_multi_rowcount:
        for one in values:
            execute_counted(c, statement, one, 1, overtaken)
    elif c.execute(statement, values).rowcount != len(values):
        raise overtaken()


def _change(source: EntryState, target: EntryState) -> changes.Change:
    return changes.OTHERWISE if source is target else changes.Change(state=target)


@cache
def _move_of(columns: tuple[str, ...]) -> Update:
    """The statement that gives an entry another state, and these columns other values."""
    return _moving(columns).where(_entry.c.number == bindparam("at_number"))


@cache
def _move_many_of(columns: tuple[str, ...]) -> Update:
    """As :func:`_move_of`, of several entries."""
    return _moving(columns).where(_several)


def _moving(columns: tuple[str, ...]) -> Update:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("state", *columns)}
    moved = update(_entry).where(_entry.c.state == bindparam("at_state"))
    return moved.values(version=_entry.c.version + 1, **values)


@cache
def _move_one_of(columns: tuple[str, ...]) -> Update:
    """As :func:`_move_of`, of an entry that has a version."""
    return _move_of(columns).where(_entry.c.version == bindparam("at_version"))


@cache
def _change_of(columns: tuple[str, ...]) -> Update:
    """The statement that gives these columns of an entry other values."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    statement = update(_entry).where(_entry.c.number == bindparam("at_number"))
    return statement.values(version=_entry.c.version + 1, **values)


def remove(c: Connection, numbers: Iterable[int], *, state: EntryState | None = None) -> int:
    """Take entries out of the schedule, with ``state`` only those that are in it; how many went.

    Their audit trail stays.
    """
    query = delete(_entry).where(_entry.c.number.in_(list(numbers)))
    return _gone(c, query if state is None else query.where(_entry.c.state == state))


def remove_expired(c: Connection, now: datetime) -> int:
    """Take some entries out whose time in the monitor is over; how many, 0 when none is left."""
    expired = (_entry.c.retain_until <= now, _entry.c.state == EntryState.COMPLETE)
    numbers = c.scalars(select(_entry.c.number).where(*expired).limit(_CHUNK)).all()
    return _gone(c, delete(_entry).where(_entry.c.number.in_(numbers), *expired)) if numbers else 0


def _gone(c: Connection, statement: Delete) -> int:
    gone = c.execute(statement.returning(*_gone_columns)).all()
    for row in gone:
        changes.note(c, row.number, changes.REMOVED)
        events.note_gone(c, *row)
    return len(gone)


def locked(c: Connection, number: int) -> Found:
    """The row of an entry, which nobody else changes until the transaction ends. Raises EntryNotFound."""
    row = c.execute(_locked, {"number": number}).one_or_none()
    if row is None:
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
    return _whole(c, read(row))


def locked_all(c: Connection, numbers: Sequence[int]) -> list[Found]:
    """As :func:`locked`, the rows of those of the entries that are there, in the order of their numbers."""
    found: list[Found] = []
    wanted = sorted(set(numbers))
    if len(wanted) == 1:
        return locked_by(c, _locked, {"number": wanted[0]})
    for start in range(0, len(wanted), _CHUNK):
        found += locked_by(c, _locked_all, {"numbers": wanted[start : start + _CHUNK]})
    return found


def locked_by(c: Connection, query: Select[Any], given: Mapping[str, Any]) -> list[Found]:
    """As :func:`locked_all`, the rows that a query for all columns of entries finds, which locks them."""
    return [_whole(c, read(row)) for row in c.execute(query, given).all()]


def _whole(c: Connection, found: Found) -> Found:
    if found.mended:
        runs_now = c.scalar(select(func.count()).where(tables.run.c.number == found.number))
        mend(c, found, running=bool(runs_now))
    return found


def row(c: Connection, number: int) -> Found:
    """The row of an entry, to be read. Raises EntryNotFound."""
    found = c.execute(_one, {"number": number}).one_or_none()
    if found is None:
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
    return read(found)


def locked_if_there(c: Connection, number: int) -> Found | None:
    """As :func:`locked`; None when there is no such entry any more."""
    try:
        return locked(c, number)
    except EntryNotFound:
        return None


def mend(c: Connection, found: Found, *, running: bool) -> None:
    """Write down what stands for the columns of an entry that cannot be read, so that it can be changed.

    Where it stands is then told by whether it has a run.
    """
    if tables.entry.c.state in found.mended and running:
        found.state = found.mended[_entry.c.state] = EntryState.EXECUTING
    values = {column.name: value for column, value in found.mended.items() if column.table is _entry}
    if values:
        c.execute(update(_entry).where(_entry.c.number == found.number).values(**values))


def state(c: Connection, number: int) -> EntryState | None:
    """Where an entry stands; None when it is not in the schedule."""
    found: Any = c.scalar(_state, {"number": number})
    return found if found is None or isinstance(found, EntryState) else EntryState.HELD


def is_seen(c: Connection, number: int, sight: Sight) -> bool:
    """Whether an entry that is there lies in a folder of which somebody sees."""
    inside = in_folders(c, _entry.c.folder_id, _entry.c.job_id, sight)
    return (
        not inside or c.scalar(select(_entry.c.number).where(_entry.c.number == number, *inside)) is not None
    )


def submitter(c: Connection, number: int) -> str:
    """Who submitted an entry. Raises EntryNotFound."""
    found = c.scalar(_submitter, {"number": number})
    if found is None:
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
    return names.readable(found)


def place(c: Connection, number: int) -> tuple[int | None, int | None]:
    """The job of an entry, and the folder in which that lies; nothing where there is none of that number."""
    row = c.execute(
        select(_entry.c.job_id, _entry.c.folder_id).where(_entry.c.number == number)
    ).one_or_none()
    return (None, None) if row is None else (row.job_id, row.folder_id)


def places(c: Connection, numbers: Collection[int]) -> dict[int, tuple[int | None, int | None]]:
    """The jobs of entries, and the folders in which they lie, by the numbers of those that are there."""
    query = select(_entry.c.number, _entry.c.job_id, _entry.c.folder_id)
    rows = c.execute(query.where(among(c, _entry.c.number, numbers)))
    return {row.number: (row.job_id, row.folder_id) for row in rows}


def get(c: Connection, number: int) -> Entry:
    """One entry, with its source. Raises EntryNotFound."""
    row = c.execute(_shown, {"number": number}).one_or_none()
    if row is None:
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
    return document(read(row[:-2]), agents.all_names(c), row.source, row)


def as_seen(c: Connection, found: Sequence[Entry], sight: Sight) -> list[Entry]:
    """The entries as somebody is shown them who may see that these are there."""
    if sight.definitions:
        return list(found)
    hidden: dict[int, Collection[str]] = {}
    for start in range(0, len(found), _CHUNK):
        numbers = [entry.jams_entry for entry in found[start : start + _CHUNK]]
        for row in c.execute(select(*_documents).where(_entry.c.number.in_(numbers))):
            hidden[row.number] = hidden_of(_read_document(row))
    return [
        replace(
            entry,
            source=None,
            elements=(),
            source_elements=(),
            parameters=without_hidden(entry.parameters, hidden.get(entry.jams_entry, ())),
            not_obeyed=told_of(entry.not_obeyed),
        )
        for entry in found
    ]


def audit_trail(c: Connection, number: int) -> list[EntryAudit]:
    """What was done to an entry, oldest first."""
    rows = _read_audit.every(c.execute(select(_audit).where(_audit.c.number == number).order_by(_audit.c.id)))
    return [
        EntryAudit(
            jams_entry=row.number,
            audit_time_utc=row.time,
            user_name=row.user_name,
            message=row.message,
            comment=row.comment,
            details=row.details,
            damage=row.damage,
        )
        for row in rows
    ]


def add_audit(
    c: Connection,
    number: int,
    *,
    user: str,
    message: str,
    comment: str | None = None,
    details: str | None = None,
) -> None:
    """Write one line of an entry's audit trail."""
    line = Line(number, message, comment, details)
    c.execute(_insert_audit, _audited(line, user))


class Line(NamedTuple):
    """A line of the audit trail of an entry."""

    number: int
    message: str
    comment: str | None = None
    details: str | None = None


def add_audits(c: Connection, user: str, lines: Sequence[Line]) -> None:
    """Write lines of the audit trails of several entries."""
    if lines:
        c.execute(_insert_audit, [_audited(line, user) for line in lines])


def _audited(line: Line, user: str) -> dict[str, Any]:
    return {
        "number": line.number,
        "time": clock.now(),
        "user_name": user,
        "message": line.message,
        "comment": line.comment,
        "details": line.details,
    }
