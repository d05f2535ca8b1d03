"""Access lists of the areas: who may do what, decided by the first line that names him (semantics 2.15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jams.database.access import AccessRule

from .rights import (
    AccessControl,
    AgentDefinitions,
    AreaRight,
    CalendarDefinitions,
    Configuration,
    FolderDefinitions,
    HistoryInquiry,
    JobDefinitions,
    Monitor,
    NamedTimeDefinitions,
    QueueDefinitions,
    ResourceDefinitions,
    ServerAccess,
    TriggerDefinitions,
    VariableDefinitions,
)

AREAS: tuple[type[AreaRight], ...] = (
    ServerAccess,
    FolderDefinitions,
    JobDefinitions,
    Monitor,
    HistoryInquiry,
    AgentDefinitions,
    VariableDefinitions,
    CalendarDefinitions,
    NamedTimeDefinitions,
    QueueDefinitions,
    ResourceDefinitions,
    TriggerDefinitions,
    Configuration,
    AccessControl,
)

ALL_RIGHTS = frozenset(right for area in AREAS for right in area)

EVERYBODY = "*"
"""The identifier that every account holds."""

ADMINISTRATORS = "Administrators"


def effective_rights(
    account: str, groups: Iterable[str], rules: Sequence[AccessRule], *, bypass: Iterable[str]
) -> frozenset[AreaRight]:
    """What an account may do.

    In each area the first line whose identifier the account holds decides, and later ones are ignored; no
    such line gives nothing. An identifier is an account, a group, or ``*`` for everybody. A member of a
    group in ``bypass`` may do everything.
    """
    memberships = {group.casefold() for group in groups}
    if memberships & {group.casefold() for group in bypass}:
        return ALL_RIGHTS
    held = {account.casefold(), EVERYBODY, *memberships}
    found: set[AreaRight] = set()
    for area in AREAS:
        name = next(iter(area)).area
        first = next((r for r in rules if r.area == name and r.identifier.casefold() in held), None)
        accesses = first.rights if first is not None else ()
        found.update(right for right in area if right.access in accesses)
    return frozenset(found)
