"""The nouns of a calendar: date types, dates, and which weekdays are worked (semantics 2.13)."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Annotated

from msgspec import Meta

from jams.objects.base import Fact, Name, Text

from .builder import DateOrder
from .tree import Weekday


class WorkdayFlag(Enum):
    """Whether a dated day is worked. MAYBE leaves the decision to others."""

    TRUE = "True"
    FALSE = "False"
    MAYBE = "Maybe"


class DateType(Fact, frozen=True):
    """A kind of date with a name of its own.

    The dates of a ``continuous`` type are the first days of periods that follow each other without a gap;
    those of another type are single days. ``specific_types`` are the names a date of this type may bear,
    in sequence.
    """

    name: Name
    description: Text = ""
    continuous: bool = False
    specific_types: tuple[Name, ...] = ()


class DateDefinition(Fact, frozen=True):
    """One date of a date type. ``source`` names where an imported date comes from."""

    date_type: Name
    date: datetime.date
    specific_type: Name | None = None
    description: Text = ""
    workday: WorkdayFlag = WorkdayFlag.MAYBE
    source: Annotated[str, Meta(max_length=255)] | None = None

    @property
    def label(self) -> str:
        """``HOLIDAY CHRISTMAS "Christmas Day"``: the definition as a person would call it."""
        specific = f" {self.specific_type}" if self.specific_type else ""
        description = f' "{self.description}"' if self.description else ""
        return f"{self.date_type}{specific}{description}"


class CalendarReading(Fact, frozen=True):
    """What a text from elsewhere says.

    ``cancelled`` are those of which it says that they do not take place, ``sources`` all that it knows, also
    where nothing is left of them; ``remarks`` are sentences on what its reader should know.
    """

    dates: tuple[DateDefinition, ...]
    cancelled: tuple[DateDefinition, ...] = ()
    sources: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()


class WorkWeek(Fact, frozen=True):
    """The seven settings Work_MON to Work_SUN: is that day usually a workday."""

    monday: bool = True
    tuesday: bool = True
    wednesday: bool = True
    thursday: bool = True
    friday: bool = True
    saturday: bool = False
    sunday: bool = False

    @property
    def days(self) -> tuple[bool, ...]:
        """The settings from Monday to Sunday."""
        return tuple(getattr(self, day.name.lower()) for day in Weekday)


def setting_name(weekday: Weekday) -> str:
    """The configuration setting of a weekday: ``Work_MON``."""
    return f"Work_{weekday.name[:3]}"


class LastWeekday(Enum):
    """What ``LAST MONDAY`` means: that day of last week (6.x), or the most recent one before today (7.x)."""

    OF_LAST_WEEK = "OfLastWeek"
    MOST_RECENT = "MostRecent"


class DateSettings(Fact, frozen=True):
    """The configuration settings that a date's meaning depends on."""

    work_week: WorkWeek = WorkWeek()
    last_weekday: LastWeekday = LastWeekday.OF_LAST_WEEK
    date_order: DateOrder = DateOrder.MONTH_FIRST
