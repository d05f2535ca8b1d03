"""An SSH server of our own: accounts of JAMS and their passwords or keys, no users of the machine.

Needs asyncssh (the extra ``ssh``). Nothing can be done over it but to open the subsystem.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncssh

from jams.objects.errors import ConfigurationInvalid, JAMSError, ServerBusy, TooManyAttempts, Unauthenticated
from jams.security.files import check_own, check_private, write_private
from psprovider.endpoint.engine import Engine
from psprovider.endpoint.limits import DEFAULT_LIMITS, Limits

from .listening import hang_up, listen
from .people import People, Person, Quota, refusal
from .streams import serve

if TYPE_CHECKING:
    from asyncssh import SSHServerConnection, SSHServerProcess

_LOG = logging.getLogger(__name__)

SUBSYSTEM = "jams"
HOST_KEY, KEYS = "host_key", "authorized_keys"
"""In the server's directory: its own key, and a directory with a file of public keys for each account."""
_CHUNK = 1 << 16
_LOGIN = 60.0
"""Seconds for a client to log in, and to begin or go on with a session then."""
_GRACE = 5.0
"""Seconds for sessions, and for connections, to end when the server stops."""


class SshListener:
    """Serves the subsystem on an address.

    Args:
        address, port: where; port 0 is any free one.
        directory: holds the host key, which is made when there is none, and the accounts' public keys.
        engine: makes the engine of the sessions.
        people: the holders of accounts.
        quota: counts the sessions.
        limits: the limits of every session.

    Attributes:
        port: the port that is listened on.

    Raises:
        ConfigurationInvalid: the port cannot be opened, or the host key cannot be read or made.
    """

    def __init__(
        self,
        address: str,
        port: int,
        directory: Path,
        engine: Callable[[], Engine],
        people: People,
        quota: Quota,
        *,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._engine = engine
        self._people = people
        self._quota = quota
        self._limits = limits
        self._directory = directory
        self._sessions: set[socket.socket] = set()
        self._connections: set[SSHServerConnection] = set()
        # It would tell every step of every connection; failed logins are told where they are checked.
        asyncssh.set_log_level(logging.WARNING)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="powershell-ssh", daemon=True)
        self._thread.start()
        try:
            key = _host_key(directory)
            self._acceptor = self._call(self._listen(address, port, key))
        except (OSError, asyncssh.Error) as error:
            self._end_loop()
            raise ConfigurationInvalid(
                f"SSH cannot be served on {address}, port {port}: {error}.", target="PowerShellSshPort"
            ) from None
        except BaseException:
            self._end_loop()
            raise
        self.port: int = self._acceptor.get_port()

    def stop(self) -> None:
        """End every session, and close every connection and the port."""
        self._call(self._close())
        self._end_loop()

    async def _listen(self, address: str, port: int, key: asyncssh.SSHKey) -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            sock=listen(address, port),
            server_factory=lambda: _Gate(self._people, self._directory / KEYS, self._connections),
            server_host_keys=[key],
            process_factory=self._serve,
            encoding=None,
            login_timeout=_LOGIN,
            keepalive_interval=60,
            allow_scp=False,
            agent_forwarding=False,
            x11_forwarding=False,
            line_editor=False,
            server_version="JAMS",
        )

    async def _close(self) -> None:
        self._acceptor.close()
        for each in list(self._sessions):
            hang_up(each)
        await _emptied(self._sessions)
        # The acceptor leaves them open, and since Python 3.12 would wait for them without an end.
        for connection in list(self._connections):
            connection.close()
        await _emptied(self._connections)
        for connection in list(self._connections):
            connection.abort()

    def _call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _end_loop(self) -> None:
        async def finish() -> None:
            remaining = asyncio.all_tasks() - {asyncio.current_task()}
            for task in remaining:
                task.cancel()
            await asyncio.gather(*remaining, return_exceptions=True)

        self._call(finish())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _serve(self, process: SSHServerProcess[bytes]) -> None:
        """Serve what a client has opened: the subsystem, or nothing."""
        if process.subsystem != SUBSYSTEM:
            process.stderr.write(b"This server offers the subsystem jams and nothing else.\n")
            process.exit(1)
            return
        gate: _Gate = process.get_extra_info("jams_gate")
        with gate.busy():
            await self._admit(process)

    async def _admit(self, process: SSHServerProcess[bytes]) -> None:
        account = str(process.get_extra_info("jams_account"))
        by_password = bool(process.get_extra_info("jams_by_password"))
        origin = str(process.get_extra_info("peername", ("",))[0])
        code = 0
        try:
            self._quota.take(account)
            try:
                person = self._people.by_account(account, origin, by_password=by_password)
                try:
                    await self._converse(process, person)
                finally:
                    self._people.release(person)
            finally:
                self._quota.give_back(account)
        except JAMSError as problem:
            process.stdout.write(refusal(problem.message))
            code = 1
        process.exit(code)

    async def _converse(self, process: SSHServerProcess[bytes], person: Person) -> None:
        """Copy between the client and a thread of the session, which may block."""
        ours, theirs = socket.socketpair()
        self._sessions.add(ours)
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            session = _in_thread(lambda: self._run(theirs, person))
            incoming = asyncio.create_task(_copy(process.stdin.read, writer))
            try:
                while data := await reader.read(_CHUNK):
                    process.stdout.write(data)
                    await process.stdout.drain()
            except (OSError, asyncssh.Error):
                pass
            finally:
                incoming.cancel()
                # A close in order waits until the session has read all, while the session may wait for us.
                writer.transport.abort()
                await asyncio.gather(session, incoming, return_exceptions=True)
        finally:
            writer.transport.abort()
            theirs.close()
            self._sessions.discard(ours)

    def _run(self, end: socket.socket, person: Person) -> None:
        with end:
            serve(
                self._engine(),
                person,
                lambda: end.recv(_CHUNK),
                end.sendall,
                transport="SSH",
                hang_up=lambda: hang_up(end),
                limits=self._limits,
            )


