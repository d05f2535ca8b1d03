"""Both sides of a conflict: what somebody wanted to change, and what stands there now."""

from __future__ import annotations

import os
import sys

from .client_errors import ClientError
from .tables import columns_of, one_line
from .telling import SILENT, telling
from .times import local_text
from .yamltext import to_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from .commands import Command, Commands, Member

_CONTEXT = 2
_NARROWEST = 20


def explained(
    error: ClientError,
    command: Command,
    document: dict[str, Any],
    commands: Commands,
    fetch: Callable[[str, dict[str, Any]], Any],
) -> ClientError:
    """The error, with both sides of the conflict in its problem, and their difference below its message.

    Args:
        error: the server's refusal.
        command: the command that was refused.
        document: what it sent.
        commands: all commands.
        fetch: calls an operation with inputs; it gives what stands there now.
    """
    told, details = command.document or {}, error.problem.get("details") or {}
    if "id" not in details or "source" not in told:
        return error
    try:
        present = fetch(told["source"], {"id": int(details["id"])})
    except ClientError:
        return error
    members = [
        member
        for member in commands.members(told["of"])
        if member.wire in document and not member.read_only and member.wire != told["version"]
    ]
    since = f"{local_text(details.get('changed', ''))} by {details.get('changedBy', '')}"
    heads = f"version {details.get('version', '')}, of {since}", "as you want it"
    lines = _difference(
        [line for member in members for line in _shown(commands, member, present, document)],
        [line for member in members for line in _shown(commands, member, document, present)],
        heads,
    )
    return ClientError(
        error.message,
        kind=error.kind,
        code=error.code,
        problem={**error.problem, "current": present, "yours": document},
        more=tuple(lines),
    )


def _shown(commands: Commands, member: Member, side: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """A member of one side as lines, if it is another one on the other side."""
    value, differs = (telling(commands, member, each.get(member.wire)) for each in (side, other))
    if value in SILENT or value == differs:
        return []
    if isinstance(value, str) and any("\n" in each for each in (value, differs) if isinstance(each, str)):
        return [f"{member.wire}:", *(f"  {line}" for line in value.splitlines())]
    return to_yaml({member.wire: value}).splitlines()


def _difference(before: list[str], after: list[str], heads: tuple[str, str]) -> Iterator[str]:
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
