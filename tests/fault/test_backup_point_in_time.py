"""PostgreSQL's own log brings every commit up to a moment back, as the page on administration says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jams.client.server import Server
from jams.objects.definitions import Job
from tests.support import clusters
from tests.support.clusters import Cluster
from tests.support.running import configure, running

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "administration.md"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with clusters.cluster() as made:
        yield made


def shown(cluster: Cluster) -> tuple[str, list[str], str]:
    """What the page shows: how the log is archived, how the base is taken, how it is restored."""
    text = PAGE.read_text(encoding="utf-8").partition("\n### A point in time, on PostgreSQL\n")[2]
    text = text.partition("\n## ")[0].replace("/srv/jams", str(cluster.folder))
    archive, restore = re.findall(r"```ini\n(.*?)```", text, re.DOTALL)
    (base,) = re.findall(r"^    (pg_basebackup .*)$", text, re.MULTILINE)
    return archive, base.split(), restore


def jamsdba(home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "jams.commands.jamsdba.main", *words],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "JAMS_HOME": str(home)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def submit(home: Path, times: int) -> list[int]:
    with Server(home=home) as server:
        return [server.submit("\\Work").wait().jams_entry for _ in range(times)]


def moment(cluster: Cluster) -> str:
    """The time of the database, between what was committed before and what is after."""
    psycopg = pytest.importorskip("psycopg")
    with closing(psycopg.connect(f"{cluster.url}/postgres", autocommit=True)) as session:
        return str(session.execute("SELECT clock_timestamp()").fetchone()[0])


def test_what_was_committed_up_to_a_moment_comes_back_and_nothing_later(
    cluster: Cluster, tmp_path: Path
) -> None:
    archive, (program, *options), restore = shown(cluster)
    cluster.folder_for("wal")
    cluster.make(archive)
    cluster.start()
    cluster.run("createdb", "--host=127.0.0.1", f"--port={cluster.port}", "--username=postgres", "jams")
    home = tmp_path / "home"
    configure(home, ConnectionString=f"{cluster.url}/jams")
    with running(home) as jams:
        with Server(home=home) as server:
            server.jobs.create(Job(job_name="Work", parent_folder_name="\\", source="true"))
        before = submit(home, 3)
        cluster.run(program, "--host=127.0.0.1", f"--port={cluster.port}", "--username=postgres", *options)
        between = submit(home, 4)
        wanted = moment(cluster)
        after = submit(home, 5)
        jams.stop()
    cluster.stop()  # what is in the log and was not archived yet is, when it stops in order
    shutil.rmtree(cluster.data)
    (cluster.folder / "base").rename(cluster.data)
    cluster.configure(re.sub(r"(?<=recovery_target_time = ').*(?=')", wanted, restore))
    (cluster.data / "recovery.signal").touch()
    cluster.start()
    with running(home):
        with Server(home=home) as server:
            found = {record.jams_entry for record in server.history.find(name="\\Work")}
        assert found == {*before, *between} and not found & {*after}
        assert submit(home, 1)
    assert "as it was written" in jamsdba(home, "VERIFY", "AUDIT")
    assert "rows" in jamsdba(home, "VERIFY", "DATABASE")
