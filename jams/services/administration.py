"""Accounts and credentials administered beside a server, running or not, by who may open its database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from jams.database import Database, audit, open_beside, open_database
from jams.database.audit_changes import Author
from jams.security.accounts import Accounts
from jams.security.accounts_beside import AccountsBeside
from jams.security.bootstrap import this_person
from jams.security.credentials import CredentialStore

from .connection_strings import database_url
from .secret_keys import one_time_codes, vault_of
from .settings import Settings

T = TypeVar("T")


class _Audited:
    """A database whose changes come with a record of who has made them, in the same transaction."""

    def __init__(self, database: Database, operation: str, target: str | None) -> None:
        self.read = database.read
        self._write = database.write
        self._record = partial(
            audit.record, user=this_person(), door="command", operation=operation, target=target
        )

    def write(self, work: Callable[[Connection], T]) -> T:
        """See :meth:`jams.database.Database.write`."""

        def both(c: Connection) -> T:
            result = work(c)
            self._record(c)
            return result

        return self._write(both)


@contextmanager
def administered(settings: Settings) -> Iterator[AccountsBeside]:
    """The accounts of a home, while its server may be running; it sees a change within two seconds at most.

    They write down themselves what is done to them, and by whom.

    Raises:
        DatabaseUnusable: there is no database yet, it cannot be used, or its schema is not this version's.
    """
    with beside(settings) as storage:
        yield Accounts(storage, codes=one_time_codes(settings), owner=this_person()).beside


@contextmanager
def administered_credentials(
    settings: Settings, operation: str, target: str | None = None
) -> Iterator[CredentialStore]:
    """The stored credentials of a home, while its server may be running; it sees a change at once.

    Raises:
        DatabaseUnusable: there is no database yet, it cannot be used, or its schema is not this version's.
    """
    with beside(settings) as storage:
        yield CredentialStore(_Audited(storage, operation, target), vault_of(settings))


@contextmanager
def alone(settings: Settings) -> Iterator[Database]:
    """The database of a home, which no server may work with meanwhile; it is not made or upgraded.

    Raises:
        DatabaseUnusable: a server works with it, or it is none that can be used as it is.
    """
    url = database_url(settings.connection_string, settings.home).render_as_string(hide_password=False)
    open_beside(url).close()
    with closing(open_database(url, server=f"{settings.name} (JAMSDBA)")) as database:
        database.act_for(_author())
        yield database


@contextmanager
def beside(settings: Settings) -> Iterator[Database]:
    """The database of a home, while its server may be working with it.

    Raises:
        DatabaseUnusable: there is no database yet, it cannot be used, or its schema is not this version's.
    """
    url = database_url(settings.connection_string, settings.home)
    with closing(open_beside(url.render_as_string(hide_password=False))) as database:
        database.act_for(_author())
        yield database


def _author() -> Author:
    """Whoever uses this program on this machine, as the audit trail names him."""
    program = Path(sys.argv[0]).name.removesuffix(".py") or "python"
    verb = next((word for word in sys.argv[1:2] if word.isidentifier()), "")
    return Author(user=this_person(), door="command", operation=f"{program} {verb}".rstrip())
