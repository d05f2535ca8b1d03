"""The life of what is stored: made, listed, shown, changed, shown again and removed, with a probe in it.

What is accepted has to live through all of it and be as it was given; what is refused has to leave no trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from jams.database import tables
from jams.objects.errors import ErrorKind, error_classes
from tests.support.doors import Door, DoorError, levelled, operation_named
from tests.support.nouns import CALENDAR, FOLDER, NAMED_TIME, PLACES, ROOM, Noun, Target
from tests.support.powershell_calls import NotExpressed
from tests.support.probes import KEY, Probe

ME = "operator"

GIVEN_OUT = "x"
"""The parameter of the job that is submitted."""

JOB_TO_SUBMIT = {
    "jobName": "Load",
    "parentFolderName": ROOM,
    "source": "true",
    "parameters": [{"paramName": GIVEN_OUT}],
}

THEIR_FAULT = {
    ErrorKind.INVALID,
    ErrorKind.MALFORMED,
    ErrorKind.NOT_FOUND,
    ErrorKind.CONFLICT,
    ErrorKind.PRECONDITION,
    ErrorKind.DENIED,
    ErrorKind.UNAUTHENTICATED,
    ErrorKind.TOO_LARGE,
    ErrorKind.NOT_ALLOWED,
    ErrorKind.UNSUPPORTED,
}
"""What a caller is told who has asked for what cannot be."""


class Broken(AssertionError):
    """Something was neither done nor refused as it has to be."""


def ask(door: Door, operation: str, inputs: Mapping[str, Any]) -> Any:
    """The answer. Raises DoorError where it is refused, Broken where something fails."""
    try:
        answer = door.call(operation_named(operation), dict(inputs), ME)
        return json.loads(json.dumps(answer))  # doors answer with types of their own
    except DoorError as error:
        found = error_classes().get(error.code)
        if found is None or found.kind not in THEIR_FAULT:
            raise Broken(f"{door.name}: {operation}: {error}") from None
        raise
    except NotExpressed:
        raise
    except Exception as error:
        raise Broken(f"{door.name}: {operation}: {type(error).__name__}: {str(error)[:300]}") from error


Trace = dict[str, tuple[Any, ...]]

_DEFINED = {
    "folder", "method", "job", "variable", "variable_use", "agent", "credential", "calendar", "date_type",
    "date_type_link", "calendar_date", "named_time", "queue", "queue_agent", "resource", "resource_quantity",
    "alert", "account", "account_group", "membership",
}  # fmt: skip
_SCHEDULED = {"entry", "run"}

_TOLD = {
    table.name: f"SELECT * FROM {table.name} ORDER BY {', '.join(c.name for c in table.primary_key)}"
    for table in tables.metadata.sorted_tables
    if table.name in _DEFINED | _SCHEDULED
}


def trace(connection: Connection, *, scheduled: bool = False) -> Trace:
    """All that is defined, row by row; and all that is scheduled."""
    told = _DEFINED | _SCHEDULED if scheduled else _DEFINED
    return {n: tuple(connection.exec_driver_sql(text).all()) for n, text in _TOLD.items() if n in told}


def changed_tables(before: Trace, after: Trace) -> str:
    """In which tables traces differ."""
    return ", ".join(name for name in before if before[name] != after[name])


def prepare(door: Door) -> None:
    """Make what the examples refer to."""
    ask(door, "create_folder", {"folder": {"folderName": ROOM[1:]}})
    ask(door, "create_calendar", {"calendar": {"calendarName": CALENDAR}})
    other = {"calendarName": CALENDAR, "dateTypeType": "OTHER"}
    ask(door, "create_date_type", {"date_type": other})
    region = {"variableName": "Region", "parentFolderName": ROOM, "value": "x"}
    ask(door, "create_variable", {"variable": region})
    ask(door, "create_job", {"job": JOB_TO_SUBMIT})
    ask(door, "create_resource", {"resource": {"resourceName": CALENDAR, "quantityAvailable": 1}})
    ask(door, "create_queue", {"queue": {"queueName": CALENDAR}})
    ask(door, "create_alert", {"alert": {"alertName": CALENDAR}})
    named_time = {"timeName": CALENDAR, **NAMED_TIME.base}
    ask(door, "create_named_time", {"named_time": named_time})


@dataclass
class Life:
    """One object with a probe in it.

    Attributes:
        shown: its document, as ``door`` has shown it.
    """

    probe: Probe
    name: str
    number: int
    shown: dict[str, Any]
    door: Door


Doors = Callable[[], Door]
"""Gives the door that is the next to be gone through."""


def live(noun: Noun, target: Target, doors: Doors, traced: Callable[[], Trace]) -> Iterator[str]:
    """Go through lives with each probe in a member; tells what was not as it has to be."""
    before = now = traced()
    lives, refused = [], ""
    for number, probe in enumerate(target.probes):
        document = target.document(noun, probe, f"Probe{number}")
        try:
            life = _made(noun, probe, document, doors)
        except (DoorError, NotExpressed) as refusal:
            refused = f"{probe.name}: {refusal}"
            if left := changed_tables(now, traced()):
                yield f"{probe.name}: it was refused, and has left something behind: {left}"
            continue
        except Broken as broken:
            yield f"{probe.name}: {broken}"
            continue
        now = traced()
        lives.append(life)
        shown = target.picked(life.shown)
        if target.kept and target.path[-1] != KEY and not _as_given(noun, target, probe, shown, doors):
            yield f"{probe.name}: {shortened(probe.value)} was given, {shortened(shown)} is shown"
    if target.kept and target.takes_something and not lives:
        yield f"nothing was taken, so that nothing was tried: {refused}"
    yield from _listed(noun, target, lives, doors)
    for life in lives:
        try:
            yield from _rest(noun, life, doors)
        except NotExpressed:  # what was shown elsewhere cannot be said here
            ask(doors(), f"delete_{noun.word}", {"id": life.number})
        except (Broken, DoorError) as error:
            yield f"{life.probe.name}: {error}"
    if left := changed_tables(before, traced()):
        yield f"something is left of what was removed: {left}"


def change(noun: Noun, target: Target, doors: Doors, traced: Callable[[], Trace]) -> Iterator[str]:
    """Send each probe as a change of what is there already; tells what was not as it has to be."""
    before = traced()
    life = _made(noun, Probe("", ""), {**noun.base, noun.name: "Probe"}, doors)
    number = life.number
    now = traced()
    for probe in target.probes:
        document = target.document(noun, probe, life.name)
        if target.path != (noun.number,):
            document[noun.number] = number
        try:
            ask(doors(), f"change_{noun.word}", {noun.word: document})
            door = doors()
            shown = ask(door, f"get_{noun.word}", {"id": number})
            life = Life(probe, shown[noun.name], number, shown, door)
        except (DoorError, NotExpressed):
            if left := changed_tables(now, traced()):
                yield f"{probe.name}: the change was refused, and has changed something: {left}"
            continue
        except Broken as broken:
            yield f"{probe.name}: {broken}"
            continue
        now = traced()
        found = target.picked(shown)
        if target.kept and target.path[-1] != KEY and not _as_given(noun, target, probe, found, doors):
            yield f"{probe.name}: was changed to {shortened(probe.value)}, {shortened(found)} is shown"
    yield from _listed(noun, target, [life], doors)
    ask(doors(), f"delete_{noun.word}", {"id": number})
    if left := changed_tables(before, traced()):
        yield f"something is left of what was removed: {left}"


def _as_given(noun: Noun, target: Target, probe: Probe, shown: Any, doors: Doors) -> bool:
    """Whether what is shown is what was given, or what is there without it where it says nothing."""
    if target.accepts(shown, probe):
        return True
    document = target.left_out(noun, "LeftOut")
    if target.nothing is None or probe.value != target.nothing or document is None:
        return False
    life = _made(noun, probe, document, doors)
    ask(doors(), f"delete_{noun.word}", {"id": life.number})
    return bool(shown == target.picked(life.shown))


def _made(noun: Noun, probe: Probe, document: dict[str, Any], doors: Doors) -> Life:
    ask(doors(), f"create_{noun.word}", {noun.word: document})
    try:
        address, door = _address(noun, document, doors), doors()
        shown = ask(door, f"get_{noun.word}", address)
    except DoorError as error:
        raise Broken(f"it was made, and cannot be shown: {error}") from None
    return Life(probe, shown[noun.name], shown[noun.number], shown, door)


def _address(noun: Noun, document: Mapping[str, Any], doors: Doors) -> dict[str, Any]:
    """How somebody who has made it with that document names it; by its number where it lies elsewhere."""
    name = document[noun.name]
    if any(document.get(place) != noun.base.get(place) for place in PLACES):
        lists = (*noun.lists, noun.everywhere)
        listed = [row for operation, inputs in lists for row in ask(doors(), operation, inputs)]
        numbers = [row[noun.number] for row in listed if row[noun.name] == name]
        if not numbers:
            raise Broken("it was made, and is in no list")
        return {"id": numbers[0]}
    if "parentFolderName" in noun.base:
        return {"name": f"{document['parentFolderName']}\\{name}"}
    if "calendarName" in noun.base:
        return {"name": name, "calendar": document["calendarName"]}
    return {"name": name}


def _listed(noun: Noun, target: Target, lives: list[Life], doors: Doors) -> Iterator[str]:
    """Tells what is missing in lists. The root is listed whole, but of folders only the uppermost."""
    lists = [] if target.path[0] in PLACES else list(noun.lists)
    if noun is not FOLDER:
        lists.append(noun.everywhere)
    for operation, inputs in lists:
        try:
            found = {row[noun.number] for row in ask(doors(), operation, inputs)}
        except (Broken, DoorError) as error:
            yield f"the list: {error}"
            continue
        yield from (f"{each.probe.name}: {operation} lacks it" for each in lives if each.number not in found)


def _rest(noun: Noun, life: Life, doors: Doors) -> Iterator[str]:
    for operation in noun.readings:
        ask(doors(), operation, {"id": life.number})
    changed = {
        noun.number: life.number,
        noun.name: life.name,
        **_place(noun, life),
        "description": "Changed.",
    }
    ask(doors(), f"change_{noun.word}", {noun.word: changed})
    look, door = operation_named(f"get_{noun.word}"), doors()
    again = ask(door, look.name, {"id": life.number})
    if again["description"] != "Changed.":
        yield f"{life.probe.name}: it was changed, and is not"
    # Each as the other's door shows it, which may leave something out.
    if changed_too := differing(door.expected(look, life.shown), life.door.expected(look, again)):
        yield f"{life.probe.name}: a change of its description changed {changed_too}"
    ask(doors(), f"change_{noun.word}", {noun.word: again})
    ask(doors(), f"delete_{noun.word}", {"id": life.number})


def _place(noun: Noun, life: Life) -> dict[str, Any]:
    return {name: life.shown[name] for name in noun.base if name in ("parentFolderName", "calendarName")}


STAMPS = {"lastChangeUTC", "lastChangedBy", "version", "definitionVersion", "description"}


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The members in which documents differ, but for those that a change of its description changes."""
    told, again = levelled(one), levelled(other)
    return sorted(name for name in {*told, *again} - STAMPS if told.get(name) != again.get(name))


def shortened(value: Any) -> str:
    """A value as a message shows it."""
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:50]}… ({len(text)})"
