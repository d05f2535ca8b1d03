"""Statements to PostgreSQL travel in one piece with the next one whose answer somebody waits for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
from jams.database.postgresql import MOST_HELD, PipelinedConnection  # noqa: E402


@pytest.fixture
def place(tmp_path: Path) -> Iterator[str]:
    with databases.database("postgresql", tmp_path) as made:
        yield str(made)


@pytest.fixture
def line(place: str) -> Iterator[PipelinedConnection]:
    connection = PipelinedConnection.opened(place)
    yield connection
    connection.close()


def seen(place: str, line: PipelinedConnection) -> str:
    """What the server says the connection does."""
    with psycopg.connect(place, autocommit=True) as other:
        row = other.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [line.info.backend_pid])
        return str(row.fetchone()[0])


def test_what_nobody_waits_for_is_not_sent_alone(place: str, line: PipelinedConnection) -> None:
    line.settle()
    line.send("BEGIN")
    line.send("SAVEPOINT unit")
    assert seen(place, line) == "idle"
    line.settle()
    assert seen(place, line) == "idle in transaction"
    line.roll_back()
    assert seen(place, line) == "idle"


def test_rows_come_whoever_asks_for_them(line: PipelinedConnection) -> None:
    line.send("BEGIN")
    assert line.execute("SELECT 7").fetchone() == (7,)
    cursor = line.cursor()
    cursor.executemany("SELECT %s::int", [(1,), (2,)], returning=True)
    assert cursor.fetchone() == (1,)
    line.roll_back()


def test_many_statements_arrive_in_their_order(line: PipelinedConnection) -> None:
    count = 3 * MOST_HELD
    line.send("BEGIN")
    line.send("CREATE TEMPORARY TABLE heap (id serial, value int) ON COMMIT PRESERVE ROWS")
    cursor = line.cursor()
    for value in range(count):
        line.attempt(cursor.execute, "INSERT INTO heap (value) VALUES (%s)", (value,))
    line.commit_all()
    rows = line.execute("SELECT value FROM heap ORDER BY id").fetchall()
    assert [value for (value,) in rows] == list(range(count))


def test_the_error_of_a_statement_that_was_held_back_comes_with_the_next_answer(
    line: PipelinedConnection,
) -> None:
    line.send("BEGIN")
    line.send("SELECT no_such_function()")
    line.send("SAVEPOINT unit")
    with pytest.raises(psycopg.errors.UndefinedFunction):
        line.commit_all()
    line.roll_back()
    assert line.execute("SELECT 7").fetchone() == (7,)


def test_closing_with_statements_that_were_not_sent_undoes_them(place: str) -> None:
    line = PipelinedConnection.opened(place)
    line.send("BEGIN")
    line.send("CREATE TABLE forgotten (id int)")
    line.close()
    line.close()
    with psycopg.connect(place, autocommit=True) as other:
        assert other.execute("SELECT to_regclass('forgotten')").fetchone() == (None,)
