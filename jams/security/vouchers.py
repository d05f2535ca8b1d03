"""Tokens for callers whom a door has recognised otherwise than by a password, such as users of this system.

They live in this process's memory alone and name an account's row, so a disabled account cannot use its own.
"""

from __future__ import annotations

import secrets
import threading
from datetime import datetime
from typing import NamedTuple

from . import tokens


class Voucher(NamedTuple):
    """For which account a door speaks, and whether it was a password that let its owner in.

    ``password_set``: when that password was set, as far as it is one of this server.
    """

    account_id: int
    by_password: bool
    password_set: datetime | None


class Vouchers:
    """The vouchers of one server."""

    def __init__(self) -> None:
        self._issued: dict[str, Voucher] = {}
        self._lock = threading.Lock()

    def issue(self, account_id: int, password_set: datetime | None, *, by_password: bool = False) -> str:
        """A token that holds until it is withdrawn."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._issued[tokens.digest(token)] = Voucher(account_id, by_password, password_set)
        return token

    def find(self, key: str) -> Voucher | None:
        """What was issued with the token of this digest."""
        return self._issued.get(key)

    def renew(self, key: str, password_set: datetime | None) -> None:
        """Let the token of this digest stand by the password that its holder has given himself."""
        with self._lock:
            if (found := self._issued.get(key)) is not None:
                self._issued[key] = found._replace(password_set=password_set)

    def withdraw(self, token: str) -> None:
        """End a token."""
        with self._lock:
            self._issued.pop(tokens.digest(token), None)
