"""Finds the caller's credentials: WS-Security UsernameToken in the envelope, or an Authorization header.

This face authenticates nobody; it only reads what the caller shows. PasswordDigest is refused, because to
check one the server would have to keep passwords in clear, and it keeps Argon2 hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from lxml.etree import _Element as Element

from jams.objects.errors import Unauthenticated
from jams.security.caller import NOBODY, Credentials
from jams.wire.soap.names import local_name

from .roles import role_of

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
SECURITY = f"{{{WSSE}}}Security"
_TOKEN, _USERNAME, _PASSWORD = (f"{{{WSSE}}}{name}" for name in ("UsernameToken", "Username", "Password"))
_TIMESTAMP, _EXPIRES = f"{{{WSU}}}Timestamp", f"{{{WSU}}}Expires"
_CLOCK_SKEW = timedelta(minutes=5)
_LONGEST = 1024


def from_blocks(blocks: Sequence[Element], version: str) -> Credentials | None:
    """The credentials in the blocks of a header that are for us, None if they hold no UsernameToken.

    Raises Unauthenticated for a token that cannot be read or used; the message never repeats it.
    """
    found = [block for block in blocks if block.tag == SECURITY]
    roles = [role_of(block, version) for block in found]
    if len(set(roles)) < len(roles):
        raise Unauthenticated("Send one Security header for each role (WS-Security 1.1 section 5).")
    tokens = []
    for child in (child for block in found for child in block):
        if child.tag == _TOKEN:
            tokens.append(child)
        elif child.tag == _TIMESTAMP:
            _check_expiry(child.find(_EXPIRES))
        else:
            raise Unauthenticated(
                f"WS-Security {local_name(str(child.tag))[:100]} is not supported; send a UsernameToken."
            )
    if len(tokens) > 1:
        raise Unauthenticated("Send only one UsernameToken.")
    return _credentials(tokens[0]) if tokens else None


def agreed(envelope: Credentials | None, request: Credentials) -> Credentials:
    """The credentials of a caller who may show some in the envelope and some with the HTTP request.

    Neither goes before the other: one of them may come from somebody on the way. Raises Unauthenticated when
    they are not the same.
    """
    if envelope is None:
        return request
    if request not in (NOBODY, envelope):
        raise Unauthenticated(
            "The UsernameToken and the Authorization header show different credentials; send one of them."
        )
    return envelope


def _credentials(token: Element) -> Credentials:
    username, password = _text(token, _USERNAME), _text(token, _PASSWORD)
    if not username or password is None:
        raise Unauthenticated("A UsernameToken needs one Username and one Password.")
    return Credentials(username=username, password=password)


def _text(token: Element, tag: str) -> str | None:
    found = token.findall(tag)
    if len(found) != 1 or len(found[0]):
        return None
    if tag == _PASSWORD and found[0].get("Type", "#PasswordText").endswith("#PasswordDigest"):
        raise Unauthenticated(
            "PasswordDigest cannot be checked, because passwords are kept as hashes; "
            "send PasswordText over TLS."
        )
    text = found[0].text or ""
    return text if len(text) <= _LONGEST else None


def _check_expiry(expires: Element | None) -> None:
    if expires is None:
        return
    try:
        end = datetime.fromisoformat((expires.text or "").strip())
    except ValueError:
        raise Unauthenticated("The WS-Security Timestamp cannot be read.") from None
    if (end if end.tzinfo else end.replace(tzinfo=UTC)) + _CLOCK_SKEW < datetime.now(UTC):
        raise Unauthenticated("The message has expired; see its WS-Security Timestamp.")
