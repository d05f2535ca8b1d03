"""Accounts and credentials administered beside a server, running or not, by who may open its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jams.database import Database, open_beside
from jams.security.accounts import Accounts
from jams.security.credentials import CredentialStore
from jams.security.vault import KEY_FILE, Vault

from .connection_strings import database_url
from .settings import Settings


@contextmanager
def administered(settings: Settings) -> Iterator[Accounts]:
    """The accounts of a home, while its server may be running; it sees a change within two seconds at most.

    Raises:
        DatabaseUnusable: there is no database yet, it cannot be used, or its schema is not this version's.
    """
    with _opened(settings) as storage:
        yield Accounts(storage)


@contextmanager
def administered_credentials(settings: Settings) -> Iterator[CredentialStore]:
    """The stored credentials of a home, while its server may be running; it sees a change at once.

    Raises:
        DatabaseUnusable: there is no database yet, it cannot be used, or its schema is not this version's.
    """
    with _opened(settings) as storage:
        yield CredentialStore(storage, Vault(settings.home / KEY_FILE))


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    url = database_url(settings.connection_string, settings.home)
    database = open_beside(url.render_as_string(hide_password=False))
    try:
        yield database
    finally:
        database.close()
