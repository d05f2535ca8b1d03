"""Shortcuts: commands that have names, in blocks ``Shortcut006`` of the original's clients.

What is written here is a command line of JAMSWebClient (``Command``). Of the original's own kinds one is
known: ``Type`` 4, a list of jobs, by ``QueryJobName`` and ``QuerySystemName``, their folder (guide, client
deployment). Any other is listed and refused when it is used, rather than shown as something that it is not.
"""

from __future__ import annotations

import os
import shlex
import sys

from .client_errors import OK, ClientError, UsageError, did_you_mean
from .common_settings import FILE, CommonSettings, elements, write_blocks
from .options import command_parser, named_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .commands import Commands

WITH_SHORTCUTS = ("JAMSShortcuts.config", "JAMSWin.exe.config", FILE)
"""The files of a folder that may hold shortcuts; the first is the one that is written here."""

LOCK = "LockShortcutbar"
JOBS = "4"
_EVERYTHING = ("", "*")
_ASKED = {"QueryJobName": "Job name", "QuerySystemName": "Folder"}
USAGE = """usage: jamswebclient shortcut-list
       jamswebclient shortcut-list add NAME COMMAND ...
       jamswebclient shortcut-list import FILE
       jamswebclient shortcut-list remove NAME

Show the commands that have names, or change which have; jamswebclient shortcut NAME runs one."""


class Shortcut:
    """A command with a name.

    Attributes:
        said: its properties by the names that they are written with.
        file: where it is written.
    """

    def __init__(self, said: dict[str, str], file: str) -> None:
        self.said, self.file = said, file
        self._values = {name.lower(): value for name, value in said.items()}

    @property
    def name(self) -> str:
        """Its name."""
        return _on_one_line(self._values["name"])

    @property
    def title(self) -> str:
        """What it is for, in a line."""
        return _on_one_line(self._values.get("title") or self._values.get("description", ""))

    def words(self, ask: Callable[[str], str] | None = None) -> list[str]:
        """The command line; ``ask`` lets somebody at a terminal change what is looked for, if it says so.

        Raises:
            ClientError: it is of a kind that is not known here, or cannot be read.
        """
        line = self._values.get("command", "")
        if line:
            try:
                return shlex.split(line)
            except ValueError as error:
                raise self._unusable(f"its Command cannot be read: {error}") from None
        kind = self._values.get("type", "")
        if kind != JOBS:
            raise self._unusable(
                f"it has no Command, and of its kind (Type {kind or 'missing'}) it is not known what it shows"
            )
        asks = self._values.get("promptforkeys", "").lower()
        if asks not in ("", "true", "false"):
            raise self._unusable("PromptForKeys is True or False")
        keys = {name: self._values.get(name.lower(), "") for name in _ASKED}
        known = {name.lower() for name in keys}
        for name in self.said:
            if name.lower().startswith("query") and name.lower() not in known and self.said[name]:
                raise self._unusable(f"{name} is not known here")
        if asks == "true" and ask is not None:
            keys = {name: ask(f"{_ASKED[name]} [{keys[name] or '*'}]: ") or keys[name] for name in keys}
        name, folder = keys.values()
        return [
            "jobs",
            *([f"--name={folder}"] if folder not in _EVERYTHING else []),
            *([f"--filter={name}"] if name not in _EVERYTHING else []),
        ]

    def _unusable(self, why: str) -> ClientError:
        return _unusable(f"the shortcut {self.name} of {self.file} cannot be used: {why}")


def listed(common: CommonSettings) -> list[Shortcut]:
    """The shortcuts, the first of a name alone. Raises ClientError.

    Of a list that is locked the first folder that has any is the whole, as of the servers.
    """
    found: dict[str, Shortcut] = {}
    locked = common.locked_by(LOCK)
    for folder in common.folders:
        if found and locked:
            break
        for file in WITH_SHORTCUTS:
            for shortcut in read_shortcuts(os.path.join(folder, file)):
                found.setdefault(shortcut.name.casefold(), shortcut)
    return list(found.values())


def read_shortcuts(path: str) -> list[Shortcut]:
    """The shortcuts of a file, in its order; none if it is not there. Raises ClientError."""
    found: list[Shortcut] = []
    said: dict[str, str] = {}
    for element, attributes, text in elements(path):
        if element == "property":
            said[attributes.get("name", "")] = text
        elif element == "subkey":
            if attributes.get("name", "").lower().startswith("shortcut"):
                if not any(name.lower() == "name" and _on_one_line(said[name]) for name in said):
                    raise _unusable(f"{path}: {attributes['name']} has no Name")
                found.append(Shortcut(said, path))
            said = {}
    return found


