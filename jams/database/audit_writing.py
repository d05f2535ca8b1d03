"""Writing records of the audit trail behind the heads of their chains, as cheaply as can be.

Every change that anybody makes pays for it, so no answer is waited for that can be done without. PostgreSQL
makes the hashes itself: its statements travel with the commit. Elsewhere it is remembered what the last
transaction left as heads, and the update that moves them on sees whether they still are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, LargeBinary, Update, bindparam, func, insert, literal, select, true, update

from jams.objects.errors import ServerUnavailable

from . import audit_chain, audit_tables
from .audit_chain import Head, ObjectKey, Row
from .turns import unanswered

_audit = audit_tables.audit
_objects = audit_tables.audit_object
_chain = audit_tables.audit_chain

_HEADS = "jams.audit_heads"


_TRIES = 8
"""How often a head is looked up that others move on meanwhile."""


def write(c: Connection, rows: Sequence[Row]) -> None:
    """Write records behind the heads of their chains; nobody else's can come between until the commit.

    A chain whose head somebody has removed gets them without a number, which is found when it is verified:
    nothing is lost, and nothing stops.

    Raises:
        ServerUnavailable: others always came before.
    """
    add = _add_by_the_database if c.dialect.name == "postgresql" else _add_behind_known_head
    for name in audit_chain.CHAINS:
        found = [row for row in rows if audit_chain.chain_of(row.refusal) == name]
        if found:
            add(c, name, found)


# Where the database makes the hashes.

_of_chain = _chain.c.name == bindparam("which")
_NOTED = tuple(name for name in Row._fields if name != "objects")


def _addition() -> Update:
    """What a record changes, as one statement: the head is held first, and is what others have left."""
    head = select(_chain.c.name, _chain.c.link, _chain.c.hash).where(_of_chain).with_for_update().cte("head")
    noted = [bindparam(name, type_=_audit.c[name].type) for name in _NOTED]
    always = select(literal(1).label("one")).subquery("always")
    linked = select(*noted, head.c.link + 1, head.c.hash).select_from(always.outerjoin(head, true()))
    added = insert(_audit).from_select([*_NOTED, "link", "previous"], linked, include_defaults=False)
    before = func.concat('["', _chain.c.name, '",', head.c.link + 1, ',"', head.c.hash, '",')
    hashed = func.convert_to(before, "UTF8").op("||")(bindparam("rest", type_=LargeBinary))
    moved = {"link": head.c.link + 1, "hash": func.encode(func.sha256(hashed), "hex")}
    return update(_chain).where(_chain.c.name == head.c.name).values(moved).add_cte(added.cte("added"))


_add = unanswered(_addition())
_add_object = insert(_objects).from_select(
    [*ObjectKey._fields, "link"],
    select(
        *(bindparam(name, type_=_objects.c[name].type) for name in ObjectKey._fields), _chain.c.link
    ).where(_of_chain),
    include_defaults=False,
)


def _add_by_the_database(c: Connection, name: str, rows: Sequence[Row]) -> None:
    for row in rows:
        # What comes before it in the canonical form is what the head says.
        rest = audit_chain.canonical(row, 0, "").split(b',"",', 1)[1]
        c.execute(_add, {**_columns(row), "which": name, "rest": rest})
        for key in row.objects:
            c.execute(_add_object, {**key._asdict(), "which": name})


# Where we do.

_insert = insert(_audit).inline()
_insert_objects = insert(_objects).inline()
_look_up = select(_chain.c.name, _chain.c.link, _chain.c.hash).where(_of_chain).with_for_update()
_go_on = (
    update(_chain)
    .where(_of_chain, _chain.c.link == bindparam("was"), _chain.c.hash == bindparam("carried"))
    .values(link=bindparam("reached"), hash=bindparam("carries"))
)


def _add_behind_known_head(c: Connection, name: str, rows: Sequence[Row]) -> None:
    heads = _moved_on(c, name, rows)
    if not heads:
        c.execute(_insert, [{**_columns(row), "link": None, "previous": None} for row in rows])
        return
    linked = [
        (row, before.hash, after.link) for row, before, after in zip(rows, heads, heads[1:], strict=False)
    ]
    c.execute(_insert, [{**_columns(row), "link": link, "previous": hash} for row, hash, link in linked])
    objects = [{**key._asdict(), "link": link} for row, _, link in linked for key in row.objects]
    if objects:
        c.execute(_insert_objects, objects)


def _moved_on(c: Connection, name: str, rows: Sequence[Row]) -> list[Head]:
    """The heads of a chain before the first record and after each, when it was moved on; none without one."""
    known: dict[str, Head] = c.info.setdefault(_HEADS, {})
    head = known.pop(name, None) or _looked_up(c, name)
    for _ in range(_TRIES):
        if head is None:
            return []
        heads = _heads(rows, head)
        values = {"which": name, "was": head.link, "carried": head.hash}
        values |= {"reached": heads[-1].link, "carries": heads[-1].hash}
        if c.execute(_go_on, values).rowcount == 1:
            known[name] = heads[-1]
            return heads
        # Others have written, or what was remembered was undone.
        head = _looked_up(c, name)
    raise ServerUnavailable("Others write the audit trail all the time: try again.")


def _looked_up(c: Connection, name: str) -> Head | None:
    found = c.execute(_look_up, {"which": name}).one_or_none()
    return None if found is None else Head(*found)


def _heads(rows: Sequence[Row], head: Head) -> list[Head]:
    """What the chain ends with: the head, and what follows it with each of the records."""
    found = [head]
    for row in rows:
        link = found[-1].link + 1
        found.append(Head(head.chain, link, audit_chain.hash_of(row, link, found[-1].hash)))
    return found


def _columns(row: Row) -> dict[str, Any]:
    values = row._asdict()
    del values["objects"]
    return values
