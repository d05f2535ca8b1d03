"""Access lists of the areas: who may do what, decided by the first line that names him (semantics 2.15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jams.database.access import AccessRule

from .rights import (
    AccessControl,
    AgentDefinitions,
    AreaRight,
    CalendarDefinitions,
    FolderDefinitions,
    HistoryInquiry,
    JobDefinitions,
    Monitor,
    NamedTimeDefinitions,
    ServerAccess,
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
    AccessControl,
)

ALL_RIGHTS = frozenset(right for area in AREAS for right in area)

EVERYBODY = "*"
"""The identifier that every account holds."""

ADMINISTRATORS = "Administrators"
DEVELOPERS = "Developers"
SUBMITTERS = "Submitters"
INQUIRERS = "Inquirers"
DELIVERED_GROUPS = (DEVELOPERS, SUBMITTERS, INQUIRERS)


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


def delivered_rules() -> dict[str, list[AccessRule]]:
    """The access lists of a new installation by area, as recommended for three kinds of users."""
    found: dict[str, list[AccessRule]] = {}
    for area in AREAS:
        name = next(iter(area)).area
        everything = tuple(right.access for right in area)
        lines = [(group, _delivered(area, group, everything)) for group in DELIVERED_GROUPS]
        if area is ServerAccess:
            lines.append((EVERYBODY, everything))
        found[name] = [AccessRule(area=name, identifier=who, rights=gives) for who, gives in lines if gives]
    return found


def _delivered(area: type[AreaRight], group: str, everything: tuple[str, ...]) -> tuple[str, ...]:
    if area is AccessControl:
        return ()
    if area in (ServerAccess, HistoryInquiry):
        return everything
    if area is Monitor:
        return ("SeeAll", "SeeOwn") if group == INQUIRERS else everything
    if group == DEVELOPERS:
        return tuple(access for access in everything if access not in ("Control", "Decrypt"))
    return ("Inquire",)
