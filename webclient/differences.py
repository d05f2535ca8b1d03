"""In what two documents differ, for people: the unified difference of their members."""

from __future__ import annotations

import os
import sys

from .tables import columns_of, one_line
from .telling import SILENT, telling
from .yamltext import to_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .commands import Commands, Member

_CONTEXT = 2
_NARROWEST = 20


def difference(
    commands: Commands,
    members: list[Member],
    before: dict[str, Any],
    after: dict[str, Any],
    heads: tuple[str, str],
) -> Iterator[str]:
    """The lines of the unified difference of two documents, in these members; none where they are alike."""
    yield from _unified(
        [line for member in members for line in _shown(commands, member, before, after)],
        [line for member in members for line in _shown(commands, member, after, before)],
        heads,
    )


def _shown(commands: Commands, member: Member, side: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """A member of one side as lines, if it is another one on the other side."""
    value, differs = (telling(commands, member, each.get(member.wire)) for each in (side, other))
    if value in SILENT or value == differs:
        return []
    if isinstance(value, str) and any("\n" in each for each in (value, differs) if isinstance(each, str)):
        return [f"{member.wire}:", *(f"  {line}" for line in value.splitlines())]
    return to_yaml({member.wire: value}).splitlines()


def _unified(before: list[str], after: list[str], heads: tuple[str, str]) -> Iterator[str]:
    """The unified difference, in the width of the screen."""
    from difflib import unified_diff

    width = _width()
    for line in unified_diff(before, after, *heads, n=_CONTEXT, lineterm=""):
        yield from _wrapped(one_line(line.expandtabs()), width)


def _wrapped(line: str, width: int | None) -> Iterator[str]:
    """A line of a difference in as many as it takes; each begins with the sign of the first."""
    sign, rest = line[:1], line[1:]
    while width is not None and columns_of(rest) > width - 1:
        end = len(rest)
        while columns_of(rest[:end]) > width - 1:
            end -= 1
        yield sign + rest[:end]
        rest = rest[end:]
    yield sign + rest


def _width() -> int | None:
    """The width to keep to: a terminal's, else what COLUMNS says, else none."""
    if sys.stderr.isatty():
        found = os.get_terminal_size(sys.stderr.fileno()).columns
    else:
        given = os.environ.get("COLUMNS", "")
        found = int(given) if given.isdecimal() else 0
    return max(found, _NARROWEST) if found else None
