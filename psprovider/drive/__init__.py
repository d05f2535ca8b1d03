r"""The drive ``JAMS:\`` of a remote session: a tree of folders, jobs and variables, and containers beside it.

The tree is read from the catalogue: a noun with operations to list, get, create, change and delete it in a
folder is an item type, an operation with a ``container`` is a directory of the root. Nothing of the server's
own file system can be reached.
"""

from __future__ import annotations

from psprovider.engine.commands import CommandSpec

from . import changing, content, navigating, paths
from .completion import complete_path
from .location import Location

__all__ = ["Location", "complete_path", "drive_commands"]


def drive_commands() -> tuple[CommandSpec, ...]:
    """The commands of the drive."""
    return (*navigating.COMMANDS, *changing.COMMANDS, *content.COMMANDS, *paths.COMMANDS)
