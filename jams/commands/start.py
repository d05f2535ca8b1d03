"""Run the server until it is stopped by Ctrl+C or a signal; jobs that run then go on and are found again."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from jams.client.home import home_directory

from .output import working

if TYPE_CHECKING:
    from pathlib import Path

    from jams.security.bootstrap import FirstStart
    from jams.services.server import Process
    from jams.services.settings import Settings

PASSWORD_FILE = "administrator.password"
"""The file in the home directory with the first password, where no terminal can show it."""

_OVERRIDES = {"listen": "ListenAddress", "web_port": "WebPort", "server_port": "ServerPort"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "--role",
        choices=("all", "server", "web"),
        default="all",
        help="all: the JAMServer with its web services (default); server: the JAMServer alone; web: the web "
        "services in front of the JAMServer that Common.config names",
    )
    add_overrides(parser)


def add_overrides(parser: argparse.ArgumentParser) -> None:
    """The options that win over Common.config."""
    parser.add_argument("--listen", metavar="ADDRESS", help="instead of ListenAddress")
    parser.add_argument("--web-port", metavar="PORT", help="instead of WebPort; 0 is any free port")
    parser.add_argument("--server-port", metavar="PORT", help="instead of ServerPort; 0 is any free port")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.services import garbage

    with ExitStack() as stack:
        with garbage.starting():
            from jams.services.running import wait_for
            from jams.services.server import Process, Role

            process = Process(configured(options), Role(options.role))
            stop = begin(process, stack)
        announce(process)
        print("Press Ctrl+C to stop.", flush=True)
        wait_for(stop)
    return 0


def configured(options: argparse.Namespace) -> Settings:
    """The settings of the home, with what the options override.

    Raises:
        ConfigurationInvalid: see :func:`jams.services.configuration.load`.
    """
    from jams.services.configuration import load

    given = {key: getattr(options, name, None) for name, key in _OVERRIDES.items()}
    found = load(home_directory(options.home), {key: value for key, value in given.items() if value})
    for warning in found.warnings:
        print(f"jams: {warning}", file=sys.stderr)
    return found.settings


def begin(process: Process, stack: ExitStack) -> threading.Event:
    """Start the process for as long as the stack is open; the event is set when somebody wants it to stop.

    The administrator's password is told when there is one, even if the start fails after it was made.
    """
    from jams.services.running import running

    try:
        with working("Starting JAMS"):
            return stack.enter_context(running(process))
    finally:
        if process.first_start is not None:
            _tell_password(process.first_start, process.settings.home)


def _tell_password(first: FirstStart, home: Path) -> None:
    """Show the first password to a person; what goes elsewhere is kept there, so it goes into a file."""
    from jams.security.files import write_private

    if sys.stdout.isatty():
        print(f"The account {first.administrator} was made. Its password, shown only now: {first.password}")
        return
    file = home / PASSWORD_FILE
    write_private(file, f"{first.password}\n".encode())
    print(
        f"The account {first.administrator} was made. Its password is in {file}, which nobody else can read: "
        "take it from there and delete the file."
    )


def announce(process: Process) -> None:
    """Say where everything is, and what it means if the server is root."""
    from jams.services.server import Role

    if process.role is not Role.WEB and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(
            "jams: JAMS runs as root, and so does every job: whoever may define a job may do everything on "
            "this machine. Run it under an account of its own.",
            file=sys.stderr,
        )
    print(f"JAMS is ready in {process.settings.home}")
    if process.wire_port is not None:
        print(f"  JAMServer     port {process.wire_port}")
    if process.url is not None:
        print(f"  web services  {process.url}")
        print(f"  API page      {process.url}/swagger")
        print(f"  WSDL          {process.url}/soap?wsdl")
    if process.wsman_url is not None:
        print(f"  PowerShell    {process.wsman_url}")
    print(end="", flush=True)
