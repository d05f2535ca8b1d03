"""Cases of what is accepted: what a definition says is obeyed, or refused; and what leniency keeps is marked.

What this server obeys stands in its registry, so that what these cases expect is read there: a property that
is obeyed one day is no longer refused here.
"""

from __future__ import annotations

from typing import Any

from contract_case import Case, Saved, only

from jams.registry import JOB_PROPERTIES, Place, element_type

_ACCESS = {"genericACL": [{"identifier": "Developers", "accessList": ["Paint"]}]}
_DAILY = {"ScheduledDate": "DAILY", "ScheduledTime": "8:30"}


def _bag(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"propertyName": name, "currentValue": value} for name, value in values.items()]


def _element(kind: str, **values: Any) -> dict[str, Any]:
    return {"elementName": "Theirs", "elementTypeName": kind, "properties": _bag(values)}


def _job(name: str, **members: Any) -> dict[str, Any]:
    return {"jobName": name, "parentFolderName": "{room}", "source": "true", **members}


def _refused(what: str, error: str, **members: Any) -> list[Case]:
    return [Case(f"obeyed: {what}", "create_job", {"job": _job("Refused", **members)}, error=error)]


def _property(name: str, value: Any) -> list[Case]:
    """A property that this server does not obey; nothing once it does."""
    if not JOB_PROPERTIES[name].refusal(Place.JOB):
        return []
    return _refused(name, "NotSupported", properties=_bag({name: value}))


def _kind(name: str, **values: Any) -> list[Case]:
    """A type of element that this server does not obey; nothing once it does."""
    if not element_type(name).unsupported:
        return []
    return _refused(name, "NotSupported", elements=[_element(name, **values)])


def _marks(**expected: str) -> Any:
    """Whether a definition is marked with exactly these: the name of each, and its reason."""
    marks = [f"{name}: {why}" for name, why in expected.items()]
    return lambda answer: answer.get("notObeyed", []) == marks


_PRIORITY = JOB_PROPERTIES["ExecutionPriority"].unsupported
_FAR = {"Server": "far", "DependsOnJob": "\\No\\Job"}
_REMOTE = element_type("RemoteJobDependency").unsupported


def _names(answer: Any, member: str) -> set[str]:
    return {row[member] for row in answer}


