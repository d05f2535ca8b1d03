r"""The class library's front door: a JAMS server as an object.

    server = Server("localhost")                      # or Server("https://host/JAMS/soap")
    server.entries.find(folder=r"\Sales", state=State.EXECUTING)
    server.entries[1234].hold("month end")
    server.submit(r"\Sales\Load", day="today").wait()

Nothing here knows an operation: collections, handles and methods come from the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jams.objects.errors import ConfigurationInvalid, RouteNotFound, ServerUnavailable, Unauthenticated
from jams.objects.hosts import is_loopback
from jams.objects.schedule import SubmitInfo
from jams.operations import CATALOGUE
from jams.operations.arguments import arguments_from
from jams.operations.catalogue import Operation
from jams.security.caller import NOBODY, Credentials
from jams.wire.addresses import WIRE_PORT

from .collections import Collection, Handle, collection_name
from .connection import Connection
from .home import LocalLogin, home_directory, read_login
from .methods import Method, method_names
from .owner import Owner

_OWN_SERVICES = ("Server", "Submit")
_SCHEME = "://"
"""Where it stands in the name of a host, the name is an address of web services."""


class Server:
    """A JAMS server, and a caller of it.

    Its own methods are the operations about the server and about submitting (``info``, ``who_am_i``,
    ``submit_job`` …); all others are reached through collections: ``entries``, ``jobs``, ``folders``,
    ``variables``, ``history``, ``agents``.

    Args:
        host: name or address of the JAMServer; or the address of its SOAP web services, such as
            ``https://host/JAMS/soap``, for those who can reach nothing else.
        port: its port; the one this machine's server listens on, else 773, if not given.
        connection: a connection to use instead, as that of a server in this process.
        token: an access token.
        username: an account's name, to log in with its password.
        password: its password.
        authority: PEM file of the certificate to trust; with it a wire insists on TLS.
        allow_plain: whether to go without TLS to another machine.
        home: home directory whose local login is used when no credentials are given and the host is this
            machine.

    Raises:
        ConfigurationInvalid: TLS is missing where it is demanded, the address is none, or the local login
            cannot be read.
    """

    def __init__(
        self,
        host: str = "localhost",
        port: int | None = None,
        *,
        connection: Connection | None = None,
        token: str | None = None,
        username: str | None = None,
        password: str | None = None,
        authority: str | Path | None = None,
        allow_plain: bool = False,
        home: str | Path | None = None,
    ) -> None:
        self._credentials = Credentials(token=token, username=username, password=password)
        local = None
        if connection is None and is_loopback((urlsplit(host).hostname or "") if _SCHEME in host else host):
            local = read_login(home_directory(home))
        self._owner: Owner | None = None
        if local is not None and self._credentials == NOBODY:
            self._owner = Owner(home_directory(home))
        if connection is not None:
            self._connection = connection
        elif _SCHEME in host:
            self._connection = _soap(host, port, authority, allow_plain)
        else:
            self._connection = _wire(host, port, local, authority, allow_plain)
        self._collections = {
            collection_name(service): Collection(self, service, operations)
            for service, operations in CATALOGUE.services().items()
            if service not in _OWN_SERVICES
        }
        self._methods = {
            name: operation
            for service in _OWN_SERVICES
            for operation in CATALOGUE.services().get(service, ())
            for name in method_names(operation)
        }

    def call(self, name: str, /, *, retry_key: str | None = None, **arguments: Any) -> Any:
        """Run an operation by its name in the catalogue, with its inputs by their Python names.

        Args:
            name: as ``hold_entry``.
            retry_key: a key under which a repeated submission gives the first answer again.
            arguments: the inputs; those with defaults may be left out.

        Raises:
            RouteNotFound: the catalogue has no such operation.
            JAMSError: whatever the operation raises.
        """
        operation = CATALOGUE.get(name)
        if operation is None:
            raise RouteNotFound(f"There is no operation {name}.", target=name)
        return self.run(operation, arguments, retry_key=retry_key)

    def run(self, operation: Operation, arguments: Mapping[str, Any], *, retry_key: str | None = None) -> Any:
        """Run an operation with its inputs by their Python names; see :meth:`call`."""
        credentials = self._credentials if self._owner is None else self._owner.credentials()
        if operation.right is not None and credentials == NOBODY:
            raise Unauthenticated(
                "Nobody has logged in: give a token, or a user name and password. Without them the login of "
                "this machine's own server is used, and none was found."
            )
        return self._connection.call(
            operation,
            arguments_from(operation, arguments),
            credentials=credentials,
            door="library",
            retry_key=retry_key,
        )

    def submit(
        self,
        job: str | SubmitInfo,
        options: Mapping[str, Any] | None = None,
        /,
        **parameters: Any,
    ) -> Handle:
        """Submit a job and give a handle to its entry.

        Args:
            job: qualified or bare name of the job; or a whole document, got from ``submit_info`` and changed.
            options: what else ``submit_job`` takes, as ``{"hold": True}``.
            parameters: values of the job's parameters.

        Raises:
            JAMSError: see the operations ``submit_job`` and ``submit``.
        """
        if isinstance(job, SubmitInfo):
            result = self.call("submit", submit_info=job)
        else:
            result = self.call("submit_job", name=job, parameters=parameters, **(options or {}))
        handle: Handle = self._collections["entries"][result.jams_entry]
        return handle

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._collections:
            return self._collections[name]
        if name in self._methods:
            return Method(self, self._methods[name], {})
        raise AttributeError(f"{type(self).__name__} has neither a collection nor a method {name}")

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._collections, *self._methods})


def _wire(
    host: str,
    port: int | None,
    local: LocalLogin | None,
    authority: str | Path | None,
    allow_plain: bool,
) -> Connection:
    """A connection to the JAMServer; imports gRPC only now."""
    from .wire import WireConnection

    if port is None and local is not None and local.wire is None:
        raise ServerUnavailable("This machine's JAMServer does not listen on the wire.")
    if local is not None and local.wire is not None:
        listens = int(local.wire.rpartition(":")[2])
        if port in (None, listens):
            port, authority = listens, authority or local.wire_certificate
    trusted = _certificate(Path(authority)) if authority is not None else None
    return WireConnection(host, port or WIRE_PORT, authority=trusted, allow_plain=allow_plain)


def _soap(address: str, port: int | None, authority: str | Path | None, allow_plain: bool) -> Connection:
    """A connection to the SOAP web services; imports zeep only now."""
    from .soap import SoapConnection

    if port is not None:
        raise ConfigurationInvalid(f"The port belongs into the address {address}.")
    return SoapConnection(address, authority=authority, allow_plain=allow_plain)


def _certificate(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationInvalid(f"The certificate {path} cannot be read: {error.strerror}.") from error
