"""What a document would change: the difference between it and what stands at the server."""

from __future__ import annotations

from .client_errors import ClientError
from .differences import difference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .commands import Command, Commands

_NOT_FOUND = "NotFound"


def what_if(
    command: Command,
    values: dict[str, Any],
    document: dict[str, Any],
    commands: Commands,
    fetch: Callable[[str, dict[str, Any]], Any],
) -> list[str]:
    """The lines that tell what a command would do: the difference, or none, and what is in its way.

    Args:
        command: a command that creates or changes what a document says.
        values: its inputs.
        document: the document that it would send.
        commands: all commands.
        fetch: calls an operation with inputs.

    Raises:
        ClientError: the server refused, for another reason than that there is no such thing.
    """
    told = command.document or {}
    key = _key(command, values, document, commands)
    present = _present(told["reader"], key, fetch)
    shown = " ".join(str(value) for value in key.values())
    if command.patches:
        before, heads = present or {}, ("as it is", "as you want it")
    else:
        before, heads = {}, ("nothing yet", "as you want it")
    members = [
        member
        for member in commands.members(told["of"])
        if member.wire in document and not member.read_only and member.wire != told.get("version")
    ]
    secrets = [member for member in members if member.secret]
    members = [member for member in members if not member.secret]
    lines = [*difference(commands, members, before, document, heads)]
    lines += [f"{each.wire} would be set; it is shown nowhere." for each in secrets if document[each.wire]]
    if present is not None and not command.patches:
        lines.append(f"{shown} is there already, so this would be refused; change it instead.")
    elif present is None and command.patches:
        lines.append(f"There is no {shown} yet; this would be refused, or would create it.")
    elif not lines:
        lines.append("Nothing would be changed.")
    return lines


def _key(
    command: Command, values: dict[str, Any], document: dict[str, Any], commands: Commands
) -> dict[str, Any]:
    """What names the thing: what was typed, else its number in the document, else its name there."""
    typed = {name: values[name] for name in command.key if name in values}
    if typed:
        return typed
    told = command.document or {}
    members = {member.name: member for member in commands.members(told["of"])}
    number = next((m for m in members.values() if m.kind == "integer"), None)
    if command.patches and number is not None and document.get(number.wire):
        return {"id": document[number.wire]}
    *folder, name = [str(document.get(members[each].wire) or "") for each in told.get("named") or []]
    above = folder[0].rstrip("\\") if folder else ""
    return {"name": f"{above}\\{name}" if folder else name}


def _present(
    reader: str, key: dict[str, Any], fetch: Callable[[str, dict[str, Any]], Any]
) -> dict[str, Any] | None:
    try:
        found = fetch(reader, key)
    except ClientError as error:
        if error.kind == _NOT_FOUND:
            return None
        raise
    return found if isinstance(found, dict) else None
