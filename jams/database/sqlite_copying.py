"""Copies of SQLite: a database file, copied in pieces by the database's own backup interface."""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from jams.objects.durability import sync_directory
from jams.objects.errors import DatabaseUnusable, JAMSError, ServerUnavailable

from . import sqlite
from .copying import BrokenOff, Copied, Tell, flush

PIECE = 1024
"""Pages that are copied at once; others work with the database between two pieces."""

REST = 0.002
"""Seconds between two pieces."""


class SqliteSource:
    """See :class:`Source`; a file."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()

    def copy(self, to: Path, stop: threading.Event, tell: Tell) -> Copied:
        """See :class:`Source`.

        The connection that is copied from reads in one transaction: so what others write meanwhile is neither
        in the copy nor makes it begin anew.
        """
        sqlite.check_there(self._path)
        seen = [0.0]

        def progress(_status: int, left: int, all_pages: int) -> None:
            if stop.is_set():
                raise BrokenOff
            done = 1 - left / max(all_pages, 1)
            if done - seen[0] >= 0.1:
                seen[0] = done
                tell(f"{done:.0%} of the database copied")
            stop.wait(REST)

        try:
            with (
                closing(sqlite3.connect(_address(self._path, "ro"), uri=True, isolation_level=None)) as live,
                closing(sqlite3.connect(to, isolation_level=None)) as made,
            ):
                made.execute("PRAGMA synchronous=OFF").close()
                live.execute("PRAGMA busy_timeout=5000").close()
                live.execute("BEGIN").close()
                live.execute("SELECT count(*) FROM sqlite_master").fetchone()
                live.backup(made, pages=PIECE, progress=progress, sleep=0)
                live.execute("ROLLBACK").close()
                made.execute("PRAGMA journal_mode=DELETE").close()
            flush(to)
            return contents(to)
        except sqlite3.Error as error:
            raise _not_copied(self._path, error) from error

    @contextmanager
    def held(self) -> Iterator[SqliteHeld]:
        """See :class:`Source`."""
        sqlite.check_folder(self._path)
        try:
            lock = sqlite.lock(self._path)
        except sqlite.Held:
            raise DatabaseUnusable(
                f"The database {self._path} is in use by a server; stop it first.", target=self._path
            ) from None
        try:
            yield SqliteHeld(self._path, lock)
        finally:
            lock.close()

    @contextmanager
    def scratch(self, copy: Path, place: str) -> Iterator[str]:
        """See :class:`Source`; the copy itself."""
        check_file(copy)
        yield str(copy)

    def check_place(self, place: str) -> None:
        """See :class:`Source`; there are no places."""


class SqliteHeld:
    """See :class:`Held`."""

    def __init__(self, path: Path, lock: ExitStack) -> None:
        self._path, self._lock = path, lock

    def replace(self, copy: Path) -> str | None:
        """See :class:`Held`: one rename puts the copy in place."""
        kept = None
        self._settle()
        if self._path.exists():
            kept = self._path.with_name(f"{self._path.name}.replaced-{secrets.token_hex(4)}")
            os.link(self._path, kept)
        os.replace(copy, self._path)
        sync_directory(self._path.parent)
        return None if kept is None else str(kept)

    def _settle(self) -> None:
        """Take what a killed server has left beside the file into it: it must not be taken for the copy's."""
        beside = [self._path.with_name(self._path.name + end) for end in ("-wal", "-shm")]
        if not any(path.exists() for path in beside):
            return
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._path)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        for path in beside:
            if path.exists():
                os.replace(path, path.with_name(f"{path.name}.replaced-{secrets.token_hex(4)}"))


def contents(path: Path) -> Copied:
    """What a database file holds. Raises sqlite3.Error."""
    with closing(sqlite3.connect(_address(path, "ro"), uri=True, isolation_level=None)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        rows = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}
        version = database.execute("SELECT version_num FROM alembic_version").fetchone()
    return Copied(str(version[0]), "", rows)


def check_file(path: Path) -> None:
    """Raises DatabaseUnusable when a database file is damaged."""
    try:
        with closing(sqlite3.connect(_address(path, "ro"), uri=True)) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        raise DatabaseUnusable(f"The database in the archive is damaged: {found}.")


def _address(path: Path, mode: str) -> str:
    return f"file:{quote(str(path))}?mode={mode}"


def _not_copied(path: Path, error: sqlite3.Error) -> JAMSError:
    if "full" in str(error) or "disk I/O" in str(error):
        return ServerUnavailable("The database could not be copied: there is no room left on the disk.")
    return DatabaseUnusable(f"The database {path} could not be copied: {error}.", target=path)
