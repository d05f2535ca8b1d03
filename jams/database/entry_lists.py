"""Lists of entries: filters, and no more reading than what has changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, not_, or_, select

from jams.objects.enums import EntryState, Severity
from jams.objects.schedule import Entry

from . import agents, folders, names, tables
from .entry_cache import EntryCache, Versions
from .entry_documents import document, of_its_job, read_listed, usual
from .sight import EVERYTHING, Sight, in_folders

_entry = tables.entry

_CHUNK = 500
"""Entries that are read with one query; every database takes so many bound values."""

_narrow = select(_entry.c.number, _entry.c.version)
_wide = select(*(column for column in _entry.c if column.name != "source"), *usual).select_from(of_its_job)


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
    before: int | None = None,
    simple: bool = False,
    sight: Sight = EVERYTHING,
) -> list[Entry]:
    """The entries that meet all the filters, by number, without their sources.

    ``folder`` includes what lies below it; ``pattern`` with a separator is for the whole path of the job;
    ``limit`` keeps the newest, of those before number ``before``; ``simple`` leaves out the only member of a
    setup or sequence that is among them; ``sight`` says in which folders. The list is a
    :class:`jams.objects.listing.Listing`. Raises FolderNotFound.
    """
    cache = EntryCache.of(c)
    inside = in_folders(c, _entry.c.folder_id, _entry.c.job_id, sight)
    wanted = (
        sight.within,
        sight.closed,
        folder,
        pattern,
        _hashable(states),
        _hashable(severities),
        submitted_by,
        after,
        limit,
        before,
        simple,
    )
    unchanged = None if inside else cache.unchanged_list(c, wanted)
    if unchanged is not None:
        return unchanged
    where = [*inside, *_conditions(c, folder, pattern, states, severities, submitted_by, after)]
    if simple:
        where.append(_no_only_member(where))
    if before is not None:
        where.append(_entry.c.number < before)
    query = _narrow.where(*where)
    if limit is None:
        rows = [tuple(row) for row in c.execute(query.order_by(_entry.c.number))]
    else:
        newest = c.execute(query.order_by(_entry.c.number.desc()).limit(limit))
        rows = [tuple(row) for row in newest][::-1]
    if limit is None and not where:
        cache.keep([row[0] for row in rows])
    return cache.list_of(c, wanted, rows, lambda: _load(c, rows))


def count(
    c: Connection,
    *,
    folder: str | None = None,
    pattern: str | None = None,
    states: Sequence[EntryState] | None = None,
    severities: Sequence[Severity] | None = None,
    submitted_by: str | None = None,
    after: datetime | None = None,
    simple: bool = False,
    sight: Sight = EVERYTHING,
) -> int:
    """How many entries meet all the filters. Raises FolderNotFound."""
    inside = in_folders(c, _entry.c.folder_id, _entry.c.job_id, sight)
    where = [*inside, *_conditions(c, folder, pattern, states, severities, submitted_by, after)]
    if simple:
        where.append(_no_only_member(where))
    return c.scalar(select(func.count()).select_from(_entry).where(*where)) or 0


def members_of(c: Connection, number: int, sight: Sight = EVERYTHING) -> list[Entry]:
    """The members that a setup's or sequence's entry has had, by its runs and by their places."""
    order = (_entry.c.parent_ron, _entry.c.place, _entry.c.number)
    seen = in_folders(c, _entry.c.folder_id, _entry.c.job_id, sight)
    rows = c.execute(_narrow.where(_entry.c.parent == number, *seen).order_by(*order))
    return _load(c, [tuple(row) for row in rows])


def _no_only_member(where: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """No entry that is the only member of one which is listed itself by those conditions."""
    sister = _entry.alias()
    alone = ~exists(
        select(sister.c.number).where(
            sister.c.parent == _entry.c.parent,
            sister.c.parent_ron == _entry.c.parent_ron,
            sister.c.number != _entry.c.number,
        )
    ).correlate(_entry)
    listed = select(_entry.c.number).where(*where).correlate(None)
    return or_(_entry.c.parent.is_(None), not_(and_(_entry.c.parent.in_(listed), alone)))


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
        yield _named(pattern)
    if states:
        yield _entry.c.state.in_(states)
    if severities:
        yield _entry.c.final_severity.in_(severities)
    if submitted_by is not None:
        yield _entry.c.submitted_by_key == names.fold(submitted_by)
    if after is not None:
        yield _entry.c.scheduled_time >= after


def _named(pattern: str) -> ColumnElement[bool]:
    if not names.is_path(pattern):
        return names.matches(_entry.c.job_name_key, pattern)
    folder = tables.folder.c.path_key
    path = case((folder == names.ROOT, names.ROOT), else_=folder + names.ROOT) + _entry.c.job_name_key
    here = select(path).where(tables.folder.c.id == _entry.c.folder_id).scalar_subquery()
    return names.matches(here, names.normalize(pattern))


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
            known = read_listed(row[:-2])
            read[row.number] = entry = document(known, named, None, row)
            cache.put(known.version, entry)
    return [entry or read[row[0]] for row, entry in zip(rows, found, strict=True)]
