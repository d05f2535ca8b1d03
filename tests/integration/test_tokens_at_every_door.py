"""A personal token stands for its account at every door that asks each time, until it is revoked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypsrp.exceptions import AuthenticationError

from jams.security.certificates import make_certificate
from tests.support.identities import (
    REFUSED,
    ask,
    basic,
    by_command_line,
    by_envelope,
    by_library,
    by_powershell,
    by_rest,
    by_soap,
)
from tests.support.running import PASSWORD, Running, add_account, free_port, running

WHO = "olga"
Door = Callable[[Running, str, Path], str]


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("tokens") / "home"
    made = make_certificate(home / "tls", [], days=2, replace=False)
    tls = {"WSManCertificate": str(made.certificate), "WSManKey": str(made.key)}
    with running(home, WSManPort=str(free_port()), **tls) as found:
        add_account(found.home, WHO, "Administrators")
        yield found


DOORS: dict[str, Door] = {
    "rest": lambda jams, token, place: by_rest(jams, f"Bearer {token}"),
    "rest_as_password": lambda jams, token, place: by_rest(jams, basic(WHO, token)),
    "soap": lambda jams, token, place: by_soap(jams, token),
    "soap_in_the_envelope": lambda jams, token, place: by_envelope(jams, WHO, token),
    "library": lambda jams, token, place: by_library(jams, token=token),
    "command_line": lambda jams, token, place: by_command_line(jams, WHO, token, place),
}
OWNER = basic(WHO, PASSWORD)


@pytest.mark.parametrize("name", DOORS)
def test_a_token_stands_for_its_account_until_it_is_revoked(jams: Running, name: str, tmp_path: Path) -> None:
    door = DOORS[name]
    said = {"tokenName": name, "rights": ["ServerAccess.Execute", "Monitor.SeeOwn"]}
    made = ask(jams, "POST", "/authentication/token", OWNER, said)
    assert door(jams, made["token"], tmp_path).casefold() == WHO
    assert made["token"] not in json.dumps(ask(jams, "GET", "/authentication/token", OWNER))
    ask(jams, "DELETE", f"/authentication/token/{made['tokenID']}", OWNER)
    with pytest.raises(REFUSED):
        door(jams, made["token"], tmp_path)


def test_a_token_opens_no_session_of_powershell(jams: Running) -> None:
    """It would outlive the token, with all rights of the account."""
    made = ask(jams, "POST", "/authentication/token", OWNER, {"tokenName": "session"})
    with pytest.raises(AuthenticationError):
        by_powershell(jams, WHO, made["token"])
    assert by_powershell(jams, WHO, PASSWORD).casefold() == WHO
