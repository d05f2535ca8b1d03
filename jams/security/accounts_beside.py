"""Accounts as who owns the machine administers them: beside a server that runs, or without one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import accounts as rows
from jams.database import audit, failed_logins
from jams.objects.accounts import LOCAL, AccountChange, NewAccount, NewGroup

from .account_changes import AccountAdministration, Actor
from .callers import Callers
from .storage import Storage
from .throttle import Throttle

log = logging.getLogger(__name__)

BESIDE = "command"
"""The door by which he comes, in the audit trail."""


class AccountInfo(Struct, frozen=True, kw_only=True):
    """What is shown of an account."""

    name: str
    enabled: bool
    groups: list[str]
    password: bool
    description: str
    service: bool = False
    codes: bool = False
    locked: bool = False
    source: str = LOCAL


class AccountsBeside:
    """Changes accounts for who owns the machine: he may do everything, and it is written down as his.

    Args:
        database: where accounts are kept.
        administration: changes them.
        throttle: forgets the failures of whom he has changed.
        callers: are found anew after each change.
        owner: what the audit trail calls him.
    """

    def __init__(
        self,
        database: Storage,
        administration: AccountAdministration,
        throttle: Throttle,
        callers: Callers,
        owner: str,
    ) -> None:
        self._database = database
        self._administration = administration
        self._throttle = throttle
        self._callers = callers
        self._actor = Actor(owner, passes=True)

    def create(
        self,
        name: str,
        password: str | None,
        *,
        groups: Iterable[str] = (),
        description: str = "",
        service: bool = False,
        must_change: bool = False,
        source: str = LOCAL,
    ) -> None:
        """Make an account; without a password it can only be reached by a token, or from its ``source``.

        Raises:
            InvalidName: the name is not one an account can bear.
            PasswordRefused: the rules for passwords do not allow the password.
            AlreadyExists: an account or a group bears the name.
            GroupNotFound: a group does not exist.
        """
        wanted = NewAccount(
            account_name=name,
            description=description,
            groups=list(groups),
            service=service,
            must_change_password=must_change,
            source=source,
        )
        kept = None if password is None else self._administration.prepared(name, password, fresh=True)
        self._administered(
            "create_account", name, lambda c: self._administration.create(c, self._actor, wanted, kept)
        )

    def set_password(self, name: str, password: str, *, must_change: bool = False) -> None:
        """Give an account another password, and end its logins. Raises AccountNotFound, PasswordRefused."""
        kept = self._administration.prepared(name, password)
        self._administered(
            "set_account_password",
            name,
            lambda c: self._administration.set_password(
                c, self._actor, rows.get(c, name=name), kept, must_change=must_change
            ),
        )

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Let an account in, or not any more; its logins end when it is disabled. Raises AccountNotFound."""
        self._alter("enable_account" if enabled else "disable_account", name, AccountChange(enabled=enabled))

    def set_groups(self, name: str, groups: Iterable[str]) -> None:
        """Make an account a member of exactly these groups. Raises AccountNotFound, GroupNotFound."""
        self._alter("change_account", name, AccountChange(groups=list(groups)))

    def delete(self, name: str) -> None:
        """Delete an account with its tokens. Raises AccountNotFound."""
        self._administered(
            "delete_account",
            name,
            lambda c: self._administration.delete(c, self._actor, rows.get(c, name=name), force=True),
        )

    def unlock(self, name: str) -> None:
        """Let a name try again that wrong passwords or codes have locked. Raises AccountNotFound."""
        self._administered(
            "unlock_account", name, lambda c: self._administration.unlock(c, rows.get(c, name=name))
        )

    def remove_codes(self, name: str) -> None:
        """Take the one-time codes of an account away. Raises AccountNotFound."""
        self._administered(
            "remove_one_time_codes",
            name,
            lambda c: self._administration.remove_codes(c, self._actor, rows.get(c, name=name)),
        )

    def create_group(self, name: str) -> None:
        """Make a group, unless there is one of that name. Raises InvalidName, AlreadyExists."""
        with self._database.read() as c:
            if rows.is_group(c, name):
                return
        wanted = NewGroup(group_name=name)
        self._administered(
            "create_group", name, lambda c: self._administration.create_group(c, self._actor, wanted)
        )

    def all_accounts(self) -> list[AccountInfo]:
        """All accounts, by name."""
        with self._database.read() as c:
            found = rows.all_accounts(c)
            locked = failed_logins.all_locked(c, datetime.now(UTC), [row.name for row in found])
            return [
                AccountInfo(
                    name=row.name,
                    enabled=row.enabled,
                    groups=list(row.groups),
                    password=row.password_hash is not None,
                    description=row.description,
                    service=row.service,
                    codes=row.takes_codes,
                    locked=row.name in locked,
                    source=row.source,
                )
                for row in found
            ]

    def groups(self) -> list[str]:
        """The names of all groups."""
        with self._database.read() as c:
            return rows.all_groups(c)

    def _alter(self, operation: str, name: str, wanted: AccountChange) -> None:
        self._administered(
            operation,
            name,
            lambda c: self._administration.change(c, self._actor, rows.get(c, name=name), wanted, force=True),
        )

    def _administered(self, operation: str, name: str, work: Callable[[Connection], str]) -> None:
        """Do what who owns the machine has asked for beside a server, and write it down."""

        def written(c: Connection) -> str:
            done = work(c)
            audit.record(
                c, user=self._actor.name, door=BESIDE, operation=operation, target=name, message=done
            )
            return done

        self._database.write(written)
        self._callers.forget()
        self._throttle.forget(name)
        log.info("account %s was changed", name)
