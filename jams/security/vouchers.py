"""Tokens for callers whom a door has recognised otherwise than by a password, such as users of this system.

They live in this process's memory alone and name an account's row, so a disabled account cannot use its own.
"""

from __future__ import annotations

import secrets
import threading

from . import tokens


class Vouchers:
    """The vouchers of one server."""

    def __init__(self) -> None:
        self._accounts: dict[str, int] = {}
        self._lock = threading.Lock()

    def issue(self, account_id: int) -> str:
        """A token that holds until it is withdrawn."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._accounts[tokens.digest(token)] = account_id
        return token

    def find(self, key: str) -> int | None:
        """Whose token has this digest."""
        return self._accounts.get(key)

    def withdraw(self, token: str) -> None:
        """End a token."""
        with self._lock:
            self._accounts.pop(tokens.digest(token), None)
