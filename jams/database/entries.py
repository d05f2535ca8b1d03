"""The live schedule: one row an entry."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from jams.objects.enums import EntryState, RetainOption, Severity
from jams.objects.errors import EntryNotFound
from jams.objects.parts import Element, ParamValue, PropertyValue, Tag
from jams.objects.schedule import Entry, EntryAudit, SubmitParam

from . import agents, changes, folders, names, tables
from .columns import AnyRow
from .entry_cache import EntryCache, Versions

_entry = tables.entry
_audit = tables.entry_audit
_counter = tables.counter

_CHUNK = 500
"""Entries that are read with one query; every database takes so many bound values."""


class EntryRest(msgspec.Struct, omit_defaults=True):
    """What was decided when the entry was submitted and has no column."""

    method_name: str = ""
    display_name: str | None = None
    note: str | None = None
    restartable: bool = True
    debug: bool = False
    retain_option: RetainOption = RetainOption.DEFAULT
    retain_time: int | None = None
    home_directory: str | None = None
    log_location: str | None = None
    avg_elapsed_time: float | None = None
    jams_id: str | None = None
    parameters: list[ParamValue] = []
    definitions: list[SubmitParam] = []
    elements: list[Element] = []
    source_elements: list[Element] = []
    properties: list[PropertyValue] = []
    tag_ids: list[int] = []
    tags: list[Tag] = []


decode_rest = msgspec.json.Decoder(EntryRest).decode

_narrow = select(_entry.c.number, _entry.c.version)
_wide = select(*(column for column in _entry.c if column.name != "source"))
_insert = insert(_entry)
_next = update(_counter).where(_counter.c.id == 1)
_next_both = _next.values(entry=_counter.c.entry + 1, ron=_counter.c.ron + 1).returning(
    _counter.c.entry, _counter.c.ron, _counter.c.definitions
)
_next_run = _next.values(ron=_counter.c.ron + 1).returning(_counter.c.ron)


def encode_rest(rest: EntryRest) -> str:
    """The text of the ``document`` column."""
    return msgspec.json.encode(rest).decode()


def next_numbers(c: Connection) -> tuple[int, int, int]:
    """A new entry number, a new run number, and with them the stamp of the definitions."""
    row = c.execute(_next_both).one()
    return row.entry, row.ron, row.definitions


def next_run_number(c: Connection) -> int:
    """A new run number for an entry that runs again."""
    return int(c.execute(_next_run).scalar_one())


def add(c: Connection, values: Mapping[str, Any]) -> None:
    """Put an entry into the schedule; ``values`` by column name, keys and version excepted."""
    keys = {
        "version": 1,
        "job_name_key": names.fold(values["job_name"]),
        "submitted_by_key": names.fold(values["submitted_by"]),
    }
    c.execute(_insert, {**values, **keys})
    changes.note(c, values["number"], values["state"])


def change(c: Connection, number: int, **values: Any) -> None:
    """Change columns of an entry. Every change of an entry goes through this or :func:`change_all`."""
    c.execute(update(_entry).where(_entry.c.number == number).values(version=_entry.c.version + 1, **values))
    changes.note(c, number, values.get("state"))


def change_all(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change the same columns of many entries; each row holds ``number`` and the new values."""
    if not rows:
        return
    columns = [name for name in rows[0] if name != "number"]
    c.execute(
        update(_entry)
        .where(_entry.c.number == bindparam("at_number"))
        .values(version=_entry.c.version + 1, **{name: bindparam(f"new_{name}") for name in columns}),
        [{"at_number": row["number"], **{f"new_{name}": row[name] for name in columns}} for row in rows],
    )
    for row in rows:
        changes.note(c, row["number"], row.get("state"))


def remove(c: Connection, numbers: Iterable[int]) -> None:
    """Take entries out of the schedule; their audit trail stays."""
    gone = list(numbers)
    c.execute(delete(_entry).where(_entry.c.number.in_(gone)))
    for number in gone:
        changes.note(c, number, None)


def remove_expired(c: Connection, now: datetime) -> int:
    """Take some entries out whose time in the monitor is over; how many, 0 when none is left."""
    query = select(_entry.c.number).where(_entry.c.retain_until <= now).limit(_CHUNK)
    numbers = c.scalars(query).all()
    remove(c, numbers)
    return len(numbers)


def locked(c: Connection, number: int) -> AnyRow:
    """The row of an entry, which nobody else changes until the transaction ends. Raises EntryNotFound."""
    row = c.execute(select(_entry).where(_entry.c.number == number).with_for_update()).one_or_none()
    if row is None:
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
    return row


def state(c: Connection, number: int) -> EntryState | None:
    """Where an entry stands; None when it is not in the schedule."""
    found: EntryState | None = c.scalar(select(_entry.c.state).where(_entry.c.number == number))
    return found


def get(c: Connection, number: int) -> Entry:
    """One entry, with its source. Raises EntryNotFound."""
    row = c.execute(select(_entry).where(_entry.c.number == number)).one_or_none()
    if row is None:
        raise EntryNotFound(f"There is no entry {number} in the schedule.", target=number)
    return _document(row, agents.all_names(c), row.source)


