"""Cases of triggers: defined, fired, reset, disabled, and what is refused of them."""

from __future__ import annotations

from typing import Any

from contract_case import Case, Saved, only

_NAME = "{room}\\Arrived"
_TRIGGER = {
    "triggerName": "Arrived",
    "parentFolderName": "{room}",
    "description": "When the region is set.",
    "resetWhenFired": False,
    "events": [
        {"eventType": "Variable", "variableName": "{room}\\Gate", "value": "open"},
        {"eventType": "Job", "jobName": "{room}\\First", "completionSeverity": "Warning"},
    ],
    "actions": [
        {"jobName": "{room}\\Then", "parameters": [{"paramName": "Why", "defaultValue": "arrived"}]},
    ],
}


def _wrong(name: str, error: str, **members: Any) -> Case:
    trigger = {"triggerName": "Wrong", "parentFolderName": "{room}", **members}
    return Case(name, "create_trigger", {"trigger": trigger}, error=error)


def _job(name: str, **members: Any) -> Case:
    plain = {"jobName": name, "parentFolderName": "{room}", "methodName": "Command", "source": "exit 0"}
    return Case(f"a job of triggers: {name}", "create_job", {"job": {**plain, **members}})


def _met(*expected: bool) -> Any:
    return lambda a: [event["met"] for event in a["events"]] == list(expected)


