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

    An object of which one member is left is that member. ``listed`` makes of a list of plain values what is
    to be shown.
    """
    if not isinstance(value, list):
        return _part(commands, member, value, listed)
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