def command_line(
    name: str, commands: Commands, *, ask: Callable[[str], str] | None = None
) -> tuple[str, list[str]]:
    """The command that a shortcut runs, and everything behind it.

    Raises:
        ClientError: there is no such shortcut, or it cannot be used.
        UsageError: its command is none of the server.
    """
    there = listed(CommonSettings())
    found = next((each for each in there if each.name.casefold() == _on_one_line(name).casefold()), None)
    if found is None:
        near = did_you_mean(name, [each.name for each in there])
        raise ClientError(f"there is no shortcut {name}{near}", kind="NotFound", code="NotFound")
    word, rest = named_command(found.words(ask), commands)
    if word is None or word not in commands:
        raise UsageError(f"the shortcut {found.name} of {found.file}: there is no command {word or ''}")
    return word, rest


def asking() -> Callable[[str], str] | None:
    """Asks whoever sits at the terminal; None where nobody does."""
    return input if sys.stdin.isatty() and sys.stdout.isatty() else None


def show() -> None:
    """Print the shortcuts: name, what it is for, command."""
    for each in listed(CommonSettings()):
        try:
            line = shlex.join(each.words())
        except ClientError:
            line = ""
        print(each.name, each.title, _on_one_line(line), sep="\t")


def run(arguments: list[str]) -> int:
    """The command ``shortcut-list``. Raises ClientError, UsageError."""
    if arguments in (["-h"], ["--help"]):
        print(USAGE)
        return OK
    if not arguments:
        show()
        return OK
    word, *rest = arguments
    if word == "add" and len(rest) > 1:
        _add(rest[0], rest[1:])
    elif word == "import" and len(rest) == 1:
        _import(rest[0])
    elif word == "remove" and len(rest) == 1:
        _remove(rest[0])
    else:
        raise UsageError(USAGE.partition("\n\n")[0])
    return OK


def _add(name: str, words: list[str]) -> None:
    from .commands import load_commands

    name = _on_one_line(name)
    if not name:
        raise UsageError("the name of a shortcut is empty")
    path, commands = _written(), load_commands()
    word, rest = named_command(words, commands)
    if word is None or word not in commands:
        raise UsageError(f"there is no command {words[0]}{did_you_mean(words[0], list(commands))}")
    command_parser(commands[word], commands).take(rest)  # so that it can be
    _join(path, [Shortcut({"Name": name, "Command": shlex.join([word, *rest])}, path)])
    print(f"{name} is in {path} now.")


def _import(file: str) -> None:
    path = _written()
    if not os.path.exists(file):
        raise ClientError(f"there is no file {file}", kind="NotFound", code="NotFound")
    new = read_shortcuts(file)
    if not new:
        raise UsageError(f"{file} holds no shortcuts")
    _join(path, new)
    for each in new:
        try:
            each.words()
        except ClientError as error:
            print(f"jamswebclient: {error.message}", file=sys.stderr)
    print(f"{', '.join(each.name for each in new)}: in {path} now.")


def _remove(name: str) -> None:
    path = _written()
    there = read_shortcuts(path)
    kept = [each for each in there if each.name.casefold() != _on_one_line(name).casefold()]
    if len(kept) == len(there):
        raise ClientError(f"{path} has no shortcut {name}", kind="NotFound", code="NotFound")
    _write(path, kept)
    print(f"{name} is in {path} no more.")


def _join(path: str, new: list[Shortcut]) -> None:
    names = {each.name.casefold() for each in new}
    _write(path, [*(each for each in read_shortcuts(path) if each.name.casefold() not in names), *new])


def _write(path: str, shortcuts: list[Shortcut]) -> None:
    write_blocks(path, "Shortcuts", "Shortcut", [each.said for each in shortcuts])


def _on_one_line(text: str) -> str:
    """A text of a file as a terminal may get it, which obeys what is not printed."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _written() -> str:
    return os.path.join(CommonSettings().folder_written(LOCK, "the list of shortcuts"), WITH_SHORTCUTS[0])


def _unusable(message: str) -> ClientError:
    return ClientError(message, kind="Denied", code="Configuration")
