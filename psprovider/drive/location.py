r"""Paths of the drive, and the place where a session stands.

``JAMS:\Sales``, ``\Sales``, ``..\Other`` and ``JAMS::server\Sales`` all name places of the same tree; slashes
will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jams.objects.errors import JAMSError

if TYPE_CHECKING:
    from psprovider.engine.completion import Match
    from psprovider.engine.session import JamsSession

DRIVE = "JAMS"
PROVIDER = "JAMS\\JAMS"
MAX_PATH = 4096
_DRIVE = re.compile(r"([A-Za-z][\w.-]*):(?!:)(.*)", re.S)


class UnknownDrive(Exception):
    """A path on a drive that does not exist. ``name`` is the drive's."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Location:
    r"""Where a session stands. Paths inside are tuples of names, the root is empty."""

    def __init__(self) -> None:
        self.path: tuple[str, ...] = ()
        self.stack: list[tuple[str, ...]] = []

    @property
    def shown(self) -> str:
        r"""The place as a prompt shows it: ``JAMS:\Sales``."""
        return shown(self.path)

    def resolve(self, text: str) -> tuple[str, ...]:
        """The place that a path means; wildcards stay in it. Raises UnknownDrive."""
        text = text.strip()[:MAX_PATH].replace("/", "\\")
        base = self.path
        if "::" in text:
            provider, _, rest = text.partition("::")
            if provider.lower() not in (DRIVE.lower(), PROVIDER.lower()):
                raise UnknownDrive(provider)
            base, text = (), rest.lstrip("\\").partition("\\")[2]
        elif match := _DRIVE.match(text):
            if match.group(1).upper() != DRIVE:
                raise UnknownDrive(match.group(1))
            text = match.group(2)
        if text.startswith(("\\", "~")):
            base, text = (), text[1:]
        parts = list(base)
        for part in text.split("\\"):
            if part == "..":
                del parts[-1:]
            elif part not in ("", "."):
                parts.append(part)
        return tuple(parts)

    def complete(self, session: JamsSession, word: str) -> Iterator[Match]:
        """Completions of a path: what is in the directory typed so far."""
        from psprovider.engine.completion import Match, quoted

        from .tree import Tree

        head, slash, leaf = word.replace("/", "\\").rpartition("\\")
        if not slash and (match := _DRIVE.match(word)):
            head, leaf, slash = f"{match.group(1)}:", match.group(2), "\\"
        try:
            place = self.resolve(head + slash) if slash else self.path
            nodes = list(Tree(session).children(place))
        except (UnknownDrive, JAMSError):
            return
        for node in nodes:
            if node.name.lower().startswith(leaf.lower().rstrip("*")):
                kind = "ProviderContainer" if node.container else "ProviderItem"
                text = f"{head}\\{node.name}" if slash else f".\\{node.name}"
                yield Match(quoted(text), kind, node.name, shown(node.path))


def shown(path: tuple[str, ...]) -> str:
    r"""A place with its drive: ``JAMS:\Sales``."""
    return f"{DRIVE}:\\" + "\\".join(path)


def qualified(path: tuple[str, ...]) -> str:
    r"""A place as the server names it: ``\Sales``."""
    return "\\" + "\\".join(path)


def noted(path: tuple[str, ...], server: str, container: bool) -> dict[str, Any]:
    """The note properties that every item of a provider bears."""
    root = f"{PROVIDER}::{server}"
    whole = "\\".join((root, *path))
    return {
        "PSPath": whole if path else f"{root}\\",
        "PSParentPath": "\\".join((root, *path[:-1])) if path else "",
        "PSChildName": path[-1] if path else "",
        "PSDrive": DRIVE,
        "PSProvider": PROVIDER,
        "PSIsContainer": container,
    }
