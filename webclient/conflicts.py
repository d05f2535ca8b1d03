"""Both sides of a conflict: what somebody wanted to change, and what stands there now."""

from __future__ import annotations

from .client_errors import ClientError
from .differences import difference
from .times import local_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .commands import Command, Commands


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
    lines = difference(commands, members, present, document, heads)
    return ClientError(
        error.message,
        kind=error.kind,
        code=error.code,
        problem={**error.problem, "current": present, "yours": document},
        more=tuple(lines),
    )
