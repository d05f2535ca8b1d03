"""What SQL Server says otherwise: the language of its statements and tables, over SQLAlchemy's dialect.

Statements are written once, for SQLite and PostgreSQL; what they mean there they mean here as well:

- A row that is read to be changed is locked by hints at its table, since there is no ``FOR UPDATE``.
- A condition is no value: where it stands for one (selected, ordered by) it becomes ``CASE``.
- ``[`` is a wildcard of ``LIKE``, and is escaped with the others.
- Texts are of Unicode, and compare by code points: neither accents nor letters of another size are equal.
- Numbers in a list are written out, for a statement takes 2,100 values at most.
- A key has a size: an index of more takes its last columns along without ordering by them.

A transaction is begun and ended by statements, as on the other databases: what ODBC begins by itself knows no
marks within a transaction before its first statement.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Integer, String, case, func, literal_column
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.mssql.base import MSDDLCompiler, MSSQLCompiler, MSTypeCompiler
from sqlalchemy.dialects.mssql.pyodbc import MSDialect_pyodbc
from sqlalchemy.exc import CompileError
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BooleanClauseList,
    Grouping,
    Label,
    Null,
    UnaryExpression,
)
from sqlalchemy.sql.selectable import FromClause, Join
from sqlalchemy.sql.sqltypes import NullType
from sqlalchemy.util import immutabledict

from . import odbc_errors
from .table_parts import WHERE
from .tables import metadata

COLLATION = "Latin1_General_100_BIN2"
"""By code points, as texts are compared and ordered on the other databases."""

OLDEST = (13, 0)
"""SQL Server 2016, the first that reads JSON, by which long lists of numbers travel."""

_CLUSTERED_BYTES = 900
_KEY_BYTES = 1700
"""What the key of a clustered index and of another one may have."""

_BYTES = {"BIGINT": 8, "INTEGER": 4, "SMALLINT": 2, "BIT": 1, "DATE": 3, "DATETIME2(6)": 8, "FLOAT": 8}


def is_condition(element: Any) -> bool:
    """Whether an expression is a condition, which SQL Server takes for no value."""
    if isinstance(element, Grouping):
        return is_condition(element.element)
    if isinstance(element, BooleanClauseList):
        return True
    if isinstance(element, BinaryExpression):
        return bool(operators.is_comparison(element.operator) or isinstance(element.type, Boolean))
    return isinstance(element, UnaryExpression) and isinstance(element.type, Boolean)


def _value(element: Any) -> Any:
    """An expression as one that is a value."""
    if isinstance(element, Label):
        inner = _value(element.element)
        return element if inner is element.element else Label(element.name, inner, element.type)
    if isinstance(element, UnaryExpression) and element.modifier in (operators.desc_op, operators.asc_op):
        inner = _value(element.element)
        return element if inner is element.element else UnaryExpression(inner, modifier=element.modifier)
    if is_condition(element):
        return case((element, literal_column("1", Boolean)), else_=literal_column("0", Boolean))
    return element


class StatementCompiler(MSSQLCompiler):
    """Statements in the language of SQL Server."""

    def _label_select_column(self, select: Any, column: Any, *arguments: Any, **options: Any) -> Any:
        parent: Any = super()
        return parent._label_select_column(select, _value(column), *arguments, **options)

    def _compose_select_body(
        self,
        text: Any,
        select: Any,
        compile_state: Any,
        inner_columns: Any,
        froms: Any,
        byfrom: Any,
        toplevel: Any,
        kwargs: Any,
    ) -> Any:
        if select._for_update_arg is not None:
            byfrom = _lock_hints(select._for_update_arg, froms)
            # SQLAlchemy looks at the hints only of a query that says it has some.
            select = select._generate()
            select._hints = immutabledict({(table, "mssql"): hint for table, hint in byfrom.items()})
        parent: Any = super()
        return parent._compose_select_body(
            text, select, compile_state, inner_columns, froms, byfrom, toplevel, kwargs
        )

    def order_by_clause(self, select: Any, **kw: Any) -> Any:
        """Order by values alone."""
        given = select._order_by_clause
        if any(_value(each) is not each for each in given.clauses):
            select = select._generate()
            select._order_by_clauses = tuple(_value(each) for each in given.clauses)
        if given.clauses and select._has_row_limiting_clause and not self._use_top(select):  # type: ignore[no-untyped-call]
            # Also within another query, where SQLAlchemy leaves the order out that FETCH needs.
            return " ORDER BY " + self.process(select._order_by_clause, **kw)
        return super().order_by_clause(select, **kw)  # type: ignore[no-untyped-call]

    def _check_can_use_fetch_limit(self, select: Any) -> None:
        if select._order_by_clause.clauses:
            super()._check_can_use_fetch_limit(select)  # type: ignore[no-untyped-call]

    def _row_limit_clause(self, cs: Any, **kw: Any) -> str:  # type: ignore[override]
        paged: str = super()._row_limit_clause(cs, **kw)  # type: ignore[no-untyped-call]
        return f" ORDER BY (SELECT NULL){paged}" if paged and not cs._order_by_clause.clauses else paged

    def visit_is__binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        """Whether a value is null, or yes or no, which is none of ``IS`` here."""
        return self._generate_generic_binary(binary, " IS " if _is_null(binary.right) else " = ", **kw)

    def visit_is_not_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        """Whether a value is not null, or not yes or not no: then it may be null as well."""
        if _is_null(binary.right):
            return self._generate_generic_binary(binary, " IS NOT ", **kw)
        left = binary.left._compiler_dispatch(self, **kw)
        return f"({left} IS NULL OR {self._generate_generic_binary(binary, ' != ', **kw)})"

    def visit_bindparam(self, bindparam: Any, **options: Any) -> Any:  # type: ignore[override]
        """Write lists of numbers out."""
        if bindparam.expanding and bindparam.type._type_affinity is Integer:
            options["literal_execute"] = True
        parent: Any = super()
        return parent.visit_bindparam(bindparam, **options)

    def visit_json_each_func(self, fn: Any, **kw: Any) -> str:
        """The numbers of a list, as SQLite's function gives them (:mod:`jams.database.among`)."""
        given = self.function_argspec(fn, **kw)
        return f"(SELECT CAST(value AS BIGINT) AS value FROM OPENJSON{given})"

    def visit_startswith_op_binary(self, binary: Any, operator: Any, **kw: Any) -> Any:
        """See the module."""
        parent: Any = super()
        return parent.visit_startswith_op_binary(_escaped(binary), operator, **kw)

    def visit_not_startswith_op_binary(self, binary: Any, operator: Any, **kw: Any) -> Any:
        """See the module."""
        parent: Any = super()
        return parent.visit_not_startswith_op_binary(_escaped(binary), operator, **kw)

    def visit_contains_op_binary(self, binary: Any, operator: Any, **kw: Any) -> Any:
        """See the module."""
        parent: Any = super()
        return parent.visit_contains_op_binary(_escaped(binary), operator, **kw)

    def visit_endswith_op_binary(self, binary: Any, operator: Any, **kw: Any) -> Any:
        """See the module."""
        parent: Any = super()
        return parent.visit_endswith_op_binary(_escaped(binary), operator, **kw)


