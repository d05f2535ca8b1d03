"""Compiles for SQL Server what tests have executed on SQLite, so that nothing is written that it cannot take.

Nothing is executed otherwise than it is anyhow: a listener to executions would have SQLite's own way of
repeating statements (``jams.database.repeated``) stand aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

from sqlalchemy.exc import CompileError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ReleaseSavepointClause

from jams.database.sqlserver_dialect import Dialect

DIALECT = Dialect()


class Compiled(NamedTuple):
    """A statement, and for which values it was compiled."""

    statement: Any
    keys: Any
    many: bool

    def for_sql_server(self) -> str:
        """How it reads there. Raises CompileError."""
        compiled = self.statement.compile(dialect=DIALECT, column_keys=self.keys, for_executemany=self.many)
        return str(compiled)


class Notes:
    """What was compiled, by how it reads on SQLite; what was looked at is not looked at again."""

    def __init__(self) -> None:
        self._new: list[tuple[str, Compiled]] = []
        self._known: set[str] = set()

    def add(self, text: str, compiled: Compiled) -> None:
        """Note a statement."""
        if text not in self._known:
            self._known.add(text)
            self._new.append((text, compiled))

    def faults(self) -> list[str]:
        """What of the new ones SQL Server cannot take."""
        new, self._new = self._new, []
        return [fault for text, compiled in new if (fault := _fault(text, compiled))]


def _fault(text: str, compiled: Compiled) -> str | None:
    if isinstance(compiled.statement, ReleaseSavepointClause):
        return None  # which its dialect leaves out
    try:
        compiled.for_sql_server()
    except CompileError as error:
        return f"{error}: {text}"
    return None


@contextmanager
def noted() -> Iterator[Notes]:
    """Note what is compiled for SQLite within the block."""
    notes = Notes()
    as_ever = SQLCompiler.__init__

    def compiled(self: SQLCompiler, dialect: Any, statement: Any, *given: Any, **options: Any) -> None:
        as_ever(self, dialect, statement, *given, **options)
        if statement is not None and dialect.name == "sqlite":
            many = bool(options.get("for_executemany"))
            notes.add(self.string, Compiled(statement, options.get("column_keys"), many))

    with mock.patch.object(SQLCompiler, "__init__", compiled):
        yield notes
