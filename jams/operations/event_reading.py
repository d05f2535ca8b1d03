"""Jobs from the events of an iCalendar text (RFC 5545): each event is a job. Declares no operation."""

from __future__ import annotations

import datetime
from typing import Any

from icalendar import Calendar

from jams.dates import UnreadableCalendar, icalendar_dates
from jams.objects.errors import UnreadableDefinitions

from .schedule_texts import (
    WEEKDAYS,
    Names,
    NotCarriedOver,
    Timed,
    job,
    month_days_text,
    nth_weekdays_text,
    ordinal,
    weekdays_text,
)
from .xml_writing import Definition

_DAYS = {day: number for number, day in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_SAID = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})


def event_jobs(text: str) -> tuple[list[Definition], list[str]]:
    """The jobs of the events in a text, and what could not be carried over, in sentences that name the event.

    The summary is the name, the description the source. Raises UnreadableDefinitions.
    """
    today = datetime.date.today()
    try:
        icalendar_dates(text, today, today)  # refuses what is not to be read, within a bounded effort
        calendar = Calendar.from_ical(text.removeprefix("\ufeff"))
    except UnreadableCalendar as error:
        raise UnreadableDefinitions(error.message) from None
    except ValueError as error:
        raise UnreadableDefinitions(f"The text is not iCalendar that can be read: {error}"[:300]) from None
    found: list[Definition] = []
    remarks: list[str] = []
    names = Names()
    for event in calendar.walk("VEVENT"):
        name = names.free(str(event.get("SUMMARY", "")) or "Event")
        try:
            source = str(event.get("DESCRIPTION", ""))
            if not source:
                remarks.append(f"{name} has no DESCRIPTION, so that it runs nothing yet.")
            found.append(job(name, source, [_timed(event)]))
        except NotCarriedOver as error:
            remarks.append(f"The event {name} was left out: {error}.")
    return found, remarks


def _timed(event: Any) -> Timed:
    if any(event.get(name) is not None for name in ("RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")):
        raise NotCarriedOver("it has dates beside its rule; import it into a calendar instead")
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise NotCarriedOver("it is cancelled")
    start = event["DTSTART"].dt
    minute, zone = 0, ""
    if isinstance(start, datetime.datetime):
        minute = start.hour * 60 + start.minute
        zone = "" if start.tzinfo is None else str(getattr(start.tzinfo, "key", start.tzname()))
    first = f"{start:%Y-%m-%d}"
    rule = event.get("RRULE")
    return Timed(first if rule is None else _days(rule, start), [minute], first, zone)


def _days(rule: Any, start: datetime.date) -> str:
    if isinstance(rule, list):
        raise NotCarriedOver("it has several rules")
    parts = {str(name).upper(): [str(each) for each in values] for name, values in rule.items()}
    if unsaid := sorted(parts.keys() - _SAID):
        raise NotCarriedOver(f"{', '.join(unsaid)} of its rule cannot be said here")
    frequency, every = parts["FREQ"][0].upper(), int(parts.get("INTERVAL", ["1"])[0])
    days, months = parts.get("BYDAY", []), [int(each) for each in parts.get("BYMONTH", [])]
    numbers = [int(each) for each in parts.get("BYMONTHDAY", [])]
    if frequency == "DAILY" and parts.keys() <= {"FREQ", "INTERVAL", "WKST"}:
        return "DAILY" if every == 1 else f"EVERY {every} DAYS"
    if frequency == "WEEKLY" and not months and not numbers and "BYSETPOS" not in parts:
        return _weekly(days or [list(_DAYS)[start.weekday()]], every)
    if every != 1:
        raise NotCarriedOver(f"every {ordinal(every)} month or year cannot be said here")
    if frequency == "YEARLY":
        months = months or [start.month]
    elif frequency != "MONTHLY":
        raise NotCarriedOver("its rule cannot be said here")
    if "BYSETPOS" in parts:
        if set(days) != {"MO", "TU", "WE", "TH", "FR"} or numbers:
            raise NotCarriedOver("BYSETPOS of its rule cannot be said here")
        return nth_weekdays_text([(_place(int(each)), "WEEKDAY") for each in parts["BYSETPOS"]], months)
    if days and numbers:
        raise NotCarriedOver("BYDAY and BYMONTHDAY together cannot be said here")
    if days:
        return nth_weekdays_text([_nth(each) for each in days], months)
    return month_days_text([_place(each) for each in numbers or [start.day]], months)


def _weekly(days: list[str], every: int) -> str:
    if every == 1:
        return weekdays_text(_DAYS[each] for each in days)
    if len(days) > 1:
        raise NotCarriedOver(f"several days of every {ordinal(every)} week cannot be said here")
    return f"EVERY {ordinal(every)} {WEEKDAYS[_DAYS[days[0]]][:-1]}"


def _nth(day: str) -> tuple[int, str]:
    if not day[:-2]:
        raise NotCarriedOver("each weekday of a month cannot be said here")
    return _place(int(day[:-2])), WEEKDAYS[_DAYS[day[-2:]]][:-1]


def _place(number: int) -> int:
    if number < -1:
        raise NotCarriedOver("counting from the end of a month cannot be said here")
    return number
