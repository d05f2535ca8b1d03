"""One session over a pair of byte streams, from the first byte to the last."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from psprovider.endpoint.alarms import ALARMS
from psprovider.endpoint.connection import PipeConnection
from psprovider.endpoint.engine import Engine
from psprovider.endpoint.limits import DEFAULT_LIMITS, Limits
from psprovider.endpoint.session_settings import Settings

from .people import Person

_LOG = logging.getLogger(__name__)

PARTING = 5.0
"""Seconds for a client that has closed its session to end the connection."""


def serve(
    engine: Engine,
    person: Person,
    read: Callable[[], bytes],
    write: Callable[[bytes], object],
    *,
    transport: str,
    hang_up: Callable[[], object],
    limits: Limits = DEFAULT_LIMITS,
) -> None:
    """Serve one session until the client leaves, breaks the protocol, or is gone, and nothing of it runs.

    Args:
        engine: runs the session's commands.
        person: who is calling.
        read: waits for bytes and gives them; none, or OSError, means that the client is gone.
        write: sends bytes; may block while the client does not read, raises OSError when it is gone.
        transport: a word for logs and audit.
        hang_up: makes ``read`` give nothing from now on, and ``write`` raise OSError where it waits, and lets
            the client know; may be called more than once.
        limits: the session's limits.
    """
    settings = Settings(limits=limits)
    connection = PipeConnection(
        engine, write, identity=person, transport=transport, settings=settings, hang_up=hang_up
    )
    _LOG.info("a PowerShell session of %s has begun over %s", person.account, transport)
    try:
        while not connection.finished:
            data = _read(read)
            if not data:
                break
            connection.receive(data)
        if connection.closed_by_client:
            _part(read, hang_up)
    finally:
        connection.close()
        _LOG.info("a PowerShell session of %s over %s has ended", person.account, transport)


def _part(read: Callable[[], bytes], hang_up: Callable[[], object]) -> None:
    """Let the client end the connection: PowerShell crashes when that is done while it is about to."""
    alarm = ALARMS.after(PARTING, hang_up)
    while _read(read):
        pass
    alarm.cancel()


def _read(read: Callable[[], bytes]) -> bytes:
    with suppress(OSError):
        return read()
    return b""
