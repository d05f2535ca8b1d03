"""Accounts of a directory at every door of a server that runs, with a real slapd behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.support.identities import (
    REFUSED,
    ask,
    basic,
    by_command_line,
    by_envelope,
    by_library,
    by_powershell,
    by_rest,
)
from tests.support.running import (
    PASSWORD,
    Running,
    add_account,
    administer,
    configure,
    examined,
    free_port,
    running,
)
from tests.support.slapd import BASE, PASSWORDS, READER, Slapd, needs_slapd, person, slapd

pytestmark = [pytest.mark.integration, needs_slapd]
Door = Callable[[Running, str, str, Path], str]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with slapd(tmp_path_factory.mktemp("slapd")) as made:
        heads = made.group("Heads", person("anna"))
        made.group("Staff", heads, person("bert"))
        yield made


@pytest.fixture(scope="module")
def jams(tree: Slapd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("directory") / "home"
    configure(
        home,
        WSManPort=str(free_port()),
        WSManCertificate=tree.authority,
        WSManKey=str(tree.folder / "tls" / "wire.key"),
        Directory__Servers=f"ldaps://localhost:{tree.secure}",
        Directory__Base=BASE,
        Directory__Domain="EXAMPLE",
        Directory__Credential="directory",
        Directory__Authority=tree.authority,
        Directory__Groups="Heads=Administrators",
        Directory__MakeAccounts="true",
        Directory__GroupLife="0:00:01",
    )
    with running(home) as found:
        administer(home, "credential", "set", "directory", "--user", READER[0], given=READER[1])
        add_account(home, "local", "Administrators")
        yield found


def code_of(jams: Running, name: str, password: str) -> tuple[int, str]:
    with pytest.raises(HTTPError) as told:
        ask(jams, "GET", "/authentication", basic(name, password))
    with told.value as answer:
        return answer.code, json.load(answer)["code"]


def by_login(jams: Running, name: str, password: str) -> str:
    told = {"username": name, "password": password}
    return by_rest(jams, "Bearer " + ask(jams, "POST", "/authentication/login", body=told)["access_token"])


DOORS: dict[str, Door] = {
    "rest": lambda jams, name, password, place: by_rest(jams, basic(name, password)),
    "rest_by_login": lambda jams, name, password, place: by_login(jams, name, password),
    "soap_in_the_envelope": lambda jams, name, password, place: by_envelope(jams, name, password),
    "library": lambda jams, name, password, place: by_library(jams, username=name, password=password),
    "command_line": by_command_line,
    "powershell": lambda jams, name, password, place: by_powershell(jams, name, password),
}


@pytest.mark.parametrize("door", DOORS)
def test_an_account_of_the_directory_comes_in_by_every_door(jams: Running, door: str, tmp_path: Path) -> None:
    assert DOORS[door](jams, "anna", PASSWORDS["anna"], tmp_path) == "anna"
    who = ("anna", "bert")[list(DOORS).index(door) % 2]  # some more in a row would have to wait
    with pytest.raises(REFUSED):
        DOORS[door](jams, who, "not the password", tmp_path)


def test_a_password_of_nothing_lets_nobody_in(jams: Running) -> None:
    assert code_of(jams, "o(a)k*", "") == (401, "Unauthenticated")


def test_its_groups_are_those_of_the_directory(jams: Running) -> None:
    told = ask(jams, "GET", "/authentication", basic("EXAMPLE\\anna", PASSWORDS["anna"]))
    assert told["groups"] == ["Administrators", "EXAMPLE\\Heads", "EXAMPLE\\Staff"]


def test_an_access_list_may_name_a_group_of_the_directory(jams: Running) -> None:
    bert = basic("bert", PASSWORDS["bert"])
    assert ask(jams, "GET", "/authentication", basic("local", PASSWORD))["username"] == "local"
    with pytest.raises(HTTPError, match="403"):
        ask(jams, "GET", "/folder/children", bert)
    acl = ask(jams, "GET", "/security/FolderDefinitions", basic("local", PASSWORD))
    acl["acl"]["genericACL"].insert(0, {"identifier": "EXAMPLE\\Staff", "accessList": ["Inquire"]})
    ask(jams, "PUT", "/security/FolderDefinitions", basic("local", PASSWORD), acl)
    assert isinstance(ask(jams, "GET", "/folder/children", bert), list)


def test_a_token_follows_what_becomes_of_its_owner_in_the_directory(jams: Running, tree: Slapd) -> None:
    dn = tree.person("dora", "dora's words")
    heads = f"cn=Heads,ou=groups,{BASE}"
    tree.change(heads, member=[person("anna"), dn])
    told = {"username": "dora", "password": "dora's words"}
    token = "Bearer " + ask(jams, "POST", "/authentication/login", body=told)["access_token"]
    assert "Administrators" in ask(jams, "GET", "/authentication", token)["groups"]
    tree.change(heads, member=[person("anna")])
    while "Administrators" in (groups := ask(jams, "GET", "/authentication", token)["groups"]):
        pass
    assert groups == []
    tree.remove(dn)
    with pytest.raises(HTTPError, match="401"):
        while True:
            ask(jams, "GET", "/authentication", token)


def test_who_is_disabled_here_does_not_come_in_by_the_directory(jams: Running, tree: Slapd) -> None:
    tree.person("emil", "emil's words")
    assert ask(jams, "GET", "/authentication", basic("emil", "emil's words"))["username"] == "emil"
    administer(jams.home, "account", "disable", "emil")
    with pytest.raises(HTTPError, match="401"):
        while True:
            ask(jams, "GET", "/authentication", basic("emil", "emil's words"))


def test_an_account_that_was_made_here_is_not_the_directorys(jams: Running, tree: Slapd) -> None:
    tree.person("local", "of another local")
    assert code_of(jams, "local", "of another local") == (401, "Unauthenticated")


def test_a_directory_that_is_away_is_told_apart_from_a_wrong_password(jams: Running, tree: Slapd) -> None:
    tree.person("fred", "fred's words")
    tree.stop()
    try:
        assert code_of(jams, "fred", "fred's words") == (503, "LoginUnavailable")
        assert code_of(jams, "nobody", "fred's words") == (503, "LoginUnavailable")
        assert code_of(jams, "local", "not the password") == (503, "LoginUnavailable")
        assert by_rest(jams, basic("local", PASSWORD)) == "local"
    finally:
        tree.start()


def test_nothing_of_a_password_is_in_a_log_or_a_file_of_the_server(jams: Running) -> None:
    secrets = [READER[1], *PASSWORDS.values()]
    for path in [path for path in jams.home.rglob("*") if path.is_file()]:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in content], path


def test_the_doctor_tells_whether_the_tree_can_be_asked(jams: Running, tree: Slapd, tmp_path: Path) -> None:
    found = examined(jams.home)
    assert found[f"directory localhost:{tree.secure}"][0] and found[f"entry {BASE}"][0]
    wrong = {"Directory__Servers": f"ldap://localhost:{free_port()}", "Directory__Base": BASE}
    configure(tmp_path / "away", **wrong)
    away = examined(tmp_path / "away")
    assert [good for what, (good, _) in away.items() if what.startswith("directory ")] == [False]
    configure(tmp_path / "lacking", **{**wrong, "Directory__Base": ""})
    assert "Directory:Base" in examined(tmp_path / "lacking")["directory"][1]
