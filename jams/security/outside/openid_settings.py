"""What is to be known of an issuer of OpenID Connect before its word is taken."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from jams.objects.errors import ConfigurationInvalid
from jams.objects.hosts import is_loopback

ALGORITHMS = (
    "RS256",
    "PS256",
    "ES256",
    "RS384",
    "PS384",
    "ES384",
    "RS512",
    "PS512",
    "ES512",
    "Ed25519",
    "EdDSA",
)
"""Signatures that may be taken. All are made with a private key that the issuer alone has.

None is keyed by a secret: with those, whoever knows the public key could sign (RFC 8725 section 2.1).
"""


class IssuerSettings(Struct, frozen=True, kw_only=True):
    """What is to be known of an issuer.

    Attributes:
        issuer: its address, letter by letter as it stands in its tokens.
        client: what JAMSWebClient is called there; ID tokens are for it.
        audiences: for whom access tokens are that are taken; ID tokens of ``client`` are as well.
        name_claim: the claim that is the name of the account here.
        groups_claim: the claim that lists the groups.
        domain: what stands before the names of its groups; empty: access lists do not name them.
        mapped: groups of JAMS by the folded names of those of the issuer which lead to them.
        algorithms: signatures that are taken.
        scopes: what JAMSWebClient asks for.
        authority: file of certificates that are trusted; None: those that the system trusts.
        timeout: seconds for an answer of the issuer.
    """

    issuer: str
    client: str
    audiences: tuple[str, ...] = ()
    name_claim: str = "preferred_username"
    groups_claim: str = "groups"
    domain: str = ""
    mapped: Mapping[str, str] = {}
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256", "EdDSA")
    scopes: tuple[str, ...] = ("openid", "profile")
    authority: str | None = None
    timeout: float = 5.0

    def check(self) -> None:
        """See that its word can be taken. Raises ConfigurationInvalid."""
        if not is_secret_way(self.issuer):
            raise ConfigurationInvalid(
                f"OpenId:Issuer is {self.issuer}; an issuer on another machine is asked by https."
            )
        if not self.client and not self.audiences:
            raise ConfigurationInvalid(
                "OpenId:ClientId or OpenId:Audience says for whom tokens are that are taken; without either "
                "a token that somebody was given for any other program would do."
            )
        if not self.algorithms:
            raise ConfigurationInvalid("OpenId:Algorithms names one signature at least.")
        if not self.name_claim:
            raise ConfigurationInvalid("OpenId:NameClaim says what the name of an account is.")


def is_secret_way(address: str) -> bool:
    """Whether nobody on the way can read or change what is said there: https, or this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "https" and parts.hostname:
        return True
    return parts.scheme == "http" and is_loopback(parts.hostname or "")


def signatures(text: str) -> tuple[str, ...]:
    """The signatures that a list names. Raises ValueError with the second half of a sentence."""
    found = tuple(dict.fromkeys(word for word in text.replace(",", " ").replace(";", " ").split()))
    if not found or any(word not in ALGORITHMS for word in found):
        raise ValueError(f"names some of {', '.join(ALGORITHMS)}; none that is keyed by a secret is taken")
    return found
