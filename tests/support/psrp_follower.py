"""A client in a process of its own that follows the log of a job, for tests that kill it.

    python -m tests.support.psrp_follower WAY ENTRY PLACE [KEY]

WAY is socket, bridge, ssh, stdio or wsman. PLACE is the socket, the port or the home. It writes one line once
it has seen the log's first one, and goes on following.
"""

from __future__ import annotations

import sys
from pathlib import Path

import psprovider.transports.bridge
from tests.support.psrp_client import ProcessClient, SocketClient, StrictClient
from tests.support.running import PASSWORD, ROOT
from tests.support.wsman import Hand

USER = "olga"


def pipe(way: str, place: str, key: str) -> StrictClient:
    """A client over a pipe."""
    if way == "socket":
        return SocketClient(Path(place))
    if way == "bridge":
        return ProcessClient([sys.executable, "-I", "-S", psprovider.transports.bridge.__file__, place])
    if way == "stdio":
        command = [sys.executable, "-m", "jams.commands.main", "ps", "serve-stdio", "--home", place]
        return ProcessClient(command, cwd=ROOT)
    return ProcessClient(ssh(place, key))


def ssh(port: str, key: str) -> list[str]:
    """The command that opens the subsystem of an SSH server that nobody knows yet."""
    return [
        "ssh", "-F", "none", "-i", key, "-l", USER, "-p", port, "-o", "UserKnownHostsFile=/dev/null",
        "-o", "StrictHostKeyChecking=no", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes",
        "-o", "LogLevel=ERROR", "-s", "localhost", "jams",
    ]  # fmt: skip


def main(way: str, entry: str, place: str, key: str = "") -> None:
    """Follow."""
    if way == "wsman":
        hand = Hand(int(place), USER, PASSWORD)
        assert hand.create().status == 200
        hand.receive()
        command = hand.command("Get-JAMSLog", JAMSEntry=int(entry), Follow=True)
        while not hand.receive(command).stream:
            pass
        print("following", flush=True)
        while hand.receive(command).status in (200, 500):
            pass
        return
    client = pipe(way, place, key)
    client.open()
    pipeline = client.start(("Get-JAMSLog", {"JAMSEntry": int(entry), "Follow": True}))
    client.until(pipeline, lambda result: bool(result.output))
    print("following", flush=True)
    client.wait(pipeline)


if __name__ == "__main__":
    main(*sys.argv[1:])
