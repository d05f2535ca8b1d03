"""Have the system run the services, as units of systemd or on Windows.

They run for the account that owns the home.

show      print the units
install   write them, and have them started now and with the machine
remove    stop the services, and remove the units; the home stays as it is
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jams.client.home import home_directory
from jams.objects.errors import ConfigurationInvalid, NotSupported, ServerUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jams.services.settings import Settings

WINDOWS = sys.platform == "win32"

DIRECTORY = "/etc/systemd/system"
"""Where the units of a machine's administrator lie."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "action", choices=("show", "install", "remove", "host"), metavar="show, install or remove"
    )
    parser.add_argument(
        "--user",
        default="",
        help="the account of the services; the owner of the home. On Windows that of JAMSServer and "
        "JAMSScheduler; LocalSystem",
    )
    # By which Windows calls a service.
    parser.add_argument("--role", choices=("server", "scheduler", "executor"), help=argparse.SUPPRESS)
    parser.add_argument(
        "--directory", type=Path, default=Path(DIRECTORY), help=f"where units lie; {DIRECTORY}"
    )
    parser.add_argument(
        "--no-start", action="store_true", help="only write the files, and start nothing of them"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if WINDOWS:
        from .windows_service import run as run_there

        return run_there(options)
    if options.action == "host":
        raise NotSupported("Windows alone has its services hosted so.")
    if sys.platform != "linux":
        raise NotSupported("Units are for systemd: have another system start jams start at its boot.")
    settings = _settings(options)
    from jams.services.systemd import units

    made = units(settings, options.user or _owner(settings.home))
    if options.action == "show":
        for name, text in made.items():
            print(f"# {options.directory / name}\n{text}")
    elif options.action == "install":
        _install(settings, made, options)
    else:
        _remove(made, options)
    return 0


def _settings(options: argparse.Namespace) -> Settings:
    from jams.services.configuration import load

    home = home_directory(options.home)
    if not home.is_dir():
        raise ConfigurationInvalid(f"There is no home {home}; say jamsdba INSTALL first.")
    return load(home).settings


def _owner(home: Path) -> str:
    try:
        return home.owner()
    except KeyError:
        raise ConfigurationInvalid(
            f"The owner of {home} has no name on this machine; name an account by --user."
        ) from None


def _install(settings: Settings, made: Mapping[str, str], options: argparse.Namespace) -> None:
    from jams.services import systemctl
    from jams.services.systemd import TARGET

    user = options.user or _owner(settings.home)
    _check(user, settings.home)
    for name, text in made.items():
        path = options.directory / name
        try:
            # Renamed into place: systemd never reads half of it.
            new = path.with_suffix(f"{path.suffix}.new")
            new.write_text(text, encoding="utf-8")
            new.chmod(0o644)
            new.replace(path)
        except OSError as error:
            raise ServerUnavailable(f"The unit {path} cannot be written: {error.strerror}.") from None
        print(f"{path} was written.")
    if settings.default_job_account in ("", user):
        print(
            f"Jobs will run as {user}, the account of the services: whoever may define a job may do what "
            "they may. DefaultJobAccount in Common.config gives jobs an account; say install again then."
        )
    if options.no_start or not systemctl.runs_here():
        print(f"To start them: systemctl daemon-reload && systemctl enable --now {TARGET}")
        return
    systemctl.systemctl("daemon-reload")
    systemctl.systemctl("enable", *made)
    systemctl.systemctl("restart", TARGET)


def _check(user: str, home: Path) -> None:
    """Raises ConfigurationInvalid when the services could not work as that account."""
    import pwd

    try:
        found = pwd.getpwnam(user)
    except KeyError:
        raise ConfigurationInvalid(
            f"There is no account {user} on this machine; make one: useradd --system {user}."
        ) from None
    if found.pw_uid == 0:
        raise ConfigurationInvalid(
            f"The services are not to run as root: make an account (useradd --system jams), give it {home} "
            f"(chown -R jams {home}), and say jams service install again."
        )
    if home.stat().st_uid != found.pw_uid:
        raise ConfigurationInvalid(f"{home} is not {user}'s: chown -R {user} {home}.")


def _remove(made: Mapping[str, str], options: argparse.Namespace) -> None:
    from jams.services import systemctl

    there = [name for name in made if (options.directory / name).exists()]
    if not there:
        raise ServerUnavailable(f"There is no unit of JAMS in {options.directory}.")
    if not options.no_start and systemctl.runs_here():
        systemctl.systemctl("disable", "--now", *there)
    for name in there:
        path = options.directory / name
        try:
            path.unlink()
        except OSError as error:
            raise ServerUnavailable(f"The unit {path} cannot be removed: {error.strerror}.") from None
        print(f"{path} was removed.")
    if not options.no_start and systemctl.runs_here():
        systemctl.systemctl("daemon-reload")
