"""The members that the published documents have: each is a member here, or is told why it is none."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from msgspec import Struct


def published() -> dict[str, list[str]]:
    """By document, the names that are published."""
    found: dict[str, list[str]] = {}
    document = ""
    lines = (
        Path(__file__).parents[1].joinpath("data", "published_members.txt").read_text("utf-8").splitlines()
    )
    for line in lines:
        if line.startswith(" "):
            found[document] += line.split()
        else:
            found[document := line] = []
    return found


PUBLISHED = published()
FOR_EDITORS = "it serves the product's editors of properties; nothing here has a value for it"
OTHERWISE: dict[str, str] = {
    f"known_parts.PropertyDefinition.{name}": FOR_EDITORS
    for name in (
        *("categoryId", "lastChangeUTC", "toolTip", "typeNameSSO", "propertyOf", "referenceTo"),
        *("writeToEntry", "writeToHistory", "editor", "browsable", "readOnly"),
    )
}
"""What is published and no member here, and why."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_published_member_is_one_here_or_is_explained(name: str) -> None:
    room, _, title = name.partition(".")
    document: type[Struct] = getattr(import_module(f"jams.objects.{room}"), title)
    shown = {each.casefold() for each in document.__struct_encode_fields__}
    taken = {each.casefold() for each in getattr(document, "published_elsewhere", ())}
    assert len(PUBLISHED[name]) > 3
    lacking = [each for each in PUBLISHED[name] if each.casefold() not in shown | taken]
    assert lacking == [each for each in PUBLISHED[name] if f"{name}.{each}" in OTHERWISE]
