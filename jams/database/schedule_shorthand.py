"""The schedule of a job in four members of its document, for who need not know what an element is.

They show the job's only ScheduleTrigger. In a change they say something where they differ from what they
show: so a document that was got can be sent back, whichever of both was changed in it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace

from jams.dates.times import format_time
from jams.objects.definitions import Job
from jams.objects.errors import InvalidArgument, JAMSError, MissingArgument
from jams.objects.parts import Element, PropertyData, PropertyValue
from jams.registry import element_type, read
from jams.registry.elements import find_element_type

_TRIGGER = element_type("ScheduleTrigger")
_MEMBERS = {
    "schedule": "ScheduledDate",
    "at": "ScheduledTime",
    "time_zone": "TimeZone",
    "except_for": "ExceptForDate",
}
"""The properties of the trigger that the members stand for."""

_WIRE = {"schedule": "schedule", "at": "at", "time_zone": "timeZone", "except_for": "exceptFor"}


class Shown(NamedTuple):
    """What the members show; nothing where a job has no such trigger, or several."""

    schedule: str | None = None
    at: str | None = None
    time_zone: str | None = None
    except_for: str | None = None


def shown(elements: list[Element]) -> Shown:
    """What the members show of a job with those elements of its own."""
    triggers = [element for element in elements if _is_trigger(element)]
    if len(triggers) != 1:
        return Shown()
    values = {item.property_name.lower(): item.current_value for item in triggers[0].properties}
    return Shown(*(_text(name, values.get(name.lower())) for name in _MEMBERS.values()))


def _is_trigger(element: Element) -> bool:
    return find_element_type(element.element_type_name) is _TRIGGER


def _text(name: str, value: PropertyData) -> str | None:
    """The value as a text, or as it is written where it cannot be read."""
    try:
        meaning = read(_TRIGGER.properties[name], value)
    except JAMSError:
        meaning = value
    if name == "ScheduledTime" and meaning is not None and meaning is not value:
        return format_time(meaning)
    return meaning if isinstance(meaning, str) else None


def settled(job: Job, before: Job | None) -> Job:
    """The job with the elements that its members ask for; ``before`` is as it stands, if it does.

    Raises:
        InvalidArgument: it has several triggers, of which none is meant.
        MissingArgument: a time or zone is said, and no days.
    """
    asked = _asked(job, before)
    if not asked:
        return job
    first = _WIRE[next(iter(asked))]
    triggers = [element for element in job.elements if _is_trigger(element)]
    if len(triggers) > 1:
        raise InvalidArgument("The job has several schedule triggers: change its elements.", member=first)
    if asked.get("schedule", "") is None and len(triggers) == 1:
        left = [element for element in job.elements if element is not triggers[0]]
        rest = {name: value for name, value in asked.items() if value is not None}
        if rest:
            raise MissingArgument("Give schedule: the days on which the job runs.", member="schedule")
        return replace(job, elements=left)
    if not triggers and asked.get("schedule") is None:
        raise MissingArgument("Give schedule: the days on which the job runs.", member="schedule")
    if not triggers:
        fresh = Element(element_name="Schedule", element_type_name=_TRIGGER.name)
        return replace(job, elements=[*job.elements, _with(fresh, asked)])
    changed = [_with(each, asked) if each is triggers[0] else each for each in job.elements]
    return replace(job, elements=changed)


def _asked(job: Job, before: Job | None) -> dict[str, str | None]:
    """The members that say something: those that differ from what they show."""
    asked: dict[str, str | None] = {}
    for name in _MEMBERS:
        value = _told(job, name)
        if value != (None if before is None else _told(before, name)):
            asked[name] = value
    return asked


def _told(job: Job, name: str) -> str | None:
    """What a member says, without the blanks around it that its trigger may have."""
    return (getattr(job, name) or "").strip() or None


def _with(element: Element, asked: dict[str, str | None]) -> Element:
    """The element with other values of those properties."""
    names = {_MEMBERS[name].lower() for name in asked}
    kept: list[Any] = [item for item in element.properties if item.property_name.lower() not in names]
    fresh = [
        PropertyValue(property_name=_MEMBERS[name], current_value=value)
        for name, value in asked.items()
        if value is not None
    ]
    return replace(element, properties=[*kept, *fresh])
