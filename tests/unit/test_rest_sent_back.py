"""A document that was read can be sent back as clients write it, and changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jams.operations import CATALOGUE
from tests.support.doors import basic
from tests.support.rest_script import Script
from tests.support.town import town

WITHIN = "\\Kept"
PROPERTY = {"propertyName": "SchedulingPriority", "currentValue": 3}
SPAN = {"propertyName": "RetryInterval", "currentValue": {"totalSeconds": 600}}
NOUNS: dict[str, tuple[str, dict[str, Any]]] = {
    "/folder/details?name=%5CKept%5CF": (
        "/folder",
        {
            "folderName": "F",
            "parentFolderName": WITHIN,
            "properties": [PROPERTY, SPAN],
            "tags": [{"tagName": "a"}],
        },
    ),
    "/job?name=%5CKept%5CJ": (
        "/job",
        {
            "jobName": "J",
            "parentFolderName": WITHIN,
            "methodName": "Command",
            "source": "echo 1\n",
            "schedule": "Workdays",
            "at": "08:30",
            "parameters": [
                {"paramName": "day", "dataType": "Date", "required": True, "length": 30, "sequence": 2}
            ],
            "properties": [PROPERTY, SPAN],
            "elements": [{"elementName": "", "elementTypeName": "Documentation"}],
            "tagIds": [3],
        },
    ),
    "/variable?name=%5CKept%5CV": (
        "/variable",
        {"variableName": "V", "parentFolderName": WITHIN, "dataType": "Integer", "value": "7"},
    ),
    "/agent?name=A": (
        "/agent",
        {
            "agentName": "A",
            "agentType": "WinRM",
            "agentPlatform": "Windows",
            "jobLimit": 3,
            "online": False,
            "properties": [{"propertyName": "Address", "currentValue": "w.example"}],
        },
    ),
    "/batchqueue?name=Q": (
        "/batchqueue",
        {"queueName": "Q", "jobLimit": 5, "started": True, "startedOn": [{"agentName": "localhost"}]},
    ),
    "/resource/R": (
        "/resource",
        {
            "resourceName": "R",
            "quantityAvailable": 4,
            "agentSpecific": True,
            "resourceDetails": [{"agentName": "localhost", "quantityAvailable": 2}],
        },
    ),
    "/calendar?name=C": ("/calendar", {"calendarName": "C", "description": "c", "colorName": "Blue"}),
    "/datetype/details?name=D&calendar=C": (
        "/datetype",
        {
            "dateTypeType": "D",
            "calendarName": "C",
            "specificTypes": [{"sequence": 1, "specificType": "Some"}],
            "dates": [{"startDate": "2027-03-01", "specificType": "Some", "workDay": "False"}],
        },
    ),
    "/namedtime?name=N": (
        "/namedtime",
        {
            "timeName": "N",
            "startTime": {"totalSeconds": 60},
            "endTime": {"totalSeconds": 120},
            "enabled": False,
        },
    ),
    "/setup?name=%5CKept%5CS": (
        "/setup",
        {
            "setupName": "S",
            "parentFolderName": WITHIN,
            "schedule": "Workdays",
            "at": "08:30",
            "jobs": [
                {"jobName": "\\Kept\\J", "step": 10},
                {
                    "jobName": "\\Kept\\J",
                    "step": 20,
                    "completionSeverity": "Warning",
                    "failureAction": "Halt",
                    "parameters": [{"paramName": "day", "defaultValue": "2026-11-28"}],
                },
            ],
            "parameters": [{"paramName": "day", "dataType": "Date"}],
            "properties": [PROPERTY],
            "tags": [{"tagName": "a"}],
        },
    ),
    "/method?name=M": (
        "/method",
        {
            "methodName": "M",
            "methodTypeName": "Python",
            "template": "print('begins')\n",
            "description": "m",
            "parameters": [{"paramName": "day", "defaultValue": "2026-11-28"}],
        },
    ),
    "/trigger?name=%5CKept%5CT": (
        "/trigger",
        {
            "triggerName": "T",
            "parentFolderName": WITHIN,
            "resetWhenFired": False,
            "events": [{"eventType": "Job", "jobName": "\\Kept\\J", "completionSeverity": "Warning"}],
            "actions": [{"jobName": "\\Kept\\S"}],
        },
    ),
    "/alert?name=A": (
        "/alert",
        {
            "alertName": "A",
            "description": "a",
            "inheritanceName": "Ops",
            "events": ["EntryFailed", "EntryStalled"],
            "handler": "Job",
            "notifyNames": "ann@example.org, bob@example.org",
            "notifySubmitter": True,
            "summaryText": "{{ path }}",
            "detailText": "{{ message }}",
            "jobName": "\\Kept\\J",
        },
    ),
    "/menu?name=M": (
        "/menu",
        {
            "menuName": "M",
            "description": "m",
            "menuDetails": [
                {"folderName": "\\Kept", "includeJobs": True, "selectionCriteria": "J*", "sequence": 2},
                {"includeMenus": True, "includeFolders": True, "includeSetups": False, "sequence": 3},
            ],
        },
    ),
    "/credential?name=C": (
        "/credential",
        {
            "credentialName": "C",
            "description": "c",
            "logonUserName": "CORP\\c",
        },
    ),
    "/cfg/Mine": ("/cfg", {"name": "Mine", "dataType": "Integer", "value": "7", "description": "mine"}),
}
"""What is made of each noun, by the address at which it is read; no member has its default needlessly."""

CHANGING = {"version", "definitionVersion", "lastChangeUTC", "lastChangedBy"}
AS_THEY_ARE = {"currentValue", "defaultValue"}
"""Members whose values have a type of their own."""


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    with town(tmp_path_factory.mktemp("sent")) as t:
        t.admit("ann")
        script = Script(t)
        script.done("POST", "/folder", {"folderName": "Kept"})
        for read, (address, document) in NOUNS.items():
            made = script.client.post(f"/JAMS/api{address}", json=document, headers=basic("ann"))
            assert made.status_code == 201, made.text
            WHERE[read] = made.headers.get("Location", "")
        yield script


WHERE: dict[str, str] = {}
"""Where each noun is, as the answer said that made it."""


def _written(value: Any, style: dict[str, bool], member: str = "") -> Any:
    """A document as a client of some style writes it."""
    if isinstance(value, dict):
        if value.keys() == {"totalSeconds"} and style["spans as numbers"]:
            return _written(value["totalSeconds"], style)
        kept = {
            name: part for name, part in value.items() if not (style["without nulls"] and part in (None, ""))
        }
        return {
            (name.upper() if style["capitals"] else name): (
                part if name in AS_THEY_ARE else _written(part, style, name)
            )
            for name, part in kept.items()
        }
    if isinstance(value, list):
        return [_written(part, style) for part in value] or (None if style["no lists"] else [])
    if isinstance(value, bool):
        return str(value) if style["truth as text"] else value
    if isinstance(value, int):
        return str(value) if style["numbers as text"] else float(value) if style["floats"] else value
    return value


STYLES = (
    *("without nulls", "capitals", "truth as text", "numbers as text", "floats"),
    *("without its version", "spans as numbers", "no lists"),
)


def test_every_noun_that_can_be_changed_is_here() -> None:
    """But the access list of an area, which is never made; test_area_lists sends it back."""
    changed = {
        route.path
        for each in CATALOGUE
        if each.patches and each.name != "set_security"
        for route in each.routes
        if route.verb == "PUT"
    }
    assert changed == {address for address, _ in NOUNS.values()}


@pytest.mark.parametrize("read", NOUNS)
def test_what_was_made_is_where_the_answer_said(s: Script, read: str) -> None:
    where = WHERE[read]
    assert "/JAMS/api/" in where
    assert s.done("GET", where.partition("/JAMS/api")[2]) == s.done("GET", read)


@pytest.mark.parametrize("read", NOUNS)
def test_sent_back_as_it_was_read(s: Script, read: str) -> None:
    before = s.done("GET", read)
    s.done("PUT", NOUNS[read][0], before)
    assert lasting(s.done("GET", read)) == lasting(before)


@pytest.mark.parametrize("read", NOUNS)
@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(style=st.fixed_dictionaries({name: st.booleans() for name in STYLES}))
def test_sent_back_in_any_style(s: Script, read: str, style: dict[str, bool]) -> None:
    before = s.done("GET", read)
    sent = _written(before, style)
    if style["without its version"]:
        sent = {name: part for name, part in sent.items() if "version" not in name.lower()}
    s.done("PUT", NOUNS[read][0], sent)
    assert lasting(s.done("GET", read)) == lasting(before)


def test_a_submission_that_is_sent_back_departs_from_nothing(s: Script) -> None:
    info = s.done("GET", "/submit?name=%5CKept%5CJ")
    for style in ({name: name == one for name in STYLES} for one in STYLES):
        sent = {**_written(info, style), "hold": "true"}
        for parameter in sent.get("parameters") or sent["PARAMETERS"]:
            parameter.pop("PARAMVALUE", None)
            parameter["paramValue"] = "2026-11-28"
        entry = s.done("POST", "/submit", {k: v for k, v in sent.items() if k != "HOLD"})["jamsEntry"]
        assert s.done("GET", f"/entry/{entry}/parameter/get/day")["value"] == "2026-11-28"


def lasting(document: Any, without: Collection[str] = ()) -> Any:
    """What of a document stays as it is when it is sent back."""
    if isinstance(document, dict):
        return {
            name: lasting(part, without)
            for name, part in document.items()
            if name not in CHANGING and name not in without
        }
    return [lasting(part, without) for part in document] if isinstance(document, list) else document
