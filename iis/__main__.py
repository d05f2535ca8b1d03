"""``python -m iis web-config``: write the ``web.config`` for IIS from the configuration of a home."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from jams.client.home import home_directory
from jams.objects.errors import JAMSError
from jams.services.configuration import load

from .hosting import add_options
from .web_config import Hosting, web_config


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code is 0, or 1 when the configuration cannot be used."""
    options = _parser().parse_args(arguments)
    home = home_directory(options.home)
    hosting = Hosting(options.python, home, options.role, options.processes)
    try:
        text = web_config(hosting, load(home).settings)
        if options.output is None:
            sys.stdout.write(text.decode())
            return 0
        # The handler does not make the directory of its log.
        hosting.stdout_log.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_bytes(text)
    except JAMSError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"Written: {options.output}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m iis", description="Hosting under IIS.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser("web-config", help="write web.config for HttpPlatformHandler")
    add_options(command)
    command.add_argument("--output", type=Path, help="file to write; standard output if not given")
    command.add_argument(
        "--python", type=Path, default=Path(sys.executable), help="the interpreter to start; this one"
    )
    command.add_argument(
        "--processes", type=int, choices=range(1, 101), default=1, metavar="1-100", help="processes to start"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
