"""Who guesses is refused at every door before anything is looked at; who comes from elsewhere is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from werkzeug.test import Client, TestResponse

import webservices.soap.application  # noqa: F401  # in this thread: those that build it may end with their test
from jams.client.wire import WireConnection
from jams.objects.errors import TooManyAttempts, Unauthenticated
from jams.operations import CATALOGUE
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.security.passwords import Passwords
from jams.security.throttle import Throttle
from jams.server.dispatch import Dispatcher
from jams.server.wire import WireServer, WireSettings
from jams.services.powershell import AccountHolders
from jams.wire.forwarding import Trusted
from tests.support.town import Town, town
from webservices.application import WebApplication, create_application
from webservices.web_settings import WebSettings

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
SOAP11, SOAP12 = "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"
MEDIA = {SOAP11: "text/xml", SOAP12: "application/soap+xml"}
PASSWORD = "correct horse"
STRANGER, ELSEWHERE, PROXY = "10.6.6.6", "10.0.0.1", "10.0.9.1"


pytestmark = pytest.mark.timeout(300)
"""spyne looks for garbage with a request each second, which takes long in a process of many tests."""


class CountingHasher(PasswordHasher):
    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, *given):
        self.verified += 1
        return super().verify(*given)


@dataclass
class Place:
    """A server on which time stands still, and its doors."""

    town: Town
    accounts: Accounts
    hasher: CountingHasher
    dispatcher: Dispatcher
    web: WebApplication

    def ask(self, address: str, verb: str, path: str, **given) -> TestResponse:
        overrides = {"REMOTE_ADDR": address}
        return Client(self.web, TestResponse).open(
            f"/JAMS{path}", method=verb, environ_overrides=overrides, **given
        )

    def basic(self, name: str, password: str, address: str = STRANGER) -> TestResponse:
        return self.ask(address, "GET", "/api/authentication", auth=(name, password))

    def log_in(self, name: str, password: str, address: str = STRANGER, **headers: str) -> TestResponse:
        told = {"username": name, "password": password}
        return self.ask(address, "POST", "/api/authentication/login", json=told, headers=headers)

    def soap(self, version: str, name: str, password: str, address: str = STRANGER) -> TestResponse:
        token = (
            f'<w:Security xmlns:w="{WSSE}"><w:UsernameToken><w:Username>{name}</w:Username>'
            f"<w:Password>{password}</w:Password></w:UsernameToken></w:Security>"
        )
        envelope = (
            f'<s:Envelope xmlns:s="{version}"><s:Header>{token}</s:Header>'
            '<s:Body><WhoAmI xmlns="urn:jams:v1:server"/></s:Body></s:Envelope>'
        )
        return self.ask(address, "POST", "/soap", data=envelope, content_type=MEDIA[version])


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with town(tmp_path) as made:
        hasher = CountingHasher()
        accounts = Accounts(
            made.desk.database, passwords=Passwords(hasher), throttle=Throttle(clock=lambda: 1000.0)
        )
        for name in ("anna", "bert"):
            accounts.beside.create(name, PASSWORD)
        dispatcher = Dispatcher(replace(made.services, accounts=accounts))
        settings = WebSettings("http://jams.example/JAMS", trusted=Trusted([PROXY]))
        web = create_application(dispatcher, settings)
        yield Place(made, accounts, hasher, dispatcher, web)
        web.close()


def until(try_one: Callable[[int], TestResponse], what: bytes) -> TestResponse:
    """The first answer that holds what a refusal holds; less than sixty guesses are enough."""
    for number in range(60):
        found = try_one(number)
        if what in found.data:
            return found
    raise AssertionError("never refused")


def test_basic_credentials(place: Place) -> None:
    token = place.log_in("anna", PASSWORD, ELSEWHERE).get_json()["access_token"]
    place.hasher.verified = 0
    refused = until(lambda number: place.basic(f"made-up-{number}", "guess at it"), b"TooManyAttempts")
    problem = refused.get_json()
    assert (refused.status_code, problem["status"], problem["code"]) == (429, 429, "TooManyAttempts")
    assert int(refused.headers["Retry-After"]) == int(problem["details"]["retryAfter"]) >= 1
    assert "WWW-Authenticate" not in refused.headers
    tried = place.hasher.verified
    assert tried < 20
    for _ in range(100):
        assert place.basic("anna", PASSWORD).status_code == 429
    assert place.hasher.verified == tried
    assert place.basic("anna", PASSWORD, "10.6.6.7").status_code == 200
    header = {"Authorization": f"Bearer {token}"}
    assert place.ask(STRANGER, "GET", "/api/authentication", headers=header).status_code == 200
    assert place.ask(STRANGER, "GET", "/api/health").status_code == 200


def test_a_login_and_a_name_that_is_attacked(place: Place) -> None:
    for _ in range(6):
        assert place.log_in("bert", "guess at it").status_code == 401
    refused = place.log_in("bert", PASSWORD)
    assert (refused.status_code, refused.get_json()["code"]) == (429, "TooManyAttempts")
    assert place.log_in("bert", PASSWORD, ELSEWHERE).status_code == 200
    assert place.log_in("anna", PASSWORD).status_code == 200


@pytest.mark.parametrize("version", [SOAP11, SOAP12])
def test_a_username_token(place: Place, version: str) -> None:
    refused = until(
        lambda number: place.soap(version, f"made-up-{number}", "guess at it"), b"TooManyAttempts"
    )
    assert refused.status_code == 500 and int(refused.headers["Retry-After"]) >= 1
    assert (b":Server<" if version == SOAP11 else b":Receiver<") in refused.data
    assert b"retryAfter" in refused.data
    assert "Retry-After" not in place.soap(version, "anna", PASSWORD, ELSEWHERE).headers
    assert b"anna" in place.soap(version, "anna", PASSWORD, ELSEWHERE).data


def test_basic_credentials_with_soap(place: Place) -> None:
    envelope = (
        f'<s:Envelope xmlns:s="{SOAP11}"><s:Body><WhoAmI xmlns="urn:jams:v1:server"/></s:Body></s:Envelope>'
    )

    def guess(number: int) -> TestResponse:
        auth = (f"made-up-{number}", "guess at it")
        return place.ask(STRANGER, "POST", "/soap", data=envelope, content_type="text/xml", auth=auth)

    assert "Retry-After" in until(guess, b"TooManyAttempts").headers


def test_a_proxy_that_is_trusted_tells_who_guesses_and_the_word_of_others_does_not_count(
    place: Place,
) -> None:
    for number in range(8):
        told = {"X-Forwarded-For": f"9.9.9.9, 198.51.100.{number}"}
        assert place.log_in("anna", "guess at it", PROXY, **told).status_code == 401
        place.log_in("anna", "guess at it", STRANGER, **told)
    assert place.log_in("anna", PASSWORD, PROXY, **told).status_code == 200
    assert place.log_in("anna", PASSWORD, STRANGER, **told).status_code == 429
    place.town.refusals.flush()
    rows = place.town.call("get_audit_trail", place.town.admit("boss"), user_name="anna", limit=100)
    origins = {row.origin for row in rows}
    assert origins == {STRANGER, *(f"198.51.100.{number} via {PROXY}" for number in range(8))}


def test_the_wire(place: Place) -> None:
    who = CATALOGUE["who_am_i"]
    server = WireServer(place.dispatcher, WireSettings())
    server.start()
    connection = WireConnection("127.0.0.1", server.port)

    def shown(name: str, password: str, origin: str = "") -> Credentials:
        return Credentials(username=name, password=password, origin=origin)

    try:
        for origin in ("", "198.51.100.7"):
            for _ in range(6):
                with pytest.raises(Unauthenticated):
                    connection.call(who, {}, credentials=shown("anna", "guess at it", origin))
            with pytest.raises(TooManyAttempts, match="try again in") as refused:
                connection.call(who, {}, credentials=shown("anna", PASSWORD, origin))
            assert int(refused.value.details["retryAfter"]) >= 1
        assert (
            connection.call(who, {}, credentials=shown("anna", PASSWORD, "198.51.100.8")).username == "anna"
        )
        token = place.accounts.log_in("anna", PASSWORD, origin=ELSEWHERE).access_token
        assert connection.call(who, {}, credentials=Credentials(token=token)).username == "anna"
    finally:
        connection.close()
        server.stop(0)


def test_powershell_sessions(place: Place) -> None:
    people = AccountHolders(place.accounts, place.town.refusals)
    for _ in range(6):
        with pytest.raises(Unauthenticated):
            people.check_password("anna", "guess at it", STRANGER)
    with pytest.raises(TooManyAttempts):
        people.check_password("anna", PASSWORD, STRANGER)
    assert people.check_password("anna", PASSWORD, ELSEWHERE) == "anna"
    token = place.accounts.log_in("anna", PASSWORD, origin=ELSEWHERE).access_token
    assert people.check_password("anna", token, STRANGER) == "anna"


def test_what_is_refused_unseen_is_in_the_trail_as_such(place: Place) -> None:
    until(lambda number: place.log_in("eve", "guess at it"), b"TooManyAttempts")
    place.town.refusals.flush()
    rows = place.town.call("get_audit_trail", place.town.admit("boss"), user_name="eve", limit=100)
    assert {(row.refusal, row.origin, row.operation) for row in rows} == {
        ("Unauthenticated", STRANGER, "log_in"),
        ("TooManyAttempts", STRANGER, "log_in"),
    }
    assert json.dumps([row.message for row in rows]).count("guess") == 0
