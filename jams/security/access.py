"""Access lists of the areas: who may do what, decided by the first line that names him (semantics 2.15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from jams.database.access import AccessRule
from jams.database.access_lines import parts_of

from .caller import Caller
from .rights import (
    AccessControl,
    AgentDefinitions,
    AlertDefinitions,
    AreaRight,
    CalendarDefinitions,
    Configuration,
    CredentialDefinitions,
    FolderDefinitions,
    HistoryInquiry,
    JobDefinitions,
    MenuDefinitions,
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
    AlertDefinitions,
    MenuDefinitions,
    CredentialDefinitions,
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
    such line gives nothing. An identifier is an account, a group, ``*`` for everybody, or several of these
    with ``+`` between them, all of which the account must hold. A member of a group in ``bypass`` may do
    everything.
    """
    if passes(groups, bypass):
        return ALL_RIGHTS
    held = held_by(account, groups)
    found: set[AreaRight] = set()
    for area in AREAS:
        name = next(iter(area)).area
        first = next((r for r in rules if r.area == name and names(r.identifier, held)), None)
        accesses = first.rights if first is not None else ()
        found.update(right for right in area if right.access in accesses)
    return frozenset(found)


def held_by(account: str, groups: Iterable[str]) -> frozenset[str]:
    """The identifiers that an account holds: its name, its groups and everybody's."""
    return frozenset({account.casefold(), EVERYBODY, *(group.casefold() for group in groups)})


def passes(groups: Iterable[str], bypass: Iterable[str]) -> bool:
    """Whether one of the groups is one whose members may do everything."""
    return not {group.casefold() for group in groups}.isdisjoint(group.casefold() for group in bypass)


def names(identifier: str, held: Set[str]) -> bool:
    """Whether a line with this identifier is about somebody who holds these: all parts between ``+``."""
    return all(part in held for part in parts_of(identifier.casefold()))


def reasons(
    caller: Caller, right: AreaRight, rules: Sequence[AccessRule], *, bypass: Iterable[str]
) -> list[str]:
    """Why a caller has a right, or why not, in sentences; decided as :func:`effective_rights` does."""
    groups = sorted(caller.groups, key=str.casefold)
    told = [f"{caller.account} is in {_listed(groups) if groups else 'no group'}."]
    passing = {group.casefold() for group in bypass}
    free = [group for group in groups if group.casefold() in passing]
    if free:
        told.append(f"Members of {_listed(free)} may do everything.")
    else:
        held = held_by(caller.account, groups)
        lines = [rule for rule in rules if rule.area == right.area]
        found = next(((at, rule) for at, rule in enumerate(lines, 1) if names(rule.identifier, held)), None)
        if found is None:
            told.append(f"No line of the access list of {right.area} is about {caller.account}.")
        else:
            at, rule = found
            given = _listed(rule.rights) if rule.rights else "nothing"
            told.append(
                f"Line {at} of the access list of {right.area} is the first that is about {caller.account}: "
                f"it gives {rule.identifier} {given}."
            )
    if caller.personal and not caller.may(right):
        told.append(f"A personal token is shown; it has {right} only where that was given to it.")
    return told


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
