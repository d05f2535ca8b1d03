"""Access lists of areas: the first line that names the caller or his group decides (semantics 2.15)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from . import tables

_rule = tables.access_rule


class AccessRule(Struct, frozen=True, kw_only=True):
    """One line of an area's access list: a group or account, and its rights by published name."""

    area: str
    identifier: str
    rights: tuple[str, ...]


def all_rules(c: Connection) -> list[AccessRule]:
    """All access lists, each in its order."""
    rows = c.execute(select(_rule).order_by(_rule.c.area, _rule.c.position))
    return [
        AccessRule(
            area=row.area, identifier=row.identifier, rights=tuple(filter(None, row.rights.split(",")))
        )
        for row in rows
    ]


def replace(c: Connection, area: str, rules: Sequence[AccessRule]) -> None:
    """Give an area another access list."""
    c.execute(delete(_rule).where(_rule.c.area == area))
    if rules:
        c.execute(
            insert(_rule),
            [
                {
                    "area": area,
                    "position": position,
                    "identifier": rule.identifier,
                    "rights": ",".join(rule.rights),
                }
                for position, rule in enumerate(rules, start=1)
            ],
        )
