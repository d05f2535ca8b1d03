"""Requests as programs of the product write them, at the whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from jams.objects.base import Document, read_only_members
from jams.objects.definitions import Job
from jams.security.access import ALL_RIGHTS
from jams.security.rights import AgentDefinitions, FolderDefinitions, HistoryInquiry, QueueDefinitions
from tests.support.rest_script import Script
from tests.support.schedule import ended
from tests.support.town import town


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    with town(tmp_path_factory.mktemp("published")) as t:
        t.admit("ann")
        script = Script(t)
        script.done("POST", "/folder", {"folderName": "Samples"})
        script.done("POST", "/job", {**JOB, "jobName": "Sleep"})
        yield script


JOB: dict[str, Any] = {
    "jobName": "",
    "description": "",
    "methodName": "Command",
    "parentFolderID": 0,
    "parentFolderName": "\\Samples",
    "source": "sleep 0",
    "elements": [],
    "parameters": [],
    "properties": [],
    "acl": {"genericACL": []},
}
"""The body that the vendor's collection creates a job with."""


@pytest.mark.parametrize(
    "said",
    [
        {"elements": None, "parameters": None, "properties": None, "sourceElements": None, "tags": None},
        {"elements": [{"elementName": "", "elementTypeName": "Documentation", "properties": None}]},
        {"jobID": 0, "methodID": 0, "lastChangeUTC": "0001-01-01T00:00:00Z", "version": ""},
        {
            "JOBID": None,
            "QualifiedName": "anything",
            "lastErrorUTC": "",
            "avgElapsedTime": {"totalSeconds": -1},
        },
        {
            "parameters": [
                {"paramName": "p", "dataType": "2", "required": "false", "length": "30", "inherited": 7}
            ]
        },
        {"parameters": [{"paramName": "p", "dataType": 2, "allowEntry": 1, "validationType": "0"}]},
        {"parameters": [{"paramName": "p", "dataType": "", "validationType": ""}]},
        {"parameters": [{"paramName": "p", "dataType": "integer", "defaultValue": 5, "hide": "TRUE"}]},
        {"properties": [{"propertyName": "SchedulingPriority", "currentValue": "3", "mergeOption": "Other"}]},
        {"properties": [{"propertyName": "RetryInterval", "currentValue": {"totalSeconds": 600}}]},
        {"properties": [{"propertyName": "Agent", "currentValue": {"$type": "x", "agentName": "localhost"}}]},
        dict.fromkeys(Job.published_elsewhere, 0),
        {name: {"totalSeconds": -1} for name in ("minCpuTime", "avgElapsedTime", "MAXELAPSEDTIME")},
    ],
)
def test_a_job_as_it_is_written_elsewhere(s: Script, said: dict[str, Any]) -> None:
    name = "Written"
    s.done("POST", "/job", {**JOB, **said, "jobName": name})
    s.done("PUT", "/job", {**JOB, **said, "jobName": name})
    s.done("DELETE", f"/job?name=%5CSamples%5C{name}", {})


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("parameters", [{"paramName": "p", "required": "perhaps"}]),
        ("parameters", [{"paramName": "p", "dataType": 99}]),
        ("parameters", [{"paramName": "p", "dataType": "99"}]),
        ("parameters", [{"paramName": "p", "length": "long"}]),
        ("parameters", [{"paramName": "p", "length": {"totalSeconds": "long"}}]),
        ("parameters", [{"paramName": "p", "length": {"totalSeconds": 1, "else": 2}}]),
        ("parameters", {}),
        ("elements", "x"),
        ("minimumCount", 0),
        ("jobName", None),
        ("jobName", {}),
    ],
)
def test_what_makes_no_sense_is_still_refused(s: Script, member: str, value: Any) -> None:
    status, problem = s.ask("POST", "/job", {**JOB, "jobName": "Nonsense", member: value})
    assert status == 422, problem
    assert problem["member"].startswith(member)
    assert s.ask("GET", "/job?name=%5CSamples%5CNonsense")[0] == 404


