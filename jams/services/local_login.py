"""The local login: who is let in on this machine without a password, and how.

On Linux by a unix socket in the home directory. The system says who has connected to it; the account of the
server and root get a token that runs out soon. No token lies in a file, so nothing that is stolen from there
lets anybody in later. Elsewhere the token lies in ``client.json``, runs out as soon, and is renewed in time
by the server that runs.

A process of a run is let in by neither way that tells them apart: jobs have no login of the owner. What a job
of the server's own account can do to look like no job, it can do; such a job can read the keys as well.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from jams.client.home import LocalLogin, TokenAnswer, write_login
from jams.security.bootstrap import local_token
from jams.security.storage import Storage
from jams.wire.unix_sockets import UnixDoor, peer

LIFE = timedelta(hours=1)
"""How long a token holds; a new one is given from half of it on."""

SOCKET = "login.sock"
"""The socket in the home directory."""

_ANSWER_WITHIN = 5.0
_ROOT = 0

log = logging.getLogger(__name__)


class Issued(NamedTuple):
    """A token, and when it runs out."""

    token: str
    expires: datetime


class LocalTokens:
    """The tokens of the person who owns the server; one is given again until half of its life is over."""

    def __init__(self, database: Storage, person: str, life: timedelta = LIFE) -> None:
        """Touches nothing."""
        self.person = person
        self.life = life
        self._database = database
        self._lock = threading.Lock()
        self._issued: Issued | None = None

    def current(self) -> Issued:
        """A token that holds for half of its life at least."""
        now = datetime.now(UTC)
        with self._lock:
            if self._issued is None or self._issued.expires - now < self.life / 2:
                token = local_token(self._database, self.person, self.life)
                self._issued = Issued(token, now + self.life)
            return self._issued


class LoginSocket:
    """Gives tokens to who connects and may have one, each in a thread of its own.

    Args:
        path: the socket file; one that a dead server has left is replaced.
        tokens: gives the tokens.
        is_job: whether a process belongs to a run.

    Raises:
        ConfigurationInvalid: this system cannot tell who connects, or the socket cannot be made.
    """

    def __init__(self, path: Path, tokens: LocalTokens, is_job: Callable[[int], bool]) -> None:
        self.path = path
        self._tokens = tokens
        self._is_job = is_job
        self._door = UnixDoor(path, 0o600, self._take, name="local-login", setting=SOCKET, log=log)

    def start(self) -> None:
        """Begin to let people in."""
        self._door.start()

    def stop(self) -> None:
        """Let nobody in any more."""
        self._door.close()

    def _take(self, client: socket.socket) -> None:
        try:
            threading.Thread(target=self._serve, args=(client,), name="local-login", daemon=True).start()
        except RuntimeError:
            client.close()

    def _serve(self, client: socket.socket) -> None:
        with client:
            client.settimeout(_ANSWER_WITHIN)
            try:
                answer = self._answer(client)
            except Exception:
                log.exception("a local login has failed")
                answer = TokenAnswer(error="The server failed; its log tells more.")
            with suppress(OSError):
                client.sendall(msgspec.json.encode(answer) + b"\n")

    def _answer(self, client: socket.socket) -> TokenAnswer:
        pid, uid = peer(client)
        if uid not in (_ROOT, os.geteuid()):
            log.warning("user %d (process %d) was refused the local login", uid, pid)
            return TokenAnswer(error="The login of this machine is for the account of the server, and root.")
        if self._is_job(pid):
            log.warning("a job (process %d) was refused the local login", pid)
            return TokenAnswer(error="Jobs do not have the login of the server's owner: give them their own.")
        issued = self._tokens.current()
        return TokenAnswer(token=issued.token, expires=issued.expires)


class LoginFile:
    """Keeps the token in ``client.json`` fresh, where there is no socket.

    Args:
        home: the home directory.
        login: what the file says besides.
        tokens: gives the tokens.
    """

    def __init__(self, home: Path, login: LocalLogin, tokens: LocalTokens) -> None:
        self._home = home
        self._login = login
        self._tokens = tokens
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="local-login", daemon=True)

    def start(self) -> None:
        """Write the file, and begin to renew it."""
        self._write()
        self._thread.start()

    def stop(self) -> None:
        """Renew it no more."""
        self._stopping.set()
        self._thread.join()

    def _write(self) -> None:
        issued = self._tokens.current()
        login = msgspec.structs.replace(self._login, token=issued.token, expires=issued.expires)
        write_login(self._home, login)

    def _renew(self) -> None:
        pause = self._tokens.life.total_seconds() / 4
        while not self._stopping.wait(pause):
            try:
                self._write()
            except Exception:
                log.exception("the local login could not be renewed")
