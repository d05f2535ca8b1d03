"""What is tried against logins: tokens used again or brought along, pages of others, weaker schemes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from jams.database import accounts as account_rows
from jams.objects.errors import FolderNotFound
from jams.security.access import ADMINISTRATORS
from jams.security.accounts import Accounts
from jams.server.dispatch import Dispatcher
from tests.support.soap import SOAP11
from tests.support.town import Town, town
from webservices.application import create_application
from webservices.web_settings import WebSettings

PASSWORD = "Correct-Horse-9-Battery"
LOGIN = "/JAMS/api/authentication/login"
WHO = "/JAMS/api/authentication"
SOAP = (
    f'<s:Envelope xmlns:s="{SOAP11}"><s:Body><o:WhoAmI xmlns:o="urn:jams:v1:server"/></s:Body></s:Envelope>'
)


@dataclass
class Site:
    """Web services of a server with one account, and whoever attacks it."""

    town: Town
    client: Client

    def login(self, **body: Any) -> dict[str, str]:
        answer = self.client.post(LOGIN, json={"username": "ann", "password": PASSWORD, **body})
        assert answer.status_code == 200, answer.text
        found: dict[str, str] = answer.get_json()
        return found

    def who(self, authorization: str, **headers: str) -> TestResponse:
        given = {key.replace("_", "-"): value for key, value in headers.items()}
        return self.client.get(WHO, headers={"Authorization": authorization, **given})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with town(tmp_path) as t:
        t.admit("boss", passes=True)
        accounts = Accounts(t.desk.database)
        t.desk.write(lambda c: account_rows.ensure_group(c, ADMINISTRATORS))
        accounts.beside.create("ann", PASSWORD, groups=[ADMINISTRATORS])
        dispatcher = Dispatcher(replace(t.services, accounts=accounts))
        yield Site(t, Client(create_application(dispatcher, WebSettings("http://localhost/JAMS"))))


def basic(password: str = PASSWORD) -> str:
    return "Basic " + base64.b64encode(f"ann:{password}".encode()).decode()


def test_a_login_takes_no_token_that_somebody_brings_along(site: Site) -> None:
    """Session fixation: what the attacker knows before a login is worth nothing after it."""
    known = "A" * 43
    brought = site.client.post(
        LOGIN,
        json={"username": "ann", "password": PASSWORD},
        headers={"Cookie": f"session={known}; token={known}", "X-Session": known},
    ).get_json()
    assert known not in brought.values()
    assert site.who(f"Bearer {known}").status_code == 401
    assert site.login()["access_token"] != brought["access_token"] != site.login()["access_token"]


def test_no_answer_sets_a_cookie_and_none_lets_anybody_in(site: Site) -> None:
    """So a browser adds nothing by itself to what a page of others sends."""
    token = site.login()["access_token"]
    for answer in (
        site.client.post(LOGIN, json={"username": "ann", "password": PASSWORD}),
        site.who(f"Bearer {token}"),
        site.who(basic()),
        site.who(basic("wrong")),
    ):
        assert "Set-Cookie" not in answer.headers
    assert site.client.get(WHO, headers={"Cookie": f"access_token={token}"}).status_code == 401


def test_a_page_of_others_changes_nothing_with_the_password_that_a_browser_keeps(site: Site) -> None:
    """A browser sends Basic credentials that it was once given to every page's requests."""
    folder = json.dumps({"folderName": "evil", "parentFolderName": "\\"})
    for origin in ("https://evil.example", "null", "http://localhost.evil.example"):
        for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
            headers = {"Authorization": basic(), "Origin": origin, "Content-Type": kind}
            answer = site.client.post("/JAMS/api/folder", data=folder, headers=headers)
            assert answer.status_code == 403, (origin, kind, answer.text)
            assert "Access-Control-Allow-Origin" not in answer.headers
    with pytest.raises(FolderNotFound):
        site.town.call("get_folder", "boss", name="\\evil")


def test_a_page_of_others_calls_nothing_over_soap(site: Site) -> None:
    headers = {"Authorization": basic(), "Content-Type": "text/xml", "SOAPAction": '""'}
    assert "ann" in site.client.post("/JAMS/soap", data=SOAP, headers=headers).text
    answer = site.client.post("/JAMS/soap", data=SOAP, headers={**headers, "Origin": "https://evil.example"})
    assert answer.status_code >= 400 and "ann" not in answer.text


def test_a_refresh_token_is_worth_something_once(site: Site) -> None:
    first = site.login()
    body = {"grant_Type": "refresh_token", "refresh_Token": first["refresh_token"]}
    assert site.client.post(LOGIN, json=body).status_code == 200
    assert site.client.post(LOGIN, json=body).status_code == 401


def test_an_access_token_is_no_refresh_token_and_no_password(site: Site) -> None:
    given = site.login()
    body = {"grant_Type": "refresh_token", "refresh_Token": given["access_token"]}
    assert site.client.post(LOGIN, json=body).status_code == 401
    assert site.who(f"Bearer {given['refresh_token']}").status_code == 401
    as_password = {"username": "ann", "password": given["access_token"]}
    assert site.client.post(LOGIN, json=as_password).status_code == 401


def test_a_token_is_worth_nothing_after_its_logout_and_others_go_on(site: Site) -> None:
    one, other = site.login(), site.login()
    done = site.client.post(
        "/JAMS/api/authentication/logout", headers={"Authorization": f"Bearer {one['access_token']}"}
    )
    assert done.status_code == 200
    assert site.who(f"Bearer {one['access_token']}").status_code == 401
    body = {"grant_Type": "refresh_token", "refresh_Token": one["refresh_token"]}
    assert site.client.post(LOGIN, json=body).status_code == 401
    assert site.who(f"Bearer {other['access_token']}").status_code == 200


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t.swapcase(), lambda t: ""]
)
def test_a_token_that_was_changed_by_a_letter_is_none(site: Site, change: Any) -> None:
    assert site.who(f"Bearer {change(site.login()['access_token'])}").status_code == 401


def test_no_weaker_scheme_is_offered_or_taken(site: Site) -> None:
    for scheme in ("Digest username=ann", "NTLM TlRMTVNTUAAB", "Negotiate YII=", "ann", "Basic", "Basic !!!"):
        answer = site.who(scheme)
        assert answer.status_code in (400, 401), (scheme, answer.text)
        assert offers(answer) <= {"Basic", "Bearer"}, scheme


def offers(answer: TestResponse) -> set[str]:
    return {value.partition(" ")[0] for value in answer.headers.getlist("WWW-Authenticate")}


def test_two_logins_in_one_request_are_refused(site: Site) -> None:
    """Who stands between must not choose which of them counts."""
    token = site.login()["access_token"]
    headers = [("Authorization", basic("wrong")), ("Authorization", f"Bearer {token}")]
    assert site.client.get(WHO, headers=headers).status_code in (400, 401)


def test_who_guesses_has_to_wait_whatever_door_he_tries(site: Site) -> None:
    """Brute force: after some failures even the right password is not looked at for a while."""
    codes = [site.who(basic(f"guess {n}")).status_code for n in range(12)]
    assert codes[0] == 401 and codes[-1] == 429
    assert site.client.post(LOGIN, json={"username": "ann", "password": PASSWORD}).status_code == 429
    headers = {"Authorization": basic(), "Content-Type": "text/xml", "SOAPAction": '""'}
    assert "ann</" not in site.client.post("/JAMS/soap", data=SOAP, headers=headers).text
