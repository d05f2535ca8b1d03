"""The place that a caller comes from, as failures are counted by it.

An origin is written for people, the audit trail among them: the client's address, and after it what its call
came through (``10.0.0.7 via 10.0.0.2``). Only what stands first counts here, so whoever writes an origin puts
nothing there that a stranger could have chosen.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

_LONGEST = 64
_SUBSCRIBER = 64
"""Bits of an IPv6 address that one subscriber cannot change."""


def place_of(origin: str) -> str:
    """The place of an origin: an IPv4 address, or the network of 64 bits that an IPv6 address lies in."""
    first = origin.partition(" ")[0]
    try:
        address = ip_address(first.partition("%")[0])
    except ValueError:
        return first[:_LONGEST]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), _SUBSCRIBER), strict=False))
    return str(address)