def _is_null(element: Any) -> bool:
    return isinstance(element, Null)


def _escaped(binary: Any) -> Any:
    """A comparison with a text in which the wildcards are escaped, with that of SQL Server escaped too."""
    escape = binary.modifiers.get("escape")
    if escape is None:
        return binary
    found = binary._clone()
    found.right = func.replace(binary.right, "[", f"{escape}[", type_=String)
    return found


def _lock_hints(asked: Any, froms: Any) -> dict[FromClause, str]:
    """By table, the hint that locks what is read: for this transaction alone, or shared with others."""
    hint = "REPEATABLEREAD, ROWLOCK" if asked.read else "UPDLOCK, ROWLOCK"
    if asked.skip_locked:
        hint += ", READPAST"
    wanted = None if asked.of is None else {getattr(each, "table", each) for each in asked.of}
    return {
        table: f"WITH ({hint})"
        for table in (one for each in froms for one in _tables_of(each))
        if wanted is None or table in wanted
    }


def _tables_of(source: Any) -> list[FromClause]:
    if isinstance(source, Join):
        return [*_tables_of(source.left), *_tables_of(source.right)]
    return [source]


class TypeCompiler(MSTypeCompiler):
    """Types of columns: texts are of Unicode and compare by code points."""

    def visit_VARCHAR(self, type_: Any, **kw: Any) -> Any:
        """As texts of Unicode: a text that travels as one would else be compared by another index."""
        return self.visit_NVARCHAR(type_, **kw)  # type: ignore[no-untyped-call]

    def visit_datetime(self, type_: Any, **kw: Any) -> str:
        """Exact to the microsecond; ``DATETIME`` is to three thousandths of a second."""
        return "DATETIME2(6)"

    def _extend(self, spec: Any, type_: Any, length: Any = None) -> str:
        written: str = super()._extend(spec, type_, length)  # type: ignore[no-untyped-call]
        return written if getattr(type_, "collation", None) else f"{written} COLLATE {COLLATION}"


