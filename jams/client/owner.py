"""The credentials of the person who owns this machine's server, renewed before they run out."""

from __future__ import annotations

import time
from pathlib import Path

from jams.objects.errors import ServerUnavailable
from jams.security.caller import NOBODY, Credentials

from .home import LocalLogin, let_in, read_login


class Owner:
    """Lets the owner of a home in.

    Args:
        home: the home directory.
    """

    def __init__(self, home: Path) -> None:
        """Touches nothing."""
        self._home = home
        self._credentials = NOBODY
        self._renew_at = 0.0

    def credentials(self) -> Credentials:
        """What to show; nobody's, where no server has left a login. A new token from half of its life on.

        Raises:
            Unauthenticated: the server does not let this person in, and says why.
            ServerUnavailable: it does not answer, and what it gave before is over.
            ConfigurationInvalid: the login cannot be read.
        """
        if time.monotonic() >= self._renew_at:
            login = read_login(self._home)
            if login is not None:
                self._renew(login)
        return self._credentials

    def _renew(self, login: LocalLogin) -> None:
        try:
            found = let_in(login)
        except ServerUnavailable:
            if self._credentials == NOBODY:
                raise
            # While it is away, calls say so themselves.
            return
        self._credentials = Credentials(token=found.token) if found.token else NOBODY
        left = float("inf") if found.expires is None else found.expires.timestamp() - time.time()
        self._renew_at = time.monotonic() + left / 2
