"""Who may open sessions, and how many: what every transport asks for before it makes one."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from jams.objects.errors import ServerBusy


class Person(Protocol):
    """A caller whom a transport has recognised. The engine of the sessions knows what else it holds."""

    @property
    def account(self) -> str:
        """The account's name, as it is stored."""


class People(Protocol):
    """Finds accounts for those who knock."""

    def by_system_user(self, user: str, origin: str) -> Person:
        """The person that a user of this machine stands for; ``origin`` is told in the audit.

        Raises:
            Unauthenticated: no account is meant for that user.
        """

    def check_password(self, user: str, password: str, origin: str) -> str:
        """The account's name if the password, or what counts as one, is right; cheap when it was lately.

        ``origin`` is told in the audit.

        Raises:
            Unauthenticated: they do not hold.
            TooManyAttempts: too many logins from that origin have failed, or too many are being checked.
        """

    def by_account(self, account: str, origin: str, *, by_password: bool = False) -> Person:
        """The holder of an account, once it is certain that he is the one.

        With ``by_password`` it is ``check_password`` that made it certain.

        Raises:
            Unauthenticated: there is no such account, or it is disabled.
        """

    def release(self, person: Person) -> None:
        """The person's session is over."""


ERROR_PREFIX = "__NamedPipeError__:"
"""What follows this in a line is shown by PowerShell as the reason why a session over a pipe did not open."""


def refusal(reason: str) -> bytes:
    """The line that tells a client over a pipe why there is no session."""
    return f"{ERROR_PREFIX}{' '.join(reason.split())}\n".encode()


class Quota:
    """Counts sessions, of every account and altogether, over all transports."""

    def __init__(self, per_account: int = 25, total: int = 200) -> None:
        self._per_account = per_account
        self._total = total
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, account: str) -> None:
        """Count a session in.

        Raises:
            ServerBusy: there are too many; nothing was counted.
        """
        with self._lock:
            if self._open[account] >= self._per_account:
                raise ServerBusy(f"{account} has {self._per_account} PowerShell sessions open already.")
            if self._open.total() >= self._total:
                raise ServerBusy(f"{self._total} PowerShell sessions are open already.")
            self._open[account] += 1

    def give_back(self, account: str) -> None:
        """Count a session out."""
        with self._lock:
            self._open[account] -= 1
            if self._open[account] <= 0:
                del self._open[account]

    @contextmanager
    def taken(self, account: str) -> Iterator[None]:
        """Count a session in for a while. Raises ServerBusy."""
        self.take(account)
        try:
            yield
        finally:
            self.give_back(account)
