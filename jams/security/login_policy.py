"""What the settings say of logging in, as it is read for a while."""

from __future__ import annotations

import time
from collections.abc import Set
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import stored_settings
from jams.database.accounts import AccountRecord

from .known import SETTLED_WITHIN
from .password_rules import PasswordRules, read_rules
from .rights import AccessControl, AreaRight
from .storage import Storage

PASSWORD, CODES = "password", "codes"
"""What a caller may owe."""


class LoginPolicy(Struct, frozen=True, kw_only=True):
    """The settings of logging in."""

    rules: PasswordRules
    lockout_failures: int
    lockout_window: timedelta
    lockout_time: timedelta
    codes_for: str
    group: str
    system_groups: bool

    def admits(self, groups: Set[str]) -> bool:
        """Whether somebody in these groups is let in."""
        return not self.group or self.group in {group.casefold() for group in groups}

    def owed(self, account: AccountRecord, rights: Set[AreaRight], passing: bool) -> str:
        """What an account has to do before anything else, once its password has let it in."""
        expires = self.rules.expires(account)
        if account.must_change or (expires is not None and expires <= datetime.now(UTC)):
            return PASSWORD
        if account.takes_codes or self.codes_for == "Optional":
            return ""
        administers = passing or AccessControl.CHANGE in rights
        return CODES if administers or self.codes_for == "Everybody" else ""


class Policies:
    """Reads the settings of logging in, and remembers them for as long as callers are."""

    def __init__(self, database: Storage) -> None:
        """Touches nothing."""
        self._database = database
        self._read: tuple[float, LoginPolicy] | None = None

    def now(self, c: Connection | None = None) -> LoginPolicy:
        """The settings, read on a connection where one is at hand."""
        kept = self._read
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        with self._database.read() if c is None else nullcontext(c) as connection:
            policy = _policy(connection)
        self._read = time.monotonic() + SETTLED_WITHIN, policy
        return policy

    def forget(self) -> None:
        """Read them anew."""
        self._read = None


def _policy(c: Connection) -> LoginPolicy:
    return LoginPolicy(
        rules=read_rules(c),
        lockout_failures=int(stored_settings.value(c, "LockoutFailures")),
        lockout_window=stored_settings.span(c, "LockoutWindow"),
        lockout_time=stored_settings.span(c, "LockoutTime"),
        codes_for=str(stored_settings.value(c, "OneTimeCodes")),
        group=stored_settings.text(c, "LoginGroup").strip().casefold(),
        system_groups=stored_settings.boolean(c, "SystemGroups"),
    )
