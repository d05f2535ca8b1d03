"""Stop the services of a home, as Ctrl+C would; jobs that run then go on and are found again."""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jams.client.home import home_directory
from jams.objects.errors import ServerUnavailable

from .output import working
from .start import SERVICES

if TYPE_CHECKING:
    from pathlib import Path

    from jams.services.roles import Standing

_EVERY = 0.1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_service(parser)
    parser.add_argument(
        "--timeout", type=float, default=60.0, metavar="SECONDS", help="how long to wait for its end; 60"
    )


def add_service(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """The argument that says which services are meant."""
    if required:
        parser.add_argument("service", choices=SERVICES, help="which one; all: all that run")
        return
    parser.add_argument(
        "service", nargs="?", choices=SERVICES, default="all", help="which one; all that run, if not given"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 when a service is not over in time."""
    home = home_directory(options.home)
    # The last that was started is the first to stop: who is stopped finds those on which it stands.
    for found in reversed(wanted(home, options.service)):
        tell(found, signal.SIGTERM)
        if not over(found, _has_stopped, options.timeout):
            print(f"{name(found)} (process {found.process}) has been told to stop, and is not over yet.")
            return 1
        print(f"{name(found)} in {home} has stopped.")
    return 0


def wanted(home: Path, service: str) -> Sequence[Standing]:
    """The processes that are meant, in the order in which they are started.

    Raises:
        ServerUnavailable: there is none, or the service runs in one process with the others.
    """
    from jams.services.roles import Role, found, running_in

    running = running_in(home)
    if service == "all":
        if running:
            return running
        raise ServerUnavailable(f"No server runs in {home}.")
    one = found(home, Role(service))
    if one is not None:
        return [one]
    if any(each.role is Role.ALL for each in running):
        raise ServerUnavailable(
            f"The services of {home} run together in one process: stop or restart all of it, or start them "
            "apart from each other (jams start scheduler)."
        )
    raise ServerUnavailable(f"No {Role(service).service} runs in {home}.")


def tell(found: Standing, number: int) -> None:
    """Send a signal to a service. Raises ServerUnavailable."""
    try:
        os.kill(found.process, number)
    except (ProcessLookupError, PermissionError) as error:
        raise ServerUnavailable(f"Process {found.process} cannot be told: {error.strerror}.") from None


def over(found: Standing, is_over: Callable[[Standing], bool], seconds: float) -> bool:
    """Wait until a service has done what it was told; whether it has in time."""
    until = time.monotonic() + seconds
    with working(f"Waiting for {name(found)}"):
        while not is_over(found):
            if time.monotonic() > until:
                return False
            time.sleep(_EVERY)
    return True


def name(found: Standing) -> str:
    """What a process is called in sentences."""
    from jams.services.roles import Role

    return "The server" if found.role is Role.ALL else found.role.service


def _has_stopped(found: Standing) -> bool:
    return not _runs(found.process)


def _runs(process: int) -> bool:
    """Whether the process is there still; one that nobody has waited for yet is over."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        if os.path.isdir("/proc/self"):
            return False
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