def find(
    c: Connection,
    *,
    folder: str | None = None,
    pattern: str | None = None,
    states: Sequence[EntryState] | None = None,
    severities: Sequence[Severity] | None = None,
    submitted_by: str | None = None,
    after: datetime | None = None,
    limit: int | None = None,
) -> list[Entry]:
    """The entries that meet all the filters, by number, without their sources.

    ``folder`` includes what lies below it; ``limit`` keeps the newest. The list is a
    :class:`jams.objects.listing.Listing`. Raises FolderNotFound.
    """
    cache = EntryCache.of(c)
    wanted = (folder, pattern, _hashable(states), _hashable(severities), submitted_by, after, limit)
    unchanged = cache.unchanged_list(c, wanted)
    if unchanged is not None:
        return unchanged
    where = list(_conditions(c, folder, pattern, states, severities, submitted_by, after))
    query = _narrow.where(*where)
    if limit is None:
        rows = [tuple(row) for row in c.execute(query.order_by(_entry.c.number))]
    else:
        newest = c.execute(query.order_by(_entry.c.number.desc()).limit(limit))
        rows = [tuple(row) for row in newest][::-1]
    if limit is None and not where:
        cache.keep([row[0] for row in rows])
    return cache.list_of(c, wanted, rows, lambda: _load(c, rows))


def _hashable(values: Sequence[Any] | None) -> Hashable:
    return None if values is None else tuple(values)


def _conditions(
    c: Connection,
    folder: str | None,
    pattern: str | None,
    states: Sequence[EntryState] | None,
    severities: Sequence[Severity] | None,
    submitted_by: str | None,
    after: datetime | None,
) -> Iterator[ColumnElement[bool]]:
    if folder is not None:
        top = folders.locate(c, name=folder).path_key
        inside = select(tables.folder.c.id).where(names.below(tables.folder.c.path_key, top))
        yield _entry.c.folder_id.in_(inside)
    if pattern:
        yield names.matches(_entry.c.job_name_key, pattern)
    if states:
        yield _entry.c.state.in_(states)
    if severities:
        yield _entry.c.final_severity.in_(severities)
    if submitted_by is not None:
        yield _entry.c.submitted_by_key == names.fold(submitted_by)
    if after is not None:
        yield _entry.c.scheduled_time >= after


def _load(c: Connection, rows: Versions) -> list[Entry]:
    """The entries of these versions: from the cache, and what is not there from the database."""
    cache = EntryCache.of(c)
    found = [cache.get(number, version) for number, version in rows]
    missing = [row[0] for row, entry in zip(rows, found, strict=True) if entry is None]
    read: dict[int, Entry] = {}
    named = agents.all_names(c) if missing else {}
    for start in range(0, len(missing), _CHUNK):
        chunk = missing[start : start + _CHUNK]
        for row in c.execute(_wide.where(_entry.c.number.in_(chunk))):
            read[row.number] = entry = _document(row, named, None)
            cache.put(row.version, entry)
    return [entry or read[row[0]] for row, entry in zip(rows, found, strict=True)]


def _document(row: AnyRow, agent_names: Mapping[int, str], source: str | None) -> Entry:
    rest = decode_rest(row.document)
    display = rest.display_name or row.job_name
    return Entry(
        jams_entry=row.number,
        ron=row.ron,
        job_name=row.job_name,
        display_name=display,
        name=names.join(row.folder_name, row.job_name),
        current_state=row.state,
        job_id=row.job_id,
        parent_folder_id=row.folder_id,
        folder_name=row.folder_name,
        method_id=row.method_id,
        method_name=rest.method_name,
        submitted_by=row.submitted_by,
        held=row.held,
        debug=rest.debug,
        todays_date=row.scheduled_time.date().isoformat(),
        scheduled_time_utc=row.scheduled_time,
        original_hold_time_utc=row.original_hold_time,
        hold_time_utc=row.hold_time,
        start_time_utc=row.start_time,
        completion_time_utc=row.completion_time,
        final_status_code=row.final_status_code,
        final_severity=row.final_severity,
        final_status=row.final_status,
        job_status=row.job_status,
        note=rest.note,
        process_id=row.process_id,
        agent_name=agent_names.get(row.agent_id, ""),
        scheduling_priority=row.priority,
        restart_count=row.restart_count,
        retain_time=rest.retain_time,
        log_filename=row.log_filename,
        jams_id=rest.jams_id,
        avg_elapsed_time=rest.avg_elapsed_time,
        source=source,
        parameters=tuple(rest.parameters),
        elements=tuple(rest.elements),
        source_elements=tuple(rest.source_elements),
        properties=tuple(rest.properties),
        tag_ids=tuple(rest.tag_ids),
        tags=tuple(rest.tags),
    )


def audit_trail(c: Connection, number: int) -> list[EntryAudit]:
    """What was done to an entry, oldest first."""
    rows = c.execute(select(_audit).where(_audit.c.number == number).order_by(_audit.c.id))
    return [
        EntryAudit(
            jams_entry=row.number,
            audit_time_utc=row.time,
            user_name=row.user_name,
            message=row.message,
            comment=row.comment,
            details=row.details,
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
    values = {
        "number": number,
        "time": datetime.now(UTC),
        "user_name": user,
        "message": message,
        "comment": comment,
        "details": details,
    }
    c.execute(insert(_audit), values)
