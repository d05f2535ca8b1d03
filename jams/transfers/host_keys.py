"""Keys of hosts that nobody has known so far: whether they are taken, and where they are remembered."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import asyncssh

USUAL_PORT = 22
_OF_THE_MACHINE = "/etc/ssh/ssh_known_hosts"
_OF_THE_ACCOUNT = "~/.ssh/known_hosts"


def usual_files() -> list[str]:
    """The files of known keys that are there: that of the account, and that of the machine."""
    found = [os.path.expanduser(_OF_THE_ACCOUNT), _OF_THE_MACHINE]
    return [each for each in found if os.path.isfile(each)]


def is_new(files: Sequence[str], host: str, address: str, port: int) -> bool:
    """Whether no file says anything of a host; one of which another key is known is not new."""
    if not files:
        return True
    usual = port if port != USUAL_PORT else None
    return not any(asyncssh.match_known_hosts(list(files), host, address, usual))


def remember(host: str, port: int, key: asyncssh.SSHKey) -> Path:
    """Write down a key as that of a host, for the account that this runs as; in which file.

    Raises:
        OSError: it cannot be written.
    """
    file = Path(os.path.expanduser(_OF_THE_ACCOUNT))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    named = host if port == USUAL_PORT else f"[{host}]:{port}"
    line = f"{named} {key.export_public_key('openssh').decode().strip()}\n"
    with file.open("ab") as known:
        # The last line of a file that somebody has edited may have no end.
        whole = not known.tell() or file.read_bytes().endswith(b"\n")
        known.write(line.encode() if whole else f"\n{line}".encode())
    return file
