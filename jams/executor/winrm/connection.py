"""Connections to a Windows host: how they are made, and how it is said that one cannot be had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests.exceptions as http
from pypsrp.complex_objects import Color, Coordinates, Size
from pypsrp.exceptions import AuthenticationError, WinRMTransportError, WSManFaultError
from pypsrp.host import PSHost, PSHostRawUserInterface, PSHostUserInterface
from pypsrp.wsman import WSMan

from jams.objects.run import Remote

from .failures import Refused, reason

WIDTH = 120
"""Characters in a line of what the host formats."""
RECEIVE_SECONDS = 20
"""How long the host holds a question for news."""


def connect(remote: Remote, password: str, seconds: int | None = None) -> WSMan:
    """A connection to the host, which nothing was sent over yet; ``seconds`` bounds a request."""
    clear = remote.authentication.lower() == "basic" and not remote.use_tls
    return WSMan(
        remote.address,
        port=remote.port,
        username=remote.user_name,
        password=password,
        ssl=remote.use_tls,
        auth=remote.authentication.lower(),
        encryption="never" if clear else "auto",
        cert_validation=remote.verify_certificate and (remote.certificate_authority or True),  # type: ignore[arg-type]
        connection_timeout=seconds or remote.connect_timeout,
        read_timeout=seconds or RECEIVE_SECONDS + 10,
        no_proxy=True,
    )


@contextmanager
def refusals(remote: Remote) -> Iterator[None]:
    """Say why a host does not let us in. Raises Refused."""
    where = remote.address
    try:
        yield
    except Refused:
        raise
    except AuthenticationError as error:
        raise Refused(
            f"{where} does not let {remote.user_name} in (authentication {remote.authentication})."
        ) from error
    except WSManFaultError as error:
        raise Refused(f"{where} refused the session: {fault_text(error)}.") from error
    except WinRMTransportError as error:
        raise Refused(f"{where} answered with HTTP status {error.code}; is WinRM there?") from error
    except http.SSLError as error:
        raise Refused(f"The certificate of {where} cannot be trusted: {reason(error)}.") from error
    except http.ConnectTimeout as error:
        raise Refused(f"{where} did not answer within {remote.connect_timeout} seconds.") from error
    except Exception as error:
        raise Refused(f"No session with {where} could be opened: {reason(error)}.") from error


def fault_text(error: WSManFaultError) -> str:
    """What the host says that is wrong."""
    told = error.provider_fault or error.reason or f"code {error.code}"
    return str(told).strip().rstrip(".")


def nobodys_host() -> PSHost:
    """A host that nobody sits at."""
    size = Size(width=WIDTH, height=50)
    raw = PSHostRawUserInterface(
        window_title="JAMS",
        cursor_size=25,
        foreground_color=Color(value=Color.GRAY),
        background_color=Color(value=Color.BLACK),
        cursor_position=Coordinates(x=0, y=0),
        window_position=Coordinates(x=0, y=0),
        buffer_size=Size(width=WIDTH, height=3000),
        max_physical_window_size=size,
        max_window_size=size,
        window_size=size,
    )
    return PSHost(None, None, False, "JAMS", None, PSHostUserInterface(raw_ui=raw), "1.0")
