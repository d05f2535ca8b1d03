"""What a test has done to its database does not reach the next that gets it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from jams.database import open_database
from jams.database.tables import folder, variable
from tests.support import databases


@pytest.mark.parametrize(
    "change",
    [
        'ALTER TABLE "variable" RENAME TO "variable_gone"',
        'ALTER TABLE "variable" ADD COLUMN more text',
        "CREATE TABLE more (id int)",
        "DROP INDEX ix_variable_name_key",
        "DELETE FROM folder",
    ],
)
@pytest.mark.parametrize("kind", [each for each in databases.KINDS if each == "postgresql"])
def test_a_database_is_taken_as_it_was_made(tmp_path: Path, kind: str, change: str) -> None:
    with (
        databases.database(kind, tmp_path) as place,
        psycopg.connect(str(place), autocommit=True) as connection,
    ):
        connection.execute(change)  # type: ignore[arg-type]
    with databases.database(kind, tmp_path) as place:
        database = open_database(str(place))
        with database.read() as c:
            assert c.execute(select(folder.c.id)).all() and not c.execute(select(variable.c.id)).all()
            assert not c.exec_driver_sql(
                "SELECT 1 FROM pg_class WHERE relname IN ('more', 'variable_gone')"
            ).all()
        database.close()
