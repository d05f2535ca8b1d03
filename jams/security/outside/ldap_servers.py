"""Connections to the servers of a directory: one that answers, over TLS whose certificate was checked."""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import ceil

import ldap3
from ldap3.core.exceptions import (
    LDAPCommunicationError,
    LDAPException,
    LDAPOperationResult,
)

from jams.objects.errors import ConfigurationInvalid, LoginUnavailable

from .ldap_settings import DirectorySettings, ServerAddress

log = logging.getLogger(__name__)

AWAY = (
    "Login is not available to accounts of the directory, which does not answer; and no account of this "
    "server has that name and password."
)
"""What all are told who are not let in meanwhile, so that it does not tell who is known here."""

_SHUNNED = 30.0
"""Seconds for which a server that has not answered is asked last."""

_REST = 3.0
"""Seconds for which nobody waits for a directory none of whose servers has answered."""

_OF_THE_SERVER = frozenset({"busy", "unavailable", "timeLimitExceeded", "operationsError", "other"})
"""Results that tell of the server and not of who binds: the next one may do better."""


class BindRefused(Exception):
    """A server has answered, and does not let in whoever was named: wrong password, locked, unknown."""


class _Tls(ldap3.Tls):
    """TLS as OpenSSL does it, names of hosts and addresses in certificates included.

    What ldap3 has of its own for them knows no addresses on newer versions of Python.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(validate=ssl.CERT_REQUIRED)
        self._context = context

    def wrap_socket(self, connection: ldap3.Connection, do_handshake: bool = False) -> None:
        """Begin TLS on the socket of a connection; a certificate that does not hold ends it."""
        connection.socket = self._context.wrap_socket(
            connection.socket, server_hostname=connection.server.host
        )


class Servers:
    """The servers of a directory, which know the same.

    Args:
        settings: where they are and how they are reached.
        clock: a monotonic clock in seconds.
    """

    def __init__(self, settings: DirectorySettings, *, clock: Callable[[], float] = time.monotonic) -> None:
        settings.check()
        try:
            self._tls = _Tls(ssl.create_default_context(cafile=settings.authority))
        except (OSError, ssl.SSLError) as error:
            raise ConfigurationInvalid(
                f"Directory:Authority names {settings.authority}, which holds no certificate to be read."
            ) from error
        self._settings = settings
        self._clock = clock
        self._failed: dict[ServerAddress, float] = {}
        self._away_until = float("-inf")
        self._lock = threading.Lock()

    @contextmanager
    def connection(self, name: str | None, password: str | None) -> Iterator[ldap3.Connection]:
        """A connection to a server that answers, bound as somebody, or as nobody.

        Raises:
            BindRefused: the directory does not let in whoever was named.
            LoginUnavailable: no server answers, or its answer fails while the connection is used.
        """
        connection = self._connect(name, password)
        try:
            yield connection
        except LDAPException as error:
            log.warning("the directory at %s failed: %s", connection.server.host, _told(error))
            raise LoginUnavailable(AWAY) from error
        finally:
            _close(connection)

    def check_each(self, name: str | None, password: str | None) -> dict[str, str]:
        """What is wrong with each server, by its address; empty: it answers, and takes the credentials."""
        found = {}
        for server in self._settings.servers:
            try:
                _close(self._open(server, name, password))
                found[str(server)] = ""
            except BindRefused:
                found[str(server)] = "it refuses the account of Directory:Credential"
            except (LDAPException, OSError) as error:
                found[str(server)] = _told(error)
        return found

    def _connect(self, name: str | None, password: str | None) -> ldap3.Connection:
        if self._clock() < self._away_until:
            raise LoginUnavailable(AWAY)
        for server in self._in_turn():
            try:
                connection = self._open(server, name, password)
            except (LDAPException, OSError) as error:
                log.warning("the directory at %s does not answer: %s", server, _told(error))
                with self._lock:
                    self._failed[server] = self._clock()
                continue
            with self._lock:
                self._failed.pop(server, None)
            return connection
        self._away_until = self._clock() + _REST
        raise LoginUnavailable(AWAY)

    def _in_turn(self) -> list[ServerAddress]:
        """The servers as they stand in the settings, and after them those that have not answered lately."""
        now = self._clock()
        with self._lock:
            shunned = {server for server, at in self._failed.items() if now - at < _SHUNNED}
        return sorted(self._settings.servers, key=lambda server: server in shunned)

    def _open(self, server: ServerAddress, name: str | None, password: str | None) -> ldap3.Connection:
        """A bound connection. What is secret is sent when TLS stands, and not before."""
        settings = self._settings
        connection = ldap3.Connection(
            ldap3.Server(
                server.host,
                port=server.port,
                use_ssl=server.tls,
                tls=self._tls,
                get_info=ldap3.NONE,
                connect_timeout=settings.timeout,
            ),
            user=name,
            password=password,
            authentication=ldap3.ANONYMOUS if name is None else ldap3.SIMPLE,
            auto_bind=ldap3.AUTO_BIND_NONE,
            auto_referrals=False,
            raise_exceptions=True,
            receive_timeout=ceil(settings.timeout),  # it takes whole seconds alone
            read_only=True,
            check_names=False,
        )
        try:
            connection.open(read_server_info=False)
            if not server.tls and not settings.plain(server):
                connection.start_tls(read_server_info=False)
                if not isinstance(connection.socket, ssl.SSLSocket):
                    raise LDAPCommunicationError("it does not start TLS")
            connection.bind(read_server_info=False)
        except LDAPOperationResult as error:
            _close(connection)
            if connection.starting_tls or error.description in _OF_THE_SERVER:
                raise
            log.info("the directory at %s refuses %s: %s", server, name or "nobody", _told(error))
            raise BindRefused from error
        except BaseException:
            _close(connection)
            raise
        return connection


def _close(connection: ldap3.Connection) -> None:
    """End a connection; ldap3 leaves the socket of one open that came about by half."""
    with suppress(LDAPException, OSError):
        connection.unbind()
    if connection.socket is not None:
        with suppress(OSError):
            connection.socket.close()


def _told(error: BaseException) -> str:
    """An error in a line of a log; nothing of what was sent is in it."""
    if isinstance(error, LDAPOperationResult):
        return f"{error.description} {error.message or ''}".strip()
    return f"{type(error).__name__}: {error}"
