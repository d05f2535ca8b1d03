"""Chooses how objects are shown, and writes them line by line as they come."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import msgspec

from psprovider.cmdlets.views import views
from psprovider.endpoint.clixml.types import PSObject
from psprovider.endpoint.exceptions import ErrorRecord
from psprovider.engine.patterns import has_wildcards, matches
from psprovider.engine.values import is_scalar, members, names, text, type_names

from .cells import shown
from .standard import STANDARD
from .table import Column, Table

_NOTES = {"PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer"}
"""The note properties of a provider's items, which are not shown."""
_FEW = 4
"""Objects with at most so many properties are shown as a table."""
_BRIGHT, _PLAIN = "\x1b[32;1m", "\x1b[0m"


class Style(Enum):
    """How objects are laid out."""

    AUTO = "auto"
    TABLE = "table"
    LIST = "list"


@dataclass(frozen=True)
class ErrorLine:
    """A line that is shown as an error."""

    text: str


def render(
    items: Iterable[Any],
    width: int,
    *,
    style: Style = Style.AUTO,
    properties: Sequence[str] = (),
    color: bool = False,
    headers: bool = True,
) -> Iterator[str | ErrorLine]:
    """The lines that show some objects."""
    table: Table | None = None
    shape: Any = None
    listed = False
    for item in items:
        mine = _shape(item)
        if mine != shape or not isinstance(mine, tuple):
            if table is not None:
                yield from table.end()
            elif listed and shape != mine:
                yield ""
            table, listed = None, False
        shape = mine
        if isinstance(item, ErrorRecord):
            yield from error_lines(item)
        elif not isinstance(mine, tuple):
            yield from _single(item)
        elif table is not None:
            yield from table.row(item)
        elif not listed and (columns := _columns(item, style, properties)):
            table = Table(columns, width, color, headers)
            yield from table.row(item)
        else:
            yield ""
            yield from _as_list(item, width, properties, color)
            listed = True
    if table is not None:
        yield from table.end()
    elif listed:
        yield ""


def error_lines(record: ErrorRecord) -> Iterator[ErrorLine]:
    """An error as a console shows it."""
    prefix = f"{record.activity}: " if record.activity else ""
    for line in f"{prefix}{record.message}".splitlines():
        yield ErrorLine(line)
    if record.recommended_action:
        yield ErrorLine(f"  Recommendation: {record.recommended_action}")


def _shape(item: Any) -> Any:
    """What tells objects of one table from others; no tuple for what is shown as its text."""
    if isinstance(item, ErrorRecord):
        return "error"
    if is_scalar(item) or isinstance(item, list | tuple | bytes):
        return "text"
    if isinstance(item, PSObject) and item.is_type("System.Management.Automation.ErrorRecord"):
        return "text"
    if isinstance(item, msgspec.Struct):
        return (type_names(item)[0],)
    # Objects of a known table have its columns, whichever optional members each of them has.
    known = _known(item)
    return (known,) if known else (type_names(item)[0], *names(item))


def _known(item: Any) -> str | None:
    """The type of an object, or the nearest above it, for which there is a table."""
    return next((name for name in type_names(item) if name in STANDARD or name in views()), None)


def _single(item: Any) -> Iterator[str | ErrorLine]:
    if isinstance(item, list | tuple):
        for inner in item:
            yield text(inner)
    elif isinstance(item, PSObject) and item.is_type("System.Management.Automation.ErrorRecord"):
        yield f"Error: {text(item)}"
    else:
        yield text(item)


def _columns(item: Any, style: Style, properties: Sequence[str]) -> list[Column]:
    """The columns of a table for such objects; none if they are to be listed."""
    if style is Style.LIST:
        return []
    if properties:
        return [Column(name) for name in _named(item, properties)]
    known = _known(item)
    if known in STANDARD:
        return list(STANDARD[known])
    if known is not None:
        return [Column(column.name, column.right) for column in views()[known].columns]
    own = names(item)
    if set(own) >= _NOTES:
        own = [name for name in own if name not in _NOTES]
    if isinstance(item, dict):
        return []
    if style is Style.TABLE:
        return [Column(name) for name in own[:10]]
    return [Column(name) for name in own] if len(own) <= _FEW else []


def _as_list(item: Any, width: int, properties: Sequence[str], color: bool) -> Iterator[str]:
    pairs = list(members(item))
    if properties:
        wanted = _named(item, properties)
        by_name = {name.lower(): (name, value) for name, value in pairs}
        pairs = [by_name.get(name.lower(), (name, None)) for name in wanted]
    longest = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        head = f"{name.ljust(longest)} : "
        lines = _wrapped(shown(value), max(10, width - len(head)))
        lead = f"{_BRIGHT}{head}{_PLAIN}" if color else head
        yield (lead + lines[0]).rstrip()
        for line in lines[1:]:
            yield " " * len(head) + line


def _wrapped(value: str, width: int) -> list[str]:
    found: list[str] = []
    for line in value.splitlines() or [""]:
        found.extend(textwrap.wrap(line, width, drop_whitespace=False, break_on_hyphens=False) or [""])
    return found


def _named(item: Any, properties: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    own = names(item)
    for pattern in properties:
        if has_wildcards(pattern):
            for name in own:
                if matches(pattern, name):
                    found.setdefault(name.lower(), name)
        else:
            shown_name = next((name for name in own if name.lower() == pattern.lower()), pattern)
            found.setdefault(shown_name.lower(), shown_name)
    return list(found.values())
