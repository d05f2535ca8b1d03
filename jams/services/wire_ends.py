"""The wire as this installation configures it: the end that listens, and the one that calls."""

from __future__ import annotations

from jams.client.home import read_login
from jams.client.wire import WireConnection
from jams.objects.errors import ConfigurationInvalid, ServerUnavailable
from jams.objects.hosts import is_loopback
from jams.server.wire import WireSettings
from jams.wire.addresses import LOOPBACK, UNPRIVILEGED_WIRE_PORT, WIRE_PORT
from jams.wire.forwarding import Trusted

from .settings import Settings


def wire_settings(settings: Settings) -> WireSettings:
    """How the configuration says the wire is served."""
    given = settings.server_port
    return WireSettings(
        address=settings.listen_address,
        ports=(WIRE_PORT, UNPRIVILEGED_WIRE_PORT) if given is None else (given,),
        threads=settings.threads,
        waiting=settings.waiter_limit,
        max_bytes=settings.max_request_bytes,
        certificate=settings.home / settings.wire_certificate if settings.wire_certificate else None,
        key=settings.home / settings.wire_key if settings.wire_key else None,
        allow_plain=settings.allow_plain_wire,
        request_time=settings.request_time,
        idle_time=settings.idle_connection_time,
        trusted=Trusted((*LOOPBACK, *settings.trusted_proxies)),
    )


def remote_connection(settings: Settings) -> WireConnection:
    """A connection to the JAMServer that the configuration names.

    Raises:
        ConfigurationInvalid: TLS is missing where it is demanded, or the certificate cannot be read.
        ServerUnavailable: no port is fixed by which the server could be found.
    """
    port = settings.server_port
    if port is None and is_loopback(settings.jam_server):
        local = read_login(settings.home)
        port = int(local.wire.rpartition(":")[2]) if local is not None and local.wire else None
    authority = None
    if settings.wire_authority:
        path = settings.home / settings.wire_authority
        try:
            authority = path.read_bytes()
        except OSError as error:
            raise ConfigurationInvalid(f"WireAuthority: {path} cannot be read: {error.strerror}.") from error
    if port == 0:
        raise ServerUnavailable("ServerPort is 0 (any free port), so the JAMServer cannot be found.")
    return WireConnection(
        settings.jam_server,
        port or WIRE_PORT,
        authority=authority,
        allow_plain=settings.allow_plain_wire,
    )
