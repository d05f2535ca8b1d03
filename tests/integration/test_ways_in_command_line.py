"""People log in by the issuer on the command line: in a browser or with another device."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.commandline import environment, run
from tests.support.openid import CLIENT, Provider, browse, needs_provider
from tests.support.running import ROOT, Running, configure, running

pytestmark = [pytest.mark.integration, needs_provider]


@pytest.fixture(scope="module")
def jams(sso: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("sign_on") / "home"
    configure(
        home,
        OpenId__Issuer=sso.url,
        OpenId__ClientId=CLIENT,
        OpenId__Groups="Loaders=Administrators",
        OpenId__Scopes="openid profile groups",
        OpenId__Authority=sso.authority,
        OpenId__MakeAccounts="true",
    )
    with running(home) as found:
        yield found


def place(jams: Running, folder: Path) -> dict[str, str]:
    return environment(folder, JAMS_SERVER=jams.url)


@contextmanager
def logging_in(
    env: dict[str, str], sso: Provider, *options: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A login that goes on, and what it has told at first."""
    words = [sys.executable, "-m", "webclient", "login", "--sso", "--ca-file", sso.authority, *options]
    with subprocess.Popen(
        words, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stderr is not None
            yield process, process.stderr.readline()
        finally:
            process.kill()


def address_in(told: str) -> str:
    return re.findall(r"https://\S+", told)[0]


def whoami(env: dict[str, str]) -> Any:
    done = run("whoami", "-o", "json", env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_somebody_logs_in_in_a_browser_and_is_known_from_then_on(
    jams: Running, sso: Provider, tmp_path: Path
) -> None:
    env = place(jams, tmp_path)
    with logging_in(env, sso) as (process, told):
        address = address_in(told)
        assert "code_challenge_method=S256" in address and "nonce=" in address and "state=" in address
        back = browse(address, sso.authority)
        assert "logged in" in requests.get(back, timeout=30).text
        out, err = process.communicate(timeout=50)
    assert process.returncode == 0, err
    assert "as olga, until" in out
    assert whoami(env)["username"] == "olga"
    assert run("logout", env=env).returncode == 0


def test_who_else_finds_the_port_neither_ends_a_login_nor_slips_in_a_code(
    jams: Running, sso: Provider, tmp_path: Path
) -> None:
    with logging_in(place(jams, tmp_path), sso) as (process, told):
        back = browse(address_in(told), sso.authority)
        for other in (
            re.sub("state=[^&]*", "state=guessed", back),
            re.sub("[?&]state=[^&]*", "", back),
            back.partition("/callback")[0] + "/",
        ):
            assert requests.get(other, timeout=30).status_code == 404
        assert process.poll() is None
        requests.get(back, timeout=30)
        assert process.wait(50) == 0


def test_a_code_of_another_login_is_refused(jams: Running, sso: Provider, tmp_path: Path) -> None:
    env = place(jams, tmp_path)
    with logging_in(env, sso) as (_, others), logging_in(env, sso) as (process, told):
        stolen = re.search("code=([^&]*)", browse(address_in(others), sso.authority))
        assert stolen is not None
        back = re.sub("code=[^&]*", stolen[0], browse(address_in(told), sso.authority))
        requests.get(back, timeout=30)
        _, err = process.communicate(timeout=50)
    assert process.returncode == 4 and "came to nothing" in err
    assert run("whoami", "--user", "olga", env=env).returncode == 4


def test_a_login_that_the_issuer_refuses_is_told(jams: Running, sso: Provider, tmp_path: Path) -> None:
    with logging_in(place(jams, tmp_path), sso) as (process, told):
        address = address_in(told)
        state = re.findall("state=([^&]*)", address)[0]
        port = re.findall(r"127\.0\.0\.1%3A(\d+)", address)[0]
        requests.get(f"http://127.0.0.1:{port}/callback?error=access_denied&state={state}", timeout=30)
        _, err = process.communicate(timeout=50)
    assert process.returncode == 4 and "access_denied" in err


def test_somebody_logs_in_with_another_device(jams: Running, sso: Provider, tmp_path: Path) -> None:
    env = place(jams, tmp_path)
    with logging_in(env, sso, "--device") as (process, told):
        approve(address_in(told), told.split()[-1], sso.authority)
        _, err = process.communicate(timeout=50)
    assert process.returncode == 0, err
    assert whoami(env)["username"] == "olga"


def approve(address: str, code: str, authority: str) -> None:
    """Give a code as a person does with a browser: type it, confirm it, and go where that leads."""
    with requests.Session() as browser:
        page = browser.get(address, verify=authority, timeout=30)
        page = browser.post(
            address, data={**hidden(page.text), "user_code": code}, verify=authority, timeout=30
        )
        page = browser.post(
            address, data={**hidden(page.text), "confirm": "yes"}, verify=authority, timeout=30
        )
        assert "success" in page.text.lower(), page.text


def hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return {unescape(name): unescape(value) for name, value in fields}


def test_what_does_not_go_together_is_told(jams: Running, sso: Provider, tmp_path: Path) -> None:
    env = place(jams, tmp_path)
    for words in (["login", "--device"], ["login", "olga", "--sso"]):
        done = run(*words, env=env)
        assert done.returncode == 2 and "--sso" in done.stderr
    configure(tmp_path / "plain")
    with running(tmp_path / "plain") as plain:
        done = run("login", "--sso", env=place(plain, tmp_path))
    assert done.returncode == 2 and "names no issuer" in done.stderr
