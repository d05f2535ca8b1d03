"""UPDATE: the schema of the database brought to this version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL

from jams.commands.service import DIRECTORY
from jams.database import open_database, schema
from jams.database.visiting import look, setting
from jams.objects.errors import DatabaseUnusable
from jams.services import systemctl
from jams.services.connection_strings import database_url
from jams.services.settings import Settings

from .recording import ERRORS, recorded
from .verb import NOCONFIRM, Call, Qualifier, Verb

LOG = Qualifier(
    "LOG", "write every statement to a file; JAMSDBA_UPDATE.log of the home if none is named", "file", True
)


def run(call: Call) -> int:
    """Update the schema."""
    settings = call.settings
    url = database_url(settings.connection_string, settings.home)
    found, newest = look(url), schema.known_versions()[-1]
    if found.version is None:
        raise DatabaseUnusable(f"There is nothing in the database {found.shown} yet; INSTALL makes it.")
    if found.version == newest:
        print(f"The database {found.shown} has schema {newest}, which is the newest.")
        _start_services(settings, url)
        return 0
    if found.version > newest:
        raise DatabaseUnusable(
            f"The database {found.shown} has schema {found.version}, and this version knows schemas up to "
            f"{newest}; use a newer version of JAMS."
        )
    call.confirm(
        f"The database {found.shown} is brought from schema {found.version} to {newest}, in one transaction.",
        "Older versions cannot use it then: make a backup before.",
    )
    named = call.value(LOG.name)
    log = call.path(named) if named else settings.home / "JAMSDBA_UPDATE.log"
    try:
        with recorded(settings.home, log if call.has(LOG.name) else None):
            open_database(
                url.render_as_string(hide_password=False), server=f"{settings.name} (JAMSDBA)"
            ).close()
    except Exception:
        if (settings.home / ERRORS).exists():
            print(f"Nothing was changed. What failed is in {settings.home / ERRORS}.")
        raise
    print(f"The database {found.shown} has schema {newest} now.")
    if call.has(LOG.name):
        print(f"The log is {log}.")
    _start_services(settings, url)
    return 0


def _start_services(settings: Settings, url: URL) -> None:
    """Start what an upgrade has stopped, as the setting says, where it is known how that is done.

    Raises:
        ServerUnavailable: they cannot be started.
    """
    if not (systemctl.runs_here() and systemctl.has_units_of(settings, Path(DIRECTORY))):
        return
    if not setting(url, "StartServicesAfterUpgrade"):
        print("The services are not started: the setting StartServicesAfterUpgrade is False.")
        return
    systemctl.start_services()
    print("The services were started.")


VERB = Verb(
    about="bring the schema of the database to this version; the server must be stopped",
    audited=True,
    run=run,
    qualifiers=(LOG, NOCONFIRM),
    more=(
        "A server does the same when it starts. All of it is done, or nothing.",
        "Services that systemd runs are started then, unless StartServicesAfterUpgrade says no.",
    ),
)
