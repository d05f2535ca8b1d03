"""Reads from an iCalendar text (RFC 5545 section 3.1) the components and properties that dates are made of.

Everything else is passed over unread, so that a long text of other things costs little. Lines may end in
CR, LF or both, and byte order marks are passed over wherever a line begins, as in files that were put
together. A property without a value says nothing; one that stands there twice with the same value says it
once. Splitting a line and reading its value is the ``icalendar`` package's; its own reader of whole
calendars is not used, because it follows the rules of time zones as it reads them, without an end, and
keeps what one text says for the next.
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
CALENDAR = "VCALENDAR"
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
            "EXRULE",
            "RECURRENCE-ID",
            "SEQUENCE",
            "DTSTAMP",
            "LAST-MODIFIED",
        ],
    ),
    CALENDAR: frozenset(("METHOD", "X-WR-TIMEZONE")),
    ZONE: frozenset(("TZID",)),
    **dict.fromkeys(OBSERVANCES, frozenset(("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"))),
}
_DECIDING = frozenset(("UID", "STATUS", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "TZID"))
"""The properties of which a component may not say two different things; of others the first counts."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"\s*([A-Za-z0-9-]{1,40})\s*(?=[;:])")
_END = "\0"
_LONGEST_LINE = 64 << 10
_DEEPEST = 16
_COST_OF_LINE = 10


class Property(Struct, frozen=True):
    """One line: its name and parameters by name in upper case, its value as text, and where it stands."""

    name: str
    parameters: Mapping[str, Any]
    value: str
    line: int

    @property
    def zone(self) -> str | None:
        """The name of the time zone in which the value is."""
        return self.parameter("TZID") or None

    def parameter(self, name: str) -> str:
        """The parameter of that name as text; empty where it is not given."""
        found = self.parameters.get(name)
        return "" if found is None else str(found).strip()


class Component(Struct):
    """An event, time zone, observance or calendar with what is wanted of it, and the line where it begins."""

    name: str
    line: int
    properties: dict[str, list[Property]]
    parts: list[Component]
    calendar: Component | None

    def one(self, name: str) -> Property | None:
        """The property of that name, or None.

        Raises UnreadableCalendar when it is there with two values and decides a day.
        """
        found = self.properties.get(name, ())
        if name in _DECIDING:
            first = found[0] if found else None
            for each in found[1:]:
                if first and (each.value, dict(each.parameters)) != (first.value, dict(first.parameters)):
                    raise UnreadableCalendar(f"{name} says two different things.", line=each.line)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The value of the property of that name, or an empty text."""
        found = self.one(name)
        return "" if found is None else found.value.strip()


def components(text: str, effort: Effort) -> list[Component]:
    """The events and time zones of the calendars in ``text``, in its order.

    Raises:
        UnreadableCalendar: the text is not iCalendar, or more than the effort allows.
    """
    found: list[Component] = []
    within: list[tuple[str, Component | None]] = []
    calendars = number = 0
    for number, name, line in _lines(text):
        if name == "BEGIN":
            kind = _kind(line)
            if not within and kind != CALENDAR:
                raise _not_one("it does not begin with BEGIN:VCALENDAR", number)
            if len(within) == _DEEPEST:
                raise _not_one("its components are nested too deeply", number)
            calendars += not within
            within.append((kind, _begun(kind, number, within, found)))
        elif name == "END":
            if not within:
                raise _not_one(f"END:{_kind(line)[:40]} ends nothing", number)
            if (begun := within.pop()[0]) != _kind(line):
                raise _not_one(f"END:{_kind(line)[:40]} stands where {begun[:40]} has not ended", number)
        elif not within:
            raise _not_one("it does not begin with BEGIN:VCALENDAR", number)
        else:
            component = within[-1][1]
            if component is not None and name in _WANTED[component.name]:
                effort.spend(_COST_OF_LINE)
                read = _property(name, line, number)
                if read.value.strip():
                    component.properties.setdefault(name, []).append(read)
    if within:
        raise _not_one(f"it is cut off, {within[-1][0][:40]} has not ended", number)
    if not calendars:
        raise _not_one("there is nothing in it", number)
    return found


def _not_one(reason: str, line: int) -> UnreadableCalendar:
    return UnreadableCalendar(f"Line {line}: the text is not iCalendar: {reason}.", line=line)


def _begun(
    kind: str, line: int, within: list[tuple[str, Component | None]], found: list[Component]
) -> Component | None:
    """The component that begins, put where it belongs; None for one that nobody wants."""
    if kind not in _WANTED:
        return None
    component = Component(kind, line, {}, [], within[0][1] if within else None)
    if kind in (EVENT, ZONE):
        found.append(component)
    elif kind in OBSERVANCES and within[-1][1] is not None and within[-1][0] == ZONE:
        within[-1][1].parts.append(component)
    return component


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each content line begins, its name in upper case, and the line without its folds."""
    begun, parts = 1, [""]
    for number, line in enumerate([*_LINE_END.split(text), _END], 1):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
        if line[:1] in (" ", "\t") or (not line and parts != [""]):
            continue  # a fold, also behind an empty line
        whole = "".join(parts).removeprefix("\ufeff")
        if (named := _NAME.match(whole)) is not None:
            yield begun, named[1].upper(), whole
        elif whole.strip():
            raise _not_one(f"{whole[:40]!r} is no line of it", begun)
        begun, parts = number, [line]


def _kind(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _property(name: str, line: str, number: int) -> Property:
    from icalendar.parser import Contentline

    if len(line) > _LONGEST_LINE:
        raise UnreadableCalendar(
            f"Line {number}: {name} is longer than {_LONGEST_LINE >> 10} KiB.", line=number
        )
    try:
        _, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
    except ValueError:
        raise UnreadableCalendar(f"Line {number}: {line[:60]!r} cannot be read.", line=number) from None
    return Property(name, {key.upper(): each for key, each in parameters.items()}, value, number)
