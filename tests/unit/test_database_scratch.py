"""The copy on which a forecast is played."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, String, Table

from jams.database import scratch, tables, variables
from jams.objects.definitions import Variable
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


def test_a_variable_is_as_encrypted_in_the_copy_as_it_is(place: Path | str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with desk(place) as d:
        for name in ("plain", "encrypted"):
            made = Variable(variable_name=name, value="x", encryption_flag=name == "encrypted")
            d.write(lambda c, v=made: variables.create(c, v, user="ada", seal=lambda id, value: SECRET))
        d.read(lambda c: scratch.copy(c, NOW, copy))
    assert SECRET.encode() not in copy.read_bytes()
    with scratch.opened(copy) as c:
        for name in ("plain", "encrypted"):
            id = variables.locate(c, name=name)
            assert variables.is_encrypted(c, id) is (name == "encrypted")


SUSPICIOUS = (
    *("secret", "password", "digest", "hash", "token", "salt", "private", "cipher", "nonce", "seal"),
    *("api_key", "passphrase", "login", "bearer"),
)
HARMLESS = {"run.token", "resource_held.token"}
"""Names of starts, which open nothing."""


def test_of_each_table_it_is_decided_whether_it_is_copied() -> None:
    """Who adds a table says in scratch.py whether a forecast needs it; what opens something is LEFT_OUT."""
    names = {table.name for table in tables.metadata.sorted_tables}
    undecided = names - scratch.COPIED - scratch.LEFT_OUT
    assert not undecided, f"say of {sorted(undecided)} whether they are COPIED or LEFT_OUT"
    assert names == scratch.COPIED | scratch.LEFT_OUT and not scratch.COPIED & scratch.LEFT_OUT


def test_a_table_of_which_nobody_has_decided_is_not_copied(tmp_path: Path) -> None:
    made = Table("undecided_keys", tables.metadata, Column("token", String))
    try:
        assert "undecided_keys" not in {table.name for table in scratch.copied()}
        with pytest.raises(AssertionError, match="undecided_keys"):
            test_of_each_table_it_is_decided_whether_it_is_copied()
    finally:
        tables.metadata.remove(made)


def test_each_column_that_may_hold_a_secret_is_left_out() -> None:
    columns = {f"{table.name}.{column.name}" for table in scratch.copied() for column in table.c}
    suspicious = {each for each in columns if any(word in each.partition(".")[2] for word in SUSPICIOUS)}
    assert suspicious - HARMLESS <= scratch.BLANK, suspicious - HARMLESS - scratch.BLANK
    assert columns >= scratch.BLANK and suspicious >= HARMLESS
