"""Serving the web services over HTTP with waitress."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from jams.objects.errors import ConfigurationInvalid
from jams.wire.addresses import host_and_port, listening_socket
from jams.wire.forwarding import Trusted

from .descriptors import room_for_connections
from .settings import Settings
from .web_connections import Patience, WebConnections

WSGIApplication = Callable[[dict[str, Any], Any], Iterable[bytes]]

_HEADER_ROOM = 64 << 10
_ANSWER_IN_MEMORY = 8 << 20
_OTHERS = 1000
"""Connections for which there is room beside those that wait."""

_BESIDES = 100
"""What is in the loop beside connections, and connections that are being closed."""

_PAUSE = 0.01

_LONGEST_LOOK = 1.0
"""Seconds after which connections are looked at though nothing has happened: time is kept there."""

_FEW = 50
_GATHERED = 8e-6
"""Above so many connections, seconds for each in which what happens gathers before all are looked at again:
waitress looks at every one whenever something happens at any, so a thousand who are told something at once
would be looked at a thousand times.
"""


class WebServer:
    """A WSGI application on a port of its own.

    Limits follow the measured advice for this stack: request bodies are bounded before they are read, and
    answers of a few megabytes stay in memory instead of going through a temporary file.

    Args:
        settings: address, port and limits.

    Raises:
        ConfigurationInvalid: the port cannot be opened, or the address needs TLS in front of it.
    """

    def __init__(self, settings: Settings) -> None:
        if not settings.local_only and not settings.allow_insecure_http:
            raise ConfigurationInvalid(
                f"The web services do not listen on {settings.listen_address} without TLS: put a proxy that "
                "ends TLS in front of them and set Auth:AllowInsecureHttp, or listen on 127.0.0.1.",
                target="Auth:AllowInsecureHttp",
            )
        from webservices.aside import in_stretches, open_waiting_room
        from webservices.refusals import refuse_with_problems

        self._application: WSGIApplication | None = None
        self._channels: dict[int, Any] = {}
        patience = _patience(settings)
        try:
            listening = listening_socket(settings.listen_address, settings.web_port)
        except OSError as error:
            raise ConfigurationInvalid(_why_not(settings, error), target="WebPort") from None
        server: Any = create_server(
            in_stretches(self._dispatch),
            map=self._channels,
            sockets=[listening],
            threads=settings.threads,
            ident=None,
            clear_untrusted_proxy_headers=False,  # the application believes those that are trusted
            # waitress refuses what reaches its limit, not only what is beyond it.
            max_request_body_size=settings.max_request_bytes + 1,
            max_request_header_size=_HEADER_ROOM,
            outbuf_overflow=_ANSWER_IN_MEMORY,
            # Reached before waitress stops to listen at all.
            connection_limit=patience.altogether + _BESIDES,
            asyncore_use_poll=True,  # select() knows no descriptor beyond 1,023
        )
        self._waiting = open_waiting_room(self._channels)
        refuse_with_problems(self._channels)
        self._connections = WebConnections(patience, Trusted(settings.trusted_proxies))
        server.channel_class = self._connections.channel_class(server.channel_class)
        self._server = server
        self.port: int = server.effective_port
        self._thread = threading.Thread(target=self._loop, name="web", daemon=True)

    def serve(self, application: WSGIApplication) -> None:
        """Begin to answer requests with the application."""
        self._application = application
        self._thread.start()

    def stop(self, grace: float = 3.0) -> None:
        """Answer whoever waits, give what is under way ``grace`` seconds, and close every connection."""
        close = getattr(self._application, "close", None)
        if close is not None:
            close()
        self._server.accepting = False
        until = time.monotonic() + grace
        self._waiting.close(grace)
        tasks = self._server.task_dispatcher
        # waitress itself would let its threads end, and whoever waits for one go without an answer.
        while (tasks.queue or tasks.active_count) and time.monotonic() < until:
            time.sleep(_PAUSE)
        tasks.shutdown(timeout=max(0.0, until - time.monotonic()))
        if self._thread.is_alive():
            self._server.trigger.pull_trigger(self._close_channels)
            self._thread.join(grace)
        else:
            self._close_channels()
        self._server.trigger.close()

    def _close_channels(self) -> None:
        """Close every connection, which ends the loop.

        The trigger stays open: whoever pulls it at this moment would write into what has its number by then.
        """
        others = {n: c for n, c in self._channels.items() if c is not self._server.trigger}
        wasyncore.close_all(others)
        self._channels.clear()

    def _loop(self) -> None:
        """Look after all connections until they are closed."""
        while self._channels:
            wasyncore.loop(_LONGEST_LOOK, use_poll=True, map=self._channels, count=1)
            if len(self._channels) > _FEW:
                time.sleep(len(self._channels) * _GATHERED)

    def _dispatch(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        assert self._application is not None
        environ["jams.connection"] = self._connections.of(environ)
        return self._application(environ, start_response)


def _patience(settings: Settings) -> Patience:
    return Patience(
        head=settings.request_time,
        rate=settings.request_rate,
        idle=settings.idle_connection_time,
        of_place=settings.connections_per_address,
        altogether=room_for_connections(settings.waiter_limit + _OTHERS),
    )


def _why_not(settings: Settings, error: OSError) -> str:
    where = host_and_port(settings.listen_address, settings.web_port)
    if error.errno == errno.EADDRINUSE:
        return f"The port of the web services, {where}, is taken; give --web-port a free one, or set WebPort."
    if error.errno == errno.EACCES:
        return f"The port of the web services, {where}, is privileged; set WebPort above 1023."
    return f"The web services cannot listen on {where}: {error.strerror or error}; set ListenAddress."
