"""Sessions over a unix socket. The system says which of its users has connected; nobody is asked.

The endpoint itself is imported at the first connection, so that a server nobody talks to in PowerShell does
not pay for it.

Linux alone tells that (:mod:`jams.wire.unix_sockets`); elsewhere the listener refuses to start.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jams.objects.errors import InternalError, JAMSError
from jams.wire.unix_sockets import UnixDoor, peer
from psprovider.endpoint.limits import DEFAULT_LIMITS, Limits

from .listening import hang_up
from .people import People, Person, Quota, refusal

if TYPE_CHECKING:
    from psprovider.endpoint.engine import Engine

_LOG = logging.getLogger(__name__)

_CHUNK = 1 << 16
FIRST_WORDS = 30.0
"""Seconds within which a client begins to talk."""

_FAREWELL = 5.0
_FAILURE = InternalError("The server failed; its log tells more.")

MakeEngine = Callable[[], "Engine"]


class UnixSocketListener:
    """Listens on a socket file and serves a session for every connection, in a thread of its own.

    Args:
        path: the socket file. One that a dead server left is replaced.
        mode: who may connect, as the file's permission bits.
        engine: makes the engine; called at the first connection.
        people: finds the account of a user.
        quota: counts the sessions.
        limits: the limits of every session.

    Raises:
        ConfigurationInvalid: the socket cannot be made.
    """

    def __init__(
        self,
        path: Path,
        engine: MakeEngine,
        people: People,
        quota: Quota,
        *,
        mode: int = 0o600,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self.path = path
        self._engine = engine
        self._people = people
        self._quota = quota
        self._limits = limits
        self._clients: dict[socket.socket, threading.Thread] = {}
        self._lock = threading.Lock()
        self._door = UnixDoor(
            path, mode, self._take, name="powershell-socket", setting="PowerShellSocket", log=_LOG
        )

    def start(self) -> None:
        """Begin to accept connections."""
        self._door.start()

    def stop(self, grace: float = 5.0) -> None:
        """Accept no more, end every session and wait for them, up to ``grace`` seconds altogether."""
        self._door.close()
        with self._lock:
            clients = list(self._clients.items())
        for client, _ in clients:
            hang_up(client)
        end = time.monotonic() + grace
        for _, thread in clients:
            thread.join(max(0.0, end - time.monotonic()))

    def _take(self, client: socket.socket) -> None:
        thread = threading.Thread(target=self._serve, args=(client,), name="powershell", daemon=True)
        with self._lock:
            if self._door.closed:
                # Who stops the listener may have hung up on all that he knew already.
                client.close()
                return
            self._clients[client] = thread
            try:
                thread.start()
            except RuntimeError:
                _LOG.warning("a connection was refused, since the system gives no more threads")
                del self._clients[client]
                client.close()

    def _serve(self, client: socket.socket) -> None:
        with client:
            try:
                client.settimeout(FIRST_WORDS)
                self._admit(client)
            except JAMSError as problem:
                _LOG.warning("a PowerShell session was refused: %s", problem.message)
                _refuse(client, problem)
            except OSError:
                _LOG.info("a client of the PowerShell socket has left before it was served")
            except Exception:
                _LOG.exception("a PowerShell session could not begin")
                _refuse(client, _FAILURE)
        with self._lock:
            self._clients.pop(client, None)

    def _admit(self, client: socket.socket) -> None:
        pid, uid = peer(client)
        user = user_name(uid)
        person = self._people.by_system_user(user, f"{user} (process {pid})")
        try:
            with self._quota.taken(person.account):
                self._converse(client, person)
        finally:
            self._people.release(person)

    def _converse(self, client: socket.socket, person: Person) -> None:
        from .handover import Unfit, begin
        from .streams import serve

        engine = self._engine()
        try:
            stream = begin(client)
        except Unfit as problem:
            # It gets no answer: then the bridge makes a new connection and speaks the protocol there.
            _LOG.warning("descriptors were not taken from a client: %s", problem)
            return
        with closing(stream):
            client.settimeout(None)
            try:
                serve(
                    engine,
                    person,
                    stream.read,
                    stream.write,
                    transport="unix socket",
                    hang_up=lambda: hang_up(client),
                    limits=self._limits,
                )
            except Exception:
                _LOG.exception("a PowerShell session has failed")
                stream.write(refusal(_FAILURE.message))


def _refuse(client: socket.socket, problem: JAMSError) -> None:
    """Tell a client why, and read on until it has seen it: unread data would make it see an error instead."""
    with suppress(OSError):
        client.settimeout(_FAREWELL)
        client.sendall(refusal(problem.message))
        client.shutdown(socket.SHUT_WR)
        for _ in range(64):
            if not client.recv(_CHUNK):
                return


def user_name(uid: int) -> str:
    """The name of a user of this machine; the number where he has none."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
