"""The drill: backups under load, restored elsewhere, with the right key and others, damaged, and killed."""

from __future__ import annotations

import gzip
import io
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select, text

from jams.client.server import Server
from jams.database import open_database, schema, sealed, tables
from jams.database.opening import open_beside
from jams.objects.errors import AlreadyExists, DatabaseUnusable, InvalidArgument
from jams.security.vault import KEY_FILE
from jams.services import backup, backup_archive
from jams.services.configuration import load
from jams.services.settings import Settings
from tests.support import databases
from tests.support.running import configure, running
from tests.support.schedule import Desk

pytestmark = [
    pytest.mark.integration,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        "postgresql" in databases.KINDS and not all(map(shutil.which, ("pg_dump", "pg_restore", "psql"))),
        reason="PostgreSQL's client programs are not here",
    ),
]

PASSWORD = "hunter2 and more"
JOBS = 40


@pytest.fixture
def elsewhere(place: Path | str, tmp_path: Path) -> Iterator[Path | str]:
    """Another database of the same kind."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with databases.database("postgresql" if "://" in str(place) else "sqlite", folder) as made:
        yield made


def run(module: str, home: Path, *words: str, given: str = "", code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=200,
        env={**os.environ, "JAMS_HOME": str(home)},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr and "Traceback" not in done.stderr
    return done.stdout + done.stderr


def jamsdba(home: Path, *words: str, code: int = 0) -> str:
    return run("jams.commands.jamsdba.main", home, *words, code=code)


def settings_of(home: Path, place: Path | str) -> Settings:
    configure(home, **databases.connection_to(place))
    return load(home).settings


def filled(place: Path | str, prefix: str = "J") -> None:
    database = open_database(place)
    desk = Desk(database)
    for number in range(JOBS):
        desk.job(f"\\{prefix}{number}")
    database.close()


def jobs(place: Path | str) -> set[str]:
    database = open_beside(place)
    try:
        with database.read() as c:
            return set(c.scalars(select(tables.job.c.name)))
    finally:
        database.close()


def test_the_drill(tmp_path: Path, place: Path | str, elsewhere: Path | str) -> None:
    home, other, archive = tmp_path / "home", tmp_path / "other", tmp_path / "drill.jamsbackup"
    configure(home, **databases.connection_to(place))
    with running(home):
        run("jams.commands.main", home, "credential", "set", "Bank", "--user", "svc", given=PASSWORD + "\n")
        accepted: list[int] = []
        enough, stop = threading.Event(), threading.Event()

        def load_it() -> None:
            with Server(home=home) as server:
                server.jobs.create(_job("Held"))
                while not stop.is_set():
                    made = server.submit("\\Held", {"hold": True}).key
                    accepted.append(made)
                    if len(accepted) >= 20:
                        enough.set()

        loader = threading.Thread(target=load_it)
        loader.start()
        try:
            assert enough.wait(60)
            before = len(accepted)
            told = jamsdba(home, "BACKUP", str(archive), "/LOGS")
        finally:
            stop.set()
            loader.join()
        assert "rows" in told and "which is not in it" in told
        assert "There is a file" in jamsdba(home, "BACKUP", str(archive), code=5)
        assert "stop it first" in jamsdba(home, "RESTORE", str(archive), "/NOCONFIRM", code=7)
        assert "can be restored" in jamsdba(home, "RESTORE", str(archive), "/VERIFY")
    assert archive.stat().st_mode & 0o077 == 0
    assert PASSWORD.encode() not in gzip.decompress(archive.read_bytes())

    settings_of(other, elsewhere)
    filled(elsewhere, "Old")
    old = jobs(elsewhere)
    refused = jamsdba(other, "RESTORE", str(archive), "/NOCONFIRM", code=7)
    assert "credential Bank" in refused and "Nothing was changed" in refused
    assert jobs(elsewhere) == old
    (other / KEY_FILE).write_text("12345678 " + "A" * 43 + "=\n")
    (other / KEY_FILE).chmod(0o600)
    assert "Nothing was changed" in jamsdba(other, "RESTORE", str(archive), "/NOCONFIRM", code=7)
    assert jobs(elsewhere) == old
    key = (home / KEY_FILE).read_text()
    (other / KEY_FILE).write_text("12345678 " + "A" * 43 + "=\n" + key)
    told = jamsdba(other, "RESTORE", str(archive), "/NOCONFIRM")
    assert "1 can be opened, and 0 cannot" in told and "\\Held" in told
    assert jobs(elsewhere) == {"Held"}
    with running(other), Server(home=other) as server:
        found = {entry.jams_entry for entry in server.call("find_entries", limit=10_000)}
        assert set(accepted[:before]) <= found
        assert found <= set(accepted)
        whole = server.call("verify_audit")
        assert whole.intact, whole
        trail = server.call("get_audit_trail", limit=10_000)
        assert any(line.operation == "restore_backup" for line in trail)
    assert not [path for path in tmp_path.rglob("*") if ".part" in path.name or ".jams-restore" in path.name]


def _job(name: str) -> Any:
    from jams.objects.definitions import Job

    return Job(job_name=name, parent_folder_name="\\", method_name="Command", source="true\n")


def content(archive: Path) -> bytes | None:
    try:
        return gzip.decompress(archive.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None


def test_a_damaged_archive_changes_nothing(tmp_path: Path, place: Path | str) -> None:
    settings = settings_of(tmp_path / "home", place)
    filled(place)
    archive = tmp_path / "whole.jamsbackup"
    backup.take(settings, archive)
    with pytest.raises(AlreadyExists):
        backup.take(settings, archive)
    whole, before = archive.read_bytes(), jobs(place)
    bad = tmp_path / "bad.jamsbackup"
    drawn, flipped = random.Random(7), 0
    for at in sorted(drawn.sample(range(20, len(whole) - 9), 12)):
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        if content(bad) == content(archive):
            continue  # other words of the compression for the same bytes: that is no damage
        flipped += 1
        with pytest.raises(InvalidArgument, match="Nothing was changed"):
            backup.restore(settings, bad)
    assert flipped >= 8
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        bad.write_bytes(whole[:length])
        with pytest.raises(InvalidArgument, match="Nothing was changed"):
            backup.restore(settings, bad)
    bad.write_bytes(b"something else" * 1000)
    with pytest.raises(InvalidArgument, match="damaged or none"):
        backup.verify(settings, bad)
    with pytest.raises(InvalidArgument, match="There is no backup"):
        backup.restore(settings, tmp_path / "none")
    assert jobs(place) == before
    assert backup.restore(settings, archive).rows > JOBS and jobs(place) == before


def changed(archive: Path, to: Path, **members: Any) -> None:
    """Write an archive anew, with another manifest."""
    with tarfile.open(archive, "r:gz") as old, tarfile.open(to, "w:gz") as new:
        for entry in old:
            content = old.extractfile(entry)
            assert content is not None
            data = content.read()
            if entry.name == backup_archive.MANIFEST:
                data = msgspec.json.encode({**msgspec.json.decode(data), **members})
            entry.size = len(data)
            new.addfile(entry, io.BytesIO(data))


def test_archives_of_others_are_refused_in_a_sentence(tmp_path: Path, place: Path | str) -> None:
    settings = settings_of(tmp_path / "home", place)
    filled(place)
    archive, other = tmp_path / "whole.jamsbackup", tmp_path / "other.jamsbackup"
    backup.take(settings, archive)
    before = jobs(place)
    for members, said in (
        ({"schema": "9999"}, "knows schemas up to"),
        ({"kind": "oracle"}, "of a database of oracle"),
        ({"rows": {"job": 3}}, "The table job has"),
    ):
        changed(archive, other, **members)
        with pytest.raises((DatabaseUnusable, InvalidArgument), match=said):
            backup.restore(settings, other)
    changed(archive, other, form=2)
    with pytest.raises(InvalidArgument, match="of form 2"):
        backup.verify(settings, other)
    assert jobs(place) == before


def test_an_older_schema_is_brought_up_to_date(
    tmp_path: Path, place: Path | str, elsewhere: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, migrations)
    for file in (migrations / "versions").glob("r[0-9]*.py"):
        if file.name[1:5] > "0028":
            file.unlink()
    settings = settings_of(tmp_path / "home", tmp_path / "old.db")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_MIGRATIONS", migrations)
        # What was sealed by then.
        patch.setattr(sealed, "PLACES", (sealed.CREDENTIAL,))
        if "://" in str(place):
            with databases.unmade() as old:
                settings = settings_of(tmp_path / "home", old)
                open_database(old).close()
                manifest = backup.take(settings, tmp_path / "old.jamsbackup")
        else:
            open_database(tmp_path / "old.db").close()
            manifest = backup.take(settings, tmp_path / "old.jamsbackup")
    assert manifest.schema == "0028"
    target = settings_of(tmp_path / "other", elsewhere)
    filled(elsewhere)
    backup.restore(target, tmp_path / "old.jamsbackup")
    assert jobs(elsewhere) == set()


def limited(size: int) -> Any:
    """What lets a process write no file longer than so many bytes, as a full disk would."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_leaves_nothing_and_is_told(tmp_path: Path, place: Path | str) -> None:
    home = tmp_path / "home"
    settings = settings_of(home, place)
    filled(place)
    archive, good = tmp_path / "made.jamsbackup", tmp_path / "good.jamsbackup"
    backup.take(settings, good)
    before = jobs(place)
    for words in (["BACKUP", str(archive)], ["RESTORE", str(good), "/NOCONFIRM"]):
        done = subprocess.run(
            [sys.executable, "-m", "jams.commands.jamsdba.main", *words],
            capture_output=True,
            text=True,
            timeout=100,
            env={**os.environ, "JAMS_HOME": str(home)},
            preexec_fn=lambda: limited(16_384),
        )
        assert done.returncode == 7 and "Traceback" not in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
    assert not archive.exists() and jobs(place) == before
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
    backup.take(settings, archive)
    assert backup.restore(settings, archive).rows and jobs(place) == before


