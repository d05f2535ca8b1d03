"""A PostgreSQL server of a test's own, which it may configure, stop, lose and bring back."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.running import free_port

_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 60
"""


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, of the newest version that is installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(os.path.realpath(found)).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


class Cluster:
    """The data of a PostgreSQL server, and the server while it is started.

    Args:
        folder: where it keeps everything; the account of the server can enter it.
        port: where it listens.
    """

    def __init__(self, folder: Path, port: int) -> None:
        found = programs()
        assert found is not None
        self._programs = found
        self.folder = folder
        self.port = port
        self.data = folder / "data"

    @property
    def url(self) -> str:
        """Its address, without a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}"

    def folder_for(self, name: str) -> Path:
        """A new folder that the account of the server owns."""
        made = self.folder / name
        made.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(made, "postgres", "postgres")
        return made

    def make(self, settings: str) -> None:
        """Make the data, with lines for its ``postgresql.conf``."""
        self.run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync",
                 f"--pgdata={self.data}")  # fmt: skip
        self.configure(_SETTINGS + settings)

    def configure(self, settings: str) -> None:
        """Add lines to ``postgresql.conf``."""
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"{settings}\nport = {self.port}\n")

    def start(self) -> None:
        """Start it, and wait until it answers and is not recovering any more."""
        self.run("pg_ctl", f"--pgdata={self.data}", f"--log={self.folder}/log", "--wait", "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; ``immediate`` as a loss of power does."""
        self.run("pg_ctl", f"--pgdata={self.data}", f"--mode={mode}", "--wait", "stop")

    def run(self, program: str, *words: str) -> None:
        """Run a program of PostgreSQL's as the account of the server; it must succeed."""
        switch = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with (self.folder / "output").open("ab") as output:
            done = subprocess.run(
                [*switch, str(self._programs / program), *words],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=60,
            )
        assert done.returncode == 0, (self.folder / "output").read_text(errors="replace")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that is not made yet; it is stopped in the end. Skips where PostgreSQL's programs are not."""
    if programs() is None:
        pytest.skip("the programs of a PostgreSQL server are not here")
    # Not below the folder of a test, into which the account of the server may not enter.
    folder = Path(tempfile.mkdtemp(prefix="jams-cluster-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Cluster(folder, free_port())
    try:
        yield made
    finally:
        if (made.data / "postmaster.pid").exists():
            made.stop("immediate")
        shutil.rmtree(folder)
