"""The log of PostgreSQL is put on a disk of its own by the commands of the page on administration."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.database import open_database
from tests.support import clusters
from tests.support.clusters import Cluster

pytestmark = [pytest.mark.integration, pytest.mark.timeout(100)]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "administration.md"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with clusters.cluster() as made:
        yield made


def shown(cluster: Cluster) -> list[list[str]]:
    """The commands of the page, in the folders of the test."""
    text = PAGE.read_text(encoding="utf-8").partition("\n### Where the data lies\n")[2].partition("\n## ")[0]
    text = text.replace("/srv/postgresql/data", str(cluster.data)).replace("/srv", str(cluster.folder))
    return [line.split() for line in re.findall(r"^    ((?:initdb|mv|ln) .*)$", text, re.MULTILINE)]


def works(cluster: Cluster, name: str) -> None:
    cluster.start()
    cluster.run("createdb", f"--port={cluster.port}", "--host=127.0.0.1", "--username=postgres", name)
    open_database(f"{cluster.url}/{name}").close()
    cluster.stop()


def test_the_log_lies_where_it_was_put_when_the_data_was_made_and_later(cluster: Cluster) -> None:
    initdb, *moving = shown(cluster)
    assert [words[0] for words in moving] == ["mv", "ln"]
    place = cluster.folder / "wal" / "postgresql"
    cluster.folder_for("wal")
    cluster.run(*initdb, "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync")
    cluster.configure("listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off")
    assert (cluster.data / "pg_wal").resolve() == place.resolve()
    works(cluster, "first")
    # As it is where nobody had thought of it.
    (cluster.data / "pg_wal").unlink()
    shutil.move(place, cluster.data / "pg_wal")
    switch = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    for words in moving:
        subprocess.run([*switch, *words], check=True, cwd=cluster.folder, timeout=30)
    assert (cluster.data / "pg_wal").resolve() == place.resolve()
    before = {each.name: each.stat().st_mtime_ns for each in place.iterdir() if each.is_file()}
    works(cluster, "second")
    assert before != {each.name: each.stat().st_mtime_ns for each in place.iterdir() if each.is_file()}
