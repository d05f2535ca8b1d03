"""The audit trail: who did what, through which door, and what was refused.

What was done is written in the transaction that did it. Refusals are written apart, a row for many that are
alike, and only so many are kept: who is refused must not be able to fill the database.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select

from jams.objects.base import Count
from jams.objects.session import AuditRecord

from . import tables
from .reading import Reader

_audit = tables.audit
_LONGEST = 4096
_insert = insert(_audit).inline()
_read = Reader(_audit.c, times=Count)

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
    """Write one line of the trail."""
    values = {
        "time": datetime.now(UTC),
        "user_name": user,
        "door": door[:32],
        "operation": operation[:64],
        "origin": origin[:255] or None,
        "target": None if target is None else target[:_LONGEST],
        "message": None if message is None else message[:_LONGEST],
    }
    c.execute(_insert, values)


def record_refusals(c: Connection, found: Sequence[tuple[Refusal, int]]) -> None:
    """Write lines for refusals that were shortened, each with how often it has happened."""
    now = datetime.now(UTC)
    rows = [
        {
            "time": now,
            "user_name": refusal.user,
            "door": refusal.door,
            "operation": refusal.operation,
            "origin": refusal.origin or None,
            "target": refusal.target,
            "message": refusal.message,
            "refusal": refusal.code,
            "times": times,
        }
        for refusal, times in found
    ]
    c.execute(_insert, rows)


def forget_old_refusals(c: Connection) -> None:
    """Remove the oldest refusals beyond those that are kept."""
    refused = _audit.c.refusal.is_not(None)
    newest = select(_audit.c.id).where(refused).order_by(_audit.c.id.desc())
    last = c.scalar(newest.offset(KEPT_REFUSALS).limit(1))
    if last is not None:
        c.execute(delete(_audit).where(refused, _audit.c.id <= last))


def find(
    c: Connection,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    user: str | None = None,
    operations: Collection[str] | None = None,
    refused: bool | None = None,
    limit: int,
) -> list[AuditRecord]:
    """The newest lines that meet all the conditions, without what only the operation tells of the object."""
    where: list[ColumnElement[bool]] = []
    if since is not None:
        where.append(_audit.c.time >= since)
    if until is not None:
        where.append(_audit.c.time < until)
    if user is not None:
        where.append(or_(_audit.c.user_name == user, func.lower(_audit.c.user_name) == user.lower()))
    if operations is not None:
        where.append(_audit.c.operation.in_(operations))
    if refused is not None:
        where.append(_audit.c.refusal.is_not(None) if refused else _audit.c.refusal.is_(None))
    query = select(_audit).where(*where).order_by(_audit.c.time.desc(), _audit.c.id.desc()).limit(limit)
    return [
        AuditRecord(
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
        )
        for row in _read.every(c.execute(query))
    ]
