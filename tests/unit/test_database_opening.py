from __future__ import annotations

import json
import logging
import os
import shutil
import socket
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from jams.database import (
    access,
    accounts,
    folders,
    methods,
    open_database,
    referring,
    schema,
    stored_settings,
    tables,
)
from jams.database.tables import audit, metadata, planning
from jams.objects.errors import DatabaseUnusable, ServerUnavailable
from jams.registry import ValueType
from jams.registry.execution_methods import METHODS
from tests.support.schedule import desk


def test_missing_file_is_made_and_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        with desk(tmp_path / "jams.db", fresh=True) as d:
            d.database.check()
            assert (d.database.dialect, d.database.schema_version) == ("sqlite", schema.known_versions()[-1])


def test_no_file_stays_open_once_it_is_closed(tmp_path: Path) -> None:
    database = open_database(tmp_path / "jams.db")
    assert database.state() is not None
    with database.read() as c:
        assert c.scalar(text("SELECT 1")) == 1
    with database.read() as c:
        assert c.scalar(text("SELECT 1")) == 1
        database.close()
    assert [each.path for each in psutil.Process().open_files() if str(tmp_path) in each.path] == []


def test_url_names_the_same_file(tmp_path: Path) -> None:
    with desk(f"sqlite:///{tmp_path / 'jams.db'}"):
        assert (tmp_path / "jams.db").exists()


def refusal(path: Path | str) -> str:
    with pytest.raises(DatabaseUnusable) as caught:
        open_database(path)
    assert caught.value.message.endswith(".")
    assert ";" in caught.value.message, "the sentence says what to do"
    return caught.value.message


def test_folder_missing(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "none" / "jams.db")
    assert not (tmp_path / "none").exists()


def test_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_held_by_another_server(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db"):
        assert f"the JAMS server {socket.gethostname()} (process {os.getpid()} on" in refusal(
            tmp_path / "jams.db"
        )
    with desk(tmp_path / "jams.db"):
        pass


def test_locked_by_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jams.database.sqlite._BUSY_SECONDS", 0.05)
    with desk(tmp_path / "jams.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "jams.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in refusal(tmp_path / "jams.db")


def test_read_only(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db"):
        pass
    os.chmod(tmp_path / "jams.db", 0o444)
    assert "read-only" in refusal(tmp_path / "jams.db")


def test_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "jams.db").write_bytes(b"something else entirely")
    assert "is not a database" in refusal(tmp_path / "jams.db")
    assert (tmp_path / "jams.db").read_bytes() == b"something else entirely"


def test_damaged_database(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db"):
        pass
    content = bytearray((tmp_path / "jams.db").read_bytes())
    content[100:] = b"\xa5" * (len(content) - 100)
    (tmp_path / "jams.db").write_bytes(content)
    assert "restore it from a backup" in refusal(tmp_path / "jams.db")


def test_database_of_another_program(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "jams.db")) as other:
        other.execute("CREATE TABLE customer (id INTEGER)")
    assert "another program" in refusal(tmp_path / "jams.db")


def test_newer_schema(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "jams.db")) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "schema 9999" in refusal(tmp_path / "jams.db")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "no such thing://"])
def test_urls_that_name_no_database(url: str) -> None:
    refusal(url)


NEXT = """
from alembic import op
import sqlalchemy as sa

revision = "{new}"
down_revision = "{old}"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer))
    {then}
"""


def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str = "") -> str:
    """Let the program have one more migration; the schema it makes."""
    old = schema.known_versions()[-1]
    new = f"{int(old) + 1:04d}"
    migrations = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, migrations)
    (migrations / "versions" / f"r{new}_later.py").write_text(NEXT.format(old=old, new=new, then=then))
    monkeypatch.setattr(schema, "_MIGRATIONS", migrations)
    return new


