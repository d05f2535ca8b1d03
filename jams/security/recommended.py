"""The recommended access lists of the areas (semantics 2.15): those that a new server has."""

from __future__ import annotations

from collections.abc import Mapping

from jams.database.access import AccessRule

from .access import ADMINISTRATORS, AREAS, EVERYBODY
from .rights import AreaRight

DEVELOPERS, SUBMITTERS, INQUIRERS = "Developers", "Submitters", "Inquirers"
GROUPS = (ADMINISTRATORS, DEVELOPERS, SUBMITTERS, INQUIRERS)
"""Whom the table is about, in the order of its lines. Administrators have every right."""

_DEFINE = ("Add", "Change", "Delete", "Inquire")
_USUAL: Mapping[str, tuple[str, ...]] = {
    DEVELOPERS: _DEFINE,
    SUBMITTERS: ("Inquire",),
    INQUIRERS: ("Inquire",),
}
_OPERATE = ("Abort", "Execute", "Manage", "SeeAll", "SeeOwn")
_NOBODY: Mapping[str, tuple[str, ...]] = dict.fromkeys(_USUAL, ())
_OTHERWISE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ServerAccess": dict.fromkeys(_USUAL, ("Execute", "Inquire")),
    "Monitor": {DEVELOPERS: _OPERATE, SUBMITTERS: _OPERATE, INQUIRERS: ("SeeAll", "SeeOwn")},
    "History": dict.fromkeys(_USUAL, ("Execute",)),
    "NamedTimeDefinitions": {DEVELOPERS: (*_DEFINE, "Manage")},
    "Queues": {DEVELOPERS: (*_DEFINE, "Manage")},
    "ResourceDefinitions": {
        DEVELOPERS: ("Acquire", *_DEFINE, "Manage"),
        SUBMITTERS: ("Acquire", "Inquire"),
    },
    "Configuration": _NOBODY,
    "AccessControl": _NOBODY,
}
"""Areas in which a group has other rights than the usual ones."""


def lists_for(groups: Mapping[str, str]) -> dict[str, list[AccessRule]]:
    """The access list of each area, by its name.

    Args:
        groups: who is put in the place of each of :data:`GROUPS`; one that is not named gets no line.
    """
    found = {}
    for rights in AREAS:
        area = next(iter(rights)).area
        lines = [(groups[group], _rights(rights, area, group)) for group in GROUPS if group in groups]
        if area == "ServerAccess":
            # Who belongs to none of them may ask what server it is.
            lines.append((EVERYBODY, ("Execute", "Inquire")))
        found[area] = [
            AccessRule(area=area, identifier=who, rights=accesses) for who, accesses in lines if accesses
        ]
    return found


def _rights(rights: type[AreaRight], area: str, group: str) -> tuple[str, ...]:
    every = tuple(right.access for right in rights)
    if group == ADMINISTRATORS:
        return every
    given = _OTHERWISE.get(area, _USUAL).get(group, _USUAL[group])
    return tuple(access for access in every if access in given)
