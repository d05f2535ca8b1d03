"""Who comes in from outside: as whom a directory or an issuer knows him, whatever it speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct

DOMAIN_SIGN = "\\"
"""What stands between a domain and the name of a group or account in it; no name of JAMS holds it."""


class Outsider(Struct, frozen=True, kw_only=True):
    """Somebody as he is known outside.

    Attributes:
        source: by what: ``directory`` or ``openid``.
        external_id: what he is called there for ever; nobody else ever is.
        name: what his account here is called.
        groups: the groups he is in there, as access lists name them; :func:`named_here`.
    """

    source: str
    external_id: str
    name: str
    groups: tuple[str, ...] = ()


class Directory(Protocol):
    """A directory of people with passwords."""

    @property
    def domain(self) -> str:
        """What stands before the names of its groups in access lists; empty: they are not named there."""

    def log_in(self, name: str, password: str) -> Outsider | None:
        """Who has this name and password there; None if nobody.

        Raises:
            LoginUnavailable: it does not answer.
        """

    def look_up(self, external_id: str) -> Outsider | None:
        """Who is known by this there now, without a password; None if nobody that may log in.

        Raises:
            LoginUnavailable: it does not answer.
        """


def is_signed(token: str) -> bool:
    """Whether a text looks like a token that an issuer has signed, of three parts."""
    return token.startswith("eyJ") and token.count(".") == 2


def named_here(groups: Iterable[str], domain: str, mapped: Mapping[str, str]) -> tuple[str, ...]:
    r"""The groups of somebody outside, as they count here.

    Each is ``DOMAIN\\group`` if the domain has a name, so that it is never taken for a group of JAMS which is
    called the same; and the group of JAMS to which ``mapped`` (by its folded name) says that it leads.
    """
    found: dict[str, None] = {}
    for group in groups:
        if domain:
            found[f"{domain}{DOMAIN_SIGN}{group}"] = None
        here = mapped.get(group.casefold())
        if here is not None:
            found[here] = None
    return tuple(found)
