"""In which groups accounts are that come from outside, as their directory or issuer has said last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as sql_delete

from . import tables

_standing = tables.outside_standing


class Standing(Struct, frozen=True):
    """What was said of an account, and when; ``groups`` None: that nobody is known by it any more."""

    groups: tuple[str, ...] | None
    said: datetime


def get(c: Connection, account_id: int) -> Standing | None:
    """What was said of an account last; None if nothing ever was."""
    row = c.execute(select(_standing).where(_standing.c.account_id == account_id)).one_or_none()
    if row is None:
        return None
    groups = None if row.groups is None else msgspec.json.decode(row.groups, type=tuple[str, ...])
    return Standing(groups, row.said)


def put(c: Connection, account_id: int, groups: Sequence[str] | None, said: datetime) -> None:
    """Keep what was said of an account, in the place of what was said before."""
    text = None if groups is None else msgspec.json.encode(list(groups)).decode()
    # Behind this lock no other process finds out at once that there is no row yet.
    c.execute(select(tables.account.c.id).where(tables.account.c.id == account_id).with_for_update()).all()
    values = {"groups": text, "said": said}
    if not c.execute(update(_standing).where(_standing.c.account_id == account_id).values(values)).rowcount:
        c.execute(insert(_standing).values(account_id=account_id, **values))


def forget(c: Connection, account_id: int) -> None:
    """Forget what was said of an account."""
    c.execute(sql_delete(_standing).where(_standing.c.account_id == account_id))
