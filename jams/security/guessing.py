"""Checks a password that somebody shows, so that guessing is slow and holds up nobody else."""

from __future__ import annotations

from jams.objects.errors import Unauthenticated

from .passwords import Passwords
from .places import place_of
from .throttle import Standing, Throttle

WRONG = "The user name or the password is wrong."


class GuardedPasswords:
    """Passwords behind a throttle.

    Args:
        passwords: checks them.
        throttle: knows who has failed.
    """

    def __init__(self, passwords: Passwords, throttle: Throttle) -> None:
        self._passwords = passwords
        self._throttle = throttle

    def admit(self, name: str, origin: str) -> None:
        """Let a name with a password in as far as to be looked up.

        Whoever was right before is looked up in any case: the password may be remembered.

        Raises:
            TooManyAttempts: too many logins from there have failed.
        """
        if self._throttle.standing(name, origin) is not Standing.PROVEN:
            self._throttle.check(name, origin)

    def check(self, name: str, kept: str | None, password: str, origin: str) -> bool:
        """Check a password against the hash of the account that bears the name; None if there is none.

        Returns:
            Whether it was hashed for that; it was not if it was right lately.

        Raises:
            Unauthenticated: it is wrong.
            TooManyAttempts: too many logins from there have failed, or are being checked.
        """
        if self._passwords.remembered(kept, password):
            return False
        self._throttle.check(name, origin)
        with self._passwords.turns.taken(self._throttle.standing(name, origin), place_of(origin)):
            if self._passwords.remembered(kept, password):  # it was found right while this one has waited
                self._throttle.succeeded(name, origin)
                return False
            self._throttle.check(name, origin)
            right = self._passwords.verify(kept, password)
            # Noted before the turn ends, so that whoever has it next is judged by it.
            (self._throttle.succeeded if right else self._throttle.failed)(name, origin)
        if not right:
            raise Unauthenticated(WRONG)
        return True
