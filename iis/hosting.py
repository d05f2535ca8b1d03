"""The process that HttpPlatformHandler starts: the web services on the port that it names.

The handler puts the port into ``HTTP_PLATFORM_PORT``, connects over the loopback address, takes standard
output as its log and stops the process by a console event (Ctrl+C; on Linux, for tests, a signal).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from jams.client.home import home_directory
from jams.objects.errors import ConfigurationInvalid, JAMSError
from jams.services.configuration import load
from jams.services.roles import Role
from jams.services.running import running
from jams.services.server import Process
from jams.services.settings import Settings

PORT_VARIABLE = "HTTP_PLATFORM_PORT"
"""The environment variable in which the handler names the port (HttpPlatformHandler reference)."""

_LOOPBACK = "127.0.0.1"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; the exit code is 0 after an orderly stop and 1 when the start fails."""
    options = _parser().parse_args(arguments)
    try:
        settings = hosted_settings(options.home, os.environ)
        role = Role(options.role)
        if role is Role.ALL and settings.web_services != "embedded":
            raise ConfigurationInvalid(
                "WebServices is separate: take --role web, or set it to embedded.", target="WebServices"
            )
        process = Process(settings, role)
        with running(process) as stop:
            print(f"The web services answer at {settings.public_url}.", flush=True)
            tell_first_start(process)
            stop.wait()
    except JAMSError as error:
        print(f"{error.code}: {error.message}", file=sys.stderr, flush=True)
        return 1
    print("The web services have stopped.", flush=True)
    return 0


def tell_first_start(process: Process) -> None:
    """Say how the administrator gets a password: the random one is not for a log, which this output is."""
    if process.first_start is not None:
        name = process.first_start.administrator
        command = f'jams account password "{name}" --home "{process.settings.home}"'
        print(f"The account {name} was made. Give it a password: {command}", flush=True)


def hosted_settings(home: str | None, environment: Mapping[str, str]) -> Settings:
    """The settings of a home, with the address and port that the handler wants.

    Raises:
        ConfigurationInvalid: the process was not started by the handler, or ``PublicUrl`` is not set: behind
            IIS nobody could guess the address to publish.
    """
    port = environment.get(PORT_VARIABLE, "")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ConfigurationInvalid(
            f"{PORT_VARIABLE} names no port: this process is to be started by HttpPlatformHandler.",
            target=PORT_VARIABLE,
        )
    found = load(home_directory(home), {"ListenAddress": _LOOPBACK, "WebPort": port})
    for warning in found.warnings:
        print(warning, file=sys.stderr)
    return checked(found.settings)


def checked(settings: Settings) -> Settings:
    """The settings, if they can be used behind IIS. Raises ConfigurationInvalid."""
    if not settings.public_url:
        raise ConfigurationInvalid(
            "Set PublicUrl in Common.config to the address that IIS serves, such as https://jams.example/JAMS.",
            target="PublicUrl",
        )
    return settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m iis.hosting", description=main.__doc__)
    add_options(parser)
    return parser


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that say what is hosted."""
    parser.add_argument("--home", help="the home directory, which holds Common.config")
    parser.add_argument(
        "--role",
        choices=("web", "all"),
        default="web",
        help="web: the web services in front of the JAMServer that Common.config names (default); all: the "
        "JAMServer as well, which then lives and dies with the application pool",
    )


if __name__ == "__main__":
    sys.exit(main())
