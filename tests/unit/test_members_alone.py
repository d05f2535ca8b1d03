"""Each member of each kind of definition can be changed alone, and leaves all others as they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from jams.objects.base import Document, members_marked, read_only_members
from jams.objects.errors import JAMSError, VersionConflict
from jams.objects.patch import (
    clearable_members,
    default_of,
    number_member,
    patch_of,
    references,
    version_member,
)
from jams.operations import CATALOGUE
from jams.operations.catalogue import Operation
from tests.support.town import Town, town

CHANGES = {
    operation.name: operation
    for operation in CATALOGUE
    if operation.patches and operation.name != "set_security"
}
"""The access list of an area is always there: nobody makes or removes it."""

MADE: dict[str, dict[str, Any]] = {
    "Folder": {
        "folderName": "Here",
        "description": "First.",
        "parameters": [{"paramName": "day", "defaultValue": "monday"}],
        "elements": [],
        "properties": [{"propertyName": "SchedulingPriority", "currentValue": 3}],
        "tagIds": [1],
        "tags": [{"tagName": "a"}],
    },
    "Job": {
        "jobName": "Here",
        "description": "First.",
        "methodName": "Python",
        "source": "print(1)\n",
        "parameters": [{"paramName": "day", "defaultValue": "monday"}],
        "properties": [{"propertyName": "SchedulingPriority", "currentValue": 3}],
        "tagIds": [1],
        "tags": [{"tagName": "a"}],
    },
    "Setup": {
        "setupName": "Here",
        "description": "First.",
        "jobs": [{"jobName": "\\Part", "step": 10}],
        "parameters": [{"paramName": "day", "defaultValue": "monday"}],
        "properties": [{"propertyName": "SchedulingPriority", "currentValue": 3}],
        "tagIds": [1],
        "tags": [{"tagName": "a"}],
    },
    "Trigger": {
        "triggerName": "Here",
        "description": "First.",
        "enabled": False,
        "resetWhenFired": False,
        "events": [{"eventType": "Job", "jobName": "\\Part"}],
        "actions": [{"jobName": "\\Part"}],
    },
    "Variable": {"variableName": "Here", "description": "First.", "dataType": "Integer", "value": "1"},
    "Agent": {
        "agentName": "here",
        "description": "First.",
        "agentType": "WinRM",
        "agentPlatform": "Windows",
        "jobLimit": 3,
        "online": False,
        "properties": [{"propertyName": "Address", "currentValue": "here.example"}],
    },
    "Calendar": {"calendarName": "Here", "description": "First.", "colorName": "Blue"},
    "DateType": {
        "dateTypeType": "HERE",
        "description": "First.",
        "specificTypes": [{"sequence": 1, "specificType": "Some"}],
        "dateTypeLinks": [{"dateTypeType": "OTHER"}],
        "dates": [{"startDate": "2027-03-01"}],
    },
    "NamedTime": {
        "timeName": "Here",
        "description": "First.",
        "startTime": {"totalSeconds": 60},
        "endTime": {"totalSeconds": 120},
        "enabled": False,
    },
    "Setting": {"name": "Here", "dataType": "Text", "value": "1", "description": "First."},
    "BatchQueue": {"queueName": "Here", "description": "First.", "jobLimit": 3, "started": False},
    "ExecutionMethod": {
        "methodName": "Here",
        "description": "First.",
        "methodTypeName": "Python",
        "template": "print(1)\n",
        "parameters": [{"paramName": "code", "defaultValue": "1"}],
        "properties": [{"propertyName": "RetryCount", "currentValue": 2}],
        "jobProperties": [{"propertyName": "RetryCount", "currentValue": 3}],
    },
    "Alert": {
        "alertName": "Here",
        "description": "First.",
        "inheritanceName": "Ops",
        "events": ["EntryFailed"],
        "notifyNames": "ann@example.org",
        "summaryText": "{{ path }}",
        "detailText": "{{ message }}",
        "address": "https://here.example",
    },
    "Credential": {"credentialName": "Here", "description": "First.", "logonUserName": "here"},
    "Menu": {"menuName": "Here", "description": "First.", "menuDetails": [{"includeJobs": True}]},
    "Resource": {
        "resourceName": "Here",
        "description": "First.",
        "quantityAvailable": 3,
        "agentSpecific": True,
    },
}
"""A definition of each kind, by wire names; no member has its default where it could have another."""

OTHER: dict[str, Any] = {
    "description": "Second.",
    "folderName": "There",
    "jobName": "There",
    "setupName": "There",
    "jobs": [{"jobName": "\\Part", "step": 20, "waitFor": False, "agentNode": "localhost"}],
    "variableName": "There",
    "triggerName": "There",
    "resetWhenFired": True,
    "events": [{"eventType": "File", "fileName": "/there/*.csv", "steadySeconds": 7}],
    "actions": [{"jobName": "\\Part", "scheduledTime": "08:30"}],
    "agentName": "there",
    "calendarName": "There",
    "dateTypeType": "THERE",
    "timeName": "There",
    "queueName": "There",
    "started": True,
    "startedOn": [{"agentName": "localhost", "agentID": 1}],
    "resourceName": "There",
    "quantityAvailable": 4,
    "agentSpecific": False,
    "resourceDetails": [{"agentName": "localhost", "agentId": 1, "quantityAvailable": 2, "quantityInUse": 0}],
    "parentFolderName": "\\Elsewhere",
    "parentFolderID": 2,
    "parentFolderId": 2,
    "methodName": "Command",
    "methodID": 3,
    "source": "print(2)\n",
    "parameters": [{"paramName": "code", "defaultValue": "0"}],
    "elements": [],
    "sourceElements": [],
    "properties": [{"propertyName": "SchedulingPriority", "currentValue": 4}],
    "tagIds": [2],
    "tags": [{"tagName": "b"}],
    "dataType": "Text",
    "value": "2",
    "agentPlatform": "Unix",
    "jobLimit": 4,
    "online": True,
    "colorName": "Red",
    "calendarName of DateType": "Second",
    "calendarID": 2,
    "continuous": False,
    "specificTypes": [],
    "dateTypeLinks": [],
    "dates": [{"startDate": "2027-03-02"}],
    "startTime": {"totalSeconds": 61},
    "endTime": {"totalSeconds": 121},
    "enabled": True,
    "methodName of ExecutionMethod": "There",
    "methodTypeID": 6,
    "methodTypeName": "Parsed",
    "template": "true\n",
    "properties of ExecutionMethod": [{"propertyName": "RetryCount", "currentValue": 4}],
    "jobProperties": [{"propertyName": "HomeDirectory", "currentValue": "/"}],
    "alertName": "There",
    "inheritanceName": "Desk",
    "events of Alert": ["EntryStalled", "EntrySucceeded"],
    "handler": "WebHook",
    "notifyNames": "bob@example.org",
    "notifySubmitter": True,
    "summaryText": "{{ name }}",
    "detailText": "{{ log }}",
    "address": "https://there.example",
    "jobName of Alert": "\\Part",
    "menuName": "There",
    "credentialName": "There",
    "credentialName of Alert": "Second",
    "logonUserName": "there",
    "acl": {"genericACL": [{"identifier": "*", "accessList": ["Change", "Control", "Delete", "Inquire"]}]},
    "menuDetails": [{"folderName": "\\Elsewhere", "includeJobs": True}],
    "properties of Agent": [{"propertyName": "Address", "currentValue": "there.example"}],
}
"""Another value of each member, by wire name, where need be with the kind."""

UNCHANGEABLE = {
    "schedule": "stands for a trigger, and so changes the elements too",
    "at": "stands for a part of that trigger",
    "timeZone": "stands for a part of that trigger",
    "exceptFor": "stands for a part of that trigger",
    "agentType": "goes with its properties",
    "agentTypeName": "follows from the type",
    "platformTypeName": "follows from the platform",
    "isExecutionAgent": "every agent of this server is one",
    "encryptionFlag": "its value is shown no more, and so does not come back",
    "newEncryptedValue": "never shown",
    "name of Setting": "what a setting is for goes by its name",
    "dataType of Setting": "its value would not fit",
    "autoEnable": "not obeyed yet",
    "autoDisable": "not obeyed yet",
    "password": "never shown",
    "keyFileContent": "never shown",
    "keyFilePassword": "never shown, and not kept",
}
"""Members that cannot be changed alone, and why."""


def members() -> Iterator[tuple[str, str]]:
    for name, operation in CHANGES.items():
        struct = operation.document
        assert struct is not None
        hidden = read_only_members(struct) | {number_member(struct), version_member(struct)}
        for field in msgspec.structs.fields(struct):
            told = {field.encode_name, f"{field.encode_name} of {struct.__name__}"}
            if field.name not in hidden and not told & UNCHANGEABLE.keys():
                yield name, field.encode_name


@pytest.fixture(scope="module")
def t(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("alone")) as made:
        made.admit("ann")
        made.call("create_folder", "ann", folder=_made("Folder", {"folderName": "Elsewhere"}))
        made.call("create_job", "ann", job=_made("Job", {"jobName": "Part"}))
        made.call("create_calendar", "ann", calendar=_made("Calendar", {"calendarName": "Second"}))
        made.call("create_date_type", "ann", date_type=_made("DateType", {"dateTypeType": "OTHER"}))
        made.call("create_credential", "ann", credential=_made("Credential", {"credentialName": "Second"}))
        yield made


def _made(kind: str, members: dict[str, Any]) -> Any:
    struct = next(o.document for o in CHANGES.values() if o.document and o.document.__name__ == kind)
    return msgspec.convert(members, struct)


def _key(document: Document, path: str) -> dict[str, Any]:
    """By what it is named when it may be renamed: its number, unless it has none."""
    member = number_member(type(document))
    return {"name": path} if member is None else {"id": getattr(document, member)}


class Definition:
    """One definition of a kind, made for a test and taken away after it."""

    def __init__(self, t: Town, operation: Operation) -> None:
        assert operation.document is not None and operation.body is not None
        self.struct = operation.document
        self.noun = operation.name.removeprefix("change_")
        self._t, self._operation = t, operation
        body = operation.body.name
        t.call(
            f"create_{self.noun}", "ann", **{body: _made(self.struct.__name__, MADE[self.struct.__name__])}
        )
        names = [f.encode_name for f in msgspec.structs.fields(self.struct) if f.required][:1]
        path = str(MADE[self.struct.__name__][names[0]])
        path = f"\\{path}" if "qualified_name" in self.struct.__struct_fields__ else path
        self.key = _key(t.call(f"get_{self.noun}", "ann", name=path), path)

    def get(self) -> Any:
        return self._t.call(f"get_{self.noun}", "ann", **self.key)

    def change(self, **said: Any) -> Any:
        assert self._operation.body is not None
        patch = msgspec.convert(said, patch_of(self.struct))
        self._t.call(self._operation.name, "ann", **self.key, **{self._operation.body.name: patch})
        return self.get()

    def delete(self) -> None:
        self._t.call(f"delete_{self.noun}", "ann", **self.key)


@pytest.fixture
def definition(t: Town, request: pytest.FixtureRequest) -> Iterator[Definition]:
    made = Definition(t, CHANGES[request.param])
    yield made
    made.delete()


def _differing(before: Document, now: Document) -> set[str]:
    """The members that are others; not the version, nor what only the server writes or makes of another."""
    struct = type(before)
    hidden = read_only_members(struct) | {version_member(struct), "platform_type_name"}
    return {
        name
        for name in struct.__struct_fields__
        if name not in hidden and _plain(before, name) != _plain(now, name)
    }


def _plain(document: Document, name: str) -> Any:
    """A member, without what only the server writes of its parts."""
    value = getattr(document, name)
    return [_sent(part) for part in value] if isinstance(value, list) else value


def _sent(part: Any) -> Any:
    if not isinstance(part, Document):
        return part
    hidden = read_only_members(type(part))
    return {name: getattr(part, name) for name in part.__struct_fields__ if name not in hidden}


@pytest.mark.parametrize(("definition", "wire"), list(members()), indirect=["definition"])
def test_a_member_changed_alone(definition: Definition, wire: str) -> None:
    kind = definition.struct
    value = OTHER.get(f"{wire} of {kind.__name__}", OTHER.get(wire))
    assert wire in OTHER or f"{wire} of {kind.__name__}" in OTHER, f"no other value of {wire} is known"
    before = definition.get()
    now = definition.change(**{wire: value})
    names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    same_thing = {name for pair in references(kind) if names[wire] in pair for name in pair}
    assert _differing(before, now) <= {names[wire], *same_thing}
    wanted = getattr(msgspec.convert({wire: value}, patch_of(kind)), names[wire])
    if not isinstance(wanted, msgspec.Struct | list):
        assert getattr(now, names[wire]) == wanted
    version = version_member(kind) or ""
    assert getattr(now, version) > getattr(before, version)


@pytest.mark.parametrize(("definition", "wire"), list(members()), indirect=["definition"])
def test_a_member_that_goes_back_alone(definition: Definition, wire: str) -> None:
    kind = definition.struct
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    before = definition.get()
    if wire not in clearable_members(kind).values():
        if fields[wire].name in members_marked(kind, "place"):
            assert _differing(before, definition.change(**{wire: None})) == set()
        else:
            with pytest.raises(JAMSError):
                definition.change(**{wire: None})
        return
    try:
        now = definition.change(**{wire: None})
    except JAMSError:
        assert definition.get() == before, "what cannot be without it is left as it was"
        return
    same_thing = {name for pair in references(kind) if fields[wire].name in pair for name in pair}
    assert _differing(before, now) <= {fields[wire].name, *same_thing}
    if not same_thing and wire not in ("properties", "source", "agentPlatform"):
        assert getattr(now, fields[wire].name) == default_of(fields[wire])


@pytest.mark.parametrize("definition", list(CHANGES), indirect=True)
def test_a_definition_that_is_sent_back_changes_nothing(definition: Definition) -> None:
    before = definition.get()
    sent = msgspec.to_builtins(before)
    now = definition.change(**sent)
    assert _differing(before, now) == set()
    with pytest.raises(VersionConflict) as raised:
        definition.change(**sent)
    version = version_member(definition.struct) or ""
    details = raised.value.details
    assert details["version"] == str(getattr(now, version)) and details["changedBy"] == "ann"
    assert details["id"] == str(definition.key.get("id", details["id"]))
    assert definition.get() == now


def test_what_changes_a_definition_takes_the_version_that_was_seen() -> None:
    """A new operation on definitions has to be declared ``versioned``."""
    services = {operation.service for operation in CHANGES.values()}
    creating = {"create", "import", "enter", "submit", "acquire", "release", "reset"}
    for operation in CATALOGUE:
        if operation.service in services and operation.changes:
            made = operation.created or operation.name.partition("_")[0] in creating
            made |= operation.name == "get_credential_password"  # it changes the trail alone
            assert operation.versioned or made, operation.name
