"""Dates from an iCalendar text (RFC 5545) as date definitions, repeated events within a range of days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from .definitions import DateDefinition, WorkdayFlag
from .errors import UnreadableCalendar

MAX_DATES = 20_000
MAX_BYTES = 4 << 20
_SLOW = {"SECONDLY", "MINUTELY", "HOURLY"}


def icalendar_dates(
    data: str | bytes,
    first: datetime.date,
    last: datetime.date,
    *,
    date_type: str = "HOLIDAY",
    workday: WorkdayFlag = WorkdayFlag.FALSE,
) -> list[DateDefinition]:
    """The days from ``first`` to ``last`` on which the events of ``data`` fall, earliest first.

    An event of several days gives each of them; one with times gives the days of its own zone. RRULE,
    RDATE, EXDATE and changed single occurrences (RECURRENCE-ID) are followed, cancelled events left out.
    Rules that repeat within a day are refused: a date has no use for them. The description is the SUMMARY,
    ``source`` is ``ical:`` and the UID.

    Raises:
        UnreadableCalendar: when the text is not iCalendar, is too large or has too many dates.
    """
    import icalendar

    if len(data) > MAX_BYTES:
        raise UnreadableCalendar(f"The calendar is larger than {MAX_BYTES >> 20} MiB.")
    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        found = list(_definitions(events, first, last, date_type, workday))
    except UnreadableCalendar:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise UnreadableCalendar(f"The text is not iCalendar that can be read: {error}"[:200]) from None
    return sorted(found, key=lambda each: (each.date, each.description))


def _definitions(
    events: list[Any], first: datetime.date, last: datetime.date, date_type: str, workday: WorkdayFlag
) -> Iterator[DateDefinition]:
    changed = {
        (str(event.get("UID")), _day(event["RECURRENCE-ID"].dt)) for event in events if _is_change(event)
    }
    count = 0
    seen: set[tuple[str, datetime.date]] = set()
    for event in events:
        if str(event.get("STATUS", "")).upper() == "CANCELLED" or "DTSTART" not in event:
            continue
        uid = str(event.get("UID", ""))
        length = _length_in_days(event)
        for start in _starts(event, first - timedelta(length - 1), last):
            if not _is_change(event) and (uid, start) in changed:
                continue
            for day in (start + timedelta(number) for number in range(length)):
                if not first <= day <= last or (uid, day) in seen:
                    continue
                seen.add((uid, day))
                count += 1
                if count > MAX_DATES:
                    raise UnreadableCalendar(f"The calendar has more than {MAX_DATES} dates in that range.")
                yield DateDefinition(
                    date_type=date_type,
                    date=day,
                    description=str(event.get("SUMMARY", ""))[:4096],
                    workday=workday,
                    source=f"ical:{uid}"[:255],
                )


def _is_change(event: Any) -> bool:
    return "RECURRENCE-ID" in event


def _day(moment: datetime.date) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _naive(moment: datetime.date, zone: datetime.tzinfo | None = None) -> datetime.datetime:
    """``moment`` as the wall time of its own zone, or of ``zone`` where that is given."""
    if not isinstance(moment, datetime.datetime):
        return datetime.datetime.combine(moment, datetime.time())
    if zone is not None and moment.tzinfo is not None:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None)


def _length_in_days(event: Any) -> int:
    """How many days one occurrence touches, at least 1; DTEND is not part of it."""
    start = event["DTSTART"].dt
    if "DTEND" in event:
        end = event["DTEND"].dt
    elif "DURATION" in event:
        end = start + event["DURATION"].dt
    else:
        return 1
    days = (_day(end) - _day(start)).days
    if isinstance(end, datetime.datetime) and _naive(end).time() > datetime.time():
        days += 1
    return min(max(days, 1), 3660)


def _starts(event: Any, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The days from ``first`` to ``last`` on which an occurrence of ``event`` starts."""
    from dateutil.rrule import rrule, rruleset, rrulestr

    begin = event["DTSTART"].dt
    zone = begin.tzinfo if isinstance(begin, datetime.datetime) else None
    start = _naive(begin)
    dates = rruleset()
    dates.rdate(start)
    if not _is_change(event):
        for rule in _listed(event.get("RRULE")):
            dates.rrule(cast(rrule, rrulestr(_rule_text(rule, zone), dtstart=start)))
        for each in _moments(event, "RDATE"):
            dates.rdate(_naive(each, zone))
        for each in _moments(event, "EXDATE"):
            dates.exdate(_naive(each, zone))
    low = datetime.datetime.combine(first, datetime.time())
    high = datetime.datetime.combine(last, datetime.time.max)
    found: list[datetime.date] = []
    for moment in dates.xafter(low, inc=True):
        if moment > high:
            break
        found.append(moment.date())
        if len(found) > MAX_DATES:
            raise UnreadableCalendar(f"The calendar has more than {MAX_DATES} dates in that range.")
    return found


def _rule_text(rule: Any, zone: datetime.tzinfo | None) -> str:
    """The rule with its UNTIL as wall time of the event, as the expansion is done in wall time."""
    parts = dict(rule)
    if {str(each).upper() for each in _listed(parts.get("FREQ"))} & _SLOW:
        raise UnreadableCalendar("A rule that repeats within a day gives no dates.")
    if "UNTIL" in parts:
        until = _listed(parts["UNTIL"])[0]
        end = _naive(until, zone)
        if not isinstance(until, datetime.datetime):
            end = datetime.datetime.combine(until, datetime.time.max)
        parts["UNTIL"] = [end.replace(microsecond=0)]
    text: str = type(rule)(parts).to_ical().decode()
    return text


def _moments(event: Any, name: str) -> Iterator[datetime.date]:
    for group in _listed(event.get(name)):
        for each in group.dts:
            yield each.dt[0] if isinstance(each.dt, tuple) else each.dt


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
