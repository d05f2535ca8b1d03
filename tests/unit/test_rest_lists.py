"""Lists: pages that neither repeat nor lose anything, the members and the order that are wanted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.rest_script import Script
from tests.support.town import town

PROPERTY = {"propertyName": "SchedulingPriority", "currentValue": 3}


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    with town(tmp_path_factory.mktemp("lists")) as t:
        t.admit("ann")
        script = Script(t)
        for name, said in (("B", "x"), ("a", "z"), ("C & D", "y"), ("e", "w"), ("F", "v")):
            job = {"jobName": name, "methodName": "Command", "source": "x", "description": said}
            script.done("POST", "/job", {**job, "properties": [PROPERTY] if name == "e" else []})
        for _ in range(5):
            script.done("POST", "/submit/job", {"name": "B", "hold": True})
        for number in (1, 2, 3, 4):
            script.done("PUT", f"/entry/{number}/delete", {"force": True})
            t.over(number)
        yield script


def _walk(s: Script, target: str, member: str) -> list[Any]:
    """What all pages hold."""
    return [item[member] for items in s.pages(target, most=20) for item in items]


def test_pages_hold_every_job_once(s: Script) -> None:
    everything = [job["qualifiedName"] for job in s.done("GET", "/job")]
    assert len(everything) == 5
    for limit in (1, 2, 3, 5, 6):
        assert _walk(s, f"/job?limit={limit}", "qualifiedName") == everything
    _, headers = s.page("/job?limit=5")
    assert "Link" not in headers, "the last page says that it is the last"


def test_pages_hold_everything_once_where_many_bear_the_same_name(s: Script) -> None:
    """All remarks on an entry are known by who has made them."""
    everything = [item["message"] for item in s.done("GET", "/EntryAuditTrail/1")]
    assert len(everything) > 1
    assert _walk(s, "/EntryAuditTrail/1?limit=1", "message") == everything


def test_a_page_goes_on_where_what_it_ended_with_is_gone(s: Script) -> None:
    s.done("POST", "/job", {"jobName": "Gone", "methodName": "Command", "source": "x"})
    first, headers = s.page("/job?limit=5&filter=*")
    assert "Link" in headers
    s.done("DELETE", f"/job?name={first[-1]['qualifiedName']}")
    rest, _ = s.page(f"/job?after={first[-1]['qualifiedName']}")
    try:
        assert not {job["jobName"] for job in rest} & {job["jobName"] for job in first}
        assert len(rest) == 1
    finally:
        for job in s.done("GET", "/job?filter=Gone"):
            s.done("DELETE", f"/job/{job['jobID']}")
        if first[-1]["jobName"] != "Gone":
            s.done("POST", "/job", {**first[-1], "jobID": None, "version": None})


def test_the_history_tells_that_it_was_cut_and_goes_on(s: Script) -> None:
    runs = [run["historyID"] for run in s.done("GET", "/history")]
    assert len(runs) == 4
    for limit in (1, 2, 3, 4):
        assert _walk(s, f"/history?limit={limit}", "historyID") == runs
        assert _walk(s, f"/history/job?name=B&limit={limit}", "historyID") == runs
    _, headers = s.page("/history?limit=3")
    assert headers["X-Truncated"] == "true"
    _, headers = s.page("/history?limit=5")
    assert "X-Truncated" not in headers and "Link" not in headers
    assert s.ask("GET", "/history?beyond=4711")[0] == 404


def test_what_ends_meanwhile_is_not_listed_twice(s: Script) -> None:
    first, headers = s.page("/history?limit=2")
    entry = s.done("POST", "/submit/job", {"name": "B", "hold": True})["jamsEntry"]
    s.done("PUT", f"/entry/{entry}/delete", {"force": True})
    s.town.over(entry)
    parts = urlsplit(headers["Link"].partition(";")[0].strip("<>"))
    second, _ = s.page(f"/history?{parts.query}")
    seen = [run["historyID"] for run in first + second]
    assert len(seen) == len(set(seen)) == 4


def test_entries_are_paged_from_the_newest_on(s: Script) -> None:
    everything = [entry["jamsEntry"] for entry in s.done("GET", "/entry")]
    newest, headers = s.page("/entry?limit=2")
    assert [entry["jamsEntry"] for entry in newest] == everything[-2:]
    assert "before=" in headers["Link"] and headers["X-Truncated"] == "true"
    assert sorted(_walk(s, "/entry?limit=2", "jamsEntry")) == everything


def test_what_is_only_given_is_null_in_answers(s: Script) -> None:
    """So a script that sets the password of what it got finds the member, as in the published interface."""
    given = ("password", "keyFileContent", "keyFilePassword")
    s.done("POST", "/credential", {"credentialName": "Shown", "password": "s3cret"})
    shown = s.done("GET", "/credential?name=Shown")
    answers = [
        shown,
        *s.done("GET", "/credential"),
        *s.done("GET", "/credential?limit=1"),
        s.done("PUT", "/credential/keys/generate/Ed25519?name=Shown"),
    ]
    assert all({member: answer[member] for member in given} == dict.fromkeys(given) for answer in answers)
    assert s.done("GET", "/credential?name=Shown&fields=password") == {"password": None}
    s.done("PUT", "/credential", {**shown, "version": None, "description": "sent back"})


def test_the_members_that_are_wanted(s: Script) -> None:
    assert s.done("GET", "/job?name=B&fields=jobName,DESCRIPTION") == {"jobName": "B", "description": "x"}
    listed = s.done("GET", "/job?fields=jobName")
    assert all(set(job) == {"jobName"} for job in listed)
    assert set(s.done("GET", "/entry?fields=jamsEntry,currentState&limit=1")[0]) == {
        "jamsEntry",
        "currentState",
    }
    twice = s.done("GET", "/job?name=B&fields=jobName&fields=description")
    assert twice == {"jobName": "B", "description": "x"}
    status, problem = s.ask("GET", "/job?fields=jobNam")
    assert status == 422 and "Did you mean jobName?" in problem["detail"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("jobName", ["a", "B", "C & D", "e", "F"]),
        ("-jobName", ["F", "e", "C & D", "B", "a"]),
        ("description", ["F", "e", "B", "C & D", "a"]),
        ("methodName,-description", ["a", "C & D", "B", "e", "F"]),
    ],
)
def test_the_order_that_is_wanted(s: Script, sort: str, names: list[str]) -> None:
    assert [job["jobName"] for job in s.done("GET", f"/job?sort={sort}")] == names
    assert _walk(s, f"/job?sort={sort}&limit=2", "jobName") == names


def test_how_many_there_are_is_told_on_request(s: Script) -> None:
    items, headers = s.page("/job?limit=2&total=true&fields=jobID")
    assert headers["X-Total-Count"] == "5" and len(items) == 2
    assert "X-Total-Count" not in s.page("/job?limit=2")[1]


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "limit=0",
            "limit=x",
            "limit=10001",
            "total=perhaps",
            "sort=properties",
            "sort=x",
            "sort=-",
            "tops=1",
        ),
        *(
            "limit=1&limit=2",
            "limit=1&Limit=1",
            "total=true&total=false",
            "light=true&light=false",
            "after=a&after=b",
        ),
    ],
)
def test_what_cannot_be_given_is_refused(s: Script, asked: str) -> None:
    assert s.ask("GET", f"/job?{asked}")[0] == 422


def test_the_light_form_means_the_same(s: Script) -> None:
    light = {job["jobName"]: job for job in s.done("GET", "/job?light=true")}
    assert light["B"]["properties"] == []
    assert [each["propertyName"] for each in light["e"]["properties"]] == ["SchedulingPriority"]
    before = s.done("GET", "/job?name=e")
    s.done("PUT", "/job", light["e"])
    after = s.done("GET", "/job?name=e")
    assert after["properties"] == before["properties"] and len(after["properties"]) > 1
    assert len(json.dumps(light)) * 5 < len(json.dumps(s.done("GET", "/job")))
