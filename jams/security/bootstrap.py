"""The first start: the administrator, and the local login."""

from __future__ import annotations

import getpass
import logging

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import accounts
from jams.database.names import fold
from jams.objects.errors import InvalidName

from . import tokens
from .access import ADMINISTRATORS
from .accounts import Storage, check_account_name
from .passwords import Passwords, random_password

log = logging.getLogger(__name__)


class FirstStart(Struct, frozen=True):
    """The administrator that the first start has made. The password is shown once and kept nowhere."""

    administrator: str
    password: str

    def __repr__(self) -> str:
        return f"FirstStart({self.administrator})"


def bootstrap(database: Storage, administrator: str, passwords: Passwords) -> FirstStart | None:
    """Make the administrator, unless there are accounts already.

    Raises:
        InvalidName: the administrator's name is not one an account can bear.
    """
    check_account_name(administrator)
    with database.read() as c:
        if accounts.all_accounts(c):
            return None
    password = random_password()
    kept = passwords.hash(password)

    def work(c: Connection) -> bool:
        if accounts.all_accounts(c):
            return False
        accounts.ensure_group(c, ADMINISTRATORS)
        accounts.create(c, administrator, password_hash=kept, groups=[ADMINISTRATORS])
        return True

    if not database.write(work):
        return None
    log.info("the first start made the account %s", administrator)
    return FirstStart(administrator, password)


def local_token(database: Storage, person: str, existing: str | None) -> str:
    """A token for the local tools of the person who owns this server's home directory.

    ``existing`` is given back while it holds. Otherwise the person's account is made, if there is none, as a
    member of Administrators: who may read the database and its keys needs no further right.
    """

    def holds(c: Connection) -> bool:
        found = tokens.find(c, existing) if existing else None
        return found is not None and found.kind == tokens.LOCAL and fold(found.account.name) == fold(person)

    def make(c: Connection) -> str:
        account = accounts.find(c, person)
        if account is None:
            accounts.ensure_group(c, ADMINISTRATORS)
            account = accounts.create(
                c, person, groups=[ADMINISTRATORS], description="The person who started this server."
            )
        return tokens.issue_local(c, account.id)

    with database.read() as c:
        if existing and holds(c):
            return existing
    log.info("the local login of %s was made", person)
    return database.write(make)


def this_person() -> str:
    """The name of the operating system's account that runs this process, as an account here can bear it."""
    try:
        return check_account_name(getpass.getuser())
    except (InvalidName, OSError, KeyError, ImportError):
        return "operator"
