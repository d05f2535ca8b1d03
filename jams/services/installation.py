"""An installation: a home, its configuration, its database, its first key and its first account.

Common.config is written last: a server is installed exactly when it is there. Whoever is interrupted before
may begin again, and finds what was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from xml.sax.saxutils import quoteattr

from msgspec import Struct
from sqlalchemy import URL

from jams.client.home import LOGIN_FILE
from jams.database import Database, accounts, open_beside, open_database, stored_settings
from jams.database.visiting import look
from jams.objects.errors import AlreadyExists, ConfigurationInvalid, Conflict, DatabaseUnusable
from jams.security import sealing
from jams.security.bootstrap import FirstStart, bootstrap, this_person
from jams.security.files import write_private
from jams.security.passwords import Passwords

from . import database_places
from .answers import Answers, connection_string, data_files
from .configuration import FILE_NAME, load
from .connection_strings import database_url
from .delivering import deliver
from .secret_keys import vault_of

_CONTACT = {
    "CompanyName": "Company Name",
    "ContactName": "ContactName",
    "ContactEmail": "ContactEmail",
    "ContactPhone": "ContactPhone",
}
_IN_FILE = ("TempLocation", "DefaultLogLocation", "AdministratorName")


class Installed(Struct, frozen=True, kw_only=True):
    """What was made.

    Attributes:
        home: the home directory.
        database: the database, without its password.
        version: the version of its schema.
        first: the administrator, if one was made, with the password.
        chosen: whether that password was given.
        key: the name of the key that seals.
    """

    home: Path
    database: str
    version: str
    first: FirstStart | None
    chosen: bool
    key: str


def check(home: Path, answers: Answers, *, force: bool) -> str:
    """What would be made, in a sentence; nothing is changed.

    Raises:
        AlreadyExists: the home is installed already.
        Conflict: the database holds JAMS already, and the answers do not say that it is used.
        DatabaseUnusable: the database cannot be reached, or is of another version or program.
    """
    path = home / FILE_NAME
    if path.exists() and not force:
        raise AlreadyExists(
            f"{path} is there already: the server is installed; /FORCE does it again.", target=path
        )
    url = database_url(connection_string(answers), home)
    use = answers["UseDatabase"] == "yes"
    if url.get_backend_name() == "sqlite":
        if not Path(str(url.database)).parent.is_dir() and Path(str(url.database)).parent != home:
            raise DatabaseUnusable(f"The folder {Path(str(url.database)).parent} does not exist; create it.")
        there = Path(str(url.database)).exists()
    else:
        there = database_places.is_there(url)
        database_places.check_files(url, data_files(answers))
    if there and (found := look(url)).version is not None:
        if use or force or _is_unfinished(url):
            return f"The database {found.shown} is used as it is (schema {found.version})."
        raise Conflict(
            f"The database {found.shown} holds JAMS already. UseDatabase = yes uses it; or name another."
        )
    if use:
        raise DatabaseUnusable(f"There is nothing to use in {url.render_as_string(hide_password=True)}.")
    return f"The database {url.render_as_string(hide_password=True)} is {'filled' if there else 'made'}."


def install(home: Path, answers: Answers, *, force: bool = False) -> Installed:
    """Install a server.

    Raises:
        AlreadyExists, Conflict, DatabaseUnusable: as :func:`check`.
        ConfigurationInvalid: a file cannot be written, or what was answered cannot be used.
    """
    check(home, answers, force=force)
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigurationInvalid(f"The home directory {home} cannot be made: {error.strerror}.") from error
    text = connection_string(answers)
    given = {"ConnectionString": text, **{key: answers[key] for key in _IN_FILE}}
    settings = load(home, given).settings
    url = database_url(text, home)
    found: dict[str, str] = {}
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).touch(mode=0o600, exist_ok=True)
    else:
        found = database_places.make(url, data_files(answers))
    where = url.render_as_string(hide_password=False)
    server = f"{settings.name} (JAMSDBA)"
    if found:
        # While nothing is in the tables yet, there is little to move.
        open_database(where, server=server).close()
        database_places.place(url, found)
    with closing(open_database(where, server=server)) as database:
        _contact(database, answers)
        if settings.deliver_jobs:
            deliver(database)
        first = _administrator(database, answers)
        key = sealing.newest(vault_of(settings).keys_to_seal()) if answers["UseDatabase"] == "no" else ""
        version = database.schema_version
    (home / LOGIN_FILE).unlink(missing_ok=True)
    _write_configuration(home, given)
    return Installed(
        home=home,
        database=url.render_as_string(hide_password=True),
        version=version,
        first=first,
        chosen=bool(answers["AdministratorPassword"]),
        key=key,
    )


def _contact(database: Database, answers: Answers) -> None:
    person = this_person()
    for key, setting in _CONTACT.items():
        if answers[key]:
            database.write(partial(stored_settings.put, name=setting, value=answers[key], user=person))


def _administrator(database: Database, answers: Answers) -> FirstStart | None:
    return bootstrap(
        database, answers["AdministratorName"], Passwords(), answers["AdministratorPassword"] or None
    )


def _is_unfinished(url: URL) -> bool:
    """Whether the database was made, and nobody has an account yet."""
    try:
        database = open_beside(url.render_as_string(hide_password=False))
    except DatabaseUnusable:
        return False
    with closing(database), database.read() as c:
        return not accounts.all_accounts(c)


def _write_configuration(home: Path, given: Mapping[str, str]) -> None:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<configuration>", "  <appSettings>"]
    lines += [
        f"    <add key={quoteattr(key)} value={quoteattr(value)}/>" for key, value in given.items() if value
    ]
    lines += ["  </appSettings>", "</configuration>", ""]
    write_private(home / FILE_NAME, "\n".join(lines).encode())
