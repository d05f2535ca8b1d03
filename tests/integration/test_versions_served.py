"""Nobody overwrites what he has not seen: many callers of a served JAMS, in one process and apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from jams.client import Server
from jams.objects.definitions import Job
from jams.objects.errors import JobNotFound, UnknownArgument, VersionConflict
from tests.support import databases
from tests.support.commandline import environment, run
from tests.support.running import Running, configure, running, start_web_services

CALLERS = 50
MERGE_PATCH = "application/merge-patch+json"


@pytest.fixture(scope="module", params=["embedded", "separate", "postgresql"])
def jams(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp(request.param) / "home"
    kind = "postgresql" if request.param == "postgresql" else "sqlite"
    with databases.database(kind, home.parent) as place:
        configure(home, **databases.connection_to(place))
        with running(home) as together:
            if request.param != "separate":
                yield together
                return
            apart = start_web_services(home.parent / "web", together)
            yield apart
            apart.kill_tree()


class Answer:
    """An answer: status, headers and what the body says."""

    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.headers = status, headers
        self.body: Any = json.loads(body) if body else None

    @property
    def tag(self) -> str:
        return str(self.headers["ETag"])


def ask(jams: Running, verb: str, path: str, body: Any = None, **headers: str) -> Answer:
    parts = urlsplit(jams.url)
    client = HTTPConnection(parts.hostname or "", parts.port, timeout=40)
    sent = {"Authorization": f"Bearer {jams.token}", "Content-Type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    content = None if body is None else json.dumps(body)
    try:
        client.request(verb, f"{parts.path}/api{path}", content, sent)
        answer = client.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        client.close()


@pytest.fixture
def name(jams: Running, request: pytest.FixtureRequest) -> str:
    """A job of the test's own."""
    found = "".join(letter for letter in request.node.name if letter.isalnum())
    made = ask(jams, "POST", "/job", {"jobName": found, "source": "true", "description": "First."})
    assert made.status == 201, made.body
    return found


def test_many_who_change_what_they_have_seen_lose_nothing(jams: Running, name: str) -> None:
    refused = []

    def add(number: int) -> None:
        while True:
            job = ask(jams, "GET", f"/job?name={name}").body
            job["tags"].append({"tagName": f"t{number}"})
            answer = ask(jams, "PUT", "/job", job)
            if answer.status == 200:
                return
            assert (answer.status, answer.body["code"]) == (412, "VersionConflict")
            refused.append(number)

    with ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(add, range(CALLERS)))
    tags = ask(jams, "GET", f"/job?name={name}").body["tags"]
    assert sorted(tag["tagName"] for tag in tags) == sorted(f"t{number}" for number in range(CALLERS))
    assert refused, "they did meet"


def test_of_many_who_have_seen_the_same_one_changes_it(jams: Running, name: str) -> None:
    tag = ask(jams, "GET", f"/job?name={name}").tag

    def change(number: int) -> int:
        said = {"description": f"by {number}"}
        return ask(jams, "PATCH", f"/job?name={name}", said, Content_Type=MERGE_PATCH, If_Match=tag).status

    with ThreadPoolExecutor(CALLERS) as pool:
        statuses = list(pool.map(change, range(CALLERS)))
    assert sorted(statuses) == [200, *[412] * (CALLERS - 1)]
    shown = ask(jams, "GET", f"/job?name={name}").body
    assert shown["description"] == f"by {statuses.index(200)}"


def test_who_demand_nothing_keep_what_each_has_named(jams: Running, name: str) -> None:
    said = [{"description": "Second."}, {"source": "false"}, {"tags": [{"tagName": "a"}]}, {"tagIds": [7]}]

    def change(number: int) -> None:
        answer = ask(jams, "PUT", "/job", {"jobName": name, **said[number % len(said)]})
        assert answer.status == 200, answer.body

    with ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(change, range(CALLERS)))
    shown = ask(jams, "GET", f"/job?name={name}").body
    assert (shown["description"], shown["source"], shown["tagIds"]) == ("Second.", "false", [7])
    assert [tag["tagName"] for tag in shown["tags"]] == ["a"]


