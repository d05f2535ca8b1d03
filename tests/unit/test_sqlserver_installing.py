"""What an installation answers about SQL Server, and what it asks one for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jams.objects.errors import DatabaseUnusable, InvalidArgument
from jams.services import database_places, installation
from jams.services.answers import complete, connection_string, data_files
from jams.services.connection_strings import database_url
from tests.support.sqlserver_script import Connection, Script

pyodbc = pytest.importorskip("pyodbc", reason="needs openjams[odbc]")
from jams.database import sqlserver  # noqa: E402

pytestmark = pytest.mark.unit

ANSWERS = {
    "Database": "sqlserver",
    "Server": r"SQLA\INST1",
    "FailoverPartner": r"SQLB\INST1",
    "DatabaseName": "JAMS]",
}


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, "Application Name=JAMS; Integrated Security=SSPI"),
        ({"User": "jams", "Password": "p"}, "Application Name=JAMS; uid=jams; pwd=p"),
        ({"User": "jams", "Password": "p;w='1'"}, "Application Name=JAMS; uid=jams; pwd=\"p;w='1'\""),
        ({"User": "jams", "Password": "${file:password}"}, "uid=jams; pwd=${file:password}"),
    ],
)
def test_the_answers_are_a_connection_string_in_the_originals_spelling(
    tmp_path: Path, given: dict[str, str], text: str
) -> None:
    (tmp_path / "password").write_text("secret")
    (tmp_path / "password").chmod(0o600)
    found = connection_string(complete({**ANSWERS, **given}))
    assert (
        found.startswith(r"Server=SQLA\INST1; Failover Partner=SQLB\INST1; Database=JAMS]; ")
        and text in found
    )
    url = database_url(found, tmp_path)
    assert (url.host, url.query["instance"], url.database) == ("SQLA", "INST1", "JAMS]")
    wanted = given.get("Password", "").replace("${file:password}", "secret")
    assert (url.username or "", url.password or "") == (given.get("User", ""), wanted)


def test_what_no_list_can_hold_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="both kinds of quotes"):
        connection_string(complete({**ANSWERS, "User": "u", "Password": ";'\""}))


def test_a_database_is_made_as_jams_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, asked = Script({"DB_ID": [(None,)]}), []

    def opened(string: str, patience: int) -> Any:
        asked.append(string)
        return Connection(script)

    monkeypatch.setattr(sqlserver, "_opened", opened)
    monkeypatch.setattr(pyodbc, "drivers", lambda: ["FreeTDS"])
    url = database_url(connection_string(complete(ANSWERS)), tmp_path)
    assert not database_places.is_there(url)
    database_places.make(url, {})
    assert all("DATABASE=master" in string for string in asked)
    assert [each for each in script.statements if "DB_ID" not in each] == [
        "CREATE DATABASE [JAMS]]] COLLATE Latin1_General_100_BIN2",
        "ALTER DATABASE [JAMS]]] SET ALLOW_SNAPSHOT_ISOLATION ON",
        "ALTER DATABASE [JAMS]]] SET READ_COMMITTED_SNAPSHOT ON",
    ]


def test_its_data_file_and_its_log_lie_where_they_are_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script({"DB_ID": [(None,)]})
    monkeypatch.setattr(sqlserver, "_opened", lambda string, patience: Connection(script))
    monkeypatch.setattr(pyodbc, "drivers", lambda: ["FreeTDS"])
    given = {**ANSWERS, "PrimaryDataFile": r"D:\O'Neil\J.mdf", "LogFile": r"E:\J.ldf"}
    found = complete(given)
    url = database_url(connection_string(found), tmp_path)
    database_places.check_files(url, data_files(found))
    assert database_places.make(url, data_files(found)) == {}
    assert (
        r"CREATE DATABASE [JAMS]]] ON PRIMARY (NAME = N'JAMS]', FILENAME = N'D:\O''Neil\J.mdf') "
        r"LOG ON (NAME = N'JAMS]_log', FILENAME = N'E:\J.ldf') COLLATE Latin1_General_100_BIN2"
    ) in script.statements
    with pytest.raises(InvalidArgument, match="PrimaryDataFile"):
        database_places.check_files(url, {"Log": r"E:\J.ldf"})


def test_a_server_that_cannot_be_asked_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(string: str, patience: int) -> Any:
        raise pyodbc.OperationalError("28000", "[28000] [FreeTDS]Login failed. (18456) (SQLDriverConnect)")

    monkeypatch.setattr(sqlserver, "_opened", refuse)
    monkeypatch.setattr(pyodbc, "drivers", lambda: ["FreeTDS"])
    url = database_url("Server=db;uid=sa;pwd=hunter2", tmp_path)
    with pytest.raises(DatabaseUnusable, match="refuses the login") as refused:
        installation.check(tmp_path, complete({**ANSWERS, "User": "sa", "Password": "hunter2"}), force=False)
    assert "hunter2" not in refused.value.message and url.password == "hunter2"
