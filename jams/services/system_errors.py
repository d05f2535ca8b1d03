"""Serious errors of the services, told to the system: the guide's Event Log of Windows, elsewhere syslog."""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from logging.handlers import NTEventLogHandler

from jams.server.system_log import Address, ServiceErrors

from .service_log import Brief

log = logging.getLogger(__name__)


def begin_telling(
    address: Address | None, service: str, *, windows: bool = sys.platform == "win32"
) -> logging.Handler | None:
    """Tell the system of what this process logs as an error, from now on.

    Returns the handler, for :func:`jams.services.service_log.end_logging`; None when nobody is to be told, or
    Windows cannot be.

    Args:
        address: the system's log, as ``SystemLog`` of the configuration names it.
        service: the name of the service.
        windows: whether to tell the Event Log, where no address is given.
    """
    if address is not None:
        handler: logging.Handler | None = ServiceErrors(address, service)
    else:
        handler = _event_log(service) if windows else None
    if handler is not None:
        handler.setFormatter(Brief("%(message)s"))
        logging.getLogger().addHandler(handler)
    return handler


def _event_log(service: str) -> logging.Handler | None:
    """The Event Log, by pywin32; never tried on Windows."""
    try:
        import_module("win32evtlogutil")
    except ImportError:
        log.info("the Event Log of Windows is told nothing: openjams[windows] is not installed")
        return None
    handler = NTEventLogHandler(service)
    handler.setLevel(logging.ERROR)
    return handler