def test_the_fourteen_statistics_are_those_that_are_not_shown() -> None:
    shown = {name for name in Job.__struct_encode_fields__ if name.startswith(("min", "avg", "max"))}
    assert len(Job.published_elsewhere) == 14 and not shown & set(Job.published_elsewhere)


def test_spans_of_named_times_are_taken_in_every_form(s: Script) -> None:
    for start in ({"totalSeconds": 60}, {"TotalSeconds": "60"}, 60, "60", 60.0):
        s.done(
            "PUT", "/namedtime", {"timeName": "Early", "startTime": start, "endTime": {"totalSeconds": 120}}
        )
        assert s.done("GET", "/namedtime?name=Early")["startTime"] == {"totalSeconds": 60}


@pytest.mark.parametrize(
    ("address", "name", "body"),
    [
        ("job", "jobName", {"methodName": "Command", "source": "x", "parentFolderName": "\\Samples"}),
        ("folder", "folderName", {"parentFolderName": "\\Samples"}),
        ("variable", "variableName", {"dataType": "Text", "value": "1", "parentFolderId": "1"}),
        ("batchqueue", "queueName", {"jobLimit": "5", "started": "True"}),
        ("resource", "resourceName", {"quantityAvailable": "5"}),
        ("alert", "alertName", {"notifyNames": "a@x.org", "events": ["EntryFailed"]}),
        ("menu", "menuName", {"menuDetails": [{"folderID": "1", "includeJobs": "True"}]}),
        ("calendar", "calendarName", {"description": "x", "dateTypes": None}),
        ("datetype", "dateTypeType", {"calendarID": 1}),
        ("namedtime", "timeName", {"startTime": {"totalSeconds": 1}, "endTime": {"totalSeconds": 2}}),
        (
            "agent",
            "agentName",
            {"agentType": "WinRM", "properties": [{"propertyName": "Address", "currentValue": "w.example"}]},
        ),
    ],
)
def test_put_makes_what_is_not_there(s: Script, address: str, name: str, body: dict[str, Any]) -> None:
    assert s.done("PUT", f"/{address}", {name: "Absent", **body}).endswith("was created.")
    assert s.done("PUT", f"/{address}", {name: "Absent", **body}).endswith("was changed.")
    assert s.ask("PUT", f"/{address}", {name: "Other", **body}, **{"If-Match": '"1"'})[0] == 412
    lacking = {part: value for part, value in body.items() if part in ("parentFolderName", "calendarID")}
    other = {**lacking, name: "Absent", "description": "changed alone"}
    assert s.done("PUT", f"/{address}", other).endswith("was changed.")


def test_put_makes_nothing_for_who_may_only_change(s: Script) -> None:
    s.town.admit("bob", ALL_RIGHTS - {AgentDefinitions.ADD, QueueDefinitions.ADD, FolderDefinitions.ADD})
    bob = Script(s.town, "bob")
    for address, body in (
        ("batchqueue", {"queueName": "Bobs"}),
        ("folder", {"folderName": "Bobs"}),
    ):
        status, problem = bob.ask("PUT", f"/{address}", body)
        assert (status, problem["code"]) == (403, "AccessDenied")
    assert s.ask("GET", "/batchqueue?name=Bobs")[0] == 404
    assert s.ask("GET", "/folder/details?name=%5CBobs")[0] == 404


def test_a_place_that_is_not_there_is_no_reason_to_make_anything(s: Script) -> None:
    for address, body in (
        ("variable", {"variableName": "V", "parentFolderName": "\\Nowhere", "value": "1"}),
        ("folder", {"folderName": "V", "parentFolderName": "\\Nowhere"}),
        ("datetype", {"dateTypeType": "V", "calendarName": "Nowhere"}),
        ("folder", {"folderID": 4711, "folderName": "V"}),
    ):
        assert s.ask("PUT", f"/{address}", body)[0] == 404, body


