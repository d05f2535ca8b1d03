"""Submissions by who may only submit, and places where logs may not lie."""

from __future__ import annotations

from typing import Any

from contract_case import Case, Saved

_JOB = {
    "jobName": "Closed",
    "parentFolderName": "{room}",
    "methodName": "Command",
    "source": "true",
    "parameters": [
        {"paramName": "day", "defaultValue": "today"},
        {"paramName": "target", "defaultValue": "production", "hide": True},
    ],
}


def _with(name: str, value: str) -> dict[str, Any]:
    return {"name": "{room}\\Closed", "properties": [{"propertyName": name, "currentValue": value}]}


def _away(job: str, where: str) -> dict[str, Any]:
    return {**_JOB, "jobName": job, "properties": [{"propertyName": "LogLocation", "currentValue": where}]}


RIGHTS_CASES = [
    Case(
        "permission",
        "check_permission",
        {"object_type": "Folder", "id": 1, "access": "Submit"},
        check=lambda a: a is True,
    ),
    Case(
        "no permission",
        "check_permission",
        {"object_type": "Folder", "id": 1, "access": "Delete"},
        caller="reader",
        check=lambda a: a is False,
    ),
    Case(
        "permission for nothing",
        "check_permission",
        {"object_type": "Job", "id": 999_999_999, "access": "Change"},
        error="JobNotFound",
    ),
    Case(
        "no such permission",
        "check_permission",
        {"object_type": "Job", "id": 1, "access": "Paint"},
        error="InvalidArgument",
    ),
    Case("a closed job", "create_job", {"job": _JOB}),
    *(
        Case(f"logs in {where}", "create_job", {"job": _away("Away", where)}, error="InvalidArgument")
        for where in ("/etc", "/proc/self/fd", "logs/..")
    ),
    Case("no job away", "get_job", {"name": "{room}\\Away"}, error="JobNotFound"),
    *(
        Case(
            f"submit with {name}",
            "submit",
            {"submit_info": _with(name, value)},
            caller="submitter",
            error="AccessDenied",
        )
        for name, value in (
            ("HomeDirectory", "/tmp"),
            ("LogLocation", "/etc"),
            ("Agent", "elsewhere"),
        )
    ),
    Case(
        "submit with a log location",
        "submit",
        {"submit_info": {"name": "{room}\\Closed", "logLocation": "/etc"}},
        caller="submitter",
        error="AccessDenied",
    ),
    Case(
        "submit to an agent",
        "submit_job",
        {"name": "{room}\\Closed", "agent": "elsewhere"},
        caller="submitter",
        error="AccessDenied",
    ),
    Case(
        "submit with what is hidden",
        "submit_job",
        {"name": "{room}\\Closed", "parameters": {"target": "test"}},
        caller="submitter",
        error="AccessDenied",
    ),
    Case(
        "submit with what is open",
        "submit_job",
        {"name": "{room}\\Closed", "parameters": {"day": "monday"}, "hold": True, "agent": "localhost"},
        caller="submitter",
        save={"closed": lambda a: a["jamsEntry"]},
    ),
    Case(
        "set what is hidden",
        "set_entry_parameter",
        {"id": Saved("closed"), "param_name": "target", "param_value": "test"},
        caller="submitter",
        error="AccessDenied",
    ),
    Case(
        "cancel what is open",
        "cancel_entry",
        {"id": Saved("closed"), "severity": "Info"},
        caller="submitter",
    ),
]
