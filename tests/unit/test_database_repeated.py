"""Statements that come again give what SQLAlchemy itself gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Unicode,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, InvalidRequestError, StatementError

from jams.database import sqlite
from jams.database.columns import UtcTime, new_id
from jams.database.repeated import RepeatingConnection

_metadata = MetaData()
_happening = Table(
    "happening",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("topic", Unicode(20)),
    Column("time", UtcTime()),
)
NOW = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)
ROUNDS = range(4)
"""The first execution is SQLAlchemy's, the later ones are not."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = sqlite.writing_engine(tmp_path / "jams.db", {})
    with made.begin() as c:
        _metadata.create_all(c)
    yield made
    made.dispose()


@pytest.fixture
def c(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def _both(c: Connection, statement: Any, parameters: Any = None) -> list[Any]:
    """Rows as they come, each time; the last ones are SQLAlchemy's own."""
    found = [[tuple(row) for row in c.execute(statement, parameters)] for _ in ROUNDS]
    return [*found, [tuple(row) for row in Connection.execute(c, statement, parameters)]]


def _topics(c: Connection, *topics: str) -> None:
    c.execute(insert(_happening), [{"topic": topic} for topic in topics])


def test_an_engine_of_sqlite_gives_such_connections(c: Connection) -> None:
    assert isinstance(c, RepeatingConnection)


def test_a_query_gives_the_same_rows_with_values_of_their_types(c: Connection) -> None:
    one, other = _happening, _happening.alias()
    c.execute(insert(one), {"topic": "a", "time": NOW})
    query = (
        select(one.c.time, other.c.time, func.count(other.c.time).label("many"))
        .where(one.c.topic == bindparam("topic"), other.c.id == one.c.id, other.c.time <= bindparam("until"))
        .group_by(one.c.time, other.c.time)
    )
    for found in _both(c, query, {"topic": "a", "until": NOW}):
        assert found == [(NOW, NOW, 1)]
    for _ in ROUNDS:
        row = c.execute(query, {"topic": "a", "until": NOW}).one()
        assert (row.time, row.many, row._mapping[other.c.time]) == (NOW, 1, NOW)
        assert c.scalar(query, {"topic": "a", "until": NOW}) == NOW
        assert c.scalars(query, {"topic": "b", "until": NOW}).all() == []


def test_lists_of_any_length(c: Connection) -> None:
    _topics(c, "a", "b", "c")
    query = select(_happening.c.topic).where(_happening.c.topic.in_(bindparam("topics", expanding=True)))
    query = query.order_by(_happening.c.id)
    for wanted in ([], ["a"], ["a", "c"], ["c", "x", "b"], ["a"], []):
        for found in _both(c, query, {"topics": wanted}):
            assert found == [(topic,) for topic in "abc" if topic in wanted]
    fixed = select(_happening.c.topic).where(_happening.c.topic.in_(["b", "c"]), _happening.c.id > 0)
    assert _both(c, fixed) == [[("b",), ("c",)]] * 5


def test_changes_count_their_rows(c: Connection) -> None:
    _topics(c, "a", "b", "b")
    rename = update(_happening).where(_happening.c.topic == bindparam("old")).values(topic=bindparam("new"))
    remove = delete(_happening).where(_happening.c.topic == bindparam("gone"))
    for old, new in (("b", "c"), ("c", "d"), ("d", "e"), ("e", "f")):
        assert c.execute(rename, {"old": old, "new": new}).rowcount == 2
    for gone, many in (("x", 0), ("x", 0), ("f", 2), ("a", 1)):
        assert c.execute(remove, {"gone": gone}).rowcount == many
    assert c.execute(rename, [{"old": "x", "new": "y"}, {"old": "z", "new": "y"}]).rowcount == 0


def test_one_row_and_several(c: Connection) -> None:
    statement = insert(_happening)
    for rows in ([{"topic": "a"}], [{"topic": "b"}, {"topic": "c"}], {"topic": "d"}):
        for _ in ROUNDS:
            c.execute(statement, rows)
    counted = c.execute(select(_happening.c.topic, func.count()).group_by(_happening.c.topic))
    assert dict(counted.all()) == dict.fromkeys("abcd", 4)


def test_what_changes_give_back(c: Connection) -> None:
    statement = insert(_happening).returning(_happening.c.topic, _happening.c.id)
    for start in ROUNDS:
        one = c.execute(statement, {"topic": "one"}).one()
        assert (one.topic, one.id) == ("one", start * 3 + 1)
        several = c.execute(statement, [{"topic": "two"}, {"topic": "three"}]).all()
        assert [row.topic for row in several] == ["two", "three"]
    made = insert(_happening)
    assert [new_id(c.execute(made, {"topic": "x"})) for _ in ROUNDS] == [13, 14, 15, 16]


def test_errors_are_those_of_sqlalchemy(c: Connection) -> None:
    statement = insert(_happening)
    c.execute(statement, {"id": 1, "topic": "a"})
    for _ in ROUNDS:
        with pytest.raises(IntegrityError) as caught:
            c.execute(statement, {"id": 1, "topic": "b"})
        assert "UNIQUE" in str(caught.value.orig) and "INSERT INTO happening" in str(caught.value)
    query = select(_happening.c.topic).where(_happening.c.id == bindparam("id"))
    for _ in ROUNDS:
        assert c.scalar(query, {"id": 1}) == "a"
        with pytest.raises((StatementError, InvalidRequestError)):
            c.execute(query, {})
        with pytest.raises(OverflowError):
            c.execute(query, {"id": 2**70})


def test_a_statement_made_of_one_that_has_come_again_is_another(c: Connection) -> None:
    _topics(c, "a", "b")
    query = select(_happening.c.topic).order_by(_happening.c.id)
    for _ in ROUNDS:
        assert c.scalars(query).all() == ["a", "b"]
        assert c.scalars(query.limit(1)).all() == ["a"]
        assert c.scalars(query.where(_happening.c.topic == "b")).all() == ["b"]


def test_text_and_what_is_listened_to_are_left_to_sqlalchemy(engine: Engine) -> None:
    statement = text("SELECT :value AS found")
    with engine.connect() as c:
        assert [c.execute(statement, {"value": 7}).one().found for _ in ROUNDS] == [7] * 4


def test_a_reader_begins_its_transaction(tmp_path: Path, engine: Engine) -> None:
    reader = sqlite.reading_engine(tmp_path / "jams.db", {})
    query = select(func.count()).select_from(_happening)
    with reader.connect() as c:
        assert c.scalar(query) == c.scalar(query) == 0
    with reader.connect() as c:
        assert c.scalar(query) == 0 and c.in_transaction()
        with engine.begin() as writing:
            _topics(writing, "a")
        assert c.scalar(query) == 0
    with reader.connect() as c:
        assert c.scalar(query) == 1
    reader.dispose()
