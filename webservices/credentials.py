"""Reads what a caller shows in an ``Authorization`` header; whether it holds is the server's business."""

from __future__ import annotations

import base64
import binascii

from jams.objects.errors import Unauthenticated
from jams.security.caller import NOBODY, Credentials

CHALLENGES = ('Bearer realm="JAMS"', 'Basic realm="JAMS", charset="UTF-8"')
"""The ``WWW-Authenticate`` headers of an answer 401 (RFC 6750 section 3, RFC 7617 section 2.1)."""

_LONGEST = 8192


def from_authorization(header: str | None) -> Credentials:
    """The credentials in an ``Authorization`` header: ``Bearer`` or ``Basic``, each in any case.

    Basic is read as UTF-8 (RFC 7617 section 2.1). No header is nobody. Raises Unauthenticated when the header
    cannot be read; the message never repeats it.
    """
    if header is None or not header.strip():
        return NOBODY
    scheme, _, value = header.strip().partition(" ")
    value = value.strip()
    if len(header) > _LONGEST or not value or not value.isascii() or " " in value:
        raise Unauthenticated("The Authorization header cannot be read.")
    match scheme.lower():
        case "bearer":
            return Credentials(token=value)
        case "basic":
            return _basic(value)
    raise Unauthenticated("The Authorization header must be Bearer or Basic.")


def _basic(value: str) -> Credentials:
    try:
        text = base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise Unauthenticated("The Basic credentials are not base64 of UTF-8 text.") from None
    username, colon, password = text.partition(":")
    if not colon or not username or not text.isprintable():
        raise Unauthenticated("The Basic credentials must be a name, a colon and a password.")
    return Credentials(username=username, password=password)