def killed(home: Path, seconds: float, *words: str) -> bool:
    """Kill JAMSDBA after a while; whether it was not over by then."""
    process = subprocess.Popen(
        [sys.executable, "-m", "jams.commands.jamsdba.main", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "JAMS_HOME": str(home)},
        start_new_session=True,
    )
    time.sleep(seconds)
    process.kill()
    return process.wait() == -signal.SIGKILL


def test_a_kill_leaves_all_or_nothing(tmp_path: Path, place: Path | str) -> None:
    home = tmp_path / "home"
    settings = settings_of(home, place)
    filled(place)
    good = tmp_path / "good.jamsbackup"
    backup.take(settings, good)
    old = jobs(place)
    filled(place, "Later")
    new = jobs(place)
    took = time.monotonic()
    jamsdba(home, "RESTORE", str(good), "/VERIFY")
    took = time.monotonic() - took
    for share in (0.4, 0.7, 0.85, 1.0):
        killed(home, took * share, "BACKUP", str(tmp_path / f"{share}.jamsbackup"))
        killed(home, took * share, "RESTORE", str(good), "/NOCONFIRM")
        assert jobs(place) in (old, new)
    for made in tmp_path.glob("[01].*.jamsbackup"):
        backup.verify(settings, made)
    backup.take(settings, tmp_path / "last.jamsbackup")
    assert not list(tmp_path.glob(".*.part"))
    backup.restore(settings, good)
    assert jobs(place) == old and not list(tmp_path.rglob(".jams-restore-*"))
    database = open_beside(place)
    try:
        with database.read() as c:
            assert c.scalar(select(func.count()).select_from(tables.job)) == JOBS
            if c.dialect.name == "postgresql":
                scratch = (
                    "SELECT count(*) FROM pg_database WHERE datname LIKE 'jams_verify_' || oid_of || '_%'"
                )
                oid = "(SELECT oid AS oid_of FROM pg_database WHERE datname = current_database()) AS own"
                left = scratch.replace("FROM pg_database", f"FROM pg_database, {oid}", 1)
                assert c.scalar(text(left)) == 0
    finally:
        database.close()
