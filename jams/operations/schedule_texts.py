"""Jobs from the schedules of other programs: what their readers have in common. Declares no operation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

from .xml_writing import Definition

MOST_JOBS = 1000
MOST_TIMES = 24
WEEKDAYS = ("MONDAYS", "TUESDAYS", "WEDNESDAYS", "THURSDAYS", "FRIDAYS", "SATURDAYS", "SUNDAYS")
MONTHS = (
    *("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER"),
    *("OCTOBER", "NOVEMBER", "DECEMBER"),
)
_FORBIDDEN = re.compile(r'[\\/*?<>|"\x00-\x1f]+')
_LONGEST_NAME = 100
_DAY = 24 * 60


class NotCarriedOver(Exception):
    """A schedule that has no counterpart here; says which part and why, for people."""


class Timed(Struct):
    """When a job runs: days in the date language, and minutes of the day.

    Attributes:
        days: the text.
        minutes: the minutes since midnight at which it runs, ascending.
        start: the day before which it does not run, and from which intervals count, as text.
        zone: the zone of the times; the server's own where it is empty.
    """

    days: str
    minutes: list[int]
    start: str = ""
    zone: str = ""


def weekdays_text(numbers: Iterable[int]) -> str:
    """Days of the week, 0 is Monday, in the date language."""
    found = sorted(set(numbers))
    known = {tuple(range(7)): "DAILY", tuple(range(5)): "WEEKDAYS", (5, 6): "WEEKENDS"}
    return known.get(tuple(found)) or ", ".join(WEEKDAYS[number] for number in found)


def ordinal(number: int) -> str:
    """``1ST``, ``22ND``; ``LAST`` for -1."""
    if number == -1:
        return "LAST"
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'TH' if teens else {1: 'ST', 2: 'ND', 3: 'RD'}.get(number % 10, 'TH')}"


def month_days_text(numbers: Iterable[int], months: Sequence[int]) -> str:
    """Days of months by number, -1 for the last; all months where none are given."""
    parts = []
    for number in numbers:
        for month in months or [0]:
            over = MONTHS[month - 1] if month else "EVERY MONTH"
            parts.append(f"{ordinal(number)} DAY OF {over}")
    return ", ".join(parts)


def nth_weekdays_text(places: Iterable[tuple[int, str]], months: Sequence[int]) -> str:
    """Days such as the second Monday: pairs of a position, -1 for the last, and a kind of day."""
    overs = [MONTHS[month - 1] for month in months] or ["EVERY MONTH"]
    return ", ".join(f"{ordinal(place)} {kind} OF {over}" for place, kind in places for over in overs)


def job(name: str, source: str, timed: Sequence[Timed], **members: Any) -> Definition:
    """A job that runs a source at those times.

    Raises:
        NotCarriedOver: it runs at more times of a day than can be told.
    """
    elements: list[dict[str, Any]] = []
    properties: list[dict[str, Any]] = list(members.pop("properties", []))
    for each in timed:
        again = _again(each.minutes) if len(timed) == 1 else None
        minutes = each.minutes
        if again is not None:
            minutes = minutes[:1]
            properties += [
                {"propertyName": "ResubmitDelay", "currentValue": _span(again)},
                {"propertyName": "ResubmitEnd", "currentValue": clock(each.minutes[-1])},
            ]
        if len(elements) + len(minutes) > MOST_TIMES:
            raise NotCarriedOver(
                f"it runs at more than {MOST_TIMES} times of day that have no common interval"
            )
        elements += [_trigger(each, minute, len(elements)) for minute in minutes]
    found: dict[str, Any] = {"methodName": "Command", "source": source}
    found |= {key: value for key, value in members.items() if value}
    if elements:
        found["elements"] = elements
    if properties:
        found["properties"] = properties
    return Definition("job", name, "", found)


def _trigger(timed: Timed, minute: int, number: int) -> dict[str, Any]:
    said = {
        "ScheduledDate": timed.days,
        "ScheduledTime": clock(minute),
        "ScheduledStartDate": timed.start,
        "TimeZone": timed.zone,
    }
    return {
        "elementName": "Schedule" if not number else f"Schedule {number + 1}",
        "elementTypeName": "ScheduleTrigger",
        "properties": [
            {"propertyName": name, "currentValue": value} for name, value in said.items() if value
        ],
    }


def _again(minutes: Sequence[int]) -> int | None:
    """The interval of times that lie equally far from each other; None for others."""
    steps = {after - before for before, after in pairwise(minutes)}
    return steps.pop() if len(minutes) > 2 and len(steps) == 1 else None


def _span(minutes: int) -> str:
    return f"0.{minutes // 60:02d}:{minutes % 60:02d}"


def clock(minute: int) -> str:
    """A minute of the day as ``08:30``."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


class Names:
    """Gives each job a name of its own."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """The name wanted, without what no name may have, and with a number where it is taken."""
        plain = " ".join(_FORBIDDEN.sub(" ", wanted).split())[:_LONGEST_NAME].strip(" .") or "Job"
        number = self._taken[plain.casefold()] = self._taken.get(plain.casefold(), 0) + 1
        return plain if number == 1 else self.free(f"{plain} {number}")
