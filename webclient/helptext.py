"""What ``--help`` says, made from the descriptions."""

from __future__ import annotations

from .client_errors import EXIT_CODES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .commands import Command, Commands, Member

CONNECTION_OPTIONS = {
    "--server": ("URL", "the web services, as https://jams.example/JAMS"),
    "--user": ("NAME", "account; its password comes from --password-file, JAMS_PASSWORD or a prompt"),
    "--password-file": ("FILE", "file whose first line is the password; - is standard input"),
    "--token-file": ("FILE", "file that holds an access token"),
    "--profile": ("NAME", "server and account under a name of your own; a login with it makes it"),
    "--home": ("DIR", "home directory of a JAMS on this machine, whose local login is used"),
    "--ca-file": ("FILE", "certificates (PEM) that the server's certificate must lead to"),
    "--request-timeout": ("SPAN", "how long one answer may take; 30 seconds by default"),
}
"""The options that say where the server is and who calls, each with what its value is called."""

INTRODUCTION = "Work with a JAMS server: submit jobs, watch and steer them, keep their definitions."

VALUED = {*CONNECTION_OPTIONS, "--protocol", "--output", "-o"}
"""The options of every command that take a value."""

PATH = "what it is called, with the path of its folder if it lies in one, as \\Sales\\Load"

TEMPLATE = "take the document of this one and change it"

_METAVARS = {
    "integer": "NUMBER",
    "number": "NUMBER",
    "time": "TIME",
    "date": "DATE",
    "map": "NAME=VALUE",
    "object": "JSON",
}

OWN_COMMANDS = {
    "completion": "Print the completion script of a shell",
    "help": "Show the help of a command",
    "server-list": "Show the servers that have names, or change which have",
    "shortcut": "Run a command that has a name of its own",
    "shortcut-list": "Show the commands that have names, or change which have",
}
"""The commands that are no operation."""

FORMS = {
    "table": "aligned, with local times; the default on a terminal",
    "plain": "values between tabs, without headings; the default elsewhere",
    "json": "as the server says it",
    "ndjson": "one JSON value a line",
    "yaml": "the same as YAML",
}
"""The forms of output and what they are."""


def overview(commands: Commands) -> str:
    """What the program is for, and the commands by family."""
    from textwrap import wrap

    lines = []
    width = max(len(word) for word in commands) + 4
    families = {**commands.by_service(), "shell": list(OWN_COMMANDS.items())}
    for family, members in families.items():
        lines.append(f"{family.lower()}:")
        lines += [_listed(word, summary.partition(". ")[0].rstrip("."), width) for word, summary in members]
    return "\n".join([*wrap(INTRODUCTION, _width()), "", *lines])


def closing() -> str:
    """What the forms of output are for, and the exit codes."""
    forms = [_listed(form, purpose, 10) for form, purpose in FORMS.items()]
    return "\n".join(["output (-o):", *forms, "", *exit_codes()])


def exit_codes() -> list[str]:
    """The exit codes, one a line."""
    return ["exit codes:", *(_listed(str(code), meaning, 6) for code, meaning in EXIT_CODES.items())]


def description(command: Command, places: list[tuple[str, str]]) -> str:
    """What the command does, and what is given to it by position."""
    from textwrap import fill

    told = f"{command.summary}\n\n{command.description}".strip()
    parts = [fill(_plain(" ".join(part.split())), _width()) for part in told.split("\n\n")]
    if places:
        parts.append("arguments:\n" + "\n".join(_listed(metavar, about, 24) for metavar, about in places))
    return "\n\n".join(parts)


def epilog(command: Command) -> str:
    """What stands below the options."""
    return "\n".join(exit_codes()) if command.starts or command.ending else ""


def _listed(name: str, about: str, width: int) -> str:
    """A name and what it is, with what does not fit into the line below it."""
    from textwrap import wrap

    first, *rest = wrap(_plain(about), max(_width() - width, 20)) or [""]
    head = f"  {name}".ljust(width)
    return "\n".join([head + first, *(" " * width + line for line in rest)])


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns - 2


def metavar(member: Member) -> str:
    """What the value of an option is called."""
    many = ",..." if member.many and member.kind not in ("text", "object", "any") else ""
    if member.kind == "enum":
        return member.name.rpartition("_")[2].upper() + many
    return _METAVARS.get(member.kind, "TEXT") + many


def place_help(command: Command, item: Member, *, keyed: bool) -> str:
    """The help of what is given by position."""
    if keyed:
        return " or ".join(_plain(command.input(name).help).rstrip(".") for name in command.key)
    return _plain(item.help).rstrip(".")


def document_place_help(command: Command) -> str:
    """The help of what says which object is changed, where the document can say it itself."""
    return f"{place_help(command, command.input(command.key[0]), keyed=True)}; or else the document says it"


def follow(command: Command) -> str:
    """The help of ``--follow``."""
    if command.starts:
        return "show the log as it grows, until the end; the exit code tells how it ended"
    if command.feed:
        return "go on showing what happens, until Ctrl+C; from now on, if not told otherwise"
    return "go on showing what is new until the end; the exit code tells how it ended"


def member_help(member: Member, commands: Commands) -> str:
    """The help of an option, with the values it may take. Percent signs would be argparse's."""
    parts = [_plain(member.help).rstrip(".")] if member.help else []
    if member.kind == "enum":
        parts.append(f"{'some' if member.many else 'one'} of {', '.join(commands.enums[member.of])}")
    elif member.kind == "time" and not member.help:
        parts.append("a time")
    return "; ".join(parts).replace("%", "%%") or member.name.replace("_", " ")


def _plain(text: str) -> str:
    return text.replace("``", "'")