async def _emptied(remaining: set[Any]) -> None:
    """Wait until nothing remains, but not for long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_GRACE):
            while remaining:
                await asyncio.sleep(0.02)


def _in_thread(work: Callable[[], None]) -> asyncio.Future[None]:
    """Do something in a thread of its own; done when it has ended.

    The threads of asyncio are few and shared with the checks of passwords; a session keeps its own for long.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle() -> None:
        if not done.done():
            done.set_result(None)

    def run() -> None:
        try:
            work()
        except Exception:
            _LOG.exception("a PowerShell session has failed")
        finally:
            # A server that stops does not wait for a pipeline that does not.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(settle)

    try:
        threading.Thread(target=run, name="powershell", daemon=True).start()
    except RuntimeError:
        raise ServerBusy("The server has no thread left for another session; try again later.") from None
    return done


async def _copy(read: Callable[[int], Any], writer: asyncio.StreamWriter) -> None:
    """From the client to the session; the end of input is passed on."""
    with suppress(OSError, asyncssh.Error):
        while data := await read(_CHUNK):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


class _Gate(asyncssh.SSHServer):
    """Lets accounts in by password or key; forwards nothing."""

    def __init__(self, people: People, keys: Path, connections: set[SSHServerConnection]) -> None:
        self._people = people
        self._keys = keys
        self._connections = connections
        self._connection: SSHServerConnection | None = None
        self._sessions = 0

    def connection_made(self, conn: SSHServerConnection) -> None:
        """A client has connected."""
        self._connection = conn
        self._connections.add(conn)
        conn.set_extra_info(jams_gate=self)

    def connection_lost(self, _exc: Exception | None) -> None:
        """The connection is closed."""
        if self._connection is not None:
            self._connections.discard(self._connection)

    def auth_completed(self) -> None:
        """A client has logged in."""
        self._expect_session()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """While a session goes on, the connection stays open."""
        self._sessions += 1
        try:
            yield
        finally:
            self._sessions -= 1
            self._expect_session()

    def _expect_session(self) -> None:
        if not self._sessions:
            asyncio.get_running_loop().call_later(_LOGIN, self._close_if_unused)

    def _close_if_unused(self) -> None:
        if not self._sessions and self._connection is not None:
            self._connection.close()

    def begin_auth(self, username: str) -> bool:
        """A client says who it is; keys are looked for by the name as it stands."""
        assert self._connection is not None
        path = self._keys / username
        if username.isprintable() and path.parent == self._keys and path.is_file():
            try:
                check_own(path)
                self._connection.set_authorized_keys(str(path))
                self._remember(username)
            except ConfigurationInvalid as error:
                _LOG.warning("%s", error.message)
            except (OSError, ValueError):
                _LOG.warning("the public keys in %s cannot be read", path)
        return True

    def public_key_auth_supported(self) -> bool:
        """Whether keys count."""
        return True

    def password_auth_supported(self) -> bool:
        """Whether passwords count."""
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        """Whether the password is right; a domain before the name is left out."""
        name = username.rpartition("\\")[2]
        try:
            assert self._connection is not None
            origin = str(self._connection.get_extra_info("peername", ("",))[0])
            account = await asyncio.to_thread(self._people.check_password, name, password, origin)
            self._remember(account, by_password=True)
        except Unauthenticated:
            return False
        except TooManyAttempts as problem:
            assert self._connection is not None
            self._connection.send_auth_banner(f"{problem.message}\r\n")
            return False
        except JAMSError as problem:
            _LOG.warning("a password could not be checked: %s", problem.message)
            return False
        return True

    def _remember(self, account: str, *, by_password: bool = False) -> None:
        assert self._connection is not None
        self._connection.set_extra_info(jams_account=account, jams_by_password=by_password)


def _host_key(directory: Path) -> asyncssh.SSHKey:
    """The server's own key; made, for its owner alone to read, when there is none."""
    path = directory / HOST_KEY
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        write_private(path, asyncssh.generate_private_key("ssh-ed25519").export_private_key())
    check_private(path)
    return asyncssh.read_private_key(str(path))
