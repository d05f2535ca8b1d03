"""Calls of all operations that take no document, valid but for one argument."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from msgspec import inspect

from jams.operations import CATALOGUE, Operation
from jams.operations.catalogue import Input
from tests.support.doors import Door, DoorError
from tests.support.entry_lives import LOAD
from tests.support.lives import GIVEN_OUT, Broken, Doors, Trace, ask, changed_tables
from tests.support.nouns import (
    AGENT,
    CALENDAR,
    CALENDARS,
    DATE_TYPE,
    FOLDER,
    JOB,
    NAMED_TIME,
    ROOM,
    VARIABLE,
    Noun,
)
from tests.support.powershell_calls import NotExpressed
from tests.support.probes import ITEM, KEY, VALUE, Probe, members, probes, sample

ICALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20261224
SUMMARY:Eve
END:VEVENT
END:VCALENDAR
"""

EXAMPLES: Mapping[str, Any] = {
    "text": ICALENDAR,
    "country": "DE",
    "years": [2026],
    "date": "2026-11-24",
    "dates": ["2026-11-24"],
    "start_date": "2026-11-24",
    "end_date": "2026-11-25",
    "day": "2026-11-24",
    "value": "x",
    "param_name": GIVEN_OUT,
    "param_value": "x",
    "type_name": "SUBJECT",
    "calendar": CALENDAR,
    "timeout": 0.0,
    "priority": 1,
    "name": f"{ROOM}\\Subject",
}
"""Values of arguments that an operation cannot do without, and of those that are better given."""


@dataclass(frozen=True)
class Argument:
    """An argument, or a part of one, and what is sent in it."""

    operation: Operation
    input: Input
    path: tuple[str, ...]
    probes: tuple[Probe, ...]
    turn: tuple[int, int] = (0, 1)

    def sampled(self, sure: Collection[str]) -> Argument:
        """The same with the probes of sure names, and its share of the others."""
        return replace(self, probes=sample(self.probes, sure, self.turn))

    @property
    def label(self) -> str:
        """What it is called in reports."""
        return f"{self.operation.name}-{self.input.name}{''.join(self.path)}"

    def inputs(self, subject: Mapping[str, Any], value: Any) -> dict[str, Any]:
        """The inputs of a call, in which the argument has a value."""
        key = self.operation.key
        named_by = self.input.name if self.input.name in key else "id" if "id" in key else ""
        given: dict[str, Any] = {}
        for item in self.operation.inputs:
            if item.document:
                given[item.name] = {"description": "Changed."}
            elif item.name == named_by or (item.required and item.name not in key):
                given[item.name] = subject.get(item.name, EXAMPLES.get(item.name))
            elif item.name in ("dry_run", "hold"):
                given[item.name] = True
        for step in reversed(self.path):
            value = [value] if step == ITEM else {value: "x"} if step == KEY else {GIVEN_OUT: value}
        given[self.input.name] = value
        return given


def arguments() -> list[Argument]:
    """All arguments of the catalogue that are no documents, nor those of a submission or a login."""
    found: dict[Any, list[Argument]] = {}
    for operation in CATALOGUE:
        if (
            (operation.document is not None and not operation.patches)
            or operation.session
            or operation.starts
        ):
            continue
        for item in operation.inputs:
            if item.document:
                continue
            for member in members(inspect.type_info(item.type)):
                if set(member.path) <= {ITEM, KEY, VALUE}:
                    sent = tuple(p for p in probes(member.kind) if not _elsewhere(operation, item, p.value))
                    sort = (type(member.kind), getattr(member.kind, "max_length", None), operation.changes)
                    found.setdefault(sort, []).append(Argument(operation, item, member.path, sent))
    return [
        replace(each, turn=(place, len(same))) for same in found.values() for place, each in enumerate(same)
    ]


def _elsewhere(operation: Operation, item: Input, value: Any) -> bool:
    """Whether a value is rightly taken and tells nothing: it names something else, or says to wait long."""
    if item.name == "timeout":
        return 1 < float(value) <= 10**9
    return operation.changes and item.name == "id" and value == 1


