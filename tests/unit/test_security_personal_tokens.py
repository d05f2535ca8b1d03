"""Personal access tokens: narrowed, expiring, listed, revoked, and never more than their account."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from jams.database import access, tables
from jams.database.access import AccessRule
from jams.security.access import ADMINISTRATORS, ALL_RIGHTS
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.security.personal import MOST, PREFIX, read_rights
from jams.security.rights import JobDefinitions, Monitor, ServerAccess
from jams.server.dispatch import Dispatcher
from tests.support.rest_script import Script
from tests.support.town import Town, town

PASSWORD = "correct horse battery"


class People(Script):
    """A script that shows what it is told to, at a server with real accounts."""

    def shown(self, header: dict[str, str], verb: str, target: str, body: Any = None) -> Any:
        return self.ask(verb, target, body, **header)


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, Accounts]]:
    with town(tmp_path_factory.mktemp("tokens")) as t:
        real = Accounts(t.services.database)
        real.beside.create("ann", PASSWORD, groups=[ADMINISTRATORS])
        real.beside.create("bob", PASSWORD)
        services = replace(t.services, accounts=real)
        yield replace(t, services=services, dispatcher=Dispatcher(services)), real


@pytest.fixture
def s(accounts: tuple[Town, Accounts]) -> People:
    return People(accounts[0])


def _as(name: str, password: str = PASSWORD) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def _by(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _new(s: People, name: str, **said: Any) -> dict[str, Any]:
    status, made = s.shown(_as("ann"), "POST", "/authentication/token", {"tokenName": name, **said})
    assert status == 201, made
    return dict(made)


def test_a_token_stands_for_its_account_at_every_way_in(s: People) -> None:
    made = _new(s, "all")
    assert made["token"].startswith(PREFIX)
    assert s.shown(_by(made["token"]), "GET", "/authentication")[1]["username"] == "ann"
    assert s.shown(_as("Ann", made["token"]), "GET", "/authentication")[1]["username"] == "ann"
    assert s.shown(_as("bob", made["token"]), "GET", "/authentication")[0] == 401
    assert s.shown(_by(made["token"] + "x"), "GET", "/authentication")[0] == 401
    assert (
        s.shown({}, "POST", "/authentication/login", {"username": "ann", "password": made["token"]})[0] == 401
    )


def test_a_narrowed_token_gives_what_it_says_and_no_more(s: People) -> None:
    made = _new(s, "narrow", rights=["monitor.seeown", "ServerAccess.Execute"])
    token = _by(made["token"])
    assert s.shown(token, "GET", "/entry")[0] == 200
    for verb, target, body in (
        ("GET", "/job", None),
        ("POST", "/folder", {"folderName": "X"}),
        ("GET", "/server", None),
        ("PUT", "/entry/1/hold", {}),
        ("GET", "/authentication/token?everybody=true", None),
    ):
        status, problem = s.shown(token, verb, target, body)
        assert status == 403, (target, problem)


def test_a_token_makes_no_other_and_ends_none_of_others(s: People) -> None:
    for made in (_new(s, "mother"), _new(s, "narrow mother", rights=["ServerAccess.Execute"])):
        status, problem = s.shown(_by(made["token"]), "POST", "/authentication/token", {"tokenName": "child"})
        assert (status, problem["code"]) == (403, "AccessDenied")


def test_tokens_are_listed_and_revoked_without_being_shown(s: People) -> None:
    made = _new(s, "listed", rights=["JobDefinitions.Inquire"])
    status, listed = s.shown(_as("ann"), "GET", "/authentication/token")
    one = next(each for each in listed if each["tokenName"] == "listed")
    assert status == 200 and one["rights"] == ["JobDefinitions.Inquire"] and "token" not in one
    assert made["token"] not in str(listed)
    assert s.shown(_by(made["token"]), "GET", "/job")[0] == 200
    assert s.shown(_as("ann"), "DELETE", f"/authentication/token/{made['tokenID']}")[0] == 200
    assert s.shown(_by(made["token"]), "GET", "/job")[0] == 401
    assert s.shown(_as("ann"), "DELETE", f"/authentication/token/{made['tokenID']}")[0] == 404


def test_nobody_sees_or_ends_the_tokens_of_others(s: People, accounts: tuple[Town, Accounts]) -> None:
    made = _new(s, "mine")
    rules = [AccessRule(area="ServerAccess", identifier="bob", rights=("Execute",))]
    accounts[0].services.database.write(lambda c: access.replace(c, "ServerAccess", rules))
    assert s.shown(_as("bob"), "GET", "/authentication/token") == (200, [])
    assert s.shown(_as("bob"), "GET", "/authentication/token?everybody=true")[0] == 403
    assert s.shown(_as("bob"), "DELETE", f"/authentication/token/{made['tokenID']}")[0] == 404
    assert s.shown(_by(made["token"]), "GET", "/authentication")[0] == 200


def test_a_token_ends_when_its_time_is_over(s: People, accounts: tuple[Town, Accounts]) -> None:
    made = _new(s, "short")
    held = accounts[0].services.database
    past = datetime.now(UTC) - timedelta(seconds=1)
    held.write(
        lambda c: c.execute(
            update(tables.personal_token)
            .where(tables.personal_token.c.id == made["tokenID"])
            .values(expires=past)
        )
    )
    assert s.shown(_by(made["token"]), "GET", "/authentication")[0] == 401
    again = _new(s, "short")
    assert again["token"] != made["token"], "what has run out makes room for one of its name"
    assert s.shown(_by(made["token"]), "GET", "/authentication")[0] == 401


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"tokenName": "all"}, 409, "AlreadyExists"),
        ({"tokenName": "ALL"}, 409, "AlreadyExists"),
        ({"tokenName": ""}, 422, "InvalidArgument"),
        ({}, 422, "MissingArgument"),
        ({"tokenName": "x", "rights": ["Monitor.Fly"]}, 422, "InvalidArgument"),
        ({"tokenName": "x", "rights": [""]}, 422, "InvalidArgument"),
        ({"tokenName": "x", "expires": "2020-01-01T00:00:00Z"}, 422, "InvalidArgument"),
        ({"tokenName": "x", "expires": "2999-01-01T00:00:00Z"}, 422, "InvalidArgument"),
    ],
)
def test_what_is_no_token_is_not_made(s: People, said: dict[str, Any], status: int, code: str) -> None:
    s.shown(_as("ann"), "POST", "/authentication/token", {"tokenName": "all"})
    found, problem = s.shown(_as("ann"), "POST", "/authentication/token", said)
    assert (found, problem["code"]) == (status, code)


def test_a_disabled_account_lends_its_token_nothing(s: People, accounts: tuple[Town, Accounts]) -> None:
    real = accounts[1]
    real.beside.create("cid", PASSWORD, groups=[ADMINISTRATORS])
    made = s.shown(_as("cid"), "POST", "/authentication/token", {"tokenName": "t"})[1]
    assert s.shown(_by(made["token"]), "GET", "/job")[0] == 200
    real.beside.set_groups("cid", [])
    assert s.shown(_by(made["token"]), "GET", "/job")[0] == 403, "it gives no more than the account has"
    real.beside.set_groups("cid", [ADMINISTRATORS])
    real.beside.set_enabled("cid", False)
    assert s.shown(_by(made["token"]), "GET", "/job")[0] == 401


def test_there_are_so_many_tokens_of_an_account_and_no_more(
    s: People, accounts: tuple[Town, Accounts]
) -> None:
    accounts[1].beside.create("dora", PASSWORD, groups=[ADMINISTRATORS])
    for number in range(MOST):
        answer = s.shown(_as("dora"), "POST", "/authentication/token", {"tokenName": f"t{number}"})
        assert answer[0] == 201
    assert (
        s.shown(_as("dora"), "POST", "/authentication/token", {"tokenName": "more"})[1]["code"] == "Conflict"
    )


def test_only_a_digest_is_kept(s: People, accounts: tuple[Town, Accounts]) -> None:
    made = _new(s, "secret one")
    with accounts[0].services.database.read() as c:
        kept = str(c.execute(tables.personal_token.select()).all())
    assert made["token"] not in kept
    caller = accounts[1].authenticate(Credentials(token=made["token"]), "library")
    assert caller.personal and caller.rights == ALL_RIGHTS and caller.login is None


def test_rights_are_read_in_any_case() -> None:
    assert read_rights(["monitor.SEEALL", " Monitor.SeeAll "]) == (Monitor.SEE_ALL,)
    assert read_rights(["JobDefinitions.Add", "ServerAccess.Execute"]) == (
        JobDefinitions.ADD,
        ServerAccess.EXECUTE,
    )
