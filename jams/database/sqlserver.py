"""SQL Server, through pyodbc and an ODBC driver: its connections, their settings, and who answers.

The address of a database names one server, or two that are mirrors of each other (``failover_partner``):
then the one that answers is asked, and which one that is may change while JAMS runs.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any, ClassVar

import pyodbc
from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from jams.objects.errors import DatabaseUnusable

from . import odbc_errors, quoting
from .changes import Changes
from .sqlserver_dialect import COLLATION, OLDEST

log = logging.getLogger(__name__)

DriverError = pyodbc.Error

CONNECT_TIMEOUT = 15
"""Seconds for a connection, where the address says nothing else: what Microsoft's own programs wait."""

_FIRST_SHARE = 0.08
"""Of that time, what the first attempt at each of two servers gets; each further one gets as much more."""

_STATEMENT_TIMEOUT = 60
_LOCK_TIMEOUT = 5_000
_LONGEST_WAIT = 10.0
"""Seconds of a statement, milliseconds of a lock, seconds of a reader that waits for a connection."""

_DRIVER = re.compile(r"ODBC Driver (\d+) for SQL Server")
_TRYING_ELSEWHERE = ("08", "HY", "57P", "3D")
"""What the other server may know better: no way there, no answer in time, a database that is the mirror."""

_EITHER = (
    "SET QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, CONCAT_NULL_YIELDS_NULL, ARITHABORT ON;"
    f" SET NUMERIC_ROUNDABORT, XACT_ABORT OFF; SET LOCK_TIMEOUT {_LOCK_TIMEOUT}; SET DATEFORMAT ymd"
)
"""What indexes of some rows need of a session, and that an error undoes its statement alone."""

WRITER = f"{_EITHER}; SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
_READER = f"{_EITHER}; SET TRANSACTION ISOLATION LEVEL SNAPSHOT"

NOTICES = "notice"
"""The table of one row in which a process beside the server says that it has written."""

MAKE_NOTICES = (
    f"IF OBJECT_ID(N'{NOTICES}') IS NULL"
    f" CREATE TABLE {NOTICES} (id INT NOT NULL PRIMARY KEY, written BIGINT NOT NULL)",
    f"IF NOT EXISTS (SELECT 1 FROM {NOTICES}) INSERT INTO {NOTICES} VALUES (1, 0)",
)

_ADVICE = {
    "28P01": "refuses the login; check uid and pwd, or say Integrated Security=SSPI",
    "28000": "does not let this account in; check the login, and that the server takes logins of its kind",
    "3D000": "is not there, or this account may not use it; create it, or give the account a user in it",
    "42501": "does not let this account make tables; make it a member of db_owner, or of db_ddladmin with"
    " db_datareader and db_datawriter",
    "57P03": "is starting, stopping, or the mirror of another one; name that as Failover Partner, or try"
    " again",
    "08001": "is not reached; check that the server runs, its name, its port, and that it takes connections"
    " over TCP",
    "IM002": "needs an ODBC driver that is not installed; install one, or name yours as Driver",
    "01000": "needs an ODBC driver that is not installed; install one, or name yours as Driver",
}
"""By the state of SQL, what is wrong and what to do."""


class Connector:
    """Opens connections to a database at one server, or at the one of two that answers."""

    def __init__(self, url: URL, setup: str, timeout: int = _STATEMENT_TIMEOUT) -> None:
        """``setup`` is what each connection is told at first; ``timeout``: seconds of a statement."""
        self._strings = connection_strings(url)
        self._patience = _seconds(url)
        self._setup = setup
        self._timeout = timeout
        self._answered = 0

    def connect(self, *_: Any, **__: Any) -> Any:
        """A connection on which each statement is a transaction until one is begun. Raises pyodbc.Error."""
        connection = self._answering()
        try:
            _limit(connection, self._timeout)
            if self._setup:
                connection.execute(self._setup).close()
        except BaseException:
            connection.close()
            raise
        return connection

    def _answering(self) -> Any:
        """A connection to the server that has answered last, or to its partner."""
        if len(self._strings) == 1:
            return _opened(self._strings[0], self._patience)
        until, share = time.monotonic() + self._patience, _FIRST_SHARE
        while True:
            for which in (self._answered, 1 - self._answered):
                left = until - time.monotonic()
                try:
                    made = _opened(self._strings[which], max(1, round(min(self._patience * share, left))))
                except pyodbc.Error as error:
                    failed = error
                    if not _may_be_elsewhere(error):
                        raise
                else:
                    self._answered = which
                    return made
            left = until - time.monotonic()
            if left <= 0:
                raise failed
            time.sleep(min(1.0, left))
            share += _FIRST_SHARE


def _opened(string: str, patience: int) -> Any:
    return pyodbc.connect(string, autocommit=True, timeout=patience)


def _may_be_elsewhere(error: pyodbc.Error) -> bool:
    return (odbc_errors.state_of(error) or "").startswith(_TRYING_ELSEWHERE)


