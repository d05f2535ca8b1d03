"""The one table of cases that every door must answer alike.

The cases run in order, once through each door. ``{room}`` in a text is the door's own folder, ``{bare}`` the
name of that folder; a value of the form ``Saved("x")`` is what an earlier case saved. Members that differ
from run to run are not compared.
"""

from __future__ import annotations

import json

from account_cases import ACCOUNT_CASES
from agent_cases import AGENT_CASES
from alert_cases import ALERT_CASES, MENU_CASES
from bulk_cases import BULK_CASES
from calendar_cases import CALENDAR_CASES, CALENDAR_ENDS
from contract_case import JOB, Case, Saved, names, only
from credential_cases import CREDENTIAL_CASES
from date_cases import DATE_CASES
from engine_cases import ENGINE_CASES
from event_cases import EVENT_CASES
from exchange_cases import EXCHANGE_CASES
from method_cases import METHOD_CASES
from obeyed_cases import OBEYED_CASES
from outbox_cases import OUTBOX_CASES
from outcome_cases import OUTCOME_CASES
from purge_cases import PURGE_CASES
from queue_cases import QUEUE_CASES
from revision_cases import REVISION_CASES
from rights_cases import RIGHTS_CASES
from schedule_import_cases import SCHEDULE_IMPORT_CASES
from setting_cases import SETTING_CASES
from setup_cases import SETUP_CASES
from stored_cases import STORED_CASES
from submission_cases import SUBMISSION_CASES
from trigger_cases import TRIGGER_CASES
from uses_cases import USES_CASES
from variable_cases import VARIABLE_CASES
from version_cases import VERSION_CASES