def test_lists_and_single_ones_share_an_address(s: Script) -> None:
    jobs = s.done("GET", "/job")
    assert "Sleep" in [job["jobName"] for job in jobs]
    assert s.done("GET", "/Job?Name=Sleep")["jobName"] == "Sleep"
    assert s.done("GET", "/job?filter=nothing*") == []
    s.done("PUT", "/variable", {"variableName": "One", "value": 5})
    assert "One" in [each["variableName"] for each in s.done("GET", "/variable")]
    assert s.done("GET", "/variable?name=One")["value"] == "5"
    assert s.done("GET", "/agent?name=localhost")["agentID"] == 1
    assert "localhost" in [agent["agentName"] for agent in s.done("GET", "/agent")]
    assert s.ask("GET", "/agent?nam=localhost")[0] == 422
    assert s.ask("GET", "/job?name=")[0] == 404


@pytest.mark.parametrize("address", ["agent", "batchqueue", "calendar", "namedtime"])
def test_a_name_may_stand_for_a_number(s: Script, address: str) -> None:
    member = {"agent": "agentName", "batchqueue": "queueName", "calendar": "calendarName"}.get(
        address, "timeName"
    )
    body: dict[str, Any] = {member: "By name", "startTime": 1, "endTime": 2}
    if address != "namedtime":
        body = {member: "By name"}
    if address == "agent":
        body |= {
            "agentType": "WinRM",
            "properties": [{"propertyName": "Address", "currentValue": "w.example"}],
        }
    s.done("PUT", f"/{address}", body)
    found = s.done("GET", f"/{address}/By%20name")
    assert found[member] == "By name"
    assert s.ask("GET", f"/{address}/nobody")[0] == 404
    s.done("DELETE", f"/{address}/By%20name", {"whatever": "a client sends"})
    assert s.ask("GET", f"/{address}/By%20name")[0] == 404


def test_jobs_and_folders_go_by_their_path_in_the_address(s: Script) -> None:
    assert s.done("GET", "/job/%5CSamples%5CSleep")["jobName"] == "Sleep"
    assert s.done("GET", "/folder/details/%5CSamples")["folderName"] == "Samples"
    assert s.done("GET", "/job/source/Sleep") == "sleep 0"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ({}, ""),
        (b"", ""),
        ("x", "x"),
        (5, "5"),
        (True, "true"),
        ({"value": "y"}, "y"),
        ({"Value": "1.5"}, "1.5"),
    ],
)
def test_a_variable_is_set_by_any_body(s: Script, body: Any, value: str) -> None:
    s.done("PUT", "/variable", {"variableName": "Set", "value": "before"})
    s.done("POST", "/variable/setvalue?name=Set", body)
    assert s.done("GET", "/variable?name=Set")["value"] == value


def test_a_date_stands_in_the_path_or_the_query(s: Script) -> None:
    today = "today=2026-11-28"
    assert s.done("GET", f"/date/evaluate/tomorrow?{today}") == "2026-11-29"
    assert s.done("GET", f"/date/Evaluate/first%20monday%20of%20month?{today}") == "2026-11-02"
    assert s.done("GET", f"/date/evaluate?date=tomorrow&{today}") == "2026-11-29"
    assert s.ask("GET", "/date/evaluate")[1]["member"] == "date"


def test_a_named_time_is_switched_by_an_action(s: Script) -> None:
    s.done("PUT", "/namedtime", {"timeName": "Switched", "startTime": 1, "endTime": 2})
    s.done("PUT", "/namedtime?name=Switched&action=disable")
    assert s.done("GET", "/namedtime?name=Switched")["enabled"] is False
    s.done("PUT", "/namedtime?Name=Switched&Action=Enable", {})
    assert s.done("GET", "/namedtime?name=Switched")["enabled"] is True
    assert s.ask("PUT", "/namedtime?name=Switched&action=paint")[0] == 422
    assert s.ask("PUT", "/namedtime?name=Nobody&action=enable")[0] == 404


