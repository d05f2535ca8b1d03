"""The chain of the audit trail: each record carries the hash of the one before, so that tampering shows.

There are two chains, since refusals are kept for another time than what was done. The hash of a record is the
SHA-256 of its canonical form: the JSON array of RFC 8785 that :func:`canonical` makes, in UTF-8. A record's
``previous`` is the hash of the record before it in its chain; of the first it is :data:`NOTHING`. What a
chain ends with, its head, stands in a row of its own, and so does its anchor: the number and the hash of the
last record that a purge has removed. Each purge says that in a record of the chain of what was done.

Records are noted while a transaction does its work, and written at its end
(:mod:`jams.database.audit_writing`): whoever writes beside, no two records follow the same one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from jams.objects.actors import ENGINE

from . import audit_tables
from .columns import AnyRow

_audit = audit_tables.audit
_chain = audit_tables.audit_chain

DONE, REFUSED = "done", "refused"
"""The chains: of what was done, and of what was refused."""

CHAINS = (DONE, REFUSED)

MOST = 2**62
"""No number in a chain is greater; on SQLite what is none is greater."""

NOTHING = "0" * 64
"""What the first record of a chain carries."""

SIGNED_OFF = "purge_signed_off"
"""The operation of the records that say up to where a purge has removed each chain."""

_KEY = "jams.audit"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Head(NamedTuple):
    """The last record of a chain: its number in it, and its hash. A chain without any has number 0."""

    chain: str
    link: int
    hash: str

    @property
    def text(self) -> str:
        """As it is published."""
        return f"{self.chain}:{self.link}:{self.hash}"


class State(NamedTuple):
    """How a chain stands: its head, and its anchor, the last record that was removed from its beginning."""

    head: Head
    anchor: Head


def chain_of(refusal: str | None) -> str:
    """The chain to which a record belongs."""
    return DONE if refusal is None else REFUSED


def canonical(row: Any, link: int, previous: str) -> bytes:
    """What is hashed of a record; ``row`` has its columns as attributes.

    An array of: chain, number in the chain, ``previous``, time in microseconds since 1970 in UTC, account,
    door, operation, origin, target, message, code of the refusal, times. What is not there is null. The
    changes of objects follow as the text that is stored, if there are any.
    """
    values = (
        chain_of(row.refusal),
        link,
        previous,
        _microseconds(row.time),
        row.user_name,
        row.door,
        row.operation,
        row.origin,
        row.target,
        row.message,
        row.refusal,
        row.times,
    )
    # What a record of before could not hold does not change its hash.
    return _encode(values if row.changes is None else (*values, row.changes)).encode("utf-8", "surrogatepass")


MEMBERS = (
    "chain",
    "link",
    "previous",
    "time",
    "user",
    "door",
    "operation",
    "origin",
    "target",
    "message",
    "refusal",
    "times",
    "changes",
)
"""What the members of the canonical form are, where they are named."""


def line(row: Any) -> str:
    """A record as a line of JSON: what its hash is made of, by name; the changes as an array."""
    values = json.loads(canonical(row, row.link, row.previous))
    told = dict(zip(MEMBERS, values, strict=False))
    with suppress(ValueError, TypeError):  # what is none stays as it stands there
        told["changes"] = json.loads(told["changes"]) if "changes" in told else None
    return json.dumps(told, ensure_ascii=False)


def hash_of(row: Any, link: int, previous: str) -> str:
    """The hash of a record."""
    return sha256(canonical(row, link, previous)).hexdigest()


def _microseconds(value: Any) -> Any:
    """A time as a number; what is none, since the row was damaged, as it stands there."""
    if not isinstance(value, datetime):
        return value
    past = value - _EPOCH
    return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds


class ObjectKey(NamedTuple):
    """An object that a record is about, by which the record is found."""

    kind: str
    object_id: int | None
    name_key: str


class Row(NamedTuple):
    """A record that is to be written."""

    time: datetime
    user_name: str
    door: str
    operation: str
    origin: str | None = None
    target: str | None = None
    message: str | None = None
    refusal: str | None = None
    times: int = 1
    changes: str | None = None
    objects: tuple[ObjectKey, ...] = ()


def note(c: Connection, row: Row) -> None:
    """Have the transaction write a record at its end."""
    c.info.setdefault(_KEY, []).append(row)


def take(c: Connection) -> list[Row]:
    """What was noted since the last call."""
    found: list[Row] = c.info.pop(_KEY, [])
    return found


_in_order = select(_chain).order_by(_chain.c.name)
_locked = _in_order.with_for_update()


def states(c: Connection, *, locked: bool = False) -> dict[str, State]:
    """How the chains stand; ``locked``: nobody else adds to them until the transaction ends."""
    return {
        row.name: State(Head(row.name, row.link, row.hash), Head(row.name, row.gone, row.gone_hash))
        for row in c.execute(_locked if locked else _in_order)
    }


def heads(c: Connection) -> list[Head]:
    """The heads of the chains, of what was done first."""
    found = states(c)
    return [found[name].head for name in CHAINS]


def told(c: Connection, name: str) -> int:
    """Up to which record of a chain the system's log has them."""
    return c.scalar(select(_chain.c.told).where(_chain.c.name == name)) or 0


def tell(c: Connection, name: str, link: int) -> None:
    """Remember that the system's log has the records of a chain up to a number."""
    c.execute(update(_chain).where(_chain.c.name == name, _chain.c.told < link).values(told=link))


def sign_off(c: Connection, anchor: Head, removed: int) -> None:
    """Move the anchor of a chain to the last record that was removed from it, and say so in a record."""
    c.execute(
        update(_chain).where(_chain.c.name == anchor.chain).values(gone=anchor.link, gone_hash=anchor.hash)
    )
    anchors = [state.anchor for state in states(c).values()]
    note(
        c,
        Row(
            time=datetime.now(UTC),
            user_name=ENGINE,
            door="Scheduler",
            operation=SIGNED_OFF,
            target=signed(anchors),
            message=f"{removed:,} records of the chain {anchor.chain} were removed, up to {anchor.link}.",
        ),
    )


def signed(anchors: Sequence[Head]) -> str:
    """What a record says of the anchors of all chains."""
    return " ".join(anchor.text for anchor in sorted(anchors))


def in_chain(name: str) -> Any:
    """The condition on records to be of a chain."""
    return _audit.c.refusal.is_(None) if name == DONE else _audit.c.refusal.is_not(None)


def records(
    c: Connection,
    name: str,
    beyond: int,
    limit: int,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Sequence[AnyRow]:
    """Records of a chain that have a number in it, in its order; of a span of time if one is named."""
    query = select(_audit).where(in_chain(name), _audit.c.link > beyond, _audit.c.link <= MOST)
    if since is not None:
        query = query.where(_audit.c.time >= since)
    if until is not None:
        query = query.where(_audit.c.time < until)
    return c.execute(query.order_by(_audit.c.link, _audit.c.id).limit(limit)).all()
