"""Who may not call hears that before anything else of his request, whatever is wrong with it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from werkzeug.test import Client

from jams.objects.errors import AccessDenied, Unauthenticated
from jams.operations import CATALOGUE, Operation
from jams.security.caller import Credentials
from jams.wire.soap.names import request_tag
from tests.support.soap import CONTENT, SOAP11, SOAP12, VERSIONS, envelope
from webservices.application import create_application
from webservices.web_settings import WebSettings

LIMIT = 4096
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
CALLERS: list[tuple[str, dict[str, str], int, str]] = [
    ("nobody", {}, 401, "Unauthenticated"),
    ("wrong password", {"Authorization": "Basic YW5uOndyb25n"}, 401, "Unauthenticated"),
    ("stale token", {"Authorization": "Bearer stale"}, 401, "Unauthenticated"),
    ("another scheme", {"Authorization": "Digest x"}, 401, "Unauthenticated"),
    ("without the right", {"Authorization": "Bearer weak"}, 403, "AccessDenied"),
]
callers = pytest.mark.parametrize(
    ("shown", "status", "code"), [each[1:] for each in CALLERS], ids=[each[0] for each in CALLERS]
)
KNOWN = {"Authorization": "Bearer strong"}


class Gate:
    """A JAMServer that is asked who may come in, and fails the test if it is asked for more."""

    def standing(self, operation: Operation, **who: object) -> None:
        return None

    def admit(self, operation: Operation, *, credentials: Credentials, door: str) -> None:
        """Let in who shows the one token, and nobody else."""
        assert operation.right is not None
        if credentials.token == "weak":
            raise AccessDenied("You lack a right.")
        if credentials.token != "strong" and credentials.password != "strong":
            raise Unauthenticated("Log in first.")

    def call(self, operation: Operation, *_: Any, **__: Any) -> Any:
        """Nothing of a request that is not in order comes here."""
        raise AssertionError(f"{operation.name} was called")

    call_later = call

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture(scope="module")
def client() -> Client:
    settings = WebSettings("http://localhost/JAMS", max_request_bytes=LIMIT)
    return Client(create_application(Gate(), settings))


BAD: dict[str, tuple[str, str, bytes, dict[str, str], int]] = {
    "no JSON": ("POST", "/job", b"{", {}, 400),
    "no text": ("POST", "/job", b"\xff", {}, 400),
    "nothing": ("POST", "/job", b"", {}, 400),
    "a list": ("POST", "/job", b"[]", {}, 422),
    "a member that there is not": ("PUT", "/entry/1/hold", b'{"nothing": 1}', {}, 422),
    "a member given twice": ("POST", "/job", b'{"jobName": "a", "jobName": "b"}', {}, 422),
    "a member missing": ("POST", "/job", b"{}", {}, 422),
    "a wrong value": ("POST", "/job", b'{"jobName": 1, "enabled": "perhaps"}', {}, 422),
    "a parameter that there is not": ("PUT", "/job?nothing=1", b'{"jobName": "a"}', {}, 422),
    "a wrong parameter": ("GET", "/entry?limit=x", b"", {}, 422),
    "a wrong shape": ("GET", "/job?limit=x", b"", {}, 422),
    "fields that there are not": ("GET", "/job?fields=nothing", b"", {}, 422),
    "a query that is no text": ("GET", "/job?name=%ff", b"", {}, 400),
    "a wrong word of the path": ("GET", "/entry/x/log", b"", {}, 422),
    "another media type": ("POST", "/job", b"<job/>", {"Content-Type": "text/xml"}, 415),
    "another charset": ("POST", "/job", b"{}", {"Content-Type": "application/json; charset=utf-7"}, 415),
    "a compressed body": ("POST", "/job", b"{}", {"Content-Encoding": "gzip"}, 415),
    "too long a body": ("POST", "/job", b" " * (LIMIT + 1), {}, 413),
    "too long a body of a GET": ("GET", "/job", b" " * (LIMIT + 1), {}, 413),
    "a body that there is not": ("PUT", "/namedtime/1/enable", b'{"a": 1}', {}, 422),
    "a wrong key": ("POST", "/submit/job", b'{"name": "a"}', {"Idempotency-Key": "x" * 300}, 422),
}  # fmt: skip


def asked(client: Client, name: str, shown: dict[str, str]) -> tuple[int, str]:
    verb, path, body, headers, _ = BAD[name]
    sent = {"Content-Type": "application/json", **headers, **shown}
    answer = client.open(f"/JAMS/api{path}", method=verb, data=body, headers=sent)
    return answer.status_code, answer.get_json()["code"]


@callers
@pytest.mark.parametrize("name", BAD)
def test_who_may_not_call_over_rest_hears_that(
    client: Client, name: str, shown: dict[str, str], status: int, code: str
) -> None:
    assert asked(client, name, shown) == (status, code)


@pytest.mark.parametrize("name", BAD)
def test_who_may_call_over_rest_hears_what_is_wrong(client: Client, name: str) -> None:
    assert asked(client, name, KNOWN)[0] == BAD[name][-1]


ROUTES = [(o, r) for o in CATALOGUE if o.right is not None for r in o.routes]


@callers
def test_no_route_tells_a_stranger_of_his_mistakes(
    client: Client, shown: dict[str, str], status: int, code: str
) -> None:
    for _operation, route in ROUTES:
        path = re.sub(r"{\w+}", "1", route.path)
        answer = client.open(
            f"/JAMS/api{path}?nothing=1", method=route.verb, data=b"{", headers=shown, content_type="text/x"
        )
        assert (answer.status_code, answer.get_json()["code"]) == (status, code), route


ENTRY = "urn:jams:v1:entry"
HOLD = f'<Hold xmlns="{ENTRY}"><Id>1</Id></Hold>'
WRONG = {
    "no XML": b"<",
    "nothing": b"",
    "no text": b"\xff\xff",
    "no envelope": b"<a/>",
    "a document type": b"<!DOCTYPE a []><a/>",
    "too long": b" " * (LIMIT + 1),
}
PAYLOADS = {
    "an operation that there is not": '<Fly xmlns="urn:jams:v1:entry"/>',
    "a member that there is not": f'<Hold xmlns="{ENTRY}"><Id>1</Id><Nothing/></Hold>',
    "a member missing": f'<Hold xmlns="{ENTRY}"/>',
    "a wrong value": f'<Hold xmlns="{ENTRY}"><Id>x</Id></Hold>',
    "a day that there is not": f'<Find xmlns="{ENTRY}"><After>2026-02-30T00:00:00Z</After></Find>',
    "two payloads": HOLD + HOLD,
    "no payload": "",
}
HTTP = {
    "another media type": {"Content-Type": "application/json"},
    "another charset": {"Content-Type": "text/xml; charset=utf-7"},
    "a compressed request": {"Content-Encoding": "gzip"},
    "another action": {"SOAPAction": '"urn:other"'},
    "a wrong key for repeating": {"Idempotency-Key": "x" * 300},
}


def told(client: Client, body: bytes, version: str, headers: dict[str, str]) -> tuple[int, str]:
    sent = {"Content-Type": CONTENT[version], **headers}
    answer = client.post("/JAMS/soap", data=body, headers=sent)
    found = re.search(rb"<[^>]*Code>(\w+)</[^>]*Code></?[^>]*Kind|:Code>(\w+)<", answer.data)
    assert found is not None, answer.data
    return answer.status_code, (found[1] or found[2]).decode()


def requests(version: str) -> dict[str, tuple[bytes, dict[str, str]]]:
    """Requests that are not in order, each with its headers."""
    found: dict[str, tuple[bytes, dict[str, str]]] = {name: (body, {}) for name, body in WRONG.items()}
    found.update({name: (envelope(version, text).encode(), {}) for name, text in PAYLOADS.items()})
    found.update({name: (envelope(version, HOLD).encode(), headers) for name, headers in HTTP.items()})
    if version == SOAP12:
        del found["another action"]
    return found


@callers
@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_who_may_not_call_over_soap_hears_that(
    client: Client, version: str, shown: dict[str, str], status: int, code: str
) -> None:
    for name, (body, headers) in requests(version).items():
        if code == "AccessDenied":  # what he asks for has to be known first
            if name not in PAYLOADS or "operation" in name or "payload" in name:
                continue
            assert told(client, body, version, {**headers, **shown})[1] == code, name
            continue
        assert told(client, body, version, {**headers, **shown}) == (status, code), name


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_who_may_call_over_soap_hears_what_is_wrong(client: Client, version: str) -> None:
    for name, (body, headers) in requests(version).items():
        _, code = told(client, body, version, {**headers, **KNOWN})
        assert code not in ("Unauthenticated", "AccessDenied", "InternalError"), name


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
@pytest.mark.parametrize(("password", "hears"), [("strong", False), ("wrong", True)])
def test_who_is_told_by_the_envelope_is_known_by_it(
    client: Client, version: str, password: str, hears: bool
) -> None:
    token = f"<w:Username>x</w:Username><w:Password>{password}</w:Password>"
    header = f'<w:Security xmlns:w="{WSSE}"><w:UsernameToken>{token}</w:UsernameToken></w:Security>'
    for name, payload in PAYLOADS.items():
        status, code = told(client, envelope(version, payload, header).encode(), version, {})
        assert (code == "Unauthenticated") == hears, name
        assert status == 500, "who speaks by the envelope is not asked over HTTP"


@callers
def test_no_operation_of_soap_tells_a_stranger_of_his_mistakes(
    client: Client, shown: dict[str, str], status: int, code: str
) -> None:
    for operation in CATALOGUE:
        if operation.right is not None:
            namespace, _, name = request_tag(operation).removeprefix("{").partition("}")
            body = envelope(SOAP11, f'<{name} xmlns="{namespace}"><Nothing/></{name}>').encode()
            found = told(client, body, SOAP11, shown)
            assert found == (status if status == 401 else 500, code), operation.name


def test_a_login_needs_none_and_is_told_what_is_wrong_with_it(client: Client) -> None:
    answer = client.post("/JAMS/api/authentication/login", data=b"{", content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "MalformedRequest")
    body = envelope(SOAP11, '<Login xmlns="urn:jams:v1:server"><Nothing/></Login>').encode()
    assert told(client, body, SOAP11, {})[1] == "UnknownArgument"


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_what_soap_itself_settles_needs_no_login(client: Client, version: str) -> None:
    """Which version is spoken, and which headers are understood, is found out before a header is read."""
    strange = '<x:T xmlns:x="urn:x" s:mustUnderstand="1"/>'
    for body in (envelope(version, HOLD, strange), envelope("urn:soap3", "")):
        answer = client.post("/JAMS/soap", data=body.encode(), content_type=CONTENT[version])
        assert answer.status_code == 500
        assert b"MustUnderstand" in answer.data or b"VersionMismatch" in answer.data
