"""Access tokens: opaque random texts of which only a digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from jams.database import accounts
from jams.database.accounts import TokenRecord
from jams.objects.session import AccessToken

ACCESS = "access"
REFRESH = "refresh"
SPENT = "spent"
"""A refresh token that was exchanged already."""
EXCHANGED = "exchanged"
"""A token of an issuer for which one was given already."""
LOCAL = "local"
"""A token of the local tools: it runs out soon, and no logout ends it."""

OF_LOGINS = (ACCESS, REFRESH, SPENT)

REFRESH_LIFE = timedelta(days=30)


LENGTH = 43
"""Characters of a token."""


def digest(token: str) -> str:
    """The form in which a token is stored. Plain SHA-256: the token itself holds 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find(c: Connection, token: str) -> TokenRecord | None:
    """The token, unless it is unknown or has run out."""
    found = accounts.find_token(c, digest(token))
    if found is None or (found.expires is not None and found.expires <= datetime.now(UTC)):
        return None
    return found


def issue(
    c: Connection, account_id: int, life: timedelta, family: str | None = None, *, refreshed: bool = True
) -> AccessToken:
    """Store and give a new access token, of a new login or of one going on.

    Its refresh token is empty if it shall not be ``refreshed``, so that the login is over when it runs out.
    """
    family = family or secrets.token_hex(16)
    access = _store(c, account_id, ACCESS, family, life)
    refresh = _store(c, account_id, REFRESH, family, max(REFRESH_LIFE, life)) if refreshed else ""
    return AccessToken(access_token=access, expires_in=str(int(life.total_seconds())), refresh_token=refresh)


def issue_local(c: Connection, account_id: int, life: timedelta) -> str:
    """Store and give a new token for the local tools."""
    return _store(c, account_id, LOCAL, None, life)


def spend(c: Connection, account_id: int, token: str, expires: float) -> bool:
    """Note that a token of an issuer was exchanged for one of ours; False if it was before.

    ``expires`` is when nobody would take it any more, in seconds since 1970.
    """
    until = datetime.fromtimestamp(expires, UTC)
    try:
        with c.begin_nested():
            accounts.add_token(c, account_id, digest(token), kind=EXCHANGED, expires=until)
    except IntegrityError:
        return False
    return True


def exchange(c: Connection, refresh_token: str, life: timedelta) -> AccessToken | None:
    """New tokens for a refresh token, which is spent by it; None when it does not hold.

    A refresh token that was spent before ends the whole login: one of two people who show it is not the
    owner, and there is no telling which (RFC 9700 section 4.14).
    """
    found = find(c, refresh_token)
    if found is None or found.family is None or not found.account.enabled:
        return None
    if found.kind not in (REFRESH, SPENT):
        return None
    if not accounts.turn_token(c, digest(refresh_token), REFRESH, into=SPENT):
        accounts.delete_family(c, found.family)
        return None
    return issue(c, found.account.id, life, found.family)


def _store(c: Connection, account_id: int, kind: str, family: str | None, life: timedelta) -> str:
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    accounts.prune_tokens(c, now)
    accounts.add_token(
        c,
        account_id,
        digest(token),
        kind=kind,
        family=family,
        expires=now + life,
    )
    return token
