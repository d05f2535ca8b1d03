"""What requests may look like, and how what is wrong with them is told."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from jams.security.caller import Credentials
from tests.support.web_stub import Colour, Comment, Login, Part, StubConnection, Thing, stub_application


@pytest.fixture
def connection() -> StubConnection:
    return StubConnection()


@pytest.fixture
def client(connection: StubConnection) -> Client:
    return Client(stub_application(connection))


def problem(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    found: dict[str, Any] = answer.get_json()
    assert found["code"] == code
    assert found["status"] == status
    assert found["type"] == f"urn:jams:error:{code}"
    assert found["instance"].startswith("urn:uuid:")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return found


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
        ("limit=0", "InvalidArgument", "limit", ">= 1"),
        ("limit=11", "InvalidArgument", "limit", "<= 10"),
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
        ("ratio=-1", "InvalidArgument", "ratio", ">= 0"),
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


def test_ids_must_fit_every_client(client: Client) -> None:
    assert client.get("/JAMS/api/thing/9007199254740991").status_code == 200
    problem(client.get("/JAMS/api/thing/9007199254740992"), 422, "InvalidArgument")
    problem(client.get("/JAMS/api/thing/0"), 422, "InvalidArgument")
    problem(client.get("/JAMS/api/thing/x"), 422, "InvalidArgument")


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
    ("body", "expected"),
    [
        (b"", Comment()),
        (b"{}", Comment()),
        (b'{"comment":"x","times":2}', Comment(comment="x", times=2)),
        (b'{"Comment":"x","TIMES":2.0}', Comment(comment="x", times=2)),
        (b'\xef\xbb\xbf{"comment":"x"}', Comment(comment="x")),
        (b'{"$type":"Some.Name, Assembly","comment":null}', Comment()),
    ],
)
def test_bodies_of_arguments(
    client: Client, connection: StubConnection, body: bytes, expected: Comment
) -> None:
    answer = client.put("/JAMS/api/thing/5/hold", data=body, content_type="application/json")
    assert answer.status_code == 200, answer.text
    assert connection.last.arguments == {"id": 5, "body": expected}


def test_documents_are_read_as_leniently_as_clients_write_them(
    client: Client, connection: StubConnection
) -> None:
    body = """{"ThingName": "box", "colour": "darkblue", "dueUTC": "0001-01-01T00:00:00Z",
               "parts": [{"PartName": "lid", "currentValue": {"$type": "MVPSI.Tag", "totalSeconds": 5}}]}"""
    answer = client.post("/JAMS/api/thing", data=body, content_type="application/json; charset=UTF-8")
    assert answer.status_code == 201
    assert answer.get_json() == "Thing box was created."
    assert connection.last.arguments["thing"] == Thing(
        thing_name="box",
        colour=Colour.DARK_BLUE,
        parts=[Part(part_name="lid", current_value={"$type": "MVPSI.Tag", "totalSeconds": 5})],
    )


@pytest.mark.parametrize(
    ("body", "status", "code", "member", "told"),
    [
        ("", 400, "MalformedRequest", None, "ends too early"),
        ('{"thingName":', 400, "MalformedRequest", None, "ends too early"),
        ('{"thingName": nope}', 400, "MalformedRequest", None, "invalid character (byte"),
        ("{'thingName': 1}", 400, "MalformedRequest", None, "byte 1"),
        ("[" * 4000, 400, "MalformedRequest", None, "JSON"),
        ('{"thingName":"\\ud800"}', 400, "MalformedRequest", None, "JSON"),
        (b'{"thingName":"\xff"}', 400, "MalformedRequest", None, "UTF-8"),
        ("1" * 400, 422, "InvalidArgument", None, "object"),
        ("{}", 422, "MissingArgument", "thingName", "Give thingName."),
        ('"box"', 422, "InvalidArgument", None, "Expected `object`"),
        ("null", 422, "InvalidArgument", None, "Expected `object`"),
        ('{"thingName":"a","colur":"Red"}', 422, "UnknownArgument", "colur", "Did you mean colour?"),
        ('{"thingName":"a","ThingName":"b"}', 422, "InvalidArgument", "thingName", "twice"),
        ('{"thingName":""}', 422, "InvalidArgument", "thingName", "length"),
        ('{"thingName":5}', 422, "InvalidArgument", "thingName", "str"),
        ('{"thingName":"a","colour":"Green"}', 422, "InvalidArgument", "colour", "Green"),
        ('{"thingName":"a","dueUTC":"2026-01-31T08:00:00"}', 422, "InvalidArgument", "dueUTC", "offset"),
        (
            '{"thingName":"a","parts":[{}]}',
            422,
            "MissingArgument",
            "parts[0].partName",
            "partName in parts[0]",
        ),
        (
            '{"thingName":"a","parts":[{"partName":"x","size":1}]}',
            422,
            "UnknownArgument",
            "parts[0].size",
            "size",
        ),
        (
            '{"thingName":"a","parts":[{"partName":"x","length":1.5}]}',
            422,
            "InvalidArgument",
            "parts[0].length",
            "",
        ),
    ],
)
def test_wrong_bodies_are_named(
    client: Client,
    connection: StubConnection,
    body: str | bytes,
    status: int,
    code: str,
    member: str | None,
    told: str,
) -> None:
    answer = client.post("/JAMS/api/thing", data=body, content_type="application/json")
    found = problem(answer, status, code)
    assert found.get("member") == member
    assert told in found["detail"]
    assert connection.calls == []


@pytest.mark.parametrize(
    ("body", "value"), [('"x y"', "x y"), ("5", "5"), ("2.50", "2.50"), ("true", "true")]
)
def test_a_sole_required_text_may_come_bare(
    client: Client, connection: StubConnection, body: str, value: str
) -> None:
    answer = client.post("/JAMS/api/thing/setvalue?name=n", data=body, content_type="application/json")
    assert answer.get_json() == value


def test_media_types(client: Client, connection: StubConnection) -> None:
    path = "/JAMS/api/thing/5/hold"
    assert client.put(path, data="{}", content_type="application/merge-patch+json").status_code == 200
    assert client.put(path, data="{}", headers={"Content-Type": ""}).status_code == 200
    problem(client.put(path, data="{}", content_type="text/plain"), 415, "UnsupportedMediaType")
    problem(
        client.put(path, data="{}", content_type="application/json; charset=utf-16"),
        415,
        "UnsupportedMediaType",
    )
    form = client.put(path, data={"comment": "x"})
    problem(form, 415, "UnsupportedMediaType")


def test_a_login_may_be_a_form(client: Client, connection: StubConnection) -> None:
    answer = client.post("/JAMS/api/login", data={"UserName": "Jürgen", "password": "a&b=c"})
    assert answer.get_json() == "Jürgen/a&b=c"
    assert answer.headers["Cache-Control"] == "no-store"
    assert connection.last.arguments == {"body": Login(username="Jürgen", password="a&b=c")}
    twice = client.post(
        "/JAMS/api/login", data="username=a&username=b", content_type="application/x-www-form-urlencoded"
    )
    problem(twice, 422, "InvalidArgument")


def test_an_operation_without_a_body_ignores_nothing(client: Client) -> None:
    assert client.post("/JAMS/api/ping").get_json() == "pong"
    assert client.post("/JAMS/api/ping", json={}).get_json() == "pong"
    problem(client.post("/JAMS/api/ping", json={"x": 1}), 422, "UnknownArgument")
    problem(client.post("/JAMS/api/ping", json=[1]), 422, "InvalidArgument")


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_may_not_be_too_long(client: Client, connection: StubConnection, declared: bool) -> None:
    body = b'{"thingName":"' + b"x" * 5000 + b'"}'
    if declared:
        answer = client.post("/JAMS/api/thing", data=body, content_type="application/json")
    else:
        from io import BytesIO

        answer = client.post(
            "/JAMS/api/thing",
            input_stream=BytesIO(body),
            content_type="application/json",
            environ_overrides={"wsgi.input_terminated": True},
        )
    problem(answer, 413, "RequestTooLarge")
    assert connection.calls == []


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


def test_a_login_is_asked_no_credentials(client: Client, connection: StubConnection) -> None:
    answer = client.post("/JAMS/api/login", json={"username": "a"}, headers={"Authorization": "Nonsense"})
    assert answer.status_code == 200
    assert connection.last.credentials == Credentials()


@pytest.mark.parametrize(("header", "key"), [("abc-1", "abc-1"), ('"abc"', "abc"), ("x" * 255, "x" * 255)])
def test_idempotency_keys(client: Client, connection: StubConnection, header: str, key: str) -> None:
    client.post("/JAMS/api/submit", json={"value": "x"}, headers={"Idempotency-Key": header})
    assert connection.last.retry_key == key


def test_wrong_idempotency_keys(client: Client, connection: StubConnection) -> None:
    for header in ("x" * 256, "two words", "ümlaut", '""'):
        answer = client.post("/JAMS/api/submit", json={"value": "x"}, headers={"Idempotency-Key": header})
        if header != '""':
            assert problem(answer, 422, "InvalidArgument")["member"] == "Idempotency-Key"
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
