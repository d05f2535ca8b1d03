"""The entry point: one command line in, one exit code out, and no stack trace in between."""

from __future__ import annotations

import sys

from .client_errors import INTERRUPTED, SELF_FAULT, ClientError, UsageError, did_you_mean
from .streams import OutputLost, with_streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .commands import Commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return with_streams("jamswebclient", lambda: _answered(given))


def _answered(given: list[str]) -> int:
    """Run the command line; what goes wrong but with the streams is told."""
    try:
        return _run(given)
    except SystemExit as end:  # argparse has shown the help or the version
        return int(end.code or 0)
    except ClientError as error:
        return _report(error, given)
    except KeyboardInterrupt as interrupt:
        print(f"\njamswebclient: {interrupt or 'interrupted'}", file=sys.stderr)
        return INTERRUPTED
    except (BrokenPipeError, OutputLost):
        raise
    except Exception as error:
        if "-v" in given or "--verbose" in given:
            raise
        told = f"{type(error).__name__}: {error}"
        print(f"jamswebclient: a fault of its own: {told} (--verbose shows where)", file=sys.stderr)
        return SELF_FAULT


def _run(arguments: list[str]) -> int:
    from .commands import load_commands
    from .helptext import OWN_COMMANDS
    from .options import command_parser, general_parser, named_command, split_command

    word, rest = split_command(arguments)
    if word == "__complete":
        from .completion import complete

        return complete(rest)
    if word == "completion":
        from .shells import print_script

        return print_script(rest)
    if word == "server-list":
        from .listed_servers import run

        return run(rest)
    if word == "shortcut-list":
        from .shortcuts import run

        return run(rest)
    commands = load_commands()
    if word == "help":
        arguments = [*rest, "--help"]
    if word == "shortcut":
        arguments = _of_shortcut(rest, commands)
    word, rest = named_command(arguments, commands)
    if word is None:
        general_parser(commands).take(rest)
        raise UsageError("give a command (see jamswebclient --help)")
    if word not in commands:
        near = did_you_mean(word, [*commands, *OWN_COMMANDS])
        raise UsageError(f"there is no command {word}{near} (see jamswebclient --help)")
    command = commands[word]
    parsed = command_parser(command, commands).take(rest)

    from .client_settings import Settings
    from .run import Run

    if command.session == "opens":
        parsed.settings["makes_profile"] = True
    return Run(command, parsed, Settings(parsed.settings), commands)()


def _of_shortcut(arguments: list[str], commands: Commands) -> list[str]:
    """The command line that a shortcut stands for, with whatever is typed behind it."""
    from .options import split_command
    from .shortcuts import asking, command_line

    name, more = split_command(arguments)
    if name is None:
        raise UsageError("usage: jamswebclient shortcut NAME [options of its command]")
    word, rest = command_line(name, commands, ask=asking())
    return [word, *more, *rest]


def _report(error: ClientError, arguments: list[str]) -> int:
    """Say what went wrong: one line, or the whole problem where somebody wants to know, or reads JSON."""
    import json

    told = " ".join(arguments)
    as_json = any(f"{option}json" in told for option in ("-o ", "-o", "--output ", "--output="))
    line = " ".join(error.message.split())
    if as_json:
        print(json.dumps(error.problem, ensure_ascii=False), file=sys.stderr)
    else:
        print(f"jamswebclient: {line}", *error.more, sep="\n", file=sys.stderr)
        if "-v" in arguments or "--verbose" in arguments:
            print(json.dumps(error.problem, indent=2, ensure_ascii=False), file=sys.stderr)
    return error.exit_code
