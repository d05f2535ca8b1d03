"""``kill -9`` at every step of a change of keys: every secret opens, and said again it ends well."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jams.database import open_database
from jams.security.credentials import CredentialStore
from jams.security.vault import Vault
from tests.support.running import ROOT

SECRETS = 4
FEWEST_KILLS = 50


@pytest.mark.timeout(300)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="each change is a fork of one process")
@pytest.mark.parametrize("what", ["generate", "import"])
def test_no_secret_is_lost_wherever_a_change_of_keys_is_killed(
    tmp_path: Path, place: Path | str, what: str
) -> None:
    path = tmp_path / "secret.key"
    database = open_database(place)
    store = CredentialStore(database, Vault(path))
    for n in range(SECRETS):
        store.put(f"C{n}", user_name="u", password=f"password {n}", by="anna")
    database.close()
    command = [sys.executable, "-m", "tests.support.killed_keys", str(place), str(path), str(SECRETS), what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=290, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout) >= FEWEST_KILLS
