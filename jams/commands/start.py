"""Run the server until it is stopped by Ctrl+C or a signal; jobs that run then go on and are found again."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from jams.client.home import home_directory

from .output import working

if TYPE_CHECKING:
    from pathlib import Path

    from jams.security.bootstrap import FirstStart
    from jams.services.server import Process
    from jams.services.settings import Settings
    from jams.services.stopping import StopWish

PASSWORD_FILE = "administrator.password"
"""The file in the home directory with the first password, where no terminal can show it."""

SERVICES = ("all", "server", "scheduler", "executor", "web")
"""What can be started, stopped and started anew by itself."""

_OVERRIDES = {"listen": "ListenAddress", "web_port": "WebPort", "server_port": "ServerPort"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "service",
        nargs="?",
        choices=SERVICES,
        help="server, scheduler or executor: that service alone, as a process beside the others; web: the "
        "web services in front of the JAMSServer that Common.config names; all: everything in one process "
        "(default)",
    )
    parser.add_argument("--role", choices=SERVICES, help="the same")
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
            from jams.services.descriptors import keep_to_ourselves
            from jams.services.roles import Role
            from jams.services.running import begin_anew
            from jams.services.server import Process
            from jams.services.systemd import tell_ready

            keep_to_ourselves()
            process = Process(configured(options), Role(options.role or options.service or "all"))
            stop = begin(process, stack)
        tell_ready()
        announce(process)
        print("Press Ctrl+C to stop.", flush=True)
        stop.wait()
    if process.restart_wanted:
        begin_anew()
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


def begin(process: Process, stack: ExitStack) -> StopWish:
    """Start the process for as long as the stack is open; give the wish that it stops.

    The administrator's password is told when there is one, even if the start fails after it was made.
    """
    from jams.services.running import running

    try:
        with working("Starting JAMS"):
            return stack.enter_context(running(process))
    finally:
        if process.first_start is not None:
            tell_password(process.first_start, process.settings.home)


def tell_password(first: FirstStart, home: Path) -> None:
    """Show the first password to a person; what goes elsewhere is kept there, so it goes into a file."""
    from jams.security.files import write_private

    if sys.stdout is not None and sys.stdout.isatty():
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
    from jams.services.roles import Role

    apart = process.run_accounts is not None and process.run_accounts.separate
    executes = process.role in (Role.ALL, Role.EXECUTOR)
    warned = executes and hasattr(os, "geteuid") and os.geteuid() == 0 and not apart
    if warned:
        print(
            "jams: JAMS runs as root, and so does every job: whoever may define a job may do everything on "
            "this machine. Name an account for jobs in DefaultJobAccount, or run JAMS under one of its own.",
            file=sys.stderr,
        )
    who = "JAMS" if process.role is Role.ALL else process.role.service
    print(f"{who} {'waits for a database' if process.lacks else 'is ready'} in {process.settings.home}")
    if process.wire_port is not None:
        print(f"  JAMServer     port {process.wire_port}")
    if process.url is not None:
        print(f"  web services  {process.url}")
        print(f"  API page      {process.url}/swagger")
        print(f"  WSDL          {process.url}/soap?wsdl")
    for place in process.power_shell:
        print(f"  PowerShell    {place}")
    if process.run_accounts is not None and not warned:
        print(f"  jobs          {process.run_accounts.told()}")
    print(end="", flush=True)
