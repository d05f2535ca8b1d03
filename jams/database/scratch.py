"""A copy of definitions and the live schedule, on which something is tried that shall not come to pass.

It is an SQLite file, whatever database it was made from, and then a database in memory of whoever works with
it. What opens something (passwords, tokens, credentials, scripts) is not copied, nor what has been written of
the past, the last ends of jobs excepted: others wait for them.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    case,
    cast,
    create_engine,
    exists,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from jams.objects.actors import ENGINE
from jams.objects.enums import EntryState, Severity

from . import definition_stamps, methods, tables
from .columns import Day, UtcTime, microseconds
from .names import fold

_MODE = ("PRAGMA synchronous=OFF", "PRAGMA journal_mode=MEMORY", "PRAGMA foreign_keys=OFF")
_PIECE = 5000
RECENT = datetime.timedelta(days=2)
"""How far back the ends of jobs are copied on which others depend; before that, the last of each severity."""

COPIED = frozenset(
    {
        "agent",
        "alert",
        "armed_trigger",
        "calendar",
        "calendar_date",
        "container",
        "counter",
        "credential",
        "date_type",
        "date_type_link",
        "delivered",
        "entry",
        "entry_audit",
        "event_count",
        "file_fact",
        "folder",
        "happening",
        "history",
        "job",
        "job_to_plan",
        "method",
        "named_time",
        "planning",
        "precheck",
        "queue",
        "queue_agent",
        "reference_use",
        "resource",
        "resource_held",
        "resource_quantity",
        "run",
        "schedule_trigger",
        "setting",
        "trigger",
        "trigger_event",
        "trigger_firing",
        "trigger_news",
        "variable",
        "variable_use",
        "wait_topic",
        "waiting_line",
    }
)
"""Tables of which something is copied. What stands nowhere is not; a test wants each table to be decided."""

LEFT_OUT = frozenset(
    {
        "access_list",
        "access_rule",
        "account",
        "account_group",
        "audit",
        "audit_chain",
        "audit_object",
        "event",
        "failed_login",
        "log_to_remove",
        "membership",
        "menu",
        "missed_point",
        "object_access",
        "outbox",
        "outside_standing",
        "password_used",
        "recovery_code",
        "revision",
        "personal_token",
        "retry_key",
        "server",
        "token",
        "trigger_mail",
    }
)
"""Tables of which nothing is copied."""

BLANK = frozenset(
    {
        "credential.private_key",
        "credential.secret",
        "credential.user_name",
        "run.abort_by",
        "variable.secret",
    }
)
"""Columns of which nothing is copied, though their rows are."""


def copied() -> list[Table]:
    """The tables that are copied, all or some of their rows."""
    return [table for table in tables.metadata.sorted_tables if table.name in COPIED]


def copy(c: Connection, now: datetime.datetime, path: Path) -> None:
    """Fill a new SQLite file with what a connection reads; of one state of the database.

    It costs as much as is read, and no transaction of the live database outlasts it.
    """
    _make(path)
    if c.dialect.name == "sqlite":
        _copy_file(str(c.engine.url.database), now, path)
    else:
        _copy_rows(c, now, path)


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """Take such a file into memory: a connection in a transaction that nobody else sees."""

    def connect() -> sqlite3.Connection:
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        with closing(sqlite3.connect(path)) as file:
            file.backup(memory)
        for pragma in (*_MODE, "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-65536"):
            memory.execute(pragma).close()
        return memory

    options = {definition_stamps.OPTION: definition_stamps.Kept()}
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, execution_options=options)
    engine.dialect.do_begin = _begin  # type: ignore[method-assign, assignment]
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()
    finally:
        engine.dispose()


def _begin(connection: Any) -> None:
    connection.execute("BEGIN").close()


def _make(path: Path) -> None:
    engine = create_engine("sqlite://")
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in _MODE:
            file.execute(pragma).close()
        file.execute("BEGIN").close()
        for table in tables.metadata.sorted_tables:
            file.execute(str(CreateTable(table).compile(engine))).close()
            for index in table.indexes:
                file.execute(str(CreateIndex(index).compile(engine))).close()
        file.execute("COMMIT").close()


def _copy_file(source: str, now: datetime.datetime, path: Path) -> None:
    """All in the database's own code, so that no other thread of this process has to wait."""
    dialect = create_engine("sqlite://").dialect
    with closing(sqlite3.connect(_address(source, "ro"), uri=True, isolation_level=None)) as live:
        live.execute("PRAGMA busy_timeout=5000").close()
        live.execute("ATTACH ? AS scratch", (_address(str(path), "rw"),)).close()
        for pragma in ("synchronous=OFF", "journal_mode=OFF"):
            live.execute(f"PRAGMA scratch.{pragma}").close()
        live.execute("BEGIN").close()
        for table in copied():
            names = ", ".join(f'"{column.name}"' for column in table.c)
            query = _rows(table, now).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
            live.execute(f'INSERT INTO scratch."{table.name}" ({names}) {query}').close()
        live.execute("COMMIT").close()


