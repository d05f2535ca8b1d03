"""Removing old records of the audit trail, so that what stays of its chains can still be verified.

Only a beginning of a chain goes. Its anchor, the number and the hash of the last record that went, is kept
and signed off by a record of the chain itself, in the same transaction.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, and_, delete, func, select

from . import audit_chain, audit_tables
from .audit_chain import Head
from .purging import Piece, Place, Removed

_audit = audit_tables.audit
_LATEST = datetime.max.replace(tzinfo=UTC)


class Chain:
    """The records of a chain that were written before a moment, up to the first that was not.

    See :class:`jams.database.purging.Walk`.
    """

    def __init__(self, name: str, before: datetime) -> None:
        self._name, self._before = name, before
        self._at = 0

    def next(self, c: Connection, size: int) -> Piece | None:
        """See :class:`jams.database.purging.Walk`."""
        link = _audit.c.link
        chained = and_(audit_chain.in_chain(self._name), link > self._at)
        following = select(link).where(chained).order_by(link)
        to = c.scalar(following.offset(size - 1).limit(1))
        if to is None:
            to = c.scalar(select(func.max(link)).where(chained))
        if to is None:
            return None
        # A time that is none must not keep what is old: on SQLite it is greater than all that are.
        young = chained, link <= to, _audit.c.time >= self._before, _audit.c.time <= _LATEST
        first = c.scalar(select(func.min(link)).where(*young))
        if first is not None:
            to = first - 1
        if to <= self._at:
            return None
        piece = Piece(and_(chained, link <= to), Place(self._before, to))
        self._at = to
        return piece if first is None or self.count(c, piece) else None

    def count(self, c: Connection, piece: Piece) -> int:
        """See :class:`jams.database.purging.Walk`."""
        return c.scalar(select(func.count()).select_from(_audit).where(piece.where)) or 0

    def remove(self, c: Connection, piece: Piece) -> Removed:
        """See :class:`jams.database.purging.Walk`."""
        return Removed(remove(c, self._name, piece.to.id))


def remove(c: Connection, name: str, link: int) -> int:
    """Remove the records of a chain up to a number; how many went."""
    state = audit_chain.states(c, locked=True)[name]
    if link <= state.anchor.link:
        return 0
    carried = (
        state.head.hash
        if link == state.head.link
        else c.scalar(
            select(_audit.c.previous).where(audit_chain.in_chain(name), _audit.c.link == link + 1).limit(1)
        )
    )
    gone = delete(_audit).where(audit_chain.in_chain(name), _audit.c.link <= link)
    count = c.execute(gone).rowcount
    if name == audit_chain.DONE:
        c.execute(delete(audit_tables.audit_object).where(audit_tables.audit_object.c.link <= link))
    # Where the record after it is missing, nobody can say what it carried; the gap stays to be found.
    audit_chain.sign_off(c, Head(name, link, carried or audit_chain.NOTHING), count)
    return count