def test_tags_of_answers(jams: Running, name: str) -> None:
    first = ask(jams, "GET", f"/job?name={name}")
    number, version = first.body["jobID"], first.body["version"]
    assert first.tag.startswith(f'"{version}.')
    assert ask(jams, "GET", f"/job/{number}").tag == first.tag
    for known in (first.tag, f"W/{first.tag}", f'"x", {first.tag}'):
        again = ask(jams, "GET", f"/job/{number}", If_None_Match=known)
        assert (again.status, again.body, again.tag) == (304, None, first.tag)
    for verb in ("GET", "HEAD"):
        assert ask(jams, verb, f"/job/{number}", If_None_Match=f'"{version}"').status == 200
    assert ask(jams, "GET", f"/job/{number}", If_Match='"1"').status == 412
    assert ask(jams, "PATCH", f"/job/{number}", {"description": "x"}).status == 200
    changed = ask(jams, "GET", f"/job/{number}", If_None_Match=first.tag)
    assert changed.status == 200 and changed.body["version"] > version
    assert "ETag" not in ask(jams, "GET", "/job/folder?name=\\").headers


def test_conditions_of_changes(jams: Running, name: str) -> None:
    number = ask(jams, "GET", f"/job?name={name}").body["jobID"]
    first = ask(jams, "GET", f"/job/{number}")
    for form in ("{tag}", '"{version}"', '"1", {tag}', "*"):
        met = form.format(tag=first.tag, version=first.body["version"])
        assert ask(jams, "PUT", "/job", {"jobID": number}, If_Match=met).status == 200, form
        first = ask(jams, "GET", f"/job/{number}")
    for unmet in ('"1"', f"W/{first.tag}", '"x"', ""):
        for verb, path, body in (
            ("PUT", "/job", {"jobID": number}),
            ("PATCH", f"/job/{number}", {}),
            ("DELETE", f"/job/{number}", None),
        ):
            assert ask(jams, verb, path, body, If_Match=unmet).status == 412, (verb, unmet)
    there = ask(jams, "PUT", "/job", {"jobName": name}, If_None_Match="*")
    assert (there.status, there.body["code"]) == (412, "PreconditionFailed")
    assert ask(jams, "PUT", "/job", {"jobName": f"{name}2"}, If_Match="*").status == 412
    assert ask(jams, "PUT", "/job", {"jobName": f"{name}2"}, If_None_Match="*").status == 200
    lacking = ask(jams, "PUT", "/job", {"description": "x"})
    assert (lacking.status, lacking.body["code"]) == (422, "MissingArgument")
    assert ask(jams, "DELETE", f"/job/{number}", If_Match=first.tag).status == 200
    assert ask(jams, "POST", "/submit/job", {"name": f"{name}2"}, If_Match="*").status == 412


def test_a_version_is_never_given_again(jams: Running, name: str) -> None:
    old = ask(jams, "GET", f"/job?name={name}")
    ask(jams, "DELETE", f"/job?name={name}")
    ask(jams, "POST", "/job", {"jobName": name})
    assert ask(jams, "GET", f"/job?name={name}").body["version"] > old.body["version"]
    assert ask(jams, "DELETE", f"/job?name={name}", If_Match=old.tag).status == 412


def test_patches(jams: Running, name: str) -> None:
    number = ask(jams, "GET", f"/job?name={name}").body["jobID"]
    body = {"description": None, "source": "false", "jobName": f"{name}New"}
    assert ask(jams, "PATCH", f"/job/{number}", body, Content_Type=MERGE_PATCH).status == 200
    shown = ask(jams, "GET", f"/job?name={name}New").body
    assert (shown["jobID"], shown["description"], shown["source"]) == (number, "", "false")
    steps = ask(jams, "PATCH", f"/job/{number}", [], Content_Type="application/json-patch+json")
    assert (steps.status, steps.headers["Accept-Patch"]) == (415, MERGE_PATCH)
    assert ask(jams, "PATCH", f"/job/{number}", [], Content_Type=MERGE_PATCH).status == 422
    assert ask(jams, "PATCH", "/job?name=nobody", {}, Content_Type=MERGE_PATCH).body["code"] == "JobNotFound"
    other = ask(jams, "PATCH", f"/job/{number}", {"jobID": number + 1}, Content_Type=MERGE_PATCH)
    assert (other.status, other.body["member"]) == (422, "jobID")
    assert ask(jams, "PUT", "/job?clear=source", {"jobID": number}).status == 200
    assert ask(jams, "GET", f"/job/{number}").body["source"] == ""


