"""What crosses the wire between a JAMServer and those who call it from afar.

One gRPC method carries every operation: a request names the operation and holds its arguments, an answer
holds its result or its error, all as MessagePack. Credentials travel beside it in the call's metadata
``authorization``, in the form of the HTTP header of that name.
"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from msgspec import Meta, Raw, Struct

from jams.objects.errors import ErrorDocument, MalformedRequest
from jams.security.caller import NOBODY, Credentials

SERVICE = "jams.JAMServer"
METHOD = f"/{SERVICE}/Call"
AUTHORIZATION = "authorization"
NIL = Raw(b"\xc0")


class CallRequest(Struct, frozen=True, kw_only=True):
    """A call. ``arguments`` is the operation's arguments struct in MessagePack.

    ``door`` is what the calling face says of itself. It is a label for the audit trail, in which it shows as
    ``SOAP via wire``; nothing is allowed because of it.
    """

    operation: Annotated[str, Meta(max_length=128)]
    arguments: Raw
    door: Annotated[str, Meta(pattern="^[A-Za-z][A-Za-z0-9 ]{0,19}$")] = "library"
    retry_key: Annotated[str, Meta(max_length=255)] | None = None


class CallAnswer(Struct, frozen=True, kw_only=True):
    """An answer: the result in MessagePack (nil if there is none), or the error."""

    result: Raw = NIL
    error: ErrorDocument | None = None


def authorization(credentials: Credentials) -> str | None:
    """The header's value for some credentials; None for nobody.

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
    """The credentials that the header's value holds.

    Raises:
        MalformedRequest: the value is neither ``Bearer TOKEN`` nor ``Basic BASE64``.
    """
    if header is None:
        return NOBODY
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer" and value.strip():
        return Credentials(token=value.strip())
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            pair = ""
        username, colon, password = pair.partition(":")
        if colon and username:
            return Credentials(username=username, password=password)
    raise MalformedRequest("The authorization is neither 'Bearer TOKEN' nor 'Basic NAME:PASSWORD in base64'.")
