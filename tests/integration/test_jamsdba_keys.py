"""The verbs of keys, in processes of their own, beside a server that runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.running import configure, running

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

PASSWORD = "hunter2 and more"
PASSPHRASE = "correct horse battery"


def run(module: str, home: Path, *words: str, given: str = "", code: int = 0) -> str:
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        timeout=100,
        env={"JAMS_HOME": str(home), "PATH": ""},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr and "Traceback" not in done.stderr
    return done.stdout + done.stderr


def jamsdba(home: Path, *words: str, given: str = "", code: int = 0) -> str:
    return run("jams.commands.jamsdba.main", home, *words, given=given, code=code)


def test_a_server_is_protected_while_it_runs_and_restored_elsewhere(
    tmp_path: Path, place: Path | str
) -> None:
    home, other, file = tmp_path / "home", tmp_path / "other", tmp_path / "jams.key"
    configure(home, **databases.connection_to(place))
    with running(home):
        run("jams.commands.main", home, "credential", "set", "Bank", "--user", "svc", given=PASSWORD + "\n")
        clear = (home / "secret.key").read_text().split()[1]
        assert "/NOCONFIRM" in jamsdba(home, "GENERATE", "KEY", code=2)
        assert (home / "secret.key").read_text().split()[1] == clear
        told = jamsdba(home, "PROTECT", str(file), "/NOCONFIRM", given=PASSPHRASE + "\n")
        assert "1 secret was sealed anew" in told and told.count("1 of 1 secrets open") == 1
        now = (home / "secret.key").read_text().split()
        assert now[1] != clear and len(now) == 2 and now[1] not in file.read_text() and now[1] not in told
        assert "already" in jamsdba(home, "PROTECT", str(file), "/NOCONFIRM", code=5)
        assert "1 of 1 secrets open" in jamsdba(home, "verify keys")
        assert "1 of 1" in jamsdba(home, "VERIFY", "KEYS", str(file), given=PASSPHRASE + "\n")
    configure(other, **databases.connection_to(place))
    assert "0 of 1 secrets open" in jamsdba(other, "verify", "keys", code=1)
    assert "another" in jamsdba(
        other, "IMPORT", "KEY", str(file), "/NOENC/NOCONF", given="wrong wrong wrong\n", code=7
    )
    told = jamsdba(other, "IMPORT", "KEY", str(file), "/NOENCRYPT/NOCONFIRM", given=PASSPHRASE + "\n")
    assert "1 of 1 secrets open" in told
    assert (other / "secret.key").read_text().split() == now


def test_the_key_file_is_kept_as_the_configuration_says(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "jams.key"
    configure(home)
    with running(home):
        run("jams.commands.main", home, "credential", "set", "Bank", "--user", "svc", given=PASSWORD + "\n")
    (home / "passphrase").write_text(PASSPHRASE)
    (home / "passphrase").chmod(0o600)
    configure(home, KeyProtection="passphrase", KeyPassphraseFile="passphrase")
    assert "WRAP KEY" in jamsdba(home, "verify", "keys")
    assert "kept as KeyProtection says (passphrase)" in jamsdba(home, "wrap key/noconfirm")
    assert (home / "secret.key").read_text().startswith("wrapped:1:passphrase:")
    assert "1 of 1 secrets open" in jamsdba(home, "verify", "keys")
    jamsdba(home, "generate key/noconfirm")
    assert (home / "secret.key").read_text().startswith("wrapped:1:passphrase:")
    configure(home)
    assert "does not say how to unwrap" in jamsdba(home, "verify", "keys", code=7)
    configure(home, KeyProtection="command")
    assert "needs KeyCommand" in jamsdba(home, "verify", "keys", code=7)
    assert not file.exists()


def test_lines_of_a_pipe_end_with_the_first_that_fails(tmp_path: Path) -> None:
    told = jamsdba(tmp_path, given="help export key\nno such verb\nhelp\n", code=2)
    assert "/PASSPHRASE=file" in told and "no verb NO" in told and "HELP verb tells more" not in told
    assert jamsdba(tmp_path, given="exit\nno such verb\n") == ""
