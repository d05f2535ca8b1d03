"""A call of each operation on an object of its own, for the matrix of rights; and who makes it.

The object lies where an access list lets only ``open`` do anything: ``shut`` has every right of every area,
and is named by no list. ``lacking`` has all rights but the one that the operation asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from jams.objects.errors import Unauthenticated
from jams.operations import CATALOGUE, Operation
from jams.operations.arguments import arguments_from
from jams.security.access import ALL_RIGHTS
from jams.security.caller import Caller, Credentials
from jams.security.rights import Monitor
from tests.support.town import Town, town

SITUATIONS = ("nobody", "impostor", "lacking", "shut", "open")
"""Nobody; a name that is none; without the right of the area; without that on the object; with both."""

ROOM = "\\Room"
FAR = "2999-01-01T00:00:00Z"
ICALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n"
    "DTSTART;VALUE=DATE:20261224\nSUMMARY:Eve\nEND:VEVENT\nEND:VCALENDAR\n"
)

_OWN = ["Inquire", "Change", "Control", "Delete"]
_RIGHTS = {
    "Folder": [
        *_OWN,
        "AddJobs",
        "ChangeJobs",
        "DeleteJobs",
        "InquireJobs",
        "Submit",
        "Monitor",
        "Manage",
        "Abort",
    ],
    "Credential": [*_OWN, "GetPassword", "Submit"],
    "Agent": [*_OWN, "Manage", "Submit"],
    "Queue": [*_OWN, "Manage", "Submit"],
    "Resource": [*_OWN, "Acquire", "Manage"],
    "Variable": [*_OWN, "Decrypt"],
}


def _acl(kind: str = "") -> dict[str, Any]:
    flags = "ThisFolderSubfoldersAndJobs" if kind == "Folder" else 0
    return {"genericACL": [{"identifier": "open", "accessList": _RIGHTS.get(kind, _OWN), "flags": flags}]}


@dataclass(frozen=True)
class Subject:
    """An object: its kind, its name or path, its number."""

    kind: str
    name: str
    id: int
    version: int = 0


def _place(name: str) -> dict[str, Any]:
    return {"parentFolderName": ROOM, "_name": name}


_TIMES = {"startTime": {"totalSeconds": 0}, "endTime": {"totalSeconds": 3600}}

_DOCUMENTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "Agent": lambda n: {"agentName": n, "agentType": "WinRM", "agentPlatform": "Windows",
                        "properties": [{"propertyName": "Address", "currentValue": "windows.example"}]},
    "Alert": lambda n: {"alertName": n},
    "Calendar": lambda n: {"calendarName": n},
    "Credential": lambda n: {"credentialName": n, "logonUserName": "svc", "password": "x"},
    "DateType": lambda n: {"calendarName": n, "dateTypeType": "Day"},
    "Folder": lambda n: {"folderName": n, "parentFolderName": ROOM},
    "Job": lambda n: {"jobName": n, "parentFolderName": ROOM, "methodName": "Command", "source": "true",
                      "parameters": [{"paramName": "p", "defaultValue": "x"}]},
    "Menu": lambda n: {"menuName": n},
    "Method": lambda n: {"methodName": n, "methodTypeName": "Command"},
    "NamedTime": lambda n: {"timeName": n, **_TIMES},
    "Queue": lambda n: {"queueName": n, "jobLimit": 5},
    "Resource": lambda n: {"resourceName": n, "quantityAvailable": 3},
    "Setting": lambda n: {"name": n, "value": "one", "dataType": "Text"},
    "Setup": lambda n: {"setupName": n, "parentFolderName": ROOM, "jobs": []},
    "Trigger": lambda n: {"triggerName": n, "parentFolderName": ROOM},
    "Variable": lambda n: {"variableName": n, "parentFolderName": ROOM, "value": "x"},
}  # fmt: skip
"""A document of each kind, by its name."""

_LISTED = {"Agent", "Alert", "Calendar", "Credential", "Menu", "Queue", "Resource"}
"""Kinds that lie in no folder and have lists of their own."""

_WORDS = {"DateType": "date_type", "NamedTime": "named_time"}
_IN_FOLDERS = {"Folder", "Job", "Setup", "Trigger", "Variable"}


def word_of(kind: str) -> str:
    return _WORDS.get(kind, kind.lower())


class Stage:
    """A town where each call has an object of its own."""

    def __init__(self, t: Town) -> None:
        self.town = t
        self._numbers = count(1)
        self._kept: dict[str, Subject] = {}
        self._reads = False
        for name in ("open", "shut", "lacking"):
            t.admit(name)
        t.admit("boss", passes=True)
        self.boss(
            "create_folder", folder={"folderName": "Room", "parentFolderName": "\\", "acl": _acl("Folder")}
        )

    def boss(self, operation: str, **inputs: Any) -> Any:
        """Have somebody do something who passes by all access lists."""
        found = CATALOGUE[operation]
        arguments = arguments_from(found, inputs)
        return self.town.dispatcher.call(
            found, arguments, credentials=Credentials(username="boss", password="x")
        )

    def name(self) -> str:
        return f"T{next(self._numbers)}"

    def subject(self, kind: str) -> Subject:
        """An object of a kind; a new one for what changes it."""
        if not self._reads:
            return self._made(kind)
        if kind not in self._kept:
            self._kept[kind] = self._made(kind)
        return self._kept[kind]

    def _made(self, kind: str) -> Subject:
        name = self.name()
        if kind in ("Entry", "Waiting"):
            job = self.subject("Job")
            start = {"after": FAR} if kind == "Waiting" else {"hold": True}
            number = self.boss("submit_job", name=job.name, parameters={"p": "x"}, **start).jams_entry
            return Subject(kind, str(number), number)
        if kind == "DateType":
            self.subject_of("Calendar", name)
        return self.subject_of(kind, name)

    def subject_of(self, kind: str, name: str) -> Subject:
        word = word_of(kind)
        document = _DOCUMENTS[kind](name) | ({"acl": _acl(kind)} if kind in _LISTED else {})
        made = self.boss(f"create_{word}", **{word: document})
        called = f"{ROOM}\\{name}" if kind in _IN_FOLDERS else name
        if kind == "DateType":
            called = "Day"
        id, version = 0, 0
        if kind not in ("Setting",):
            inputs = {"name": called} | ({"calendar": name} if kind == "DateType" else {})
            found = self.boss(f"get_{word}", **inputs)
            version = getattr(found, "version", 0)
            id = next(getattr(found, each) for each in found.__struct_fields__ if each.endswith("_id"))
        assert made
        return Subject(kind, called, id, version)

    def begin(self, operation: Operation) -> None:
        """Take from ``lacking`` the right that the operation asks for."""
        wanted = {operation.right} | ({Monitor.SEE_ALL} if operation.right is Monitor.SEE_OWN else set())
        self.town.accounts.rights["lacking"] = frozenset(ALL_RIGHTS - wanted)

    def inputs(self, operation: Operation) -> dict[str, Any]:
        """Inputs of a call that ``open`` may make, about a new object."""
        self._reads = not operation.changes
        special = SPECIAL.get(operation.name)
        if special is not None:
            return special(self)
        kind = operation.service
        word = word_of(kind)
        if operation.name == f"create_{word}":
            return {word: _DOCUMENTS[kind](self.name())}
        names = {item.name for item in operation.inputs}
        needed = {item.name for item in operation.inputs if item.required}
        if not needed and not operation.key:
            return {}
        found = self.subject(kind)
        given: dict[str, Any] = {}
        if "name" in names and found.kind != "Entry":
            given["name"] = found.name
        else:
            given["id"] = found.id
        if operation.name == f"change_{word}":
            given[word] = _UNTOLD.get(kind, {"description": "Changed."})
        assert needed <= given.keys(), f"say in tests/contract/matrix_calls.py how {operation.name} is called"
        return given


_UNTOLD = {"Setting": {"value": "two"}, "DateType": {"dateTypeType": "Day"}}


def _job(**more: Any) -> Callable[[Stage], dict[str, Any]]:
    return lambda s: {"name": s.subject("Job").name, **more}


def _of(kind: str, member: str = "id", **more: Any) -> Callable[[Stage], dict[str, Any]]:
    return lambda s: {member: s.subject(kind).id, **more}


def _named(kind: str, member: str = "name", **more: Any) -> Callable[[Stage], dict[str, Any]]:
    return lambda s: {member: s.subject(kind).name, **more}


def _version(s: Stage, kind: str, **more: Any) -> dict[str, Any]:
    found = s.subject(kind)
    return {"id": found.id, "version": found.version, **more}


def _entries(s: Stage) -> dict[str, Any]:
    return {"entries": [s.subject("Entry").id]}


def _fixed(**more: Any) -> Callable[[Stage], dict[str, Any]]:
    return lambda s: dict(more)


def _dated(s: Stage) -> dict[str, Any]:
    name = s.name()
    s.subject_of("Calendar", name)
    s.subject_of("DateType", name)
    return {"type_name": "Day", "calendar": name, "start_date": "2026-11-24"}


def _with_date(s: Stage) -> dict[str, Any]:
    given = _dated(s)
    s.boss("add_date", **given)
    return given


def _date_type(**more: Any) -> Callable[[Stage], dict[str, Any]]:
    def given(s: Stage) -> dict[str, Any]:
        name = s.name()
        s.subject_of("Calendar", name)
        s.subject_of("DateType", name)
        return {"name": "Day", "calendar": name, **more}

    return given


def _new_date_type(s: Stage) -> dict[str, Any]:
    name = s.name()
    s.subject_of("Calendar", name)
    return {"date_type": {"calendarName": name, "dateTypeType": "Day"}}


def _security(s: Stage) -> dict[str, Any]:
    lines = [{"identifier": "Administrators", "accessList": ["Inquire"]}]
    return {"security": {"accessObject": "MenuDefinitions", "acl": {"genericACL": lines}}, "force": True}


def _imported(calendar: bool = True, **more: Any) -> Callable[[Stage], dict[str, Any]]:
    def given(s: Stage) -> dict[str, Any]:
        name = s.name()
        s.subject_of("Calendar", name)
        s.subject_of("DateType", name)
        return {"calendar": name, "date_type": "Day", **more}

    return given


def _account(**more: Any) -> Callable[[Stage], dict[str, Any]]:
    def given(s: Stage) -> dict[str, Any]:
        name = s.name()
        s.boss("create_account", account_name=name)
        return {"name": name, **more}

    return given


def _group(**more: Any) -> Callable[[Stage], dict[str, Any]]:
    def given(s: Stage) -> dict[str, Any]:
        name = s.name()
        s.boss("create_group", group_name=name)
        return {"name": name, **more}

    return given


def _member(joined: bool) -> Callable[[Stage], dict[str, Any]]:
    def given(s: Stage) -> dict[str, Any]:
        account, group = s.name(), s.name()
        s.boss("create_account", account_name=account)
        s.boss("create_group", group_name=group, accounts=[account] if joined else [])
        return {"name": group, "account": account}

    return given


def _own_password(s: Stage) -> dict[str, Any]:
    old = f"the long way of {s.name()}"
    for name in ("open", "shut"):
        s.boss("set_account_password", name=name, new_password=old)
    return {"old_password": old, "new_password": f"another way of {s.name()}"}


SPECIAL: dict[str, Callable[[Stage], dict[str, Any]]] = {
    "log_in": _fixed(username="open", password="x"),
    "get_resubmit_info": lambda s: {"job_id": s.subject("Job").id, "history_id": 1, "submit_info": {}},
    "submit": lambda s: {"submit_info": {"name": s.subject("Job").name, "hold": True}},
    "submit_job": _job(hold=True),
    "submit_many": lambda s: {
        "submissions": {"submissions": [{"name": s.subject("Job").name, "hold": True}]},
    },
    "get_submit_info": _job(),
    "import_holidays": _imported(country="DE", years=[2026]),
    "import_icalendar": _imported(text=ICALENDAR, start_date="2026-01-01", end_date="2026-12-31"),
    "import_csv": _imported(text="Date,Description,Workday\n2027-12-31,Inventory,No\n"),
    "create_date_type": _new_date_type,
    "get_date_type": _date_type(),
    "change_date_type": lambda s: {"id": s.subject("DateType").id, "date_type": {"description": "Changed."}},
    "delete_date_type": _date_type(),
    "list_date_types": lambda s: {"calendar": s.subject("Calendar").name},
    "evaluate_date": lambda s: {"date": "2026-11-24", "calendar": s.subject("Calendar").name},
    "evaluate_dates": lambda s: {"dates": "2026-11-24", "calendar": s.subject("Calendar").name},
    "explain_date": lambda s: {"date": "2026-11-24", "calendar": s.subject("Calendar").name},
    "runs_on_date": lambda s: {"dates": "2026-11-24", "calendar": s.subject("Calendar").name},
    "list_workdays": lambda s: {
        "start_date": "2026-11-24", "end_date": "2026-11-25", "calendar": s.subject("Calendar").name,
    },
    "is_workday": lambda s: {"calendar": s.subject("Calendar").name},
    "get_occurrences": lambda s: {"dates": "2026-11-24", "calendar": s.subject("Calendar").name},
    "get_folder_children": lambda s: {"id": s.subject("Folder").id},
    "find_jobs": _of("Job"),
    "find_setups": _fixed(),
    "find_triggers": _of("Trigger"),
    "find_variables": _of("Variable"),
    "hold_entry": lambda s: {"id": s.subject("Waiting").id},
    "find_entries": _fixed(folder=ROOM),
    "switch_named_time": _named("NamedTime", action="disable"),
    "switch_queue": _of("Queue", action="stop"),
    "set_resource_quantity": _named("Resource", available=2),
    "acquire_resource": lambda s: {"name": s.subject("Resource").name, "jams_entry": s.subject("Entry").id},
    "release_resource": lambda s: {"name": s.subject("Resource").name, "jams_entry": s.subject("Entry").id},
    "set_variable_value": _named("Variable", value="y"),
    "get_entry_parameter": _of("Entry", name="p"),
    "wait_for_entry": _of("Entry", timeout=0.0),
    "reschedule_entry": _of("Entry", hold_time=FAR, held=True),
    "set_entry_parameter": _of("Entry", param_name="p", param_value="y"),
    "set_entry_status": _of("Entry", job_status="x"),
    "set_entry_state": _of("Entry", icon="Red"),
    "hold_entries": _entries,
    "release_entries": _entries,
    "restart_entries": _entries,
    "cancel_entries": _entries,
    "find_events": _fixed(),
    "export_xml": _fixed(folder=ROOM),
    "export_objects": lambda s: {"objects": [f"Job:{s.subject('Job').name}"]},
    "import_xml": _fixed(text="<JAMSObjects/>"),
    "import_schedule": _fixed(text="0 1 * * * true\n", format="Crontab", target_folder=ROOM),
    "find_history": _fixed(),
    "search_history": _fixed(),
    "find_job_history": _job(),
    "get_history": lambda s: {"job_id": s.subject("Job").id, "id": 1},
    "get_history_log": lambda s: {"job_id": s.subject("Job").id, "id": 1},
    "get_job_documentation": _job(),
    "get_element_template": _fixed(name="ScheduleTrigger"),
    "list_element_templates": _fixed(element_kind="Trigger"),
    "get_missed_points": _job(),
    "get_job_occurrences": _job(),
    "generate_credential_keys": _named("Credential", key_type="Ed25519"),
    "send_outbox": _fixed(id=1),
    "remove_outbox": _fixed(id=1),
    "check_permission": _of("Job", object_type="Job", access="Change"),
    "explain_permission": _of("Job", object_type="Job", access="Change"),
    "get_security": _fixed(area="Monitor"),
    "set_security": _security,
    "set_recommended_access": _fixed(dry_run=True),
    "create_personal_token": lambda s: {"token_name": s.name()},
    "revoke_personal_token": _fixed(id=999_999),
    "purge": _fixed(days=36_500, dry_run=True),
    "find_revisions": _fixed(),
    "list_revisions": _of("Job", object_type="Job"),
    "get_revision": lambda s: _version(s, "Job", object_type="Job"),
    "compare_revisions": lambda s: _version(s, "Job", object_type="Job"),
    "restore_revision": lambda s: _version(s, "Job", object_type="Job"),
    "get_job_version": lambda s: _version(s, "Job"),
    "get_folder_version": lambda s: _version(s, "Folder"),
    "get_submit_menu": _of("Menu", menu_type="Menu"),
    "get_job_triggers": _job(),
    "reset_job_triggers": _job(),
    "reset_folder_triggers": _named("Folder"),
    "add_date": _dated,
    "change_date": _with_date,
    "delete_date": _with_date,
    "get_forecast": _fixed(folder=ROOM, timeout=60.0),
    "get_schedule": _fixed(folder=ROOM),
    "get_account": _account(),
    "create_account": lambda s: {"account_name": s.name()},
    "change_account": _account(description="Changed."),
    "delete_account": _account(),
    "enable_account": _account(),
    "disable_account": _account(),
    "unlock_account": _account(),
    "set_account_password": _account(new_password="a long way to go"),
    "remove_one_time_codes": _account(),
    "get_group": _group(),
    "create_group": lambda s: {"group_name": s.name()},
    "change_group": _group(description="Changed."),
    "delete_group": _group(),
    "add_group_member": _member(joined=False),
    "remove_group_member": _member(joined=True),
    "change_password": _own_password,
    "confirm_one_time_codes": _fixed(code="none"),
}  # fmt: skip
"""How operations are called whose inputs do not tell it."""


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A town in which names that are nobody's are refused, as a server does."""
    with town(folder) as t:
        known = t.accounts.authenticate

        def authenticate(credentials: Credentials, door: str) -> Caller:
            if credentials.username not in t.accounts.rights:
                raise Unauthenticated("The user name or the password is wrong.")
            return known(credentials, door)

        t.accounts.authenticate = authenticate  # type: ignore[method-assign]
        yield Stage(t)


OPERATIONS = list(CATALOGUE)
