"""Reads from an iCalendar text (RFC 5545 section 3.1) the components and properties that dates are made of.

Everything else is passed over unread, so that a long text of other things costs little. Splitting a line and
reading its value is the ``icalendar`` package's; its own reader of whole calendars is not used, because it
follows the rules of time zones as it reads them, without an end, and keeps what one text says for the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from .date_errors import UnreadableCalendar
from .effort import Effort

EVENT = "VEVENT"
ZONE = "VTIMEZONE"
OBSERVANCES = ("STANDARD", "DAYLIGHT")

_WANTED = {
    EVENT: frozenset(
        [
            "UID",
            "SUMMARY",
            "STATUS",
            "DTSTART",
            "DTEND",
            "DURATION",
            "RRULE",
            "RDATE",
            "EXDATE",
            "RECURRENCE-ID",
        ],
    ),
    ZONE: frozenset(("TZID",)),
    **dict.fromkeys(OBSERVANCES, frozenset(("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"))),
}
_SEVERAL = frozenset(("RRULE", "RDATE", "EXDATE"))
"""The properties that a component may have more than once."""

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"[^\r\n]+")
_NAME = re.compile(r"\s*([A-Za-z0-9-]{1,40})\s*(?=[;:])")
_LONGEST_LINE = 64 << 10
_DEEPEST = 16
_COST_OF_LINE = 10


class Property(Struct, frozen=True):
    """One line: its parameters by name in upper case, and its value as text."""

    parameters: Mapping[str, Any]
    value: str

    @property
    def zone(self) -> str | None:
        """The name of the time zone in which the value is."""
        found = self.parameters.get("TZID")
        return None if found is None else str(found)


class Component(Struct):
    """An event, time zone or observance with the properties that are wanted of it."""

    name: str
    properties: dict[str, list[Property]]
    parts: list[Component]

    def one(self, name: str) -> Property | None:
        """The property of that name, or None. Raises UnreadableCalendar when it is there twice."""
        found = self.properties.get(name, ())
        if len(found) > 1:
            raise UnreadableCalendar(f"A {self.name} has {name} more than once.")
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The value of the property of that name, or an empty text."""
        found = self.one(name)
        return "" if found is None else found.value


def components(text: str, effort: Effort) -> list[Component]:
    """The events and time zones of the calendars in ``text``, in its order.

    Raises:
        UnreadableCalendar: the text is not iCalendar, or more than the effort allows.
    """
    found: list[Component] = []
    within: list[tuple[str, Component | None]] = []
    calendars = 0
    for name, line in _lines(text):
        if name == "BEGIN":
            kind = _kind(line)
            if not within and kind != "VCALENDAR":
                raise UnreadableCalendar("The text is not iCalendar: it does not begin with BEGIN:VCALENDAR.")
            if len(within) == _DEEPEST:
                raise UnreadableCalendar("The components of the calendar are nested too deeply.")
            calendars += not within
            within.append((kind, _begun(kind, within, found)))
        elif name == "END":
            if not within or within.pop()[0] != _kind(line):
                raise UnreadableCalendar(f"The text is not iCalendar: END:{_kind(line)[:40]} ends nothing.")
        elif not within:
            raise UnreadableCalendar("The text is not iCalendar: it does not begin with BEGIN:VCALENDAR.")
        else:
            component = within[-1][1]
            if component is not None and name in _WANTED[component.name]:
                effort.spend(_COST_OF_LINE)
                component.properties.setdefault(name, []).append(_property(name, line))
    if within or not calendars:
        raise UnreadableCalendar("The text is not iCalendar: it ends too early.")
    return found


def _begun(kind: str, within: list[tuple[str, Component | None]], found: list[Component]) -> Component | None:
    """The component that begins, put where it belongs; None for one that nobody wants."""
    if kind not in _WANTED:
        return None
    component = Component(kind, {}, [])
    if kind not in OBSERVANCES:
        found.append(component)
    elif within[-1][1] is not None and within[-1][0] == ZONE:
        within[-1][1].parts.append(component)
    return component


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The name in upper case of each content line, and the line."""
    for match in _LINE.finditer(_FOLD.sub("", text)):
        line = match.group()
        named = _NAME.match(line)
        if named is not None:
            yield named[1].upper(), line
        elif line.strip():
            raise UnreadableCalendar(f"The text is not iCalendar that can be read: {line[:40]!r}.")


def _kind(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _property(name: str, line: str) -> Property:
    from icalendar.parser import Contentline

    if len(line) > _LONGEST_LINE:
        raise UnreadableCalendar(f"A line {name} of the calendar is longer than {_LONGEST_LINE >> 10} KiB.")
    _, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
    return Property({key.upper(): each for key, each in parameters.items()}, value)
