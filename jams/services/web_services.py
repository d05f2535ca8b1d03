"""The web services as this installation configures them."""

from __future__ import annotations

from urllib.parse import urlsplit

from jams.client.connection import PatientConnection
from jams.operations.context import Refusals
from jams.wire.addresses import host_and_port
from jams.wire.forwarding import Trusted

from .settings import Settings
from .web import WSGIApplication

BASE_PATH = "/JAMS"


def create_web_application(
    connection: PatientConnection, settings: Settings, port: int, refusals: Refusals
) -> WSGIApplication:
    """The WSGI application in front of a JAMServer. Imports the web services only now.

    ``port`` is the one that is really listened on; it shows in published addresses when PublicUrl is empty.
    ``refusals`` takes down what is refused before the JAMServer is asked.
    """
    from webservices.application import create_application
    from webservices.web_settings import WebSettings

    return create_application(
        connection,
        WebSettings(
            public_url=base_url(settings, port),
            max_request_bytes=settings.max_request_bytes,
            soap_sender_status=int(settings.soap_sender_status),
            cors_origins=settings.cors_origins,
            trusted=Trusted(settings.trusted_proxies),
        ),
        note=refusals.note,
    )


def base_url(settings: Settings, port: int) -> str:
    """The published address of the web services, with their base path."""
    return settings.public_url or local_url(settings, port)


def local_url(settings: Settings, port: int) -> str:
    """The address of the web services for callers on this machine, past any proxy."""
    path = urlsplit(settings.public_url).path if settings.public_url else BASE_PATH
    return f"http://{host_and_port(reached_at(settings.listen_address), port)}{path}"


def reached_at(address: str) -> str:
    """The host by which this machine reaches what listens on ``address``."""
    return {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::": "::1"}.get(address, address)
