"""How revisions are read: what two say differently, and what a definition was. Declares no operation."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from jams.database.columns import AnyRow
from jams.objects.base import Document
from jams.objects.errors import RevisionNotFound
from jams.objects.patch import version_member
from jams.objects.revisions import RevisionDifference

D = TypeVar("D", bound=Document)

_NAMING = (
    *("propertyName", "paramName", "elementName", "agentName", "startDate", "dateTypeType", "specificType"),
    *("tagName", "jobName", "identifier"),
)
"""Members by which the parts of a list are told apart, if they do so in both versions."""


def as_was(row: AnyRow, document: type[D], **members: Any) -> D:
    """The document of a definition as it was in a version.

    Raises:
        RevisionNotFound: it was removed in that version, or what is kept cannot be read any more.
    """
    if row.document is None:
        raise RevisionNotFound(
            f"Nothing is kept of version {row.version} but who made it.", target=row.version
        )
    try:
        found = msgspec.json.decode(row.document, type=document)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RevisionNotFound(
            f"What is kept of version {row.version} is none of what this server knows: {error}.",
            target=row.version,
        ) from None
    version = version_member(document)
    told = {"last_change_utc": row.time, "last_changed_by": row.user_name, version or "": row.version}
    members |= {name: value for name, value in told.items() if name in document.__struct_fields__}
    return replace(found, **members)


def differences(before: str | None, after: str | None) -> list[RevisionDifference]:
    """What two stored documents say differently, by member; None stands for one that is not there."""
    old: dict[str, Any] = json.loads(before) if before is not None else {}
    new: dict[str, Any] = json.loads(after) if after is not None else {}
    return [
        RevisionDifference(member=member, before=_told(a), after=_told(b), lines=_lines(a, b))
        for member, a, b in _different("", old, new)
    ]


def _different(member: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            yield from _different(f"{member}.{name}" if member else name, before.get(name), after.get(name))
    elif all(value is None or isinstance(value, list) for value in (before, after)):
        yield from _different_parts(member, before or [], after or [])
    else:
        yield member, before, after


def _different_parts(
    member: str, before: Sequence[Any], after: Sequence[Any]
) -> Iterator[tuple[str, Any, Any]]:
    old, new = _by_name(before, after)
    for name in {**old, **new}:
        yield from _different(f"{member}[{name}]", old.get(name), new.get(name))
    if before != after and old == new:  # the order alone
        yield member, before, after


def _by_name(before: Sequence[Any], after: Sequence[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parts of two lists by the name that tells them apart, or else by their place."""
    for name in _NAMING:
        found = [_named(parts, name) for parts in (before, after)]
        if found[0] is not None and found[1] is not None:
            return found[0], found[1]
    old, new = ({str(at): part for at, part in enumerate(parts, start=1)} for parts in (before, after))
    return old, new


def _named(parts: Sequence[Any], name: str) -> dict[str, Any] | None:
    found = {str(part[name]): part for part in parts if isinstance(part, dict) and part.get(name)}
    return found if len(found) == len(parts) else None


def _told(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _lines(before: Any, after: Any) -> str | None:
    texts = [value if isinstance(value, str) else "" for value in (before, after)]
    if not any("\n" in text for text in texts):
        return None
    old, new = (text.splitlines() for text in texts)
    return "\n".join(difflib.unified_diff(old, new, "before", "after", lineterm=""))
