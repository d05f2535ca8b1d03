"""Tokens of an issuer of OpenID Connect at every door of a server, with a real provider behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from pypsrp.exceptions import AuthenticationError
from zeep.exceptions import Error, Fault, TransportError

from jams.objects.errors import Unauthenticated
from tests.support.identities import ask, basic, by_envelope, by_library, by_powershell, by_rest, by_soap
from tests.support.openid import AUDIENCE, CLIENT, Provider, needs_provider, rsa
from tests.support.running import Running, administer, configure, examined, free_port, running

pytestmark = [pytest.mark.integration, needs_provider]
Door = Callable[[Running, str, str], str]


@pytest.fixture(scope="module")
def jams(sso: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("openid") / "home"
    configure(
        home,
        WSManPort=str(free_port()),
        WSManCertificate=sso.authority,
        WSManKey=str(Path(sso.authority).with_name("wire.key")),
        OpenId__Issuer=sso.url,
        OpenId__ClientId=CLIENT,
        OpenId__Audience=AUDIENCE,
        OpenId__Domain="SSO",
        OpenId__Groups="Loaders=Administrators",
        OpenId__Scopes="openid profile groups",
        OpenId__Authority=sso.authority,
        OpenId__MakeAccounts="true",
    )
    with running(home) as found:
        yield found


def exchanged(jams: Running, id_token: str) -> Any:
    body = {"grant_Type": "id_token", "id_Token": id_token}
    return ask(jams, "POST", "/authentication/login", body=body)


def refused(jams: Running, authorization: str) -> None:
    with pytest.raises(HTTPError) as told:
        ask(jams, "GET", "/authentication", authorization)
    with told.value as answer:
        assert (answer.code, json.load(answer)["code"]) == (401, "Unauthenticated")


def bearer(jams: Running, token: str) -> str:
    return by_rest(jams, f"Bearer {token}")


REFUSED = (HTTPError, Fault, TransportError, Error, Unauthenticated)
DOORS: dict[str, Door] = {
    "rest": lambda jams, name, token: bearer(jams, token),
    "rest_as_password": lambda jams, name, token: by_rest(jams, basic(name, token)),
    "soap": lambda jams, name, token: by_soap(jams, token),
    "soap_in_the_envelope": by_envelope,
    "library": lambda jams, name, token: by_library(jams, token=token),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_token_of_the_issuer_comes_in_by_every_door(jams: Running, sso: Provider, door: str) -> None:
    enter = DOORS[door]
    assert enter(jams, "robot", sso.access_token()) == "robot"
    assert enter(jams, "olga", sso.signed()) == "olga"
    unfit = [
        sso.access_token("https://other.example.com"),
        sso.signed(exp=1),
        sso.signed(iss="https://other.example.com"),
        sso.signed(rsa("foreign")),
        sso.signed(sub=None),
    ]
    for token in unfit:
        with pytest.raises(REFUSED):
            enter(jams, "olga", token)


def test_a_token_as_a_password_is_its_owners_alone(jams: Running, sso: Provider) -> None:
    refused(jams, basic("robot", sso.signed()))


def test_somebody_who_logs_in_at_the_issuer_gets_a_token_with_his_groups(
    jams: Running, sso: Provider
) -> None:
    given = exchanged(jams, sso.id_token("olga"))
    assert given["refresh_token"] == ""
    told = ask(jams, "GET", "/authentication", f"Bearer {given['access_token']}")
    assert told["username"] == "olga"
    assert told["groups"] == ["Administrators", "SSO\\Loaders", "SSO\\Night shift"]
    message = ask(jams, "POST", "/authentication/logout", f"Bearer {given['access_token']}")
    assert message == "1 login of olga was ended."
    refused(jams, f"Bearer {given['access_token']}")


def test_a_session_of_powershell_is_opened_by_the_login_and_not_by_the_token(
    jams: Running, sso: Provider
) -> None:
    given = exchanged(jams, sso.id_token("olga"))["access_token"]
    assert by_powershell(jams, "olga", given) == "olga"
    with pytest.raises(AuthenticationError):
        by_powershell(jams, "olga", sso.signed())


def test_only_those_come_in_who_were_entered_where_the_setting_says_so(
    jams: Running, sso: Provider, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    outside = {"OpenId__Issuer": sso.url, "OpenId__ClientId": CLIENT, "OpenId__Audience": AUDIENCE}
    configure(home, **outside, OpenId__Authority=sso.authority)
    with running(home) as strict:
        refused(strict, f"Bearer {sso.signed()}")
        administer(home, "account", "add", "olga", "--source", "openid")
        assert bearer(strict, sso.signed()) == "olga"
        refused(strict, f"Bearer {sso.signed(sub='another')}")


def test_an_id_token_opens_one_login(jams: Running, sso: Provider) -> None:
    token = sso.id_token("olga")
    exchanged(jams, token)
    with pytest.raises(HTTPError, match="401"):
        exchanged(jams, token)
    exchanged(jams, sso.id_token("olga"))


def test_what_is_no_id_token_opens_no_login(jams: Running, sso: Provider) -> None:
    for token in (sso.access_token(), "eyJ.a.b", "x"):
        with pytest.raises(HTTPError, match="401"):
            exchanged(jams, token)
    with pytest.raises(HTTPError, match="422"):
        ask(jams, "POST", "/authentication/login", body={"grant_Type": "id_token"})


def test_what_a_program_needs_for_a_login_is_told_to_everybody(jams: Running, sso: Provider) -> None:
    told = ask(jams, "GET", "/authentication/sso")
    assert told["offered"] is True and told["issuer"] == sso.url and told["clientID"] == CLIENT
    assert told["scopes"] == ["openid", "profile", "groups"]
    assert told["authorizationEndpoint"] == f"{sso.url}/auth" and told["tokenEndpoint"] == f"{sso.url}/token"


def test_who_is_disabled_here_does_not_come_in_by_the_issuer(jams: Running, sso: Provider) -> None:
    token = sso.signed(sub="paul", preferred_username="paul")
    assert bearer(jams, token) == "paul"
    administer(jams.home, "account", "disable", "paul")
    with pytest.raises(HTTPError, match="401"):
        while True:  # another process has changed it: seen within seconds
            bearer(jams, token)


def test_an_account_of_this_server_is_not_the_issuers(jams: Running, sso: Provider) -> None:
    refused(jams, f"Bearer {sso.signed(sub='boss', preferred_username='Administrator')}")


def test_the_name_of_somebody_else_at_the_issuer_is_not_taken(jams: Running, sso: Provider) -> None:
    bearer(jams, sso.signed())
    refused(jams, f"Bearer {sso.signed(sub='another', preferred_username='olga')}")


def test_nothing_of_a_token_is_in_a_log_or_a_file_of_the_server(jams: Running, sso: Provider) -> None:
    tokens = [sso.signed(), sso.id_token("olga"), sso.signed(exp=1)]
    bearer(jams, tokens[0])
    exchanged(jams, tokens[1])
    refused(jams, f"Bearer {tokens[2]}")
    for path in [path for path in jams.home.rglob("*") if path.is_file()]:
        content = path.read_bytes()
        assert not [token for token in tokens if token.rpartition(".")[2].encode() in content], path


def test_the_doctor_tells_whether_it_can_be_asked(jams: Running, sso: Provider, tmp_path: Path) -> None:
    assert examined(jams.home)["issuer"][0]
    configure(tmp_path / "wrong", OpenId__Issuer=sso.url + "/", OpenId__ClientId=CLIENT)
    good, told = examined(tmp_path / "wrong")["issuer"]
    assert not good and "does not answer" in told
    configure(tmp_path / "open", OpenId__Issuer="http://sso.example.com", OpenId__ClientId=CLIENT)
    assert "https" in examined(tmp_path / "open")["issuer"][1]
