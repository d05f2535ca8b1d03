r"""Paths of the drive, and the place where a session stands.

``JAMS:\Sales``, ``\Sales``, ``..\Other`` and ``JAMS::server\Sales`` all name places of the same tree; slashes
will do. At one place there can be a folder, a job and a variable. The path alone means the first of them in
this order; with the kind behind it, as in ``\Sales\Load<Job>``, it means that one. No name holds these signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

DRIVE = "JAMS"
PROVIDER = "JAMS\\JAMS"
FOLDER = "Folder"
"""What stands behind the name of a folder where it has to."""

MAX_PATH = 4096
_MARKED = re.compile(r"(.+)<(\w+)>", re.S)
_DRIVE = re.compile(r"([A-Za-z][\w.-]*):(?!:)(.*)", re.S)


class UnknownDrive(Exception):
    """A path on a drive that does not exist. ``name`` is the drive's."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Location:
    r"""Where a session stands. Paths inside are tuples of names, the root is empty.

    ``is_own`` tells whether a name is this server's: a path on another one is not there.
    """

    def __init__(self, is_own: Callable[[str], bool] = lambda _: True) -> None:
        self._is_own = is_own
        self.path: tuple[str, ...] = ()
        self.stack: list[tuple[str, ...]] = []

    @property
    def shown(self) -> str:
        r"""The place as a prompt shows it: ``JAMS:\Sales``."""
        return shown(self.path)

    @property
    def folder(self) -> str:
        r"""The place as the server names it: ``\Sales``."""
        return qualified(self.path)

    def resolve(self, text: str) -> tuple[str, ...]:
        """The place that a path means; wildcards stay in it. Raises UnknownDrive."""
        text = text.strip()[:MAX_PATH].replace("/", "\\")
        base = self.path
        if "::" in text:
            provider, _, rest = text.partition("::")
            if provider.lower() not in (DRIVE.lower(), PROVIDER.lower()):
                raise UnknownDrive(provider)
            server, _, text = rest.lstrip("\\").partition("\\")
            if not self._is_own(server):
                raise UnknownDrive(f"{provider}::{server}")
            base = ()
        elif drive := drive_of(text):
            if drive[0].upper() != DRIVE:
                raise UnknownDrive(drive[0])
            text = drive[1]
        if text.startswith(("\\", "~")):
            base, text = (), text[1:]
        parts = list(base)
        for part in text.split("\\"):
            if part == "..":
                del parts[-1:]
            elif part not in ("", "."):
                parts.append(part)
        return tuple(parts)


def drive_of(path: str) -> tuple[str, str] | None:
    """The drive that a path names, and the rest; None if it names none."""
    match = _DRIVE.match(path)
    return (match.group(1), match.group(2)) if match else None


def shown(path: tuple[str, ...]) -> str:
    r"""A place with its drive: ``JAMS:\Sales``."""
    return f"{DRIVE}:\\" + "\\".join(path)


def qualified(path: tuple[str, ...]) -> str:
    r"""A place as the server names it, without marks of folders: ``\Sales``."""
    return "\\" + "\\".join(name.removesuffix(f"<{FOLDER}>") for name in path)


def folded(path: tuple[str, ...]) -> tuple[str, ...]:
    """A place in the form in which places are compared."""
    return tuple(part.casefold() for part in path)


def marked(name: str, mark: str | None) -> str:
    """A name with its kind behind it, or as it is."""
    return name if mark is None else f"{name}<{mark}>"


def unmarked(name: str) -> tuple[str, str | None]:
    """A name, and the kind that stands behind it or None."""
    match = _MARKED.fullmatch(name)
    return (match.group(1), match.group(2)) if match else (name, None)


def noted(
    path: tuple[str, ...], server: str, container: bool, mark: str | None = None, shadowed: bool = False
) -> dict[str, Any]:
    """The note properties that every item of a provider bears.

    The path tells its ``mark``, the name only where it is ``shadowed`` by another one of that name.
    """
    root = f"{PROVIDER}::{server}"
    whole = marked("\\".join((root, *path)), mark)
    return {
        "PSPath": whole if path else f"{root}\\",
        "PSParentPath": "\\".join((root, *path[:-1])) if path else "",
        "PSChildName": marked(path[-1], mark if shadowed else None) if path else "",
        "PSDrive": DRIVE,
        "PSProvider": PROVIDER,
        "PSIsContainer": container,
    }
