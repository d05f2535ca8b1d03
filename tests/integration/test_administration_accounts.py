"""What the page on administration shows of accounts is done as it stands there."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pyotp
import pytest

from jams.client.server import Server
from jams.objects.errors import CodeRequired
from tests.integration.test_administration_page import shown
from tests.support.running import configure, running

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

_PROGRAMS = {"jams": "jams.commands.main", "jamswebclient": "webclient"}


def test_accounts_are_administered_as_the_page_shows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    configure(home)
    bob = tmp_path / "bob.txt"

    def do(words: list[str], given: str = "", **more: str) -> str:
        program, *rest = words
        done = subprocess.run(
            [sys.executable, "-m", _PROGRAMS[program], *rest],
            cwd=tmp_path,
            input=given,
            capture_output=True,
            text=True,
            timeout=100,
            env={**os.environ, "JAMS_HOME": str(home), "PYTHONPATH": os.getcwd(), **more},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    with running(home) as jams:
        told: dict[str, str] = {}
        passwords = iter(("a long way to go", "another long way"))
        for words in shown("Accounts"):
            if str(bob.name) in words:
                bob.touch(0o600)
                bob.write_text(next(passwords) + "\n")
            told[words[1]] = do(words, "a password for Ann\n")
        assert {"create-account", "change-account", "begin-codes", "create-token"} <= told.keys()
        listed = {
            row["accountName"]: row for row in json.loads(do(["jamswebclient", "accounts", "-o", "json"]))
        }
        assert listed["ann"]["groups"] == ["Administrators"]
        assert listed["bob"]["groups"] == ["Night", "Submitters"]
        assert (listed["bob"]["enabled"], listed["bob"]["mustChangePassword"]) == (False, True)
        assert listed["nightly"]["service"] and not listed["nightly"]["hasPassword"]

        # Ann sets her codes up, and logs in by one.
        ann = Server(home=home, username="ann", password="a password for Ann")
        begun = ann.call("begin_one_time_codes")
        codes = ann.call("confirm_one_time_codes", code=pyotp.TOTP(begun.secret).now()).codes
        with pytest.raises(CodeRequired):
            ann.call("who_am_i")
        secret = tmp_path / "ann.txt"
        secret.touch(0o600)
        secret.write_text("a password for Ann\n")
        login = shlex.split(f"jamswebclient login ann --server {jams.url} --password-file ann.txt")
        nowhere = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "JAMS_HOME": str(tmp_path / "nowhere")}
        assert "Logged in" in do(login, JAMS_CODE=codes[0], **nowhere)
