"""Access lists of objects: what may not be seen is not there, what is not allowed is not done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import object_access
from jams.objects.enums import ObjectType
from jams.objects.errors import (
    AccessDenied,
    AgentNotFound,
    EntryNotFound,
    FolderNotFound,
    InvalidArgument,
    JobNotFound,
    NotFound,
    VariableNotFound,
)
from jams.security.access import ALL_RIGHTS
from jams.security.object_lists import Line, ObjectLists, Reach, Verdict
from jams.security.rights import AccessControl, FolderDefinitions
from tests.support.rest_script import Script
from tests.support.schedule import ended
from tests.support.town import Town, town

BELOW = "ThisFolderSubfoldersAndJobs"
WITHOUT_CONTROL = ALL_RIGHTS - {AccessControl.CHANGE, FolderDefinitions.CONTROL}


@pytest.fixture
def t(tmp_path: Path, place: Path | str) -> Iterator[Town]:
    with town(tmp_path, place) as made:
        made.admit("boss", passes=True)
        made.admit("ann", WITHOUT_CONTROL)
        made.admit("bob", WITHOUT_CONTROL)
        script = Script(made, "boss")
        for name, parent in (("Open", "\\"), ("Closed", "\\"), ("Deep", "\\Closed")):
            script.done("POST", "/folder", {"folderName": name, "parentFolderName": parent})
        for place in ("\\Open", "\\Closed", "\\Closed\\Deep"):
            job = {"jobName": "j" + place[-1], "parentFolderName": place, "methodName": "Command"}
            script.done("POST", "/job", {**job, "source": "true"})
            script.done("POST", "/variable", {"variableName": "v", "parentFolderName": place, "value": "1"})
        yield made


def line(who: str, rights: str, flags: str = BELOW) -> dict[str, Any]:
    return {"identifier": who, "accessList": rights.split(), "flags": flags}


def close(t: Town, path: str, *lines: dict[str, Any], who: str = "boss") -> str:
    told: str = Script(t, who).done("PATCH", f"/folder?name={path}", {"acl": {"genericACL": list(lines)}})
    return told


def own(t: Town, job: str, *lines: dict[str, Any], who: str = "boss") -> Any:
    return Script(t, who).ask("PATCH", f"/job?name={job}", {"acl": {"genericACL": list(lines)}})


def jobs(t: Town, who: str) -> list[str]:
    return [each.qualified_name for each in t.call("find_jobs", who)]


def test_what_may_not_be_seen_is_not_there(t: Town) -> None:
    close(t, "\\Closed", line("ann", "Inquire InquireJobs Monitor Submit"))
    for who, seen in (("ann", True), ("bob", False)):
        expected = ["\\Closed\\jd", "\\Closed\\Deep\\jp", "\\Open\\jn"] if seen else ["\\Open\\jn"]
        assert sorted(jobs(t, who)) == sorted(expected)
        paths = [each.qualified_name for each in t.call("get_folder_children", who)]
        assert ("\\Closed" in paths) == seen
        assert len(t.call("find_variables", who)) == (3 if seen else 1)
        exported = t.call("export_xml", who, folder="\\")
        assert ("Closed" in exported) == seen
    number = t.call("get_job", "boss", name="\\Closed\\jd").job_id
    for inputs in ({"name": "\\Closed\\jd"}, {"name": "jd"}, {"id": number}):
        with pytest.raises(JobNotFound):
            t.call("get_job", "bob", **inputs)
    for operation in ("get_job_source", "delete_job", "get_job_version"):
        more = {"version": 1} if operation == "get_job_version" else {}
        with pytest.raises(NotFound):
            t.call(operation, "bob", id=number, **more)
    with pytest.raises(FolderNotFound):
        t.call("find_jobs", "bob", name="\\Closed")
    with pytest.raises(FolderNotFound):
        t.call("get_folder", "bob", name="\\Closed\\Deep")
    with pytest.raises(VariableNotFound):
        t.call("set_variable_value", "bob", name="\\Closed\\v", value="2")
    assert "bob" not in t.call("get_job", "ann", name="jd").qualified_name


def test_entries_and_history_of_what_is_closed_are_not_there(t: Town) -> None:
    open_one = t.call("submit_job", "boss", name="\\Open\\jn", hold=True).jams_entry
    closed_one = t.call("submit_job", "boss", name="\\Closed\\Deep\\jp", hold=True).jams_entry
    close(t, "\\Closed", line("ann", "Monitor Manage"))
    assert [each.jams_entry for each in t.call("find_entries", "bob")] == [open_one]
    assert [each.jams_entry for each in t.call("find_entries", "ann")] == [open_one, closed_one]
    assert t.call("get_server_status", "bob").entries_waiting == 1
    assert t.call("get_server_status", "ann").entries_waiting == 2
    for operation in ("get_entry", "hold_entry", "get_entry_log", "get_entry_waits"):
        with pytest.raises(EntryNotFound):
            t.call(operation, "bob", id=closed_one)
    assert not [e for e in t.call("find_events", "bob", after="0").items if "Closed" in e.name]
    assert [e for e in t.call("find_events", "boss", after="0").items if "Closed" in e.name]
    t.call("release_entry", "ann", id=closed_one)
    with pytest.raises(AccessDenied, match="Abort"):
        t.call("cancel_entry", "ann", id=closed_one)
    token = t.executing(closed_one)
    t.scheduler.run_ended(ended(token))
    t.over(closed_one)
    assert len(t.call("find_history", "ann")) == 1
    assert t.call("find_history", "bob") == []
    assert t.call("search_history", "bob").count == 0
    assert not [r for r in t.call("find_revisions", "bob") if "Closed" in r.name]


def test_it_takes_both_area_and_object(t: Town) -> None:
    close(t, "\\Closed", line("ann", "Inquire Monitor"), line("bob", "Inquire Submit Change Delete AddJobs"))
    with pytest.raises(AccessDenied, match=r"ann lacks the right Submit on job \\Closed\\jd"):
        t.call("submit_job", "ann", name="\\Closed\\jd")
    with pytest.raises(AccessDenied, match="Change"):
        t.call("set_variable_value", "ann", name="\\Closed\\v", value="2")
    job = {"jobName": "new", "parentFolderName": "\\Closed", "methodName": "Command", "source": "true"}
    script = Script(t, "ann")
    assert script.ask("POST", "/job", job)[0] == 403
    assert script.ask("PATCH", "/job?name=\\Closed\\jd", {"description": "x"})[0] == 403
    assert script.ask("DELETE", "/job?name=\\Closed\\jd")[0] == 403
    script = Script(t, "bob")
    assert "created" in script.done("POST", "/job", job)
    assert "changed" in script.done("PATCH", "/job?name=\\Closed\\jd", {"description": "x"})
    assert t.call("submit_job", "bob", name="\\Closed\\jd", hold=True).jams_entry
    assert "deleted" in script.done("DELETE", "/job?name=\\Closed\\new")
    t.admit("bob", {each for each in WITHOUT_CONTROL if str(each) != "JobDefinitions.Change"})
    assert script.ask("PATCH", "/job?name=\\Closed\\jd", {"description": "y"})[0] == 403


def test_a_job_is_not_moved_out_of_what_closes_it(t: Town) -> None:
    close(t, "\\Closed", line("ann", "Inquire Change"), line("bob", "Inquire Change Delete"))
    moved = {"parentFolderName": "\\Open"}
    status, problem = Script(t, "ann").ask("PATCH", "/job?name=\\Closed\\jd", moved)
    assert (status, "Delete" in problem["detail"]) == (403, True)
    assert Script(t, "bob").ask("PATCH", "/job?name=\\Closed\\jd", moved)[0] == 200
    assert Script(t, "bob").ask("PATCH", "/job?name=\\Open\\jd", {"parentFolderName": "\\Closed"})[0] == 403


def test_a_folder_that_is_not_empty_counts_nothing_that_is_closed(t: Town) -> None:
    own(t, "\\Closed\\Deep\\jp", line("ann", "Inquire", "0"))

    def told(who: str, folder: str) -> Any:
        status, problem = Script(t, who).ask("DELETE", f"/folder?name={folder}")
        return status, problem["detail"]

    seen = "Folder \\Closed holds 1 folder, 1 job, 1 variable: delete them first."
    assert told("boss", "\\Closed") == (409, seen)
    closed = "Folder \\Closed\\Deep holds 1 variable, what you may not look at: delete them first."
    assert told("bob", "\\Closed\\Deep") == (409, closed)


def test_who_may_not_control_changes_no_list_by_whatever_way(t: Town) -> None:
    close(t, "\\Closed", line("ann", "Inquire Change Delete AddJobs"), line("bob", "Inquire Change Control"))
    mine = line("ann", "Inquire Change Delete Submit Control", "0")
    assert own(t, "\\Closed\\jd", mine, who="ann")[0] == 403
    assert own(t, "\\Open\\jn", mine, who="ann")[0] == 403  # no list is there: the area's Control decides
    job = {"jobName": "new", "parentFolderName": "\\Closed", "methodName": "Command"}
    assert Script(t, "ann").ask("POST", "/job", {**job, "acl": {"genericACL": [mine]}})[0] == 403
    assert Script(t, "ann").ask("PATCH", "/folder?name=\\Closed", {"acl": {"genericACL": []}})[0] == 403
    assert Script(t, "ann").ask("PATCH", "/folder?name=\\Open", {"acl": {"genericACL": [mine]}})[0] == 403
    assert own(t, "\\Closed\\jd", line("ann", "Inquire Change", "0"), who="bob")[0] == 200
    versions = [r.version for r in t.call("list_revisions", "boss", object_type=ObjectType.JOB, name="jd")]
    with pytest.raises(AccessDenied):
        t.call("restore_revision", "ann", object_type=ObjectType.JOB, name="jd", version=versions[-1])


def test_own_lines_come_first_then_the_nearest_folder(t: Town) -> None:
    close(t, "\\Closed", line("*", "Inquire Monitor"))
    close(t, "\\Closed\\Deep", line("bob", ""))
    assert "\\Closed\\Deep\\jp" not in jobs(t, "bob")
    assert "\\Closed\\Deep\\jp" in jobs(t, "ann")
    assert own(t, "\\Closed\\Deep\\jp", line("bob", "Inquire", "0"))[0] == 200
    assert "\\Closed\\Deep\\jp" in jobs(t, "bob")
    assert "\\Closed\\Deep\\jp" in jobs(t, "ann")


def test_a_list_that_means_nothing_is_refused(t: Town) -> None:
    for bad in (line("ann", "Fly"), line("ann", "Inquire", "Upwards"), line("ann+", "Inquire")):
        status, problem = Script(t, "boss").ask(
            "PATCH", "/folder?name=\\Open", {"acl": {"genericACL": [bad]}}
        )
        assert (status, problem["code"]) == (422, "InvalidArgument"), bad
    assert own(t, "\\Open\\jn", {**line("ann", "", "0"), "accessList": [" "]})[0] == 422
    assert own(t, "\\Open\\jn", line("ann", "Inquire", BELOW))[0] == 422  # a job passes nothing down
    assert t.desk.read(object_access.all_lists) == {}


def test_agents_and_their_kind_have_lists(t: Town) -> None:
    script = Script(t, "boss")
    given = {"acl": {"genericACL": [line("ann", "Inquire", "0")]}}
    for address, listed in (
        ("/agent?name=localhost", "list_agents"),
        ("/calendar?name=Default", "list_calendars"),
    ):
        script.done("PATCH", address, given)
        assert (len(t.call(listed, "ann")), len(t.call(listed, "bob"))) == (1, 0)
    for kind, named in (("queue", "queueName"), ("resource", "resourceName"), ("menu", "menuName")):
        address = {"queue": "/batchqueue"}.get(kind, f"/{kind}")
        assert script.ask("POST", address, {named: "x", **given})[0] == 201
    for listed in ("list_queues", "list_resources", "list_menus"):
        assert (len(t.call(listed, "ann")), len(t.call(listed, "bob"))) == (1, 0)
    with pytest.raises(AgentNotFound):
        t.call("get_agent", "bob", name="localhost")


def test_who_submits_needs_the_agent_the_queue_and_the_resources_too(t: Town) -> None:
    script = Script(t, "boss")
    script.done("POST", "/batchqueue", {"queueName": "slow"})
    script.done("POST", "/resource", {"resourceName": "tape", "quantityAvailable": 1})
    needs = {
        "elementName": "tape",
        "elementTypeName": "ResourceRequirement",
        "properties": [{"propertyName": "Resource", "currentValue": "tape"}],
    }
    job = {
        "jobName": "Needy",
        "methodName": "Command",
        "source": "true",
        "properties": [{"propertyName": "BatchQueue", "currentValue": "slow"}],
        "elements": [needs],
    }
    script.done("POST", "/job", job)
    asked = {"name": "\\Needy", "hold": True}
    assert Script(t, "bob").ask("POST", "/submit/job", asked)[0] == 200
    for address, right in (
        ("/batchqueue?name=slow", "Submit"),
        ("/resource?name=tape", "Acquire"),
        ("/agent?name=localhost", "Submit"),
    ):
        lines = [line("ann", f"Inquire {right}", "0"), line("*", "Inquire", "0")]
        script.done("PATCH", address, {"acl": {"genericACL": lines}})
        assert Script(t, "ann").ask("POST", "/submit/job", asked)[0] == 200
        status, told = Script(t, "bob").ask("POST", "/submit/job", asked)
        assert (status, told["code"]) == (403, "AccessDenied") and f"lacks the right {right}" in told[
            "detail"
        ]
        if right == "Acquire":
            number = t.call("submit_job", "boss", name="\\Open\\jn").jams_entry
            t.executing(number)
            taken = {"jamsEntry": number}
            assert Script(t, "bob").ask("POST", "/resource/tape/acquire", taken)[0] == 403
            assert Script(t, "ann").ask("POST", "/resource/tape/acquire", taken)[0] == 200
        script.done("PATCH", address, {"acl": {"genericACL": []}})


def test_who_may_debug_alone_submits_to_debug(t: Town) -> None:
    close(t, "\\Closed", line("bob", "Inquire InquireJobs Debug"))
    asked = {"name": "\\Closed\\jd", "hold": True}
    assert Script(t, "bob").ask("POST", "/submit/job", asked)[0] == 403
    info = Script(t, "bob").done("GET", "/submit?name=%5CClosed%5Cjd")
    assert Script(t, "bob").ask("POST", "/submit", {**info, "debugMode": True})[0] == 200
    assert Script(t, "bob").ask("POST", "/submit", info)[0] == 403


def test_permissions_tell_which_line_decides(t: Town) -> None:
    close(t, "\\Closed", line("ann", "Inquire InquireJobs Monitor"))
    number = t.call("get_job", "boss", name="\\Closed\\jd").job_id
    for access, expected in (("Inquire", True), ("Submit", False), ("Control", False)):
        assert (
            t.call("check_permission", "ann", object_type=ObjectType.JOB, id=number, access=access)
            is expected
        )
    told = t.call(
        "explain_permission", "ann", object_type=ObjectType.JOB, name="\\Closed\\jd", access="Submit"
    )
    assert told.has_errors
    assert any(
        "Line 1 of the access list of folder \\Closed, which is passed down, is the first" in each.message
        for each in told.entries
    )
    told = t.call("explain_permission", "ann", object_type=ObjectType.JOB, name="\\Open\\jn", access="Submit")
    assert not told.has_errors and any(
        "No access list is on the way" in each.message for each in told.entries
    )
    with pytest.raises(JobNotFound):
        t.call("explain_permission", "bob", object_type=ObjectType.JOB, id=number, access="Submit")


def test_what_a_list_says_is_gone_with_it(t: Town) -> None:
    close(t, "\\Closed", line("ann", "Inquire"))
    assert len(jobs(t, "bob")) == 1
    close(t, "\\Closed")
    assert len(jobs(t, "bob")) == 3


@pytest.mark.parametrize("flags", object_access.FLAGS)
@pytest.mark.parametrize("place", ["folder", "job", "subfolder", "job below"])
def test_flags_say_for_what_a_line_counts(flags: str, place: str) -> None:
    lists = ObjectLists(
        {("folder", 2): (Line("ann", frozenset({"Inquire"}), object_access.FLAGS[flags]),)},
        {1: None, 2: 1, 3: 2},
        {},
    )
    reach = Reach(lists, frozenset({"ann"}))
    of = {"folder": ("folder", 2), "job": ("job", 9), "subfolder": ("folder", 3), "job below": ("job", 9)}
    within = {"job": 2, "job below": 3}.get(place)
    counts = {
        "ThisFolderOnly": {"folder"},
        "ThisFolderAndJobs": {"folder", "job"},
        "ThisFolderAndSubfolders": {"folder", "subfolder"},
        "ThisFolderSubfoldersAndJobs": {"folder", "job", "subfolder", "job below"},
        "JobsOnly": {"job"},
        "SubfoldersOnly": {"subfolder"},
        "SubfoldersAndJobsOnly": {"job", "subfolder", "job below"},
    }[flags]
    kind, id = of[place]
    found = reach.verdict(kind, id, within)
    expected = Verdict(frozenset({"Inquire"}), ("folder", 2), 1, "ann")
    assert found == (expected if place in counts else None)


def test_lists_are_told_in_the_document(t: Town) -> None:
    close(t, "\\Closed", line("ann", "Inquire"))
    acl = t.call("get_folder", "ann", name="\\Closed").acl
    assert [(each.identifier, each.access_list, each.flags) for each in acl.generic_acl] == [
        ("ann", ["Inquire"], BELOW)
    ]
    with pytest.raises(InvalidArgument):
        t.call("check_permission", "ann", object_type=ObjectType.FOLDER, id=1, access="Paint")
