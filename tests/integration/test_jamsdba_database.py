"""The verbs of the database, as commands on homes of both kinds."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from jams.commands.jamsdba import update
from jams.commands.jamsdba.main import main
from jams.commands.jamsdba.times import read_time
from jams.database import open_database, schema, stored_settings, tables
from jams.database.opening import open_beside
from jams.objects.errors import InvalidArgument
from jams.services import systemctl
from jams.services.configuration import load
from jams.services.systemd import units
from tests.support import databases
from tests.support.jamsdba import Say
from tests.support.running import running
from tests.support.schedule import desk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]


@pytest.fixture(params=databases.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """A database of each kind without tables, which nobody else is given afterwards."""
    if request.param == "sqlite":
        yield tmp_path / "jams.db"
        return
    with databases.unmade() as made:
        yield made


def older(place: Path | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Let the program have one more migration than the database; the numbers of both schemas."""
    open_database(place).close()
    old = schema.known_versions()[-1]
    new = f"{int(old) + 1:04d}"
    migrations = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, migrations)
    text = f'import sqlalchemy as sa\nfrom alembic import op\n\nrevision = "{new}"\ndown_revision = "{old}"\n'
    text += 'def upgrade():\n    op.create_table("later", sa.Column("id", sa.Integer))\n    # more\n'
    (migrations / "versions" / f"r{new}_later.py").write_text(text)
    monkeypatch.setattr(schema, "_MIGRATIONS", migrations)
    return old, new


def test_update_brings_the_schema_up_and_logs_it(
    jamsdba: Say, home: Path, place: Path | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        old, new = older(place, tmp_path, patch)
        assert "/NOCONFIRM" in jamsdba("UPDATE/LOG", code=2)
        assert "cannot be used" in jamsdba("UPDATE/LOG=/no/such/folder/log", "/NOCONFIRM", code=1)
        assert f"from schema {old} to {new}" in (told := jamsdba("update/log/noconf"))
        log = (home / "JAMSDBA_UPDATE.log").read_text()
        assert "CREATE TABLE later" in log and str(home / "JAMSDBA_UPDATE.log") in told
        assert "is the newest" in jamsdba("UPDATE")
    assert f"has schema {new}" in jamsdba("UPDATE", code=7)


@pytest.fixture
def systemd(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that systemd runs, with units of the home; the file says what systemd was asked to do."""
    said, programs, lies = tmp_path / "said", tmp_path / "programs", tmp_path / "units"
    for folder in (programs, lies):
        folder.mkdir()
    program = programs / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >> {said}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(systemctl, "_RUNS", tmp_path)
    monkeypatch.setattr(update, "DIRECTORY", str(lies))
    for name, text in units(load(home).settings, "anybody").items():
        (lies / name).write_text(text)
    return said


def test_an_update_starts_the_services_as_the_setting_says(
    jamsdba: Say,
    home: Path,
    place: Path | str,
    tmp_path: Path,
    systemd: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        older(place, tmp_path, patch)
        assert "The services were started." in jamsdba("UPDATE/NOCONFIRM")
        assert systemd.read_text() == "start jams.target\n"
        with desk(place) as d:
            d.write(lambda c: stored_settings.put(c, "StartServicesAfterUpgrade", "False", user="ada"))
        assert "are not started" in jamsdba("UPDATE") and systemd.read_text() == "start jams.target\n"
        (home.parent / "other").mkdir()
        others = units(replace(load(home).settings, home=home.parent / "other"), "anybody")
        for name, text in others.items():
            (tmp_path / "units" / name).write_text(text)
        assert "services" not in jamsdba("UPDATE"), "the units are of another home"


def test_an_update_that_fails_changes_nothing_and_says_what_failed(
    jamsdba: Say, home: Path, place: Path | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _, new = older(place, tmp_path, patch)
        file = tmp_path / "migrations" / "versions" / f"r{new}_later.py"
        file.write_text(file.read_text().replace("# more", "op.execute('SELECT nonsense FROM later')"))
        told = jamsdba("UPDATE/NOCONFIRM", code=7)
        assert "Nothing was changed" in told
        assert "SELECT nonsense FROM later" in (home / "JAMS_DB_ERRORS.sql").read_text()
    assert "is the newest" in jamsdba("UPDATE")


def test_update_of_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["UPDATE/NOCONFIRM", "/HOME=" + str(tmp_path)]) == 7
    assert "INSTALL" in capsys.readouterr().err and not list(tmp_path.iterdir())
    with closing(sqlite3.connect(tmp_path / "JAMS.db")) as other, other:
        other.execute("CREATE TABLE foreign_table (id INTEGER)")
    assert main(["UPDATE/NOCONFIRM", "/HOME=" + str(tmp_path)]) == 7
    assert "another program" in capsys.readouterr().err


def test_reset_schedule_refuses_beside_a_server(jamsdba: Say, home: Path, place: Path | str) -> None:
    with running(home):
        assert "in use by the JAMS server" in jamsdba("RESET SCHEDULE/NOCONFIRM", code=7)
        assert "in use" in jamsdba("RESET", "SCHEDULE/RESTART=01-DEC-2026 06:00", "/NOCONFIRM", code=7)


def test_reset_schedule_clears_what_waits(jamsdba: Say, home: Path, place: Path | str) -> None:
    with desk(place) as d:
        d.job(r"\Load")
        number = d.submit(r"\Load", after=datetime(2099, 1, 1, tzinfo=UTC))
    told = jamsdba("RESET", "SCHEDULE/RESTART=01-DEC-2026 06:00", code=2)
    assert "1 entries that wait" in told and "01-Dec-2026 06:00" in told
    told = jamsdba("RESET", "SCHEDULE/RESTART=01-DEC-2026 06:00", "/NOCONFIRM")
    assert "1 entries have left" in told
    database = open_beside(place)
    with database.read() as c:
        assert c.scalar(select(tables.entry.c.number).where(tables.entry.c.number == number)) is None
    database.close()
    assert "no time" in jamsdba("RESET SCHEDULE/RESTART=sometimes/NOCONFIRM", code=2)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("01-DEC-2026 06:00", "2026-12-01 05:00"),
        ("1-dec-2026 06:00:30", "2026-12-01 05:00:30"),
        ("01-DEC-2026", "2026-11-30 23:00"),
        ("2026-07-01 06:00", "2026-07-01 04:00"),
        ("2026-07-01T06:00", "2026-07-01 04:00"),
        ("2026-07-01T06:00+00:00", "2026-07-01 06:00"),
        ("2026-07-01T06:00Z", "2026-07-01 06:00"),
    ],
)
def test_times(text: str, moment: str) -> None:
    assert read_time(text, "Europe/Berlin") == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "tomorrow", "32-DEC-2026", "2027-03-28 02:30", "25:00"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(InvalidArgument):
        read_time(text, "Europe/Berlin")
