"""What definitions were: kept with each change, shown, compared, and brought back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from jams.database import definition_documents, events, named_times, revisions, tables
from jams.objects.definitions import Job
from jams.objects.enums import ObjectType
from jams.objects.errors import AccessDenied, AlreadyExists, NotFound, RevisionNotFound
from jams.objects.essence import essence
from jams.objects.parts import ParamDef
from jams.operations import CATALOGUE, object_kinds, restoring
from jams.security.access import ALL_RIGHTS
from jams.security.rights import JobDefinitions
from tests.support.databases import KINDS, database
from tests.support.doors import basic
from tests.support.rest_script import Script
from tests.support.town import Town, town
from tests.unit.test_rest_sent_back import NOUNS, lasting

JOB = {"jobName": "J", "methodName": "Command", "source": "echo 1\necho 2\n", "description": "first"}


@pytest.fixture(params=KINDS)
def t(tmp_path: Any, request: pytest.FixtureRequest) -> Iterator[Town]:
    with database(request.param, tmp_path) as where, town(tmp_path, where) as made:
        made.admit("ann")
        made.admit("bob")
        yield made


@pytest.fixture
def s(t: Town) -> Script:
    return Script(t)


def _history(s: Script, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = s.done("GET", f"/{address}/revisions")
    return found


def test_each_change_tells_who_made_it_when_and_by_which_door(s: Script) -> None:
    s.done("POST", "/job", JOB)
    Script(s.town, "bob").done("PUT", "/job", {"jobName": "J", "description": "second"})
    job = s.done("GET", "/job?name=J")
    newer, older = _history(s, f"job/{job['jobID']}")
    assert (older["action"], older["lastChangedBy"], older["operation"]) == ("Added", "ann", "create_job")
    assert (newer["action"], newer["lastChangedBy"], newer["operation"]) == ("Changed", "bob", "change_job")
    assert newer["version"] == job["version"] > older["version"]
    assert newer["door"] == "REST" and newer["name"] == "\\J" and newer["objectType"] == "Job"
    assert newer["auditTime"] >= older["auditTime"]
    assert _history(s, "job/J") == [newer, older]


def test_every_definition_that_is_told_of_has_revisions_and_a_way_back() -> None:
    assert set(definition_documents.KINDS) == set(events._KINDS)
    assert set(restoring._WAYS) == set(definition_documents.KINDS)
    assert {kind.table for kind in object_kinds.KINDS.values()} == set(definition_documents.KINDS)
    for ways in restoring._WAYS.values():
        for name in (ways.change, ways.create):
            assert ways.parameter in {item.name for item in CATALOGUE[name].inputs}


def test_two_versions_are_compared_by_member(s: Script) -> None:
    day = {"paramName": "day", "defaultValue": "monday"}
    s.done("POST", "/job", {**JOB, "parameters": [day, {"paramName": "other"}]})
    changed = {"source": "echo 1\necho 3\n", "parameters": [{**day, "defaultValue": "friday"}]}
    s.done("PUT", "/job", {"jobName": "J", **changed})
    newer, older = _history(s, "job/J")
    told = s.done("GET", f"/job/J/revisions/{newer['version']}/difference")
    by_member = {each["member"]: (each["before"], each["after"]) for each in told}
    assert by_member == {
        "source": ("echo 1\necho 2\n", "echo 1\necho 3\n"),
        "parameters[day].defaultValue": ("monday", "friday"),
        "parameters[other]": ('{"paramName": "other"}', None),
    }
    lines = next(each["lines"] for each in told if each["member"] == "source")
    assert "-echo 2" in lines and "+echo 3" in lines
    address = f"/job/J/revisions/{older['version']}/difference?other={newer['version']}"
    assert s.done("GET", address) == told, "the older one comes first, whichever is named first"
    first = s.done("GET", f"/job/J/revisions/{older['version']}/difference")
    assert {"description", "source"} <= {each["member"] for each in first}


def test_a_job_becomes_again_what_it_was(s: Script) -> None:
    scheduled = {**JOB, "schedule": "Workdays", "at": "08:30", "parameters": [{"paramName": "p"}]}
    s.done("POST", "/job", scheduled)
    before = s.done("GET", "/job?name=J")
    other = {"jobName": "K", "schedule": "Mondays", "at": "09:00", "source": "x", "parameters": []}
    s.done("PUT", "/job", {"jobID": before["jobID"], **other})
    version = before["version"]
    told = s.done("POST", f"/job/{before['jobID']}/revisions/{version}/restore")
    assert told == f"Job \\J was changed. It is as in version {version}."
    after = s.done("GET", "/job?name=J")
    assert lasting(after) == lasting(before) and after["version"] > version
    newest = _history(s, "job/J")[0]
    assert (newest["operation"], newest["changeComment"]) == ("restore_revision", f"As in version {version}.")


@pytest.mark.parametrize("read", NOUNS)
def test_every_noun_comes_back_when_it_was_deleted(s: Script, read: str) -> None:
    s.done("POST", "/folder", {"folderName": "Kept"})
    for needed in ("/job?name=%5CKept%5CJ", "/calendar?name=C", "/setup?name=%5CKept%5CS"):
        if needed != read and read.startswith(("/setup", "/trigger", "/datetype", "/alert")):
            s.done("POST", *NOUNS[needed])
    address, document = NOUNS[read]
    s.done("POST", address, document)
    before = s.done("GET", read)
    name = read.partition("?")[2].partition("&")[0].removeprefix("name=") or read.rpartition("/")[2]
    s.done("DELETE", f"{address}?name={name}" if "cfg" not in read else read)
    kind = "setting" if address == "/cfg" else address.strip("/")
    gone, made = s.done("GET", f"/{kind}/{name}/revisions")[:2]
    assert gone["action"] == "Removed"
    s.done("POST", f"/{kind}/{name}/revisions/{made['version']}/restore")
    own = {"folderID", "jobID", "setupID", "variableId", "agentID", "queueID", "resourceID", "calendarID"}
    own |= {
        "credentialID",
        "dateTypeID",
        "timeID",
        "methodID",
        "triggerID",
        "alertID",
        "menuID",
        "inheritedFromId",
        "lastResetUTC",
    }
    assert lasting(s.done("GET", read), own) == lasting(before, own)


def test_what_was_removed_in_a_version_is_not_brought_back_from_it(s: Script) -> None:
    s.done("POST", "/job", JOB)
    s.done("DELETE", "/job?name=J")
    gone = _history(s, "job/J")[0]
    status, problem = s.ask("POST", f"/job/J/revisions/{gone['version']}/restore")
    assert (status, problem["code"]) == (409, "Conflict")
    s.done("POST", "/job", JOB)
    assert len(_history(s, "job/J")) == 1, "it is another one, with a history of its own"
    told = s.done("GET", "/revision?name=J&objectType=Job")
    assert [each["action"] for each in told] == ["Added", "Removed", "Added"]


def test_a_change_that_is_undone_leaves_no_revision(s: Script) -> None:
    s.done("POST", "/job", JOB)
    assert s.ask("PUT", "/job", {"jobName": "J", "methodName": "Cobol"})[0] == 404
    assert s.ask("POST", "/job", JOB)[0] == 409
    assert len(_history(s, "job/J")) == 1


def test_what_the_server_itself_did_is_found_at_the_next_change(s: Script, t: Town) -> None:
    s.done("POST", "/namedtime", {"timeName": "N", "startTime": 1, "endTime": 2, "enabled": True})
    number = s.done("GET", "/namedtime?name=N")["timeID"]
    t.desk.write(lambda c: named_times.set_enabled(c, number, enabled=False, user="JAMS"))
    assert len(_history(s, "namedtime/N")) == 1
    s.done("PUT", "/namedtime", {"timeName": "N", "description": "x"})
    changed, found, _ = _history(s, "namedtime/N")
    assert (found["lastChangedBy"], found["operation"], found["door"]) == ("JAMS", None, None)
    told = s.done("GET", f"/namedtime/N/revisions/{changed['version']}/difference")
    assert [each["member"] for each in told] == ["description"]
    told = s.done("GET", f"/namedtime/N/revisions/{found['version']}/difference")
    assert [(each["member"], each["before"], each["after"]) for each in told] == [("enabled", None, "false")]


def test_a_job_and_a_folder_are_shown_as_they_were(s: Script) -> None:
    s.done("POST", "/folder", {"folderName": "F", "description": "one"})
    s.done("POST", "/job", {**JOB, "parentFolderName": "\\F"})
    job, folder = s.done("GET", "/job?name=J"), s.done("GET", "/folder/details?name=%5CF")
    s.done("PUT", "/job", {"jobID": job["jobID"], "description": "second", "jobName": "K"})
    s.done("PUT", "/folder", {"folderID": folder["folderID"], "description": "two"})
    was = s.done("GET", f"/job/{job['jobID']}/version/{job['version']}")
    assert (was["jobName"], was["description"], was["version"]) == ("J", "first", job["version"])
    assert was["lastChangedBy"] == "ann" and was["qualifiedName"] == "\\F\\J"
    was = s.done("GET", f"/folder/version?name=%5CF&version={folder['version']}")
    assert was["description"] == "one"
    assert s.ask("GET", f"/job/{job['jobID']}/version/4711")[1]["code"] == "RevisionNotFound"


def test_only_who_may_look_at_them_is_told(s: Script, t: Town) -> None:
    s.done("POST", "/job", JOB)
    s.done("POST", "/folder", {"folderName": "F"})
    t.admit("cid", ALL_RIGHTS - {JobDefinitions.INQUIRE})
    assert [each.name for each in t.call("find_revisions", "cid")] == ["\\F"]
    with pytest.raises(AccessDenied):
        t.call("list_revisions", "cid", object_type=ObjectType.JOB, name="J")
    t.admit("dan", ALL_RIGHTS - {JobDefinitions.CHANGE})
    version = t.call("list_revisions", "dan", object_type=ObjectType.JOB, name="J")[0].version
    with pytest.raises(AccessDenied, match=r"JobDefinitions\.Change"):
        t.call("restore_revision", "dan", object_type=ObjectType.JOB, name="J", version=version)
    t.admit("eve", ALL_RIGHTS - {JobDefinitions.ADD})
    t.call("delete_job", "ann", name="J")
    with pytest.raises(AccessDenied, match=r"JobDefinitions\.Add"):
        t.call("restore_revision", "eve", object_type=ObjectType.JOB, name="J", version=version)


def test_what_is_to_be_encrypted_is_not_kept() -> None:
    secret = ParamDef(param_name="p", encrypt=True, default_value="mark", new_encrypted_value="mark")
    open_one = ParamDef(param_name="q", default_value="x")
    told = json.dumps(essence(Job(job_name="J", parameters=[secret, open_one])))
    assert "mark" not in told and '"q"' in told and '"x"' in told


def test_what_outlives_its_time_goes(s: Script, t: Town) -> None:
    s.done("POST", "/job", JOB)
    for text in "abcdef":
        s.done("PUT", "/job", {"jobName": "J", "description": text})
    s.done("POST", "/variable", {"variableName": "V", "value": "1"})
    s.done("DELETE", "/variable?name=V")
    now = datetime.now(UTC)
    prune = revisions.prune
    assert t.desk.write(lambda c: prune(c, now - timedelta(days=1), 3, 100)) == 4
    assert len(_history(s, "job/J")) == 3
    assert t.desk.write(lambda c: prune(c, now + timedelta(days=1), 3, 100)) == 4
    (left,) = s.done("GET", "/revision")
    document = json.loads(s.done("GET", f"/job/J/revisions/{left['version']}")["document"])
    assert document["description"] == "f"


def test_what_was_never_changed_has_no_revisions_yet(s: Script, t: Town) -> None:
    number = t.desk.job("\\old", source="x")
    t.desk.write(lambda c: c.execute(delete(tables.revision)))
    assert _history(s, f"job/{number}") == []
    with pytest.raises(NotFound):
        t.call("list_revisions", "ann", object_type=ObjectType.JOB, id=4711)
    with pytest.raises(RevisionNotFound):
        t.call("get_revision", "ann", object_type=ObjectType.JOB, id=number, version=4711)
    s.done("PUT", "/job", {"jobID": number, "description": "new"})
    newer, older = _history(s, f"job/{number}")
    assert older["operation"] is None and newer["operation"] == "change_job"


def test_a_list_goes_on_behind_what_was_listed(s: Script) -> None:
    for text in "abcde":
        s.done("PUT", "/variable", {"variableName": "V", "value": text})
    everything = s.done("GET", "/variable/V/revisions")
    found, address = [], "/JAMS/api/variable/V/revisions?limit=2"
    while address:
        answer = s.client.get(address, headers=basic("ann"))
        assert answer.status_code == 200, (address, answer.text)
        found += answer.json
        link = answer.headers.get("Link", "")
        address = "/JAMS" + link.partition("/JAMS")[2].partition(">")[0] if link else ""
    assert found == everything and len(found) == 5


def test_names_of_folders_do_not_stand_in_the_way(s: Script) -> None:
    s.done("POST", "/folder", {"folderName": "F"})
    s.done("POST", "/job", {**JOB, "parentFolderName": "\\F"})
    version = s.done("GET", "/job?name=J")["version"]
    s.done("PUT", "/job", {"jobName": "J", "parentFolderName": "\\F", "description": "x"})
    s.done(
        "PUT",
        "/folder",
        {"folderID": s.done("GET", "/folder/details?name=%5CF")["folderID"], "folderName": "G"},
    )
    s.done("POST", f"/job/J/revisions/{version}/restore")
    assert s.done("GET", "/job?name=J")["qualifiedName"] == "\\G\\J"
    s.done("POST", "/job", {**JOB, "jobName": "L"})
    s.done("PUT", "/job", {"jobID": s.done("GET", "/job?name=J")["jobID"], "jobName": "M"})
    s.done("POST", "/job", {**JOB, "parentFolderName": "\\G"})
    with pytest.raises(AlreadyExists):
        s.town.call("restore_revision", "ann", object_type=ObjectType.JOB, name="M", version=version)
