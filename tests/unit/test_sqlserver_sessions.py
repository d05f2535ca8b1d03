"""A database at a SQL Server: what is told it, and how what it says is understood."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

from jams.database import changes, copies, faults, sizing, tables
from jams.database.engine import Database
from jams.database.entry_cache import EntryCache
from jams.objects.errors import (
    AlreadyExists,
    Conflict,
    DatabaseUnusable,
    InvalidArgument,
    NotSupported,
    ServerUnavailable,
)
from tests.support.sqlserver_script import Script, written

pyodbc = pytest.importorskip("pyodbc", reason="needs openjams[odbc]")
from jams.database import odbc_errors, sqlserver  # noqa: E402
from jams.database.writer import GroupWriter  # noqa: E402

pytestmark = pytest.mark.unit

LOOKED = ("16.0.1000.6", 160, 1, True, False)


def database(script: Script, *, beside: bool) -> Database:
    """A database whose connections write into the script."""
    engine = written(script).__enter__()
    writer = partial(GroupWriter, engine, sqlserver.session_of(beside=beside))
    return Database(engine, "0000", EntryCache(), writer, lambda: None)


def change(c: Connection) -> None:
    c.execute(tables.job.delete())
    changes.note(c, changes.DEFINITIONS, changes.OTHERWISE)


def fail(c: Connection) -> None:
    c.execute(tables.job.delete())
    raise InvalidArgument("no")


def test_units_of_a_transaction_have_marks_and_are_undone_alone() -> None:
    script = Script()
    opened = database(script, beside=False)
    opened.write(change)
    with pytest.raises(InvalidArgument):
        opened.write(fail)
    opened.close()
    words = ("SAVE", "DELETE FROM job", "ROLLBACK TRANSACTION unit", "COMMIT")
    assert [each for each in script.statements if each.startswith(words)] == [
        *("SAVE TRANSACTION unit", "DELETE FROM job", "COMMIT TRANSACTION"),
        *("SAVE TRANSACTION unit", "DELETE FROM job", "ROLLBACK TRANSACTION unit", "COMMIT TRANSACTION"),
    ]
    assert not any("UPDATE notice" in each for each in script.statements)


def test_a_process_beside_the_server_tells_that_it_has_written_in_its_transaction() -> None:
    script = Script()
    opened = database(script, beside=True)
    opened.write(change)
    opened.close()
    notice = script.statements.index("UPDATE notice SET written = written + 1 WHERE id = 1")
    assert script.statements[notice + 1] == "COMMIT TRANSACTION"


def test_a_server_looks_whether_the_notices_have_grown() -> None:
    script = Script({"SELECT written FROM notice": [(7,)]})
    with written(script) as engine, engine.connect() as c:
        server = sqlserver.session_of(beside=False)(c)
        assert not server.others_wrote()
        script._answers["SELECT written FROM notice"] = [(8,)]
        assert server.others_wrote() and not server.others_wrote()
        assert not sqlserver.session_of(beside=True)(c).others_wrote()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("12.0.2000.8", 120, 1, True, False), "use 2016 or newer"),
        (("16.0.1000.6", 120, 1, True, False), "SET COMPATIBILITY_LEVEL = 130"),
        (("16.0.1000.6", 160, 0, True, False), "ALTER DATABASE [JAMS] SET ALLOW_SNAPSHOT_ISOLATION ON"),
        (("16.0.1000.6", 160, 1, False, False), "ALTER DATABASE [JAMS] SET READ_COMMITTED_SNAPSHOT ON"),
        (("16.0.1000.6", 160, 1, True, True), "only reads"),
    ],
)
def test_a_database_that_cannot_be_worked_with_is_refused_with_what_to_do(row: Any, says: str) -> None:
    script = Script({"FROM sys.databases": [row], "QUOTENAME": [("[JAMS]",)]})
    with written(script) as engine, pytest.raises(DatabaseUnusable) as refused:
        sqlserver.check(engine, "mssql://db/JAMS")
    assert says in refused.value.message
    good = Script({"FROM sys.databases": [LOOKED], "QUOTENAME": [("[JAMS]",)]})
    with written(good) as engine:
        sqlserver.check(engine, "mssql://db/JAMS")


def of_driver(state: str, text: str, kind: type[Exception] = pyodbc.Error) -> DBAPIError:
    """An error as Microsoft's driver words it."""
    cause = kind(state, f"[{state}] [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]{text}")
    found: DBAPIError = DBAPIError.instance("", (), cause, pyodbc.Error)  # type: ignore[assignment]
    return found


UNIQUE = (
    "Violation of UNIQUE KEY constraint 'uq_folder_path_key'. Cannot insert duplicate key in object "
    "'dbo.folder'. The duplicate key value is (\\a). (2627) (SQLExecDirectW); [23000] [Microsoft][ODBC "
    "Driver 18 for SQL Server][SQL Server]The statement has been terminated. (3621)"
)
REFERENCE = (
    'The DELETE statement conflicted with the REFERENCE constraint "fk_job_folder_id". The conflict occurred '
    'in database "JAMS", table "dbo.job", column \'folder_id\'. (547) (SQLExecDirectW)'
)


