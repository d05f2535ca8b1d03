"""Cases of versions: what a change leaves out stays, and nobody overwrites what he has not seen.

The cases of one kind make a definition of their own, and take it away again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from contract_case import Case, Saved

CONFLICT = "VersionConflict"


@dataclass(frozen=True)
class Kind:
    """A kind of definition.

    Attributes:
        noun: its name, as the operations have it.
        document: one to be made; its first member is the name.
        path: the name by which it is found.
        number: the member that is its number.
        change: a member, and the value it gets.
        clear: the member that is cleared, and what it then is.
        version: the member that is its version.
    """

    noun: str
    document: dict[str, Any]
    path: str
    number: str
    change: tuple[str, Any]
    clear: tuple[str, Any] = ("description", "")
    version: str = "version"


KINDS = [
    Kind(
        "job",
        {
            "jobName": "Seen",
            "parentFolderName": "{room}",
            "methodName": "Python",
            "description": "First.",
            "source": "print(1)\n",
            "parameters": [{"paramName": "day", "defaultValue": "monday"}],
        },
        "{room}\\Seen",
        "jobID",
        ("source", "print(2)\n"),
        ("parameters", []),
    ),
    Kind(
        "folder",
        {
            "folderName": "Seen",
            "parentFolderName": "{room}",
            "description": "First.",
            "parameters": [{"paramName": "day", "defaultValue": "monday"}],
        },
        "{room}\\Seen",
        "folderID",
        ("parameters", [{"paramName": "day", "defaultValue": "friday"}]),
    ),
    Kind(
        "variable",
        {
            "variableName": "SeenValue",
            "parentFolderName": "{room}",
            "description": "First.",
            "dataType": "Integer",
            "value": "1",
        },
        "{room}\\SeenValue",
        "variableId",
        ("value", "2"),
    ),
    Kind(
        "agent",
        {
            "agentName": "{bare}-seen",
            "agentType": "WinRM",
            "description": "First.",
            "properties": [{"propertyName": "Address", "currentValue": "seen.example"}],
            "jobLimit": 3,
        },
        "{bare}-seen",
        "agentID",
        ("jobLimit", 4),
        version="definitionVersion",
    ),
    Kind(
        "calendar",
        {"calendarName": "{bare}-seen", "description": "First.", "colorName": "Blue"},
        "{bare}-seen",
        "calendarID",
        ("colorName", "Red"),
    ),
    Kind(
        "date_type",
        {
            "dateTypeType": "SEEN",
            "calendarName": "{bare}-dates",
            "description": "First.",
            "dates": [{"startDate": "2027-03-01"}],
        },
        "SEEN",
        "dateTypeID",
        ("specificTypes", [{"sequence": 1, "specificType": "Some"}]),
    ),
    Kind(
        "named_time",
        {
            "timeName": "{bare}-seen",
            "description": "First.",
            "startTime": {"totalSeconds": 3600},
            "endTime": {"totalSeconds": 7200},
            "enabled": False,
        },
        "{bare}-seen",
        "timeID",
        ("endTime", {"totalSeconds": 9000}),
    ),
    Kind(
        "alert",
        {"alertName": "{bare}-seen", "description": "First.", "notifyNames": "a@example.org"},
        "{bare}-seen",
        "alertID",
        ("notifyNames", "b@example.org"),
    ),
    Kind(
        "menu",
        {"menuName": "{bare}-seen", "description": "First.", "menuDetails": [{"includeJobs": True}]},
        "{bare}-seen",
        "menuID",
        ("description", "Second."),
        ("menuDetails", []),
    ),
    Kind(
        "queue",
        {"queueName": "{bare}-seen", "description": "First.", "jobLimit": 3, "started": False},
        "{bare}-seen",
        "queueID",
        ("jobLimit", 4),
        ("jobLimit", 999999),
    ),
    Kind(
        "resource",
        {"resourceName": "{bare}-seen", "description": "First.", "quantityAvailable": 3},
        "{bare}-seen",
        "resourceID",
        ("quantityAvailable", 4),
    ),
]


def _cases(kind: Kind) -> Iterator[Case]:
    noun, said = kind.noun, kind.noun.replace("_", " ")
    number, version, stale = (Saved(f"{noun} {what}") for what in ("number", "version", "stale"))
    changed, value = kind.change
    kept = {name: part for name, part in kind.document.items() if name not in (changed, "parentFolderName")}

    def change(document: dict[str, Any]) -> dict[str, Any]:
        return {noun: {kind.number: number, **document}}

    def case(name: str, operation: str, inputs: dict[str, Any], **more: Any) -> Case:
        return Case(f"versions of {said}: {name}", f"{operation}_{noun}", inputs, **more)

    yield case("make", "create", {noun: kind.document})
    yield case(
        "look",
        "get",
        {"name": kind.path},
        check=lambda a: a[kind.version] > 0,
        save={number.name: lambda a: a[kind.number], stale.name: lambda a: a[kind.version]},
    )
    yield case("one member", "change", change({changed: value}))
    yield case(
        "the others stay",
        "get",
        {"name": kind.path},
        check=_has({changed: value, **kept}),
        save={version.name: lambda a: a[kind.version], f"{noun} whole": lambda a: a},
    )
    yield case("stale", "change", change({"description": "No.", kind.version: stale}), error=CONFLICT)
    yield case("seen", "change", change({"description": "Second.", kind.version: version}))
    if noun == "job":
        yield case("stale whole", "change", {noun: Saved(f"{noun} whole")}, error=CONFLICT)
        yield case("by name", "change", {"name": kind.path, noun: {"description": "Third."}})
        yield case("by no name", "change", {"name": kind.path + "x", noun: {}}, error="JobNotFound")
    yield case("clear", "change", {"id": number, noun: {}, "clear": [kind.clear[0]]})
    yield case(
        "cleared",
        "get",
        {"name": kind.path},
        check=lambda a: a.get(kind.clear[0], kind.clear[1]) in (kind.clear[1], None),
        save={version.name: lambda a: a[kind.version], f"{noun} whole": lambda a: a},
    )
    yield case("remove stale", "delete", {"id": number, "version": stale}, error=CONFLICT)
    if noun != "job":
        yield case("remove seen", "delete", {"id": number, "version": version})
        return
    yield case("whole", "change", {noun: Saved(f"{noun} whole")})
    yield case("remove", "delete", {"name": kind.path})


def _has(members: dict[str, Any]) -> Callable[[Any], bool]:
    """Whether an answer has these members; of documents in lists only what is named counts."""

    def within(wanted: Any, found: Any) -> bool:
        if isinstance(wanted, dict):
            return all(name in found and within(part, found[name]) for name, part in wanted.items())
        if isinstance(wanted, list):
            return all(any(within(part, each) for each in found) for part in wanted)
        return bool(wanted == found) or (wanted is False and found is None)

    return lambda answer: all(
        name.endswith("Name") or within(part, answer.get(name)) for name, part in members.items()
    )


VERSION_CASES = [
    Case("versions: calendar", "create_calendar", {"calendar": {"calendarName": "{bare}-dates"}}),
    *(case for kind in KINDS for case in _cases(kind)),
    # What changes a definition without being called so
    Case("versions: date type", "create_date_type", {
        "date_type": {"dateTypeType": "SEEN", "calendarName": "{bare}-dates"}
    }),
    Case(
        "versions: date type before", "get_date_type", {"name": "SEEN"},
        save={"seen type": lambda a: a["dateTypeID"], "seen dates": lambda a: a["version"]},
    ),
    Case(
        "versions: date", "add_date",
        {"id": Saved("seen type"), "start_date": "2027-03-01", "version": Saved("seen dates")},
    ),
    Case(
        "versions: stale date", "add_date",
        {"id": Saved("seen type"), "start_date": "2027-03-02", "version": Saved("seen dates")},
        error="VersionConflict",
    ),
    Case(
        "versions: date in part", "change_date",
        {"id": Saved("seen type"), "start_date": "2027-03-01", "work_day": "True", "description": "A."},
    ),
    Case(
        "versions: date in part again", "change_date",
        {"id": Saved("seen type"), "start_date": "2027-03-01", "description": "B."},
    ),
    Case(
        "versions: date type after", "get_date_type", {"id": Saved("seen type")},
        check=lambda a: [(d["description"], d["workDay"]) for d in a["dates"]] == [("B.", "True")],
    ),
    Case("versions: calendar goes", "delete_calendar", {"name": "{bare}-dates"}),
]  # fmt: skip
