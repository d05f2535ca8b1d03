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


def _list(area: str, *lines: tuple[str, list[str]]) -> dict[str, Any]:
    return {
        "accessObject": area,
        "acl": {"genericACL": [{"identifier": who, "accessList": rights} for who, rights in lines]},
    }


_MENUS = (("Administrators", ["add", "Inquire"]), ("Developers+Submitters", ["Inquire"]))
SECURITY_CASES = [
    Case("change who may", "set_security", {"security": _list("MenuDefinitions", *_MENUS)}),
    Case(
        "who may now",
        "get_security",
        {"area": "MenuDefinitions"},
        check=lambda a: (
            [(line["identifier"], line["accessList"]) for line in a["acl"]["genericACL"]]
            == [("Administrators", ["Add", "Inquire"]), ("Developers+Submitters", ["Inquire"])]
            and a["version"] > 1
        ),
    ),
    Case(
        "who may, as of a version",
        "set_security",
        {"security": {**_list("MenuDefinitions", *_MENUS), "version": 1}},
        error="VersionConflict",
    ),
    Case(
        "a right of another area",
        "set_security",
        {"security": _list("MenuDefinitions", ("Developers", ["SeeAll"]))},
        error="InvalidArgument",
    ),
    Case(
        "a line for nobody",
        "set_security",
        {"security": _list("MenuDefinitions", ("Developers+", ["Inquire"]))},
        error="InvalidArgument",
    ),
    Case(
        "rights where none are given",
        "set_security",
        {"security": _list("Reporting", ("Developers", ["Inquire"]))},
        error="InvalidArgument",
    ),
    Case(
        "the recommended lists",
        "set_recommended_access",
        {},
        check=lambda a: [each["area"] for each in a if each["changed"]] == ["MenuDefinitions"],
    ),
    Case(
        "who may, as before",
        "set_security",
        {
            "security": _list(
                "MenuDefinitions",
                ("Administrators", ["Add", "Change", "Delete", "Inquire"]),
                ("Developers", ["Add", "Change", "Delete", "Inquire"]),
                ("Submitters", ["Inquire"]),
                ("Inquirers", ["Inquire"]),
            )
        },
    ),
    Case(
        "the recommended lists, looked at",
        "set_recommended_access",
        {"dry_run": True, "domain_name": "NORTH", "inquirer_group_name": ""},
        check=lambda a: all(
            each["changed"]
            and "NORTH\\Administrators: " in each["recommended"]
            and "Inquirers" not in each["recommended"]
            and "NORTH\\Administrators" in each["strangers"]
            for each in a
        ),
    ),
    Case(
        "the recommended lists, changed by nobody",
        "get_security",
        {"area": "Monitor"},
        check=lambda a: a["acl"]["genericACL"][0]["identifier"] == "Administrators",
    ),
    Case(
        "the recommended lists for everybody",
        "set_recommended_access",
        {"admin_group_name": "*"},
        error="InvalidArgument",
    ),
    Case(
        "rights taken by a reader",
        "set_security",
        {"security": _list("Monitor", ("*", ["SeeAll"]))},
        caller="reader",
        error="AccessDenied",
    ),
]

_SHUT = {
    "genericACL": [
        {"identifier": "Developers", "accessList": ["Inquire"], "flags": "ThisFolderSubfoldersAndJobs"}
    ]
}
OBJECT_CASES = [
    Case(
        "a shut folder",
        "create_folder",
        {"folder": {"folderName": "Shut", "parentFolderName": "{room}", "acl": _SHUT}},
    ),
    Case(
        "nothing for a reader",
        "get_folder",
        {"name": "{room}\\Shut"},
        caller="reader",
        error="FolderNotFound",
    ),
    Case(
        "its list",
        "get_folder",
        {"name": "{room}\\Shut"},
        check=lambda a: [line["identifier"] for line in a["acl"]["genericACL"]] == ["Developers"],
        save={"shut": lambda a: a["folderID"]},
    ),
    Case(
        "why nothing is there",
        "check_permission",
        {"object_type": "Folder", "id": Saved("shut"), "access": "Inquire"},
        caller="reader",
        error="FolderNotFound",
    ),
    Case(
        "a list of what is no right",
        "change_folder",
        {
            "name": "{room}\\Shut",
            "folder": {"acl": {"genericACL": [{"identifier": "*", "accessList": ["Decrypt"]}]}},
        },
        error="InvalidArgument",
    ),
    Case(
        "open again",
        "change_folder",
        {"name": "{room}\\Shut", "folder": {}, "clear": ["acl"]},
    ),
    Case("open to a reader", "get_folder", {"name": "{room}\\Shut"}, caller="reader"),
]

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
    Case(
        "who may do what in an area",
        "get_security",
        {"area": "QueueDefinitions"},
        check=lambda a: (
            a["accessObject"] == "QueueDefinitions"
            and any("Manage" in line["accessList"] for line in a["acl"]["genericACL"])
        ),
    ),
    Case(
        "an area without rights",
        "get_security",
        {"area": "Reporting"},
        check=lambda a: not (a.get("acl") or {}).get("genericACL"),
    ),
    *SECURITY_CASES,
    *OBJECT_CASES,
    Case("no area", "get_security", {"area": "Garden"}, error="InvalidArgument"),
    Case("rights for a reader", "get_security", {"area": "Monitor"}, caller="reader", error="AccessDenied"),
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