class Subjects:
    """Makes what operations act upon, and takes it away again."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._run: Mapping[str, Any] | None = None

    def make(self, operation: Operation) -> dict[str, Any]:
        """A new object for an operation: values of inputs that name it."""
        place = {"parentFolderName": ROOM}
        match operation.service:
            case "Agent":
                return self._made("agent", {**AGENT.base, "agentName": "Subject"}, AGENT)
            case "Calendar":
                return self._made("calendar", {"calendarName": "Subject"}, CALENDARS)
            case "DateType":
                document = {
                    "dateTypeType": "SUBJECT",
                    "calendarName": CALENDAR,
                    "dates": [{"startDate": EXAMPLES["day"]}],
                }
                return self._made("date_type", document, DATE_TYPE, calendar=CALENDAR)
            case "Entry":
                return self._entry(ended=operation.name in ("restart_entry", "remove_entry"))
            case "Folder":
                return self._made("folder", {"folderName": "Subject", **place}, FOLDER)
            case "History":
                return self._history()
            case "NamedTime":
                return self._made("named_time", {"timeName": "Subject", **NAMED_TIME.base}, NAMED_TIME)
            case "Variable":
                return self._made("variable", {"variableName": "Subject", **place}, VARIABLE)
            case "Job" | "Submit" | "Date":
                return self._made("job", {"jobName": "Subject", **place}, JOB)
            case "Account" | "Group":
                return {"known": self._accounts_or_groups(operation.service)}
        return {}

    def unmake(self, service: str, subject: Mapping[str, Any]) -> None:
        """Remove it, if it is still there. Raises DoorError when it cannot be removed."""
        word = {"Submit": "job", "Date": "job", "DateType": "date_type", "NamedTime": "named_time"}
        if service in ("Account", "Group"):
            for number in self._accounts_or_groups(service) - subject["known"]:
                self._removed(f"delete_{service.lower()}", number)
        elif service == "Entry":
            with suppress(DoorError):
                ask(self._door, "cancel_entry", {"id": subject["id"]})
            self._removed("remove_entry", subject["id"])
        elif service != "History" and subject:
            self._removed(f"delete_{word.get(service, service.lower())}", subject["id"])

    def _accounts_or_groups(self, service: str) -> set[int]:
        word = service.lower()
        return {each[f"{word}ID"] for each in ask(self._door, f"list_{word}s", {})}

    def _made(self, word: str, document: dict[str, Any], noun: Noun, **beside: Any) -> dict[str, Any]:
        ask(self._door, f"create_{word}", {word: document})
        path = f"{document['parentFolderName']}\\" if "parentFolderName" in document else ""
        name = f"{path}{document[noun.name]}"
        shown = ask(self._door, f"get_{word}", {"name": name, **beside})
        return {"id": shown[noun.number], "name": name, "type_name": name, **beside}

    def _entry(self, *, ended: bool) -> dict[str, Any]:
        inputs = {"name": LOAD, "hold": True, "after": "2099-01-01T00:00:00Z"}
        number = ask(self._door, "submit_job", inputs)["jamsEntry"]
        if ended:
            ask(self._door, "cancel_entry", {"id": number})
        return {"id": number, "name": GIVEN_OUT}

    def _removed(self, operation: str, number: int) -> None:
        try:
            ask(self._door, operation, {"id": number})
        except DoorError as error:
            if not error.code.endswith("NotFound"):
                raise

    def _history(self) -> dict[str, Any]:
        if self._run is None:
            self.unmake("Entry", self._entry(ended=True))
            record = ask(self._door, "find_history", {"name": LOAD})[0]
            self._run = {"id": record["historyID"], "job_id": record["jobID"], "name": LOAD}
        return dict(self._run)


LISTS = (
    "list_agents", "list_calendars", "list_date_types", "list_named_times", "find_entries", "find_jobs",
    "find_variables", "get_folder_children", "find_history", "get_audit_trail", "search_history",
)  # fmt: skip


def call(argument: Argument, doors: Doors, subjects: Subjects, traced: Callable[[], Trace]) -> Iterator[str]:
    """Send each probe in an argument; tells what was not as it has to be."""
    service = argument.operation.service
    before = traced()
    subject = subjects.make(argument.operation)
    now = traced()
    for probe in argument.probes:
        try:
            ask(doors(), argument.operation.name, argument.inputs(subject, probe.value))
        except (DoorError, NotExpressed):
            if left := changed_tables(now, traced()):
                yield f"{probe.name}: it was refused, and has changed something: {left}"
            continue
        except Broken as broken:
            yield f"{probe.name}: {broken}"
            continue
        if not argument.operation.changes:
            continue
        try:
            for operation in LISTS:
                ask(doors(), operation, {})
            subjects.unmake(service, subject)
        except (Broken, DoorError) as error:
            yield f"{probe.name}: {error}"
        if left := changed_tables(before, traced()):
            yield f"{probe.name}: something is left of what was removed: {left}"
        subject = subjects.make(argument.operation)
        now = traced()
    subjects.unmake(service, subject)
