"""The ``Authorization`` of a caller, as clients write it and doors read it; whether it holds is asked later.

REST, SOAP and WS-Management have it in the header of that name, gRPC in the metadata ``authorization``.
"""

from __future__ import annotations

import base64
import binascii

from jams.objects.errors import MalformedRequest, Unauthenticated
from jams.security.caller import NOBODY, Credentials

_LONGEST = 8192


def authorization(credentials: Credentials) -> str | None:
    """What to send for some credentials; None for nobody.

    Raises:
        MalformedRequest: a token that is no token: it holds other characters than printable ASCII.
    """
    if credentials.token is not None:
        if not (credentials.token.isascii() and credentials.token.isprintable()):
            raise MalformedRequest("The token holds characters that a token cannot have.")
        return f"Bearer {credentials.token}"
    if credentials.username is not None:
        pair = f"{credentials.username}:{credentials.password or ''}"
        return "Basic " + base64.b64encode(pair.encode()).decode("ascii")
    return None


def credentials_from(header: str | None) -> Credentials:
    """The credentials that a caller sent: ``Bearer`` or ``Basic``, each in any case; no header is nobody.

    Basic is read as UTF-8 (RFC 7617 section 2.1).

    Raises:
        Unauthenticated: the header cannot be read; the message never repeats it.
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