def test_options_are_taken_where_they_say_nothing(s: Script) -> None:
    assert s.done("GET", "/history/job/1?searchOptions=none&startDate=2026-01-01T00:00:00Z") == []
    s.done("GET", "/schedule?options=IncludeTriggered&folderId=1&jobName=*")
    for asked in ("/history/job/1?searchOptions=Backwards", "/schedule?options=IncludeTriggered,Else"):
        status, problem = s.ask("GET", asked)
        assert status == 422 and "can only be" in problem["detail"]


def test_the_server_tells_of_itself_in_a_line_of_text(s: Script) -> None:
    assert s.done("GET", "/server", Accept="text/plain").startswith("JAMS ")
    for accept in ("*/*", "application/json, text/plain", "application/json, text/plain;q=0.9, */*"):
        assert s.done("GET", "/server", Accept=accept)["product"] == "JAMS"
    assert s.done("GET", "/job/source/Sleep", Accept="text/plain") == "sleep 0"
    assert s.done("GET", "/job/source/Sleep", Accept="*/*") == "sleep 0"


def test_a_submission_as_it_is_written_elsewhere(s: Script) -> None:
    info = s.done("GET", "/submit?name=Sleep")
    unset = {"totalSeconds": -1}
    spans = ("precheckInterval", "runawayElapsed", "scheduleFromTime", "scheduleToTime", "shortElapsed")
    for name in spans:
        assert info[name] == unset, name
    info |= {"hold": "true", "submitID": str(info["submitID"]), "debugMode": "False", "retainTime": unset}
    info |= {"scheduleFromTime": {"totalSeconds": 0}, "stalledTime": -1, "elements": None, "afterTimeUTC": ""}
    entry = s.done("POST", "/submit", {**info, "scheduleFromTime": unset})["jamsEntry"]
    assert s.done("GET", f"/entry/{entry}")["held"] is True
    s.done("PUT", f"/entry/{entry}/reschedule", {"holdTime": "2099-01-01T00:00:00Z", "priority": "7"})
    s.done("PUT", f"/entry/{entry}/release", {"releaseTypes": ["None"], "forcePresent": "false"})
    s.done("PUT", f"/entry/{entry}/delete", {"force": "true", "severity": 3, "comment": None})
    s.town.over(entry)


def test_a_run_is_submitted_again_with_its_values(s: Script) -> None:
    parameters = [{"paramName": "day", "defaultValue": "monday"}, {"paramName": "gone"}]
    s.done("POST", "/job", {**JOB, "jobName": "Again", "parameters": parameters})
    job = s.done("GET", "/job?name=Again")
    sent = {"name": "Again", "hold": True, "parameters": {"day": "friday", "gone": "x"}}
    entry = s.done("POST", "/submit/job", sent)["jamsEntry"]
    s.done("PUT", f"/entry/{entry}/delete", {"force": True})
    s.town.over(entry)
    run = s.done("GET", f"/history?jobid={job['jobID']}")[0]
    s.done("PUT", "/job", {"jobID": job["jobID"], "parameters": [*parameters[:1], {"paramName": "new"}]})
    address = f"/submit/resubmit/{job['jobID']}/{run['historyID']}"
    info = s.done("PUT", address, {})
    assert {p["paramName"]: p["paramValue"] for p in info["parameters"]} == {"day": "friday", "new": None}
    noted = s.done("PUT", address, {**info, "note": "again"})
    assert noted["note"] == "again" and noted["parameters"] == info["parameters"]
    bare = [{"propertyName": p["propertyName"]} for p in info["properties"]]
    assert s.done("PUT", address, {**info, "properties": bare})["properties"] == info["properties"]
    assert s.done("POST", "/submit", {**noted, "hold": True})["jamsEntry"] > entry
    assert s.ask("PUT", address, {"submitID": 1})[0] == 422
    assert s.ask("PUT", f"/submit/resubmit/{job['jobID']}/4711")[0] == 404
    s.town.admit("cid", ALL_RIGHTS - {HistoryInquiry.EXECUTE})
    assert Script(s.town, "cid").ask("PUT", address)[0] == 403


