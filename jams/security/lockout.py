"""Locks names for a time after too many wrong passwords, if the settings say so, or too many wrong codes.

Names that nobody bears are counted and locked like others, and whoever meets a lock is told that the password
is wrong, after the same work: nothing tells which names there are. Codes are looked at only after the right
password, so nobody else can have an account locked by them; therefore no setting is needed for it.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from jams.database import failed_logins
from jams.database.accounts import AccountRecord
from jams.objects.errors import CodeRequired, Unauthenticated

from .login_policy import Policies
from .one_time_codes import OneTimeCodes
from .storage import Storage

WRONG_CODES = 10
CODES_WITHIN = timedelta(minutes=15)
"""So many wrong codes within this time lock an account's codes for as long (RFC 4226 section 7.3)."""

_WRONG_CODE = "The one-time code is wrong, or was used before, or too many were wrong lately."
log = logging.getLogger(__name__)


class Lockout:
    """Counts what is wrong, and asks for codes.

    Args:
        database: where it is counted, for all who serve it.
        policies: the settings.
        codes: looks at codes.
    """

    def __init__(self, database: Storage, policies: Policies, codes: OneTimeCodes) -> None:
        self._database = database
        self._policies = policies
        self._codes = codes

    def lets_in(self, name: str) -> bool:
        """Whether a name is not locked by wrong passwords."""
        if not self._policies.now().lockout_failures:
            return True
        with self._database.read() as c:
            until = failed_logins.locked_until(c, name)
        return until is None or until <= datetime.now(UTC)

    def failed(self, name: str) -> None:
        """Note that a password was wrong for a name."""
        policy = self._policies.now()
        if not policy.lockout_failures:
            return

        def work(c: Connection) -> datetime | None:
            return failed_logins.note(
                c,
                name,
                datetime.now(UTC),
                most=policy.lockout_failures,
                window=policy.lockout_window,
                locked=policy.lockout_time,
            )

        if self._database.write(work) is not None:
            log.warning("a name was locked by wrong passwords for %s", policy.lockout_time)

    def check_code(self, account: AccountRecord, code: str | None) -> None:
        """Take the one-time code of an account that has shown the right password.

        Raises:
            CodeRequired: there is none.
            Unauthenticated: it does not hold.
            ConfigurationInvalid: the secret of the account cannot be opened.
        """
        if code is None:
            raise CodeRequired("Give the one-time code as well.")
        step, key, now = self._codes.step_of(account, code), code_key(account.name), datetime.now(UTC)

        def work(c: Connection) -> bool:
            until = failed_logins.locked_until(c, key)
            if (until is None or until <= now) and self._codes.take(c, account, code, step):
                failed_logins.forget(c, key)
                return True
            failed_logins.note(c, key, now, most=WRONG_CODES, window=CODES_WITHIN, locked=CODES_WITHIN)
            return False

        if not self._database.write(work):
            raise Unauthenticated(_WRONG_CODE)


def code_key(name: str) -> str:
    """Under which name the wrong codes of an account are counted; no account can bear it."""
    return f"codes:{name}"
