"""What a door refuses before an operation is known is in the audit trail too, and fills it as little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import msgspec
import pytest
from werkzeug.test import Client, TestResponse

from jams.client.wire import WireConnection
from jams.database.audit import Refusal
from jams.objects.errors import Unauthenticated
from jams.objects.session import AuditRecord
from jams.security.accounts import Accounts
from jams.security.caller import Caller, Credentials
from jams.server.dispatch import Dispatcher
from jams.server.refusals import GATHERED, ForwardedRefusals
from jams.server.wire import WireServer, WireSettings
from jams.services.server import told_refused
from jams.wire.forwarding import NOBODY
from jams.wire.protocol import AUTHORIZATION, METHOD, REFUSED_METHOD, CallRequest, RefusedRequest
from tests.support.town import Town, town
from webservices.application import WebApplication, create_application
from webservices.soap import create_soap
from webservices.web_settings import WebSettings

assert create_soap, "imported here: servers of several tests would import it at the same time"
ADDRESS = "10.6.6.6"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
USERNAME = "<w:UsernameToken><w:Username>eve</w:Username></w:UsernameToken>"
TOKEN = f'<w:Security xmlns:w="{WSSE}">{USERNAME}</w:Security>'


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("boss")
        made.admit("eve")
        yield made


class Closed(Dispatcher):
    """A JAMServer for which no password holds."""

    def __init__(self, t: Town) -> None:
        super().__init__(replace(t.services, accounts=Strangers(t.desk.database)))


class Strangers(Accounts):
    """Knows nobody."""

    def authenticate(self, credentials: Credentials, door: str) -> Caller:
        raise Unauthenticated("The name and password do not hold.")


@pytest.fixture
def web(t: Town) -> Iterator[WebApplication]:
    made = create_application(t.dispatcher, WebSettings("http://jams.example/JAMS"), note=t.refusals.note)
    yield made
    made.close()


def ask(web: WebApplication, verb: str, path: str, **given: Any) -> int:
    overrides = {"REMOTE_ADDR": ADDRESS}
    return Client(web, TestResponse).open(path, method=verb, environ_overrides=overrides, **given).status_code


def trail(t: Town) -> list[AuditRecord]:
    """The refusals, newest first."""
    t.refusals.flush()
    found: list[AuditRecord] = t.call("get_audit_trail", "boss", refused=True, limit=1000)
    return found


BAD = {"Authorization": "Bearer made up"}
ODD = {"Authorization": "Negotiate x"}
PAGE = {"Origin": "http://evil"}
EVE = {"Authorization": "Basic ZXZlOmd1ZXNz"}


@pytest.mark.parametrize(
    ("verb", "path", "given", "code", "user", "target"),
    [
        ("GET", "/JAMS/api/nonsense", {"headers": BAD}, "RouteNotFound", "*", "GET /JAMS/api/nonsense"),
        ("GET", "/JAMS/api/nonsense", {"headers": EVE}, "RouteNotFound", "eve", "GET /JAMS/api/nonsense"),
        ("GET", "/JAMS/x?password=p", {}, "RouteNotFound", "*", "GET /JAMS/x"),
        ("GET", "/etc/passwd", {}, "RouteNotFound", "*", "GET /etc/passwd"),
        ("DELETE", "/JAMS/api/health", {}, "VerbNotAllowed", "*", "DELETE /JAMS/api/health"),
        ("GET", "/JAMS/api/entry", {"headers": ODD}, "Unauthenticated", "*", None),
        ("POST", "/JAMS/api/folder", {"data": "{", "headers": EVE}, "MalformedRequest", "eve", None),
        ("POST", "/JAMS/api/folder", {"json": {}, "headers": PAGE}, "AccessDenied", "*", None),
    ],
)  # fmt: skip
def test_rest(
    t: Town,
    web: WebApplication,
    verb: str,
    path: str,
    given: dict[str, Any],
    code: str,
    user: str,
    target: str | None,
) -> None:
    assert ask(web, verb, path, **given) >= 400
    (row,) = trail(t)
    assert (row.door, row.origin, row.refusal, row.user_name, row.times) == ("REST", ADDRESS, code, user, 1)
    assert target is None or row.target == target
    assert "guess" not in repr(row) and "password=" not in repr(row)


def test_a_wrong_value_of_whoever_looks_is_none_of_it_and_what_the_server_refuses_is_there_once(
    t: Town, web: WebApplication
) -> None:
    t.admit("ann", set())
    header = {"Authorization": "Basic YW5uOng="}
    assert ask(web, "GET", "/JAMS/api/entry?limit=x", headers=EVE) == 422
    assert trail(t) == []
    assert ask(web, "GET", "/JAMS/api/entry", headers=header) == 403
    assert [(row.user_name, row.refusal, row.times) for row in trail(t)] == [("ann", "AccessDenied", 1)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<nonsense", "MalformedRequest"),
        ("<x/>", "MalformedRequest"),
        (f'<s:Envelope xmlns:s="{SOAP}"><s:Body><x/></s:Body></s:Envelope>', "RouteNotFound"),
        (
            f'<s:Envelope xmlns:s="{SOAP}"><s:Header>{TOKEN}</s:Header><s:Body>'
            '<WhoAmI xmlns="urn:jams:v1:server"/></s:Body></s:Envelope>',
            "Unauthenticated",
        ),
    ],
    ids=["xml", "envelope", "operation", "token"],
)
@pytest.mark.parametrize(("shown", "user"), [({}, "*"), (EVE, "eve")], ids=["nobody", "eve"])
def test_soap(t: Town, web: WebApplication, body: str, code: str, shown: dict[str, str], user: str) -> None:
    assert ask(web, "POST", "/JAMS/soap", data=body, content_type="text/xml", headers=shown) >= 400
    (row,) = trail(t)
    refusal = code if shown else "Unauthenticated"
    assert (row.door, row.origin, row.refusal, row.times) == ("SOAP", ADDRESS, refusal, 1)
    assert (row.operation, row.user_name, row.target) == ("", user, "POST /JAMS/soap")


def test_credentials_that_do_not_hold_are_written_down_once_by_who_looks_at_them(t: Town) -> None:
    web = create_application(Closed(t), WebSettings("http://jams.example/JAMS"), note=t.refusals.note)
    for path, sent in (("/JAMS/api/folder", "application/json"), ("/JAMS/soap", "text/xml")):
        assert ask(web, "POST", path, data="{", content_type=sent, headers=EVE) == 401
    web.close()
    found = {(row.door, row.operation, row.user_name, row.refusal, row.times) for row in trail(t)}
    assert found == {
        ("REST", "create_folder", "eve", "Unauthenticated", 1),
        ("SOAP", "who_am_i", "eve", "Unauthenticated", 1),
    }


def test_who_looks_for_a_way_in_fills_nothing(t: Town, web: WebApplication) -> None:
    for number in range(300):
        ask(web, "GET", f"/JAMS/api/nonsense-{number}")
        ask(web, "GET", "/JAMS/api/nonsense")
    first = trail(t)
    assert len(first) <= 25 and sum(row.times for row in first) == 600
    for _ in range(5):
        for number in range(300):
            ask(web, "GET", f"/JAMS/api/nonsense-{number}")
        assert len(trail(t)) <= 30, "what is like it is gathered for a minute"
    t.refusals.stop()
    assert sum(row.times for row in trail(t)) == 600 + 1500


def test_what_is_alike_is_a_row_a_minute(t: Town) -> None:
    now = [1000.0]
    t.refusals._clock = lambda: now[0]
    t.refusals._since = now[0]
    refusal = Refusal(user="eve", door="REST", code="RouteNotFound", origin=ADDRESS)
    for _ in range(130):
        t.refusals.note(refusal)
        t.refusals.flush()
        now[0] += 1
    assert [row.times for row in trail(t)] == [60, 60, 1][: len(trail(t))]
    now[0] += GATHERED
    assert sum(row.times for row in trail(t)) == 130


def test_the_wire(t: Town) -> None:
    server = WireServer(t.dispatcher, WireSettings(), t.refusals)
    server.start()
    try:
        with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
            send = channel.unary_unary(METHOD)
            send(b"nonsense", timeout=30)
            call = CallRequest(operation="no_such_operation", arguments=msgspec.Raw(b"\x80"), door="SOAP")
            send(msgspec.msgpack.encode(call), timeout=30)
            call = CallRequest(operation="find_entries", arguments=msgspec.Raw(b"\x80"), origin=ADDRESS)
            send(msgspec.msgpack.encode(call), timeout=30, metadata=((AUTHORIZATION, "Negotiate x"),))
        found = {(row.door, row.origin, row.refusal, row.operation) for row in trail(t)}
        assert found == {
            ("wire", "127.0.0.1", "MalformedRequest", ""),
            ("SOAP via wire", "127.0.0.1", "RouteNotFound", "no_such_operation"),
            ("library via wire", f"{ADDRESS} via 127.0.0.1", "Unauthenticated", "find_entries"),
        }
    finally:
        server.stop(0)


@pytest.mark.parametrize("trusted", [True, False])
def test_web_services_apart_tell_the_server_and_strangers_are_not_listened_to(t: Town, trusted: bool) -> None:
    settings = WireSettings() if trusted else WireSettings(trusted=NOBODY)
    server = WireServer(t.dispatcher, settings, t.refusals)
    server.start()
    connection = WireConnection("127.0.0.1", server.port)
    try:
        forwarded = ForwardedRefusals(lambda taken: connection.tell_refused(told_refused(taken)))
        web = create_application(connection, WebSettings("http://jams.example/JAMS"), note=forwarded.note)
        for _ in range(7):
            ask(web, "GET", "/JAMS/api/nonsense")
        forwarded.flush()
        web.close()
        found = [(row.door, row.origin, row.refusal, row.times, row.target) for row in trail(t)]
        told = ("REST via wire", f"{ADDRESS} via 127.0.0.1", "RouteNotFound", 7, "GET /JAMS/api/nonsense")
        assert found == ([told] if trusted else [])
    finally:
        connection.close()
        server.stop(0)


def test_what_cannot_be_read_of_it_is_left(t: Town) -> None:
    server = WireServer(t.dispatcher, WireSettings(), t.refusals)
    server.start()
    try:
        with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
            send = channel.unary_unary(REFUSED_METHOD)
            wrong = RefusedRequest(user="e" * 999, door="REST", code="C")
            for said in (b"", b"nonsense", msgspec.msgpack.encode([wrong])):
                assert send(said, timeout=30) == b""
        assert trail(t) == []
    finally:
        server.stop(0)
