"""Values of members without what says nothing about them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .commands import Commands, Member

SILENT: tuple[Any, ...] = (None, "", [], {})
"""What says nothing."""


def telling(
    commands: Commands, member: Member, value: Any, listed: Callable[[list[Any]], Any] = lambda parts: parts
) -> Any:
    """A member's value without what only the server writes of its parts, and what is as always.

    An object of which one member is left is that member; parts with a name and a value are names with their
    values. ``listed`` makes of a list of plain values what is to be shown.
    """
    if not isinstance(value, list):
        return _part(commands, member, value, listed)
    short = commands.parts.get(member.of) if member.kind == "object" else None
    if short is not None and "value" in short and all(isinstance(part, dict) for part in value):
        return _named(commands, member, value, short)
    parts = [_part(commands, member, part, listed) for part in value]
    return parts if any(isinstance(part, dict) for part in parts) else listed(parts)


def _part(commands: Commands, member: Member, value: Any, listed: Callable[[list[Any]], Any]) -> Any:
    if not isinstance(value, dict) or member.kind != "object":
        return value
    left = {
        inner.wire: telling(commands, inner, value[inner.wire], listed)
        for inner in commands.members(member.of)
        if not inner.read_only and value.get(inner.wire) not in (*SILENT, inner.default)
    }
    return next(iter(left.values())) if len(left) == 1 else left


def _named(commands: Commands, member: Member, parts: list[dict[str, Any]], short: dict[str, str]) -> Any:
    """Parts that have a name and a value, as these; without those that are there and set to nothing."""
    found: dict[str, Any] = {}
    for part in parts:
        left = _part(commands, member, {**part, short["name"]: None}, lambda values: values)
        if left in SILENT and "unset" in short:
            continue
        found[str(part.get(short["name"]))] = None if left in SILENT else left
    return found
