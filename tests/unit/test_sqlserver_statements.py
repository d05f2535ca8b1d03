"""How statements read on SQL Server that SQLite and PostgreSQL take as they are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import Column, Index, Integer, MetaData, Table, UniqueConstraint, bindparam, exists, select
from sqlalchemy.exc import CompileError
from sqlalchemy.schema import CreateIndex, CreateTable

from jams.database import tables
from jams.database.among import among
from jams.database.columns import Document, Path
from tests.support.compiled_statements import DIALECT, Compiled, Notes
from tests.support.sqlserver_script import Script, written

pytestmark = pytest.mark.unit

entry, job, history = tables.entry, tables.job, tables.history
numbers = select(entry.c.number)


def read(statement: Any) -> str:
    """How it reads, on one line."""
    return re.sub(r"\s+", " ", str(statement.compile(dialect=DIALECT))).strip()


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        (numbers.with_for_update(), "FROM entry WITH (UPDLOCK, ROWLOCK)"),
        (numbers.with_for_update(read=True), "FROM entry WITH (REPEATABLEREAD, ROWLOCK)"),
        (numbers.with_for_update(skip_locked=True), "FROM entry WITH (UPDLOCK, ROWLOCK, READPAST)"),
        (
            numbers.join(job, job.c.id == entry.c.job_id).with_for_update(of=job),
            "FROM entry JOIN job WITH (UPDLOCK, ROWLOCK) ON job.id = entry.job_id",
        ),
        (
            select(job.c.id).where(job.c.id.in_(select(entry.c.job_id))).with_for_update(),
            "FROM job WITH (UPDLOCK, ROWLOCK) WHERE job.id IN (SELECT entry.job_id FROM entry)",
        ),
        (select((entry.c.number > 1).label("late")), "SELECT CASE WHEN (entry.number > :number_1) THEN 1"),
        (
            select(exists().where(entry.c.held)),
            "SELECT CASE WHEN (EXISTS (SELECT * FROM entry WHERE entry.held = 1)) THEN 1 ELSE 0 END",
        ),
        (
            numbers.order_by(entry.c.job_id.is_(None), entry.c.number.desc()),
            "ORDER BY CASE WHEN (entry.job_id IS NULL) THEN 1 ELSE 0 END, entry.number DESC",
        ),
        (numbers.where(entry.c.held.is_(True)), "WHERE entry.held = :held_1"),
        (numbers.where(entry.c.held.is_not(True)), "WHERE (entry.held IS NULL OR entry.held != :held_1)"),
        (numbers.where(entry.c.job_id.is_not(None)), "WHERE entry.job_id IS NOT NULL"),
        (numbers.where(~entry.c.held), "WHERE entry.held = 0"),
        (
            numbers.limit(bindparam("most")),
            "ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH FIRST :most ROWS ONLY",
        ),
        (
            numbers.where(
                entry.c.number.in_(
                    select(
                        numbers.order_by(entry.c.priority.desc()).limit(bindparam("most")).subquery().c.number
                    )
                )
            ),
            "FROM entry ORDER BY entry.priority DESC OFFSET 0 ROWS FETCH FIRST :most ROWS ONLY) AS anon_1)",
        ),
        (numbers.limit(3), "SELECT TOP __[POSTCOMPILE_param_1] entry.number"),
        (
            numbers.where(entry.c.job_name.startswith("a[_", autoescape=True)),
            "LIKE replace(:job_name_1, :replace_1, :replace_2) + '%' ESCAPE '/'",
        ),
        (numbers.where(entry.c.job_name.like("a%")), "WHERE entry.job_name LIKE :job_name_1"),
    ],
)  # fmt: skip
def test_a_statement_means_what_it_means_elsewhere(statement: Any, reads: str) -> None:
    assert reads in read(statement)


def test_lists_of_numbers_are_written_out_and_lists_of_texts_are_not() -> None:
    query = numbers.where(entry.c.number.in_([1, 2, 3]), entry.c.job_name.in_(["a", "b"]))
    assert "IN (1, 2, 3)" in str(query.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True}))
    assert "'a'" not in str(query.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True}))


def test_numbers_by_the_thousand_travel_as_one_value() -> None:
    script = Script()
    with written(script) as engine, engine.connect() as c:
        c.execute(numbers.where(among(c, entry.c.number, range(5000))))
    (asked,) = (each for each in script.statements if "FROM entry" in each)
    assert "FROM (SELECT CAST(value AS BIGINT) AS value FROM OPENJSON(?))" in asked
    assert asked.count("?") == 1


def test_a_transaction_is_begun_and_ended_by_statements() -> None:
    script = Script()
    with written(script) as engine, engine.begin() as c:
        before = len(script.statements)
        c.execute(tables.job.delete())
    assert script.statements[before - 1] == "BEGIN TRANSACTION"
    assert script.statements[before : before + 2] == ["DELETE FROM job", "COMMIT TRANSACTION"]
    with written(script) as engine, engine.connect() as c:
        c.execute(numbers)
        c.rollback()
    assert script.statements[-1] == "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION"


def test_what_it_cannot_take_is_a_fault_of_the_test_that_executed_it() -> None:
    from sqlalchemy.dialects.postgresql import array

    notes = Notes()
    notes.add("good", Compiled(numbers, None, False))
    notes.add("bad", Compiled(select(array([1, 2])), None, False))
    assert [fault.rpartition(": ")[2] for fault in notes.faults()] == ["bad"]
    assert notes.faults() == []


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_and_index_can_be_made(table: Table) -> None:
    for each in (CreateTable(table), *map(CreateIndex, table.indexes)):
        text = read(each)
        assert all(
            f"{kind}(max) COLLATE Latin1_General_100_BIN2" in text
            for kind in re.findall(r"(\w+)\(max\)", text)
        )
        assert not re.search(r"\b(VARCHAR|TEXT|NTEXT|DATETIME)\b", text)


def test_a_key_that_is_too_long_is_an_index_beside_the_table_or_leaves_columns_beside_it() -> None:
    assert "PRIMARY KEY NONCLUSTERED (account, retry_key)" in read(CreateTable(tables.retry_key))
    (index,) = (each for each in history.indexes if "setup_key" in each.name)
    assert "(completion_time) INCLUDE (setup_key) WHERE setup_key IS NOT NULL" in read(CreateIndex(index))


def test_what_could_not_be_true_to_its_meaning_is_refused() -> None:
    column = Column("a", Integer)
    loose = Table("loose", MetaData(), column, UniqueConstraint(column, name="uq_loose"))
    with pytest.raises(CompileError, match="may be empty"):
        read(CreateTable(loose))
    long = Table("long", MetaData(), Column("a", Path), Column("b", Path), Column("c", Document))
    with pytest.raises(CompileError, match="more than 1700 bytes"):
        read(CreateIndex(Index("ix_long", long.c.a, long.c.b, unique=True)))
    with pytest.raises(CompileError, match="cannot be in a key"):
        read(CreateIndex(Index("ix_text", long.c.c)))
