"""What must happen, section by section of the semantics: situations that go through the doors by turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from contract_case import Case, Saved, only

LATER = "2099-01-01T00:00:00Z"


@dataclass(frozen=True)
class Row:
    """A situation of a section: its steps, which any door takes in order."""

    section: str
    situation: str
    steps: tuple[Case, ...]


def row(section: str, situation: str, *steps: Case) -> Row:
    return Row(section, situation, steps)


def bag(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"propertyName": name, "currentValue": value} for name, value in values.items()]


def element(kind: str, **values: Any) -> dict[str, Any]:
    return {"elementName": kind, "elementTypeName": kind, "properties": bag(values)}


def job(name: str, source: str = "true", *elements: dict[str, Any], **properties: Any) -> Case:
    document = {
        "jobName": name,
        "parentFolderName": "{room}",
        "source": source,
        "elements": list(elements),
        "properties": bag(properties),
    }
    return Case(f"make {name}", "create_job", {"job": document})


def submit(name: str, **more: Any) -> Case:
    return Case(
        f"submit {name}",
        "submit_job",
        {"name": f"{{room}}\\{name}", **more},
        save={name: lambda a: a["jamsEntry"]},
    )


def ends(name: str, again: str = "", **expected: Any) -> Case:
    return Case(
        f"{name} ends{again}",
        "wait_for_entry",
        {"id": Saved(name), "timeout": 30.0},
        check=only(currentState="Complete", **expected),
    )


def waits(name: str, kind: str, text: str = "") -> Case:
    return Case(
        f"why {name} waits: {kind}",
        "get_entry_waits",
        {"id": Saved(name)},
        check=lambda a: a[0]["kind"] == kind and text in a[0]["message"],
    )


def released(name: str, *kinds: str) -> Case:
    return Case(f"release {name}", "release_entry", {"id": Saved(name), "release_types": list(kinds)})


def _window() -> dict[str, Any]:
    """A window that opens two hours from now."""
    now = datetime.now(UTC)
    start, end = (f"{(now + timedelta(hours=hours)):%H:00}" for hours in (2, 3))
    return element("ScheduleWindow", FromTime=start, ToTime=end)


ROWS = [
    row(
        "2.0",
        "what another job names stays, and is told by whom",
        job("First"),
        job("Second", "true", element("JobDependency", DependsOnJob="{room}\\First")),
        Case("delete First", "delete_job", {"name": "{room}\\First"}, error="InUse"),
        Case("delete Second", "delete_job", {"name": "{room}\\Second"}),
        Case("delete First again", "delete_job", {"name": "{room}\\First"}),
    ),
    row(
        "2.1",
        "a folder that is disabled disables what is below it",
        Case(
            "make a folder",
            "create_folder",
            {
                "folder": {
                    "folderName": "Off",
                    "parentFolderName": "{room}",
                    "properties": bag({"Enabled": False}),
                }
            },
        ),
        Case(
            "make a job there",
            "create_job",
            {"job": {"jobName": "Below", "parentFolderName": "{room}\\Off", "source": "true"}},
        ),
        Case("submit it", "submit_job", {"name": "{room}\\Off\\Below"}, error="WrongState"),
    ),
    row(
        "2.2",
        "a run that fails is tried again in the same entry",
        job("Flaky", "exit 1", RetryCount=1, RetryInterval="0:00"),
        submit("Flaky"),
        ends("Flaky", finalSeverity="Error", restartCount=1),
        Case(
            "its records",
            "find_history",
            {"name": "{room}\\Flaky"},
            check=lambda a: sorted(record["restartCount"] for record in a) == [0, 1],
        ),
    ),
    row(
        "2.4",
        "each action is for the states that it is for",
        job("Plain"),
        submit("Plain", after=LATER),
        waits("Plain", "Time", "scheduled for 2099-01-01"),
        Case("hold it", "hold_entry", {"id": Saved("Plain")}),
        waits("Plain", "Hold", "It is held"),
        Case("hold it again", "hold_entry", {"id": Saved("Plain")}, error="WrongState"),
        released("Plain", "ManualHold", "TimedWait"),
        ends("Plain", finalSeverity="Success"),
        Case("cancel it", "cancel_entry", {"id": Saved("Plain")}, error="WrongState"),
    ),
    row(
        "2.5",
        "each run has a record, with its own number",
        job("Twice"),
        submit("Twice"),
        ends("Twice"),
        Case("restart it", "restart_entry", {"id": Saved("Twice")}),
        ends("Twice", " again", restartCount=1),
        Case(
            "its records",
            "find_history",
            {"name": "{room}\\Twice"},
            check=lambda a: len({record["ron"] for record in a}) == 2,
        ),
    ),
    row(
        "2.6",
        "the server's own agent stays",
        Case("delete it", "delete_agent", {"name": "localhost"}, error="Conflict"),
    ),
    row(
        "2.7",
        "a stopped queue starts nothing, and a started one does",
        Case("make a queue", "create_queue", {"queue": {"queueName": "{bare}", "jobLimit": 1}}),
        Case("stop it", "stop_queue", {"name": "{bare}"}),
        job("Queued", BatchQueue="{bare}"),
        submit("Queued", hold=True),
        released("Queued", "ManualHold"),
        # Who comes later and has ended shows that this one was looked at.
        job("After"),
        submit("After"),
        ends("After"),
        waits("Queued", "Queue", "is stopped"),
        Case("start it", "start_queue", {"name": "{bare}"}),
        ends("Queued", finalSeverity="Success"),
    ),
    row(
        "2.8",
        "a value that is given stands for the default",
        Case(
            "make Given",
            "create_job",
            {
                "job": {
                    "jobName": "Given",
                    "parentFolderName": "{room}",
                    "source": "exit $code",
                    "parameters": [{"paramName": "code", "dataType": "Integer", "defaultValue": "0"}],
                }
            },
        ),
        submit("Given", parameters={"code": 3}),
        ends("Given", finalSeverity="Error", finalStatusCode=3),
        Case(
            "submit it with a word",
            "submit_job",
            {"name": "{room}\\Given", "parameters": {"code": "three"}},
            error="InvalidParameter",
        ),
    ),
    row(
        "2.9",
        "a variable opens what waits for it",
        Case(
            "make a variable",
            "create_variable",
            {
                "variable": {
                    "variableName": "Gate",
                    "parentFolderName": "{room}",
                    "dataType": "Integer",
                    "value": "1",
                }
            },
        ),
        job(
            "Gated",
            "true",
            element(
                "VariableDependency", Variable="{room}\\Gate", ComparisonOperator="GreaterThan", Value="5"
            ),
        ),
        submit("Gated"),
        job("After"),
        submit("After"),
        ends("After"),
        waits("Gated", "Variable", "Gate"),
        Case("set it", "set_variable_value", {"name": "{room}\\Gate", "value": "6"}),
        ends("Gated", finalSeverity="Success"),
    ),
    row(
        "2.10",
        "a quantity of 0 is a maintenance window",
        Case(
            "make a resource",
            "create_resource",
            {"resource": {"resourceName": "{bare}", "quantityAvailable": 0}},
        ),
        job("Needs", "true", element("ResourceRequirement", Resource="{bare}")),
        submit("Needs", hold=True),
        waits("Needs", "Hold"),
        released("Needs", "ManualHold"),
        # Who comes later and has ended shows that this one was looked at.
        job("After"),
        submit("After"),
        ends("After"),
        waits("Needs", "Resource", "which is more than there is"),
        Case("there is some", "set_resource_quantity", {"name": "{bare}", "available": 1}),
        ends("Needs", finalSeverity="Success"),
    ),
    row(
        "3.6",
        "a window confines what somebody submits, unless it is released from it",
        job("Windowed", "true", _window(), TimeZone="UTC"),
        submit("Windowed"),
        waits("Windowed", "Window", "its window opens at"),
        released("Windowed", "TimeSlotWait"),
        ends("Windowed", finalSeverity="Success"),
        Case(
            "why it ran",
            "get_entry_waits",
            {"id": Saved("Windowed")},
            check=lambda a: "Released from: TimeSlotWait" in a[1]["message"],
        ),
    ),
    row(
        "3.7",
        "a time that the clocks skip runs at the first one after",
        Case(
            "make Nightly",
            "create_job",
            {
                "job": {
                    "jobName": "Nightly",
                    "parentFolderName": "{room}",
                    "source": "true",
                    "schedule": "DAILY",
                    "at": "02:30",
                    "timeZone": "America/New_York",
                }
            },
        ),
        Case(
            "its schedule",
            "get_schedule",
            {"start": "2027-03-14T00:00:00Z", "end": "2027-03-16T00:00:00Z", "folder": "{room}"},
            check=lambda a: (
                [each["scheduledTime"] for each in a] == ["2027-03-14T07:00:00Z", "2027-03-15T06:30:00Z"]
            ),
        ),
    ),
    row(
        "4.4",
        "the exit code is judged as the job says",
        job("Judged", "exit 3", ExitCodeHandling="PositiveIsGood"),
        submit("Judged"),
        ends("Judged", finalSeverity="Success", finalStatus="Exit code 3"),
    ),
    row(
        "5",
        "a setting that cannot be read is refused when it is set",
        Case(
            "set it",
            "change_setting",
            {"setting": {"name": "KeepCompleted", "value": "soon"}},
            error="InvalidArgument",
        ),
        Case("it is as before", "get_setting", {"name": "KeepCompleted"}, check=only(value="1.00:00")),
    ),
]
