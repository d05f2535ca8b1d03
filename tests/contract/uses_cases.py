"""Cases of what uses a job, folder, variable, agent or calendar; see :mod:`cases`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_case import Case


def _told(*expected: str) -> Callable[[Any], bool]:
    return lambda answer: [f"{each['type']} {each['referringName']}" for each in answer] == list(expected)


_FOLDER = {"folderName": "Used", "parentFolderName": "{room}"}
_VARIABLE = {"variableName": "Region", "parentFolderName": "{room}\\Used", "value": "north"}
_JOB = {
    "jobName": "Source",
    "parentFolderName": "{room}\\Used",
    "methodName": "Command",
    "source": "echo 1",
    "properties": [
        {"propertyName": "Agent", "currentValue": "localhost"},
        {"propertyName": "Calendar", "currentValue": "Default"},
    ],
}
_AFTER = {
    "jobName": "User",
    "parentFolderName": "{room}",
    "methodName": "Command",
    "source": "echo 2",
    "parameters": [{"paramName": "region", "variableName": "{room}\\Used\\Region"}],
    "elements": [
        {
            "elementName": "after",
            "elementTypeName": "JobDependency",
            "properties": [{"propertyName": "DependsOnJob", "currentValue": "{room}\\Used\\Source"}],
        }
    ],
}


def _in_room(answer: Any) -> bool:
    return "Source" in [each["referringName"] for each in answer]


USES_CASES = [
    Case("used folder", "create_folder", {"folder": _FOLDER}),
    Case("used variable", "create_variable", {"variable": _VARIABLE}),
    Case("used job", "create_job", {"job": _JOB}),
    Case("nothing uses it", "list_job_references", {"name": "{room}\\Used\\Source"}, check=_told()),
    Case("user", "create_job", {"job": _AFTER}),
    Case(
        "job references",
        "list_job_references",
        {"name": "{room}\\Used\\Source"},
        check=lambda a: _told("Job User")(a) and a[0]["propertyName"] == "DependsOnJob",
    ),
    Case(
        "variable references",
        "list_variable_references",
        {"name": "{room}\\Used\\Region"},
        check=_told("Job User"),
    ),
    Case(
        "folder references",
        "list_folder_references",
        {"name": "{room}\\Used"},
        check=_told("Job User", "Job User"),
    ),
    Case("agent references", "list_agent_references", {"name": "localhost"}, check=_in_room),
    Case("calendar references", "list_calendar_references", {"name": "Default"}, check=_in_room),
    Case("references of no job", "list_job_references", {"name": "{room}\\None"}, error="JobNotFound"),
    Case("references of no folder", "list_folder_references", {"id": 999_999_999}, error="FolderNotFound"),
    Case(
        "references of no variable",
        "list_variable_references",
        {"name": "{room}\\None"},
        error="VariableNotFound",
    ),
    Case("references of no agent", "list_agent_references", {"name": "nowhere"}, error="AgentNotFound"),
    Case(
        "references of no calendar", "list_calendar_references", {"name": "Never"}, error="CalendarNotFound"
    ),
    Case("delete user", "delete_job", {"name": "{room}\\User"}),
    Case("delete used job", "delete_job", {"name": "{room}\\Used\\Source"}),
    Case("delete used variable", "delete_variable", {"name": "{room}\\Used\\Region"}),
    Case("delete used folder", "delete_folder", {"name": "{room}\\Used"}),
]
