"""Pages of other sites that may use the web services (the CORS protocol of the Fetch standard): none, unless
somebody names their origins. They show a token of their own; credentials that a browser has stored are not
taken from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SHOWN = "ETag, Link, Location, Retry-After, X-Request-ID, X-Total-Count, X-Truncated"
_TAKEN = (
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, "
    "SOAPAction, X-Request-ID"
)  # fmt: skip
_VERBS = "GET, HEAD, POST, PUT, PATCH, DELETE"
_LIFETIME = "600"


class Cors:
    """Says which pages may ask, and what they may see."""

    def __init__(self, origins: tuple[str, ...]) -> None:
        """``origins`` are those that may, as ``https://portal.example``."""
        self._origins = frozenset(origin.lower() for origin in origins)

    def allows(self, environ: Mapping[str, Any]) -> bool:
        """Whether a page asks that may."""
        return environ.get("HTTP_ORIGIN", "").lower() in self._origins

    def headers(self, environ: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What is added to each answer."""
        if not self._origins:
            return []
        if not self.allows(environ):
            return [("Vary", "Origin")]
        return [
            ("Vary", "Origin"),
            ("Access-Control-Allow-Origin", environ["HTTP_ORIGIN"]),
            ("Access-Control-Expose-Headers", _SHOWN),
        ]

    def asks_first(self, environ: Mapping[str, Any]) -> bool:
        """Whether a browser asks whether it may ask."""
        return (
            environ["REQUEST_METHOD"] == "OPTIONS"
            and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
            and self.allows(environ)
        )

    def permission(self) -> list[tuple[str, str]]:
        """The answer to that."""
        return [
            ("Access-Control-Allow-Methods", _VERBS),
            ("Access-Control-Allow-Headers", _TAKEN),
            ("Access-Control-Max-Age", _LIFETIME),
        ]
