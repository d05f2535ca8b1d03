"""One HTTP conversation with the web services: kept alive, over TLS or a proxy where that is asked for."""

from __future__ import annotations

import http.client
import os
import ssl
from urllib.parse import unquote, urlsplit

from .addresses import is_this_machine
from .client_errors import ClientError, Unreachable, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_STALE = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class Answer:
    """What came back: status, content type without parameters, and the body."""

    def __init__(self, status: int, media_type: str, body: bytes) -> None:
        self.status = status
        self.media_type = media_type
        self.body = body


class Http:
    """A connection to one server. It is opened when first used, and again after it broke.

    Attributes:
        cut: whether the last answer said that more may follow than it holds.
    """

    def __init__(self, server: str, *, timeout: float, ca_file: str | None = None) -> None:
        """``server`` is its base address; ``timeout`` the seconds that an answer may take."""
        self.server = server
        self._parts = urlsplit(server)
        self._timeout = timeout
        self._ca_file = ca_file
        self._connection: http.client.HTTPConnection | None = None
        self._prefix = ""
        self.cut = False

    def exchange(
        self,
        verb: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str],
        wait: float = 0.0,
        repeatable: bool,
    ) -> Answer:
        """Send a request and read the answer.

        Args:
            verb: HTTP verb.
            path: path below the base address, with its query.
            body: request body.
            headers: request headers.
            wait: seconds that the server was asked to wait, on top of the time an answer may take.
            repeatable: whether sending it twice does no harm. Then a connection that the server had closed
                meanwhile is opened anew.

        Raises:
            Unreachable: there is no answer; ``sent`` tells whether the request may have got through.
        """
        reused = self._connection is not None
        try:
            return self._once(verb, path, body, headers, wait)
        except Unreachable as error:
            if not (reused and repeatable and isinstance(error.__cause__, _STALE)):
                raise
        return self._once(verb, path, body, headers, wait)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _once(
        self, verb: str, path: str, body: bytes | None, headers: Mapping[str, str], wait: float
    ) -> Answer:
        sent = False
        try:
            connection = self._connection or self._connect()
            if connection.sock is None:
                connection.connect()
            connection.sock.settimeout(self._timeout + wait)
            sent = True
            connection.request(verb, self._prefix + self._parts.path + path, body, dict(headers))
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(f"{self.server} {_reason(error, self._timeout)}", sent=sent) from error
        self.cut = response.getheader("X-Truncated") is not None
        media_type = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        return Answer(response.status, media_type, content)

    def _connect(self) -> http.client.HTTPConnection:
        host, secure = self._parts.hostname or "", self._parts.scheme == "https"
        port = self._parts.port or (443 if secure else 80)
        proxy = _proxy(self._parts.scheme, host)
        made: http.client.HTTPConnection
        at, at_port = (proxy[0], proxy[1]) if proxy else (host, port)
        if secure:
            made = http.client.HTTPSConnection(at, at_port, timeout=self._timeout, context=self._context())
        else:
            made = http.client.HTTPConnection(at, at_port, timeout=self._timeout)
        if proxy and secure:
            made.set_tunnel(host, port)
        self._prefix = f"http://{self._parts.netloc}" if proxy and not secure else ""
        made.connect()
        self._connection = made
        return made

    def _context(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._ca_file)
        except OSError as error:
            raise UsageError(f"--ca-file: {self._ca_file}: {error.strerror or error}") from None


def _proxy(scheme: str, host: str) -> tuple[str, int] | None:
    """The proxy that the environment names for a host. This machine itself is never behind one.

    Only the environment is asked: what Windows or macOS configure elsewhere is not.
    """
    if is_this_machine(host):
        return None
    if not any(name.lower() in (f"{scheme}_proxy", "all_proxy") and os.environ[name] for name in os.environ):
        return None
    import urllib.request as proxying

    proxies = proxying.getproxies_environment()
    address = proxies.get(scheme) or proxies.get("all")
    if not address or proxying.proxy_bypass_environment(host, proxies):  # type: ignore[attr-defined]
        return None
    parts = urlsplit(address if "://" in address else f"http://{address}")
    if parts.scheme != "http" or not parts.hostname:
        raise ClientError(
            f"the proxy of {scheme}_proxy cannot be used: only plain http:// proxies can",
            kind="Unreachable",
            code="Proxy",
        )
    return unquote(parts.hostname), parts.port or 8080


def _reason(error: Exception, timeout: float) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"shows a certificate that is not trusted: {error.verify_message} (see --ca-file)"
    if isinstance(error, ssl.SSLError):
        return f"does not speak TLS as it should: {error.reason or error}"
    if isinstance(error, TimeoutError):
        return f"has not answered within {timeout:g} seconds"
    if isinstance(error, http.client.RemoteDisconnected):
        return "has closed the connection without an answer"
    if isinstance(error, http.client.HTTPException):
        return "does not answer as a web server does: is the address right?"
    if isinstance(error, OSError):
        return f"cannot be reached: {error.strerror or error}"
    return f"cannot be reached: {error}"
