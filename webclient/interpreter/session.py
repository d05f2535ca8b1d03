"""One session of the interpreter: lines in, what JAMSWebClient does out, and the exit codes of that."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from .. import client_errors
from ..client_errors import INTERRUPTED, OK, ClientError, UsageError
from ..client_settings import Settings, logins_file
from ..commands import Command, Commands, load_commands
from ..options import Parsed, command_parser
from ..places import write_private
from ..run import Run
from ..values import read_text
from .helping import explain, overview
from .lines import Item, Line, read_line
from .qualifiers import option_words
from .verbs import OWN, Verbs

DEEPEST = 8
"""How many files may be within each other."""

_ASIDE = re.compile(r"\(see jamswebclient ([a-z-]+) --help\)")
_LOGIN = re.compile(r"\(jamswebclient login --server (\S+)\)")


class Leave(Exception):
    """Somebody has said EXIT."""


class Session:
    """What is connected, and what lines do.

    Attributes:
        commands: all commands.
        verbs: what they are called here.
        given: the settings of the connection, as options of JAMSWebClient.
        connected: the server that is spoken to, or None.
    """

    def __init__(self, *, interactive: bool = False, ask: Callable[[str], str] | None = None) -> None:
        """``ask`` asks the person at the terminal for a value."""
        self.commands: Commands = load_commands()
        self.verbs = Verbs(self.commands)
        self.given: dict[str, Any] = {}
        self.connected: str | None = None
        self._interactive = interactive
        self._ask = ask
        self._depth = 0

    def run(self, text: str) -> int:
        """Run one line; its exit code. What goes wrong is said in one line on standard error.

        Raises:
            Leave: the line says EXIT.
        """
        try:
            return self._run(text)
        except SystemExit as end:
            return int(end.code or 0)
        except ClientError as error:
            return self._told(error)
        except KeyboardInterrupt as interrupt:
            print(f"\n{client_errors.PROGRAM}: {interrupt or 'interrupted'}", file=sys.stderr)
            return INTERRUPTED

    def begin(self) -> None:
        """Find a server: the last one, else the one on this machine. Says which, or what to do."""
        try:
            self._connect(Line((), ()))
        except ClientError as error:
            self._told(error)
            print("Not connected. CONNECT server does that; HELP tells more.", file=sys.stderr)

    def _run(self, text: str) -> int:
        text = text.strip()
        if text.startswith("$"):  # as procedures of DCL have it
            text = text[1:].strip()
        if text.startswith("@"):
            return self._file(text[1:].split("!")[0].strip().strip('"'))
        line = read_line(text)
        if not line.places and not line.qualifiers:
            return OK
        word, phrase = self.verbs.find(line)
        used = len(phrase)
        rest = Line(line.places[used:], line.qualifiers)
        if word in OWN:
            return self._own(word, rest)
        self._check_connected()
        return self._operation(word, " ".join(phrase), rest)

    def _check_connected(self) -> None:
        if self._interactive and self.connected is None:
            raise ClientError(
                "not connected; CONNECT server does that", kind="Unauthenticated", code="NotConnected"
            )

    def _own(self, verb: str, line: Line) -> int:
        if verb in ("EXIT", "QUIT"):
            raise Leave
        if verb == "HELP":
            words = [place[0].whole for place in line.places]
            print(explain(self.verbs, self.commands, words) if words else overview(self.verbs, self.commands))
            return OK
        if verb == "DISCONNECT":
            self.connected, self.given = None, {}
            print("Not connected any more.")
            return OK
        if verb == "USE":
            return self._shortcut(line)
        return self._connect(line)

    def _shortcut(self, line: Line) -> int:
        from ..shortcuts import command_line, show

        if line.qualifiers or len(line.places) > 1:
            raise UsageError("USE takes the name of a shortcut and no qualifiers")
        if not line.places:
            show()
            return OK
        word, rest = command_line(line.places[0][0].whole, self.commands, ask=self._ask)
        self._check_connected()
        command = self.commands[word]
        return self._one(command, command_parser(command, self.commands).take(rest))

    def _operation(self, word: str, verb: str, line: Line) -> int:
        command = self.commands[word]
        if command.key and not line.places and not line.qualifiers:
            command = self.commands[self.verbs.plural_of(word) or word]
        parser = command_parser(command, self.commands)
        options = [each for given in line.qualifiers for each in option_words(verb, parser, given)]
        code = OK
        for places in _each(command, line.places):
            more = self._prompted(command, places, line)
            parsed = parser.take([*options, *more, "--", *places] if places else [*options, *more])
            code = self._one(command, parsed) or code
        return code

    def _one(self, command: Command, parsed: Parsed) -> int:
        parsed.settings = {**self.given, **parsed.settings}
        if command.session:
            code = Run(command, parsed, Settings(parsed.settings), self.commands)()
            self.connected = None if command.session == "closes" else self.connected
            return code
        return Run(command, parsed, Settings(parsed.settings), self.commands)()

    def _prompted(self, command: Command, places: list[str], line: Line) -> list[str]:
        """Values for the parameters that have none, from the person at the terminal."""
        wanted = next((item for item in command.inputs if item.kind == "map"), None)
        if self._ask is None or wanted is None or not command.starts or not places:
            return []
        if any(given.name.upper().replace("_", "-").startswith("NOPR") for given in line.qualifiers):
            return []
        typed = {item.text.casefold() for given in line.qualifiers for item in given.values}
        found = []
        for each in self._parameters(command, places[0]):
            name, given = str(each.get("paramName")), each.get("paramValue")
            if given in (None, "") and name.casefold() not in typed and each.get("allowEntry", True):
                value = self._ask(f"_{each.get('prompt') or name}: ")
                if value:
                    found.append(f"{wanted.option}={name}={value}")
        return found

    def _parameters(self, command: Command, name: str) -> list[dict[str, Any]]:
        """The parameters of what is submitted, as the server fills them in for a form; or none."""
        forms = (self.commands[word] for word in self.commands)
        form = next((each for each in forms if each.template and each.starts == command.starts), None)
        if form is None or form.template is None:
            return []
        asked = self.commands.by_operation(form.template)
        from ..calls import Caller

        caller = Caller(Settings(self.given), self.commands, interactive=False)
        try:
            found = caller.call(asked, {asked.key[0]: name})
        except ClientError:
            return []  # the submission itself says what is wrong
        finally:
            caller.close()
        return [each for each in found.get("parameters") or [] if isinstance(each, dict)]

    def _connect(self, line: Line) -> int:
        """CONNECT: log in where a user is named, else as whoever is known there; the server is remembered."""
        named = {"USERNAME": "user", "PASSWORD": "password"}
        said: dict[str, str] = {}
        for given in line.qualifiers:
            found = [each for each in named if given.name and each.startswith(given.name.upper())]
            if len(found) != 1 or len(given.values) != 1:
                raise UsageError("CONNECT has the qualifiers /USERNAME=name and /PASSWORD=text")
            said[named[found[0]]] = given.values[0].whole
        if len(line.places) > 1:
            raise UsageError("CONNECT takes one server")
        given_settings = {"server": line.places[0][0].whole} if line.places else {}
        settings = Settings(given_settings)
        server = settings.server
        opening = self.commands.opening()
        with _password(said.get("password")):
            if "user" in said or "password" in said:
                places = [said["user"]] if "user" in said else []
                self._one_at(opening, places, {**given_settings, "server": server})
        who = self._whoami(given_settings)
        self.given, self.connected = given_settings, server
        _remember(settings, server)
        print(f"Connected to {server} as {who}.")
        return OK

    def _one_at(self, command: Command, places: list[str], settings: dict[str, Any]) -> None:
        parsed = command_parser(command, self.commands).take(places)
        parsed.settings = settings
        Run(command, parsed, Settings(settings), self.commands)()

    def _whoami(self, settings: dict[str, Any]) -> str:
        from ..calls import Caller

        caller = Caller(Settings(settings), self.commands, interactive=False)
        try:
            answer = caller.call(self.commands.by_operation("who_am_i"), {})
        finally:
            caller.close()
        return str(answer.get("username") or "nobody")

    def _file(self, name: str) -> int:
        """Run the lines of a file, up to the first that fails; its exit code."""
        if not name:
            raise UsageError("write @ and the name of a file")
        if self._depth >= DEEPEST:
            raise UsageError(f"{name}: files are within each other more than {DEEPEST} deep")
        if not os.path.exists(name) and os.path.exists(f"{name}.jcl"):
            name = f"{name}.jcl"
        self._depth += 1
        interactive, self._interactive = self._interactive, False
        try:
            for number, text in _lines(read_text(name)):
                try:
                    code = self.run(text)
                except Leave:
                    return OK
                if code != OK:
                    print(f"{client_errors.PROGRAM}: {name} ends at line {number}: {text}", file=sys.stderr)
                    return code
        finally:
            self._depth -= 1
            self._interactive = interactive
        return OK

    def _told(self, error: ClientError) -> int:
        line = " ".join(error.message.split())
        line = _ASIDE.sub(lambda found: f"(see HELP {found[1].replace('-', ' ').upper()})", line)
        line = _LOGIN.sub(lambda found: f"(CONNECT {found[1]} /USERNAME=name)", line)
        print(f"{client_errors.PROGRAM}: {line}", *error.more, sep="\n", file=sys.stderr)
        return error.exit_code


class _password:
    """A password for the time of a ``with`` block, where a login looks for it."""

    def __init__(self, password: str | None) -> None:
        self._password = password
        self._before = os.environ.get("JAMS_PASSWORD")

    def __enter__(self) -> None:
        if self._password is not None:
            os.environ["JAMS_PASSWORD"] = self._password

    def __exit__(self, *_: object) -> None:
        if self._password is None:
            return
        if self._before is None:
            os.environ.pop("JAMS_PASSWORD", None)
        else:
            os.environ["JAMS_PASSWORD"] = self._before


def _remember(settings: Settings, server: str) -> None:
    """Let the next session begin at the server, if a login is kept for it."""
    logins = settings.logins
    if server in logins.get("servers", {}) and logins.get("current") != server:
        logins["current"] = server
        write_private(logins_file(), logins)


def _each(command: Command, places: tuple[tuple[Item, ...], ...]) -> list[list[str]]:
    """What is given by position, once for each of the things that a list names first."""
    if not places:
        return [[]]
    first, *rest = places
    many = next((command.input(name).many for name in command.positional[:1]), False)
    further = [part for place in rest for part in _parts(place)]
    if many:
        return [[",".join(item.whole for item in first), *further]]
    if len(first) == 1:
        return [[*_parts(first), *further]] if len(command.positional) > 1 else [[first[0].whole, *further]]
    return [[item.whole, *further] for item in first]


def _parts(place: tuple[Item, ...]) -> list[str]:
    """``name=value`` as two places; a list as one."""
    if len(place) == 1 and place[0].value is not None:
        return [place[0].text, place[0].value]
    return [",".join(item.whole for item in place)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a procedure with their numbers; one that ends in a hyphen goes on in the next."""
    begun, number = "", 0
    for at, line in enumerate(text.splitlines(), start=1):
        number = number if begun else at
        whole = f"{begun} {line.strip()}".strip() if begun else line.strip()
        if whole.endswith("-") and not whole.lstrip("$ ").startswith("!"):
            begun = whole[:-1]
            continue
        begun = ""
        if whole and whole != "$":
            yield number, whole
    if begun:
        yield number, begun
