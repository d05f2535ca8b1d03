"""Writing records of the audit trail behind the heads of their chains, as cheaply as can be.

Every change that anybody makes pays for it, so no answer is waited for that can be done without. PostgreSQL
makes the hashes itself: its statements travel with the commit. Elsewhere it is remembered what the last
transaction left as heads, and the update that moves them on sees whether they still are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, LargeBinary, bindparam, func, insert, select, update

from jams.objects.errors import DatabaseUnusable, ServerUnavailable

from . import audit_chain, audit_tables
from .audit_chain import Head, Row
from .turns import execute_counted, unanswered

_audit = audit_tables.audit
_objects = audit_tables.audit_object
_chain = audit_tables.audit_chain

_HEADS = "jams.audit_heads"


_TRIES = 8
"""How often a head is looked up that others move on meanwhile."""


def write(c: Connection, rows: Sequence[Row]) -> None:
    """Write records behind the heads of their chains; nobody else's can come between until the commit.

    Raises:
        DatabaseUnusable: a chain has no head. That may come up with a later statement.
        ServerUnavailable: others always came before.
    """
    add = _add_by_the_database if c.dialect.name == "postgresql" else _add_behind_known_head
    for name in audit_chain.CHAINS:
        found = [row for row in rows if audit_chain.chain_of(row.refusal) == name]
        if found:
            add(c, name, found)


def _no_head() -> DatabaseUnusable:
    return DatabaseUnusable("A chain of the audit trail has no head: jamsdba VERIFY AUDIT tells more.")


# Where the database makes the hashes.

_of_chain = _chain.c.name == bindparam("which")
_hold = unanswered(select(_chain.c.link).where(_of_chain).with_for_update())


def _head(value: Any) -> Any:
    return select(value).where(_of_chain).scalar_subquery()


_add = insert(_audit).values(link=_head(_chain.c.link + 1), previous=_head(_chain.c.hash)).inline()
_add_object = insert(_objects).values(link=_head(_chain.c.link)).inline()
_before = func.concat('["', _chain.c.name, '",', _chain.c.link + 1, ',"', _chain.c.hash, '",')
_hashed = func.convert_to(_before, "UTF8").op("||")(bindparam("rest", type_=LargeBinary))
_move = (
    update(_chain)
    .where(_of_chain)
    .values(link=_chain.c.link + 1, hash=func.encode(func.sha256(_hashed), "hex"))
)


def _add_by_the_database(c: Connection, name: str, rows: Sequence[Row]) -> None:
    which = {"which": name}
    c.execute(_hold, which)
    for row in rows:
        c.execute(_add, {**_columns(row), **which})
        # What comes before it in the canonical form is what the head says.
        rest = audit_chain.canonical(row, 0, "").split(b',"",', 1)[1]
        execute_counted(c, _move, {**which, "rest": rest}, 1, _no_head)
        for key in row.objects:
            c.execute(_add_object, {**key._asdict(), **which})


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
    known: dict[str, Head] = c.info.setdefault(_HEADS, {})
    head = known.pop(name, None) or _looked_up(c, name)
    heads = _heads(rows, head)
    for _ in range(_TRIES):
        if _moved(c, head, heads[-1]):
            break
        # Others have written, or what was remembered was undone.
        head = _looked_up(c, name)
        heads = _heads(rows, head)
    else:
        raise ServerUnavailable("Others write the audit trail all the time: try again.")
    values, objects = [], []
    for row, before, after in zip(rows, [head, *heads], heads, strict=False):
        values.append({**_columns(row), "link": after.link, "previous": before.hash})
        objects += [{**key._asdict(), "link": after.link} for key in row.objects]
    c.execute(_insert, values)
    if objects:
        c.execute(_insert_objects, objects)
    known[name] = heads[-1]


def _columns(row: Row) -> dict[str, Any]:
    values = row._asdict()
    del values["objects"]
    return values


def _looked_up(c: Connection, name: str) -> Head:
    found = c.execute(_look_up, {"which": name}).one_or_none()
    if found is None:
        raise _no_head()
    return Head(*found)


def _heads(rows: Sequence[Row], head: Head) -> list[Head]:
    """What the chain ends with after each of the records."""
    found = []
    for row in rows:
        link = head.link + 1
        head = Head(head.chain, link, audit_chain.hash_of(row, link, head.hash))
        found.append(head)
    return found


def _moved(c: Connection, head: Head, to: Head) -> bool:
    """Move a head on; False if it is not what it was."""
    values = {"which": head.chain, "was": head.link, "carried": head.hash}
    return c.execute(_go_on, {**values, "reached": to.link, "carries": to.hash}).rowcount == 1
