"""JSON values as YAML 1.2, in block style. It takes a page; to import PyYAML takes longer than a command."""

from __future__ import annotations

import json
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_PLAIN = re.compile(r"[A-Za-z_/\\][A-Za-z0-9_ ./\\()@%+-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_ESCAPED = re.compile("[\u007f-\u009f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BLOCK = re.compile("[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*")


def to_yaml(value: Any) -> str:
    """The value as a YAML document, ending in a line end."""
    return "\n".join(_lines(value, "")) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _entry(f"{indent}{_scalar(str(name))}:", part, indent)
    elif isinstance(value, list) and value:
        for part in value:
            yield from _item(part, indent)
    else:
        yield indent + _scalar(value)


def _entry(head: str, part: Any, indent: str) -> Iterator[str]:
    if isinstance(part, dict | list) and part:
        yield head
        yield from _lines(part, indent + "  ")
    elif isinstance(part, str) and _is_block(part):
        yield f"{head} |{_chomping(part)}"
        yield from ((f"{indent}  {line}" if line else "") for line in _block_lines(part))
    else:
        yield f"{head} {_scalar(part)}"


def _item(part: Any, indent: str) -> Iterator[str]:
    if isinstance(part, str) and _is_block(part):
        yield json_text(part, indent)
        return
    first, *rest = _lines(part, indent + "  ")
    yield f"{indent}- {first[len(indent) + 2 :]}"
    yield from rest


def json_text(part: str, indent: str) -> str:
    """A text of several lines as one item of a list."""
    return f"{indent}- {_quoted(part)}"


def _is_block(text: str) -> bool:
    """Whether a text is best shown as a block of lines; what begins with a space would need more marks."""
    return "\n" in text.rstrip("\n") and text[0] not in " \n" and _BLOCK.fullmatch(text) is not None


def _chomping(text: str) -> str:
    if not text.endswith("\n"):
        return "-"
    return "+" if text.endswith("\n\n") else ""


def _block_lines(text: str) -> list[str]:
    return (text[:-1] if text.endswith("\n") else text).split("\n")


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS and not value.endswith(" "):
        return value
    return _quoted(value)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
