"""What a unit of work changes of definitions, accounts, rights and secrets, as the audit trail tells it.

It is found where rows are written, so no operation and no command can leave it out: the writer's connection
has an observer, which looks at the rows of these tables before a statement changes them, and once more when
the unit is done. Definitions that keep revisions are told by their documents instead (:func:`definition`).
How rows are told is said in :mod:`jams.database.audit_telling`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, and_, or_, select

from jams.objects.actors import ENGINE
from jams.objects.events import EventAction

from . import tables
from .audit_chain import ObjectKey, Row
from .audit_telling import (
    MASK,
    ROWS,
    ObjectChange,
    called,
    columns_of,
    different,
    kind_of,
    secrets_changed,
    values_of,
    written,
)
from .names import fold
from .observed import ObservedConnection

_KEY = "jams.audit_changes"
_AUTHOR = "jams.audit_author"
_LONGEST_KEY = 800
_CHUNK = 200


class Author(NamedTuple):
    """Who is said to have changed what no record of the unit of work tells of."""

    user: str = ENGINE
    door: str = "server"
    operation: str = "maintenance"


_Key = tuple[Table, tuple[Any, ...]]


class _Seen:
    """What one unit of work has changed so far."""

    def __init__(self) -> None:
        self.entries = False
        self.rows: dict[_Key, dict[str, Any] | None] = {}
        self.made: list[tuple[Table, dict[str, Any]]] = []
        self.definitions: list[ObjectChange] = []
        self.secrets: dict[tuple[Table, int], set[str]] = {}


def _seen(c: Connection) -> _Seen:
    found: _Seen = c.info.setdefault(_KEY, _Seen())
    return found


def by_somebody(c: Connection) -> None:
    """What the unit of work does from now on is an operation's: tell of entries as well."""
    _seen(c).entries = True


def observe(c: Connection, author: Author) -> None:
    """Have it seen what is changed on a connection, by this author where nobody says by whom."""
    if isinstance(c, ObservedConnection):
        c.observer = OBSERVER
    c.info[_AUTHOR] = author


def drop(c: Connection) -> None:
    """Forget what was seen: it was undone."""
    c.info.pop(_KEY, None)


def take(c: Connection) -> list[ObjectChange]:
    """What the unit of work has changed, by what it is and what it is called; it begins anew."""
    seen: _Seen | None = c.info.pop(_KEY, None)
    if seen is None:
        return []
    found = [*seen.definitions, *_compared(c, seen.rows)]
    for table, row in seen.made:
        name = called(c, table, row)
        after = values_of(table, row)
        found.append(ObjectChange(kind=kind_of(table), action=EventAction.ADDED, name=name, after=after))
    return found


def secret(c: Connection, table: Table, id: int, member: str) -> None:
    """Note that a definition gets another secret, which its documents do not have; it is told as a mask."""
    _seen(c).secrets.setdefault((table, id), set()).add(member)


def definition(
    c: Connection,
    table: Table,
    id: int,
    name: str,
    action: EventAction,
    before: str | None,
    after: str | None,
) -> None:
    """Tell of a definition what its revisions say: its document before and after."""
    old, new = (None if text is None else json.loads(text) for text in (before, after))
    was, now = different(old, new)
    masks = dict.fromkeys(sorted(_seen(c).secrets.get((table, id), ())), MASK)
    if masks and now is not None:
        was, now = was if was is None else {**was, **masks}, {**now, **masks}
    elif was == now:
        was = now = None  # written anew as it was
    kind = "".join(part.title() for part in table.name.split("_"))
    change = ObjectChange(kind=kind, action=action, id=id, name=name, before=was, after=now)
    _seen(c).definitions.append(change)


def records(c: Connection, noted: list[Row]) -> list[Row]:
    """The records of a unit of work, with what it has changed; one more if it has changed what none tells.

    It is the first record that tells it.
    """
    found = take(c)
    if not found:
        return noted
    if not noted:
        author: Author = c.info.get(_AUTHOR, Author())
        user, door, operation = author.user[:255], author.door[:32], author.operation[:64]
        noted = [Row(time=datetime.now(UTC), user_name=user, door=door, operation=operation)]
    keys = tuple(ObjectKey(each.kind, each.id, fold(each.name)[:_LONGEST_KEY]) for each in found)
    return [noted[0]._replace(changes=written(found), objects=keys), *noted[1:]]


class _Observer:
    """See :class:`jams.database.observed.Observer`."""

    def before(self, c: Connection, statement: Any, given: Any) -> None:
        """Keep the rows as they are that an UPDATE or DELETE is about."""
        table = statement.table
        if statement.is_insert or not _concerned(c, table):
            return
        rows = _seen(c).rows
        query = select(*columns_of(table)).where(*statement._where_criteria)
        for values in given if isinstance(given, list) else [given or {}]:
            for row in c.execute(query, values).mappings():
                rows.setdefault(_key(table, row), dict(row))

    def after(self, c: Connection, statement: Any, given: Any, result: Any) -> None:
        """Keep which rows are new."""
        table = statement.table
        if not statement.is_insert or table.name not in ROWS:
            return
        seen = _seen(c)
        for values in given if isinstance(given, list) else [given or {}]:
            row = {**_said(statement), **values}
            key = [row.get(column.name) for column in table.primary_key]
            if None in key and not isinstance(given, list):
                key = list(result.inserted_primary_key)
            if None in key:
                seen.made.append((table, row))
            else:
                seen.rows.setdefault((table, tuple(key)), None)


OBSERVER = _Observer()
"""Observes the connection of a writer."""


def _concerned(c: Connection, table: Table) -> bool:
    return table.name in ROWS or (table is tables.entry and _KEY in c.info and _seen(c).entries)


def _said(statement: Any) -> dict[str, Any]:
    """The values that an INSERT says itself."""
    return {
        getattr(column, "name", column): getattr(value, "value", None)
        for column, value in (statement._values or {}).items()
    }


def _key(table: Table, row: Mapping[Any, Any]) -> _Key:
    return table, tuple(row[column.name] for column in table.primary_key)


def _compared(c: Connection, seen: Mapping[_Key, dict[str, Any] | None]) -> Iterator[ObjectChange]:
    """What became of rows."""
    rows = _rows(c, seen)
    for (table, key), before in seen.items():
        after = rows.get((table, key))
        was, now = (None if each is None else values_of(table, each) for each in (before, after))
        told = different(was, now, *secrets_changed(table, before, after))
        if (before is None and after is None) or told == ({}, {}):
            continue
        action = EventAction.ADDED if before is None else EventAction.CHANGED
        whole = after or before or {}
        yield ObjectChange(
            kind=kind_of(table),
            action=EventAction.REMOVED if after is None else action,
            id=key[0] if len(key) == 1 and isinstance(key[0], int) else None,
            name=called(c, table, whole),
            before=told[0],
            after=told[1],
        )


def _rows(c: Connection, keys: Iterable[_Key]) -> dict[_Key, dict[str, Any]]:
    """What rows are now, of those that are there."""
    by_table: dict[Table, list[tuple[Any, ...]]] = {}
    for table, key in keys:
        by_table.setdefault(table, []).append(key)
    found = {}
    for table, wanted in by_table.items():
        first, *others = table.primary_key
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            if others:
                same = (
                    and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))
                    for key in chunk
                )
                where = or_(*same)
            else:
                where = first.in_([key[0] for key in chunk])
            for row in c.execute(select(*columns_of(table)).where(where)).mappings():
                found[_key(table, row)] = dict(row)
    return found
