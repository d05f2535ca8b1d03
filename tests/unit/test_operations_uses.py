"""By what definitions are used, as it is told to who may look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from jams.objects.errors import JobNotFound, NotFound
from jams.security.access import ALL_RIGHTS
from jams.security.rights import AgentDefinitions, JobDefinitions, TriggerDefinitions
from tests.support.rest_script import Script
from tests.support.town import Town, town


@pytest.fixture
def t(tmp_path: Any) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("ann")
        yield made


@pytest.fixture
def s(t: Town) -> Script:
    script = Script(t)
    for name in ("Sales", "Other"):
        script.done("POST", "/folder", {"folderName": name})
    script.done("POST", "/variable", {"variableName": "Region", "parentFolderName": "\\Sales", "value": "x"})
    script.done("POST", "/job", _job("Load", "\\Sales"))
    return script


def _job(name: str, folder: str, **more: Any) -> dict[str, Any]:
    return {"jobName": name, "parentFolderName": folder, "methodName": "Command", "source": "x", **more}


def _told(references: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [(each["type"], each["referringName"], each["folderPath"]) for each in references]


def _uses_load(s: Script) -> None:
    after = {
        "elementTypeName": "JobDependency",
        "elementName": "d",
        "properties": [{"propertyName": "DependsOnJob", "currentValue": "\\Sales\\Load"}],
    }
    s.done("POST", "/job", _job("After", "\\Other", elements=[after]))
    s.done("POST", "/job", _job("Beside", "\\Sales", elements=[after]))
    members = [{"jobName": "\\Sales\\Load", "step": 10}]
    s.done("POST", "/setup", {"setupName": "Nightly", "parentFolderName": "\\Other", "jobs": members})
    events = [{"eventType": "Job", "jobName": "\\Sales\\Load"}]
    trigger = {"triggerName": "T", "parentFolderName": "\\Other", "events": events}
    s.done("POST", "/trigger", {**trigger, "actions": [{"jobName": "\\Other\\After"}]})


USERS_OF_LOAD = [
    ("Job", "After", "\\Other"),
    ("Setup", "Nightly", "\\Other"),
    ("Trigger", "T", "\\Other"),
    ("Job", "Beside", "\\Sales"),
]


def test_a_job_tells_who_names_it(s: Script) -> None:
    assert s.done("GET", "/job/references?name=Load") == []
    _uses_load(s)
    number = s.done("GET", "/job?name=Load")["jobID"]
    for address in (f"/job/{number}/references", "/job/references?name=%5CSales%5CLoad"):
        assert _told(s.done("GET", address)) == USERS_OF_LOAD
    assert s.ask("GET", "/job/999999/references")[0] == 404


def test_each_is_told_to_who_may_look_at_it(s: Script, t: Town) -> None:
    _uses_load(s)
    t.admit("bob", ALL_RIGHTS - {TriggerDefinitions.INQUIRE})
    told = t.call("list_job_references", "bob", name="Load")
    assert [each.type for each in told] == ["Job", "Setup", "Job"]
    t.admit("cid", ALL_RIGHTS - {JobDefinitions.INQUIRE})
    s.done("PUT", "/batchqueue", {"queueName": "Q"})
    assert t.call("list_queue_references", "cid", name="Q") == []


def test_a_folder_tells_who_outside_uses_what_lies_in_it(s: Script) -> None:
    _uses_load(s)
    parameter = {"paramName": "p", "variableName": "\\Sales\\Region"}
    s.done("POST", "/job", _job("Reads", "\\Other", parameters=[parameter]))
    found = s.done("GET", "/folder/references?name=%5CSales")
    assert _told(found) == [
        *USERS_OF_LOAD[:1],
        USERS_OF_LOAD[1],
        ("Job", "Reads", "\\Other"),
        USERS_OF_LOAD[2],
    ]
    assert all("\\Sales\\" in each["description"] for each in found)
    assert s.done("GET", "/folder/1/references") == []
    assert s.done("GET", "/folder/references?name=%5COther") == []


def test_a_variable_tells_whose_parameters_take_it(s: Script) -> None:
    parameter = {"paramName": "p", "variableName": "\\Sales\\Region"}
    s.done("POST", "/job", _job("Reads", "\\Other", parameters=[parameter]))
    s.done("PUT", "/folder", {"folderName": "Other", "parameters": [parameter]})
    s.done("POST", "/method", {"methodName": "M", "methodTypeName": "Command", "parameters": [parameter]})
    found = s.done("GET", "/variable/references?name=Region")
    assert _told(found) == [("Folder", "Other", "\\"), ("Job", "Reads", "\\Other"), ("Method", "M", None)]
    s.done("DELETE", "/job?name=Reads")
    assert len(s.done("GET", "/variable/references?name=Region")) == 2


def test_an_agent_tells_what_is_started_on_it(s: Script) -> None:
    address = [{"propertyName": "Address", "currentValue": "w.example"}]
    s.done("POST", "/agent", {"agentName": "A", "agentType": "WinRM", "properties": address})
    assert s.done("GET", "/agent/A/references") == []
    s.done("POST", "/batchqueue", {"queueName": "Q", "startedOn": [{"agentName": "A"}]})
    there = {"agentName": "A", "quantityAvailable": 1}
    s.done("POST", "/resource", {"resourceName": "R", "agentSpecific": True, "resourceDetails": [there]})
    on_it = [{"propertyName": "Agent", "currentValue": "A"}]
    s.done("POST", "/job", _job("There", "\\Sales", properties=on_it))
    found = s.done("GET", "/agent/A/references")
    assert _told(found) == [("Job", "There", "\\Sales"), ("BatchQueue", "Q", None), ("Resource", "R", None)]
    assert s.ask("GET", "/agent/nobody/references")[0] == 404


def test_a_calendar_tells_who_uses_it(s: Script) -> None:
    for name in ("C", "D"):
        s.done("POST", "/calendar", {"calendarName": name})
    s.done("POST", "/datetype", {"dateTypeType": "Free", "calendarName": "C"})
    by_it = [{"propertyName": "Calendar", "currentValue": "C"}]
    s.done("POST", "/job", _job("Planned", "\\Sales", properties=by_it))
    link = {"dateTypeType": "Free", "calendarName": "C"}
    s.done("POST", "/datetype", {"dateTypeType": "Also", "calendarName": "D", "dateTypeLinks": [link]})
    found = s.done("GET", "/calendar/C/references")
    assert _told(found) == [("Job", "Planned", "\\Sales"), ("DateType", "Also", None)]


def test_what_is_not_there_has_no_references(t: Town) -> None:
    for operation in ("folder", "variable", "agent", "calendar"):
        with pytest.raises(NotFound):
            t.call(f"list_{operation}_references", "ann", name="Nowhere")
    with pytest.raises(JobNotFound):
        t.call("list_job_references", "ann", name="Nowhere")
    t.admit("bob", ALL_RIGHTS - {AgentDefinitions.INQUIRE})
    with pytest.raises(Exception, match="AgentDefinitions"):
        t.call("list_agent_references", "bob", name="localhost")
