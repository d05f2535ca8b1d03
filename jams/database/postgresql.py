"""PostgreSQL: its connections and their settings, and how statements travel.

Statements go out in libpq's pipeline mode, and an answer is waited for only where somebody reads it: the
beginning of a transaction, marks in it and inserts that give nothing back travel with the statement after
them, in one piece. A round trip costs more than the statement, since the thread that waits must get the
interpreter's lock again; and each piece wakes the server's process.
"""

from __future__ import annotations

import logging
import select
from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, ClassVar

import psycopg
from psycopg.pq import ConnStatus, TransactionStatus
from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from jams.objects.errors import DatabaseUnusable

from . import notices
from .changes import Changes
from .observed import ObservedConnection
from .table_parts import WHERE
from .tables import metadata
from .turns import COUNTED, UNANSWERED, Counted, CountsLater

log = logging.getLogger(__name__)

_CONNECTING = {
    "application_name": "JAMS",
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""What a connection string may say otherwise. A server that has vanished is noticed within half a minute."""

_LONGEST_WAIT = 10.0
"""Seconds that a reader waits for a connection."""

_SETTINGS = {
    "statement_timeout": "60s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
    "default_transaction_isolation": "read\\ committed",
    "default_transaction_read_only": "off",
}
"""What holds for our sessions whatever the server's own defaults are: nothing waits for ever."""


DriverError = psycopg.Error
_OLDEST = 140000

CHANNEL = "'jams' || hashtext(current_schema())"
"""SQL for the channel on which processes tell each other what they have changed."""

_ADVICE = {
    "28P01": "refuses the password; check the user and the password",
    "28000": "does not let this user in; check the user, and the server's pg_hba.conf",
    "3D000": "does not exist; create it, or name another one",
    "42501": "does not let this user make or change tables; let their owner say jamsdba UPDATE, or, where"
    " there are none yet, grant him CREATE on its schema",
    "53300": "has no connection to spare; close some, or raise its max_connections",
    "57P03": "is starting or stopping; try again",
}
"""By SQLSTATE, what is wrong and what to do."""


MOST_HELD = 50
"""Statements that are held back at most, until they are sent though nobody waits for an answer."""


class _Line(psycopg.Pipeline):
    """Statements on their way; they are sent when somebody waits for an answer, or many have gathered.

    psycopg itself would send each at once.
    """

    settling = False

    def _communicate_gen(self) -> Generator[Any, Any, None]:
        if self.settling or len(self.command_queue) > MOST_HELD:
            yield from super()._communicate_gen()

    def _fetch_gen(self, *, flush: bool) -> Generator[Any, Any, None]:
        if flush and self.command_queue:
            yield from super()._communicate_gen()
        yield from super()._fetch_gen(flush=flush)

    def sync(self) -> None:
        """Send what was held back, and wait for all answers."""
        self.settling = True
        try:
            super().sync()
        finally:
            self.settling = False


class PipelinedConnection(psycopg.Connection[Any]):
    """A connection that is in pipeline mode for good, and leaves transactions to whoever uses it."""

    _line: _Line
    _commands: psycopg.Cursor[Any]
    _counted: list[tuple[psycopg.Cursor[Any], Counted]]

    @classmethod
    def opened(cls, *arguments: Any, **options: Any) -> PipelinedConnection:
        """Connect. Raises psycopg.Error."""
        connection = cls.connect(*arguments, autocommit=True, **options)
        connection._line = connection._pipeline = _Line(connection)
        connection._line.__enter__()
        connection._commands = connection.cursor()
        connection._counted = []
        return connection

    def send(self, command: str, values: Sequence[str] | None = None) -> None:
        """Send a command whose answer is looked at with the next one's. Raises psycopg.Error."""
        self.attempt(self._commands.execute, command, values)

    def attempt(self, execute: Callable[..., object], *arguments: Any) -> None:
        """Send something by ``execute``, and leave nothing unanswered after an error.

        Raises:
            psycopg.Error: the first error that there was since the last answer.
        """
        try:
            execute(*arguments)
        except psycopg.Error as error:
            earlier = self._clear()
            if earlier is not None and error.sqlstate is None:
                raise earlier from error
            raise

    def settle(self) -> None:
        """Wait for all answers. Raises the first error among them, and what a wrong count means."""
        if self._line.result_queue:
            self.attempt(self._line.sync)
        self._count()

    def settle_counts(self) -> None:
        """Wait for all answers if it matters how many rows one of them tells of; as :meth:`settle`."""
        if self._counted:
            self.settle()

    def count(self, cursor: psycopg.Cursor[Any], wanted: Counted) -> None:
        """Look at how many rows the statement of a cursor has concerned, when its answer is there."""
        self._counted.append((cursor, wanted))

    def _count(self) -> None:
        counted, self._counted = self._counted, []
        for cursor, wanted in counted:
            if cursor.rowcount != wanted.rows:
                raise wanted.failure()

    def commit_all(self) -> None:
        """Commit. Raises psycopg.Error, and what a wrong count means."""
        self.settle_counts()
        self.send("COMMIT")
        self.settle()
        if self._commands.statusmessage != "COMMIT":
            raise psycopg.errors.InFailedSqlTransaction("the transaction had failed, and was undone")

    def roll_back(self) -> None:
        """Undo the transaction, if there is one. Raises psycopg.Error."""
        self._clear()
        if self.pgconn.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            self.send("ROLLBACK")
            self.settle()

    def alive(self) -> bool:
        """Whether the server has not hung up, as far as is known here; costs no round trip."""
        if self.closed:
            return False
        waiting = select.poll()
        waiting.register(self.pgconn.socket, select.POLLIN)
        if waiting.poll(0):
            with suppress(psycopg.Error):
                self.pgconn.consume_input()
        return self.pgconn.status == ConnStatus.OK

    def close(self) -> None:
        """Close the connection; idempotent."""
        with suppress(psycopg.Error):
            self._line.settling = True
            self._line.__exit__(None, None, None)
        self._pipeline = None
        super().close()

    def _clear(self) -> psycopg.Error | None:
        """Fetch all answers, for until then nothing new is taken after an error; the first error in them."""
        first: psycopg.Error | None = None
        self._counted = []
        while self._line.result_queue and not self.closed:
            try:
                self._line.sync()
            except psycopg.Error as error:
                first = first or error
        return first


class PipelinedDialect(CountsLater, PGDialect_psycopg):
    """SQLAlchemy's dialect over :class:`PipelinedConnection`; ``begin`` is how its transactions begin."""

    supports_statement_cache = True

    def __init__(self, begin: str = "BEGIN", **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._begin = begin

    def connect(self, *arguments: Any, **options: Any) -> Any:
        """Open a connection."""
        return PipelinedConnection.opened(*arguments, **options)

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction, with the next statement."""
        dbapi_connection.send(self._begin)

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Execute a statement; wait for its answer unless it has none."""
        cursor.connection.attempt(cursor.execute, statement, parameters)
        counted = None if context is None else context.execution_options.get(COUNTED)
        if counted is not None:
            cursor.connection.count(cursor, counted)
        elif not _gives_nothing(context):
            cursor.connection.settle()

    def do_execute_no_params(self, cursor: Any, statement: str, context: Any = None) -> None:
        """As :meth:`do_execute`."""
        self.do_execute(cursor, statement, None, context)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """As :meth:`do_execute`, for several rows."""
        cursor.connection.attempt(cursor.executemany, statement, parameters)
        if not _gives_nothing(context):
            cursor.connection.settle()

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit."""
        dbapi_connection.commit_all()

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Undo."""
        dbapi_connection.roll_back()

    def do_ping(self, dbapi_connection: Any) -> bool:
        """Whether the connection still stands."""
        return bool(dbapi_connection.alive())


def _gives_nothing(context: Any) -> bool:
    """Whether nobody wants to know anything of a statement: most inserts, and what says so itself."""
    if context is None:
        return False
    return bool(
        context.execution_options.get(UNANSWERED)
        or (context.isinsert and context.compiled is not None and not context.compiled.effective_returning)
    )


for _table in metadata.tables.values():
    for _index in _table.indexes:
        _index.dialect_options["postgresql"]["where"] = _index.info.get(WHERE)

registry.register("postgresql.jams", __name__, PipelinedDialect.__name__)


class Session:
    """See :class:`jams.database.writer.Session`."""

    late: ClassVar[bool] = True

    def __init__(self, tell: Callable[[Changes], str] | None, connection: Connection) -> None:
        """``tell`` makes the text of a notice; None: nobody is told."""
        self._connection: Any = connection.connection.driver_connection
        self._tell = tell

    def mark(self) -> None:
        """Begin a unit within the transaction."""
        self._send("SAVEPOINT unit")

    def keep(self) -> None:
        """Let what the unit did stand."""
        with _as_sqlalchemy(self._connection):
            self._connection.settle_counts()
        self._send("RELEASE unit")

    def undo(self) -> None:
        """Undo what the unit did."""
        self._send("ROLLBACK TO unit")
        self._send("RELEASE unit")

    def announce(self, changed: Changes) -> None:
        """Tell whoever listens, once the transaction is committed."""
        if self._tell is not None:
            self._send(f"SELECT pg_notify({CHANNEL}, %s)", (self._tell(changed),))

    def others_wrote(self) -> bool:
        """Others tell it themselves."""
        return False

    def _send(self, command: str, values: Sequence[str] | None = None) -> None:
        with _as_sqlalchemy(self._connection):
            self._connection.send(command, values)


@contextmanager
def _as_sqlalchemy(connection: PipelinedConnection) -> Iterator[None]:
    """Raise errors of the driver as SQLAlchemy would."""
    try:
        yield
    except psycopg.Error as error:
        lost = connection.closed
        raise DBAPIError.instance(None, None, error, psycopg.Error, connection_invalidated=lost) from error


def writing_engine(url: URL, options: dict[str, Any]) -> Engine:
    """The engine of the one connection that writes."""
    return _engine(url, "BEGIN", pool_size=1, max_overflow=0, execution_options=options)


def reading_engine(url: URL, connections: int, options: dict[str, Any]) -> Engine:
    """The engine of the connections that read, each on its own snapshot."""
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    return _engine(url, begin, pool_size=connections, max_overflow=0, execution_options=options)


def connect(url: URL, *, application_name: str, options: str) -> psycopg.Connection[Any]:
    """A connection of its own, on which each statement is a transaction. Raises psycopg.Error."""
    dialect = PGDialect_psycopg(dbapi=psycopg)  # type: ignore[no-untyped-call]
    given = _completed(url, options).update_query_dict({"application_name": application_name})
    arguments, named = dialect.create_connect_args(given)  # type: ignore[no-untyped-call]
    return psycopg.connect(*arguments, autocommit=True, **named)


def _completed(url: URL, options: str = "") -> URL:
    """The address with our settings, of which it may say other values: the last one counts."""
    settings = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    given = str(url.query.get("options", ""))
    query = {**_CONNECTING, **url.query, "options": " ".join(filter(None, (settings, options, given)))}
    return url.set(query=query)


def _engine(url: URL, begin: str, **options: Any) -> Engine:
    engine = create_engine(
        _completed(url).set(drivername="postgresql+jams"),
        hide_parameters=True,
        begin=begin,
        pool_pre_ping=True,
        pool_use_lifo=True,
        pool_timeout=_LONGEST_WAIT,
        use_native_hstore=False,
        **options,
    )
    engine._connection_cls = ObservedConnection
    return engine


def state_of(connection: Connection) -> Hashable:
    """What names the state that a reading transaction sees: which transactions had been committed."""
    snapshot: str = connection.exec_driver_sql("SELECT CAST(pg_current_snapshot() AS text)").scalar_one()
    return snapshot


def session_of(*, beside: bool) -> Callable[[Connection], Session]:
    """What makes the writer's session: a server is the only one that listens, and need not tell itself.

    That would wake three processes.
    """
    return partial(Session, notices.encode if beside else None)


def check(engine: Engine, shown: str) -> None:
    """Check that a database is one that JAMS can work with.

    Raises:
        DatabaseUnusable: it is too old, not in UTF-8, or has no schema for our tables.
    """
    with engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT current_setting('server_version_num')::int AS version, current_schema() AS schema,"
            " current_setting('server_encoding') AS encoding, current_setting('server_version') AS shown"
        ).one()
    if row.version < _OLDEST:
        fault = f"is of a PostgreSQL {row.shown}; use {_OLDEST // 10000} or newer"
    elif row.encoding != "UTF8":
        fault = f"has the encoding {row.encoding}; create one with ENCODING 'UTF8'"
    elif row.schema is None:
        fault = "has no schema on the search_path; create it, or name another one"
    else:
        return
    raise DatabaseUnusable(f"The database {shown} {fault}.", target=shown)


def unusable(shown: str, error: SQLAlchemyError | DriverError) -> DatabaseUnusable:
    """What a failure of the first access says to the person who starts the server."""
    cause = getattr(error, "orig", None) or error
    log.debug("the database %s cannot be used: %s", shown, cause)
    advice = _ADVICE.get(getattr(cause, "sqlstate", None) or "")
    if advice is None:
        advice = (
            f"cannot be used ({_reason(str(cause))}); check that its server runs, the address and the rights"
        )
    return DatabaseUnusable(f"The database {shown} {advice}.", target=shown)


def _reason(told: str) -> str:
    """Why, in a few words of the driver: of its first line what stands behind the address."""
    line = (told.strip().splitlines() or [""])[0]
    return line.rpartition(" failed: ")[2].removeprefix("FATAL:").strip().rstrip(".")[:200]
