"""The command ``jams``: runs and administers a JAMS server on the machine where it lives.

What a JAMS server does for its callers is the business of ``jamswebclient`` and the other faces. Each command
is a module of its own and is imported only when it is asked for.

Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 denied, 5 conflict, 7 unavailable or not configured.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from webclient.streams import with_streams

COMMANDS = {
    "start": "run the server, or one of its services, until it is stopped",
    "stop": "stop the server of a home, or one of its services",
    "restart": "stop the server of a home, or one of its services, and start it anew",
    "demo": "run the server with sample jobs, submit two of them and follow them",
    "nightly": "run the nightly setup of the samples, and its twin that fails and is resumed",
    "status": "say whether the server of a home runs, and how it fares",
    "service": "have systemd run the services, confined as each can be",
    "doctor": "say what is missing or unsafe on this machine, and how to mend it",
    "account": "administer accounts and groups",
    "credential": "store the passwords that jobs need on other hosts",
    "certificate": "make a self-signed certificate for development",
    "addon": "add what packages beside the server bring, or remove it",
    "client": "copy the command-line client into a folder that runs without installation",
    "ps": "let PowerShell in: the lines for an SSH server, or one session over standard input and output",
    "config": "show the settings in effect, or the sample configuration",
}

_INTERPRETER = """\
the interpreter:
  jams                    on a terminal: JAMS>, where HELP tells all verbs
  jams VERB ...           one line of it: jams submit Load /AFTER=18:00 /WAIT
  jams @nightly.jcl       the lines of a file, up to the first that fails
Its exit codes are those of jamswebclient."""

NOT_CONFIGURED = 7

_WIDTH = 79

_ALSO_VERBS = ("start", "stop", "restart")
"""Commands that take one of the words below, but begin lines of the interpreter with others: START QUEUE."""

_SERVICES = ("all", "server", "scheduler", "executor", "web")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return with_streams("jams", lambda: _main(given), gone=1)


def _main(given: list[str]) -> int:
    if _is_for_the_interpreter(given):
        from webclient.interpreter.main import main as interpret

        return interpret(given)
    name = given[0] if given else "--help"
    if name not in COMMANDS:
        return _top(given)
    try:
        # Where the client alone is installed, the libraries below this are not there.
        from jams.objects.errors import JAMSError

        from .exit_codes import exit_code

        command = import_module(f"jams.commands.{name}")
    except ModuleNotFoundError as error:
        print(
            f"jams: {name} is a command of the server, which is not installed here whole ({error}); "
            "run: pip install openjams",
            file=sys.stderr,
        )
        return NOT_CONFIGURED
    parser = _Parser(prog=f"jams {name}", description=command.__doc__)
    command.add_arguments(parser)
    try:
        return int(command.run(parser.parse_args(given[1:], argparse.Namespace(home=None))))
    except JAMSError as error:
        print(f"jams: {error.message}", file=sys.stderr)
        return exit_code(error)
    except KeyboardInterrupt:
        return 130


def _is_for_the_interpreter(given: list[str]) -> bool:
    """Whether it is a line of the interpreter: no command and no option, or nothing at all on a terminal."""
    if not given:
        return sys.stdin.isatty() and sys.stdout.isatty()
    if given[0].startswith("-"):
        return False
    if given[0] not in COMMANDS:
        return True
    if len(given) == 1:
        return given[0] == "restart"  # who has forgotten the number of an entry does not mean the server
    return given[0] in _ALSO_VERBS and not given[1].startswith("-") and given[1] not in _SERVICES


class _Parser(argparse.ArgumentParser):
    """Takes what every command takes, before the word for an action and behind it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)
        self.add_argument(
            "--home",
            default=argparse.SUPPRESS,
            help="home directory; JAMS_HOME, or the user's data directory, if not given",
        )


def _top(given: list[str]) -> int:
    """Help, version, or the usage error of a command that does not exist."""
    width = max(map(len, COMMANDS)) + 4
    listed = "\n".join(
        textwrap.fill(f"  {name}".ljust(width) + about, _WIDTH, subsequent_indent=" " * width)
        for name, about in COMMANDS.items()
    )
    parser = argparse.ArgumentParser(
        prog="jams",
        description=textwrap.fill(
            "Runs and administers a JAMS server on this machine; interprets commands for any server.", _WIDTH
        ),
        epilog=f"commands:\n{listed}\n\njams COMMAND --help tells more.\n\n{_INTERPRETER}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    parser.add_argument("command", nargs="?", choices=[*COMMANDS], metavar="COMMAND")
    options = parser.parse_args(given)
    if options.version:
        from jams import __version__

        print(f"JAMS {__version__}")
    else:
        parser.print_help()
    return 0


if __name__ == "__main__":
    sys.exit(main())
