"""Groups of accounts: who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select, update

from jams.objects.errors import GroupNotFound

from . import accounts, names, tables
from .columns import new_id

_group = tables.account_group
_membership = tables.membership
_account = tables.account


class GroupRecord(Struct, frozen=True, kw_only=True):
    """A group, and the names of the accounts that are in it."""

    id: int
    name: str
    description: str
    members: tuple[str, ...]


def all_groups(c: Connection) -> list[GroupRecord]:
    """All groups, by name."""
    query = (
        select(_membership.c.group_id, _account.c.name)
        .join(_account, _membership.c.account_id == _account.c.id)
        .order_by(_account.c.name_key)
    )
    members: dict[int, list[str]] = {}
    for row in c.execute(query):
        members.setdefault(row.group_id, []).append(row.name)
    return [
        GroupRecord(
            id=row.id, name=row.name, description=row.description, members=tuple(members.get(row.id, ()))
        )
        for row in c.execute(select(_group).order_by(_group.c.name_key))
    ]


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> GroupRecord:
    """One group, by number or name. Raises GroupNotFound."""
    key = names.fold(name or "")
    everyone = all_groups(c)
    group = next((g for g in everyone if (names.fold(g.name) == key if id is None else g.id == id)), None)
    if group is None:
        raise GroupNotFound(f"There is no group {name if id is None else id}.", target=id or name)
    return group


def create(c: Connection, name: str, *, description: str, by: str) -> int:
    """Make a group, whose name is free and good; its number."""
    now = datetime.now(UTC)
    values = {"name": name, "name_key": names.fold(name), "description": description}
    return new_id(c.execute(insert(_group).values(changed=now, changed_by=by, **values)))


def change(c: Connection, id: int, *, by: str, **values: Any) -> None:
    """Change a group. Raises GroupNotFound when it is gone meanwhile."""
    values |= {"changed": datetime.now(UTC), "changed_by": by, "version": _group.c.version + 1}
    if c.execute(update(_group).where(_group.c.id == id).values(values)).rowcount != 1:
        raise GroupNotFound(f"Group {id} was deleted by somebody else.", target=id)


def set_members(c: Connection, id: int, members: Iterable[str]) -> None:
    """Let exactly these accounts be in a group. Raises AccountNotFound."""
    accounts.lock(c)
    numbers = {accounts.get(c, name=name).id for name in members}
    c.execute(delete(_membership).where(_membership.c.group_id == id))
    if numbers:
        c.execute(insert(_membership), [{"account_id": number, "group_id": id} for number in numbers])


def remove(c: Connection, id: int) -> None:
    """Delete a group with its memberships. Raises GroupNotFound when it is gone meanwhile."""
    c.execute(delete(_membership).where(_membership.c.group_id == id))
    if c.execute(delete(_group).where(_group.c.id == id)).rowcount != 1:
        raise GroupNotFound(f"Group {id} was deleted by somebody else.", target=id)
