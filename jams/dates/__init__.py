"""When: the date language, calendars and occurrences, as pure functions.

No database, no clock of its own, no thread: whoever asks brings the day, the calendar and the anchor.
``docs/dates.md`` teaches the language.
"""

from __future__ import annotations

from .builder import DateOrder
from .calendar import Calendar
from .canonical import canonical
from .date_errors import (
    DateError,
    DatesNotDefined,
    InvalidCalendar,
    InvalidPeriod,
    InvalidSchedule,
    InvalidScheduleDate,
    InvalidTime,
    UnknownTimeZone,
    UnreadableCalendar,
    UnreadableDate,
)
from .days import days
from .definitions import (
    CalendarReading,
    DateDefinition,
    DateSettings,
    DateType,
    LastWeekday,
    WorkdayFlag,
    WorkWeek,
)
from .evaluation import evaluate, runs_on
from .explanation import Explanation, Reading, explain, explain_day
from .from_csv import csv_dates, csv_reading
from .from_holidays import holiday_dates
from .from_icalendar import icalendar_dates, icalendar_reading
from .hints import hints
from .language import parse
from .occurrences import Occurrence, next_recurrence, occurrences
from .projection import Projected, next_occurrence, next_occurrences, projection
from .reasons import Step, StepKind
from .schedule import BaseTime, NonWorkdayRule, Recurrence, Schedule
from .times import format_span, format_time, parse_span, parse_time
from .windows import NamedTime, Window
from .workdays import WorkdayDecision
from .zones import ClockChange

__all__ = [
    "BaseTime",
    "Calendar",
    "CalendarReading",
    "ClockChange",
    "DateDefinition",
    "DateError",
    "DateOrder",
    "DateSettings",
    "DateType",
    "DatesNotDefined",
    "Explanation",
    "InvalidCalendar",
    "InvalidPeriod",
    "InvalidSchedule",
    "InvalidScheduleDate",
    "InvalidTime",
    "LastWeekday",
    "NamedTime",
    "NonWorkdayRule",
    "Occurrence",
    "Projected",
    "Reading",
    "Recurrence",
    "Schedule",
    "Step",
    "StepKind",
    "UnknownTimeZone",
    "UnreadableCalendar",
    "UnreadableDate",
    "Window",
    "WorkWeek",
    "WorkdayDecision",
    "WorkdayFlag",
    "canonical",
    "csv_dates",
    "csv_reading",
    "days",
    "evaluate",
    "explain",
    "explain_day",
    "format_span",
    "format_time",
    "hints",
    "holiday_dates",
    "icalendar_dates",
    "icalendar_reading",
    "next_occurrence",
    "next_occurrences",
    "next_recurrence",
    "occurrences",
    "parse",
    "parse_span",
    "parse_time",
    "projection",
    "runs_on",
]
