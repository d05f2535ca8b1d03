"""What the web services must be told before they can serve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from jams.objects.errors import ConfigurationInvalid
from jams.wire.forwarding import NOBODY, Trusted

_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True)
class WebSettings:
    """How the web services present themselves and what they put up with.

    Attributes:
        public_url: where callers reach the web services, as ``https://jams.example/JAMS``. Every address that
            is published (WSDL, OpenAPI) is made from it, never from a caller's ``Host`` header.
        base_path: path below which requests arrive here, empty for the root; None: the path of
            ``public_url``. They differ where a proxy takes a prefix away.
        max_request_bytes: longest request body that is read.
        max_waiting_threads: how many threads may be held by callers that wait, or follow something, where the
            HTTP server cannot put them aside. It needs some more threads for everybody else.
        soap_sender_status: HTTP status of a fault of SOAP 1.2 that blames the sender: 500 or 400.
        cors_origins: origins of pages on other sites that may use the services.
        trusted: proxies whose ``X-Forwarded-For`` tells from where a request comes.

    Raises:
        ConfigurationInvalid: a setting has no usable value.
    """

    public_url: str
    base_path: str | None = None
    max_request_bytes: int = 8 << 20
    max_waiting_threads: int = 8
    soap_sender_status: int = 500
    cors_origins: tuple[str, ...] = ()
    trusted: Trusted = NOBODY

    def __post_init__(self) -> None:
        address = urlsplit(self.public_url)
        if address.scheme not in ("http", "https") or not address.netloc or address.query or address.fragment:
            raise ConfigurationInvalid(f"{self.public_url!r} is no public address; write https://host/JAMS.")
        if not _PATH.fullmatch(self.prefix):
            raise ConfigurationInvalid(f"{self.prefix!r} is no base path; write it as /JAMS.")
        if self.max_waiting_threads < 1:
            raise ConfigurationInvalid("One caller at least may wait.")
        if self.soap_sender_status not in (400, 500):
            raise ConfigurationInvalid("The HTTP status of a fault that blames the sender is 400 or 500.")

    @property
    def prefix(self) -> str:
        """Path below which requests arrive, without a slash at its end."""
        path = urlsplit(self.public_url).path if self.base_path is None else self.base_path
        return path.rstrip("/")

    @property
    def address(self) -> str:
        """The public address, without a slash at its end."""
        return self.public_url.rstrip("/")