class SchemaCompiler(MSDDLCompiler):
    """Tables and indexes, with keys that are not too long."""

    def visit_primary_key_constraint(self, constraint: Any, **kw: Any) -> Any:
        """A primary key; one that is too long to order the table by is an index beside it."""
        written: str = super().visit_primary_key_constraint(constraint, **kw)  # type: ignore[no-untyped-call]
        size = self._checked(constraint.name, list(constraint), _KEY_BYTES)
        if size <= _CLUSTERED_BYTES:
            return written
        return written.replace("PRIMARY KEY (", "PRIMARY KEY NONCLUSTERED (", 1)

    def visit_unique_constraint(self, constraint: Any, **kw: Any) -> Any:
        """A unique constraint. SQL Server would take two rows without a value for equal."""
        if any(column.nullable for column in constraint):
            raise CompileError(f"{constraint.name} is about a column that may be empty")
        self._checked(constraint.name, list(constraint), _KEY_BYTES)
        return super().visit_unique_constraint(constraint, **kw)  # type: ignore[no-untyped-call]

    def visit_create_index(self, create: Any, include_schema: bool = False, **kw: Any) -> Any:  # type: ignore[override]
        """An index. What makes its key too long stands beside it, where it can be read and not sought."""
        index = create.element
        options = index.dialect_options["mssql"]
        if options["where"] is None:
            options["where"] = index.info.get(WHERE)
        kept, beside = self._split(index)
        if not beside:
            return super().visit_create_index(create, include_schema, **kw)  # type: ignore[no-untyped-call]
        if index.unique:
            raise CompileError(f"the key of {index.name} has more than {_KEY_BYTES} bytes")
        whole, index.expressions, options["include"] = index.expressions, kept, beside
        try:
            return super().visit_create_index(create, include_schema, **kw)  # type: ignore[no-untyped-call]
        finally:
            index.expressions, options["include"] = whole, []

    def _split(self, index: Any) -> tuple[list[Any], list[Any]]:
        """The columns of an index that fit into its key, the others."""
        kept, beside, left = [], [], _KEY_BYTES
        for expression in index.expressions:
            size = self._size(expression)
            if size > left:
                beside.append(expression)
            else:
                left -= size
                kept.append(expression)
        return kept, beside

    def _checked(self, name: Any, columns: list[Any], most: int) -> int:
        size = sum(map(self._size, columns))
        if size > most:
            raise CompileError(f"the key of {name} has {size} bytes, more than {most}")
        return size

    def _size(self, expression: Any) -> int:
        """The bytes that a column takes in a key at most."""
        column = expression.element if isinstance(expression, UnaryExpression) else expression
        kind = column.type
        if isinstance(kind, NullType):
            # A migration names columns without their types.
            table = None if column.table is None else metadata.tables.get(column.table.name)
            known = None if table is None else table.c.get(column.name)
            return 0 if known is None else self._size(known)
        length = getattr(kind.dialect_impl(self.dialect), "length", None) or getattr(kind, "length", None)
        if length:
            return 2 * int(length)
        written = self.dialect.type_compiler_instance.process(kind)
        if written in _BYTES:
            return _BYTES[written]
        raise CompileError(f"a column of the type {written} cannot be in a key")


class Dialect(MSDialect_pyodbc):
    """SQLAlchemy's dialect with the above, and transactions that statements begin and end."""

    supports_statement_cache = True
    statement_compiler = StatementCompiler
    ddl_compiler = SchemaCompiler
    type_compiler_cls = TypeCompiler
    _supports_offset_fetch = True
    server_version_info = OLDEST  # type: ignore[assignment]

    def __init__(self, **options: Any) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            deprecate_large_types=True, supports_comments=False, **options
        )

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction."""
        dbapi_connection.execute("BEGIN TRANSACTION").close()

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit. It fails when the server has undone the transaction meanwhile."""
        dbapi_connection.execute("COMMIT TRANSACTION").close()

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Undo what has begun."""
        dbapi_connection.execute("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION").close()

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        """Whether the connection is gone; after an answer that took too long it is not."""
        return odbc_errors.is_lost(e)


registry.register("mssql.jams", __name__, Dialect.__name__)

__all__ = ["COLLATION", "Dialect", "is_condition"]
