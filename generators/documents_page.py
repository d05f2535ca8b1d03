"""The page on documents, ``docs/documents.md``: every member of whatever is sent as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .source import Source
from .webclient_commands import describe_catalogue

_HEAD = """\
# Documents

What definitions and submissions consist of, member by member: the same in JSON over REST, in YAML for
JAMSWebClient, in SOAP (names in PascalCase) and as properties of objects in PowerShell. This page is written
from the catalogue by `python run.py generate`. What stands in `properties` and `elements` tells
[Properties and elements](properties.md).

Members that only the server writes are listed below each table; they may stand in what is sent, and are
ignored.
`jamswebclient create-job --example` and its like print a document that can be sent as it is.
"""

_KINDS = {"integer": "number", "number": "number", "boolean": "yes or no", "any": "any value", "date": "day"}


def generate(source: Source) -> Mapping[str, str]:
    """``docs/documents.md``."""
    return {"docs/documents.md": page(describe_catalogue(source.catalogue))}


def page(described: dict[str, Any]) -> str:
    """The page, as Markdown."""
    taken: dict[str, list[str]] = {}
    for word, command in described["commands"].items():
        if "document" in command:
            taken.setdefault(command["document"]["of"], []).append(word)
    parts = [_HEAD]
    shown = _with_parts(taken, described["types"])
    for name in shown:
        parts.append(f"## {name}\n")
        if name in taken:
            parts.append(f"Sent by {', '.join(f'`{word}`' for word in taken[name])}.\n")
        else:
            within = [owner for owner in shown if _holds(described["types"][owner], name)]
            parts.append(f"Stands in {', '.join(f'`{owner}`' for owner in within)}.\n")
        parts.append("\n".join(_table(described, described["types"][name])) + "\n")
    return "\n".join(parts)


def _with_parts(names: Mapping[str, Any], types: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """The documents, and behind them what they consist of."""
    found = sorted(names)
    for name in found:
        for member in types[name]:
            if member["kind"] == "object" and not member.get("read_only") and member["of"] not in found:
                found.append(member["of"])
    return found


def _holds(members: list[dict[str, Any]], name: str) -> bool:
    return any(member["kind"] == "object" and member["of"] == name for member in members)


def _table(described: dict[str, Any], members: list[dict[str, Any]]) -> Iterator[str]:
    yield "| member | holds | default | meaning |\n| --- | --- | --- | --- |"
    for member in members:
        if not member.get("read_only"):
            default = f"`{_shown(member['default'])}`" if "default" in member else ""
            cells = f"`{member['wire']}`", _holding(described, member), default, member.get("help", "")
            yield f"| {' | '.join(cells)} |"
    written = [f"`{member['wire']}`" for member in members if member.get("read_only")]
    if written:
        yield f"\nWritten by the server: {', '.join(written)}."


def _holding(described: dict[str, Any], member: dict[str, Any]) -> str:
    kind = _KINDS.get(member["kind"], member["kind"])
    if kind == "map":
        return "names and values"
    if kind == "enum":
        words = ", ".join(f"`{word}`" for word in described["enums"][member["of"]])
        return f"{'some' if member.get('many') else 'one'} of {words}"
    if kind == "object":
        kind = f"[`{member['of']}`](#{member['of'].lower()})"
    return f"list of {kind}" if member.get("many") else kind


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
