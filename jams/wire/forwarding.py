"""From where a call comes, when it came through others: whose word about that counts.

What stands between a caller and the server tells the caller's address: a proxy in ``X-Forwarded-For``, web
services apart with each call. Anybody can say so; it counts from those who are trusted alone, and reading
from the near end back it counts up to the first who is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from .addresses import LOOPBACK

_MOST_HOPS = 8
_BETWEEN = " via "
_WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.%]+)\](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}")


class Trusted:
    """Addresses whose word counts.

    Args:
        networks: addresses, or networks written ``10.0.0.0/8``.
    """

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks: list[IPv4Network | IPv6Network] = [
            ip_network(each, strict=False) for each in networks
        ]

    def __contains__(self, address: str) -> bool:
        try:
            found = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        return any(found in network for network in self._networks)

    def origin(self, peer: str, told: Iterable[str]) -> str:
        """The origin of a call: ``client``, or ``client via proxy via proxy``.

        Args:
            peer: who has connected.
            told: the addresses before him, the farthest first, as the peer tells them.
        """
        hops = [peer]
        for address in reversed(list(told)[-_MOST_HOPS:]):
            plain = _address(address)
            if hops[0] not in self or plain is None:
                break
            hops.insert(0, plain)
        return _BETWEEN.join(hops)


NOBODY = Trusted()
"""Nobody is trusted."""

LOCAL = Trusted(LOOPBACK)
"""Programs on the same machine are."""


def is_origin(text: str) -> bool:
    """Whether a text is an origin as :meth:`Trusted.origin` makes it."""
    return all(_address(hop) is not None for hop in text.split(_BETWEEN))


def hops_of_header(forwarded_for: str) -> list[str]:
    """The addresses of a header ``X-Forwarded-For``, the farthest first."""
    return [part.strip() for part in forwarded_for.split(",")[-_MOST_HOPS:]]


def _address(text: str) -> str | None:
    """The address in what a proxy wrote, which may hold a port; None if it is none."""
    found = _WITH_PORT.fullmatch(text)
    plain = (found[1] or found[2]) if found else text
    try:
        return str(ip_address(plain.partition("%")[0]))
    except ValueError:
        return None