TRIGGER_CASES = [
    _job("First"),
    _job("Then", parameters=[{"paramName": "Why"}]),
    Case(
        "a variable of triggers",
        "create_variable",
        {"variable": {"variableName": "Gate", "parentFolderName": "{room}", "value": "shut"}},
    ),
    Case(
        "create trigger",
        "create_trigger",
        {"trigger": _TRIGGER},
        check=lambda a: a.endswith("\\Arrived was created."),
    ),
    Case("trigger twice", "create_trigger", {"trigger": _TRIGGER}, error="AlreadyExists"),
    Case(
        "the trigger is shown as it was made",
        "get_trigger",
        {"name": _NAME},
        check=lambda a: (
            only(status="Enabled", enabled=True, resetWhenFired=False, description="When the region is set.")(
                a
            )
            and [event["eventType"] for event in a["events"]] == ["Variable", "Job"]
            and a["events"][1]["completionSeverity"] == "Warning"
            and a["actions"][0]["parameters"][0]["defaultValue"] == "arrived"
            and _met(False, False)(a)
        ),
        save={"trigger": lambda a: a["triggerID"], "trigger version": lambda a: a["version"]},
    ),
    Case(
        "the folder's triggers",
        "find_triggers",
        {"name": "{room}"},
        check=lambda a: [each["triggerName"] for each in a] == ["Arrived"],
    ),
    Case("no trigger", "get_trigger", {"name": "{room}\\Nothing"}, error="TriggerNotFound"),
    Case("reset no trigger", "reset_trigger", {"name": "{room}\\Nothing"}, error="TriggerNotFound"),
    Case("delete no trigger", "delete_trigger", {"name": "{room}\\Nothing"}, error="TriggerNotFound"),
    _wrong("an event of no job", "JobNotFound", events=[{"eventType": "Job", "jobName": "{room}\\Nothing"}]),
    _wrong("an event that says no file", "MissingArgument", events=[{"eventType": "File"}]),
    _wrong(
        "a mailbox of nobody",
        "CredentialNotFound",
        events=[{"eventType": "Mail", "credentialName": "NobodyAtAll"}],
    ),
    Case(
        "a trigger of mails",
        "create_trigger",
        {
            "trigger": {
                "triggerName": "Mailed",
                "parentFolderName": "{room}",
                "enabled": False,
                "events": [
                    {
                        "eventType": "Mail",
                        "fromAddress": "bob@*",
                        "subject": "order",
                        "mailServer": "127.0.0.1:1",
                        "mailSecurity": "StartTLS",
                        "whenTaken": "Moved",
                        "moveTo": "Done",
                    }
                ],
            }
        },
    ),
    Case(
        "the trigger of mails is shown",
        "get_trigger",
        {"name": "{room}\\Mailed"},
        check=lambda a: only(
            eventType="Mail",
            fromAddress="bob@*",
            subject="order",
            mailServer="127.0.0.1:1",
            mailSecurity="StartTLS",
            whenTaken="Moved",
            moveTo="Done",
            met=False,
        )(a["events"][0]),
    ),
    Case("delete the trigger of mails", "delete_trigger", {"name": "{room}\\Mailed"}),
    _wrong("an action of nothing", "MissingArgument", actions=[{}]),
    _wrong("an action of no setup", "SetupNotFound", actions=[{"setupName": "{room}\\First"}]),
    _wrong("a trigger with a bad name", "InvalidName", triggerName="a/b"),
    _wrong("a trigger in no folder", "FolderNotFound", parentFolderName="{room}\\None"),
    Case(
        "a job that a trigger names stays",
        "delete_job",
        {"name": "{room}\\First"},
        error="InUse",
    ),
    Case("open the gate", "set_variable_value", {"name": "{room}\\Gate", "value": "open"}),
    Case(
        "what the trigger waits for comes",
        "submit_job",
        {"name": "{room}\\First"},
        save={"first": lambda a: a["jamsEntry"]},
    ),
    Case("it comes to its end", "wait_for_entry", {"id": Saved("first"), "timeout": 30.0}),
    Case(
        "the trigger has fired",
        "get_trigger",
        {"id": Saved("trigger")},
        check=lambda a: a["status"] in ("Fired", "Enabled") and a["events"][0]["eventType"] == "Variable",
    ),
    Case("reset trigger", "reset_trigger", {"name": _NAME}, check=lambda a: a.endswith(" was reset.")),
    Case(
        "it waits anew",
        "get_trigger",
        {"id": Saved("trigger")},
        check=lambda a: a["status"] == "Enabled" and _met(True, False)(a),
    ),
    Case(
        "disable trigger",
        "change_trigger",
        {"name": _NAME, "trigger": {"enabled": False}},
        check=lambda a: a.endswith(" was changed."),
    ),
    Case(
        "the trigger is disabled",
        "get_trigger",
        {"name": _NAME},
        check=only(status="Disabled", enabled=False),
    ),
    Case(
        "a version that is past",
        "change_trigger",
        {"name": _NAME, "trigger": {"enabled": True, "version": Saved("trigger version")}},
        error="VersionConflict",
    ),
    Case("no triggers of a job", "get_job_triggers", {"name": "{room}\\First"}, check=lambda a: a == []),
    Case(
        "a job that is submitted by events",
        "change_job",
        {
            "name": "{room}\\Then",
            "job": {
                "elements": [
                    {
                        "elementName": "Event",
                        "elementTypeName": "FileTrigger",
                        "properties": [
                            {"propertyName": "FileName", "currentValue": "/nowhere/of/ours/*.csv"},
                            {"propertyName": "AndGroup", "currentValue": "Feed"},
                        ],
                    }
                ]
            },
        },
    ),
    Case(
        "reset no triggers of a job",
        "reset_job_triggers",
        {"name": "{room}\\First"},
        error="TriggerNotFound",
    ),
    Case(
        "reset the triggers of a folder",
        "reset_folder_triggers",
        {"name": "{room}", "trigger_name": "Arrived"},
        check=lambda a: a.startswith("1 trigger of folder ") and a.endswith(" was reset."),
    ),
    Case(
        "reset triggers that are none",
        "reset_folder_triggers",
        {"name": "{room}", "trigger_name": "Never"},
        error="TriggerNotFound",
    ),
    Case(
        "reader makes a trigger",
        "create_trigger",
        {"trigger": _TRIGGER},
        caller="reader",
        error="AccessDenied",
    ),
    Case(
        "delete trigger",
        "delete_trigger",
        {"id": Saved("trigger")},
        check=lambda a: a.endswith("\\Arrived was deleted."),
    ),
    Case("trigger is gone", "get_trigger", {"id": Saved("trigger")}, error="TriggerNotFound"),
    Case("delete the first", "delete_job", {"name": "{room}\\First", "force": True}),
    Case("delete what follows", "delete_job", {"name": "{room}\\Then", "force": True}),
    Case("delete the gate", "delete_variable", {"name": "{room}\\Gate"}),
]
