"""From where a request comes: the address of its caller, and whether a page of another site sends it.

The address is that of the connection. Where a trusted proxy holds it, the proxy tells whose request it is.

Refused are changes that a page of another site makes a browser send with the credentials it has stored.

Basic credentials, and those of a proxy in front, are sent by a browser by itself. A browser says where a
request comes from: by ``Sec-Fetch-Site`` (Fetch Metadata), older ones by ``Origin``. Programs send neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from jams.wire.forwarding import Trusted, hops_of_header

_TOLD = ("HTTP_X_FORWARDED_", "HTTP_FORWARDED")
_ORIGIN = "jams.origin"
_SAFE_VERBS = frozenset({"GET", "HEAD", "OPTIONS"})


def comes_from_elsewhere(environ: Mapping[str, Any], public_host: str) -> bool:
    """Whether a browser sends this request, which may change something, for another site's page."""
    if environ["REQUEST_METHOD"] in _SAFE_VERBS:
        return False
    site = environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = environ.get("HTTP_ORIGIN")
    if origin is None:
        return False
    return urlsplit(origin).netloc.lower() not in (environ.get("HTTP_HOST", "").lower(), public_host.lower())


def settle_origin(environ: dict[str, Any], trusted: Trusted) -> None:
    """Write down from where a request comes, and take out what proxies tell: nothing else depends on it."""
    told = environ.get("HTTP_X_FORWARDED_FOR", "")
    environ[_ORIGIN] = trusted.origin(environ.get("REMOTE_ADDR") or "", hops_of_header(told) if told else ())
    for name in [
        name for name in environ if name.startswith("HTTP_X_FORWARDED_") or name == "HTTP_FORWARDED"
    ]:
        del environ[name]


def origin_of(environ: Mapping[str, Any]) -> str:
    """From where a request comes, as it is told to the JAMServer."""
    settled: str | None = environ.get(_ORIGIN)
    return settled if settled is not None else environ.get("REMOTE_ADDR") or ""
