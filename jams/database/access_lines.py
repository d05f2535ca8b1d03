"""What lines of access lists say, of an area's as of an object's."""

from __future__ import annotations

from collections.abc import Mapping

from jams.objects.base import did_you_mean
from jams.objects.errors import InvalidArgument
from jams.objects.parts import ACE

MOST_LINES = 500
"""Lines that an access list may have."""


AND = "+"
"""Stands between names of which somebody must bear all."""


def parts_of(identifier: str) -> list[str]:
    """The names in the identifier of a line, of which somebody must bear all."""
    return [part.strip() for part in identifier.split(AND)]


def check_length(lines: int) -> None:
    """Raises InvalidArgument when a list has more lines than it may have."""
    if lines > MOST_LINES:
        raise InvalidArgument(f"An access list has {MOST_LINES} lines at most.", member="acl")


def words_of(line: ACE) -> list[str]:
    """The rights that a line gives, as it writes them."""
    return [word for text in line.access_list for part in text.split(",") if (word := part.strip())]


def right_of(word: str, known: Mapping[str, str], where: str) -> str:
    """The right that a word names, among those that are ``known`` by their names in lower case.

    ``where`` says of what they are: ``of Monitor``, ``on a folder``. Raises InvalidArgument.
    """
    found = known.get(word.casefold())
    if found is None:
        near = did_you_mean(word, known.values())
        raise InvalidArgument(
            f"{word[:100]} is no right {where}: there are {', '.join(known.values())}.{near}",
            member="accessList",
        )
    return found
