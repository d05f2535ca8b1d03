"""What requests may look like, and how what is wrong with them is told."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import Client

from jams.security.caller import Credentials
from tests.support.web_stub import Colour, StubConnection, problem, stub_application


@pytest.fixture
def connection() -> StubConnection:
    return StubConnection()


@pytest.fixture
def client(connection: StubConnection) -> Client:
    return Client(stub_application(connection))


@pytest.mark.parametrize(
    "path", ["/JAMS/api/thing/7", "/jams/API/THING/7", "/Jams/Api/Thing/7/", "/JAMS//api/thing//7"]
)
def test_words_of_a_path_go_in_any_case(client: Client, connection: StubConnection, path: str) -> None:
    assert client.get(path).status_code == 200
    assert connection.last.arguments == {"id": 7}
    assert connection.last.door == "REST"


def test_names_in_a_path_keep_their_case(client: Client) -> None:
    assert problem(client.get("/jams/api/Trouble/DENIED"), 500, "InternalError")
    assert problem(client.get("/jams/api/Trouble/denied"), 403, "AccessDenied")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("colour=red&COLOUR=", None),
        ("colour=red,darkBLUE", {"colour": [Colour.RED, Colour.DARK_BLUE]}),
        ("colour=Red&colour=DarkBlue", {"colour": [Colour.RED, Colour.DARK_BLUE]}),
        ("words=a,b&words=c", {"words": ["a,b", "c"]}),
        ("Limit=3", {"limit": 3}),
        ("limit=3.0", {"limit": 3}),
        ("open=1", {"open": True}),
        ("open=TRUE", {"open": True}),
        ("ratio=2.5e1", {"ratio": 25.0}),
        ("%24top=5", {"top": 5}),
        ("after=2026-01-31T08:00:00Z", {"after": datetime(2026, 1, 31, 8, tzinfo=UTC)}),
        ("after=2026-01-31T08:00:00+00:00", {"after": datetime(2026, 1, 31, 8, tzinfo=UTC)}),
        ("after=2026-01-31T08:00:00%2B00:00", {"after": datetime(2026, 1, 31, 8, tzinfo=UTC)}),
    ],
)
def test_query_values_become_what_the_operation_declares(
    client: Client, connection: StubConnection, query: str, expected: dict[str, Any] | None
) -> None:
    answer = client.get("/JAMS/api/thing/all?" + query)
    if expected is None:
        problem(answer, 422, "InvalidArgument")
    else:
        assert answer.status_code == 200, answer.text
        assert connection.last.arguments == expected


@pytest.mark.parametrize(
    ("query", "code", "member", "told"),
    [
        ("colur=Red", "UnknownArgument", "colur", "Did you mean colour?"),
        ("zzz=1", "UnknownArgument", "zzz", "zzz"),
        ("limit=0", "InvalidArgument", "limit", "at least 1"),
        ("limit=11", "InvalidArgument", "limit", "at most 10"),
        ("limit=many", "InvalidArgument", "limit", "not a whole number"),
        ("limit=1e1", "InvalidArgument", "limit", "not a whole number"),
        ("limit=null", "InvalidArgument", "limit", "not a whole number"),
        ("limit=", "InvalidArgument", "limit", "not a whole number"),
        ("limit=" + "9" * 400, "InvalidArgument", "limit", "not a whole number"),
        ("limit=1&limit=2", "InvalidArgument", "limit", "2 times"),
        ("limit=1&LIMIT=2", "InvalidArgument", "limit", "twice"),
        ("colour=Green", "InvalidArgument", "colour", "Red, DarkBlue"),
        ("open=yes", "InvalidArgument", "open", "neither true nor false"),
        ("ratio=nan", "InvalidArgument", "ratio", "not a number"),
        ("ratio=-1", "InvalidArgument", "ratio", "at least 0"),
        ("%24top=9007199254740992", "InvalidArgument", "$top", "9007199254740991"),
        ("after=2026-01-31T08:00:00", "InvalidArgument", "after", "needs its offset"),
        ("after=yesterday", "InvalidArgument", "after", "ISO 8601"),
        ("after=1767225600", "InvalidArgument", "after", "ISO 8601"),
    ],
)
def test_wrong_query_values_are_named(
    client: Client, connection: StubConnection, query: str, code: str, member: str, told: str
) -> None:
    found = problem(client.get("/JAMS/api/thing/all?" + query), 422, code)
    assert found["member"] == member
    assert told in found["detail"]
    assert connection.calls == []


def test_unreadable_queries_and_paths_are_malformed(client: Client, connection: StubConnection) -> None:
    problem(client.get("/JAMS/api/thing/all?words=%ff"), 400, "MalformedRequest")
    problem(client.get("/JAMS/api/thing/all?" + "words=a&" * 500), 400, "MalformedRequest")
    raw = {"PATH_INFO": "/JAMS/api/trouble/\xff"}
    problem(client.get("/", environ_overrides=raw), 400, "MalformedRequest")
    assert connection.calls == []


def test_a_required_query_value_must_be_given(client: Client) -> None:
    found = problem(client.post("/JAMS/api/thing/setvalue", json={"value": "x"}), 422, "MissingArgument")
    assert found["member"] == "name"


def test_a_route_that_names_its_object_by_query_must_be_given_the_name(client: Client) -> None:
    found = problem(client.get("/JAMS/api/thing"), 422, "MissingArgument")
    assert (found["member"], found["detail"]) == ("name", "Give name.")
    assert client.get("/JAMS/api/thing?name=box").get_json()["thingName"] == "box"


def test_ids_must_fit_every_client(client: Client, connection: StubConnection) -> None:
    assert client.get("/JAMS/api/thing/9007199254740991").status_code == 200
    problem(client.get("/JAMS/api/thing/9007199254740992"), 422, "InvalidArgument")
    problem(client.get("/JAMS/api/thing/0"), 422, "InvalidArgument")
    assert client.get("/JAMS/api/thing/x").status_code == 200, "where a number stands, a name may"
    assert connection.last.arguments == {"name": "x"}


def test_an_address_that_leads_nowhere(client: Client) -> None:
    assert problem(client.get("/JAMS/api/thingy"), 404, "RouteNotFound")["target"] == "/JAMS/api/thingy"
    for path in (
        "/",
        "/api/thing/1",
        "/JAMSX/api/thing/1",
        "/JAMS/api",
        "/JAMS/api/thing/1/2/3",
        "/JAMS/nothing",
    ):
        problem(client.get(path), 404, "RouteNotFound")


def test_verbs_that_an_address_does_not_take(client: Client) -> None:
    answer = client.put("/JAMS/api/thing/5")
    assert "GET" in problem(answer, 405, "VerbNotAllowed")["detail"]
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "DELETE", "OPTIONS"}
    answer = client.delete("/JAMS/api/thing/all")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert client.options("/JAMS/api/thing/5").headers["Allow"]


def test_head_is_get_without_a_body(client: Client) -> None:
    answer = client.head("/JAMS/api/thing/5")
    assert answer.status_code == 200
    assert answer.data == b""
    assert int(answer.headers["Content-Length"]) > 10


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, Credentials()),
        ("Bearer abc.def", Credentials(token="abc.def")),
        ("bearer  abc", Credentials(token="abc")),
        (
            "Basic " + b64encode("jö:pa:ss wörd".encode()).decode(),
            Credentials(username="jö", password="pa:ss wörd"),
        ),
    ],
)
def test_credentials_are_read(
    client: Client, connection: StubConnection, header: str | None, expected: Credentials
) -> None:
    assert (
        client.get("/JAMS/api/thing/1", headers={"Authorization": header} if header else {}).status_code
        == 200
    )
    assert connection.last.credentials == expected


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer a b",
        "Bearer " + "x" * 9000,
        "Negotiate abc",
        "Basic ???",
        "Basic " + b64encode(b"nocolon").decode(),
        "Basic " + b64encode(b":x").decode(),
        "Basic " + b64encode(b"\xff:\xff").decode(),
    ],
)
def test_unreadable_credentials_are_refused(client: Client, connection: StubConnection, header: str) -> None:
    answer = client.get("/JAMS/api/thing/1", headers={"Authorization": header})
    found = problem(answer, 401, "Unauthenticated")
    assert [c.split()[0] for c in answer.headers.getlist("WWW-Authenticate")] == ["Bearer", "Basic"]
    assert header.partition(" ")[2] not in found["detail"] or not header.partition(" ")[2]
    assert connection.calls == []


def test_a_script_of_a_page_is_not_asked_for_a_password_by_the_browser(client: Client) -> None:
    headers = {"Authorization": "Nonsense", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}
    answer = client.get("/JAMS/api/thing/1", headers=headers)
    assert answer.headers.getlist("WWW-Authenticate") == ['Bearer realm="JAMS"']


def test_a_login_is_asked_no_credentials(client: Client, connection: StubConnection) -> None:
    answer = client.post("/JAMS/api/login", json={"username": "a"}, headers={"Authorization": "Nonsense"})
    assert answer.status_code == 200
    assert connection.last.credentials == Credentials()


@pytest.mark.parametrize(("header", "key"), [("abc-1", "abc-1"), ('"abc"', "abc"), ("x" * 255, "x" * 255)])
def test_idempotency_keys(client: Client, connection: StubConnection, header: str, key: str) -> None:
    client.post("/JAMS/api/submit", json={"value": "x"}, headers={"Idempotency-Key": header})
    assert connection.last.retry_key == key


def test_wrong_idempotency_keys(client: Client, connection: StubConnection) -> None:
    for header in ("x" * 256, "two words", "ümlaut"):
        answer = client.post("/JAMS/api/submit", json={"value": "x"}, headers={"Idempotency-Key": header})
        assert problem(answer, 422, "InvalidArgument")["member"] == "Idempotency-Key"
    assert connection.calls == []
    client.post("/JAMS/api/ping", headers={"Idempotency-Key": "two words"})
    assert connection.last.retry_key is None


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "https://jams.example"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_pages_of_other_sites_change_nothing(
    client: Client, connection: StubConnection, headers: dict[str, str], allowed: bool
) -> None:
    answer = client.post("/JAMS/api/ping", headers=headers)
    assert (answer.status_code == 200) == allowed
    assert bool(connection.calls) == allowed
    if not allowed:
        problem(answer, 403, "AccessDenied")
    assert client.get("/JAMS/api/thing/1", headers=headers).status_code == 200
