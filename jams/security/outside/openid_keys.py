"""What an issuer says of itself (OpenID Connect Discovery 1.0), and the keys by which it signs (RFC 7517)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import msgspec
import requests
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey
from msgspec import Struct

from jams.objects.errors import LoginUnavailable

from .openid_settings import IssuerSettings, is_secret_way

log = logging.getLogger(__name__)

AWAY = "Login is not available: the issuer that knows the accounts does not answer."

_FRESH = 600.0
"""Seconds for which keys are used without being asked for anew: so long an issuer's withdrawn key counts."""

_STALE = 24 * 3600.0
"""Seconds for which known keys do for those that cannot be had anew."""

_AGAIN = 30.0
"""Seconds between two questions that strangers can cause, by tokens of keys that nobody knows."""

_REST = 3.0
"""Seconds for which nobody waits for an issuer that has not answered."""

_LONGEST = 1 << 20
_MOST_KEYS = 100
_SHORTEST_RSA = 2048
_ASYMMETRIC = (RSAKey, ECKey, OKPKey)


class Metadata(Struct, frozen=True, kw_only=True):
    """What an issuer says of itself; an address that it does not have is None."""

    issuer: str
    jwks_uri: str
    authorization_endpoint: str | None = None
    token_endpoint: str | None = None
    device_authorization_endpoint: str | None = None


class UnusableIssuer(Exception):
    """An issuer has answered, and it cannot be used; the text says why."""


class _Known(Struct):
    metadata: Metadata
    keys: list[Key]
    at: float


class IssuerKeys:
    """The keys of an issuer as they were found lately.

    Args:
        settings: which issuer it is.
        clock: a monotonic clock in seconds.
    """

    def __init__(self, settings: IssuerSettings, *, clock: Callable[[], float] = time.monotonic) -> None:
        settings.check()
        self._settings = settings
        self._clock = clock
        self._known: _Known | None = None
        self._asked = float("-inf")
        self._failed = float("-inf")
        self._lock = threading.Lock()

    def metadata(self) -> Metadata:
        """What the issuer says of itself. Raises LoginUnavailable."""
        return self._current().metadata

    def find(self, name: str | None, algorithm: str) -> list[Key]:
        """The keys that may have made a signature; it is found out anew when nobody knows such a one.

        Args:
            name: what the token calls its key; None: it names none, and any will do.
            algorithm: by what it is signed.

        Raises:
            LoginUnavailable: no keys are known, and the issuer does not answer.
        """
        known = self._current()
        found = _fitting(known.keys, name, algorithm)
        if not found and self._clock() - self._asked >= _AGAIN:
            found = _fitting(self._renewed(known).keys, name, algorithm)
        return found

    def ask(self) -> Metadata:
        """Ask the issuer now, whatever is known.

        Raises:
            LoginUnavailable: it does not answer.
            UnusableIssuer: what it says cannot be used.
        """
        try:
            return self._fetch().metadata
        except requests.RequestException as error:
            raise LoginUnavailable(f"{self._settings.issuer} does not answer: {error}") from error

    def _current(self) -> _Known:
        known = self._known
        if known is not None and self._clock() - known.at < _FRESH:
            return known
        return self._renewed(known)

    def _renewed(self, before: _Known | None) -> _Known:
        """What the issuer says now, or what it said last; asked by one at a time."""
        with self._lock:
            if self._known is not None and self._known is not before:
                return self._known  # somebody else has asked meanwhile
            now = self._clock()
            if now - self._failed >= _REST:
                self._asked = now
                try:
                    self._known = self._fetch()
                    return self._known
                except (requests.RequestException, UnusableIssuer) as error:
                    self._failed = now
                    log.warning("the issuer %s cannot be asked: %s", self._settings.issuer, error)
            if before is not None and now - before.at < _STALE:
                return before
        raise LoginUnavailable(AWAY)

    def _fetch(self) -> _Known:
        issuer = self._settings.issuer
        told = self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if told.get("issuer") != issuer:
            raise UnusableIssuer(f"it calls itself {str(told.get('issuer'))[:200]}, and not {issuer}")
        metadata = Metadata(
            issuer=issuer,
            jwks_uri=self._address(told, "jwks_uri") or "",
            authorization_endpoint=self._address(told, "authorization_endpoint"),
            token_endpoint=self._address(told, "token_endpoint"),
            device_authorization_endpoint=self._address(told, "device_authorization_endpoint"),
        )
        if not metadata.jwks_uri:
            raise UnusableIssuer("it does not tell where its keys are (jwks_uri)")
        listed = self._get(metadata.jwks_uri).get("keys")
        listed = listed[:_MOST_KEYS] if isinstance(listed, list) else []
        keys = [key for key in map(_usable, listed) if key is not None]
        if not keys:
            raise UnusableIssuer("it has no key by which a signature could be checked")
        return _Known(metadata, keys, self._clock())

    def _address(self, told: dict[str, Any], name: str) -> str | None:
        address = told.get(name)
        if address is None:
            return None
        if not isinstance(address, str) or not is_secret_way(address):
            raise UnusableIssuer(f"its {name} is not reached by https")
        return address

    def _get(self, address: str) -> dict[str, Any]:
        """A JSON document from the issuer, which leads nowhere else and is not endless."""
        settings = self._settings
        answer = requests.get(
            address,
            timeout=settings.timeout,
            verify=settings.authority or True,
            allow_redirects=False,
            stream=True,
            headers={"Accept": "application/json"},
        )
        with answer:
            if answer.status_code != requests.codes.ok:
                raise UnusableIssuer(f"{address} answers with {answer.status_code}")
            body = bytearray()
            for part in answer.iter_content(1 << 14):
                body += part
                if len(body) > _LONGEST:
                    raise UnusableIssuer(f"{address} says more than {_LONGEST} bytes")
        try:
            return msgspec.json.decode(body, type=dict[str, Any])
        except msgspec.DecodeError:
            raise UnusableIssuer(f"{address} does not answer with an object of JSON") from None


def _usable(given: Any) -> Key | None:
    """A key by which signatures are checked, unless it is for something else or cannot be read."""
    if not isinstance(given, dict) or given.get("use", "sig") != "sig":
        return None
    try:
        key = JWKRegistry.import_key(given)
        if not isinstance(key, _ASYMMETRIC):
            return None
        if isinstance(key, RSAKey) and key.public_key.key_size < _SHORTEST_RSA:
            return None
    except (JoseError, ValueError, TypeError):
        return None
    return key


def _fitting(keys: list[Key], name: str | None, algorithm: str) -> list[Key]:
    return [
        key
        for key in keys
        if name in (None, key.kid) and (key.alg or algorithm) == algorithm and _can(key, algorithm)
    ]


def _can(key: Key, algorithm: str) -> bool:
    if isinstance(key, RSAKey):
        return algorithm.startswith(("RS", "PS"))
    return algorithm.startswith("ES") if isinstance(key, ECKey) else algorithm.startswith("Ed")
