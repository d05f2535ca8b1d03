"""What a new password has to be, by the settings, and when one has run out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import stored_settings
from jams.database.accounts import AccountRecord
from jams.database.names import fold
from jams.objects.errors import PasswordRefused
from jams.registry.known_settings import known_setting

LONG = 20
"""Characters from which on a password needs no kinds of them: its length does more."""

_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")


class PasswordRules(Struct, frozen=True, kw_only=True):
    """The rules that the settings make."""

    shortest: int
    kinds: int
    history: int
    life: timedelta | None

    def check(self, name: str, password: str) -> None:
        """See that a password may be that of an account; whether it was before is looked at elsewhere.

        Raises:
            PasswordRefused: it may not; the sentence says why, and never what it is.
        """
        if len(password) < self.shortest:
            raise PasswordRefused(
                f"A password has {self.shortest} characters at least.", member="newPassword"
            )
        if len(fold(password).replace(fold(name), "")) < self.shortest:
            raise PasswordRefused(
                f"A password has {self.shortest} characters at least beside the name of the account.",
                member="newPassword",
            )
        if len(set(password)) < self.shortest // 2:
            raise PasswordRefused("The password repeats too few characters.", member="newPassword")
        if len(password) < LONG and sum(bool(re.search(kind, password)) for kind in _KINDS) < self.kinds:
            raise PasswordRefused(
                f"A password holds {self.kinds} of small letters, capital letters, digits and others, or has "
                f"{LONG} characters.",
                member="newPassword",
            )

    def expires(self, account: AccountRecord) -> datetime | None:
        """When the password of an account runs out; None: never."""
        if self.life is None or account.password_set is None or account.password_hash is None:
            return None
        return account.password_set + self.life


def read_rules(c: Connection) -> PasswordRules:
    """The rules as the settings are now."""
    return _rules(lambda name: int(stored_settings.value(c, name)))


def usual_rules() -> PasswordRules:
    """The rules where nobody has set anything yet."""

    def value(name: str) -> int:
        known = known_setting(name)
        assert known is not None
        return int(known.default)

    return _rules(value)


def _rules(value: Callable[[str], int]) -> PasswordRules:
    days = value("PasswordMaxDays")
    return PasswordRules(
        shortest=value("PasswordMinLength"),
        kinds=value("PasswordClasses"),
        history=value("PasswordHistory"),
        life=timedelta(days=days) if days else None,
    )