def test_only_documents_have_members_that_say_nothing() -> None:
    for struct in Document.__subclasses__():
        wires = set(struct.__struct_encode_fields__)
        assert not wires & set(struct.published_elsewhere), struct
        assert read_only_members(struct) <= set(struct.__struct_fields__)


def test_rows_of_the_schedule_have_what_is_published(s: Script) -> None:
    s.done("POST", "/job", {**JOB, "jobName": "Planned", "schedule": "Daily", "at": "00:01"})
    entry = s.done("POST", "/submit/job", {"name": "Planned"})["jamsEntry"]
    token = s.town.executing(entry)
    s.town.scheduler.run_ended(ended(token))
    s.town.over(entry)
    s.town.scheduler.wake()
    job = s.done("GET", "/job?name=Planned")
    period = "start=2030-01-01T00:00:00Z&end=2030-01-03T00:00:00Z"
    rows = s.done("GET", f"/schedule?{period}&jobName=Planned")
    assert len(rows) == 2
    for row in rows:
        assert row["estimatedStartDate"] == row["scheduledTime"] and row["jobState"] == "Timed"
        assert row["lastSuccess"] == job["lastSuccessUTC"] and row["lastError"] is None
        assert (row["completionDate"] is None) == (job["avgElapsedTime"] is None)
        assert row["jamsEntry"] is None
    told = {row["jamsEntry"] for row in s.done("GET", "/schedule?jobName=Planned")}
    entries = {each["jamsEntry"] for each in s.done("GET", "/entry") if each["jobName"] == "Planned"}
    assert told <= entries - {entry} | {None}


def test_types_and_platforms_of_agents_are_listed(s: Script) -> None:
    reached = {each["name"] for each in s.done("GET", "/agent/types") if each["obeyed"]}
    assert reached == {"Local", "WinRM"}
    assert "Unix" in {each["name"] for each in s.done("GET", "/agent/platforms")}


def test_why_something_may_be_done_is_told(s: Script) -> None:
    job = s.done("GET", "/job?name=Sleep")["jobID"]
    folder = s.done("GET", "/folder/details?name=%5CSamples")["folderID"]
    for asked in (f"jobId={job}", "jobName=Sleep", f"jobName=Sleep&folderId={folder}&isNameRelative=true"):
        told = s.done("GET", f"/job/access/Submit?{asked}")
        assert told["hasErrors"] is False and told["entries"][-1]["traceLevel"] == "Info", asked
    assert s.done("GET", f"/folder/access/AddJobs?folderId={folder}")["hasErrors"] is False
    assert s.done("GET", "/method/access/Inquire?methodName=Command")["hasErrors"] is False
    assert s.ask("GET", "/job/access/Submit?jobName=Nobody")[0] == 404
    assert s.ask("GET", f"/job/access/Submit?jobId={job}&id={job}")[0] == 422


