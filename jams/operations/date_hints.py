"""What is told of the dates of a definition that mean something else than they say. Declares no operation."""

from __future__ import annotations

from typing import Any

from jams.database.definition_parts import date_texts
from jams.dates import hints
from jams.objects.definitions import Folder, Job
from jams.objects.patch import Patch

_EXCEPTIONS = frozenset({"ExceptForDate", "except_for"})
_MOST_TOLD = 5


def of_dates(document: Folder | Job | Patch[Any]) -> str:
    """A sentence for each hint on the dates that a document says, to stand behind an answer; or nothing."""
    found: dict[str, None] = {}
    for name, text, one_day in date_texts(document):
        if not one_day:
            found.update(dict.fromkeys(hints(text, excepting=name in _EXCEPTIONS)))
    return "".join(f" Note: {each}" for each in list(found)[:_MOST_TOLD])
