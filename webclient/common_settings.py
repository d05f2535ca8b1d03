"""Settings that somebody else made: User.config, and the folder of common settings that it may name.

``User.config`` is XML as the original's clients read it, ``<appSettings>`` with ``<add key= value=/>``, and
may hold a block ``<JAMSServers>`` (guide, client settings). What the one of the machine says goes before the
user's own: who administers the machine can lock what users would change. So does the one that lies beside a
copy of the client (``jams client copy``), but for the machine's.

====================== =================================================================================
``CommonSettingsPath``  a folder whose files override the user's own; any mount
``WriteToCommonSettings``  ``true``: changes of the lists of servers and shortcuts are written there
``LockServer``          ``true``: the list of servers stays as it is, and no other server is spoken to
``LockShortcutbar``     ``true``: the list of shortcuts stays as it is
====================== =================================================================================
"""

from __future__ import annotations

import os
import re
import sys

from .client_errors import ClientError
from .places import copied_directory, replace_file, settings_directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

FILE = "User.config"
WITH_SERVERS = ("JAMSServers.config", "JAMSWin.exe.config", FILE)
"""The files of a folder that may hold a list of servers; the first is the one that is written here."""

_MOST_BYTES = 1 << 20
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CommonSettings:
    """What ``User.config`` says; read when it is first asked for."""

    def __init__(self) -> None:
        self._keys: dict[str, str] | None = None

    @property
    def folder(self) -> str | None:
        """The folder of common settings; None if there is none."""
        given = self._key("CommonSettingsPath")
        return os.path.expanduser(given) if given else None

    @property
    def writes(self) -> bool:
        """Whether changes are written into the folder of common settings."""
        return self._yes("WriteToCommonSettings")

    @property
    def locked(self) -> bool:
        """Whether the list of servers stays as it is."""
        return self.locked_by("LockServer")

    @property
    def folders(self) -> list[str]:
        """Where lists are looked for: folders of the machine, the copy, some users in common, the user."""
        common = self.folder
        own = [common] if common else [versioned(settings_directory()), settings_directory()]
        copied = copied_directory()
        return [machine_directory(), *([copied] if copied else []), *dict.fromkeys(own)]

    @property
    def written(self) -> str:
        """The file of the list of servers that is written. Raises ClientError where nobody may."""
        return os.path.join(self.folder_written("LockServer", "the list of servers"), WITH_SERVERS[0])

    def locked_by(self, key: str) -> bool:
        """Whether a key of ``User.config`` lets a list stay as it is."""
        return self._yes(key)

    def folder_written(self, lock: str, what: str) -> str:
        """The folder in which a list is changed. Raises ClientError where nobody may."""
        common = self.folder
        if self.locked_by(lock):
            why = f"{what} is locked ({lock} of {FILE})"
        elif common and not self.writes:
            why = f"{what} is that of {common}, where nothing is written without WriteToCommonSettings"
        else:
            return common or settings_directory()
        raise ClientError(why, kind="Denied", code="Configuration")

    def _key(self, name: str) -> str:
        if self._keys is None:
            self._keys = {}
            own = settings_directory()
            for folder in (own, versioned(own), copied_directory(), machine_directory()):
                if folder is not None:
                    self._keys.update(read_keys(os.path.join(folder, FILE)))
        return self._keys.get(name.lower(), "")

    def _yes(self, name: str) -> bool:
        value = self._key(name).lower()
        if value not in ("", "true", "false"):
            raise _unusable(f"{name} of {FILE} is true or false")
        return value == "true"


def versioned(folder: str) -> str:
    """The folder of one version within a user's settings: what is there goes before what is beside it."""
    from .commands import load_commands

    return os.path.join(folder, ".".join(load_commands().version.split(".")[:2]))


def machine_directory() -> str:
    """The folder of settings for everybody on the machine."""
    if sys.platform == "win32":
        return os.path.join(os.environ.get("PROGRAMDATA") or r"C:\ProgramData", "JAMS")
    first = os.environ.get("XDG_CONFIG_DIRS", "").split(":")[0].strip()
    return os.path.join(first or "/etc/xdg", "jamswebclient")


def read_keys(path: str) -> dict[str, str]:
    """The keys of ``<appSettings>`` in a file, in small letters; none if it is not there."""
    found: dict[str, str] = {}
    for name, attributes, _ in elements(path):
        if name == "add" and "key" in attributes:
            found[attributes["key"].strip().lower()] = attributes.get("value", "").strip()
    return found


def elements(path: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The elements of an XML file at their ends: name, attributes (their names in small letters), text.

    Nothing where there is no file. A document type is refused, so that no entity is ever expanded.

    Raises:
        ClientError: it cannot be read, or is no XML.
    """
    from xml.parsers import expat

    try:
        with open(path, "rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise _unusable(f"{path} cannot be read: {error.strerror}") from None
    found: list[tuple[str, dict[str, str], str]] = []
    opened: list[tuple[str, dict[str, str], list[str]]] = []

    def start(name: str, attributes: dict[str, Any]) -> None:
        opened.append((name, {key.lower(): value for key, value in attributes.items()}, []))

    def end(_: str) -> None:
        name, attributes, texts = opened.pop()
        found.append((name, attributes, "".join(texts).strip()))

    def refuse(*_: object) -> None:
        raise _unusable(f"{path} must not have a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: opened[-1][2].append(text)
    parser.StartDoctypeDeclHandler = refuse
    if len(content) > _MOST_BYTES:
        raise _unusable(f"{path} is too long")
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two of an encoding that it names
        raise _unusable(f"{path} is no XML: {error}") from None
    yield from found


def write_blocks(path: str, root: str, prefix: str, blocks: list[dict[str, str]]) -> None:
    """Write numbered blocks of properties, as :func:`elements` reads them.

    Raises:
        ClientError: nobody could read them again, or the file cannot be written.
    """
    from xml.sax.saxutils import escape, quoteattr

    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<{root}>"]
    for number, said in enumerate(blocks):
        lines.append(f'  <subkey name="{prefix}{number:03d}">')
        lines += [
            f"    <property name={quoteattr(key)}>{escape(value)}</property>" for key, value in said.items()
        ]
        lines.append("  </subkey>")
    # Others read common settings as well, and there is no secret in such a list.
    text = "\n".join([*lines, f"</{root}>", ""])
    unheld = _NOT_IN_XML.search(text)
    if unheld is not None:
        raise _unusable(f"{path} cannot hold the character {unheld[0]!a}")
    if len(text.encode()) > _MOST_BYTES:
        raise _unusable(f"{path} would be longer than {_MOST_BYTES} bytes")
    replace_file(path, text, 0o644)


def _unusable(message: str) -> ClientError:
    return ClientError(message, kind="Denied", code="Configuration")
