"""The listener of WS-Management: a port of its own, with TLS, in a thread of its own."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn

from jams.objects.errors import ConfigurationInvalid
from jams.security.files import check_private
from psprovider.endpoint.engine import Engine
from psprovider.endpoint.limits import DEFAULT_LIMITS, Limits

from ..listening import listen
from ..people import People, Quota
from .application import Application
from .connections import KEEP_ALIVE, Connection
from .service import HOLD, Service

_LOG = logging.getLogger(__name__)


class WSManListener:
    """Serves WS-Management on an address.

    Args:
        address, port: where; port 0 is any free one.
        engine: makes the engine of the sessions.
        people: the holders of accounts.
        quota: counts the sessions.
        certificate, key: files (PEM) for TLS; without them everything, passwords too, travels in clear.
        limits: the limits of every session.
        hold: seconds for which a Receive is parked.

    Attributes:
        port: the port that is listened on.

    Raises:
        ConfigurationInvalid: the port cannot be opened, or the certificate cannot be used.
    """

    def __init__(
        self,
        address: str,
        port: int,
        engine: Callable[[], Engine],
        people: People,
        quota: Quota,
        *,
        certificate: Path | None = None,
        key: Path | None = None,
        limits: Limits = DEFAULT_LIMITS,
        hold: float = HOLD,
    ) -> None:
        self._service = Service(engine, people, quota, limits=limits, hold=hold)
        self._application = Application(self._service, people)
        config = uvicorn.Config(
            self._application,
            http=Connection,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=1,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        try:
            if key is not None:
                check_private(key)
            config.load()
        except ConfigurationInvalid:
            self._service.close()
            raise
        except (OSError, ssl.SSLError) as error:
            self._service.close()
            raise ConfigurationInvalid(
                f"The certificate {certificate} with the key {key} cannot be used: "
                f"{error.strerror or error}.",
                target="WSManCertificate",
            ) from None
        try:
            self._socket = listen(address, port)
        except OSError as error:
            self._service.close()
            raise ConfigurationInvalid(
                f"WS-Management cannot be served on {address}, port {port}: {error.strerror or error}.",
                target="WSManPort",
            ) from None
        self.port: int = self._socket.getsockname()[1]
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="wsman", daemon=True)

    def start(self) -> None:
        """Begin to answer requests; those that come earlier wait for it."""
        self._thread.start()

    def stop(self, grace: float = 5.0) -> None:
        """End every session and close every connection."""
        self._service.close()
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(grace)
        self._socket.close()
        self._application.close()

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        except Exception:
            _LOG.exception("WS-Management is served no more")
