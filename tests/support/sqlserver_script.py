"""A connection to no SQL Server: it writes down what it is told, and has no rows of anything.

It stands in the driver's place, so that what is written down is what would travel: statements as SQLAlchemy's
dialect and ours have made them, in their order. What a real server makes of them it cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine

from jams.database import sqlserver

Rows = Sequence[Sequence[Any]]
_VERSION = {"SERVERPROPERTY('ProductVersion')": [("16.0.1000.6",)], "schema_name()": [("dbo",)]}


class Script:
    """What was told: statements in their order.

    Args:
        answers: by a part of a statement, the rows that are given for it.
    """

    def __init__(self, answers: Mapping[str, Rows] | None = None) -> None:
        self.statements: list[str] = []
        self._answers = {**(answers or {}), **_VERSION}

    def answer(self, statement: str) -> Rows:
        """The rows for a statement."""
        return next((rows for part, rows in self._answers.items() if part in statement), [])


class _Cursor:
    def __init__(self, script: Script) -> None:
        self._script = script
        self._rows: list[Any] = []
        self.description: list[Any] | None = None
        self.rowcount = 1

    def execute(self, statement: str, *_: Any) -> _Cursor:
        self._script.statements.append(statement)
        self._rows = [tuple(row) for row in self._script.answer(statement)]
        width = len(self._rows[0]) if self._rows else 1
        reads = statement.lstrip().upper().startswith(("SELECT", "WITH")) or "OUTPUT" in statement
        self.description = [(f"c{n}", *(None,) * 6) for n in range(width)] if reads else None
        return self

    def executemany(self, statement: str, *_: Any) -> None:
        self.execute(statement)

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchval(self) -> Any:
        row = self.fetchone()
        return None if row is None else row[0]

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    def fetchmany(self, size: int = 1) -> list[Any]:
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def setinputsizes(self, *_: Any) -> None:
        pass

    def close(self) -> None:
        pass


class Connection:
    timeout = 0

    def __init__(self, script: Script) -> None:
        self._script = script

    def cursor(self) -> _Cursor:
        return _Cursor(self._script)

    def execute(self, statement: str, *values: Any) -> _Cursor:
        return self.cursor().execute(statement, *values)

    def add_output_converter(self, *_: Any) -> None:
        pass

    def close(self) -> None:
        pass


@contextmanager
def written(script: Script) -> Iterator[Engine]:
    """An engine whose connections write into a script."""
    assert sqlserver  # which registers the dialect
    engine = create_engine("mssql+jams://", creator=lambda: Connection(script))
    try:
        yield engine
    finally:
        engine.dispose()
