"""The web services as this installation configures them."""

from __future__ import annotations

from jams.client.connection import Connection
from jams.server.addresses import host_and_port

from .settings import Settings
from .web import WSGIApplication

BASE_PATH = "/JAMS"


def create_web_application(connection: Connection, settings: Settings, port: int) -> WSGIApplication:
    """The WSGI application in front of a JAMServer. Imports the web services only now.

    ``port`` is the one that is really listened on; it shows in published addresses when PublicUrl is empty.
    """
    from webservices.application import create_application
    from webservices.settings import WebSettings

    return create_application(
        connection,
        WebSettings(
            public_url=base_url(settings, port),
            max_request_bytes=settings.max_request_bytes,
            max_streams=settings.waiter_limit,
        ),
    )


def base_url(settings: Settings, port: int) -> str:
    """The published address of the web services, with their base path."""
    if settings.public_url:
        return settings.public_url
    return f"http://{host_and_port(_named(settings.listen_address), port)}{BASE_PATH}"


def _named(address: str) -> str:
    return "localhost" if address in ("127.0.0.1", "::1", "0.0.0.0", "::") else address
