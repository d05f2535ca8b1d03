"""Where the data of a new database lies: tablespaces of PostgreSQL, through upgrades and restores."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from jams.commands.jamsdba.main import main
from jams.database import tables, tablespaces
from jams.database.postgresql_copying import PostgresqlSource
from tests.support import databases

pytestmark = [
    pytest.mark.integration,
    pytest.mark.timeout(120),
    pytest.mark.skipif("postgresql" not in databases.KINDS, reason="tablespaces are PostgreSQL's"),
]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "administration.md"
Say = Callable[..., str]


@pytest.fixture
def admin() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    try:
        connection = psycopg.connect(f"{databases.SERVER}/postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        pytest.skip("there is no PostgreSQL")
    with connection:
        yield connection


@pytest.fixture
def name(admin: psycopg.Connection[tuple[object, ...]]) -> Iterator[str]:
    """The name of a database that is not there, and of which nothing is left, its tablespaces included."""
    made = f"jams_test_{os.getpid()}_{secrets.token_hex(4)}"
    yield made
    admin.execute(f"DROP DATABASE IF EXISTS {made} WITH (FORCE)")
    left = admin.execute("SELECT spcname FROM pg_tablespace WHERE starts_with(spcname, %s)", [made])
    for (each,) in left.fetchall():
        admin.execute(f"DROP TABLESPACE {each}")


@pytest.fixture
def directories() -> Iterator[Path]:
    """A folder that the server of the database may enter, on whose machine this is hoped to be."""
    if os.geteuid() != 0:
        pytest.skip("only root can make directories that are the database server's")
    made = Path(tempfile.mkdtemp(prefix="jams-data-files-"))
    made.chmod(0o755)
    for each in ("volatile", "history"):
        (made / each).mkdir(mode=0o700)
        shutil.chown(made / each, "postgres", "postgres")
    yield made
    shutil.rmtree(made)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*words: str, code: int = 0) -> str:
        found = main(words)
        told = "".join(capsys.readouterr())
        assert found == code, told
        return told

    return run


def answers(path: Path, name: str, **more: str) -> Path:
    """A file of answers for a database of the test's server."""
    url = make_url(databases.SERVER)
    given = {
        "Database": "postgresql",
        "Server": str(url.host),
        "Port": str(url.port or 5432),
        "User": url.username or "",
        "Password": url.password or "",
        "DatabaseName": name,
        **more,
    }
    path.write_text("".join(f"{key} = {value}\n" for key, value in given.items()))
    path.chmod(0o600)
    return path


def in_place(admin: psycopg.Connection[tuple[object, ...]], name: str) -> str:
    """A tablespace within the data of the server, which needs no directory of its own."""
    try:
        admin.execute("SET allow_in_place_tablespaces = on")
    except psycopg.Error:
        pytest.skip("a PostgreSQL before 15 has no tablespaces without directories")
    admin.execute(f"CREATE TABLESPACE {name} LOCATION ''")
    return name


def lying(name: str) -> dict[str, set[str]]:
    """Where tables lie, each with its indexes, by the name of the table; empty: where the database does."""
    found: dict[str, set[str]] = {}
    with psycopg.connect(f"{databases.SERVER}/{name}") as connection:
        for table, tablespace in connection.execute(
            "SELECT tablename, coalesce(tablespace, '') FROM pg_tables WHERE schemaname = 'public' UNION ALL"
            " SELECT tablename, coalesce(tablespace, '') FROM pg_indexes WHERE schemaname = 'public'"
        ):
            found.setdefault(table, set()).add(tablespace)
    return found


def expected(**by_group: str) -> dict[str, set[str]]:
    groups = {table: group for group, names in tablespaces.MOVED.items() for table in names}
    names = [*tables.metadata.tables, "alembic_version"]
    return {table: {by_group.get(groups.get(table, tablespaces.PRIMARY), "")} for table in names}


