"""Names and paths of files, and patterns of them."""

from __future__ import annotations

import os
import re

from .store import TransferError

_WINDOWS = os.name == "nt"
_MAGIC = frozenset("*?")
_NOT_ON_WINDOWS = re.compile(r'[<>:"\\|?*]|[. ]$|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$', re.I)


def has_pattern(name: str) -> bool:
    """Whether a name holds ``*`` or ``?``."""
    return bool(_MAGIC & set(name))


def matcher(pattern: str) -> re.Pattern[str]:
    """An expression for ``fullmatch``: ``*`` is any text, ``?`` a character, no dot at the beginning."""
    parts = {"*": ".*", "?": "."}
    hidden = "" if pattern.startswith(".") else r"(?!\.)"
    return re.compile(hidden + "".join(parts.get(each) or re.escape(each) for each in pattern), re.S)


def split(path: str) -> tuple[str, str]:
    """The folder and the last name of a path at a server: ``/a/b`` is ``/a`` and ``b``."""
    folder, slash, name = path.rpartition("/")
    return (folder or slash), name


def join(folder: str, name: str) -> str:
    """The path of a name in a folder at a server."""
    return f"{folder.rstrip('/')}/{name}" if folder else name


def safe(name: str) -> str:
    """A name that a server has said, if it can be one of a file here and nothing more.

    Raises:
        TransferError: it would lead out of the folder, or names something else than a file.
    """
    leads_out = name in ("", ".", "..") or "/" in name or "\0" in name
    if leads_out or (_WINDOWS and _NOT_ON_WINDOWS.search(name)):
        raise TransferError("the server gives it a name that no file here can have")
    return name


def shown(text: str) -> str:
    """A name as it is written into a log: nothing in it breaks the line, or moves what is read."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
