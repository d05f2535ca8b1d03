"""What is refused at a door is in the audit trail: who, from where, through which door, what, and why."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from jams.client import Server
from jams.objects.errors import AccessDenied, Unauthenticated
from jams.operations import CATALOGUE
from tests.support.doors import RestDoor
from tests.support.running import PASSWORD, Running, add_account, configure, running, start_web_services

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("audit") / "home"
    configure(home)
    with running(home) as made:
        add_account(home, "boss", "Administrators")
        add_account(home, "reader", "Inquirers")
        yield made


def trail(jams: Running, **inputs: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = RestDoor(jams).call(CATALOGUE["get_audit_trail"], inputs, "boss")
    return found


def refusal(jams: Running, user: str) -> dict[str, Any]:
    """The refusal of a user, once it is written."""
    moment = threading.Event()
    for _ in range(200):
        found = trail(jams, user_name=user, refused=True)
        if found:
            return found[0]
        moment.wait(0.1)
    raise AssertionError(user)


def post(url: str, path: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request("POST", f"{parts.path}{path}", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_login_that_is_refused(jams: Running) -> None:
    body = json.dumps({"username": "eve-login", "password": "guess"}).encode()
    assert post(jams.url, "/api/authentication/login", body, {"Content-Type": "application/json"}) == 401
    found = refusal(jams, "eve-login")
    assert (found["door"], found["origin"]) == ("REST", "127.0.0.1")
    assert (found["operation"], found["objectType"]) == ("log_in", "Server")
    assert (found["refusal"], found["times"], found.get("target")) == ("Unauthenticated", 1, None)
    assert "guess" not in json.dumps(trail(jams))


def test_a_login_that_is_given(jams: Running) -> None:
    body = json.dumps({"username": "reader", "password": PASSWORD}).encode()
    assert post(jams.url, "/api/authentication/login", body, {"Content-Type": "application/json"}) == 200
    done = [record for record in trail(jams, user_name="reader") if record.get("refusal") is None]
    assert (done[0]["operation"], done[0]["door"], done[0]["origin"]) == ("log_in", "REST", "127.0.0.1")


def test_basic_credentials_that_do_not_hold(jams: Running) -> None:
    headers = {"Authorization": "Basic " + base64.b64encode(b"eve-basic:guess").decode()}
    for _ in range(3):
        assert post(jams.url, "/api/folder", b"{}", headers | {"Content-Type": "application/json"}) in (
            401,
            422,
        )
    headers["Content-Type"] = "application/json"
    assert post(jams.url, "/api/folder", b'{"folderName": "x"}', headers) == 401
    assert refusal(jams, "eve-basic")["operation"] == "create_folder"


def test_a_username_token_that_does_not_hold(jams: Running) -> None:
    token = (
        f'<w:Security xmlns:w="{WSSE}"><w:UsernameToken><w:Username>eve-soap</w:Username>'
        "<w:Password>guess</w:Password></w:UsernameToken></w:Security>"
    )
    envelope = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        f'<s:Header>{token}</s:Header><s:Body><Find xmlns="urn:jams:v1:entry"/></s:Body></s:Envelope>'
    )
    assert post(jams.url, "/soap", envelope.encode(), {"Content-Type": "text/xml"}) == 500
    found = refusal(jams, "eve-soap")
    assert (found["door"], found["origin"], found["operation"]) == ("SOAP", "127.0.0.1", "find_entries")


def test_a_stranger_on_the_wire(jams: Running) -> None:
    port = int(json.loads((jams.home / "client.json").read_bytes())["wire"].rpartition(":")[2])
    with (
        Server("127.0.0.1", port, username="eve-wire", password="guess") as eve,
        pytest.raises(Unauthenticated),
    ):
        eve.call("find_entries")
    found = refusal(jams, "eve-wire")
    assert (found["door"], found["origin"]) == ("library via wire", "127.0.0.1")
    with (
        Server("127.0.0.1", port, username="reader", password=PASSWORD) as reader,
        pytest.raises(AccessDenied),
    ):
        reader.call("hold_entry", id=1)
    found = refusal(jams, "reader")
    assert (found["operation"], found["refusal"]) == ("hold_entry", "AccessDenied")
    assert "Monitor.Manage" in found["message"]


def test_web_services_apart_tell_from_where_their_caller_came(jams: Running, tmp_path: Path) -> None:
    apart = start_web_services(tmp_path / "web", jams)
    try:
        body = json.dumps({"username": "eve-apart", "password": "guess"}).encode()
        assert post(apart.url, "/api/authentication/login", body, {"Content-Type": "application/json"}) == 401
    finally:
        apart.stop()
    found = refusal(jams, "eve-apart")
    assert (found["door"], found["origin"]) == ("REST via wire", "127.0.0.1 via 127.0.0.1")
