"""A calendar: date types and dates, looked up by name, with the workdays that follow from them."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from msgspec import Struct

from .date_errors import InvalidCalendar
from .definitions import DateDefinition, DateSettings, DateType
from .workdays import WorkdayDecision, Workdays


class Named(Struct, frozen=True):
    """What a name stands for: a date type, or one of its specific types."""

    type: DateType
    specific: str | None = None


def not_a_specific_type(specific_type: str, date_type: str) -> InvalidCalendar:
    """The error of a date with a specific type that its date type does not list."""
    return InvalidCalendar(f"{specific_type} is not a specific type of {date_type}.", target=date_type)


def two_periods(date_type: str, day: datetime.date) -> InvalidCalendar:
    """The error of two periods of a continuous date type that start on one day."""
    return InvalidCalendar(f"Two periods of {date_type} start on {day}.", target=date_type)


class Calendar:
    """Date types, dates and settings, as one immutable value that dates are evaluated with.

    Names are compared without regard to case, and a name that is not defined may stand for its own
    singular or plural (HOLIDAYS for HOLIDAY).

    Raises:
        InvalidCalendar: a name defined twice, a date of an unknown type, a specific type that its date
            type does not list, or two periods of a continuous type that start on one day.
    """

    def __init__(
        self,
        date_types: Iterable[DateType] = (),
        dates: Iterable[DateDefinition] = (),
        settings: DateSettings | None = None,
    ) -> None:
        self.settings = settings or DateSettings()
        self._types: dict[str, DateType] = {}
        self._specifics: dict[str, list[Named]] = {}
        self._sequences: dict[str, dict[str, int]] = {}
        for date_type in date_types:
            self._add_type(date_type)
        self.definitions = tuple(sorted(dates, key=self._order))
        self._by_type: dict[str, list[DateDefinition]] = {key: [] for key in self._types}
        for definition in self.definitions:
            self._by_type[definition.date_type.casefold()].append(definition)
        self._check_periods()
        self._starts = {
            key: [each.date.toordinal() for each in found] for key, found in self._by_type.items()
        }
        self.workdays = Workdays(self.settings.work_week, self.definitions)
        self.compiled: dict[object, Any] = {}
        """Rules compiled for this calendar, by tree; kept by the evaluator."""

    def _add_type(self, date_type: DateType) -> None:
        key = date_type.name.casefold()
        if key in self._types:
            raise InvalidCalendar(f"The date type {date_type.name} is defined twice.", target=date_type.name)
        self._types[key] = date_type
        sequence: dict[str, int] = {}
        for number, name in enumerate(date_type.specific_types):
            if sequence.setdefault(name.casefold(), number) != number:
                raise InvalidCalendar(
                    f"The date type {date_type.name} lists {name} twice.", target=date_type.name
                )
            self._specifics.setdefault(name.casefold(), []).append(Named(date_type, name))
        self._sequences[key] = sequence

    def _order(self, definition: DateDefinition) -> tuple[object, ...]:
        """Day, then date type by name, then the sequence of the specific type: who decides first."""
        key = definition.date_type.casefold()
        date_type = self._types.get(key)
        if date_type is None:
            raise InvalidCalendar(
                f"The date {definition.date} is of the type {definition.date_type}, which is not defined.",
                target=definition.date_type,
            )
        sequence: int | None = -1
        if definition.specific_type is not None:
            sequence = self._sequences[key].get(definition.specific_type.casefold())
            if sequence is None:
                raise not_a_specific_type(definition.specific_type, date_type.name)
        return definition.date, key, sequence, definition.description

    def _check_periods(self) -> None:
        for key, found in self._by_type.items():
            if not self._types[key].continuous:
                continue
            for before, after in pairwise(found):
                if before.date == after.date:
                    raise two_periods(before.date_type, before.date)

    @property
    def date_types(self) -> tuple[DateType, ...]:
        """The date types by name."""
        return tuple(self._types[key] for key in sorted(self._types))

    def find_type(self, name: str) -> DateType | None:
        """The date type called ``name``, or None."""
        return next((self._types[key] for key in _spellings(name) if key in self._types), None)

    def find_specifics(self, name: str) -> list[Named]:
        """The specific types called ``name``, one for each date type that lists it."""
        return next((self._specifics[key] for key in _spellings(name) if key in self._specifics), [])

    @property
    def names(self) -> list[str]:
        """The names of all date types and specific types."""
        names = [date_type.name for date_type in self._types.values()]
        return names + [named[0].specific or "" for named in self._specifics.values()]

    def dates_of(self, date_type: DateType) -> list[DateDefinition]:
        """The dates of a type, earliest first."""
        return self._by_type[date_type.name.casefold()]

    def days_of(self, named: Named) -> list[int]:
        """The ordinals of the dates of a type, or of one of its specific types, ascending, each once."""
        if named.specific is None:
            days: Iterable[int] = self._starts[named.type.name.casefold()]
        else:
            wanted = named.specific.casefold()
            days = (
                each.date.toordinal()
                for each in self.dates_of(named.type)
                if each.specific_type is not None and each.specific_type.casefold() == wanted
            )
        return sorted(set(days))

    def definition_on(self, named: Named, day: int) -> DateDefinition | None:
        """The first definition of ``named`` on the ordinal ``day``."""
        starts = self._starts[named.type.name.casefold()]
        for index in range(bisect_left(starts, day), len(starts)):
            found = self.dates_of(named.type)[index]
            if starts[index] != day:
                break
            if named.specific is None or (found.specific_type or "").casefold() == named.specific.casefold():
                return found
        return None

    def is_workday(self, day: datetime.date) -> bool:
        """Whether ``day`` is a workday (semantics 3.4)."""
        return day.toordinal() in self.workdays

    def workday_decision(self, day: datetime.date) -> WorkdayDecision:
        """Whether ``day`` is a workday, and which definition or setting says so."""
        return self.workdays.decide(day.toordinal())


def _spellings(name: str) -> tuple[str, ...]:
    folded = name.casefold()
    return (folded, folded[:-1]) if folded.endswith("s") else (folded, f"{folded}s")
