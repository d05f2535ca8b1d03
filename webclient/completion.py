"""Says how a command line may go on: what ``jamswebclient __complete`` answers to a shell's script.

The scripts are in :mod:`webclient.shells`. Names and numbers are looked up at the server, with little
patience: nothing is offered, and nothing is said, when that fails.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress

from .arguments import places as given_by_position
from .client_errors import OK
from .commands import CLEARED
from .helptext import OWN_COMMANDS
from .options import Parser, command_parser, general_parser, named_command, split_command
from .tables import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from typing import Any

    from .commands import Command, Commands, Member

PATIENCE = 1.0
"""Seconds that the server has to answer."""

MOST = 200
"""How many values are offered at most."""

FILES = ":files"
"""The line that asks the shell to offer names of files."""

SHELLS = ("bash", "fish", "powershell", "zsh")
_WORDS_OF = {
    "completion": SHELLS,
    "server-list": ("add", "remove"),
    "shortcut-list": ("add", "import", "remove"),
}


def complete(arguments: list[str]) -> int:
    """Print what may stand in place of the word at the cursor, one a line, each with a tab and its meaning.

    Args:
        arguments: the shell, the word at the cursor with ``=`` before it, and the words before that.
    """
    if len(arguments) < 2:
        return OK
    shell, current, *before = arguments
    quoting = _Quoting(current[1:] if current.startswith("=") else current, bash=shell == "bash")
    if shell == "bash":
        before = [_Quoting(word, bash=True).bare for word in before]
    lines: list[str] = []
    with suppress(Exception, SystemExit):  # a shell that waits for a completion must never see an error
        for value, about in _Completer(before, quoting.bare).offers():
            lines.append(FILES if value == FILES else f"{quoting.quoted(value)}\t{one_line(about)}")
    sys.stdout.write("".join(f"{line}\n" for line in lines[:MOST]))
    return OK


class _Completer:
    """A command line up to the cursor."""

    def __init__(self, before: list[str], current: str) -> None:
        from .commands import load_commands

        self._commands: Commands = load_commands()
        self._word, self._before = split_command(before)
        if self._word not in OWN_COMMANDS:
            self._word, self._before = named_command(before, self._commands)
        self._current, self._joined = current, ""
        if self._before and self._before[-1] == "=":  # bash takes --option=value apart
            self._before.pop()
        elif current == "=":
            self._current = ""
        elif current.startswith("--") and "=" in current:
            option, _, self._current = current.partition("=")
            self._before.append(option)
            self._joined = f"{option}="

    def offers(self) -> Iterator[tuple[str, str]]:
        """What may stand at the cursor, each with its meaning."""
        return ((value if value == FILES else self._joined + value, about) for value, about in self._found())

    def _found(self) -> Iterable[tuple[str, str]]:
        if self._word == "shortcut":
            return self._shortcuts()
        if self._word in OWN_COMMANDS:
            words = _WORDS_OF.get(self._word) or tuple(self._commands)
            return self._fitting((word, "") for word in words)
        if self._word is None:
            parser = general_parser(self._commands)
            pending = self._pending(parser)
            if pending is not None:
                return self._values(pending, None)
            return self._options(parser) if self._current.startswith("-") else self._words()
        if self._word not in self._commands:
            return ()
        command = self._commands[self._word]
        parser = command_parser(command, self._commands)
        pending = self._pending(parser)
        if pending is not None:
            return self._values(pending, command)
        if self._current.startswith("-"):
            return self._options(parser)
        verbs = (
            [] if self._before or not self._current else self._fitting(self._commands.verbs_of(self._word))
        )
        return self._following(verbs, parser, command)

    def _following(
        self, verbs: list[tuple[str, str]], parser: Parser, command: Command
    ) -> Iterator[tuple[str, str]]:
        """Verbs, and then names, for which the server is needed."""
        yield from verbs
        yield from self._place(parser, command)

    def _words(self) -> Iterable[tuple[str, str]]:
        families = self._commands.by_service().values()
        return self._fitting([*(pair for family in families for pair in family), *OWN_COMMANDS.items()])

    def _shortcuts(self) -> Iterable[tuple[str, str]]:
        from .common_settings import CommonSettings
        from .shortcuts import listed

        return self._fitting((each.name, each.title) for each in listed(CommonSettings()))

    def _options(self, parser: Parser) -> Iterable[tuple[str, str]]:
        return self._fitting(
            (option, (action.help or "").replace("%%", "%"))
            for action in parser.actions
            for option in action.option_strings
            if len(option) > 2 or len(action.option_strings) == 1
        )

    def _pending(self, parser: Parser) -> argparse.Action | None:
        """The option whose value stands at the cursor."""
        last = self._before[-1] if self._before else ""
        action = next((a for a in parser.actions if last in a.option_strings), None)
        return action if action is not None and action.nargs != 0 else None

    def _values(self, action: argparse.Action, command: Command | None) -> Iterable[tuple[str, str]]:
        if action.choices:
            return self._fitting((str(choice), "") for choice in action.choices)
        section, _, name = action.dest.partition(".")
        if action.metavar in ("FILE", "DIR"):
            return [(FILES, "")]
        if command is None or section not in ("values", "members"):
            return ()
        if section == "values" and name == CLEARED and command.patches:
            return self._among(command.clearable, many=True)
        members = command.inputs
        if section == "members" and command.document:
            members = self._commands.document_members(command.document)
        return self._of_member(next(member for member in members if member.name == name))

    def _of_member(self, member: Member) -> Iterable[tuple[str, str]]:
        if member.kind == "enum":
            return self._among(self._commands.enums[member.of], many=member.many)
        if not member.offer:
            return ()
        return self._fitting(looked_up(self._commands, member.offer, self._current, self._settings()))

    def _among(self, values: Iterable[str], *, many: bool) -> Iterable[tuple[str, str]]:
        """Which of these values may stand at the cursor; with ``many`` after others and a comma."""
        done, comma, last = self._current.rpartition(",") if many else ("", "", self._current)
        return [(done + comma + v, "") for v in values if v.casefold().startswith(last.casefold())]

    def _place(self, parser: Parser, command: Command) -> Iterable[tuple[str, str]]:
        _, places = parser.parse_known_args(self._before)
        if command.template:
            command = self._commands.by_operation(command.template)
            names = command.positional[:1]
        else:
            names = given_by_position(command)
        return self._of_member(command.input(names[len(places)])) if len(places) < len(names) else ()

    def _settings(self) -> dict[str, Any]:
        """The settings that the line so far names."""
        namespace, _ = general_parser(self._commands).parse_known_args(self._before)
        return {
            name.partition(".")[2]: value
            for name, value in vars(namespace).items()
            if name.startswith("settings.")
        }

    def _fitting(self, offered: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        begin = self._current.casefold()
        return [(value, about) for value, about in offered if value.casefold().startswith(begin)]


def offered(
    commands: Commands, command: Command, at: int, current: str, settings: dict[str, Any]
) -> list[tuple[str, str]]:
    """What the server offers for the place number ``at`` of a command, each with its meaning.

    Raises:
        ClientError: the server does not answer.
    """
    if command.template:
        command = commands.by_operation(command.template)
        names = command.positional[:1]
    else:
        names = given_by_position(command)
    if at >= len(names):
        return []
    member = command.input(names[at])
    if member.kind == "enum":
        return [(value, "") for value in commands.enums[member.of]]
    return [*looked_up(commands, member.offer, current, settings)] if member.offer else []


def looked_up(
    commands: Commands, offer: dict[str, str], current: str, settings: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """The values that the server knows, each with what its listing shows beside it. Raises ClientError.

    Where a word is no path, the last part of a path that begins so is offered with the path.
    """
    from .calls import Caller
    from .client_settings import Settings

    command = commands.by_operation(offer["operation"])
    values: dict[str, Any] = {}
    if "within" in offer:
        path = current.rpartition("\\")[0]
        values = {offer["within"]: path} if path else {}
    caller = Caller(Settings({**settings, "request_timeout": str(PATIENCE)}), commands, interactive=False)
    try:
        rows = caller.call(command, values)
    finally:
        caller.close()
    members = {member.wire: member for member in commands.members(command.result["of"])}
    shown = [w for w in command.columns if members[w].kind in ("text", "enum") and w != offer["member"]]
    bare_names = [str(row[offer["member"]]).rpartition("\\")[2].casefold() for row in rows]
    for row in rows:
        beside = [str(row[wire]) for wire in shown if row.get(wire)]
        value = str(row[offer["member"]])
        if current and "\\" not in current and "\\" in value:
            bare = value.rpartition("\\")[2]
            begins = bare.casefold().startswith(current.casefold()) and bare_names.count(bare.casefold()) == 1
            yield (bare if begins else value), " ".join(beside[:3])
        else:
            yield value, " ".join(beside[:3])


class _Quoting:
    """A word as it stands on a command line. Only bash gives it with its quotes, and takes it so."""

    def __init__(self, word: str, *, bash: bool) -> None:
        self._bash = bash
        self._mark = word[0] if bash and word[:1] in ("'", '"') else ""
        self.bare = word
        if self._mark == "'":
            self.bare = word[1:].removesuffix("'")
        elif self._mark == '"':
            self.bare = re.sub(r'\\([$`"\\])', r"\1", word[1:].removesuffix('"'))
        elif bash:
            self.bare = re.sub(r"\\(.)", r"\1", word)

    def quoted(self, value: str) -> str:
        """A value in the way the word is quoted; within open quotes readline wants what stands inside."""
        if not self._bash or self._mark == "'":
            return value
        unsafe = '"\\$`' if self._mark else " \t'\"\\$`|&;<>()*?[]{}!#~"
        return "".join(f"\\{letter}" if letter in unsafe else letter for letter in value)