def _limit(connection: Any, seconds: int) -> None:
    """Let no statement take longer. A driver that cannot leaves it to the limits of the server."""
    try:
        connection.timeout = seconds
    except pyodbc.Error as error:
        log.debug("the ODBC driver takes no limit for statements: %s", error)


def connection_strings(url: URL) -> list[str]:
    """What ODBC is told of the database: of its server, and of its partner if there is one.

    Raises:
        DatabaseUnusable: there is no driver for it on this machine.
    """
    query = url.query
    server = _server(url.host or "(local)", str(query.get("instance", "")), url.port)
    servers = [server, *filter(None, [str(query.get("failover_partner", ""))])]
    trusted = not url.username
    parts = {
        "DRIVER": str(query.get("driver", "")) or driver(),
        "DATABASE": url.database or "",
        "UID": "" if trusted else url.username or "",
        "PWD": "" if trusted else str(url.password or ""),
        "Trusted_Connection": "yes" if trusted else "",
        "APP": str(query.get("application_name", "JAMS")),
        "Encrypt": str(query.get("encrypt", "")),
        "TrustServerCertificate": str(query.get("trust_server_certificate", "")),
        **{key.removeprefix("odbc_"): str(value) for key, value in query.items() if key.startswith("odbc_")},
    }
    rest = ";".join(f"{key}={_braced(value)}" for key, value in parts.items() if value)
    return [f"SERVER={_braced(server)};{rest}" for server in servers]


def _server(host: str, instance: str, port: int | None) -> str:
    if instance:
        return f"{host}\\{instance}"
    return f"{host},{port}" if port else host


def _braced(value: str) -> str:
    """A value as it stands in a connection string of ODBC, whatever it holds."""
    plain = re.fullmatch(r"[A-Za-z0-9 ._,:\\()-]+", value) and value == value.strip()
    return value if plain else "{" + value.replace("}", "}}") + "}"


def driver() -> str:
    """The newest driver for SQL Server that is installed; FreeTDS where Microsoft's own is not.

    Raises:
        DatabaseUnusable: there is none.
    """
    installed = pyodbc.drivers()
    versions = [(int(match[1]), name) for name in installed if (match := _DRIVER.fullmatch(name))]
    if versions:
        return str(max(versions)[1])
    if "FreeTDS" in installed:
        return "FreeTDS"
    raise DatabaseUnusable(
        "SQL Server needs an ODBC driver, and none is installed; install Microsoft's (msodbcsql18), or "
        "FreeTDS (tdsodbc)."
    )


def _seconds(url: URL) -> int:
    given = str(url.query.get("connect_timeout", CONNECT_TIMEOUT))
    return int(given) if given.isdecimal() and int(given) else CONNECT_TIMEOUT


def writing_engine(url: URL, options: dict[str, Any]) -> Engine:
    """The engine of the one connection that writes."""
    return _engine(url, WRITER, pool_size=1, max_overflow=0, execution_options=options)


def reading_engine(url: URL, connections: int, options: dict[str, Any]) -> Engine:
    """The engine of the connections that read, each on its own snapshot."""
    return _engine(url, _READER, pool_size=connections, max_overflow=0, execution_options=options)


def make(url: URL, data_file: str = "", log_file: str = "") -> None:
    """Make a database that compares and reads as JAMS needs it. Raises pyodbc.Error.

    Args:
        url: the database.
        data_file: the path of its data file, on the machine of the server; empty: where that keeps all.
        log_file: the path of its log, likewise; only with ``data_file``.
    """
    name = quoting.bracketed(str(url.database))
    files = f" ON PRIMARY {_file(url, '', data_file)}" if data_file else ""
    files += f" LOG ON {_file(url, '_log', log_file)}" if log_file else ""
    with closing(Connector(url.set(database="master"), "", timeout=0).connect()) as connection:
        for statement in (
            f"CREATE DATABASE {name}{files} COLLATE {COLLATION}",
            f"ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION ON",
            f"ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON",
        ):
            connection.execute(statement).close()


def drop(url: URL) -> None:
    """Drop a database, whoever works with it. Raises pyodbc.Error."""
    name = quoting.bracketed(str(url.database))
    with closing(Connector(url.set(database="master"), "", timeout=0).connect()) as connection:
        connection.execute(f"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE").close()
        connection.execute(f"DROP DATABASE {name}").close()


def _file(url: URL, end: str, path: str) -> str:
    name, at = quoting.national(f"{url.database}{end}"), quoting.national(path)
    return f"(NAME = {name}, FILENAME = {at})"


def is_there(url: URL) -> bool:
    """Whether the server has the database. Raises pyodbc.Error when it cannot be asked."""
    with closing(Connector(url.set(database="master"), "").connect()) as connection:
        return connection.execute("SELECT DB_ID(?)", str(url.database)).fetchval() is not None


