"""Answers as gzip, for who takes them so (RFC 9110 section 12.5.3).

A length tells something of what was packed together: a page of another site that makes a browser ask, and
chooses a part of what is answered, could find out the rest piece by piece (BREACH). So nothing is packed that
a browser asks for on behalf of another site, nor what opens a login or gives a token.
"""

from __future__ import annotations

import gzip

from flask import Request

SHORTEST = 1400
"""Bytes that fit into one packet anyway."""

TAG = "-gzip"
"""What the tag of a packed answer has at its end: it is another form of the same version."""

_LEVEL = 1


def is_wanted(request: Request, size: int) -> bool:
    """Whether an answer of so many bytes is to be packed."""
    if size < SHORTEST or not request.accept_encodings["gzip"] or "Accept-Encoding" not in request.headers:
        return False
    return request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")


def packed(body: bytes) -> bytes:
    """The body as gzip."""
    return gzip.compress(body, _LEVEL, mtime=0)
