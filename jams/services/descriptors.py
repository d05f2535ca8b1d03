"""The descriptors of this process: how many connections it may have open, and what others inherit of them."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress

log = logging.getLogger(__name__)

OTHER_FILES = 512
"""Descriptors for everything but the connections of the web services: the database, logs, runs, libraries."""

_STANDARD = 2
_FEWEST = 64
_SELECTABLE = 480
"""Connections that the select() of Windows can watch, with some room."""


def keep_to_ourselves() -> None:
    """Pass nothing on to jobs that whoever started this process has left open in it."""
    if sys.platform != "linux":
        return
    for name in os.listdir("/proc/self/fd"):
        if int(name) > _STANDARD:
            with suppress(OSError):
                os.set_inheritable(int(name), False)


def room_for_connections(wanted: int) -> int:
    """So many connections as are wanted, or as many as there may be.

    Where the limit of this process can be raised for that, it is, and no further: programs that it starts
    have the same limit.
    """
    if sys.platform == "win32":
        return min(wanted, _SELECTABLE)
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        reachable = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (reachable, hard))
            soft = reachable
        except (OSError, ValueError) as error:
            log.info("the limit of open files stays at %d: %s", soft, error)
        if soft < needed:
            room = max(soft - OTHER_FILES, _FEWEST)
            log.warning(
                "this process may open %d files, which is enough for %d connections instead of %d; raise its "
                "limit of open files (LimitNOFILE of its service, ulimit -n)",
                soft,
                room,
                wanted,
            )
            return room
    return wanted