def _engine(url: URL, setup: str, **options: Any) -> Engine:
    # The pool is SQLAlchemy's; a second one beneath it would hand out sessions with the settings of others.
    pyodbc.pooling = False
    return create_engine(
        url.set(drivername="mssql+jams"),
        hide_parameters=True,
        creator=Connector(url, setup).connect,
        pool_pre_ping=True,
        pool_use_lifo=True,
        pool_timeout=_LONGEST_WAIT,
        **options,
    )


@contextmanager
def _as_sqlalchemy() -> Iterator[None]:
    """Raise errors of the driver as SQLAlchemy would."""
    try:
        yield
    except pyodbc.Error as error:
        lost = odbc_errors.is_lost(error)
        raise DBAPIError.instance(None, None, error, pyodbc.Error, connection_invalidated=lost) from error


class Session:
    """See :class:`jams.database.writer.Session`.

    Processes beside the server count in the table of notices what they have written, and the server looks
    whether that has grown.
    """

    late: ClassVar[bool] = False

    def __init__(self, beside: bool, connection: Connection) -> None:
        """``beside``: this process is none of a server, and tells it."""
        self._beside = beside
        self._driver: Any = connection.connection.driver_connection
        self._info = connection.info

    def mark(self) -> None:
        """Begin a unit within the transaction."""
        self._execute("SAVE TRANSACTION unit")

    def keep(self) -> None:
        """Let what the unit did stand: a mark is not given up here, a later one of its name counts."""

    def undo(self) -> None:
        """Undo what the unit did."""
        self._execute("ROLLBACK TRANSACTION unit")

    def announce(self, changed: Changes) -> None:
        """Tell the server, once the transaction is committed."""
        if self._beside:
            self._execute(f"UPDATE {NOTICES} SET written = written + 1 WHERE id = 1")

    def others_wrote(self) -> bool:
        """Whether a process beside the server has written."""
        if self._beside:
            return False
        with _as_sqlalchemy():
            count = self._driver.execute(f"SELECT written FROM {NOTICES} WHERE id = 1").fetchval()
        before = self._info.setdefault(NOTICES, count)
        self._info[NOTICES] = count
        return bool(count != before)

    def _execute(self, statement: str) -> None:
        with _as_sqlalchemy():
            self._driver.execute(statement).close()


_LOOK = """
SELECT CAST(SERVERPROPERTY('ProductVersion') AS NVARCHAR(128)), compatibility_level,
    snapshot_isolation_state, is_read_committed_snapshot_on, is_read_only
FROM sys.databases WHERE database_id = DB_ID()
"""


state_of = None
"""Nothing names the state of a database at little cost."""


def session_of(*, beside: bool) -> Callable[[Connection], Session]:
    """What makes the writer's session."""
    return partial(Session, beside)


def check(engine: Engine, shown: str) -> None:
    """Check that a database is one that JAMS can work with.

    Raises:
        DatabaseUnusable: it is too old, only reads, or keeps no snapshots.
    """
    with engine.connect() as connection:
        version, level, snapshots, committed, only_reads = connection.exec_driver_sql(_LOOK).one()
        name = connection.exec_driver_sql("SELECT QUOTENAME(DB_NAME())").scalar_one()
    oldest = OLDEST[0]
    if int(str(version).partition(".")[0]) < oldest or level < oldest * 10:
        fault = (
            f"is of a SQL Server {version} (level {level}); use 2016 or newer, and ALTER DATABASE "
            f"{name} SET COMPATIBILITY_LEVEL = {oldest * 10} or more"
        )
    elif only_reads:
        fault = "only reads; name the one that is written"
    elif snapshots != 1:
        fault = f"keeps no snapshots; say ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION ON"
    elif not committed:
        fault = f"lets readers wait for writers; say ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON"
    else:
        return
    raise DatabaseUnusable(f"The database {shown} {fault}.", target=shown)


def prepare(connection: Connection) -> None:
    """Make what SQL Server needs beside the tables, in the transaction of a migration."""
    for statement in MAKE_NOTICES:
        connection.exec_driver_sql(statement)


def unusable(shown: str, error: SQLAlchemyError | pyodbc.Error) -> DatabaseUnusable:
    """What a failure of the first access says to the person who starts the server."""
    cause = getattr(error, "orig", None) or error
    log.debug("the database %s cannot be used: %s", shown, cause)
    advice = _ADVICE.get(odbc_errors.state_of(cause) or "")
    if advice is None:
        advice = f"cannot be used ({_reason(cause)}); check that its server runs, the address and the rights"
    return DatabaseUnusable(f"The database {shown} {advice}.", target=shown)


def _reason(cause: BaseException) -> str:
    """Why, in the words of the server, without those of the driver before and after."""
    told = str(cause.args[-1] if cause.args else cause).strip().partition("\n")[0]
    return re.sub(r"^(\[[^\]]*\]\s*)+|\s*\(-?\d+\) \(SQL\w+\).*$", "", told).rstrip(". ")[:200]
