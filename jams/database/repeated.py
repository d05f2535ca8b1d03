"""Statements that are executed again and again: compiled once, and then given to SQLite's driver at once.

SQLAlchemy looks a statement through each time it is executed, to find the text that it has compiled before;
that takes ten times as long as SQLite itself takes for a row. Almost all statements here are constants of
their modules. From its second execution on such an object keeps a plan: its text, where each value comes
from and what turns it into one of the database, and what the columns of its rows are called. A plan knows
only what is simple; everything else, and what goes wrong before the driver is asked, is SQLAlchemy's as ever.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.sql.compiler import SQLCompiler

from .turns import UNANSWERED

_REQUIRED: Any = object()
_MOST_SHAPES = 64
"""Texts that a statement with lists is kept in: one for each length."""

_KNOWN_OPTIONS = {UNANSWERED}

_Processor = Callable[[Any], Any]


class _TooManifold(Exception):
    """A statement, or its values, is not as simple as a plan has to be."""


class _Value:
    """Where a bound value comes from, and what makes it one of the database."""

    __slots__ = ("default", "key", "listed", "process")

    def __init__(self, compiled: SQLCompiler, name: str) -> None:
        bound = compiled.binds[name]
        processor: Any = compiled._bind_processors.get(name)
        if bound.callable is not None or isinstance(processor, tuple):
            raise _TooManifold
        self.key = bound.key
        self.default = _REQUIRED if bound.required else bound.value
        self.process: _Processor | None = processor
        self.listed = bound.expanding

    def among(self, given: Mapping[str, Any]) -> Any:
        """The value. Raises _TooManifold when it is missing."""
        found = given.get(self.key, self.default)
        if found is _REQUIRED:
            raise _TooManifold
        return found


class _Done(IteratorResult[Any]):
    """What came of a statement: its rows, and how many it concerned."""

    rowcount = -1


_NOTHING = SimpleResultMetaData(())


class _Plan:
    """How a statement is executed with values of these names."""

    def __init__(self, statement: Any, dialect: Dialect, keys: Sequence[str], *, many: bool) -> None:
        """Raises _TooManifold, and SQLAlchemyError where SQLAlchemy itself will say what is wrong."""
        compiled = statement.compile(dialect=dialect, column_keys=sorted(keys), for_executemany=many)
        if not _is_simple(compiled, keys, many=many):
            raise _TooManifold
        self._compiled = compiled
        self._values = [_Value(compiled, name) for name in compiled.positiontup or ()]
        self._texts: dict[tuple[int, ...], str] = {}
        self._lists = [value for value in self._values if value.listed]
        if many and (self._lists or _gives_rows(compiled)):
            raise _TooManifold
        self._text: str = compiled.string
        self.gives_rows = _gives_rows(compiled)
        self._metadata = _metadata(compiled, dialect) if self.gives_rows else _NOTHING
        self._row_of: Any = IteratorResult(self._metadata, iter(()))._row_getter

    def done(self, rows: list[Any], rowcount: int) -> _Done:
        """What came of it."""
        done = _Done(self._metadata, iter(rows))
        done.rowcount = rowcount
        # Each result would find out again how rows are made.
        done.__dict__["_row_getter"] = self._row_of
        return done

    def text(self, given: Mapping[str, Any]) -> str:
        """The statement, for lists of this length."""
        if not self._lists:
            return self._text
        lengths = tuple(len(value.among(given)) for value in self._lists)
        found = self._texts.get(lengths)
        if found is None:
            parameters = self._compiled.construct_params(dict(given))
            expanded = self._compiled._process_parameters_for_postcompile(parameters)
            found = expanded.statement
            assert found is not None
            if len(self._texts) < _MOST_SHAPES:
                self._texts[lengths] = found
        return found

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The values in their order, as the database takes them."""
        values: list[Any] = []
        for value in self._values:
            one = value.among(given)
            process = value.process
            if value.listed:
                values.extend(one if process is None else map(process, one))
            else:
                values.append(one if process is None else process(one))
        return values