@pytest.mark.parametrize(
    ("told", "kind", "text", "state", "meaning"),
    [
        ("23000", pyodbc.IntegrityError, UNIQUE, "23505", AlreadyExists),
        ("23000", pyodbc.IntegrityError, REFERENCE, "23503", Conflict),
        ("40001", pyodbc.Error, "… was deadlocked … (1205) (SQLExecDirectW)", "40P01", ServerUnavailable),
        ("42000", pyodbc.ProgrammingError, "… lock … (1222) (SQLExecDirectW)", "55P03", ServerUnavailable),
        ("42000", pyodbc.ProgrammingError, "… space … (1105) (SQLExecDirectW)", "53100", ServerUnavailable),
        ("42000", pyodbc.ProgrammingError, "… full … (9002) (SQLExecDirectW)", "53100", ServerUnavailable),
        ("22001", pyodbc.DataError, "… truncated … (2628) (SQLExecDirectW)", "22001", InvalidArgument),
        ("HYT00", pyodbc.OperationalError, "Query timeout (0) (SQLExecDirectW)", "57014", ServerUnavailable),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_as_on_the_other_databases(
    told: str, kind: type[Exception], text: str, state: str, meaning: type
) -> None:
    error = of_driver(told, text, kind)
    assert error.orig is not None and odbc_errors.state_of(error.orig) == state
    assert type(faults.told(error)) is meaning


def test_the_table_is_named_and_a_deadlock_is_tried_again() -> None:
    taken = of_driver("23000", UNIQUE, pyodbc.IntegrityError)
    assert faults.told(taken).message == "There is a folder of that name already."
    assert faults.passing(taken) and faults.passing(of_driver("40001", "… (1205) (SQLExecDirectW)"))
    assert not faults.passing(of_driver("42000", "Incorrect syntax … (102) (SQLExecDirectW)"))


@pytest.mark.parametrize(
    ("state", "text", "says"),
    [
        ("28000", "[SQL Server]Login failed for user 'sa'. (18456) (SQLDriverConnect)", "refuses the login"),
        ("42000", "[SQL Server]Cannot open database … (4060) (SQLDriverConnect)", "is not there"),
        ("IM002", "Data source name not found (0) (SQLDriverConnect)", "needs an ODBC driver"),
        ("08001", "TCP Provider: Error code 0x2749 (10057) (SQLDriverConnect)", "is not reached"),
        ("42000", "[SQL Server]Something new. (99999) (SQLExecDirectW)", "(Something new)"),
    ],
)
def test_a_first_access_that_fails_says_what_to_do(state: str, text: str, says: str) -> None:
    error = pyodbc.Error(state, f"[{state}] [Microsoft][ODBC Driver 18 for SQL Server]{text}")
    meaning = sqlserver.unusable("mssql://db/JAMS", error)
    assert says in meaning.message and "Microsoft" not in meaning.message


NEWEST = "ODBC Driver 18 for SQL Server"
URL = "mssql+pyodbc://jams:p}%3Bw%3D1@db/JAMS?driver=Some+Driver"


@pytest.mark.parametrize(
    ("url", "strings"),
    [
        (URL, ["SERVER=db;DRIVER=Some Driver;DATABASE=JAMS;UID=jams;PWD={p}};w=1};APP=JAMS"]),
        (
            "mssql+pyodbc://db:1444/JAMS?driver=D&failover_partner=other%5CINST&application_name=Night&encrypt=strict",
            [
                f"SERVER={server};DRIVER=D;DATABASE=JAMS;Trusted_Connection=yes;APP=Night;Encrypt=strict"
                for server in ("db,1444", "other\\INST")
            ],
        ),
        (
            "mssql+pyodbc://u@db/JAMS?instance=SQLEXPRESS&driver=D&trust_server_certificate=yes",
            ["SERVER=db\\SQLEXPRESS;DRIVER=D;DATABASE=JAMS;UID=u;APP=JAMS;TrustServerCertificate=yes"],
        ),
    ],
)
def test_what_odbc_is_told(url: str, strings: list[str]) -> None:
    assert sqlserver.connection_strings(make_url(url)) == strings


@pytest.mark.parametrize(
    ("installed", "taken"),
    [
        (["ODBC Driver 9 for SQL Server", NEWEST, "FreeTDS"], NEWEST),
        (["FreeTDS", "SQLite3"], "FreeTDS"),
    ],
)  # fmt: skip
def test_the_newest_driver_is_taken(monkeypatch: Any, installed: list[str], taken: str) -> None:
    monkeypatch.setattr(pyodbc, "drivers", lambda: installed)
    assert sqlserver.driver() == taken


def test_without_a_driver_that_is_said(monkeypatch: Any) -> None:
    monkeypatch.setattr(pyodbc, "drivers", lambda: ["SQLite3"])
    with pytest.raises(DatabaseUnusable, match="needs an ODBC driver"):
        sqlserver.driver()


def test_its_size_is_told_and_no_estimate_is_made_up() -> None:
    script = Script({"sys.database_files": [(3,)], "FROM history": [(2,)], "FROM entry": [(1,)]})
    with written(script) as engine, engine.connect() as c:
        assert sizing.measured(c) == sizing.Size(whole=3 * 8192, runs=2, entries=1)
    with pytest.raises(NotSupported, match="not been measured"):
        sizing.estimated("mssql", a_day=1, days=1)


def test_a_backup_is_sql_servers_own() -> None:
    with pytest.raises(NotSupported, match="BACKUP DATABASE"):
        copies.source(make_url("mssql+pyodbc://db/JAMS"))
