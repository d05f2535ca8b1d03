"""Tokens of an issuer: whether one holds, and who it is of (RFC 7519, RFC 8725, RFC 9068)."""

from __future__ import annotations

import logging
import math
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.util import urlsafe_b64decode
from msgspec import Struct

from jams.objects.accounts import ISSUER
from jams.objects.errors import ConfigurationInvalid, InvalidArgument, Unauthenticated

from .openid_keys import IssuerKeys, Metadata, UnusableIssuer
from .openid_settings import IssuerSettings
from .outsiders import Outsider, named_here

log = logging.getLogger(__name__)

LONGEST = 16 << 10
"""Characters of a token."""

_LEEWAY = 60.0
"""Seconds by which the clocks of two machines may differ."""

_FORM = re.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")
_TYPES = {None, "jwt", "at+jwt", "application/jwt", "application/at+jwt"}
"""What a token may say of itself; the issuer signs others, as of logouts, which let nobody in."""

_ACCESS_TYPES = {"at+jwt", "application/at+jwt"}
_MOST_GROUPS = 2000
_LONGEST_SUBJECT = 255
_REFUSED = "The token of the issuer does not hold; log in there again."


class Shown(Struct, frozen=True):
    """Who has shown a token, and until which time of the clock it holds (seconds since 1970)."""

    outsider: Outsider
    expires: float


class Issuer:
    """An issuer of OpenID Connect whose tokens are taken.

    Args:
        settings: which it is, and what of its tokens means what.
        keys: its keys; made of the settings if not given.
        clock: the time in seconds since 1970.

    Raises:
        ConfigurationInvalid: the settings cannot be used.
    """

    def __init__(
        self,
        settings: IssuerSettings,
        keys: IssuerKeys | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._keys = keys or IssuerKeys(settings)
        self._clock = clock

    @property
    def settings(self) -> IssuerSettings:
        """Which issuer it is."""
        return self._settings

    def metadata(self) -> Metadata:
        """What the issuer says of itself. Raises LoginUnavailable."""
        return self._keys.metadata()

    def ask(self) -> Metadata:
        """What the issuer says of itself now, whatever is known of it.

        Raises:
            LoginUnavailable: it does not answer.
            ConfigurationInvalid: it has answered, and cannot be used.
        """
        try:
            return self._keys.ask()
        except UnusableIssuer as error:
            raise ConfigurationInvalid(f"{self._settings.issuer} cannot be used: {error}.") from error

    def shown(self, token: str) -> Shown:
        """Who shows a token: an access token for us, or an ID token for our client.

        Raises:
            Unauthenticated: it does not hold.
            LoginUnavailable: its signature cannot be checked.
        """
        client = self._settings.client
        return self._checked(token, (*self._settings.audiences, *([client] if client else ())))

    def logged_in(self, id_token: str) -> Shown:
        """Who has logged in at the issuer by our client. Raises as :meth:`shown`, and InvalidArgument."""
        if not self._settings.client:
            raise InvalidArgument("People log in at the issuer by no client: OpenId:ClientId names none.")
        return self._checked(id_token, (self._settings.client,), identity=True)

    def _checked(self, token: str, audiences: Sequence[str], *, identity: bool = False) -> Shown:
        try:
            claims = self._claims(token, identity)
            expires = self._check(claims, audiences)
            return Shown(self._outsider(claims), expires)
        except _Refused as refused:
            log.info("a token of %s is refused: %s", self._settings.issuer, refused)
            raise Unauthenticated(_REFUSED) from None

    def _claims(self, token: str, identity: bool) -> dict[str, Any]:
        """What is said in a token, once its signature holds."""
        if len(token) > LONGEST or not _FORM.fullmatch(token):
            raise _Refused("it is no signed token")
        header = _header(token)
        algorithm, name, kind = header.get("alg"), header.get("kid"), header.get("typ")
        if algorithm not in self._settings.algorithms:
            raise _Refused(f"it is signed by {str(algorithm)[:20]}, which OpenId:Algorithms does not name")
        if name is not None and not isinstance(name, str):
            raise _Refused("its key has no name that could be one")
        kind = kind.lower() if isinstance(kind, str) else kind
        if not (kind is None or isinstance(kind, str)) or kind not in _TYPES:
            raise _Refused("it is of another kind")
        if identity and kind in _ACCESS_TYPES:
            raise _Refused("it is an access token, where an ID token is meant")
        for key in self._keys.find(name, algorithm):
            try:
                return jwt.decode(token, key, algorithms=[algorithm]).claims
            except (JoseError, ValueError, TypeError):
                continue
        raise _Refused("no key of the issuer has signed it")

    def _check(self, claims: dict[str, Any], audiences: Sequence[str]) -> float:
        """See that the token is the issuer's, for us, and holds now; until when it does."""
        now = self._clock()
        if claims.get("iss") != self._settings.issuer:
            raise _Refused("another issuer has issued it")
        given = claims.get("aud")
        listed = given if isinstance(given, list) else [given]
        if not any(audience in listed for audience in audiences):
            raise _Refused("it is for somebody else")
        party = claims.get("azp")
        if len(listed) > 1 and self._settings.client in listed and party not in (None, self._settings.client):
            raise _Refused("it was given to another client")
        expires, begins, issued = (_time(claims, name) for name in ("exp", "nbf", "iat"))
        if expires is None or expires + _LEEWAY <= now:
            raise _Refused("it has run out, or never would")
        if any(at is not None and at - _LEEWAY > now for at in (begins, issued)):
            raise _Refused("it does not hold yet")
        return expires + _LEEWAY

    def _outsider(self, claims: dict[str, Any]) -> Outsider:
        settings = self._settings
        subject, name = claims.get("sub"), claims.get(settings.name_claim)
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
            raise _Refused("it does not say of whom it is")
        if not isinstance(name, str) or not name:
            raise _Refused(f"it has no claim {settings.name_claim}, which is the name of an account")
        groups = claims.get(settings.groups_claim, [])
        groups = [groups] if isinstance(groups, str) else groups
        if not isinstance(groups, list) or not all(isinstance(group, str) for group in groups):
            raise _Refused(f"its claim {settings.groups_claim} is no list of names")
        if len(groups) > _MOST_GROUPS:
            raise _Refused(f"its claim {settings.groups_claim} lists too many")
        return Outsider(
            source=ISSUER,
            external_id=f"{settings.issuer}#{subject}",  # only together they are nobody else's
            name=name,
            groups=named_here(groups, settings.domain, settings.mapped),
        )


class _Refused(Exception):
    """A token does not hold; the text is for the log alone, and holds nothing of it that is secret."""


def _header(token: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(urlsafe_b64decode(token.partition(".")[0].encode()))
    except (ValueError, msgspec.DecodeError):
        raise _Refused("its head cannot be read") from None
    if not isinstance(found, dict):
        raise _Refused("its head is no object")
    return found


def _time(claims: dict[str, Any], name: str) -> float | None:
    given = claims.get(name)
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not math.isfinite(given):
        raise _Refused(f"its {name} is no time")
    return float(given)