def _is_simple(compiled: Any, keys: Sequence[str], *, many: bool) -> bool:
    if (
        not isinstance(compiled, SQLCompiler)
        or compiled.escaped_bind_names
        or compiled.literal_execute_params
    ):
        return False
    if not set(compiled.execution_options) <= _KNOWN_OPTIONS:
        return False
    if compiled.isplaintext or (compiled.isinsert and compiled.insert_prefetch):
        return False
    if compiled.isupdate and compiled.update_prefetch:
        return False
    if compiled.isinsert and not many and not compiled.inline:
        # Somebody may want to know which key the database gave.
        table: Any = compiled.compile_state.dml_table  # type: ignore[union-attr]
        return all(column.key in keys for column in table.primary_key)
    return not _gives_rows(compiled) or bool(
        compiled._ordered_columns and not compiled._textual_ordered_columns
    )


def _gives_rows(compiled: SQLCompiler) -> bool:
    return bool(compiled._result_columns)


def _metadata(compiled: SQLCompiler, dialect: Dialect) -> SimpleResultMetaData:
    columns = compiled._result_columns
    processors = [column.type._cached_result_processor(dialect, None) for column in columns]
    return SimpleResultMetaData(
        [column.keyname for column in columns],
        # Not by other names: of two columns of one name the second is called otherwise.
        extra=[tuple(each for each in column.objects if not isinstance(each, str)) for column in columns],
        _processors=processors,
    )


_Keys = tuple[bool, tuple[str, ...]]


class RepeatingConnection(Connection):
    """A connection to SQLite that plans the statements that come again."""

    _plans: WeakKeyDictionary[Any, dict[_Keys, _Plan | None]] = WeakKeyDictionary()

    def execute(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """See :class:`sqlalchemy.Connection`."""
        if not execution_options and not self._has_events and not self.engine._has_events:
            try:
                return self._repeated(statement, parameters)
            except _TooManifold:
                pass
        return super().execute(statement, parameters, execution_options=execution_options)

    def scalar(self, statement: Any, parameters: Any = None, *, execution_options: Any = None) -> Any:
        """See :class:`sqlalchemy.Connection`."""
        return self.execute(statement, parameters, execution_options=execution_options).scalar()

    def number(self, text: str) -> int:
        """The number that a statement of the driver's own gives; for those that come with each request."""
        if self._has_events or self.engine._has_events:
            return int(self.exec_driver_sql(text).scalar_one())
        if not self.in_transaction():
            self._autobegin()
        driver: Any = self.connection.driver_connection
        try:
            found: int = driver.execute(text).fetchone()[0]
        except sqlite3.Error as error:
            raise DBAPIError.instance(text, (), error, sqlite3.Error, dialect=self.dialect) from error
        return found

    def _repeated(self, statement: Any, parameters: Any) -> _Done:
        """Execute what has come before by its plan. Raises _TooManifold, and nothing is done."""
        many = type(parameters) is list and len(parameters) != 1
        rows = parameters if many else [parameters[0] if type(parameters) is list else parameters or {}]
        if not rows:
            raise _TooManifold
        plan = self._plan(statement, rows[0], many=many)
        try:
            text = plan.text(rows[0])
            values = [plan.values(row) for row in rows]
        except (TypeError, ValueError, AttributeError, LookupError, SQLAlchemyError):
            raise _TooManifold from None
        if not self.in_transaction():
            self._autobegin()
        return self._driven(plan, text, values, many=many)

    def _plan(self, statement: Any, given: Any, *, many: bool) -> _Plan:
        """The plan of a statement that comes again with values of these names."""
        try:
            plans = self._plans.get(statement)
            if plans is None:
                self._plans[statement] = {}
                raise _TooManifold
            keys = (many, tuple(given))
        except TypeError:
            raise _TooManifold from None
        if keys not in plans:
            try:
                plans[keys] = _Plan(statement, self.dialect, keys[1], many=many)
            except (_TooManifold, SQLAlchemyError):
                plans[keys] = None
        plan = plans[keys]
        if plan is None:
            raise _TooManifold
        return plan

    def _driven(self, plan: _Plan, text: str, values: list[list[Any]], *, many: bool) -> _Done:
        """Have the driver execute it. Raises DBAPIError, as SQLAlchemy would."""
        driver: Any = self.connection.driver_connection
        try:
            cursor = driver.executemany(text, values) if many else driver.execute(text, values[0])
            rows = cursor.fetchall() if plan.gives_rows else []
        except sqlite3.Error as error:
            told = values if many else values[0]
            raise DBAPIError.instance(text, told, error, sqlite3.Error, dialect=self.dialect) from error
        return plan.done(rows, cursor.rowcount)
