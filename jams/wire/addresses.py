"""Network addresses: the published ports, the networks of this machine alone, and listening."""

from __future__ import annotations

import socket

WIRE_PORT = 773
"""The published port of the JAMServer."""

SCHEDULER_PORT = 2773
"""The published port of the scheduler."""

EXECUTOR_PORT = 3773
"""The published port of the executor."""

UNPRIVILEGED_WIRE_PORT = 7730
"""Taken instead of 773 where only the system's administrator may listen below 1024."""


LOOPBACK = ("127.0.0.0/8", "::1")
"""The networks of this machine alone."""


def host_and_port(host: str, port: int) -> str:
    """A host and port as one text; an IPv6 address stands in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens; 0 is any free port. Raises OSError, whose ``errno`` says why it cannot."""
    family, kind, protocol, _, where = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    try:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if exclusive is None else exclusive, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(where)
        made.listen()
    except BaseException:
        made.close()
        raise
    return made
