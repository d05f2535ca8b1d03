"""The migrations, as they would travel to a SQL Server."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.schema import CreateIndex

from jams.database import schema, tables
from tests.support.compiled_statements import DIALECT
from tests.support.sqlserver_script import Script, written

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def script() -> list[str]:
    told = Script()
    with written(told) as engine:
        assert schema.upgrade(engine) == schema.known_versions()[-1]
    return [re.sub(r"\s+", " ", statement).strip() for statement in told.statements]


def test_they_make_the_tables_that_the_program_uses(script: list[str]) -> None:
    made: dict[str, set[str]] = {}
    for statement in script:
        if match := re.match(r"CREATE TABLE \[?(\w+)\]? \((.*)\)$", statement):
            parts = re.split(r", (?=\[?\w+\]? (?:[A-Z]|CONSTRAINT))", match[2])
            made[match[1]] = {part.split()[0].strip("[]") for part in parts} - {
                "CONSTRAINT",
                "PRIMARY",
                "UNIQUE",
            }
        elif match := re.match(r"ALTER TABLE \[?(\w+)\]? ADD \[?(\w+)\]? ", statement):
            made[match[1]].add(match[2])
        elif match := re.match(r"ALTER TABLE \[?(\w+)\]? DROP COLUMN \[?(\w+)\]?", statement):
            made[match[1]].discard(match[2])
        elif match := re.match(r"DROP TABLE \[?(\w+)\]?", statement):
            del made[match[1]]
    wanted = {
        table.name: {column.name for column in table.columns} for table in tables.metadata.sorted_tables
    }
    assert {name: made.get(name) for name in wanted} == wanted


def test_they_make_the_indexes_that_the_program_uses(script: list[str]) -> None:
    made = {
        name: statement
        for statement in script
        if (match := re.match(r"CREATE (?:UNIQUE )?INDEX (\w+) ON", statement)) and (name := match[1])
    }
    for table in tables.metadata.sorted_tables:
        for index in table.indexes:
            wanted = re.sub(r"\s+", " ", str(CreateIndex(index).compile(dialect=DIALECT))).strip()
            assert made[index.name] == wanted


def test_they_are_one_transaction_with_what_sql_server_needs_beside_the_tables(script: list[str]) -> None:
    making = [n for n, statement in enumerate(script) if "CREATE TABLE" in statement]
    beginning = max(n for n, statement in enumerate(script) if statement == "BEGIN TRANSACTION")
    assert beginning < making[0]
    assert "CREATE TABLE notice (id INT NOT NULL PRIMARY KEY" in script[making[-1]]
    assert script.index("COMMIT TRANSACTION", beginning) == making[-1] + 2
