"""``jams service`` on Windows, where the services are Windows's own. Never tried there."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from jams.client.home import home_directory
from jams.objects.errors import ConfigurationInvalid

from .passwords import read_password
from .start import tell_password

if TYPE_CHECKING:
    from jams.services.server import Process


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from jams.services import windows_services
    from jams.services.roles import Role

    home = home_directory(options.home)
    if options.action == "host":
        windows_services.host(home, Role(options.role), _tell)
        return 0
    if not home.is_dir():
        raise ConfigurationInvalid(f"There is no home {home}; say jamsdba INSTALL first.")
    made = windows_services.services(home, options.user)
    if options.action == "show":
        for each in made:
            print(f"{each.name}: {each.about}\n  as {each.account}: {each.line}")
    elif options.action == "install":
        windows_services.install(made, _password(options.user))
        print(f"{', '.join(each.name for each in made)} start with the machine.")
        if not options.no_start:
            windows_services.start(made)
    else:
        windows_services.remove(made)
        print("The services were removed.")
    return 0


def _password(account: str) -> str | None:
    """That of the account; one whose name ends with $ is managed by the domain, and has none to tell."""
    return None if not account or account.endswith("$") else read_password(f"Password of {account}")


def _tell(process: Process) -> None:
    if process.first_start is not None:
        tell_password(process.first_start, process.settings.home)
