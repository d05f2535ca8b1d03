"""Revisions: what each definition was in each version, written in the transaction that changes it."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from jams.objects.errors import JAMSError
from jams.objects.essence import essence
from jams.objects.events import EventAction

from . import audit_changes, definition_stamps, lookup, names, tables
from .columns import AnyRow
from .definition_documents import KINDS

log = logging.getLogger(__name__)

_revision = tables.revision
_insert = insert(_revision).inline()


class By(Struct, frozen=True, kw_only=True):
    """Who changes definitions, by what.

    Attributes:
        user: the account.
        operation: name of the operation.
        note: what is to be said of it.
    """

    user: str
    door: str
    operation: str
    origin: str = ""
    note: str | None = None


class Changes:
    """What one transaction changes, of which :meth:`write` keeps revisions at its end."""

    def __init__(self) -> None:
        self._found: set[tuple[Table, int]] = set()
        self._done: dict[tuple[Table, int], EventAction] = {}
        self._gone: dict[tuple[Table, int], str] = {}

    def before(self, c: Connection, table: Table, ids: Iterable[int]) -> None:
        """Keep what definitions are that are about to change, where that was never kept."""
        for id in ids:
            if table in KINDS and (table, id) not in self._found:
                self._found.add((table, id))
                _keep_as_found(c, table, id)

    def done(self, c: Connection, table: Table, ids: Iterable[int], action: EventAction) -> None:
        """Note what has changed; of what is about to be removed what it is called."""
        for id in ids:
            key = (table, id)
            if table not in KINDS:
                continue
            if action is EventAction.REMOVED:
                self.before(c, table, [id])
                self._gone[key] = _name(c, table, id)
            self._found.add(key)
            added = self._done.get(key) is EventAction.ADDED and action is EventAction.CHANGED
            self._done[key] = EventAction.ADDED if added else action

    def write(self, c: Connection, by: By) -> None:
        """Write the revisions down."""
        now = datetime.now(UTC)
        rows = []
        for (table, id), action in self._done.items():
            removed = action is EventAction.REMOVED
            name = self._gone[table, id] if removed else _name(c, table, id)
            version = definition_stamps.changed(c) if removed else _version(c, table, id)
            document = None if removed else _document(c, table, id)
            was = None if action is EventAction.ADDED else before(c, table, id, version)
            old = None if was is None else was.document
            audit_changes.definition(c, table, id, name, action, old, document)
            rows.append(
                {
                    "kind": table.name,
                    "object_id": id,
                    "version": version,
                    "time": now,
                    "action": action,
                    "name": name,
                    "name_key": names.fold(name),
                    "user_name": by.user,
                    "door": by.door[:32],
                    "operation": by.operation[:64],
                    "origin": by.origin[:255] or None,
                    "note": by.note,
                    "document": document,
                }
            )
        if rows:
            c.execute(_insert, rows)


class Wanted(NamedTuple):
    """Which revisions: what is None does not matter.

    Attributes:
        kinds: of definitions of these tables.
        object_id: of the definition of that number alone.
        pattern: of what was called so; with a separator it is the whole path that must match.
        user: only what this account did.
        since: only what was done then or later.
        until: only what was done before.
    """

    kinds: Collection[Table]
    object_id: int | None = None
    pattern: str | None = None
    user: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def count(c: Connection, which: Wanted) -> int:
    """How many revisions there are of these."""
    return c.scalar(select(func.count()).select_from(_revision).where(*_conditions(which))) or 0


def find(c: Connection, which: Wanted, *, beyond: int | None = None, limit: int) -> list[AnyRow]:
    """Revisions without their documents, newest first.

    Args:
        c: the connection.
        which: those that are wanted.
        beyond: only what was done before the revision of that number was.
        limit: at most so many.
    """
    wanted = _conditions(which)
    if beyond is not None:
        wanted.append(_revision.c.id < beyond)
    columns = [column for column in _revision.c if column.name not in ("document", "name_key")]
    query = select(*columns).where(*wanted).order_by(_revision.c.id.desc()).limit(limit)
    return list(c.execute(query))


def _conditions(which: Wanted) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [_revision.c.kind.in_([table.name for table in which.kinds])]
    if which.object_id is not None:
        wanted.append(_revision.c.object_id == which.object_id)
    if which.pattern is not None:
        wanted.append(_called(which.pattern))
    if which.user is not None:
        wanted.append(func.lower(_revision.c.user_name) == which.user.lower())
    if which.since is not None:
        wanted.append(_revision.c.time >= which.since)
    if which.until is not None:
        wanted.append(_revision.c.time < which.until)
    return wanted


def get(c: Connection, table: Table, id: int, version: int) -> AnyRow | None:
    """One revision with its document, or None."""
    return c.execute(_of(table, id).where(_revision.c.version == version)).one_or_none()


def before(c: Connection, table: Table, id: int, version: int) -> AnyRow | None:
    """The revision before a version, or None."""
    older = _of(table, id).where(_revision.c.version < version)
    return c.execute(older.order_by(_revision.c.version.desc()).limit(1)).one_or_none()


def last_called(c: Connection, table: Table, name: str) -> int | None:
    """The number of the definition that was called so last, which may not be there any more; or None."""
    query = select(_revision.c.object_id).where(_revision.c.kind == table.name, _called(name))
    found: int | None = c.scalar(query.order_by(_revision.c.id.desc()).limit(1))
    return found


def last_folder(c: Connection, table: Table, id: int) -> int | None:
    """The number of the folder in which a definition lay last, as far as that is kept; it may be gone too."""
    said = _of(table, id).where(_revision.c.document.is_not(None))
    row = c.execute(said.order_by(_revision.c.version.desc()).limit(1)).one_or_none()
    document = {} if row is None else json.loads(row.document)
    found = next((value for key, value in document.items() if key.casefold() == "parentfolderid"), None)
    return found if isinstance(found, int) else None


def prune(c: Connection, before: datetime, most: int, at_once: int) -> int:
    """Remove revisions that were made before a time; how many went. The newest of what is there stays.

    Of one definition more than ``most`` are not kept, however young they are. At most ``at_once`` go.
    """
    newer = _revision.alias()
    follow = (newer.c.kind == _revision.c.kind, newer.c.object_id == _revision.c.object_id)
    later = select(func.count()).where(*follow, newer.c.version > _revision.c.version).scalar_subquery()
    gone = (_revision.c.action == EventAction.REMOVED) | (later > 0)
    old = select(_revision.c.id).where(_revision.c.time < before, gone)
    many = (
        select(_revision.c.kind, _revision.c.object_id)
        .group_by(_revision.c.kind, _revision.c.object_id)
        .having(func.count() > most)
        .limit(10)
    )
    ids = set(c.scalars(old.order_by(_revision.c.time).limit(at_once)))
    for kind, object_id in c.execute(many).all():
        of_it = select(_revision.c.id).where(_revision.c.kind == kind, _revision.c.object_id == object_id)
        ids.update(c.scalars(of_it.order_by(_revision.c.version.desc()).offset(most).limit(at_once)))
    if ids:
        c.execute(delete(_revision).where(_revision.c.id.in_(sorted(ids)[:at_once])))
    return min(len(ids), at_once)


def _of(table: Table, id: int) -> Any:
    return select(_revision).where(_revision.c.kind == table.name, _revision.c.object_id == id)


def _called(pattern: str) -> ColumnElement[bool]:
    if names.is_path(pattern):
        return names.matches(_revision.c.name_key, names.normalize(pattern))
    last = names.matches(_revision.c.name_key, pattern)
    return last | names.matches(_revision.c.name_key, f"*{names.ROOT}{pattern}")


def _keep_as_found(c: Connection, table: Table, id: int) -> None:
    row = c.execute(
        select(table.c.version, table.c.changed, table.c.changed_by).where(table.c.id == id)
    ).one_or_none()
    if row is None or get(c, table, id, row.version) is not None:
        return
    name = _name(c, table, id)
    known = isinstance(row.changed, datetime)
    c.execute(
        _insert,
        {
            "kind": table.name,
            "object_id": id,
            "version": row.version,
            "time": row.changed if known else datetime.now(UTC),
            "action": EventAction.CHANGED,
            "name": name,
            "name_key": names.fold(name),
            "user_name": names.readable(row.changed_by),
            "document": _document(c, table, id),
        },
    )


def _document(c: Connection, table: Table, id: int) -> str | None:
    """What had been said of a definition, as JSON; None where it cannot be read."""
    try:
        document = KINDS[table].read(c, id)
    except JAMSError:
        log.warning("Of the %s %d no revision is kept: it cannot be read.", table.name, id, exc_info=True)
        return None
    if getattr(document, "damage", None) is not None:
        return None
    return msgspec.json.encode(essence(document)).decode()


def _version(c: Connection, table: Table, id: int) -> int:
    found: int = c.execute(select(table.c.version).where(table.c.id == id)).scalar_one()
    return found


def _name(c: Connection, table: Table, id: int) -> str:
    if "folder_id" in table.c:
        return lookup.path(c, table, id)
    column = table.c.path if "path" in table.c else table.c.name
    return str(c.scalar(select(column).where(table.c.id == id)) or names.UNREADABLE)
