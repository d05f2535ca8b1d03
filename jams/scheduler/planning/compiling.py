"""When a job runs by itself: from its definition to schedules of the date language (semantics 2.2, 3.6).

Read are, with the meanings that the registry gives them,

- each enabled element ``ScheduleTrigger`` of the job and of the folders above it;
- where there is none, the same properties of the job itself, if it has a ScheduledDate (as in version 6);
- each enabled element ``IntervalTrigger``;
- an enabled element ``Recurrence`` or ``RecurrenceNewEntry``; where there is none, the properties
  ResubmitDelay, ResubmitEnd, ResubmitBase and ResubmitOnError. It counts for every schedule;
- the properties AutoSubmit, Enabled, SubmitOnHold, Calendar and CatchUp, and when it was last submitted.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jams.database.folders import FolderRecord, with_passed
from jams.database.reading import check_whole
from jams.dates import BaseTime, InvalidSchedule, NonWorkdayRule, Recurrence, Schedule, format_span
from jams.dates.times import format_time
from jams.dates.zones import time_zone
from jams.objects.definitions import Job
from jams.objects.enums import CatchUp
from jams.objects.errors import InvalidProperty
from jams.objects.parts import Element, PropertyData, PropertyValue
from jams.registry import JOB_PROPERTIES, Property, PropertySet, Reference, read
from jams.registry.elements import find_element_type

TRIGGER = "ScheduleTrigger"
SAME_ENTRY = "Recurrence"
NEW_ENTRY = "RecurrenceNewEntry"
INTERVAL = "IntervalTrigger"

Values = Mapping[str, PropertyData]
"""Values of properties by name in lower case."""


class Said(NamedTuple):
    """What a definition says, with what comes down to it from the folders above.

    Attributes:
        values: the values of its properties that are set or inherited.
        elements: its elements, those of the folders first.
        last_submitted: when the schedule submitted it last.
    """

    values: Values
    elements: Sequence[Element]
    last_submitted: datetime.datetime | None = None


class Repeats(NamedTuple):
    """How each run of a job is repeated.

    Attributes:
        recurrence: after which delay, from what, until when.
        new_entry: whether each repetition is an entry of its own.
        on_error: whether a run that failed is repeated, too.
    """

    recurrence: Recurrence
    new_entry: bool
    on_error: bool


class RunsAgain(NamedTuple):
    """An interval trigger: one run after the other.

    Attributes:
        span: how long after a run.
        base: from what of it that is counted.
        start: the time of day of the first run, if it is said.
        new_entry: whether each run is an entry of its own.
        zone: the zone of the times.
    """

    span: datetime.timedelta
    base: BaseTime
    start: datetime.time | None
    new_entry: bool
    zone: str


class CatchingUp(NamedTuple):
    """What of the points that were missed runs late.

    Attributes:
        which: which of them.
        within: how long ago a point may lie; None: any time.
        most: how many they are with AtMost.
    """

    which: CatchUp = CatchUp.ALL
    within: datetime.timedelta | None = None
    most: int = 1


class JobSchedules(NamedTuple):
    """The schedules of a job.

    Attributes:
        schedules: one for each trigger.
        calendar: the calendar that they are evaluated with; None: the default one.
        auto_submit: whether the scheduler submits the job by itself.
        enabled: whether it would run at all.
        on_hold: whether its entries come into the schedule held.
        catching_up: what of the points that were missed runs late.
        repeats: how its runs are repeated, if they are.
        intervals: triggers that keep one run going after the other.
    """

    schedules: tuple[Schedule, ...] = ()
    calendar: Reference | None = None
    auto_submit: bool = True
    enabled: bool = True
    on_hold: bool = False
    catching_up: CatchingUp = CatchingUp()
    repeats: Repeats | None = None
    intervals: tuple[RunsAgain, ...] = ()


def said_by(job: Job, above: FolderRecord | None = None) -> Said:
    """What a job says, together with the folder in which it lies.

    Raises:
        Damaged: the definition, or that of a folder above it, cannot be read.
    """
    check_whole(job, f"job {job.qualified_name}")
    inherited = {} if above is None else {key: item.value for key, item in above.passed_on.items()}
    elements = with_passed(above, job.elements)
    return Said({**inherited, **_values(job.properties)}, list(elements), job.last_autosubmit_utc)


def schedules_of(said: Said, zone: str) -> JobSchedules:
    """What a definition says of when its job runs; no schedules if it says nothing.

    ``zone`` is the time zone of schedules that name none.

    Raises:
        InvalidSchedule, InvalidTime, UnknownTimeZone: a property holds what it cannot hold.
    """
    own = _Read(JOB_PROPERTIES, said.values)
    triggers = [values for kind, values in _elements(said.elements) if kind == TRIGGER]
    if not triggers and own.value("ScheduledDate"):
        triggers = [own]
    repeats = _repeats(said.elements, own)
    return JobSchedules(
        tuple(_schedule(values, repeats, said.last_submitted, zone) for values in triggers),
        own.value("Calendar"),
        own.value("AutoSubmit") is not False,
        own.value("Enabled") is not False,
        own.value("SubmitOnHold") is True,
        CatchingUp(own.value("CatchUp"), own.value("CatchUpWithin") or None, own.value("CatchUpMost")),
        repeats,
        tuple(_interval(values, own, zone) for kind, values in _elements(said.elements) if kind == INTERVAL),
    )


class _Read:
    """Values of properties, read by what the registry says of them."""

    def __init__(self, known: PropertySet, values: Values) -> None:
        self._known = known
        self._values = values

    def value(self, name: str) -> Any:
        """What the value of a property means; its default where it says nothing. Raises InvalidSchedule."""
        definition = self._known[name]
        for written in (definition.name, *definition.aliases):
            given = self._values.get(written.lower())
            if given is not None:
                found = _meaning(definition, given)
                if found is not None:
                    return found
        return _meaning(definition, definition.default)


def _meaning(definition: Property, value: PropertyData) -> Any:
    try:
        return read(definition, value)
    except InvalidProperty as error:
        raise InvalidSchedule(error.message, target=definition.name, member="properties") from None


def _elements(elements: Iterable[Element]) -> Iterator[tuple[str, _Read]]:
    """Type and values of the elements that demand something."""
    for element in elements:
        kind = find_element_type(element.element_type_name)
        if kind is not None:
            values = _Read(kind.properties, _values(element.properties))
            if values.value("Enabled") is not False:
                yield kind.name, values


def _values(properties: Iterable[PropertyValue]) -> dict[str, PropertyData]:
    found = {
        item.property_name.lower(): item.default_value if item.current_value is None else item.current_value
        for item in properties
    }
    return {name: value for name, value in found.items() if value is not None}


def _schedule(
    values: _Read, repeats: Repeats | None, submitted: datetime.datetime | None, zone: str
) -> Schedule:
    dates = values.value("ScheduledDate")
    if dates is None:
        raise InvalidSchedule(
            "The property ScheduledDate of the schedule is missing.",
            target="ScheduledDate",
            member="properties",
        )
    named = values.value("TimeZone") or zone
    return Schedule(
        dates=dates,
        times=(format_time(values.value("ScheduledTime") or datetime.time()),),
        except_for=values.value("ExceptForDate"),
        non_workday=values.value("NonWorkdayScheduling") or NonWorkdayRule.SCHEDULE,
        start_date=values.value("ScheduledStartDate"),
        last_submitted=None if submitted is None else submitted.astimezone(time_zone(named)).date(),
        time_zone=named,
        recurrence=None if repeats is None else repeats.recurrence,
    )


def _interval(values: _Read, own: _Read, zone: str) -> RunsAgain:
    span = values.value("Interval")
    if not span:
        raise InvalidSchedule("An interval has at least one second.", target="Interval", member="properties")
    return RunsAgain(
        span,
        values.value("BaseTime"),
        values.value("StartTime"),
        values.value("AlwaysResubmit") is True,
        own.value("TimeZone") or zone,
    )


def _repeats(elements: Iterable[Element], own: _Read) -> Repeats | None:
    for kind, values in _elements(elements):
        if kind in (SAME_ENTRY, NEW_ENTRY):
            return _repeated(values, ("Delay", "EndTime", "BaseTime"), new_entry=kind == NEW_ENTRY)
    return _repeated(own, ("ResubmitDelay", "ResubmitEnd", "ResubmitBase"), new_entry=False)


def _repeated(values: _Read, names: tuple[str, str, str], *, new_entry: bool) -> Repeats | None:
    delay, until, base = (values.value(name) for name in names)
    if not delay:
        return None
    recurrence = Recurrence(
        delay=format_span(delay),
        until=None if until is None else format_time(until),
        base_time=base or BaseTime.SCHEDULED_TIME,
    )
    return Repeats(recurrence, new_entry, values.value("ResubmitOnError") is True)
