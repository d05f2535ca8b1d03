"""What is done on the machine itself is in the audit trail, and the trail can be taken out of it."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from jams.commands.main import main as jams
from jams.database import open_database
from jams.security.bootstrap import this_person
from tests.support.jamsdba import Say

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def made(place: Path | str) -> None:
    open_database(place).close()


def exported(jamsdba: Say, path: Path) -> list[dict[str, object]]:
    told = jamsdba(f"EXPORT AUDIT {path} /REPLACE")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert f"{len(lines):,} records" in told
    return lines


def test_what_the_local_command_changes_is_recorded_without_its_password(
    jamsdba: Say, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Correct-Horse-Battery-9\n"))
    assert jams(["account", "--home", str(home), "add", "ann"]) == 0
    assert jams(["account", "--home", str(home), "disable", "ann"]) == 0
    path = tmp_path / "trail.jsonl"
    lines = [each for each in exported(jamsdba, path) if each["user"] == this_person()]
    made, disabled = (
        next(change for each in lines for change in each["changes"] if change["action"] == action)  # type: ignore[attr-defined]
        for action in ("Added", "Changed")
    )
    assert made["kind"] == "Account" and made["name"] == "ann"
    assert disabled["before"] == {"enabled": True} and disabled["after"] == {"enabled": False}
    assert "Correct-Horse" not in path.read_text() and "argon2" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_export_replaces_nothing_unless_it_is_told_to(jamsdba: Say, tmp_path: Path) -> None:
    path = tmp_path / "trail.jsonl"
    path.write_text("mine")
    jamsdba(f"EXPORT AUDIT {path}", code=5)
    assert path.read_text() == "mine"
    jamsdba(f"EXPORT AUDIT {tmp_path / 'nowhere' / 'x'}", code=7)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".trail")] == []
