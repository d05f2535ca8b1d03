"""Clients behind the bridge, over everything that it may have as standard input and output."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import psprovider.transports
from tests.support.psrp_client import PairClient, ProcessClient

# Its path alone: the module runs in a process of its own.
BRIDGE = os.path.join(psprovider.transports.__path__[0], "bridge.py")


def command(path: Path) -> list[str]:
    """What starts the bridge to a socket."""
    return [sys.executable, "-I", "-S", BRIDGE, str(path)]


def bridge(path: Path) -> ProcessClient:
    """Over pipes, which are handed over."""
    return ProcessClient(command(path))


def bridge_over_socket(path: Path) -> PairClient:
    """Over one socket for both directions, as some builds of sshd make it; it is handed over."""
    return PairClient(command(path), socket.socketpair())


def copying_bridge(path: Path) -> PairClient:
    """Over a connection of the network, which no server takes: the bridge has to copy."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ours = socket.create_connection(listener.getsockname())
        return PairClient(command(path), (ours, listener.accept()[0]))
