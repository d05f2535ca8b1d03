"""What was typed for a command, as the inputs and the document of its operation."""

from __future__ import annotations

from .client_errors import UsageError
from .values import read_document, read_text, read_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .commands import Command, Commands, Member
    from .options import Parsed

_FROM_FILE = "@file"


def inputs(command: Command, parsed: Parsed, commands: Commands) -> dict[str, Any]:
    """The inputs by Python name; only those that were given. Raises UsageError."""
    members = {item.name: item for item in command.inputs}
    values = _values(parsed.values, members, commands)
    if not command.template and not command.path:
        for name, text in zip(places(command), parsed.places, strict=False):
            values.update(_placed(command, name, text, values, commands))
    _check(command, values)
    return values


def places(command: Command) -> list[str]:
    """The inputs that may be given by position."""
    return command.key[:1] if command.patches else command.positional


def document(
    command: Command, parsed: Parsed, commands: Commands, fetch: Callable[[str, dict[str, Any]], Any]
) -> dict[str, Any]:
    """The document that the command sends: what a file or the server says, and what the options say instead.

    Args:
        command: a command that takes a document.
        parsed: what was typed.
        commands: all commands.
        fetch: gets the document to begin with, where it is not one that is changed in part: calls an
            operation with inputs.

    Raises:
        UsageError: there is nothing to send, or the parts do not go together.
    """
    told = command.document
    assert told is not None
    members = {member.name: member for member in commands.document_members(told)}
    changes = _values(parsed.members, members, commands)
    if command.path and parsed.places:
        changes = {**_named(command, parsed.places[0], members, changes), **changes}
    file = parsed.extra.get("file")
    if command.template and parsed.places:
        if file:
            raise UsageError("give either --file or what to change, not both")
        source = commands.by_operation(command.template)
        found = fetch(source.operation, _placed(source, source.key[0], parsed.places[0], {}, commands))
    elif file:
        found = read_document(file)
    elif changes or parsed.values:
        found = {}
    else:
        raise UsageError(f"give --file, or members of the document (see jamswebclient {command.word} --help)")
    return {**found, **{members[name].wire: value for name, value in changes.items()}}


def _named(command: Command, path: str, members: dict[str, Member], said: dict[str, Any]) -> dict[str, Any]:
    """What the path of a new object says: its name, and the folder that it lies in. Raises UsageError."""
    *folder, name = command.path
    told = {name: path}
    if folder:
        above, found, last = path.replace("/", "\\").rpartition("\\")
        told = {name: last, **({folder[0]: above or "\\"} if found else {})}
    for member in told:
        if member in said:
            raise UsageError(f"{members[member].option} is given twice")
    if not told[name]:
        raise UsageError("the path names nothing that could be made")
    return told


def _values(given: dict[str, Any], members: dict[str, Member], commands: Commands) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, texts in given.items():
        if isinstance(texts, bool):
            values[name] = texts
        elif name.endswith(_FROM_FILE):
            values[name.removesuffix(_FROM_FILE)] = read_text(texts)
        else:
            values[name] = read_value(members[name], texts, commands)
    return values


def _placed(
    command: Command, name: str, text: str, values: dict[str, Any], commands: Commands
) -> dict[str, Any]:
    """What was given by position: for a key its number if it is one, else its name."""
    if name in command.key and len(command.key) > 1:
        kinds = {command.input(key).kind: key for key in command.key}
        name = kinds.get("integer", name) if text.isdecimal() else kinds.get("text", name)
    item = command.input(name)
    if name in values:
        raise UsageError(f"{item.option} is given twice")
    return {name: read_value(item, [text], commands, name=name.upper().replace("_", "-"))}


def _check(command: Command, values: dict[str, Any]) -> None:
    """What the server would say, said before it is asked."""
    if len(command.key) > 1 and not command.patches:
        options = [command.input(name).option for name in command.key]
        given = [name for name in command.key if name in values]
        if not given:
            raise UsageError(f"give a name or a number (see jamswebclient {command.word} --help)")
        if len(given) > 1:
            raise UsageError(f"give only one of {' and '.join(options)}")
    for item in command.inputs:
        chooses = item.name in values and (command.reads or item.name in command.key)
        if chooses and values[item.name] in ("", [], [""]):
            # As of a shell's variable that is not set. Without the option everything is meant.
            raise UsageError(f"{item.option} is empty, which means nothing; leave it out if all are meant")
        if item.required and item.name not in values and not command.session:
            raise UsageError(f"give {item.option} (see jamswebclient {command.word} --help)")
