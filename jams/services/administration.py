"""Accounts and credentials administered beside a server, running or not, by who may open its database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from jams.database import open_database, schema, sqlite
from jams.objects.errors import DatabaseUnusable
from jams.security.accounts import Accounts, Storage
from jams.security.credentials import CredentialStore
from jams.security.vault import KEY_FILE, Vault

from .connection_strings import database_url
from .settings import Settings

T = TypeVar("T")


class _Beside:
    """A second hand on the embedded database: SQLite lets one process at a time write, and this one waits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that reads."""
        with self._engine.connect() as connection:
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` as a durable transaction."""
        with self._engine.begin() as connection:
            return work(connection)


@contextmanager
def administered(settings: Settings) -> Iterator[Accounts]:
    """The accounts of a home, while its server may be running; it sees a change within two seconds.

    Raises:
        DatabaseUnusable: there is no database yet, it cannot be used, or its schema is not this version's.
    """
    with _storage(settings) as storage:
        yield Accounts(storage)


@contextmanager
def administered_credentials(settings: Settings) -> Iterator[CredentialStore]:
    """The stored credentials of a home, while its server may be running; it sees a change at once.

    Raises:
        DatabaseUnusable: there is no database yet, it cannot be used, or its schema is not this version's.
    """
    with _storage(settings) as storage:
        yield CredentialStore(storage, Vault(settings.home / KEY_FILE))


@contextmanager
def _storage(settings: Settings) -> Iterator[Storage]:
    url = database_url(settings.connection_string, settings.home)
    if url.get_backend_name() != "sqlite":
        database = open_database(url.render_as_string(hide_password=False))
        try:
            yield database
        finally:
            database.close()
        return
    path = Path(url.database or "")
    if not path.is_file():
        raise DatabaseUnusable(f"There is no database {path} yet; start the server once.", target=path)
    sqlite.check_file(path)
    engine = sqlite.writing_engine(path, {})
    try:
        _check_schema(engine, path)
        yield _Beside(engine)
    except DBAPIError as error:
        raise sqlite.unusable(path, error) from error
    finally:
        engine.dispose()


def _check_schema(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        if schema.current_version(connection) != schema.known_versions()[-1]:
            raise DatabaseUnusable(
                f"The database {path} is of another version; start the server of this version once.",
                target=path,
            )
