"""Tokens for callers whom a door has recognised otherwise than by a password, such as users of this system.

They live in this process's memory alone and name an account's row, so a disabled account cannot use its own.
"""

from __future__ import annotations

import secrets
import threading
from typing import NamedTuple

from . import tokens


class Voucher(NamedTuple):
    """For which account a door speaks, and whether it was a password that let its owner in."""

    account_id: int
    by_password: bool


class Vouchers:
    """The vouchers of one server."""

    def __init__(self) -> None:
        self._issued: dict[str, Voucher] = {}
        self._lock = threading.Lock()

    def issue(self, account_id: int, *, by_password: bool = False) -> str:
        """A token that holds until it is withdrawn."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._issued[tokens.digest(token)] = Voucher(account_id, by_password)
        return token

    def find(self, key: str) -> Voucher | None:
        """What was issued with the token of this digest."""
        return self._issued.get(key)

    def withdraw(self, token: str) -> None:
        """End a token."""
        with self._lock:
            self._issued.pop(tokens.digest(token), None)
