"""When a request that was refused may be made again: the header ``Retry-After`` of every face."""

from __future__ import annotations

from collections.abc import Mapping

from jams.objects.errors import ErrorKind

_SECONDS = {ErrorKind.BUSY: "2", ErrorKind.THROTTLED: "1", ErrorKind.UNAVAILABLE: "10"}


def retry_after(kind: ErrorKind, details: Mapping[str, str]) -> str | None:
    """Seconds after which an error may be over; None where another attempt is no better."""
    return details.get("retryAfter", _SECONDS[kind]) if kind in _SECONDS else None
