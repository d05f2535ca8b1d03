"""Cases of alerts and menus: made, looked at, changed, used and taken away; see :mod:`cases`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_case import Case, Saved, only

ALERT = {
    "alertName": "{bare}-ops",
    "description": "Those on duty.",
    "events": ["EntryFailed", "EntryStalled"],
    "notifyNames": "ops@example.org",
    "summaryText": "{{ severity }}: {{ path }}",
}
_JOB = {
    "jobName": "Alerting",
    "parentFolderName": "{room}",
    "methodName": "Command",
    "source": "exit 1",
    "elements": [
        {
            "elementName": "Ops",
            "elementTypeName": "Alert",
            "properties": [{"propertyName": "Alert", "currentValue": "{bare}-ops"}],
        }
    ],
}
MENU = {
    "menuName": "{bare}-menu",
    "description": "What is done by hand.",
    "menuDetails": [
        {"folderName": "{room}\\Menu", "includeJobs": True, "selectionCriteria": "A*"},
        {"folderName": "{room}", "includeFolders": True, "selectionCriteria": "Menu"},
    ],
}


def _done(noun: str, what: str) -> Callable[[Any], bool]:
    return lambda answer: answer.startswith(f"{noun} ") and answer.endswith(f" was {what}.")


def _wrong(name: str, error: str, **members: Any) -> Case:
    return Case(name, "create_alert", {"alert": {"alertName": "{bare}-wrong", **members}}, error=error)


def _job(name: str, **members: Any) -> Case:
    plain = {"jobName": name, "parentFolderName": "{room}\\Menu", "methodName": "Command", "source": "exit 0"}
    return Case(f"a job of menus: {name}", "create_job", {"job": {**plain, **members}})


def _lines(*expected: tuple[str, str]) -> Callable[[Any], bool]:
    return lambda a: [(each["menuType"], each["menuText"]) for each in a] == list(expected)


ALERT_CASES = [
    Case("create alert", "create_alert", {"alert": ALERT}, check=_done("Alert", "created")),
    Case("alert twice", "create_alert", {"alert": ALERT}, error="AlreadyExists"),
    Case("readers make no alerts", "create_alert", {"alert": ALERT}, caller="reader", error="AccessDenied"),
    _wrong("alert to nobody", "InvalidArgument", notifyNames="nobody"),
    _wrong("alert with a bad template", "InvalidArgument", detailText="{{ severity "),
    _wrong("alert that submits no job", "MissingArgument", handler="Job"),
    _wrong("alert that submits a job that is not there", "JobNotFound", handler="Job", jobName="\\Nowhere"),
    _wrong("alert of workflows", "NotSupported", events=["ActivityTimeLimit"]),
    Case(
        "show alert",
        "get_alert",
        {"name": "{bare}-ops"},
        check=only(
            events=["EntryFailed", "EntryStalled"],
            handler="Mail",
            notifyNames="ops@example.org",
            summaryText="{{ severity }}: {{ path }}",
        ),
        save={"alert": lambda a: a["alertID"]},
    ),
    Case("alert by number", "get_alert", {"id": Saved("alert")}, check=only(description="Those on duty.")),
    Case("list alerts", "list_alerts", check=lambda a: any(each["handler"] == "Mail" for each in a)),
    Case("a job that names the alert", "create_job", {"job": _JOB}),
    Case(
        "a job that names no alert",
        "create_job",
        {
            "job": {
                **_JOB,
                "jobName": "Other",
                "elements": [
                    {
                        "elementName": "Ops",
                        "elementTypeName": "Alert",
                        "properties": [{"propertyName": "Alert", "currentValue": "{bare}-none"}],
                    }
                ],
            }
        },
        error="AlertNotFound",
    ),
    Case(
        "who names the alert",
        "list_alert_references",
        {"name": "{bare}-ops"},
        check=lambda a: [each["referringName"] for each in a] == ["Alerting"],
    ),
    Case("alert in use", "delete_alert", {"name": "{bare}-ops"}, error="InUse"),
    Case(
        "alert in use keeps its name",
        "change_alert",
        {"id": Saved("alert"), "alert": {"alertName": "{bare}-else"}},
        error="InUse",
    ),
    Case(
        "change alert",
        "change_alert",
        {"name": "{bare}-ops", "alert": {"notifyNames": "all@example.org", "notifySubmitter": True}},
        check=_done("Alert", "changed"),
    ),
    Case(
        "what the change left out stayed",
        "get_alert",
        {"name": "{bare}-ops"},
        check=only(notifyNames="all@example.org", notifySubmitter=True, description="Those on duty."),
    ),
    Case("take the job away", "delete_job", {"name": "{room}\\Alerting"}),
    Case("delete alert", "delete_alert", {"id": Saved("alert")}, check=_done("Alert", "deleted")),
    Case("no alert", "get_alert", {"name": "{bare}-ops"}, error="AlertNotFound"),
]

MENU_CASES = [
    Case(
        "a folder of menus",
        "create_folder",
        {"folder": {"folderName": "Menu", "parentFolderName": "{room}"}},
    ),
    _job("Any"),
    _job("All"),
    _job("Other"),
    _job("Away", properties=[{"propertyName": "Enabled", "currentValue": False}]),
    Case("create menu", "create_menu", {"menu": MENU}, check=_done("Menu", "created")),
    Case("menu twice", "create_menu", {"menu": MENU}, error="AlreadyExists"),
    Case("readers make no menus", "create_menu", {"menu": MENU}, caller="reader", error="AccessDenied"),
    Case(
        "menu of a folder that is not there",
        "create_menu",
        {"menu": {"menuName": "x", "menuDetails": [{"folderName": "\\Nowhere", "includeJobs": True}]}},
        error="FolderNotFound",
    ),
    Case(
        "menu of nothing",
        "create_menu",
        {"menu": {"menuName": "x", "menuDetails": [{"folderName": "{room}"}]}},
        error="InvalidArgument",
    ),
    Case(
        "show menu",
        "get_menu",
        {"name": "{bare}-menu"},
        check=lambda a: [each["includeJobs"] for each in a["menuDetails"]] == [True, False],
        save={"menu": lambda a: a["menuID"]},
    ),
    Case(
        "menu by number", "get_menu", {"id": Saved("menu")}, check=only(description="What is done by hand.")
    ),
    Case("list menus", "list_menus", check=lambda a: len(a) >= 1),
    Case(
        "what the menu shows",
        "get_submit_menu",
        {"menu_type": "Menu", "id": Saved("menu")},
        check=_lines(("Job", "All"), ("Job", "Any"), ("Folder", "Menu")),
        save={"line": lambda a: a[1]["id"]},
    ),
    Case(
        "what a folder shows",
        "get_submit_menu",
        {"menu_type": "Folder", "name": "{room}\\Menu"},
        check=_lines(("Job", "All"), ("Job", "Any"), ("Job", "Other")),
    ),
    Case("the menus first", "get_submit_menu", check=lambda a: any(x["menuType"] == "Menu" for x in a)),
    Case("readers have no submit menu", "get_submit_menu", caller="reader", error="AccessDenied"),
    Case(
        "a menu of a job",
        "get_submit_menu",
        {"menu_type": "Job", "id": Saved("line")},
        error="InvalidArgument",
    ),
    Case("no such menu", "get_submit_menu", {"menu_type": "Menu", "name": "none"}, error="MenuNotFound"),
    Case(
        "no such folder", "get_submit_menu", {"menu_type": "Folder", "name": "\\no"}, error="FolderNotFound"
    ),
    Case(
        "change menu",
        "change_menu",
        {"name": "{bare}-menu", "menu": {"description": "Else."}},
        check=_done("Menu", "changed"),
    ),
    Case("delete menu", "delete_menu", {"id": Saved("menu")}, check=_done("Menu", "deleted")),
    Case("no menu", "get_menu", {"name": "{bare}-menu"}, error="MenuNotFound"),
]
