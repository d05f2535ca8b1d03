"""Objects and errors from PowerShell as text, for hosts that do not format them themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

_DEEPEST = 4


def object_lines(value: Any) -> Iterator[str]:
    """An object of the output stream as lines: text as it is, an object with properties as a list of them."""
    if isinstance(value, (list, tuple, set)):
        for item in value:
            yield from object_lines(item)
        return
    members = _members(value)
    if not members:
        yield from _text(value).split("\n")
        return
    width = max(map(len, members))
    for name, item in members.items():
        yield f"{name:<{width}} : {_text(item)}"
    yield ""


def error_lines(record: Any) -> list[str]:
    """An error record as PowerShell shows it: what happened, where, its category and identifier."""
    message = record.details_message or _message(record.exception) or str(record)
    lines = (message or record.fq_error or "An error without a message.").splitlines()
    lines += (record.invocation_position_message or "").splitlines()
    if record.message:
        lines.append(f"    + CategoryInfo          : {record.message}")
    if record.fq_error:
        lines.append(f"    + FullyQualifiedErrorId : {record.fq_error}")
    return [line.rstrip() for line in lines]


def progress_text(record: Any) -> str:
    """A progress record as one line: what is done, how far it is."""
    parts = [record.activity, record.description, record.current_operation]
    text = ": ".join(str(part).strip() for part in parts if part and str(part).strip())
    percent = record.percent_complete
    return f"{text} ({percent}%)" if percent is not None and percent >= 0 else text


def _message(exception: Any) -> str:
    return str(_members(exception).get("Message") or "")


def _members(value: Any) -> Mapping[str, Any]:
    """The properties of an object that has any; the notes that PowerShell adds in transit do not count."""
    if isinstance(value, Mapping):
        return {str(name): item for name, item in value.items()}
    found = {
        **(getattr(value, "adapted_properties", None) or {}),
        **(getattr(value, "extended_properties", None) or {}),
    }
    return {str(name): item for name, item in found.items()}


def _text(value: Any, depth: int = 0) -> str:
    """A value within one line, unless it is a text of several."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (bytes, bytearray)):
        return value.hex(" ")
    if depth >= _DEEPEST:
        return "..."
    if isinstance(value, Mapping):
        return _braced(f"{name}={_text(item, depth + 1)}" for name, item in value.items())
    if isinstance(value, (list, tuple, set)):
        return _braced(_text(item, depth + 1) for item in value)
    shown = getattr(value, "to_string", None)
    if shown:
        return str(shown)
    members = _members(value)
    return _text(members, depth) if members else str(value)


def _braced(items: Iterable[str]) -> str:
    return "{" + ", ".join(items) + "}"
