"""What request bodies may look like, and how what is wrong with them is told."""

from __future__ import annotations

import pytest
from msgspec import Struct, structs
from werkzeug.test import Client

from jams.objects.accounts import CodeProof, NewGroup, NewPassword
from jams.objects.errors import InvalidArgument
from tests.support.web_stub import (
    Colour,
    Comment,
    Login,
    Part,
    StubConnection,
    Thing,
    problem,
    stub_application,
)
from webservices.rest.decoder import BodyDecoder


@pytest.fixture
def connection() -> StubConnection:
    return StubConnection()


@pytest.fixture
def client(connection: StubConnection) -> Client:
    return Client(stub_application(connection))


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
        ('"box"', 422, "InvalidArgument", None, "an object is wanted"),
        ("null", 422, "InvalidArgument", None, "an object is wanted"),
        ('{"thingName":"a","colur":"Red"}', 422, "UnknownArgument", "colur", "Did you mean colour?"),
        ('{"thingName":"a","ThingName":"b"}', 422, "InvalidArgument", "thingName", "twice"),
        ('{"thingName":""}', 422, "InvalidArgument", "thingName", "a text of at least 1 character"),
        ('{"thingName":5}', 422, "InvalidArgument", "thingName", "a text is wanted, not a whole number"),
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


@pytest.mark.parametrize("struct", [NewPassword, CodeProof, NewGroup])
@pytest.mark.parametrize("body", [b"false", b"12345678", b"1e5"])
def test_no_number_stands_for_what_has_to_come_as_it_was_written(struct: type[Struct], body: bytes) -> None:
    """Nobody would see that the password which was typed as 007 is 7, nor has meant a group called false."""
    decoder = BodyDecoder(struct, form=False)
    with pytest.raises(InvalidArgument):
        decoder.decode(body, "application/json", None)
    read = decoder.decode(b'"012345"', "application/json", None)
    assert "012345" in structs.asdict(read).values()


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
