"""How SQL Server is reached: by pyodbc and unixODBC, tried against a database server whose driver is here.

PostgreSQL stands at the other end, so nothing is shown of what SQL Server makes of a statement; shown is what
happens on the way: who is asked first, for how long, what an error means, and what becomes of a session that
is lost.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from jams.database import faults, holding, servers
from jams.objects.errors import AlreadyExists, DatabaseUnusable, InvalidArgument, ServerUnavailable
from tests.support import databases

pyodbc = pytest.importorskip("pyodbc", exc_type=ImportError, reason="needs openjams[odbc]")
from jams.database import odbc_errors, sqlserver, sqlserver_standing  # noqa: E402

DRIVER = "PostgreSQL Unicode"
pytestmark = pytest.mark.skipif(DRIVER not in pyodbc.drivers(), reason="needs odbc-postgresql")


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def url_of(place: str, port: int | None = None, **query: str) -> URL:
    """The address by which the database is reached through ODBC, as one of SQL Server."""
    url = make_url(place)
    options = {"driver": DRIVER, "odbc_PORT": str(port or url.port), "connect_timeout": "5", **query}
    return URL.create(
        "mssql+pyodbc", url.username, url.password or "x", url.host, None, url.database, options
    )


@pytest.fixture
def postgresql() -> Iterator[str]:
    with databases.database("postgresql", Path()) as place:
        yield str(place)


class OverPort(sqlserver.Connector):
    """Two servers of one machine, which this driver tells apart by ports of their own."""

    def __init__(self, url: URL, *ports: int) -> None:
        super().__init__(url, "")
        self._strings = [f"{self._strings[0]};PORT={port}" for port in ports]


def test_a_server_is_reached_with_what_the_address_says(postgresql: str) -> None:
    connector = sqlserver.Connector(url_of(postgresql), "SET lock_timeout = 5000")
    with closing(connector.connect()) as connection:
        assert connection.execute("SELECT current_database()").fetchval() == make_url(postgresql).database
        assert connection.execute("SHOW lock_timeout").fetchval() == "5s"
        assert connection.autocommit


def url_without_port(place: str) -> URL:
    return url_of(place).difference_update_query(["odbc_PORT"])


def test_the_partner_is_asked_where_the_first_does_not_answer_and_is_asked_first_from_then_on(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody, there = free_port(), int(make_url(postgresql).port or 5432)
    connector = OverPort(url_without_port(postgresql), nobody, there)
    asked: list[bool] = []
    opened = sqlserver._opened

    def note(string: str, patience: int) -> Any:
        asked.append(string.endswith(f"PORT={there}"))
        return opened(string, patience)

    monkeypatch.setattr(sqlserver, "_opened", note)
    for _ in range(2):
        connector.connect().close()
    assert asked == [False, True, True]


def test_where_neither_answers_that_is_said_and_nobody_waits_for_ever(postgresql: str) -> None:
    ports = free_port(), free_port()
    url = url_without_port(postgresql).update_query_dict({"connect_timeout": "1"})
    with pytest.raises(pyodbc.Error) as failed:
        OverPort(url, *ports).connect()
    assert odbc_errors.state_of(failed.value) == "08001"
    assert "is not reached" in sqlserver.unusable("mssql://db/JAMS", failed.value).message


def test_a_driver_that_is_not_there_is_named_at_once(postgresql: str) -> None:
    url = url_of(postgresql, driver="No Such Driver", failover_partner="other")
    with pytest.raises(pyodbc.Error) as failed:
        sqlserver.Connector(url, "").connect()
    assert "needs an ODBC driver" in sqlserver.unusable("mssql://db/JAMS", failed.value).message


@contextmanager
def raw(place: str) -> Iterator[Any]:
    with closing(sqlserver.Connector(url_of(place), "").connect()) as connection:
        connection.execute("CREATE TEMPORARY TABLE row (a INT PRIMARY KEY, b VARCHAR(2))").close()
        connection.execute("INSERT INTO row VALUES (1, 'a')").close()
        yield connection


@pytest.mark.parametrize(
    ("statement", "state", "meaning"),
    [
        ("INSERT INTO row VALUES (1, 'a')", "23505", AlreadyExists),
        ("INSERT INTO row VALUES (2, 'abc')", "22001", InvalidArgument),
        ("INSERT INTO row VALUES (99999999999, 'a')", "22003", InvalidArgument),
        ("SET statement_timeout = 1; SELECT pg_sleep(60)", "57014", ServerUnavailable),
        ("SELECT pg_terminate_backend(pg_backend_pid())", "57P01", None),
    ],
)
def test_errors_of_a_real_driver_mean_what_they_mean_elsewhere(
    postgresql: str, statement: str, state: str, meaning: type | None
) -> None:
    with raw(postgresql) as connection, pytest.raises(pyodbc.Error) as failed:
        connection.execute(statement)
    found = odbc_errors.state_of(failed.value)
    assert found == state or (meaning is None and odbc_errors.is_lost(failed.value))
    if meaning is not None:
        error = DBAPIError.instance("", (), failed.value, pyodbc.Error)
        assert type(faults.told(error)) is meaning


class Standing(sqlserver_standing.Standing):
    """The same, with the lock that PostgreSQL has."""

    setup: ClassVar[str] = ""
    lock: ClassVar[str] = "SELECT CASE WHEN pg_try_advisory_lock(77) THEN 1 ELSE 0 END"


@pytest.fixture
def signed(postgresql: str) -> Iterator[tuple[str, servers.Signature, Engine]]:
    engine = create_engine(make_url(postgresql).set(drivername="postgresql+psycopg"))
    signature = servers.this_process("one")
    with engine.begin() as c:
        servers.sign(c, signature)
    yield postgresql, signature, engine
    engine.dispose()


def stand(place: str, signature: servers.Signature) -> Standing:
    url = url_of(place, application_name="standing")
    return Standing(url, signature)


def end_sessions(engine: Engine) -> None:
    """What a restart of the server, or its partner's taking over, does to sessions over ODBC."""
    with engine.begin() as c:
        c.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_database_is_one_servers_alone(signed: tuple[str, servers.Signature, Engine]) -> None:
    place, signature, _ = signed
    first = stand(place, signature)
    assert first.held
    with pytest.raises(holding.Held):
        stand(place, servers.this_process("two"))
    first.close()
    second = stand(place, servers.this_process("two"))
    second.close()


def test_a_session_that_is_lost_comes_back(
    signed: tuple[str, servers.Signature, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlserver_standing, "HEARTBEAT", 0.05)
    place, signature, engine = signed
    session, missed = stand(place, signature), threading.Event()
    session.watch(lambda changed: None, missed.set, lambda: None)
    end_sessions(engine)
    assert missed.wait(30) and session.held
    session.close()


def test_a_server_ends_when_another_one_has_had_the_database(
    signed: tuple[str, servers.Signature, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlserver_standing, "HEARTBEAT", 0.05)
    place, signature, engine = signed
    session, lost = stand(place, signature), threading.Event()
    session.watch(lambda changed: None, lambda: None, lost.set)
    with engine.begin() as c:
        servers.sign(c, servers.this_process("two"))
    end_sessions(engine)
    assert lost.wait(30) and not session.held
    session.close()


def test_without_a_driver_an_open_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from jams.database import open_database

    monkeypatch.setattr(pyodbc, "drivers", lambda: ["SQLite3"])
    with pytest.raises(DatabaseUnusable, match="msodbcsql18"):
        open_database("mssql+pyodbc://sa:hunter2@db/JAMS")
