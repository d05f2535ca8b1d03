"""Cases of submissions: what they say is obeyed, refused, or kept and named where leniency is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_case import Case, Saved

REFUSED = "NotSupported"
PATH = "{room}\\Asked"
_JOB = {
    "jobName": "Asked",
    "parentFolderName": "{room}",
    "methodName": "Command",
    "description": "Asked.",
    "source": "true\n",
    "parameters": [{"paramName": "day", "defaultValue": "today"}],
    "properties": [
        {"propertyName": "KeepLogs", "currentValue": False},
        {"propertyName": "RetainOption", "currentValue": "Always"},
    ],
}


def _submit(name: str, document: dict[str, Any], **more: Any) -> Case:
    inputs: dict[str, Any] = {"submit_info": {"name": PATH, **document}}
    if "lenient" in more:
        inputs["lenient"] = more.pop("lenient")
    return Case(f"submission: {name}", "submit", inputs, **more)


def _named(*expected: str) -> Callable[[Any], bool]:
    """Whether an answer names these as not obeyed."""
    return lambda answer: sorted(text.partition(":")[0] for text in answer["notObeyed"]) == sorted(expected)


def _property(name: str, value: Any) -> dict[str, Any]:
    return {"properties": [{"propertyName": name, "currentValue": value}]}


SUBMISSION_CASES = [
    Case("submission: a job", "create_job", {"job": _JOB, "lenient": True}),
    Case(
        "submission: what it is filled in with",
        "get_submit_info",
        {"name": PATH},
        check=lambda a: a["retainOption"] == "Always" and _named("KeepLogs")(a),
        save={"asked": lambda a: a, "asked job": lambda a: a["submitID"]},
    ),
    Case(
        "submission: a run that there is not",
        "get_resubmit_info",
        {"job_id": Saved("asked job"), "history_id": 999_999_999, "submit_info": Saved("asked")},
        error="HistoryNotFound",
    ),
    Case(
        "submission: as an account that there is not",
        "submit_job",
        {"name": PATH, "user_name": "{bare}-nobody"},
        error="CredentialNotFound",
    ),
    # What demands something that is not obeyed
    *(
        _submit(name, {name: value}, error=REFUSED)
        for name, value in (
            ("logFilename", "mine.log"),
            ("setSymbols", True),
            ("timestampLogs", False),
            ("submittedBy", "somebody"),
        )
    ),
    _submit("ExecutionPriority", _property("ExecutionPriority", 3), error=REFUSED),
    _submit("no queue", {"batchQueueName": "{bare}-none"}, error="QueueNotFound"),
    _submit("no queue either", _property("BatchQueue", "{bare}-none"), error="QueueNotFound"),
    _submit("a time that is none", {"scheduleFromTime": "8:3x"}, error="InvalidTime"),
    _submit("Bogus", _property("Bogus", 3), error="UnknownProperty"),
    _submit("a property of definitions", _property("GoodPattern", "x"), error="UnknownProperty"),
    _submit("RetainOption", _property("RetainOption", "Sometimes"), error="InvalidProperty"),
    _submit(
        "an element",
        {"elements": [{"elementName": "Tell", "elementTypeName": "Sendmail"}]},
        error="UnknownElementType",
    ),
    _submit(
        "a parameter declared anew",
        {"parameters": [{"paramName": "day", "paramValue": "x", "uppercase": True}]},
        error=REFUSED,
    ),
    _submit("a source", {"source": "false\n"}, error="InvalidArgument"),
    _submit("another job", {"submitID": Saved("asked job"), "name": "{room}\\Load"}, error="InvalidArgument"),
    _submit("another folder", {"folderName": "\\"}, error="InvalidArgument"),
    _submit("for a time that is none", {"retainOption": "Timed"}, error="MissingArgument"),
    # What demands nothing
    _submit(
        "nothing",
        {
            "hold": True,
            "logFilename": "",
            "batchQueueID": 0,
            "scheduleFromTime": "",
            "precheckInterval": 0,
            "userID": 0,
            "elements": [],
            "folderName": "{room}",
            "submittedBy": "operator",
        },
        check=_named("KeepLogs"),
        save={"asked plainly": lambda a: a["jamsEntry"]},
    ),
    Case(
        "submission: sent back",
        "submit",
        {"submit_info": Saved("asked")},
        check=_named("KeepLogs"),
        save={"asked again": lambda a: a["jamsEntry"]},
    ),
    # What is obeyed
    _submit(
        "obeyed",
        {
            "hold": True,
            "description": "This time.",
            "note": "Why.",
            "overrideName": "Other",
            "retainOption": "Timed",
            "retainTime": 90,
            "schedulingPriority": 4,
            "parameters": [{"paramName": "day", "paramValue": "friday"}],
        },
        save={"asked fully": lambda a: a["jamsEntry"]},
    ),
    Case(
        "submission: shown",
        "get_entry",
        {"id": Saved("asked fully")},
        check=lambda a: (
            [a[name] for name in ("description", "note", "displayName", "retainTime", "schedulingPriority")]
            == ["This time.", "Why.", "Other", 90, 4]
            and _named("KeepLogs")(a)
        ),
    ),
    # Leniency
    _submit(
        "leniently",
        {"hold": True, "useSymbols": True, **_property("ExecutionPriority", 3)},
        lenient=True,
        check=_named("ExecutionPriority", "KeepLogs", "useSymbols"),
        save={"asked leniently": lambda a: a["jamsEntry"]},
    ),
    Case(
        "submission: leniently, shown",
        "get_entry",
        {"id": Saved("asked leniently")},
        check=_named("ExecutionPriority", "KeepLogs", "useSymbols"),
    ),
    _submit("leniently unknown", _property("Bogus", 3), lenient=True, error="UnknownProperty"),
    # What is done to entries
    Case(
        "submission: priority",
        "reschedule_entry",
        {"id": Saved("asked plainly"), **_property("SchedulingPriority", 9)},
    ),
    Case(
        "submission: a queue",
        "reschedule_entry",
        {"id": Saved("asked plainly"), **_property("BatchQueue", "{bare}-none")},
        error="QueueNotFound",
    ),
    Case(
        "submission: a directory",
        "reschedule_entry",
        {"id": Saved("asked plainly"), **_property("HomeDirectory", "/")},
        error="UnknownProperty",
    ),
    Case(
        "submission: reprocessed",
        "cancel_entry",
        {"id": Saved("asked plainly"), "reprocess_completion": True},
        error=REFUSED,
    ),
    Case(
        "submission: still there",
        "get_entry",
        {"id": Saved("asked plainly")},
        check=lambda a: a["currentState"] == "Held" and a["schedulingPriority"] == 9,
    ),
    *(
        Case(f"submission: cancel {name}", "cancel_entry", {"id": Saved(name)})
        for name in ("asked plainly", "asked fully", "asked leniently")
    ),
    Case("submission: ended", "wait_for_entry", {"id": Saved("asked again"), "timeout": 30}),
    Case("submission: take away", "delete_job", {"name": PATH}),
]
