"""Run the server with sample jobs, and show what it does with some of them, within a minute.

One is submitted through SOAP and one through REST; one waits for another, one fails and is tried again, and
one runs by itself at its time. Running it again finds everything that it made the first time.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from typing import TYPE_CHECKING

from .output import for_this_home
from .ps import module_folder
from .start import add_overrides, announce, begin, configured

if TYPE_CHECKING:
    from jams.services.server import Process


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add_overrides(parser)
    parser.add_argument(
        "--exit-when-done", action="store_true", help="stop when all was shown, instead of at Ctrl+C"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 when one of the jobs did not do what it is there for."""
    from jams.services.server import Process

    process = Process(configured(options))
    with ExitStack() as stack:
        stop = begin(process, stack)
        announce(process)
        succeeded = _show(process)
        _explain(process)
        if not options.exit_when_done:
            print("The server goes on. Press Ctrl+C to stop.", flush=True)
            stop.wait()
    return 0 if succeeded else 1


def _show(process: Process) -> bool:
    """Install the samples, then show some of them; whether each did what it is there for."""
    from jams.client.home import let_in, read_login
    from jams.client.server import Server
    from jams.objects.errors import ConfigurationInvalid
    from jams.services import samples

    from . import engine_tour, tour

    home = process.settings.home
    login = read_login(home)
    if login is None or process.url is None:
        raise ConfigurationInvalid("The demonstration needs embedded web services; see WebServices.")
    with Server(home=home) as server:
        made = samples.install(server)
        print(f"Sample jobs in {samples.FOLDER}: {f'{len(made)} made' if made else 'found'}.", flush=True)
        on_time = engine_tour.OnTime(server, samples.FOLDER)
        on_time.plan()
        url, token = process.local_url, let_in(login).token
        shown = [
            tour.over_soap(url, token, f"{samples.FOLDER}\\Greeting", {"Who": "SOAP"}),
            tour.over_rest(url, token, f"{samples.FOLDER}\\SleepJob", {"Seconds": "1"}),
            engine_tour.dependency(server, samples.FOLDER),
            engine_tour.retry(server, samples.FOLDER),
            on_time.show(),
        ]
    return all(shown)


def _explain(process: Process) -> None:
    home = process.settings.home
    print("From another terminal:")
    print(f"  {for_this_home(home)}")
    print("  jamswebclient schedule")
    print("  jamswebclient entries")
    print("  jamswebclient submit '\\Samples\\HelloPython' --follow")
    print(f"  API page {process.url}/swagger, WSDL {process.url}/soap?wsdl")
    print("In PowerShell:")
    print(f"  $env:JAMS_HOME = '{home}'; Import-Module '{module_folder()}'")
    print("  Submit-JAMSEntry \\Samples\\SleepJob | Wait-JAMSEntry | Get-JAMSLog", flush=True)