def test_a_row_of_the_schedule_says_how_it_is_repeated_and_shows_its_job_on_request(s: Script) -> None:
    again = [
        {"propertyName": "Delay", "currentValue": {"totalSeconds": 14400}},
        {"propertyName": "EndTime", "currentValue": "12:30"},
        {"propertyName": "ResubmitOnError", "currentValue": True},
    ]
    repeats = {"elementName": "R", "elementTypeName": "Recurrence", "properties": again}
    s.done("POST", "/job", {**JOB, "jobName": "Hourly", "schedule": "Daily", "at": "08:00"})
    job = s.done("GET", "/job?name=Hourly")
    s.done("PUT", "/job", {"jobID": job["jobID"], "elements": [*job["elements"], repeats]})
    try:
        period = "start=2030-01-01T00:00:00Z&end=2030-01-02T00:00:00Z"
        row, *more = s.done("GET", f"/schedule?{period}&jobName=Hourly")
        assert len(more) == 1
        assert (row["resubmitBase"], row["resubmitDelay"]) == ("ScheduledTime", {"totalSeconds": 14400})
        assert (row["resubmitEnd"], row["resubmitOnError"]) == ({"totalSeconds": 45000}, True)
        assert (row["fullObject"], row["job"], row["elements"]) == (False, None, [])
        full = s.done("GET", f"/schedule?{period}&jobName=Hourly&full=true")[0]
        assert full["fullObject"] is True and full["job"]["qualifiedName"] == "\\Samples\\Hourly"
        assert [each["elementTypeName"] for each in full["elements"]] == ["ScheduleTrigger", "Recurrence"]
        plain = s.done("GET", f"/schedule?{period}&jobName=Planned")[0]
        assert plain["resubmitDelay"] == plain["resubmitEnd"] == {"totalSeconds": -1}
    finally:
        s.done("DELETE", f"/job/{job['jobID']}?force=true")


def test_an_entry_that_is_shown_alone_tells_of_the_file_of_its_log(s: Script) -> None:
    entry = s.done("POST", "/submit/job", {"name": "Sleep"})["jamsEntry"]
    token = s.town.executing(entry)
    s.town.scheduler.run_ended(ended(token))
    s.town.over(entry)
    text = s.done("GET", f"/entry/{entry}/log", Accept="text/plain")
    assert s.done("GET", f"/entry/{entry}")["logFile"] == {"length": len(text.encode())}
    listed = [each for each in s.done("GET", "/entry") if each["jamsEntry"] == entry]
    assert [each["logFile"] for each in listed] == [None]


def test_what_a_job_says_of_itself_to_people(s: Script) -> None:
    def documentation(kind: str, section: str, content: str, **more: Any) -> dict[str, Any]:
        said = {"DocumentationType": kind, "Section": section, "Content": content, **more}
        bag = [{"propertyName": name, "currentValue": value} for name, value in said.items()]
        return {"elementName": section, "elementTypeName": "Documentation", "properties": bag}

    s.done(
        "POST", "/folder", {"folderName": "Told", "elements": [documentation("Contact", "Team", "Call Ann")]}
    )
    elements = [
        documentation("Runbook", "If it <fails>", "Restart it.\n\nThen & only then\ncall."),
        documentation("Runbook", "Old", "Never shown", Enabled=False),
    ]
    parameters = [{"paramName": "day", "prompt": "Which day?"}, {"paramName": "inner", "hide": True}]
    said = {"jobName": "Load", "parentFolderName": "\\Told", "description": "Loads <it>"}
    s.done("POST", "/job", {**JOB, **said, "elements": elements, "parameters": parameters})
    html = s.done("GET", "/job/doc?name=%5CTold%5CLoad")
    assert html.startswith("<!DOCTYPE html>") and "<h1>\\Told\\Load</h1>" in html
    assert "<p>Loads &lt;it&gt;</p>" in html and "<h2>If it &lt;fails&gt;</h2>" in html
    assert "<p>Restart it.</p>\n<p>Then &amp; only then<br>\ncall.</p>" in html
    assert "<dt>day</dt><dd>Which day?</dd>" in html
    assert "Call Ann" in html and "Never shown" not in html and "inner" not in html
    number = s.done("GET", "/job?name=%5CTold%5CLoad")["jobID"]
    assert s.done("GET", f"/job/doc/{number}?doctype=None&rendertype=html") == html
    text = s.done("GET", f"/job/doc/{number}?docType=runbook&renderType=Text")
    assert "If it <fails>\nRestart it.\n" in text and "Call Ann" not in text
    assert s.done("GET", f"/job/doc/{number}?rendertype=Text", Accept="text/plain").startswith("\\Told\\Load")
    assert s.ask("GET", "/job/doc?name=Nothing")[0] == 404
    assert s.ask("GET", f"/job/doc/{number}?rendertype=PDF")[0] == 422
