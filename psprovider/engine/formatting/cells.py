"""Single values as text of a cell or a line."""

from __future__ import annotations

from typing import Any

from psprovider.endpoint.clixml.types import Version
from psprovider.engine.values import get, is_scalar, text, unwrapped

ELLIPSIS = "\u2026"
_ENUMERATED = 4
"""How many items of a list are shown (FormatEnumerationLimit)."""


def cell(value: Any) -> str:
    """A property's value on one line."""
    return shown(value).replace("\r\n", ELLIPSIS).replace("\n", ELLIPSIS)


def shown(value: Any) -> str:
    """A property's value; lists in braces, the first items only."""
    value = unwrapped(value)
    if isinstance(value, dict):
        items = [f"[{text(key)}, {text(item)}]" for key, item in list(value.items())[: _ENUMERATED + 1]]
        return _braced(items)
    if isinstance(value, list | tuple) and not isinstance(value, Version):
        return _braced([_item(item) for item in value[: _ENUMERATED + 1]])
    return text(value)


def _item(value: Any) -> str:
    if is_scalar(value):
        return text(value)
    for name in ("ParamName", "PropertyName", "ElementName", "TagName", "Name"):
        found = get(value, name)
        if isinstance(found, str):
            return found
    return text(value)


def _braced(items: list[str]) -> str:
    more = len(items) > _ENUMERATED
    return "{" + ", ".join(items[:_ENUMERATED]) + (ELLIPSIS if more else "") + "}"


def cut(value: str, width: int) -> str:
    """A text that is no longer than ``width``."""
    if len(value) <= width:
        return value
    return value[: width - 1] + ELLIPSIS if width > 1 else value[:width]
