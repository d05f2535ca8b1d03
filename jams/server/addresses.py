"""The published ports, which addresses reach this machine alone, and how one is written with a port."""

from __future__ import annotations

from ipaddress import ip_address

WIRE_PORT = 773
"""The published port of the JAMServer."""

UNPRIVILEGED_WIRE_PORT = 7730
"""Taken instead of 773 where only the system's administrator may listen below 1024."""


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own loopback."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_and_port(host: str, port: int) -> str:
    """A host and port as one text; an IPv6 address stands in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