OBEYED_CASES = [
    # What may be said
    Case(
        "properties",
        "list_property_definitions",
        check=lambda a: (
            _names(a, "propertyName") == {each.name for each in JOB_PROPERTIES}
            and {row["propertyName"]: row.get("notObeyed") for row in a}["ExecutionPriority"] == _PRIORITY
        ),
    ),
    Case(
        "properties of agents",
        "list_property_definitions",
        {"property_of": "Agent"},
        check=lambda a: (
            "Address" in _names(a, "propertyName") and "RetryCount" not in _names(a, "propertyName")
        ),
    ),
    Case(
        "properties of planets",
        "list_property_definitions",
        {"property_of": "Planet"},
        error="InvalidArgument",
    ),
    Case(
        "types of elements",
        "list_element_types",
        {"element_of": "Task"},
        check=lambda a: (
            "SubmitJobTask" in _names(a, "elementTypeName")
            and "ScheduleTrigger" not in _names(a, "elementTypeName")
        ),
    ),
    Case(
        "form of an element",
        "get_element_template",
        {"name": "scheduletrigger"},
        check=lambda a: (
            only(elementTypeName="ScheduleTrigger", elementKind="Trigger")(a)
            and {"ScheduledDate", "Enabled"} <= _names(a["properties"], "propertyName")
        ),
    ),
    Case(
        "form of no element", "get_element_template", {"name": "ScheduleTriger"}, error="UnknownElementType"
    ),
    Case(
        "forms of a kind",
        "list_element_templates",
        {"element_kind": "EventHandler"},
        check=lambda a: {"SendEMail", "SendWebHook", "Alert"} <= _names(a, "elementTypeName"),
    ),
    Case("forms of no kind", "list_element_templates", {"element_kind": "Nothing"}, error="InvalidArgument"),
    Case(
        "properties of elements",
        "list_property_definitions",
        {"property_of": "Element"},
        check=lambda a: {"ScheduledDate", "Alert", "Enabled"} <= _names(a, "propertyName"),
    ),
    Case("obeyed: a job", "create_job", {"job": _job("Obeyed")}),
    # Unknown and misplaced
    *_refused("an unknown property", "UnknownProperty", properties=_bag({"Bogus": 1})),
    *_refused("a property of agents", "UnknownProperty", properties=_bag({"Address": "h"})),
    *_refused("an unknown type of element", "UnknownElementType", elements=[_element("ScheduleTriger")]),
    *_refused(
        "an element of a source",
        "UnknownElementType",
        elements=[_element("SubmitJobTask", SubmitJob="{room}\\Obeyed")],
    ),
    *_refused(
        "an unknown property of an element",
        "UnknownProperty",
        elements=[_element("Documentation", Contents="x")],
    ),
    # Malformed
    *_refused("a word for a number", "InvalidProperty", properties=_bag({"RetryCount": "often"})),
    *_refused(
        "a property given twice",
        "InvalidProperty",
        properties=[*_bag({"Enabled": True}), *_bag({"enabled": False})],
    ),
    *_refused(
        "a time that is none",
        "InvalidTime",
        elements=[_element("ScheduleTrigger", ScheduledDate="WEEKDAYS", ScheduledTime="8:3x")],
    ),
    *_refused(
        "a date that is none",
        "INVSCHDATE",
        elements=[_element("ScheduleTrigger", ScheduledDate="WEKDAYS", ScheduledTime="8:30")],
    ),
    *_refused(
        "an element without what it needs",
        "MissingArgument",
        elements=[_element("ScheduleTrigger", ScheduledTime="8:30")],
    ),
    # References
    *_refused("no agent", "AgentNotFound", properties=_bag({"Agent": "NoAgent"})),
    *_refused("no queue", "QueueNotFound", properties=_bag({"BatchQueue": "NoSuchQueue"})),
    *_refused("no calendar", "CalendarNotFound", properties=_bag({"Calendar": "NoCal"})),
    *_refused("no credential", "CredentialNotFound", properties=_bag({"ExecuteAs": "nobody"})),
    *_refused("no job", "JobNotFound", elements=[_element("JobDependency", DependsOnJob="\\No\\Job")]),
    # Known, and not obeyed
    *_property("RetryCount", 3),
    *_property("NotifyEMail", "ann@example.org"),
    *_property("Calendar", "Default"),
    *_property("ExecutionPriority", 5),
    *_kind("ScheduleTrigger", **_DAILY),
    *_kind("JobDependency", DependsOnJob="{room}\\Obeyed"),
    *_kind("RemoteJobDependency", **_FAR),
    *_refused("an access list", "InvalidArgument", acl=_ACCESS),
    # A change likewise
    Case(
        "obeyed: change to an unknown property",
        "change_job",
        {"name": "{room}\\Obeyed", "job": {"properties": _bag({"Bogus": 1})}},
        error="UnknownProperty",
    ),
    Case(
        "obeyed: change to a date that is none",
        "change_job",
        {
            "name": "{room}\\Obeyed",
            "job": {"elements": [_element("ScheduleTrigger", ScheduledDate="WEKDAYS")]},
        },
        error="INVSCHDATE",
    ),
    Case(
        "obeyed: change to an access list",
        "change_job",
        {"name": "{room}\\Obeyed", "job": {"acl": _ACCESS}},
        error="InvalidArgument",
    ),
    Case(
        "obeyed: nothing has changed",
        "get_job",
        {"name": "{room}\\Obeyed"},
        check=lambda a: not a.get("notObeyed") and not a.get("elements"),
    ),
    # What demands nothing
    Case(
        "obeyed: defaults",
        "create_job",
        {
            "job": _job(
                "Defaults",
                properties=_bag({"RetryCount": 0, "Enabled": True, "KeepLogs": True, "ExecuteAs": None}),
                elements=[_element("RemoteJobDependency", Enabled=False, **_FAR)],
            )
        },
        check=lambda a: a == "Job {room}\\Defaults was created.",
    ),
    Case("obeyed: delete defaults", "delete_job", {"name": "{room}\\Defaults"}),
    # Leniency
    Case(
        "obeyed: kept in leniency",
        "create_job",
        {
            "job": _job(
                "Lenient",
                properties=_bag({"ExecutionPriority": 5}),
                elements=[_element("RemoteJobDependency", **_FAR)],
            ),
            "lenient": True,
        },
        check=lambda a: a.startswith(
            "Job {room}\\Lenient was created. Kept, but not supported here: ExecutionPriority: "
        ),
    ),
    Case(
        "obeyed: marked",
        "get_job",
        {"name": "{room}\\Lenient"},
        check=_marks(**{"ExecutionPriority": _PRIORITY, "RemoteJobDependency Theirs": _REMOTE}),
        save={"lenient": lambda a: a["elements"], "number": lambda a: a["jobID"]},
    ),
    Case(
        "obeyed: sent back",
        "change_job",
        {"id": Saved("number"), "job": {"elements": Saved("lenient"), "description": "Moved."}},
        check=lambda a: a == "Job {room}\\Lenient was changed.",
    ),
    Case(
        "obeyed: still marked",
        "find_jobs",
        {"name": "{room}", "filter": "Lenient"},
        check=lambda a: len(a) == 1 and len(a[0]["notObeyed"]) == 2,
    ),
    Case(
        "obeyed: unknown in leniency",
        "change_job",
        {"name": "{room}\\Lenient", "job": {"properties": _bag({"Bogus": 1})}, "lenient": True},
        error="UnknownProperty",
    ),
    Case("obeyed: delete lenient", "delete_job", {"name": "{room}\\Lenient"}),
    Case("obeyed: delete job", "delete_job", {"name": "{room}\\Obeyed"}),
    # The other kinds of definitions
    Case(
        "obeyed: folder",
        "create_folder",
        {"folder": {"folderName": "No", "parentFolderName": "{room}", "properties": _bag({"Bogus": 1})}},
        error="UnknownProperty",
    ),
    Case(
        "obeyed: elements of a folder",
        "change_folder",
        {"name": "{room}", "folder": {"elements": [_element("IntervalTrigger", Interval="0:10")]}},
        error="UnknownElementType",
    ),
    Case(
        "obeyed: access list of a variable",
        "create_variable",
        {"variable": {"variableName": "No", "parentFolderName": "{room}", "acl": _ACCESS}},
        error="InvalidArgument",
    ),
    Case(
        "obeyed: agent",
        "create_agent",
        {
            "agent": {
                "agentName": "{bare}-no",
                "agentType": "WinRM",
                "properties": _bag({"Address": "h", "Adress": "h"}),
            }
        },
        error="UnknownProperty",
    ),
    Case(
        "obeyed: type of an agent",
        "create_agent",
        {"agent": {"agentName": "{bare}-no", "agentType": "Outgoing"}},
        error="NotSupported",
    ),
    Case(
        "obeyed: access list of a calendar",
        "create_calendar",
        {"calendar": {"calendarName": "{bare}-no", "acl": _ACCESS}},
        error="InvalidArgument",
    ),
    Case(
        "obeyed: named time",
        "create_named_time",
        {
            "named_time": {
                "timeName": "{bare}-no",
                "startTime": {"totalSeconds": 0},
                "endTime": {"totalSeconds": 60},
                "autoEnable": True,
            }
        },
        error="NotSupported",
    ),
]
