"""What the REST door does for and against callers of all operations alike."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import Client

from tests.support.doors import basic
from tests.support.rest_script import Script
from tests.support.town import town
from webservices.application import create_application
from webservices.web_settings import WebSettings

PORTAL = "https://portal.example"


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    with town(tmp_path_factory.mktemp("manners")) as t:
        t.admit("ann")
        script = Script(t)
        script.done("POST", "/job", {"jobName": "Long", "methodName": "Command", "source": "echo x\n" * 500})
        yield script


@pytest.mark.parametrize("body", [b"{", b'{"jobName": 1, "jobName": 2}', b'{"nothing": 1}', b"\xff", b""])
def test_who_shows_no_credentials_hears_nothing_of_his_request(s: Script, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    for verb, path in (
        ("POST", "/job"),
        ("PUT", "/job?nothing=1"),
        ("GET", "/entry/x/log"),
        ("GET", "/job?limit=x"),
    ):
        answer = s.client.open(f"/JAMS/api{path}", method=verb, data=body, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (401, "Unauthenticated"), (verb, path)


@pytest.mark.parametrize(
    ("body", "member"),
    [
        (b'{"jobName": "A", "methodName": "Command", "source": "", "jobName": "B"}', "jobName"),
        (b'{"jobName": "A", "parameters": [{"paramName": "p", "paramName": "q"}]}', "paramName"),
        (b'{"jobName": "A", "jobN\\u0061me": "B"}', "jobName"),
        (b'{"jobName": "\\u003a\\u003A", "description": "1", "description": "2"}', "description"),
        (b'{"jobName": "a:b", "description": ":::", "description": "{}"}', "description"),
    ],
)  # fmt: skip
def test_a_member_that_is_given_twice_is_refused_wherever_it_stands(
    s: Script, body: bytes, member: str
) -> None:
    status, said = s.ask("POST", "/job", body)
    assert (status, said["code"], said["member"]) == (422, "InvalidArgument", member), said
    assert s.ask("GET", "/job?name=A")[0] == 404


def test_colons_and_escapes_are_no_members(s: Script) -> None:
    for at, text in enumerate(["a:b", "\\u003a", '\\"x\\": \\"x\\":', "é:\\u00e9"]):
        body = b'{"jobName": "C%d", "methodName": "Command", "description": "%b"}' % (at, text.encode())
        assert s.ask("POST", "/job", body)[0] == 201
        assert s.done("GET", f"/job?name=C{at}")["description"] == json.loads(f'"{text}"')


def test_who_takes_gzip_is_given_it(s: Script) -> None:
    plain = s.client.get("/JAMS/api/job?name=Long", headers=basic("ann"))
    packed = s.client.get("/JAMS/api/job?name=Long", headers={**basic("ann"), "Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.vary and "Accept-Encoding" in packed.vary
    assert gzip.decompress(packed.data) == plain.data and len(packed.data) < len(plain.data) // 2
    assert packed.headers["Content-Length"] == str(len(packed.data))
    tag = packed.headers["ETag"]
    assert tag != plain.headers["ETag"]
    again = {**basic("ann"), "Accept-Encoding": "gzip", "If-None-Match": tag}
    assert s.client.get("/JAMS/api/job?name=Long", headers=again).status_code == 304
    changed = {"jobName": "Long", "description": "new"}
    assert s.ask("PUT", "/job", changed, **{"If-Match": tag})[0] == 200
    assert s.ask("PUT", "/job", changed, **{"If-Match": tag})[0] == 412


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Encoding": "gzip;q=0"},
        {"Accept-Encoding": "identity"},
        {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "cross-site"},
        {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_is_not_wanted_so_or_asked_for_by_another_site_is_not_packed(
    s: Script, headers: dict[str, str]
) -> None:
    answer = s.client.get("/JAMS/api/job?name=Long", headers={**basic("ann"), **headers})
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers


def test_short_answers_and_tokens_are_not_packed(s: Script) -> None:
    taken = {**basic("ann"), "Accept-Encoding": "gzip"}
    assert "Content-Encoding" not in s.client.get("/JAMS/api/authentication", headers=taken).headers


CREATED: list[tuple[str, dict[str, Any]]] = [
    ("/folder", {"folderName": "Né w"}),
    ("/job", {"jobName": "J&1", "parentFolderName": "\\", "methodName": "Command"}),
    ("/variable", {"variableName": "V"}),
    ("/calendar", {"calendarName": "Works #1"}),
    ("/namedtime", {"timeName": "Late", "startTime": 79200, "endTime": 80000}),
    ("/batchqueue", {"queueName": "Q"}),
    ("/resource", {"resourceName": "R 1", "quantityAvailable": 1}),
]


@pytest.mark.parametrize(("path", "document"), CREATED, ids=[path for path, _ in CREATED])
def test_what_is_created_is_found_where_the_answer_says(
    s: Script, path: str, document: dict[str, Any]
) -> None:
    answer = s.client.post(f"/JAMS/api{path}", json=document, headers=basic("ann"))
    assert answer.status_code == 201, answer.text
    where = answer.headers["Location"]
    found = s.client.get("/JAMS" + where.partition("/JAMS")[2], headers=basic("ann"))
    assert found.status_code == 200, where
    member, name = next(iter(document.items()))
    assert found.json[member] == name


def portal(s: Script, *origins: str) -> Client:
    settings = WebSettings(public_url="http://localhost:8080/JAMS", cors_origins=origins)
    return Client(create_application(s.town.dispatcher, settings))


def test_pages_of_other_sites_may_ask_if_their_origins_are_named(s: Script) -> None:
    client = portal(s, PORTAL)
    asked = {"Origin": PORTAL, "Access-Control-Request-Method": "PUT"}
    first = client.options("/JAMS/api/job", headers=asked)
    assert first.status_code == 204
    assert first.headers["Access-Control-Allow-Origin"] == PORTAL
    assert "PUT" in first.headers["Access-Control-Allow-Methods"]
    assert "If-Match" in first.headers["Access-Control-Allow-Headers"]
    from_there = {"Origin": PORTAL, "Sec-Fetch-Site": "cross-site", **basic("ann")}
    made = client.post("/JAMS/api/folder", json={"folderName": "FromAfar"}, headers=from_there)
    assert made.status_code == 201
    assert made.headers["Access-Control-Allow-Origin"] == PORTAL
    assert "Location" in made.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in made.headers
    refused = client.get("/JAMS/api/job", headers={"Origin": PORTAL})
    assert refused.status_code == 401 and refused.headers["Access-Control-Allow-Origin"] == PORTAL
    for origin in ("https://evil.example", PORTAL + ".evil.example", "null"):
        other = client.options("/JAMS/api/job", headers={**asked, "Origin": origin})
        assert "Access-Control-Allow-Origin" not in other.headers
        assert "Origin" in other.headers["Vary"]
        named = {"Origin": origin, "Sec-Fetch-Site": "cross-site", **basic("ann")}
        assert client.post("/JAMS/api/folder", json={"folderName": "X"}, headers=named).status_code == 403


def test_by_itself_no_page_of_another_site_may_ask(s: Script) -> None:
    asked = {"Origin": PORTAL, "Access-Control-Request-Method": "GET"}
    answer = portal(s).options("/JAMS/api/job", headers=asked)
    assert answer.status_code == 200 and "Access-Control-Allow-Origin" not in answer.headers
    assert "GET" in answer.headers["Allow"]
