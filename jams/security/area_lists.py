"""The access list of an area as a document: what it may say, and whether anybody could change it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from jams.database import access, accounts
from jams.database.access import AccessRule
from jams.database.access_lines import AND, check_length, parts_of, right_of, words_of
from jams.database.names import fold
from jams.objects.enums import AccessObject
from jams.objects.errors import InvalidArgument, WouldLockOut
from jams.objects.parts import ACE, ACL

from .access import AREAS, EVERYBODY, effective_rights
from .rights import AccessControl, ServerAccess

_RIGHTS = {next(iter(area)).area: [right.access for right in area] for area in AREAS}
_CALLED = {AccessObject.QUEUE_DEFINITIONS: "Queues"}
_NO_FLAGS = ("", "0", "thisfolderonly")


def area_name(area: AccessObject) -> str:
    """What an area is called where its rights are kept."""
    return _CALLED.get(area, area.value)


def document(rules: Iterable[AccessRule]) -> ACL:
    """The access list of an area as callers see it."""
    return ACL(generic_acl=[ACE(identifier=rule.identifier, access_list=list(rule.rights)) for rule in rules])


def rules_of(area: AccessObject, acl: ACL) -> list[AccessRule]:
    """The lines of an access list as they are kept; those marked as inherited are not its own.

    Raises:
        InvalidArgument: no rights are given in the area, a right is none of its, a line names nobody, or
            there are too many lines.
    """
    name = area_name(area)
    known = {access.casefold(): access for access in _RIGHTS.get(name, ())}
    lines = [line for line in acl.generic_acl if not line.inherited]
    if lines and not known:
        raise InvalidArgument(f"No rights are given in {area.value} here.", member="accessObject")
    check_length(len(lines))
    return [
        AccessRule(
            area=name,
            identifier=identifier_of(line.identifier),
            rights=rights_of(line, known, area.value),
        )
        for line in lines
        if _without_flags(line)
    ]


def identifier_of(text: str) -> str:
    """Whom a line names: an account, a group, everybody, or several with ``+`` between them.

    Raises InvalidArgument.
    """
    parts = parts_of(text)
    if not all(parts) or "," in text:
        raise InvalidArgument(
            f"{text[:100]!r} names nobody: give an account, a group, {EVERYBODY} for everybody, or several "
            f"of these with {AND} between them.",
            member="identifier",
        )
    return AND.join(parts)


def rights_of(line: ACE, known: dict[str, str], where: str) -> tuple[str, ...]:
    """The rights that a line gives, as they are written, each once. Raises InvalidArgument."""
    found = {right_of(word, known, f"of {where}") for word in words_of(line)}
    return tuple(right for right in known.values() if right in found)


def told(rules: Sequence[AccessRule]) -> str:
    """An access list in one line."""
    return (
        "; ".join(f"{rule.identifier}: {', '.join(rule.rights) or 'nothing'}" for rule in rules) or "nobody"
    )


def strangers(c: Connection, rules: Sequence[AccessRule]) -> list[str]:
    """What lines name that is neither an account nor a group here."""
    known = {fold(name) for name in accounts.all_groups(c)} | {EVERYBODY}
    found: dict[str, None] = {}
    for rule in rules:
        for part in parts_of(rule.identifier):
            if fold(part) not in known and accounts.find(c, part) is None:
                found[part] = None
    return list(found)


def anybody_may_change(c: Connection, bypass: Sequence[str]) -> bool:
    """Whether an account that is let in could use the server and change access lists, as they are now."""
    needed, rules = {ServerAccess.EXECUTE, AccessControl.CHANGE}, access.all_rules(c)
    return any(
        account.enabled and needed <= effective_rights(account.name, account.groups, rules, bypass=bypass)
        for account in accounts.all_accounts(c)
    )


def check_way_back(c: Connection, bypass: Sequence[str], target: str) -> None:
    """See that somebody could still change access lists, as they are now. Raises WouldLockOut."""
    if not anybody_may_change(c, bypass):
        raise WouldLockOut(
            "Nobody could change access lists after it. With force it is done all the same.", target=target
        )


def _without_flags(line: ACE) -> bool:
    if str(line.flags).strip().casefold() not in _NO_FLAGS:
        raise InvalidArgument(
            "An area has no folders to which a line could pass: its flags are 0.", member="flags"
        )
    return True
