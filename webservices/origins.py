"""Refuses changes that a page of another site makes a browser send with the credentials it has stored.

Basic credentials, and those of a proxy in front, are sent by a browser by itself. A browser says where a
request comes from: by ``Sec-Fetch-Site`` (Fetch Metadata), older ones by ``Origin``. Programs send neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

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
