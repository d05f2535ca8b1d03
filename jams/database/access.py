"""Access lists of areas: the first line that names the caller or his group decides (semantics 2.15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select, update

from jams.objects.base import NEVER
from jams.objects.errors import VersionConflict
from jams.objects.preconditions import ALWAYS, Precondition

from . import definition_stamps, tables

_rule = tables.access_rule
_list = tables.access_list

_DELIVERED = 1
"""The version of a list that nobody has changed."""


class AccessRule(Struct, frozen=True, kw_only=True):
    """One line of an area's access list: a group or account, and its rights by published name."""

    area: str
    identifier: str
    rights: tuple[str, ...]


class ListState(Struct, frozen=True, kw_only=True):
    """In which version the access list of an area is; ``changed`` None: it is as it was delivered."""

    version: int = _DELIVERED
    changed: datetime | None = None
    changed_by: str | None = None


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


def rules_of(c: Connection, area: str) -> list[AccessRule]:
    """The access list of one area, in its order."""
    return [rule for rule in all_rules(c) if rule.area == area]


def state(c: Connection, area: str) -> ListState:
    """In which version the access list of an area is."""
    row = c.execute(select(_list).where(_list.c.area == area)).one_or_none()
    if row is None:
        return ListState()
    return ListState(version=row.version, changed=row.changed, changed_by=row.changed_by)


def change(
    c: Connection,
    area: str,
    rules: Sequence[AccessRule],
    *,
    user: str,
    condition: Precondition = ALWAYS,
) -> int:
    """Give an area another access list; the version that it gets. Nobody else changes one meanwhile.

    Raises:
        VersionConflict: the list is not in the version that the caller has seen.
    """
    version = definition_stamps.changed(c)  # the lock of all who change definitions
    found = state(c, area)
    if not condition.holds(found.version):
        raise _otherwise(area, found, condition)
    replace(c, area, rules)
    values = {"version": version, "changed": datetime.now(UTC), "changed_by": user}
    if c.execute(update(_list).where(_list.c.area == area).values(values)).rowcount == 0:
        c.execute(insert(_list).values(area=area, **values))
    return version


def _otherwise(area: str, found: ListState, condition: Precondition) -> VersionConflict:
    seen = ", ".join(map(str, sorted(condition.versions or ()))) or "the one named"
    changed = found.changed or NEVER
    by = found.changed_by or "JAMS"
    return VersionConflict(
        f"The access list of {area} has version {found.version}, not {seen}: {by} changed it on "
        f"{changed:%Y-%m-%d %H:%M:%S} UTC. Get it again, and make your change to that.",
        target=area,
        details={"version": str(found.version), "changedBy": by, "changed": changed.isoformat()},
    )
