"""When a job runs by itself: from its definition to schedules of the date language (semantics 2.2, 3.6).

Read are, by name and without regard to case,

- each enabled element of the type ``ScheduleTrigger``: its properties ScheduledDate, ScheduledTime,
  ExceptForDate, ScheduledStartDate, NonWorkdayScheduling and TimeZone;
- where there is none, the same properties of the job itself, if it has a ScheduledDate (as in version 6);
- an enabled element whose type begins with ``Recurrence``: Delay, EndTime and BaseTime; where there is none,
  the properties ResubmitDelay, ResubmitEnd and ResubmitBase of the job. It counts for every schedule;
- the job's properties AutoSubmit, Enabled and Calendar (a reference), and when it was last submitted.

A span or time of day is a text, or an object with ``totalSeconds``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from jams.database.reading import check_whole
from jams.dates import (
    BaseTime,
    InvalidSchedule,
    NonWorkdayRule,
    Recurrence,
    Schedule,
    format_span,
)
from jams.dates.zones import time_zone
from jams.objects.definitions import Job
from jams.objects.parts import PropertyValue

TRIGGER = "scheduletrigger"
RECURRENCE = "recurrence"

_RULES = {rule.value.casefold(): rule for rule in NonWorkdayRule} | {"ignore": NonWorkdayRule.SCHEDULE}
"""``Ignore`` is a value of the product: whether the day is a workday is ignored."""

_BASES = {base.value.casefold(): base for base in BaseTime}
_DAY = datetime.timedelta(days=1)

Values = Mapping[str, Any]
"""Values of properties by name in lower case."""


class CalendarReference(NamedTuple):
    """The calendar that a job names, by number or name; neither for the default one."""

    id: int | None = None
    name: str | None = None


class JobSchedules(NamedTuple):
    """The schedules of a job.

    Attributes:
        schedules: one for each trigger.
        calendar: the calendar that they are evaluated with.
        auto_submit: whether the scheduler submits the job by itself.
        enabled: whether it would run at all.
    """

    schedules: tuple[Schedule, ...]
    calendar: CalendarReference
    auto_submit: bool
    enabled: bool


def schedules_of(job: Job, zone: str) -> JobSchedules:
    """What the definition of ``job`` says of when it runs; no schedules if it says nothing.

    ``zone`` is the time zone of schedules that name none.

    Raises:
        InvalidSchedule, UnknownTimeZone: a property holds what it cannot hold.
        Damaged: the definition, or that of a folder above it, cannot be read.
    """
    check_whole(job, f"job {job.qualified_name}")
    own = _values(job.properties)
    triggers = [values for kind, values in _elements(job) if kind == TRIGGER]
    if not triggers and own.get("scheduleddate"):
        triggers = [own]
    recurrence = _recurrence(job, own)
    return JobSchedules(
        tuple(_schedule(values, recurrence, job.last_autosubmit_utc, zone) for values in triggers),
        _calendar(own.get("calendar")),
        _flag(own, "autosubmit"),
        _flag(own, "enabled"),
    )


def _elements(job: Job) -> Iterable[tuple[str, Values]]:
    for element in job.elements:
        values = _values(element.properties)
        if _flag(values, "enabled"):
            yield element.element_type_name.casefold(), values


def _values(properties: Iterable[PropertyValue]) -> Values:
    return {
        item.property_name.lower(): item.default_value if item.current_value is None else item.current_value
        for item in properties
    }


def _schedule(
    values: Values, recurrence: Recurrence | None, submitted: datetime.datetime | None, zone: str
) -> Schedule:
    dates = _text(values, "scheduleddate")
    if dates is None:
        raise _refused("ScheduledDate", None)
    time_zone = _text(values, "timezone") or zone
    return Schedule(
        dates=dates,
        times=(_time(values, "scheduledtime") or "00:00",),
        except_for=_text(values, "exceptfordate"),
        non_workday=_choice(values, "nonworkdayscheduling", _RULES, NonWorkdayRule.SCHEDULE),
        start_date=_day(values, "scheduledstartdate"),
        last_submitted=None if submitted is None else _local_day(submitted, time_zone),
        time_zone=time_zone,
        recurrence=recurrence,
    )


def _local_day(moment: datetime.datetime, zone: str) -> datetime.date:
    return moment.astimezone(time_zone(zone)).date()


def _recurrence(job: Job, own: Values) -> Recurrence | None:
    for kind, values in _elements(job):
        if kind.startswith(RECURRENCE):
            return _repeated(values, "delay", "endtime", "basetime")
    if own.get("resubmitdelay"):
        return _repeated(own, "resubmitdelay", "resubmitend", "resubmitbase")
    return None


def _repeated(values: Values, delay: str, end: str, base: str) -> Recurrence | None:
    span = _span(values, delay)
    if span is None:
        return None
    return Recurrence(
        delay=span, until=_time(values, end), base_time=_choice(values, base, _BASES, BaseTime.SCHEDULED_TIME)
    )


def _calendar(value: Any) -> CalendarReference:
    if isinstance(value, str) and value.strip():
        return CalendarReference(name=value)
    if isinstance(value, dict):
        number, name = value.get("calendarID"), value.get("calendarName")
        if isinstance(number, int) and number > 0:
            return CalendarReference(id=number)
        if isinstance(name, str) and name:
            return CalendarReference(name=name)
    return CalendarReference()


def _flag(values: Values, name: str) -> bool:
    value = values.get(name)
    return value is not False and str(value).strip().lower() != "false"


def _text(values: Values, name: str) -> str | None:
    value = values.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise _refused(name, value)
    return value


def _seconds(values: Values, name: str) -> datetime.timedelta | None:
    value = values.get(name)
    seconds = value.get("totalSeconds") if isinstance(value, dict) else None
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 <= seconds < 10**10:
        return None
    return datetime.timedelta(seconds=seconds)


def _span(values: Values, name: str) -> str | None:
    if not isinstance(values.get(name), dict):
        return _text(values, name)
    span = _seconds(values, name)
    return None if not span else format_span(span)


def _time(values: Values, name: str) -> str | None:
    if not isinstance(values.get(name), dict):
        return _text(values, name)
    span = _seconds(values, name)
    if span is None:
        return None
    if span >= _DAY:
        raise _refused(name, values[name])
    return str(span).rjust(8, "0")


def _day(values: Values, name: str) -> datetime.date | None:
    text = _text(values, name)
    if text is None or text.startswith("0001-01-01"):
        return None
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        raise _refused(name, text) from None


def _choice(values: Values, name: str, choices: Mapping[str, Any], default: Any) -> Any:
    text = _text(values, name)
    if text is None:
        return default
    found = choices.get(text.strip().casefold())
    if found is None:
        raise _refused(name, text)
    return found


def _refused(name: str, value: Any) -> InvalidSchedule:
    what = "is missing" if value is None else f"cannot be {str(value)[:64]!r}"
    return InvalidSchedule(f"The property {name} of the schedule {what}.", target=name, member="properties")