def older_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Make a database of an older schema."""
    migrations = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, migrations)
    for file in (migrations / "versions").glob("r[0-9]*.py"):
        if file.name[1:5] > version:
            file.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "_MIGRATIONS", migrations)
        open_database(tmp_path / "jams.db").close()


def test_older_schema_is_upgraded_and_said_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path / "jams.db") as d:
        d.folder(r"\Sales")
    new = newer_program(tmp_path, monkeypatch)
    with caplog.at_level(logging.WARNING), desk(tmp_path / "jams.db") as d:
        assert d.database.schema_version == new
        assert d.read(lambda c: folders.find(c, name=r"\Sales"))
        assert "later" in d.read(lambda c: inspect(c).get_table_names())
    assert f"upgraded to schema {new}" in caplog.text


def test_upgrade_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk(tmp_path / "jams.db") as d:
        old = d.database.schema_version
    with monkeypatch.context() as patch:
        newer_program(tmp_path, patch, then="op.execute('SELECT nonsense')")
        refusal(tmp_path / "jams.db")
    with desk(tmp_path / "jams.db") as d:
        assert d.database.schema_version == old
        assert "later" not in d.read(lambda c: inspect(c).get_table_names())


def test_settings_keep_their_values_when_they_get_a_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older_database(tmp_path, monkeypatch, "0006")
    with closing(sqlite3.connect(tmp_path / "jams.db")) as other, other:
        other.execute("UPDATE setting SET value = '2.00:00' WHERE name = 'KeepCompleted'")
        other.execute("DELETE FROM account_group WHERE name = 'Submitters'")
        count = other.execute("SELECT count(*) FROM setting").fetchone()
    with desk(tmp_path / "jams.db") as d:
        assert d.read(lambda c: stored_settings.span(c, "keepcompleted")).days == 2
        queues = [r.identifier for r in d.read(access.all_rules) if r.area == "Queues"]
        assert queues == ["Administrators", "Developers", "Inquirers"]
    with closing(sqlite3.connect(tmp_path / "jams.db")) as other:
        assert other.execute("SELECT count(*) FROM setting").fetchone() == count


def test_what_folders_name_is_found_in_a_database_of_an_older_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older_database(tmp_path, monkeypatch, "0012")
    document = json.dumps({"properties": [{"propertyName": "Calendar", "currentValue": {"calendarID": 1}}]})
    with closing(sqlite3.connect(tmp_path / "jams.db")) as other, other:
        other.execute("UPDATE folder SET document = ?", [document])
    with desk(tmp_path / "jams.db") as d:
        found = d.read(lambda c: referring.references(c, ValueType.CALENDAR, 1, "Default"))
        assert [(each.type, each.property_name) for each in found] == [("Folder", "Calendar")]


def test_times_that_were_texts_are_the_same_times_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older_database(tmp_path, monkeypatch, "0015")
    kept = {
        "2026-11-28 13:59:57.999999": datetime(2026, 11, 28, 13, 59, 57, 999999, UTC),
        "1969-12-31 23:59:59.000001": datetime(1969, 12, 31, 23, 59, 59, 1, UTC),
        "0001-01-01 00:00:00.000000": datetime(1, 1, 1, tzinfo=UTC),
        "9999-12-31 23:59:59.999999": datetime(9999, 12, 31, 23, 59, 59, 999999, UTC),
        "2024-02-29 00:00:00": datetime(2024, 2, 29, tzinfo=UTC),
        "2026-13-28 13:59:57.000000": "2026-13-28 13:59:57.000000",
        "13:59": "13:59",
        "no time": "no time",
    }
    with closing(sqlite3.connect(tmp_path / "jams.db")) as other, other:
        row = "INSERT INTO audit (time, user_name, door, operation) VALUES (?, 'ada', 'REST', 'o')"
        other.executemany(row, [(text,) for text in kept])
        other.execute("UPDATE planning SET alive = NULL")
    with desk(tmp_path / "jams.db") as d:
        found = d.read(lambda c: c.scalars(select(audit.c.time).order_by(audit.c.id)).all())
        assert found == [*kept.values()]
        assert d.read(lambda c: c.scalars(select(planning.c.alive)).all()) in ([None], [])
        assert isinstance(d.read(lambda c: c.scalar(select(tables.folder.c.changed))), datetime)


def test_accounts_of_before_are_local_and_their_passwords_as_old_as_their_last_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older_database(tmp_path, monkeypatch, "0036")
    with closing(sqlite3.connect(tmp_path / "jams.db")) as other, other:
        other.executemany(
            "INSERT INTO account (name, name_key, password_hash, enabled, description, created, changed)"
            " VALUES (?, ?, ?, 1, '', 1000000, 2000000)",
            [("Ada", "ada", "hash"), ("robot", "robot", None)],
        )
    with desk(tmp_path / "jams.db") as d:
        ada, robot = d.read(accounts.all_accounts)
        assert (ada.source, ada.external_id, robot.source) == ("local", None, "local")
        query = select(tables.account.c.password_set).order_by(tables.account.c.name_key)
        assert d.read(lambda c: c.scalars(query).all()) == [datetime(1970, 1, 1, 0, 0, 2, tzinfo=UTC), None]


def test_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db", fresh=True) as d:
        differences = d.read(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
    assert differences == []


def test_newest_version_is_the_head_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.known_versions()[-1]]


def test_what_a_new_database_begins_with(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db") as d:
        named = d.read(methods.all_names)
        assert {each.name for each in METHODS.values()} == set(named.values())
        assert {id: name for id, name in named.items() if id < 6} == {
            1: "Command",
            2: "Python",
            3: "PowerShell",
            4: "Sequence",
            5: "Setup",
        }
        assert d.read(accounts.all_groups) == ["Administrators", "Developers", "Inquirers", "Submitters"]
        monitor = [r for r in d.read(access.all_rules) if r.area == "Monitor"]
        assert [r.identifier for r in monitor] == ["Administrators", "Developers", "Submitters", "Inquirers"]
        assert monitor[3].rights == ("SeeAll", "SeeOwn")
        assert d.read(lambda c: stored_settings.span(c, "KeepCompleted")).days == 1
        assert d.read(lambda c: stored_settings.boolean(c, "Work_MON"))
        assert not d.read(lambda c: stored_settings.boolean(c, "Work_SUN"))


def test_every_seeded_right_exists(tmp_path: Path) -> None:
    from jams.security import rights

    known = {(right.area, right.access) for area in rights.AreaRight.__subclasses__() for right in area}
    with desk(tmp_path / "jams.db") as d:
        seeded = {(rule.area, right) for rule in d.read(access.all_rules) for right in rule.rights}
    assert seeded == known


def test_readers_cannot_write(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db") as d, pytest.raises(ServerUnavailable):
        d.read(lambda c: c.execute(text("DELETE FROM setting")))


def test_closing_twice_and_writing_afterwards(tmp_path: Path) -> None:
    with desk(tmp_path / "jams.db") as d:
        d.database.close()
        d.database.close()
        with pytest.raises(ServerUnavailable):
            d.write(lambda c: None)


def test_a_database_may_be_closed_by_another_thread(tmp_path: Path) -> None:
    database = open_database(tmp_path / "jams.db")
    closing = threading.Thread(target=database.close)
    closing.start()
    closing.join()
    open_database(tmp_path / "jams.db").close()
