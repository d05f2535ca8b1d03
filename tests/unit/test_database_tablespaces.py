"""Which tables lie where, and what is refused of it."""

from __future__ import annotations

import pytest

from jams.database import tables, tablespaces
from jams.objects.errors import InvalidArgument
from jams.services.answers import complete, data_files


def test_groups_are_of_tables_that_there_are_and_each_is_in_one():
    every = [name for names in tablespaces.MOVED.values() for name in names]
    assert len(every) == len(set(every)) and set(every) < set(tables.metadata.tables)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"Database": "sqlite", "PrimaryDataFile": "x"}, "SQLite has its one file"),
        ({"Database": "sqlite", "HistoryDataFile": "x"}, "SQLite has its one file"),
        ({"Database": "sqlite", "LogFile": "x"}, "beside its file"),
        ({"Database": "sqlserver", "VolatileDataFile": "x"}, "its administrator"),
        ({"Database": "postgresql", "LogFile": "x"}, "initdb --waldir"),
    ],
)
def test_what_a_database_cannot_place_is_refused_in_a_sentence(given: dict[str, str], told: str):
    with pytest.raises(InvalidArgument, match=told):
        complete(given)


def test_what_is_left_out_lies_where_the_server_keeps_all():
    assert data_files(complete({"Database": "postgresql", "HistoryDataFile": "slow"})) == {"History": "slow"}
    assert data_files(complete({"Database": "sqlserver", "PrimaryDataFile": r"D:\J.mdf"})) == {
        "Primary": r"D:\J.mdf"
    }
    assert data_files(complete({})) == {}


def test_tablespaces_of_a_database_with_a_long_name_are_not_one():
    said: list[str] = []

    def execute(statement: str) -> list[tuple[str]]:
        said.append(statement)
        return []

    wanted = dict.fromkeys((tablespaces.PRIMARY, tablespaces.VOLATILE, tablespaces.HISTORY), "/srv/jams")
    found = tablespaces.made(execute, wanted, "ä" * 31)
    assert len(set(found.values())) == 3
    for group, name in found.items():
        assert name.endswith(f"ä_{group.lower()}") and len(name.encode()) <= 63
        assert any(f'CREATE TABLESPACE "{name}" ' in each for each in said)


def test_names_are_quoted():
    [statement] = tablespaces.moving({"History": "it's"})
    assert "quote_ident('it''s')" in statement and "'history'" in statement and "'entry'," not in statement
