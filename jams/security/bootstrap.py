"""The first start: the administrator, and the local login."""

from __future__ import annotations

import getpass
import logging
from datetime import timedelta

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import accounts
from jams.objects.errors import InvalidName

from . import tokens
from .access import ADMINISTRATORS
from .account_names import check_account_name
from .password_rules import read_rules
from .passwords import Passwords, random_password
from .storage import Storage

log = logging.getLogger(__name__)


class FirstStart(Struct, frozen=True):
    """The administrator that the first start has made. The password is shown once and kept nowhere."""

    administrator: str
    password: str

    def __repr__(self) -> str:
        return f"FirstStart({self.administrator})"


def bootstrap(
    database: Storage, administrator: str, passwords: Passwords, password: str | None = None
) -> FirstStart | None:
    """Make the administrator, unless there are accounts already; with a random password, if none is given.

    Raises:
        InvalidName: the administrator's name is not one an account can bear.
        PasswordRefused: the password is not one that it may have.
    """
    check_account_name(administrator)
    with database.read() as c:
        if accounts.all_accounts(c):
            return None
        if password is not None:
            read_rules(c).check(administrator, password)
    # The account has it from the first moment on: nobody knew another one if this was interrupted.
    password = random_password() if password is None else password
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


def local_token(database: Storage, person: str, life: timedelta) -> str:
    """A token for the local tools of the person who owns this server's home directory, for so long.

    The person's account is made, if there is none, as a member of Administrators: who may read the database
    and its keys needs no further right. Tokens that an earlier release made without an end hold no more.
    """

    def make(c: Connection) -> str:
        account = accounts.find(c, person)
        if account is None:
            accounts.ensure_group(c, ADMINISTRATORS)
            account = accounts.create(
                c, person, groups=[ADMINISTRATORS], description="The person who started this server."
            )
        accounts.delete_endless_tokens(c, tokens.LOCAL)
        return tokens.issue_local(c, account.id, life)

    return database.write(make)


def this_person() -> str:
    """The name of the operating system's account that runs this process, as an account here can bear it."""
    try:
        return check_account_name(getpass.getuser())
    except (InvalidName, OSError, KeyError, ImportError):
        return "operator"