def test_the_class_library(jams: Running, name: str) -> None:
    with Server("localhost", home=jams.home) as server:
        job = server.jobs[name].get()
        assert isinstance(job, Job) and job.version is not None
        server.jobs[name].change(description="by its member", tags=[{"tagName": "a"}])
        with pytest.raises(VersionConflict) as raised:
            server.jobs.change(job)
        assert raised.value.details["changedBy"]
        now = server.jobs[name].get()
        assert (now.description, now.source, len(now.tags)) == ("by its member", "true", 1)
        now.source = None
        server.jobs.change(now)
        assert server.jobs[name].get().source == ""
        server.jobs[now.job_id].change({"description": None}, clear=["tags"])
        last = server.jobs[name].get()
        assert (last.description, last.tags) == ("", [])
        server.jobs.change(Job(job_name=name, source="made by hand"))
        assert server.jobs[name].get().source == "made by hand"
        with pytest.raises(VersionConflict):
            server.jobs[name].delete(version=last.version)
        with pytest.raises(UnknownArgument):
            server.jobs[name].change(colour="red")
        server.jobs[name].delete(version=server.jobs[name].get().version)
        with pytest.raises(JobNotFound):
            server.jobs[name].change(description="x")


@pytest.mark.parametrize("protocol", ["rest", "soap"])
def test_the_command_line_shows_both_sides(jams: Running, name: str, protocol: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = environment(tmp_path, JAMS_HOME=str(home), JAMS_SERVER=jams.url, COLUMNS="80")
    token = home / "token"
    token.write_text(jams.token)
    token.chmod(0o600)
    options = ("--token-file", str(token), "--protocol", protocol)
    shown = run("job", name, "-o", "json", *options, env=env)
    file = tmp_path / "job.json"
    wanted = json.loads(shown.stdout)
    wanted |= {"source": "one\nmine\nthree\n", "description": "long " * 30, "tags": [{"tagName": "kept"}]}
    file.write_text(json.dumps(wanted))
    theirs = run("change-job", name, "--source", "one\ntheirs\nthree\n", *options, env=env)
    assert theirs.returncode == 0, theirs.stderr

    refused = run("change-job", "--file", str(file), *options, env=env)
    assert refused.returncode == 5 and refused.stdout == ""
    first, *lines = refused.stderr.splitlines()
    assert first.startswith(f"jamswebclient: Job \\{name} has version ")
    assert all(len(line) <= 80 for line in lines), lines
    assert lines[0].startswith("--- version ") and lines[1] == "+++ as you want it"
    assert "-  theirs" in lines and "+  mine" in lines and "   one" in lines
    assert "-description: First." in lines and "+  - kept" in lines
    assert not any("version:" in line or "lastChange" in line for line in lines)

    told = run("change-job", "--file", str(file), "-o", "json", *options, env=env)
    problem = json.loads(told.stderr)
    assert told.returncode == 5 and problem["code"] == "VersionConflict"
    assert problem["yours"]["source"] == wanted["source"]
    assert problem["current"]["source"] == "one\ntheirs\nthree\n"

    wanted["version"] = problem["current"]["version"]
    file.write_text(json.dumps(wanted))
    assert run("change-job", "--file", str(file), *options, env=env).returncode == 0
    assert run("change-job", name, "--clear", "tags,description", *options, env=env).returncode == 0
    now = json.loads(run("job", name, "-o", "json", *options, env=env).stdout)
    assert (now["source"], now["tags"], now["description"] or "") == (wanted["source"], [], "")
    stale = run("delete-job", name, "--version", str(wanted["version"]), *options, env=env)
    assert stale.returncode == 5
    assert run("delete-job", name, "--version", str(now["version"]), *options, env=env).returncode == 0
