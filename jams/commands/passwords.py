"""How the commands are told passwords: at a terminal, or through a pipe, and never as arguments."""

from __future__ import annotations

import getpass
import sys

from jams.objects.errors import InvalidArgument


def read_password(prompt: str) -> str:
    """A password that is being set: typed twice at a terminal, or else the first line of standard input.

    Raises:
        InvalidArgument: what was typed the second time is something else.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(prompt)
    if getpass.getpass("Once more: ") != password:
        raise InvalidArgument("The two passwords differ; nothing was changed.")
    return password
