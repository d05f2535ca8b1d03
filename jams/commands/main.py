"""The command ``jams``: runs and administers a JAMS server on the machine where it lives.

What a JAMS server does for its callers is the business of ``jamswebclient`` and the other faces. Each command
is a module of its own and is imported only when it is asked for.

Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 denied, 5 conflict, 7 unavailable or not configured.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from jams.objects.errors import ErrorKind, JAMSError

COMMANDS = {
    "start": "run the server until it is stopped",
    "demo": "run the server with sample jobs, submit two of them and follow them",
    "status": "say whether the server of a home runs, and how it fares",
    "account": "administer accounts and groups",
    "credential": "store the passwords that jobs need on other hosts",
    "certificate": "make a self-signed certificate for development",
    "ps": "let PowerShell in: the lines for an SSH server, or one session over standard input and output",
    "config": "show the settings in effect, or the sample configuration",
}

_EXIT_CODES = {
    ErrorKind.INVALID: 2,
    ErrorKind.NOT_FOUND: 3,
    ErrorKind.DENIED: 4,
    ErrorKind.UNAUTHENTICATED: 4,
    ErrorKind.CONFLICT: 5,
    ErrorKind.UNAVAILABLE: 7,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given[0] if given else "--help"
    if name not in COMMANDS:
        return _top(given)
    command = import_module(f"jams.commands.{name}")
    parser = _Parser(prog=f"jams {name}", description=command.__doc__)
    command.add_arguments(parser)
    try:
        return int(command.run(parser.parse_args(given[1:], argparse.Namespace(home=None))))
    except JAMSError as error:
        print(f"jams: {error.message}", file=sys.stderr)
        return _EXIT_CODES.get(error.kind, 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


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
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {about}" for name, about in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="jams",
        description="Runs and administers a JAMS server on this machine.",
        epilog=f"commands:\n{listed}\n\njams COMMAND --help tells more.",
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
