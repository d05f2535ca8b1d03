"""Passwords: kept as Argon2id hashes, and checked in about the same time whether the account exists or not.

argon2-cffi with the low-memory profile of RFC 9106 (64 MiB a check); checks run two at a time at most, so
that a flood of logins can take neither the machine's memory nor its processors.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from jams.objects.accounts import SHORTEST_PASSWORD
from jams.objects.errors import InvalidArgument

from .throttle import Standing
from .turns import Turns

LONGEST = 1024
_REMEMBERED = 1024


class Passwords:
    """Makes and checks password hashes; a password that was right lately is checked again cheaply.

    What is remembered is a keyed digest of hash and password, under a key that dies with the process.

    Args:
        hasher: the hash function.
        remember: seconds for which a right password is remembered.
        turns: who may have his password checked when; two at a time, if not told otherwise.
        clock: a monotonic clock in seconds.
    """

    def __init__(
        self,
        hasher: PasswordHasher | None = None,
        *,
        remember: float = 60.0,
        turns: Turns | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._remember = remember
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._right: OrderedDict[bytes, float] = OrderedDict()
        self._lock = threading.Lock()
        self.turns = turns or Turns()
        self._nobody = _hash_of_nothing(self._hasher)

    def hash(self, password: str) -> str:
        """The hash to keep of a new password.

        Raises:
            InvalidArgument: the password is too short or too long.
            TooManyAttempts: too many others are being checked.
        """
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST:
            raise InvalidArgument(
                f"A password has {SHORTEST_PASSWORD} to {LONGEST} characters.", member="password"
            )
        with self.turns.taken(Standing.PROVEN):
            return self._hasher.hash(_bytes(password))

    def remembered(self, kept: str | None, password: str) -> bool:
        """Whether this password was found right for this hash lately; costs no hashing."""
        if kept is None:
            return False
        with self._lock:
            return self._right.get(self._digest(kept, password), 0.0) > self._clock()

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password belongs to the hash; for no hash, False after the same work.

        It takes a processor for a tenth of a second or two: do it in a turn.
        """
        try:
            self._hasher.verify(kept or self._nobody, _bytes(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
        if kept is None:
            return False
        self._remember_right(kept, password)
        return True

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _remember_right(self, kept: str, password: str) -> None:
        with self._lock:
            self._right[self._digest(kept, password)] = self._clock() + self._remember
            while len(self._right) > _REMEMBERED:
                self._right.popitem(last=False)

    def _digest(self, kept: str, password: str) -> bytes:
        message = kept.encode() + b"\0" + _bytes(password)
        return hmac.digest(self._key, message, hashlib.sha256)


def _bytes(password: str) -> bytes:
    """The password as bytes; half a character, which JSON can send, is no reason to fail."""
    return password.encode("utf-8", "surrogatepass")


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """A hash that no password has, and that costs as much to check as any other."""
    salt, nothing = (
        base64.b64encode(secrets.token_bytes(size)).rstrip(b"=").decode("ascii")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${nothing}"


def random_password() -> str:
    """A new random password of 120 bits, in groups that a person can copy."""
    return "-".join(secrets.token_hex(3) for _ in range(5))
