"""What was typed for a command, as the inputs and the document of its operation."""

from __future__ import annotations

import sys

from .client_errors import UsageError
from .commands import plural
from .parts import joined, option_of, read_parts, short_form
from .values import any_value, read_document, read_text, read_value

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
        named = places(command)
        for index, name in enumerate(named[: len(parsed.places)]):
            takes_rest = index == len(named) - 1 and command.input(name).many
            texts = parsed.places[index:] if takes_rest else [parsed.places[index]]
            values.update(_placed(command, name, texts, values, commands))
    values.update(_asked(command, values))
    _check(command, values, commands)
    return values


def _asked(command: Command, values: dict[str, Any]) -> dict[str, Any]:
    """The secrets that are needed and were not given, from who sits at a terminal; a new one twice."""
    needed = [item for item in command.inputs if item.secret and item.required and item.name not in values]
    if command.session == "opens" or not needed or not sys.stdin.isatty():
        return {}
    from getpass import getpass

    told = {}
    for item in needed:
        prompt = item.option.removeprefix("--").replace("-", " ").capitalize()
        told[item.name] = getpass(f"{prompt}: ")
        if item.name.startswith("new") and getpass("Once more: ") != told[item.name]:
            raise UsageError("what was typed the second time is something else")
    return told


def places(command: Command) -> list[str]:
    """The inputs that may be given by position."""
    return command.key[:1] if command.patches else command.positional


def document(
    command: Command,
    parsed: Parsed,
    commands: Commands,
    fetch: Callable[[str, dict[str, Any]], Any],
    values: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The document that the command sends: what a file or the server says, and what the options say instead.

    Args:
        command: a command that takes a document.
        parsed: what was typed.
        commands: all commands.
        fetch: gets the document to begin with, where it is not one that is changed in part, or where parts of
            it are added to those that are there: calls an operation with inputs.
        values: the inputs of the command.

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
        found = fetch(source.operation, _placed(source, source.key[0], parsed.places[:1], {}, commands))
    elif file:
        found = read_document(file)
    elif changes or parsed.values or parsed.parts or parsed.properties:
        found = {}
    else:
        raise UsageError(
            "give --file, or members of the document "
            f"(see jamswebclient {command.word} --help, and --example)"
        )
    found = {**found, **{members[name].wire: value for name, value in changes.items()}}
    return {
        **found,
        **_parts(command, parsed, commands, members, found, lambda: _there(command, fetch, values or {})),
    }


def _parts(
    command: Command,
    parsed: Parsed,
    commands: Commands,
    members: dict[str, Member],
    found: dict[str, Any],
    present: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """The members of which parts were typed, with what the document, or what is changed, has already."""
    typed: dict[str, list[dict[str, Any]]] = {}
    for name, texts in parsed.parts.items():
        short = short_form(members[name], commands)
        assert short is not None
        try:
            typed.setdefault(name, []).extend(read_parts(short, texts))
        except ValueError as error:
            raise UsageError(f"{option_of(members[name], short)}: {error}") from None
    for name, texts in parsed.properties.items():
        typed.setdefault("properties", []).append(
            {"propertyName": name, "currentValue": any_value(texts[-1])}
        )
    if not typed:
        return {}
    told: dict[str, Any] = {}
    standing: dict[str, Any] | None = None
    for name, given in typed.items():
        member = members[name]
        short = short_form(member, commands)
        assert short is not None
        there = found.get(member.wire)
        if there is None and command.patches:
            standing = present() if standing is None else standing
            there = standing.get(member.wire)
        told[member.wire] = joined(there or [], given, short)
    return told


def _there(
    command: Command, fetch: Callable[[str, dict[str, Any]], Any], values: dict[str, Any]
) -> dict[str, Any]:
    key = {name: values[name] for name in command.key if name in values}
    reader = (command.document or {}).get("reader")
    found = fetch(reader, key) if key and reader else {}
    return found if isinstance(found, dict) else {}


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
            name = name.removesuffix(_FROM_FILE)
            values[name] = _from_file(texts, secret=members[name].secret)
        else:
            values[name] = read_value(members[name], texts, commands)
    return values


def _from_file(source: str, *, secret: bool) -> str:
    """The text of a file; of a secret, which nobody else may read there, without the end of its last line."""
    text = read_text(source, private=secret)
    return text.removesuffix("\n").removesuffix("\r") if secret else text


def _placed(
    command: Command, name: str, texts: list[str], values: dict[str, Any], commands: Commands
) -> dict[str, Any]:
    """What was given by position: for a key its number if it is one, else its name."""
    if name in command.key and len(command.key) > 1:
        kinds = {command.input(key).kind: key for key in command.key}
        name = kinds.get("integer", name) if texts[0].isdecimal() else kinds.get("text", name)
    item = command.input(name)
    if name in values:
        raise UsageError(f"{item.option} is given twice")
    return {name: read_value(item, texts, commands, name=name.upper().replace("_", "-"))}


def _check(command: Command, values: dict[str, Any], commands: Commands) -> None:
    """What the server would say, said before it is asked."""
    if len(command.key) > 1 and not command.patches:
        options = [command.input(name).option for name in command.key]
        given = [name for name in command.key if name in values]
        if not given:
            lists = plural(command.word)
            more = f"; {lists} shows what there is" if lists in commands else ""
            raise UsageError(f"give a name or a number{more} (see jamswebclient {command.word} --help)")
        if len(given) > 1:
            raise UsageError(f"give only one of {' and '.join(options)}")
    for item in command.inputs:
        chooses = item.name in values and (command.reads or item.name in command.key)
        if chooses and values[item.name] in ("", [], [""]):
            # As of a shell's variable that is not set. Without the option everything is meant.
            raise UsageError(f"{item.option} is empty, which means nothing; leave it out if all are meant")
        if item.required and item.name not in values and not command.session:
            raise UsageError(f"give {item.option} (see jamswebclient {command.word} --help)")