def test_three_groups_of_tables_lie_where_they_are_wanted_and_stay_there(
    tmp_path: Path, name: str, admin: psycopg.Connection[tuple[object, ...]], say: Say
) -> None:
    groups = ("Primary", "Volatile", "History")
    wanted = {group: in_place(admin, f"{name}_{group.lower()}") for group in groups}
    file = answers(tmp_path / "a", name, **{f"{group}DataFile": each for group, each in wanted.items()})
    home = tmp_path / "home"
    say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}")
    found = admin.execute(
        "SELECT spcname FROM pg_tablespace t JOIN pg_database d ON d.dattablespace = t.oid"
        " WHERE datname = %s",
        [name],
    ).fetchone()
    assert found == (wanted["Primary"],)
    placed = expected(Volatile=wanted["Volatile"], History=wanted["History"])
    assert lying(name) == placed

    # What a migration makes goes to its group.
    engine = create_engine(f"{databases.SERVER}/{name}".replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE INDEX made_later ON entry (ron)")
    assert lying(name) != placed
    with engine.begin() as connection:
        tablespaces.follow(connection)
    assert lying(name) == placed
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX made_later")
    engine.dispose()

    # So does what a copy brings, which knows nothing of where it lay.
    source = PostgresqlSource(make_url(f"{databases.SERVER}/{name}"))
    source.copy(tmp_path / "copy", threading.Event(), lambda told: None)
    source.fill(tmp_path / "copy")
    assert lying(name) == placed
    other = f"{name}_other"
    admin.execute(f"CREATE DATABASE {other}")
    try:
        PostgresqlSource(make_url(f"{databases.SERVER}/{other}")).fill(tmp_path / "copy")
        assert lying(other) == expected()
    finally:
        admin.execute(f"DROP DATABASE {other}")


def test_directories_become_tablespaces_as_the_page_shows(
    tmp_path: Path, name: str, directories: Path, admin: psycopg.Connection[tuple[object, ...]], say: Say
) -> None:
    text = PAGE.read_text(encoding="utf-8").partition("\n### Where the data lies\n")[2]
    [shown] = re.findall(r"```ini\n# answers.txt\n(.*?)```", text.partition("\n## ")[0], re.DOTALL)
    given = dict(line.split(" = ") for line in shown.replace("/srv/jams", str(directories)).splitlines())
    file = answers(tmp_path / "a", name, **{**given, "DatabaseName": name})
    try:
        say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={tmp_path / 'home'}")
    except AssertionError as error:
        if "does not exist" in str(error) and str(directories) in str(error):
            pytest.skip("the database server is on another machine")
        raise
    assert lying(name) == expected(Volatile=f"{name}_volatile", History=f"{name}_history")
    assert any((directories / "history").iterdir())
    admin.execute(f"DROP DATABASE {name}")


def test_places_that_cannot_be_are_refused_and_nothing_is_made(
    tmp_path: Path, name: str, admin: psycopg.Connection[tuple[object, ...]], say: Say
) -> None:
    home = tmp_path / "home"

    def refused(code: int, **more: str) -> str:
        file = answers(tmp_path / "a", name, **more)
        told = say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}", code=code)
        assert not home.exists()
        return told

    assert "no tablespace nowhere" in refused(7, HistoryDataFile="nowhere")
    assert "all databases share" in refused(7, PrimaryDataFile="pg_global")
    assert "initdb --waldir" in refused(2, LogFile="/srv/log")
    assert "new database" in refused(2, UseDatabase="yes", VolatileDataFile="x")
    tablespace = in_place(admin, f"{name}_owned")
    admin.execute(f"CREATE ROLE {name} LOGIN CREATEDB PASSWORD 'x'")
    try:
        user = {"User": name, "Password": "x"}
        assert "GRANT CREATE ON TABLESPACE" in refused(7, VolatileDataFile=tablespace, **user)
        assert "superuser" in refused(7, VolatileDataFile="/srv/jams/volatile", **user)
    finally:
        admin.execute(f"DROP ROLE {name}")
    assert not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchall()


def test_who_may_not_make_a_database_is_told_what_to_do(
    tmp_path: Path, name: str, admin: psycopg.Connection[tuple[object, ...]], say: Say
) -> None:
    home = tmp_path / "home"
    admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x'")
    try:
        file = answers(tmp_path / "a", name, User=name, Password="x")
        told = say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}", code=7)
        assert "CREATE DATABASE" in told and "CREATEDB" in told
        assert not (home / "Common.config").exists()
        admin.execute(f"ALTER ROLE {name} CREATEDB")
        say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}")
    finally:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"DROP ROLE {name}")


@pytest.mark.parametrize("where", ["/no/such/directory", "/etc/hostname", "of root", "it's"])
def test_a_directory_that_cannot_be_had_is_told_and_what_was_begun_is_begun_again(
    tmp_path: Path, name: str, where: str, admin: psycopg.Connection[tuple[object, ...]], say: Say
) -> None:
    home = tmp_path / "home"
    place = where if where.startswith("/") else str(tmp_path / where)
    Path(tmp_path / "of root").mkdir(mode=0o700)
    file = answers(tmp_path / "a", name, HistoryDataFile=place)
    told = say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}", code=7)
    assert f"HistoryDataFile: PostgreSQL can keep nothing in {place} (" in told and "belongs to" in told
    assert not (home / "Common.config").exists()
    if where == "/no/such/directory":
        say(f"INSTALL/ANSWERS={answers(tmp_path / 'a', name)}", "/NOCONFIRM", f"/HOME={home}")
        assert set().union(*lying(name).values()) == {""}


def test_tablespaces_that_are_made_have_names_that_are_free(directories: Path) -> None:
    said: list[str] = []

    def execute(statement: str) -> list[tuple[str]]:
        said.append(statement)
        return [("jams_history",), ("jams_history_2",)] if statement.endswith("FROM pg_tablespace") else []

    def made(database: str) -> str:
        return tablespaces.made(execute, {"History": str(directories)}, database)["History"]

    assert made("jams") == "jams_history_3"
    assert made("pg_one") == "jams_pg_one_history", "names with pg_ are PostgreSQL's own"
    long = made("é" * 31)
    assert len(long.encode()) <= 63 and long.endswith("é_history")
