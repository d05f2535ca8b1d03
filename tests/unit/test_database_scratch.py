"""The copy on which a forecast is played."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from jams.database import scratch, tables
from tests.support.schedule import desk

NOW = datetime(2027, 3, 1, tzinfo=UTC)
SECRET = "5up3rs3cr3t"


def test_what_opens_something_is_not_copied(place: Path | str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with desk(place) as d:
        d.job("\\j", f"echo {SECRET}")
        d.submit()
        d.credential("c")
        d.write(lambda c: c.execute(tables.credential.update().values(secret=SECRET, user_name=SECRET)))
        d.read(lambda c: scratch.copy(c, NOW, copy))
    assert SECRET.encode() not in copy.read_bytes()
    with closing(sqlite3.connect(copy)) as file:
        assert file.execute("SELECT name FROM job").fetchall() == [("j",)]
        assert file.execute("SELECT job_name, state FROM entry").fetchall() == [("j", "Pending")]
        assert file.execute("SELECT count(*) FROM account").fetchall() == [(0,)]


def test_each_column_that_may_hold_a_secret_is_left_out() -> None:
    names = {table.name for table in tables.metadata.sorted_tables}
    assert names >= scratch.LEFT_OUT
    for table in scratch.copied():
        for column in table.c:
            secret = any(word in column.name for word in ("secret", "password", "digest", "hash"))
            assert not secret or f"{table.name}.{column.name}" in scratch.BLANK, (table.name, column.name)