def _address(path: str, mode: str) -> str:
    return f"file:{quote(path)}?mode={mode}"


def _copy_rows(c: Connection, now: datetime.datetime, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in _MODE:
            file.execute(pragma).close()
        file.execute("BEGIN").close()
        for table in copied():
            kinds = [_KEPT.get(type(column.type)) for column in table.c]
            marks = ", ".join("?" * len(kinds))
            insert = f'INSERT INTO "{table.name}" VALUES ({marks})'
            query = str(_rows(table, now).compile(dialect=c.dialect, compile_kwargs={"literal_binds": True}))
            found = c.exec_driver_sql(query.replace("%", "%%") if c.dialect.name == "postgresql" else query)
            for rows in found.partitions(_PIECE):
                file.executemany(insert, [_converted(row, kinds) for row in rows])
        if c.dialect.name == "postgresql":
            last = [
                c.exec_driver_sql(f"SELECT last_value FROM {name}").scalar_one()
                for name in ("entry_number", "run_number")
            ]
            file.execute("UPDATE counter SET entry = ?, ron = ?", last).close()
        file.execute("COMMIT").close()


def _converted(row: Any, kinds: list[Callable[[Any], Any] | None]) -> list[Any]:
    return [
        value if kind is None or value is None else kind(value)
        for value, kind in zip(row, kinds, strict=True)
    ]


def _time(value: Any) -> Any:
    return microseconds(value) if isinstance(value, datetime.datetime) else value


def _day(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


_KEPT: Mapping[type, Callable[[Any], Any]] = {UtcTime: _time, Day: _day}
"""How SQLite keeps values that others have types of their own for."""


def _rows(table: Table, now: datetime.datetime) -> Select[Any]:
    query = select(*(_column(table, column) for column in table.c))
    match table.name:
        case "entry":
            return query.where(_live(table, now))
        case "entry_audit":
            # What somebody has done counts when his entry's job is planned anew.
            entry = tables.entry
            waits = select(entry.c.number).where(entry.c.state != EntryState.COMPLETE)
            return query.where(table.c.user_name != ENGINE, table.c.number.in_(waits))
        case "history":
            return query.where(_remembered(table, now))
    return query


def _live(entry: Table, now: datetime.datetime) -> ColumnElement[bool]:
    """What has not ended, members of what may not have, and points that lie ahead and are done with."""
    return or_(entry.c.state != EntryState.COMPLETE, entry.c.parent.is_not(None), entry.c.point >= now)


def _remembered(history: Table, now: datetime.datetime) -> ColumnElement[bool]:
    """The ends that somebody may wait for."""
    job, use = tables.job, tables.reference_use
    named = exists().where(
        or_(
            use.c.name_key == literal("JOB#") + cast(job.c.id, String),
            use.c.name_key == literal("JOB:") + job.c.name_key,
        )
    )
    recent = history.c.id.in_(
        select(history.c.id)
        .join(job, job.c.id == history.c.job_id)
        .where(history.c.completion_time >= now - RECENT, history.c.counts, named)
    )
    earlier = history.alias("earlier")
    last = [
        history.c.id.in_(
            select(
                select(earlier.c.id)
                .where(
                    earlier.c.job_id == job.c.id,
                    earlier.c.completion_time <= job.c[f"last_{severity.value.lower()}"],
                    earlier.c.final_severity == severity,
                    earlier.c.counts,
                )
                .order_by(earlier.c.completion_time.desc(), earlier.c.id.desc())
                .limit(1)
                .correlate(job)
                .scalar_subquery()
            ).where(job.c[f"last_{severity.value.lower()}"].is_not(None))
        )
        for severity in Severity
    ]
    return or_(recent, *last)


def _column(table: Table, column: Column[Any]) -> ColumnElement[Any]:
    if column is tables.variable.c.secret:
        # Whether there is one decides what parameters take, and what they are held against.
        return case((column.is_not(None), literal("")), else_=null()).label(column.name)
    if f"{table.name}.{column.name}" in BLANK:
        return literal("").label(column.name) if not column.nullable else null().label(column.name)
    if column.name == "source" and "method_id" in table.c:
        kinds = [fold(name) for name in (methods.SETUP, methods.SEQUENCE)]
        runs_others = table.c.method_id.in_(
            select(tables.method.c.id).where(tables.method.c.name_key.in_(kinds))
        )
        return case((runs_others, column), else_=literal("")).label(column.name)
    if table.name == "history" and column.name in ("document", "final_status", "job_status", "note"):
        return literal("{}" if column.name == "document" else "").label(column.name)
    if table.name == "entry_audit" and column.name in ("message", "comment", "details"):
        return literal("").label(column.name)
    return column
