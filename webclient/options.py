"""The command line of one command, made from its description.

Only the parser of the command at hand is built: all of them would take longer than a request.
"""

from __future__ import annotations

import argparse

from . import helptext, parts
from .client_errors import UsageError, did_you_mean
from .commands import plural, singular

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from .commands import Command, Commands, Member

PROGRAM = "jamswebclient"
FORMATS = ("table", "plain", "json", "ndjson", "yaml")
PROTOCOLS = ("rest", "soap")
_NONE = argparse.SUPPRESS


class Parsed:
    """What was typed, taken apart.

    Attributes:
        settings: the options that every command has, by name; only those that were given.
        values: texts for the inputs, by Python name; booleans for switches.
        members: the same for the members of a document.
        parts: texts for parts of its members, by the Python name of the member.
        properties: texts for its properties, by their names.
        places: what was given by position, in order.
        extra: the client's own options of the command: follow, wait, timeout, file.
    """

    def __init__(self, given: dict[str, Any], places: list[str]) -> None:
        self.settings: dict[str, Any] = {}
        self.values: dict[str, Any] = {}
        self.members: dict[str, Any] = {}
        self.parts: dict[str, list[str]] = {}
        self.properties: dict[str, list[str]] = {}
        self.extra: dict[str, Any] = {}
        self.places = places
        for dest, value in given.items():
            section, _, name = dest.partition(".")
            getattr(self, section)[name] = value


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and what may have been meant.

    Values given by position are told apart here: argparse takes them only with no options between.
    """

    def __init__(self, prog: str, places: list[Place], about: Callable[[], tuple[str, str]]) -> None:
        """``about`` makes what stands above and below the options; it is asked only when help is shown."""
        super().__init__(
            prog=prog,
            usage=" ".join([prog, *(place.usage for place in places), "[options]"]),
            add_help=False,
            allow_abbrev=False,
            argument_default=_NONE,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self._places = places
        self._about = about

    def format_help(self) -> str:
        """The whole help."""
        self.description, self.epilog = (text.replace("%", "%%") for text in self._about())
        return super().format_help()

    def error(self, message: str) -> Any:
        """Raise UsageError in place of leaving the process."""
        raise UsageError(f"{message} (see {self.prog} --help)")

    def _joined(self, words: list[str]) -> Iterator[str]:
        """The words; an option and a value such as ``-1h``, which argparse takes for an option, made one."""
        valued = {option for action in self._actions if action.nargs != 0 for option in action.option_strings}
        waiting = ""
        for word in words:
            if waiting:
                yield from (
                    [f"{waiting}={word}"] if word[:1] == "-" and word[1:2].isdigit() else [waiting, word]
                )
                waiting = ""
            elif word in valued and word.startswith("--"):
                waiting = word
            else:
                yield word
        if waiting:
            yield waiting

    @property
    def usage_places(self) -> list[str]:
        """What is given by position, as the usage line shows it."""
        return [place.usage for place in self._places]

    @property
    def actions(self) -> list[argparse.Action]:
        """Every option."""
        return self._actions

    def take(self, arguments: list[str]) -> Parsed:
        """Parse the arguments. Raises UsageError."""
        end = arguments.index("--") if "--" in arguments else len(arguments)
        namespace, rest = self.parse_known_args(list(self._joined(arguments[:end])))
        places = rest + arguments[end + 1 :]
        for word in rest:
            if word.startswith("-") and word != "-" and not word[1:].isdecimal():
                word = word.partition("=")[0]
                known = [option for action in self._actions for option in action.option_strings]
                self.error(f"there is no option {word}{did_you_mean(word, known)}")
        if len(places) > len(self._places) and not (self._places and self._places[-1].many):
            self.error(f"{places[len(self._places)]!r} is one value too many")
        for place in self._places[len(places) :]:
            if place.required:
                self.error(f"give {place.metavar}")
        return Parsed(vars(namespace), places)


class Place:
    """A value given by position; the last one may stand for ``many``, one behind the other."""

    def __init__(self, metavar: str, help_text: str, *, required: bool, many: bool = False) -> None:
        self.many = many
        self.metavar = metavar
        self.help = help_text
        self.required = required

    @property
    def usage(self) -> str:
        """The value in the usage line."""
        metavar = f"{self.metavar} ..." if self.many else self.metavar
        return metavar if self.required else f"[{metavar}]"


def split_command(arguments: list[str]) -> tuple[str | None, list[str]]:
    """The command word and everything else; options that every command has may stand before it."""
    index = 0
    while index < len(arguments):
        word = arguments[index]
        if not word.startswith("-") or word == "-":
            return word, arguments[:index] + arguments[index + 1 :]
        index += 2 if word in helptext.VALUED else 1
    return None, arguments


def named_command(arguments: list[str], commands: Commands) -> tuple[str | None, list[str]]:
    """The command and everything else, where it may be named by two words as well: ``job create``."""
    word, rest = split_command(arguments)
    if word is None:
        return None, rest
    second, after = split_command(rest)
    found = commands.word_of(word, second) if second is not None and second.isascii() else None
    if found is not None:
        return found, after
    if word not in commands:
        lists = plural(word) if plural(word) in commands else singular(word)
        if lists in commands:
            return lists, rest
    return word, rest


def general_parser(commands: Commands) -> Parser:
    """The parser where no command is given."""
    parser = Parser(PROGRAM, [], lambda: (helptext.overview(commands), helptext.closing()))
    parser.usage = f"{PROGRAM} COMMAND [options]"
    general = _general(parser)
    general.add_argument(
        "--version", action="version", version=f"{PROGRAM} {commands.version}", help="show the version"
    )
    return parser


def command_parser(command: Command, commands: Commands) -> Parser:
    """The parser of one command."""
    places = _places(command)

    def about() -> tuple[str, str]:
        given = [(place.metavar, place.help) for place in places]
        return helptext.description(command, given), helptext.epilog(command)

    parser = Parser(f"{PROGRAM} {command.word}", places, about)
    own = parser.add_argument_group("options")
    for item in command.inputs:
        if not _hidden(command, item):
            _add_member(own, "values", item, commands, edited=False)
    if command.session == "opens":
        _add_sign_on(own)
    _add_waiting(own, command)
    if command.document:
        _add_document(parser, own, command, commands)
    _general(parser)
    return parser


def _general(parser: Parser) -> argparse._ArgumentGroup:
    group = parser.add_argument_group("options of every command")
    group.add_argument("-h", "--help", action="help", help="show this help")
    group.add_argument(
        "-o",
        "--output",
        dest="settings.output",
        choices=FORMATS,
        metavar="FORM",
        help=f"form of what is shown: {', '.join(FORMATS)}",
    )
    group.add_argument(
        "-v", "--verbose", dest="settings.verbose", action="store_true", help="tell more, also of errors"
    )
    for option, (metavar, help_text) in helptext.CONNECTION_OPTIONS.items():
        group.add_argument(
            option, dest=f"settings.{option[2:].replace('-', '_')}", metavar=metavar, help=help_text
        )
    group.add_argument(
        "--allow-http",
        dest="settings.allow_http",
        action="store_true",
        help="send what lets you in to another machine without TLS",
    )
    group.add_argument(
        "--protocol",
        dest="settings.protocol",
        choices=PROTOCOLS,
        metavar="NAME",
        help="how to speak to the server: rest (default) or soap",
    )
    return group


def _places(command: Command) -> list[Place]:
    """What may be given by position. What is not required may be given as an option just as well."""
    if command.patches:
        return [Place("NAME|NUMBER", helptext.document_place_help(command), required=False)]
    if command.template:
        return [Place("NAME|NUMBER", helptext.TEMPLATE, required=False)]
    if command.path:
        return [Place("PATH" if len(command.path) > 1 else "NAME", helptext.PATH, required=False)]
    places = []
    for name in command.positional:
        item = command.input(name)
        keyed = name in command.key and len(command.key) > 1
        metavar = "NAME|NUMBER" if keyed else name.upper().replace("_", "-")
        required = item.required and not command.session
        told = helptext.place_help(command, item, keyed=keyed)
        places.append(Place(metavar, told, required=required, many=item.many))
    return places


def _hidden(command: Command, item: Member) -> bool:
    """Whether an input has no option: it has its place, or the client takes care of it."""
    return (
        command.session == "opens"
        or (item.required and item.name in command.positional)
        or (command.patches and item.name in command.key)
        or (command.follow is not None and item.name == command.follow["wait"])
        or (command.ending is not None and item.name == command.ending["wait"])
    )


def _add_sign_on(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--sso",
        dest="extra.sso",
        action="store_true",
        help="log in in a browser, at the issuer of OpenID Connect that the server names",
    )
    group.add_argument(
        "--device",
        dest="extra.device",
        action="store_true",
        help="with --sso: show a code that is given on another device, where there is no browser",
    )


def _add_waiting(group: argparse._ArgumentGroup, command: Command) -> None:
    if command.starts:
        group.add_argument(
            "-w",
            "--wait",
            dest="extra.wait",
            action="store_true",
            help="wait for the end; the exit code tells how it ended",
        )
    if command.starts or command.follow or command.feed:
        group.add_argument(
            "-f", "--follow", dest="extra.follow", action="store_true", help=helptext.follow(command)
        )
    if command.starts or command.ending:
        group.add_argument(
            "--timeout",
            dest="extra.timeout",
            metavar="SPAN",
            help="give up waiting after so long, as 90, 10m or 1h30m",
        )


def _add_document(parser: Parser, own: argparse._ArgumentGroup, command: Command, commands: Commands) -> None:
    assert command.document is not None
    short = [] if command.starts else ["-f"]
    own.add_argument(
        *short,
        "--file",
        dest="extra.file",
        metavar="FILE",
        help="the document as YAML or JSON; - is standard input",
    )
    own.add_argument(
        "--example",
        dest="extra.example",
        action="store_true",
        help="show a whole document, with what it means",
    )
    if command.document.get("reader"):
        own.add_argument(
            "--what-if",
            dest="extra.what_if",
            action="store_true",
            help="show what would be another, and change nothing",
        )
    group = parser.add_argument_group(
        "members of the document", "In place of what the document says. All members can be given with --file."
    )
    members = commands.document_members(command.document)
    for member in members:
        if member.kind not in ("object", "any", "map"):
            _add_member(group, "members", member, commands, edited=True)
    for member in members:
        short_form = parts.short_form(member, commands)
        if short_form is not None:
            _add_part(group, member, short_form)
    _add_properties(parser, command.document["of"], commands)


def _add_part(group: argparse._ArgumentGroup, member: Member, short: dict[str, str]) -> None:
    option = parts.option_of(member, short)
    told = (member.help or member.name).partition(":")[0].rstrip(".").replace("%", "%%")
    group.add_argument(
        option,
        dest=f"parts.{member.name}",
        action="append",
        metavar=parts.metavar_of(short),
        help=f"one or more of these: {told[:1].lower()}{told[1:]}; can be given several times",
    )


def _add_properties(parser: Parser, of: str, commands: Commands) -> None:
    """An option for each property that the document may have."""
    taken = {option for action in parser.actions for option in action.option_strings}
    taken |= {*helptext.CONNECTION_OPTIONS, "--output", "--verbose", "--help", "--allow-http", "--protocol"}
    found = [*parts.property_options(of, commands, taken)]
    if found:
        group = parser.add_argument_group("properties", "All of them are told in the guide's properties.md.")
        for option, name, about in found:
            group.add_argument(
                option,
                dest=f"properties.{name}",
                action="append",
                metavar="VALUE",
                help=about.replace("%", "%%"),
            )


def _add_member(
    group: argparse._ArgumentGroup, section: str, member: Member, commands: Commands, *, edited: bool
) -> None:
    about = helptext.member_help(member, commands)
    names = [*(f"-{alias}" if len(alias) == 1 else f"--{alias}" for alias in member.aliases), member.option]
    dest = f"{section}.{member.name}"
    if member.secret:
        pass  # every user of the machine can read what stands on a command line
    elif member.kind != "boolean":
        metavar = helptext.metavar(member)
        group.add_argument(*names, dest=dest, action="append", metavar=metavar, help=about)
    elif edited or member.default is None:
        group.add_argument(*names, dest=dest, action=argparse.BooleanOptionalAction, help=about)
    elif member.default:
        group.add_argument(f"--no-{member.option[2:]}", dest=dest, action="store_false", help=f"not: {about}")
    else:
        group.add_argument(*names, dest=dest, action="store_true", help=about)
    if member.long or member.secret:
        option = f"{member.option}-file"
        if option in helptext.CONNECTION_OPTIONS:
            option = f"--new-{option[2:]}"  # the other one is the caller's own
        group.add_argument(
            option,
            dest=f"{dest}@file",
            metavar="FILE",
            help=f"{member.name.replace('_', ' ')} from a file; - is standard input",
        )
