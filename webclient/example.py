"""A whole document as an example, in YAML, with what every member means."""

from __future__ import annotations

import json
from textwrap import wrap

from .places import packaged
from .yamltext import to_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .commands import Command, Commands, Member

_WIDTH = 78
_DEEPEST = 3


def example(command: Command, commands: Commands) -> str:
    """The document of a command: what a person would write, and as remarks what else there is.

    It can be sent as it is. A member that is only remarked upon begins with ``#`` and shows its default.
    """
    told = command.document
    assert told is not None
    of = told["of"]
    given: dict[str, Any] = json.loads(packaged("examples.json")).get(of, {})
    lines = [f"# {command.summary}", f"#     jamswebclient {command.word} -f FILE", "#"]
    lines += ["# What begins with # may be left out: it is then what is shown, or nothing.", ""]
    for member in commands.document_members(told):
        lines += [f"# {line}" for line in wrap(_meaning(member, commands), _WIDTH - 2)]
        if member.wire in given:
            lines += to_yaml({member.wire: given[member.wire]}).rstrip("\n").split("\n")
        else:
            lines += [f"# {line}".rstrip() for line in _remarked(member, commands)]
        lines.append("")
    known = commands.properties(of)
    if known and "properties" in {member.wire for member in commands.members(of)}:
        lines.append("# The properties that there are:")
        for name, about in known.items():
            first, *rest = wrap(about, _WIDTH - 28) or [""]
            lines += [f"#   {name:<25} {first}", *(f"#   {'':<25} {line}" for line in rest)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _meaning(member: Member, commands: Commands) -> str:
    told = member.help or f"{member.wire}."
    if member.kind == "enum":
        words = ", ".join(commands.enums[member.of])
        told = f"{told.rstrip('.')}: {'some' if member.many else 'one'} of {words}."
    return told


def _remarked(member: Member, commands: Commands) -> Iterator[str]:
    """A member that nobody has to write, as its default or as what could stand there."""
    if member.kind != "object":
        yield from to_yaml({member.wire: _value(member, commands)}).rstrip("\n").split("\n")
        return
    yield f"{member.wire}:"
    yield from _inside(member, commands, "  ", 1)


def _inside(member: Member, commands: Commands, indent: str, depth: int) -> Iterator[str]:
    inner = [each for each in commands.members(member.of) if not each.read_only]
    begin = f"{indent}- " if member.many else indent
    further = " " * len(begin)
    for at, each in enumerate(inner):
        head = begin if at == 0 else further
        first, *rest = wrap(_meaning(each, commands), max(_WIDTH - len(head) - 40, 30)) or [""]
        if each.kind == "object" and depth < _DEEPEST and each.of != member.of:
            yield f"{head}{each.wire}:  # {' '.join([first, *rest])}"
            yield from _inside(each, commands, f"{further}  ", depth + 1)
            continue
        value = [] if each.kind == "object" else _value(each, commands)
        yield f"{head}{to_yaml({each.wire: value}).rstrip()}  # {' '.join([first, *rest])}"


def _value(member: Member, commands: Commands) -> Any:
    if member.default is not None:
        return member.default
    if member.many:
        return []
    if member.kind == "enum":
        return commands.enums[member.of][0]
    samples = {"integer": 0, "number": 0, "boolean": False, "map": {}}
    return samples.get(member.kind)
