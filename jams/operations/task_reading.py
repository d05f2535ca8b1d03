"""Jobs from the XML of the Windows Task Scheduler (schema 1.2 and later). Declares no operation."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from jams.objects.errors import UnreadableDefinitions

from .schedule_texts import (
    MONTHS,
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

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SPAN = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?", re.ASCII)
_DAY = 24 * 60


def task_jobs(text: str) -> tuple[list[Definition], list[str]]:
    """The jobs of the tasks in a text, and what could not be carried over, in sentences that name the task.

    Raises:
        UnreadableDefinitions: the text is no XML of tasks.
    """
    plain = _DECLARATION.sub("", text.removeprefix("\ufeff"))
    try:
        root = fromstring(plain.encode("utf-8", "surrogatepass"), forbid_dtd=True)
    except ParseError as error:
        raise UnreadableDefinitions(f"The text is not XML: {error}.") from None
    except (DefusedXmlException, ValueError):
        raise UnreadableDefinitions("XML with a document type or entities is not read.") from None
    tasks = [root] if _tag(root) == "Task" else [each for each in root.iter() if _tag(each) == "Task"]
    if not tasks:
        raise UnreadableDefinitions("There is no Task in the text.")
    found: list[Definition] = []
    remarks: list[str] = []
    names = Names()
    for task in tasks:
        uri = _text(task, "RegistrationInfo", "URI")
        name = names.free(
            uri.rpartition("\\")[2] or _text(task, "RegistrationInfo", "Description")[:40] or "Task"
        )
        try:
            found.append(_job(task, name, remarks))
        except NotCarriedOver as error:
            remarks.append(f"The task {name} was left out: {error}.")
    return found, remarks


def _job(task: Element, name: str, remarks: list[str]) -> Definition:
    lines = [
        line for action in _children(_child(task, "Actions")) for line in _command(action, name, remarks)
    ]
    if not lines:
        raise NotCarriedOver("it runs no program")
    timed: list[Timed] = []
    for trigger in _children(_child(task, "Triggers")):
        if _text(trigger, "Enabled").casefold() == "false":
            continue
        try:
            timed.append(_timed(trigger))
        except NotCarriedOver as error:
            remarks.append(f"A {_tag(trigger)} of {name} was left out: {error}.")
        if _child(trigger, "EndBoundary") is not None:
            remarks.append(
                f"{name} is scheduled without an end; there it ended {_text(trigger, 'EndBoundary')}."
            )
    user = next((_text(each, "UserId") for each in _children(_child(task, "Principals"))), "")
    if user:
        remarks.append(f"{name} ran as {user}; here a credential says so.")
    enabled = _text(task, "Settings", "Enabled").casefold() != "false"
    properties = [] if enabled else [{"propertyName": "Enabled", "currentValue": False}]
    description = _text(task, "RegistrationInfo", "Description")
    return job(name, "\n".join(lines) + "\n", timed, description=description, properties=properties)


def _command(action: Element, name: str, remarks: list[str]) -> Iterator[str]:
    if _tag(action) != "Exec":
        remarks.append(f"An action {_tag(action)} of {name} was left out: only programs are run.")
        return
    if folder := _text(action, "WorkingDirectory"):
        yield f'cd /d "{folder.strip(chr(34))}"'
    program = _text(action, "Command")
    quoted = f'"{program}"' if " " in program and not program.startswith('"') else program
    yield f"{quoted} {_text(action, 'Arguments')}".rstrip()


def _timed(trigger: Element) -> Timed:
    kind = _tag(trigger)
    if kind not in ("TimeTrigger", "CalendarTrigger"):
        raise NotCarriedOver("it waits for something else than a time")
    begins = _text(trigger, "StartBoundary")
    try:
        start = datetime.datetime.fromisoformat(begins.replace("Z", "+00:00"))
    except ValueError:
        raise NotCarriedOver("it says no time that can be read") from None
    zone = ""
    if start.tzinfo is not None:
        start, zone = start.astimezone(datetime.UTC), "UTC"
    minute = start.hour * 60 + start.minute
    minutes = list(_repeated(_child(trigger, "Repetition"), minute))
    if kind == "TimeTrigger":
        days = "DAILY" if _endless(trigger) else start.strftime("%Y-%m-%d")
    else:
        days = _days(trigger)
    return Timed(days, minutes, start.strftime("%Y-%m-%d"), zone)


def _endless(trigger: Element) -> bool:
    repetition = _child(trigger, "Repetition")
    return repetition is not None and not _text(repetition, "Duration")


def _repeated(repetition: Element | None, minute: int) -> Iterator[int]:
    """The minutes of a day at which it runs."""
    if repetition is None or not _text(repetition, "Interval"):
        yield minute
        return
    every, span = _minutes(_text(repetition, "Interval")), _minutes(_text(repetition, "Duration") or "P1D")
    if not every or span > _DAY or (span == _DAY and _DAY % every):
        raise NotCarriedOver("it repeats over more than a day")
    if span == _DAY:
        yield from range(minute % every, _DAY, every)
        return
    if minute + span > _DAY:
        raise NotCarriedOver("it repeats into the next day")
    yield from range(minute, minute + span, every)


def _minutes(text: str) -> int:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise NotCarriedOver(f"{text[:20]!r} is no span of time")
    days, hours, minutes = (int(each or 0) for each in found.groups())
    return (days * 24 + hours) * 60 + minutes


def _days(trigger: Element) -> str:
    for child in _children(trigger):
        match _tag(child):
            case "ScheduleByDay":
                every = _count(child, "DaysInterval")
                return "DAILY" if every == 1 else f"EVERY {every} DAYS"
            case "ScheduleByWeek":
                return _by_week(child)
            case "ScheduleByMonth":
                told = [_text(each) for each in _children(_child(child, "DaysOfMonth"))]
                numbers = [-1 if each.casefold() == "last" else int(each) for each in told if each]
                return month_days_text(numbers, _months(child))
            case "ScheduleByMonthDayOfWeek":
                weeks = [_text(each) for each in _children(_child(child, "Weeks"))]
                places = [-1 if each.casefold() == "last" else int(each) for each in weeks]
                kinds = [WEEKDAYS[number][:-1] for number in _weekdays(child)]
                return nth_weekdays_text([(at, kind) for kind in kinds for at in places], _months(child))
    raise NotCarriedOver("its days cannot be read")


def _by_week(child: Element) -> str:
    days, every = _weekdays(child), _count(child, "WeeksInterval")
    if every == 1:
        return weekdays_text(days)
    if len(days) > 1:
        raise NotCarriedOver(f"several days of every {ordinal(every)} week cannot be said here")
    return f"EVERY {ordinal(every)} {WEEKDAYS[days[0]][:-1]}"


def _weekdays(child: Element) -> list[int]:
    names = [day[:-1].casefold() for day in WEEKDAYS]
    found = [names.index(_tag(each).casefold()) for each in _children(_child(child, "DaysOfWeek"))]
    if not found:
        raise NotCarriedOver("it names no day of the week")
    return found


def _months(child: Element) -> list[int]:
    names = [month.casefold() for month in MONTHS]
    found = [names.index(_tag(each).casefold()) + 1 for each in _children(_child(child, "Months"))]
    return [] if len(found) in (0, 12) else found


def _count(child: Element, name: str) -> int:
    text = _text(child, name) or "1"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 999:
        raise NotCarriedOver(f"{name} is {text[:20]!r}")
    return int(text)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Element | None) -> list[Element]:
    return [] if element is None else list(element)


def _child(element: Element, name: str) -> Element | None:
    return next((each for each in element if _tag(each) == name), None)


def _text(element: Element, *names: str) -> str:
    found: Element | None = element
    for name in names:
        found = None if found is None else _child(found, name)
    return "" if found is None else (found.text or "").strip()
