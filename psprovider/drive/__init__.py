r"""The drive ``JAMS:\`` of a remote session: a tree of folders, jobs and variables, and containers beside it.

The tree is read from the catalogue: a noun with operations to list, get, create, change and delete it in a
folder is an item type, an operation with a ``container`` is a directory of the root. Nothing of the server's
own file system can be reached.
"""

from __future__ import annotations

from .location import Location

__all__ = ["Location", "drive_commands"]


def drive_commands() -> tuple:  # type: ignore[type-arg]
    """The commands of the drive."""
    from . import changing, content, navigating

    return (*navigating.COMMANDS, *changing.COMMANDS, *content.COMMANDS)
