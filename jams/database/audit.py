"""The audit trail: who did what, through which door, and what was refused.

What was done is written in the transaction that did it. Refusals are written apart, a row for many that are
alike, and only so many are kept: who is refused must not be able to fill the database. Each record carries
the hash of the one before, see :mod:`jams.database.audit_chain`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from jams.objects.base import Count
from jams.objects.events import EventAction
from jams.objects.session import AuditChange, AuditRecord

from . import audit_chain, audit_purging, names, tables
from .newest_first import behind
from .reading import Reader

_audit = tables.audit
_LONGEST = 4096
_read = Reader(_audit.c, times=Count, link=Count | None)

KEPT_REFUSALS = 100_000
"""Rows of refusals that are kept; the oldest go first."""


class Refusal(Struct, frozen=True, kw_only=True):
    """Something that was refused.

    Attributes:
        user: the account, or the name that was claimed.
        code: the error's code.
        origin: from where the caller came.
        target: what it was about, as the caller named it.
        message: why, if that may be told to whoever reads the trail.
    """

    user: str
    door: str
    code: str
    origin: str = ""
    operation: str = ""
    target: str | None = None
    message: str | None = None

    def shortened(self) -> Refusal:
        """The refusal as it can be kept: what strangers have written is short, and can be stored."""
        return Refusal(
            user=_short(self.user, 255),
            door=_short(self.door, 32),
            code=_short(self.code, 64),
            origin=_short(self.origin, 255),
            operation=_short(self.operation, 64),
            target=None if self.target is None else _short(self.target, 255),
            message=None if self.message is None else _short(self.message, 255),
        )


def _short(text: str, length: int) -> str:
    return text[:length].encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def record(
    c: Connection,
    *,
    user: str,
    door: str,
    operation: str,
    origin: str = "",
    target: str | None = None,
    message: str | None = None,
) -> None:
    """Write one line of the trail, at the end of the transaction."""
    row = audit_chain.Row(
        time=datetime.now(UTC),
        user_name=user,
        door=door[:32],
        operation=operation[:64],
        origin=origin[:255] or None,
        target=None if target is None else target[:_LONGEST],
        message=None if message is None else message[:_LONGEST],
    )
    audit_chain.note(c, row)


def record_refusals(c: Connection, found: Sequence[tuple[Refusal, int]]) -> None:
    """Write lines for refusals that were shortened, each with how often it has happened."""
    now = datetime.now(UTC)
    for refusal, times in found:
        row = audit_chain.Row(
            time=now,
            user_name=refusal.user,
            door=refusal.door,
            operation=refusal.operation,
            origin=refusal.origin or None,
            target=refusal.target,
            message=refusal.message,
            refusal=refusal.code,
            times=times,
        )
        audit_chain.note(c, row)


def forget_old_refusals(c: Connection) -> None:
    """Remove the oldest refusals beyond those that are kept."""
    chained = _audit.c.refusal.is_not(None), _audit.c.link.is_not(None)
    newest = select(_audit.c.link).where(*chained).order_by(_audit.c.link.desc())
    last = c.scalar(newest.offset(KEPT_REFUSALS).limit(1))
    if last is not None:
        audit_purging.remove(c, audit_chain.REFUSED, last)


class Wanted(NamedTuple):
    """Which lines: what is None does not matter.

    Attributes:
        since: of what was done then or later.
        until: of what was done before.
        user: of what this account did, or was refused to who claimed this name.
        operations: of what was done by these operations.
        refused: of what was refused, or else of what was done.
        object_name: of what has changed what is called so, or was asked for by that name.
        object_id: of what has changed the object of that number, or was asked for by it.
        kind: of which kind that object is.
        asked_by: operations by which objects of that kind are asked for.
    """

    since: datetime | None = None
    until: datetime | None = None
    user: str | None = None
    operations: Collection[str] | None = None
    refused: bool | None = None
    object_name: str | None = None
    object_id: int | None = None
    kind: str | None = None
    asked_by: Collection[str] | None = None


ALL = Wanted()


def find(c: Connection, which: Wanted = ALL, *, limit: int, beyond: int | None = None) -> list[AuditRecord]:
    """The newest lines of those that are wanted, without what only the operation tells of the object.

    ``beyond`` is the number of the line behind which the list goes on.
    """
    where = _conditions(which)
    if beyond is not None:
        where.append(behind(c, _audit.c.time, _audit.c.id, beyond))
    query = select(_audit).where(*where).order_by(_audit.c.time.desc(), _audit.c.id.desc()).limit(limit)
    return [
        AuditRecord(
            audit_id=row.id,
            audit_time=row.time,
            user_name=row.user_name,
            message=row.message or "",
            door=row.door,
            origin=row.origin or "",
            operation=row.operation,
            target=row.target,
            refusal=row.refusal,
            times=row.times,
            damage=row.damage,
            **_told(row.changes),
            link=row.link,
            previous=row.previous,
        )
        for row in _read.every(c.execute(query))
    ]


def _told(text: str | None) -> dict[str, Any]:
    """What a record tells of objects; nothing where that cannot be read."""
    try:
        found = msgspec.json.decode(text or "[]", type=list[dict[str, Any]])
        return {
            "changes": [_change(each) for each in found if "more" not in each],
            "changed": len(found) + sum(each["more"] - 1 for each in found if "more" in each),
        }
    except (msgspec.DecodeError, LookupError, TypeError, ValueError):
        return {}


def _change(found: dict[str, Any]) -> AuditChange:
    before, after = (
        None if found.get(name) is None else msgspec.json.encode(found[name]).decode()
        for name in ("before", "after")
    )
    return AuditChange(
        object_type=found["kind"],
        object_id=found.get("id"),
        object_name=found["name"],
        action=EventAction(found["action"]),
        before=before,
        after=after,
    )


def count(c: Connection, which: Wanted = ALL) -> int:
    """How many lines are wanted."""
    return c.scalar(select(func.count()).select_from(_audit).where(*_conditions(which))) or 0


def _conditions(which: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if which.since is not None:
        where.append(_audit.c.time >= which.since)
    if which.until is not None:
        where.append(_audit.c.time < which.until)
    if which.user is not None:
        same = func.lower(_audit.c.user_name) == which.user.lower()
        where.append(or_(_audit.c.user_name == which.user, same))
    if which.operations is not None:
        where.append(_audit.c.operation.in_(which.operations))
    if which.object_name is not None or which.object_id is not None:
        where.append(_of_object(which))
    if which.refused is not None:
        where.append(_audit.c.refusal.is_not(None) if which.refused else _audit.c.refusal.is_(None))
    return where


def _of_object(which: Wanted) -> ColumnElement[bool]:
    """Records that are about an object: they say that they have changed it, or it was asked for."""
    known = tables.audit_object
    listed, asked = [], []
    if which.kind is not None:
        listed.append(func.lower(known.c.kind) == which.kind.lower())
    if which.object_name is not None:
        listed.append(names.matches(known.c.name_key, names.fold(which.object_name)))
        asked.append(names.matches(func.lower(_audit.c.target), which.object_name.lower()))
    if which.object_id is not None:
        listed.append(known.c.object_id == which.object_id)
        asked.append(_audit.c.target == str(which.object_id))
    if which.asked_by is not None:
        asked.append(_audit.c.operation.in_(which.asked_by))
    changed = and_(_audit.c.refusal.is_(None), _audit.c.link.in_(select(known.c.link).where(*listed)))
    return or_(changed, and_(*asked))
