"""Stop a service of a home and start it anew in the same process, as it was started; jobs that run go on."""

from __future__ import annotations

import argparse
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jams.client.home import home_directory
from jams.objects.errors import ServerUnavailable

from .stop import add_service, name, over, tell, wanted

if TYPE_CHECKING:
    from jams.services.roles import Standing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_service(parser, required=True)
    parser.add_argument(
        "--timeout", type=float, default=120.0, metavar="SECONDS", help="how long to wait for each; 120"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 when a service does not answer again in time."""
    from jams.services.running import RESTARTING

    number = getattr(signal, RESTARTING, None)
    if number is None:
        raise ServerUnavailable("This system has no signal for that: say jams stop, then jams start.")
    home = home_directory(options.home)
    for found in wanted(home, options.service):
        tell(found, number)
        if not over(found, partial(_is_back, home), options.timeout):
            print(f"{name(found)} (process {found.process}) does not answer again yet; its log tells more.")
            return 1
        print(f"{name(found)} in {home} was restarted.")
    return 0


def _is_back(home: Path, before: Standing) -> bool:
    from jams.services.roles import found

    now = found(home, before.role)
    return now is not None and now.ready and now.start != before.start
