r"""Names and paths: what may name an object, how names compare, how a path is read.

Names compare without regard to case. What may stand in one is told in :mod:`jams.objects.texts`, what would
make it no name within a path is told here. A path separates names by ``\``; ``/`` is read as well, and a
leading or trailing separator may be left out.
"""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import ColumnElement
from sqlalchemy.sql.elements import KeyedColumnElement

from jams.objects.base import LONGEST_FOLDER_PATH, LONGEST_NAME
from jams.objects.errors import InvalidName
from jams.objects.texts import unseen_fault

ROOT = "\\"
UNREADABLE = "?"
"""What stands for a name that cannot be read; nothing can be called so."""

_FORBIDDEN = re.compile(r'[\\/*?<>|"]')


def fold(text: str) -> str:
    """The form of a name by which it is compared."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def check_name(name: str, member: str, borne: str | None = None) -> str:
    """The name, if an object may bear it, or bears it already. Raises InvalidName about ``member``."""
    problem = None if name == borne else _problem(name)
    if problem:
        raise InvalidName(f"A name {problem}.", target=name, member=member)
    return name


def _problem(name: str) -> str | None:
    if not name:
        return "cannot be empty"
    if max(len(name), len(fold(name))) > LONGEST_NAME:
        return f"has at most {LONGEST_NAME} characters"
    if name != name.strip():
        return "neither begins nor ends with a blank"
    if name in (".", ".."):
        return "cannot be . or .."
    if _FORBIDDEN.search(name):
        return 'cannot hold any of \\ / * ? < > | "'
    unseen = unseen_fault(name)
    return unseen and f"cannot hold {unseen}: it would not be seen"


def split(path: str) -> list[str]:
    """The names in a path; none for the root."""
    text = path.strip().replace("/", ROOT).strip(ROOT)
    return text.split(ROOT) if text else []


def readable(name: object) -> str:
    """A name as it stands in a database, or what stands for one that is none."""
    return name if isinstance(name, str) and 0 < len(name) <= LONGEST_NAME else UNREADABLE


def is_path(text: str) -> bool:
    """Whether the text says where an object lies, and not only what it is called."""
    return "\\" in text or "/" in text


def join(folder: str, name: str) -> str:
    """The path of ``name`` inside the folder of that path."""
    return f"{folder}{name}" if folder == ROOT else f"{folder}{ROOT}{name}"


def normalize(path: str) -> str:
    """A path in its full form, with a leading separator."""
    return ROOT + ROOT.join(split(path))


def check_path(path: str, member: str) -> str:
    """The path, if it is not too long. Raises InvalidName."""
    if max(len(path), len(fold(path))) > LONGEST_FOLDER_PATH:
        raise InvalidName(
            f"The path of a folder has at most {LONGEST_FOLDER_PATH} characters.", target=path, member=member
        )
    return path


def ancestors(path: str) -> list[str]:
    """The paths of a folder and of all folders above it, from the root down."""
    found = [ROOT]
    for name in split(path):
        found.append(join(found[-1], name))
    return found


def below(column: KeyedColumnElement[str], path_key: str) -> ColumnElement[bool]:
    """Whether a folder's ``path_key`` column is the folder of that path or lies below it."""
    prefix = path_key if path_key == ROOT else path_key + ROOT
    return (column == path_key) | column.startswith(prefix, autoescape=True)


def matches(column: ColumnElement[str], pattern: str) -> ColumnElement[bool]:
    """Whether a folded column matches a pattern; ``*`` stands for anything, ``?`` for one character."""
    folded = fold(pattern)
    if "*" not in folded and "?" not in folded:
        return column == folded
    escaped = re.sub(r"([%_~\[])", r"~\1", folded).replace("*", "%").replace("?", "_")
    return column.like(escaped, escape="~")
