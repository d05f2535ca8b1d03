"""The verbs that look after a database: how large it is, whether it is whole, what goes, where it lies."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jams.commands.jamsdba.main import main
from jams.database import open_database, sizing, tables
from jams.database.opening import open_beside
from jams.security.credentials import CredentialStore
from jams.security.vault import Vault
from jams.services.configuration import load
from jams.services.rewriting import set_key
from tests.support import databases, old_history
from tests.support.jamsdba import Say
from tests.support.planning import scheduled, world
from tests.support.running import configure, running
from tests.support.schedule import desk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

JOBS = 40


def test_the_estimate_is_that_of_a_measured_database(place: Path | str) -> None:
    """Forty jobs run every day; what the database grows by is what SIZE says, within a quarter."""
    with world(place, "2027-03-01 08:00") as w:
        for n in range(JOBS):
            w.job(rf"\T\Job{n}", scheduled("DAILY", "10:00"))

        def now() -> sizing.Size:
            if isinstance(place, str):
                import psycopg

                with psycopg.connect(place, autocommit=True) as beside:
                    beside.execute("VACUUM FULL")
            return w.desk.read(sizing.measured)

        w.until("2027-03-03 12:00")
        before = now()
        w.until("2027-03-17 12:00")
        after = now()
        runs = after.runs - before.runs
        assert runs == JOBS * 14 and after.entries - before.entries == runs
        # Entries of this world stay in the monitor.
        kind = w.desk.database.dialect
        grown = after.whole - before.whole
        said = runs * (sizing.A_RUN[kind] + sizing.AN_ENTRY[kind])
        assert 0.75 < said / grown < 1.33, (said, grown)


def test_size(jamsdba: Say, place: Path | str) -> None:
    assert "MiB" in jamsdba("SIZE/JOBS=1000/DAYS=30")
    with desk(place) as d:
        d.job(r"\Load")
    told = jamsdba("SIZE/JOBS=1000/DAYS=30")
    assert "0 runs and 0 entries" in told
    room = int(told.split("it takes about ")[1].split(" MiB")[0])
    assert 60 <= room <= 110  # of the guide's system it is 110
    assert "a number" in jamsdba("SIZE/JOBS=many", code=2)


def test_purge(jamsdba: Say, home: Path, place: Path | str) -> None:
    log = home / "logs" / "jobs" / "old.log"
    log.parent.mkdir(parents=True)
    log.touch()
    with desk(place) as d:
        job = d.job(r"\Load")
        now = datetime.now(UTC)
        rows = [
            old_history.row(
                job, old_history.FIRST_NUMBER + n, now - timedelta(days=n), log=str(log) if n == 5 else None
            )
            for n in range(10)
        ]
        old_history.add(d, rows)
    import os

    os.utime(log, (0, 0))
    assert "needs the parameter Days" in jamsdba("PURGE HISTORY/NOCONFIRM", code=2)
    assert "can be History" in jamsdba("PURGE HISTROY/DAYS=3/NOCONFIRM", code=2)
    assert "7 rows of History go" in jamsdba("PURGE HISTORY/DAYS=3", code=2)
    told = jamsdba("PURGE HISTORY/DAYS=3/NOCONFIRM")
    assert "7 rows and 1 logs removed" in told and not log.exists()
    database = open_beside(place)
    with database.read() as c:
        assert c.scalar(select(func.count()).select_from(tables.history)) == 3
    database.close()


def test_verify(jamsdba: Say, home: Path, place: Path | str) -> None:
    with desk(place) as d:
        d.job(r"\Load")
    assert "can be read" in jamsdba("VERIFY DATABASE")
    told = jamsdba("VERIFY AUDIT")
    assert "is as it was written" in told
    head = told.splitlines()[1]
    assert "is as it was written" in jamsdba("VERIFY", f"AUDIT/HEAD={head}")
    assert "written chain:number:hash" in jamsdba("VERIFY AUDIT/HEAD=nonsense", code=2)
    assert "VERIFY KEYS, VERIFY DATABASE, VERIFY AUDIT" in jamsdba("VERIFY", code=2)


def test_verify_finds_what_is_not_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with desk(tmp_path / "JAMS.db") as d:
        d.folder(r"\Sales")
    with closing(sqlite3.connect(tmp_path / "JAMS.db")) as other, other:
        other.execute("UPDATE folder SET parent_id = 4711 WHERE name = 'Sales'")
    assert main(["VERIFY DATABASE", f"/HOME={tmp_path}"]) == 1
    assert "folder" in capsys.readouterr().err


def test_dr_check(jamsdba: Say, home: Path, place: Path | str) -> None:
    with desk(place) as d:
        d.job(r"\Load")
        d.submit(r"\Load", after=datetime(2099, 1, 1, tzinfo=UTC))
        store = CredentialStore(d.database, Vault(home / "secret.key"))
        store.put("Bank", user_name="u", password="p", by="anna")
    told = jamsdba("DR CHECK")
    assert "all 1 secrets open" in told and "pending: 1 " in told and "agents: " in told and "!!" not in told
    (home / "secret.key").rename(home / "elsewhere.key")
    assert "!! 1 of 1 secrets do not open" in jamsdba("DR CHECK", code=1)
    (home / "elsewhere.key").rename(home / "secret.key")
    configure(home, DefaultLogLocation="/no/such/place/logs", **databases.connection_to(place))
    assert "!! DefaultLogLocation" in jamsdba("DR CHECK", code=1)


def test_relocate(jamsdba: Say, home: Path, place: Path | str, tmp_path: Path) -> None:
    """The database goes to a file elsewhere, as a restored backup; the server works with it then."""
    with desk(place) as d:
        d.job(r"\Load")
    elsewhere = tmp_path / "elsewhere" / "moved.db"
    elsewhere.parent.mkdir()
    before = (home / "Common.config").read_text()
    assert "nothing in" in jamsdba("RELOCATE", str(elsewhere), "/NOCONFIRM", code=7)
    with desk(elsewhere) as d:
        d.job(r"\Moved")
        store = CredentialStore(d.database, Vault(tmp_path / "other.key"))
        store.put("Bank", user_name="u", password="p", by="anna")
    assert "does not open every secret" in jamsdba("RELOCATE", str(elsewhere), "/NOCONFIRM", code=7)
    shutil.copy(tmp_path / "other.key", home / "secret.key")
    (home / "secret.key").chmod(0o600)
    held = open_database(elsewhere, server="another")
    assert "in use" in jamsdba("RELOCATE", str(elsewhere), "/NOCONFIRM", code=7)
    held.close()
    assert (home / "Common.config").read_text() == before
    assert "The next start uses it" in jamsdba("RELOCATE", str(elsewhere), "/NOCONFIRM")
    assert load(home).settings.connection_string == str(elsewhere)
    assert "That is where" in jamsdba("RELOCATE", str(elsewhere), "/NOCONFIRM", code=2)


def test_relocate_refuses_beside_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    configure(home)
    with running(home):
        with closing(sqlite3.connect(home / "JAMS.db")) as there:
            there.execute(f"VACUUM INTO '{tmp_path / 'moved.db'}'")
        assert main(["RELOCATE", str(tmp_path / "moved.db"), "/NOCONFIRM", f"/HOME={home}"]) == 7
    assert "in use" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        '<configuration><appSettings><add key="WebPort" value="1"/></appSettings></configuration>',
        '<appSettings>\n<!-- <add key="ServerName" value="no"/> -->\n<add key="SERVERNAME" value="x"/>\n'
        "</appSettings>",
        "<configuration>\n  <appSettings>\n    <add value='a' key='ServerName'/>\n"
        "  </appSettings></configuration>",
    ],
)
def test_one_key_is_changed_and_the_rest_stays(tmp_path: Path, text: str) -> None:
    (tmp_path / "Common.config").write_text(text)
    before = load(tmp_path).settings
    set_key(tmp_path, "ServerName", 'a "b" & <c>')
    after = load(tmp_path).settings
    assert after.server_name == 'a "b" & <c>' and after.web_port == before.web_port
    assert ("<!--" in text) == (
        '<add key="ServerName" value="no"/> -->' in (tmp_path / "Common.config").read_text()
    )
