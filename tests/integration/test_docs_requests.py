"""The requests that the documents show, made as they stand there, but for numbers and tags of this server."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.running import Running, running

DOCS = Path(__file__).resolve().parents[2] / "docs"
_SHOWN = re.compile(r"^    (GET|POST|PUT|PATCH|DELETE) +/JAMS(/api\S*) *(\{.*)?(?:#.*|  \S.*)?$", re.M)
_CURL = re.compile(r"^    \$ curl ((?:.*\\\n)*.*)$", re.M)


def requests_of(page: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """Verb, address below the base, body and headers of each request on a page."""
    found: list[tuple[str, str, str, dict[str, str]]] = []
    for shown in _SHOWN.finditer(page):
        body = shown[3] or ""
        rest = page[shown.end() :].splitlines()[1:]
        while body and not _is_json(body):
            body += rest.pop(0).strip()
        found.append((shown[1], shown[2], body, {}))
    for shown in _CURL.finditer(page):
        found.append(_of_curl(shlex.split(shown[1].replace("\\\n", " "))))
    return found


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _of_curl(words: list[str]) -> tuple[str, str, str, dict[str, str]]:
    verb, body, address, headers = "GET", "", "", {}
    given = iter(words)
    for word in given:
        match word:
            case "-X":
                verb = next(given)
            case "-d":
                body = next(given)
            case "-H":
                name, _, value = next(given).partition(": ")
                headers[name] = value
            case "-i":
                pass
            case _:
                address = word.partition("/JAMS")[2]
    return verb, address, body, headers


SHOWN = [
    (page.name, *each)
    for page in sorted(DOCS.glob("*.md"))
    for each in requests_of(page.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("documents") / "home", DeliverJobs="true") as started:
        yield started


@pytest.fixture(scope="module")
def here(jams: Running) -> dict[str, str]:
    """What stands in this server for what the documents show, longest first."""
    job = {"jobName": "Long", "methodName": "Command", "source": "sleep 600"}
    ask(jams, "POST", "/api/job", json.dumps(job), {})
    entry = ask(jams, "POST", "/api/submit/job", '{"name": "Long"}', {}).json()["jamsEntry"]
    while ask(jams, "GET", f"/api/entry/{entry}").json()["currentState"] != "Executing":
        pass
    ask(jams, "POST", "/api/batchqueue", '{"queueName": "Nightly"}', {})
    ask(jams, "POST", "/api/resource", '{"resourceName": "Tapes", "quantityAvailable": 1}', {})
    ask(jams, "POST", "/api/folder", '{"folderName": "Sales"}', {})
    queue = ask(jams, "GET", "/api/batchqueue?name=Nightly").json()["queueID"]
    found = ask(jams, "GET", "/api/job?name=Long")
    return {
        "/job/17/revisions/4711": f"/job/{found.json()['jobID']}/revisions/{found.json()['version']}",
        "/job/17/version/4711": f"/job/{found.json()['jobID']}/version/{found.json()['version']}",
        "/job/17": f"/job/{found.json()['jobID']}",
        "/batchqueue/7": f"/batchqueue/{queue}",
        "/entry/1234": f"/entry/{entry}",
        "after=4711": "after=0",
        '"4711.Wm1sVUZaTjE0"': found.headers["ETag"],
    }


def ask(
    jams: Running, verb: str, path: str, body: str = "", headers: dict[str, str] | None = None
) -> requests.Response:
    sent: dict[str, Any] = {"Authorization": f"Bearer {jams.token}", **(headers or {})}
    if body:
        sent.setdefault("Content-Type", "application/json")
    answer = requests.request(verb, jams.url + path, data=body.encode(), headers=sent, timeout=90)
    assert answer.status_code < 300, answer.text
    return answer


def test_the_requests_are_found() -> None:
    """Each address of the interface that is the first of its line in an example is one that is asked."""
    mentioned = [
        (page.name, address)
        for page in DOCS.glob("*.md")
        for address in re.findall(r"^    .*?/JAMS(/api\S*)", page.read_text(encoding="utf-8"), re.M)
    ]
    assert mentioned and sorted(mentioned) == sorted((page, path) for page, _, path, _, _ in SHOWN)


@pytest.mark.parametrize(
    ("page", "verb", "path", "body", "headers"), SHOWN, ids=[f"{s[0]} {s[1]} {s[2]}" for s in SHOWN]
)
def test_a_request_of_the_documents_is_answered(
    jams: Running, here: dict[str, str], page: str, verb: str, path: str, body: str, headers: dict[str, str]
) -> None:
    def stands(text: str) -> str:
        for shown, real in here.items():
            text = text.replace(shown, real)
        return text

    ask(jams, verb, stands(path), body, {name: stands(value) for name, value in headers.items()})