CASES = [
    # The server and the caller
    Case("health", "check_health", caller="nobody", check=lambda a: a == "The JAMServer is ready."),
    Case(
        "no single sign-on",
        "show_single_sign_on",
        check=lambda a: not a["offered"] and not a.get("issuer"),
    ),
    Case("nobody", "who_am_i", caller="nobody", error="Unauthenticated"),
    Case("wrong password", "who_am_i", caller="impostor", error="Unauthenticated"),
    Case(
        "who am I",
        "who_am_i",
        check=lambda a: a["username"] == "operator" and "Administrators" in a["groups"],
    ),
    Case(
        "login",
        "log_in",
        {"username": "operator", "password": "{password}"},
        caller="nobody",
        check=lambda a: a.get("account") == "operator" or len(a["access_token"]) > 20,
    ),
    Case(
        "login refused",
        "log_in",
        {"username": "{bare}", "password": "wrong"},
        caller="nobody",
        error="Unauthenticated",
    ),
    Case("login of nobody", "log_in", {}, caller="nobody", error="MissingArgument"),
    Case("server", "get_server", check=only(product="JAMS")),
    Case("status", "get_server_status", check=only(severity="Success", schedulerActive=True)),
    Case("statistics", "get_server_status", check=lambda a: int(a["statistics"]["processMemory"]) > 0),
    Case("trail of the server", "get_audit_trail", {"object_type": "Nothing"}, check=lambda a: a == []),
    Case("trail for a reader", "get_audit_trail", caller="reader", error="AccessDenied"),
    Case("trail of no object", "get_audit_trail", {"object_name": "\\Nowhere\\*"}, check=lambda a: a == []),
    Case(
        "trail of no number",
        "get_audit_trail",
        {"object_id": 999_999_999, "object_type": "Job"},
        check=lambda a: a == [],
    ),
    Case(
        "trail as lines",
        "export_audit_trail",
        {"limit": 1},
        check=lambda a: json.loads(a)["link"] == 1 and json.loads(a)["previous"] == "0" * 64,
    ),
    Case(
        "trail as lines beyond its end",
        "export_audit_trail",
        {"beyond": 999_999_999, "chain": "Refused"},
        check=lambda a: not a,
    ),
    Case("trail as lines for a reader", "export_audit_trail", caller="reader", error="AccessDenied"),
    Case(
        "heads of the trail",
        "get_audit_heads",
        check=lambda a: (
            [each["chain"] for each in a] == ["done", "refused"]
            and a[0]["link"] > 0
            and a[0]["text"] == f"done:{a[0]['link']}:{a[0]['hash']}"
        ),
    ),
    Case("heads for a reader", "get_audit_heads", caller="reader", error="AccessDenied"),
    Case(
        "trail verified",
        "verify_audit",
        check=lambda a: a["intact"] and a["records"] > 0 and a["findings"] == [] and len(a["heads"]) == 2,
    ),
    Case(
        "trail against a head that it never had",
        "verify_audit",
        {"published": f"done:1:{'0' * 64}"},
        check=lambda a: not a["intact"] and [each["kind"] for each in a["findings"]] == ["Changed"],
    ),
    Case(
        "trail against a head that it has not yet",
        "verify_audit",
        {"published": f"done:999999999:{'0' * 64}"},
        check=lambda a: [each["kind"] for each in a["findings"]] == ["Truncated"],
    ),
    Case("trail against no head", "verify_audit", {"published": "yesterday"}, error="InvalidArgument"),
    Case("trail verified by a reader", "verify_audit", caller="reader", error="AccessDenied"),
    Case("scheduler", "is_scheduler_active", check=lambda a: a is True),
    Case(
        "the one server",
        "get_failover_status",
        check=lambda a: (
            only(status="Active", role="Primary")(a)
            and not a.get("secondary")
            and a["message"].startswith(a["primary"])
        ),
    ),
    Case("no other server", "set_failover_status", {"active": False}, error="NotSupported"),
    Case("this server", "set_failover_status", {"active": True}, error="NotSupported"),
    Case("failover by a reader", "set_failover_status", caller="reader", error="AccessDenied"),
    Case("methods", "list_methods", check=lambda a: {"Command", "Python"} <= {m["methodName"] for m in a}),
    Case("agents", "list_agents", check=names("agentName", "localhost")),
    Case("agent", "get_agent", {"name": "localhost"}, check=only(agentType="Local")),
    Case("no agent", "get_agent", {"name": "nowhere"}, error="AgentNotFound"),
    # Folders
    Case(
        "folder",
        "create_folder",
        {"folder": {"folderName": "Inner", "parentFolderName": "{room}"}},
        check=lambda a: a == "Folder {room}\\Inner was created.",
    ),
    Case(
        "folder twice",
        "create_folder",
        {"folder": {"folderName": "inner", "parentFolderName": "{room}"}},
        error="AlreadyExists",
    ),
    Case(
        "folder without place",
        "create_folder",
        {"folder": {"folderName": "X", "parentFolderName": "{room}\\No"}},
        error="FolderNotFound",
    ),
    Case(
        "folder with a bad name",
        "create_folder",
        {"folder": {"folderName": "a*b", "parentFolderName": "{room}"}},
        error="InvalidName",
    ),
    Case(
        "show folder",
        "get_folder",
        {"name": "{room}\\Inner"},
        check=only(folderName="Inner"),
        save={"folder": lambda a: a["folderID"], "folder document": lambda a: a},
    ),
    Case(
        "change folder",
        "change_folder",
        {
            "folder": {
                "folderID": Saved("folder"),
                "folderName": "Inner",
                "parentFolderName": "{room}",
                "description": "Changed.",
            }
        },
    ),
    Case("changed folder", "get_folder", {"id": Saved("folder")}, check=only(description="Changed.")),
    Case("children", "get_folder_children", {"qualified_name": "{room}"}, check=names("folderName", "Inner")),
    Case("no folder", "get_folder", {"name": "\\Nowhere"}, error="FolderNotFound"),
    Case("folder by nothing", "get_folder", {}, error="MissingArgument"),
    # Jobs
    Case("job", "create_job", {"job": JOB}, check=lambda a: a == "Job {room}\\Load was created."),
    Case("job twice", "create_job", {"job": JOB}, error="AlreadyExists"),
    Case(
        "job without method",
        "create_job",
        {"job": {**JOB, "jobName": "Other", "methodName": "Magic"}},
        error="MethodNotFound",
    ),
    Case(
        "show job",
        "get_job",
        {"name": "{room}\\Load"},
        check=only(jobName="Load", methodName="Command"),
        save={"job": lambda a: a["jobID"]},
    ),
    Case("show job by number", "get_job", {"id": Saved("job")}, check=only(qualifiedName="{room}\\Load")),
    Case("job source", "get_job_source", {"id": Saved("job")}, check=lambda a: "day is $day" in a),
    Case(
        "job documentation",
        "get_job_documentation",
        {"id": Saved("job"), "render_type": "Text"},
        check=lambda a: a.startswith("{room}\\Load\n"),
    ),
    Case(
        "documentation of no job", "get_job_documentation", {"name": "{room}\\Nothing"}, error="JobNotFound"
    ),
    Case(
        "find jobs",
        "find_jobs",
        {"name": "{room}", "recursive": True, "filter": "L*"},
        check=names("jobName", "Load"),
    ),
    Case("find no jobs", "find_jobs", {"name": "{room}", "filter": "Z*"}, check=lambda a: a == []),
    Case(
        "change job",
        "change_job",
        {"job": {**JOB, "description": "Loads more."}},
        check=lambda a: a == "Job {room}\\Load was changed.",
    ),
    Case("no job", "get_job", {"name": "{room}\\Nothing"}, error="JobNotFound"),
    # Submitting and following
    Case(
        "submit info",
        "get_submit_info",
        {"name": "{room}\\Load"},
        check=lambda a: len(a["parameters"]) == 2,
        save={"info": lambda a: a},
    ),
    Case(
        "submit document", "submit", {"submit_info": Saved("info")}, save={"first": lambda a: a["jamsEntry"]}
    ),
    Case("wait for the first", "wait_for_entry", {"id": Saved("first"), "timeout": 30.0}),
    Case(
        "submit by name",
        "submit_job",
        {"name": "{room}\\Load", "parameters": {"day": "monday"}},
        save={"entry": lambda a: a["jamsEntry"]},
    ),
    Case("submit nothing", "submit_job", {"name": "{room}\\Nothing"}, error="JobNotFound"),
    Case(
        "submit with an unknown parameter",
        "submit_job",
        {"name": "{room}\\Load", "parameters": {"dya": "x"}},
        error="InvalidParameter",
    ),
    Case(
        "submit with a bad value",
        "submit_job",
        {"name": "{room}\\Load", "parameters": {"code": "many"}},
        error="InvalidParameter",
    ),
    Case(
        "wait",
        "wait_for_entry",
        {"id": Saved("entry"), "timeout": 30.0},
        check=only(currentState="Complete", finalSeverity="Success", finalStatusCode=0),
    ),
    Case(
        "show entry", "get_entry", {"id": Saved("entry")}, check=only(jobName="Load", submittedBy="operator")
    ),
    Case("entries", "find_entries", {"folder": "{room}", "name": "l*"}, check=lambda a: len(a) == 2),
    Case(
        "entries in a state",
        "find_entries",
        {"folder": "{room}", "state": ["Executing", "Held"]},
        check=lambda a: a == [],
    ),
    Case(
        "parameters",
        "get_entry_parameters",
        {"id": Saved("entry")},
        check=lambda a: (
            {"paramName": "day", "value": "monday"}
            in [{"paramName": p["paramName"], "value": p["value"]} for p in a]
        ),
    ),
    Case(
        "parameter", "get_entry_parameter", {"id": Saved("entry"), "name": "DAY"}, check=only(value="monday")
    ),
    Case(
        "no parameter",
        "get_entry_parameter",
        {"id": Saved("entry"), "name": "night"},
        error="ParameterNotFound",
    ),
    Case(
        "log",
        "get_entry_log",
        {"id": Saved("entry")},
        check=lambda a: a["text"].rstrip() == "day is monday" and a["complete"] is True,
    ),
    Case(
        "log tail", "get_entry_log", {"id": Saved("entry"), "tail": 1}, check=lambda a: "monday" in a["text"]
    ),
    Case(
        "log twice over",
        "get_entry_log",
        {"id": Saved("entry"), "tail": 1, "offset": 0},
        error="InvalidArgument",
    ),
    Case(
        "audit trail",
        "get_entry_audit",
        {"id": Saved("entry")},
        check=lambda a: len(a) >= 1 and a[0]["userName"] == "operator",
    ),
    Case("no entry", "get_entry", {"id": 999_999_999}, error="EntryNotFound"),
    Case("no log", "get_entry_log", {"id": 999_999_999}, error="EntryNotFound"),
    Case("impossible entry", "get_entry", {"id": 0}, error="InvalidArgument"),
    # Steering
    Case(
        "submit held",
        "submit_job",
        {"name": "{room}\\Load", "hold": True, "parameters": {"code": 3}},
        save={"held": lambda a: a["jamsEntry"]},
    ),
    Case("show held", "get_entry", {"id": Saved("held")}, check=only(currentState="Held", held=True)),
    Case("log of held", "get_entry_log", {"id": Saved("held")}, error="LogNotFound"),
    Case(
        "set parameter",
        "set_entry_parameter",
        {"id": Saved("held"), "param_name": "day", "param_value": "sunday"},
    ),
    Case(
        "set no parameter",
        "set_entry_parameter",
        {"id": Saved("held"), "param_name": "night", "param_value": "x"},
        error="ParameterNotFound",
    ),
    Case("restart held", "restart_entry", {"id": Saved("held")}, error="WrongState"),
    Case(
        "reschedule",
        "reschedule_entry",
        {
            "id": Saved("held"),
            "hold_time": "2099-01-01T00:00:00Z",
            "held": False,
            "comment": "not this century",
        },
    ),
    Case("show timed", "get_entry", {"id": Saved("held")}, check=only(currentState="Timed")),
    Case(
        "hold",
        "hold_entry",
        {"id": Saved("held"), "comment": "month end"},
        check=lambda a: a.endswith("was held."),
    ),
    Case(
        "release",
        "release_entry",
        {"id": Saved("held"), "release_types": ["ManualHold", "TimedWait"]},
        check=lambda a: a.endswith("was released."),
    ),
    Case(
        "wait for failure",
        "wait_for_entry",
        {"id": Saved("held"), "timeout": 30.0},
        check=only(currentState="Complete", finalSeverity="Error", finalStatusCode=3),
    ),
    Case("hold ended", "hold_entry", {"id": Saved("held")}, error="WrongState"),
    Case("release ended", "release_entry", {"id": Saved("held")}, error="WrongState"),
    Case("reschedule ended", "reschedule_entry", {"id": Saved("held")}, error="WrongState"),
    Case("restart", "restart_entry", {"id": Saved("held"), "comment": "once more"}),
    Case(
        "wait for restart",
        "wait_for_entry",
        {"id": Saved("held"), "timeout": 30.0},
        check=only(restartCount=1, finalSeverity="Error"),
    ),
    Case(
        "submit for later",
        "submit_job",
        {"name": "{room}\\Load", "after": "2099-01-01T00:00:00Z"},
        save={"later": lambda a: a["jamsEntry"]},
    ),
    Case("cancel", "cancel_entry", {"id": Saved("later"), "severity": "Warning", "comment": "no more"}),
    Case(
        "wait for cancelled",
        "wait_for_entry",
        {"id": Saved("later"), "timeout": 30.0},
        check=only(currentState="Complete", finalSeverity="Warning"),
    ),
    Case("cancel ended", "cancel_entry", {"id": Saved("later")}, error="WrongState"),
    Case("hold no entry", "hold_entry", {"id": 999_999_999}, error="EntryNotFound"),
    Case(
        "submit to stay held",
        "submit_job",
        {"name": "{room}\\Load", "hold": True},
        save={"kept": lambda a: a["jamsEntry"]},
    ),
    Case("reschedule nothing", "reschedule_entry", {"id": Saved("kept")}, error="MissingArgument"),
    Case("reschedule priority", "reschedule_entry", {"id": Saved("kept"), "priority": 5}),
    Case(
        "show rescheduled",
        "get_entry",
        {"id": Saved("kept")},
        check=only(currentState="Held", held=True, schedulingPriority=5),
    ),
    Case("remove held", "remove_entry", {"id": Saved("kept")}, error="WrongState"),
    Case("cancel held", "cancel_entry", {"id": Saved("kept")}),
    Case(
        "remove",
        "remove_entry",
        {"id": Saved("kept"), "comment": "seen"},
        check=lambda a: a.endswith("was removed from the monitor."),
    ),
    Case("show removed", "get_entry", {"id": Saved("kept")}, error="EntryNotFound"),
    Case("remove twice", "remove_entry", {"id": Saved("kept")}, error="EntryNotFound"),
    # History
    Case("history", "find_history", {"name": "{room}\\Load"}, check=lambda a: len(a) == 6),
    Case(
        "history of failures",
        "find_history",
        {"name": "{room}\\*", "severity": ["Error"]},
        check=lambda a: len(a) == 3,
    ),
    Case(
        "history of job",
        "find_job_history",
        {"id": Saved("job"), "limit": 10},
        save={"run": lambda a: a[-1]["historyID"]},
    ),
    Case("one run", "get_history", {"job_id": Saved("job"), "id": Saved("run")}, check=only(jobName="Load")),
    Case(
        "a run to be submitted again",
        "get_resubmit_info",
        {"job_id": Saved("job"), "history_id": Saved("run"), "submit_info": Saved("info")},
        check=lambda a: len(a["parameters"]) == 2,
    ),
    Case("no run", "get_history", {"job_id": Saved("job"), "id": 999_999_999}, error="HistoryNotFound"),
    Case(
        "log of run",
        "get_history_log",
        {"job_id": Saved("job"), "id": Saved("run")},
        check=lambda a: "day is today" in a["text"],
    ),
    Case(
        "search",
        "search_history",
        {"filter": "FinalSeverity eq 'Error' and JobName eq 'Load'", "folder_name": "{room}"},
        check=lambda a: len(a["items"]) == 3 and a["count"] == 3,
    ),
    Case(
        "search page",
        "search_history",
        {"folder_name": "{room}", "top": 1, "order_by": "JAMSEntry desc"},
        check=lambda a: len(a["items"]) == 1 and a["count"] == 6,
    ),
    Case("search nonsense", "search_history", {"filter": "FinalSeverity is bad"}, error="InvalidArgument"),
    *VARIABLE_CASES,
    # What can be kept
    *STORED_CASES,
    *RIGHTS_CASES,
    *ACCOUNT_CASES,
    *SUBMISSION_CASES,
    *BULK_CASES,
    *EVENT_CASES,
    # Calendars, and when
    *CALENDAR_CASES,
    *DATE_CASES,
    *CALENDAR_ENDS,
    *EXCHANGE_CASES,
    *SCHEDULE_IMPORT_CASES,
    # Agents
    *AGENT_CASES,
    # Queues and resources
    *QUEUE_CASES,
    *METHOD_CASES,
    *USES_CASES,
    *REVISION_CASES,
    *SETTING_CASES,
    *OUTBOX_CASES,
    *CREDENTIAL_CASES,
    *ALERT_CASES,
    *MENU_CASES,
    *PURGE_CASES,
    *VERSION_CASES,
    *OBEYED_CASES,
    *OUTCOME_CASES,
    *ENGINE_CASES,
    *SETUP_CASES,
    *TRIGGER_CASES,
    # Taking things away
    Case("delete full folder", "delete_folder", {"name": "{room}"}, error="FolderNotEmpty"),
    Case("take out of the monitor", "remove_entry", {"id": Saved("entry")}),
    Case("taken out", "get_entry", {"id": Saved("entry")}, error="EntryNotFound"),
    Case(
        "delete job",
        "delete_job",
        {"name": "{room}\\Load"},
        check=lambda a: a == "Job {room}\\Load was deleted.",
    ),
    Case("delete job again", "delete_job", {"name": "{room}\\Load"}, error="JobNotFound"),
    Case("delete folder", "delete_folder", {"id": Saved("folder")}),
    # Rights: a reader may look and nothing else
    Case("reader looks", "find_jobs", {"name": "{room}"}, caller="reader", check=names("jobName", "Closed")),
    Case("reader submits", "submit_job", {"name": "{room}\\Load"}, caller="reader", error="AccessDenied"),
    Case(
        "reader creates",
        "create_folder",
        {"folder": {"folderName": "X"}},
        caller="reader",
        error="AccessDenied",
    ),
    Case("reader cancels", "cancel_entry", {"id": 1}, caller="reader", error="AccessDenied"),
    # Personal tokens
    Case(
        "token",
        "create_personal_token",
        {"token_name": "{bare}", "rights": ["Monitor.SeeOwn"]},
        check=lambda a: a["token"].startswith("jams_"),
        save={"token": lambda a: a["tokenID"]},
    ),
    Case("token twice", "create_personal_token", {"token_name": "{bare}"}, error="AlreadyExists"),
    Case(
        "token of no right",
        "create_personal_token",
        {"token_name": "none", "rights": ["Monitor.Fly"]},
        error="InvalidArgument",
    ),
    Case(
        "token of a folder that is not there",
        "create_personal_token",
        {"token_name": "nowhere", "folders": ["{room}\\Nothing"]},
        error="FolderNotFound",
    ),
    Case(
        "token of a folder",
        "create_personal_token",
        {"token_name": "{bare} here", "folders": ["{room}"]},
        check=lambda a: a["token"].startswith("jams_"),
        save={"token of a folder": lambda a: a["tokenID"]},
    ),
    Case(
        "a token tells its folders",
        "list_personal_tokens",
        check=lambda a: [len(t["folders"]) for t in a if t["tokenName"].endswith(" here")] == [1],
    ),
    Case("revoke token of a folder", "revoke_personal_token", {"id": Saved("token of a folder")}),
    Case("tokens", "list_personal_tokens", check=lambda a: {t["userName"] for t in a} == {"operator"}),
    Case(
        "revoke token",
        "revoke_personal_token",
        {"id": Saved("token")},
        check=lambda a: a.endswith("was revoked."),
    ),
    Case("revoke token again", "revoke_personal_token", {"id": Saved("token")}, error="NotFound"),
    # Last, since it ends the tokens
    Case("logout", "log_out", {}, check=lambda a: "no login was ended" in a),
    Case("logout everywhere", "log_out", {"all": True}, check=lambda a: a.endswith("ended.")),
]
