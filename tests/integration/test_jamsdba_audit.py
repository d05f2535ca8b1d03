"""What is done at the machine, without an account of JAMS, is in the audit trail as well."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from jams.commands.main import main
from jams.database import audit, open_beside, open_database, servers, tables
from jams.database.audit_telling import MASK
from jams.security.bootstrap import this_person
from jams.services import connection_strings
from jams.services.configuration import load
from tests.support.jamsdba import Say, home, jamsdba

__all__ = ["home", "jamsdba"]

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]


@pytest.fixture(autouse=True)
def made(home: Path, place: Path | str) -> None:
    open_database(place).close()


def trail(place: Path | str) -> list[tuple[str, str, str, str | None, str | None]]:
    """Who, by which door, what, on what, and with which words."""
    row = tables.audit.c
    query = select(row.user_name, row.door, row.operation, row.target, row.message)
    with closing(open_beside(place)) as database, database.read() as c:
        return [tuple(each) for each in c.execute(query.order_by(row.id))]  # type: ignore[misc]


def test_a_command_that_changes_something_is_told_with_its_words(
    jamsdba: Say, place: Path | str, tmp_path: Path
) -> None:
    jamsdba("RESET", 'SCHEDULE/RESTART="01-DEC-2026 06:00"', "/NOCONFIRM")
    secret = tmp_path / "passphrase.txt"
    secret.write_text("correct horse battery")
    secret.chmod(0o600)
    jamsdba("GENERATE", "KEY", "/NOCONFIRM")
    jamsdba("EXPORT", "KEY", str(tmp_path / "jams.key"), f"/PASSPHRASE={secret}")
    jamsdba("VERIFY", "DATABASE")
    who = this_person()
    told = trail(place)
    assert [row[:3] for row in told] == [
        (who, "command", "RESET SCHEDULE"),
        (who, "command", "GENERATE KEY"),
        (who, "command", "EXPORT KEY"),
    ]
    assert told[2][3] == str(tmp_path / "jams.key") and told[2][4] == "/PASSPHRASE"
    assert "correct horse" not in str(told) and str(secret) not in str(told)
    assert "as it was written" in jamsdba("VERIFY", "AUDIT")


def test_a_command_that_was_refused_is_not_told_as_done(jamsdba: Say, home: Path, place: Path | str) -> None:
    url = connection_strings.database_url(load(home).settings.connection_string, home)
    with closing(open_database(url.render_as_string(hide_password=False))):
        jamsdba("RESET", "SCHEDULE", "/NOCONFIRM", code=7)
    assert trail(place) == []


def test_the_commands_of_accounts_are_told_with_whose_account_it_is(
    home: Path, place: Path | str, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--home", str(home)]
    assert main(["account", *where, "add", "ada", "--generate"]) == 0
    password = capsys.readouterr().out.rsplit(": ", 1)[-1].split()[0]
    assert main(["account", *where, "disable", "ada"]) == 0
    assert main(["account", *where, "list"]) == 0
    assert main(["account", *where, "disable", "nobody-of-this-name"]) != 0
    told = trail(place)
    assert [row[:4] for row in told] == [
        (this_person(), "command", "create_account", "ada"),
        (this_person(), "command", "disable_account", "ada"),
    ]
    assert password not in str(told)


def test_the_commands_of_accounts_tell_once_what_was_before_and_after(
    home: Path, place: Path | str, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--home", str(home)]
    done = [
        ["add", "ada", "--generate"],
        ["disable", "ada"],
        ["password", "ada", "--generate"],
        ["groups", "ada", "Submitters"],
        ["remove-codes", "ada"],
        ["unlock", "ada"],
        ["delete", "ada"],
    ]
    for words in done:
        assert main(["account", *where, *words]) == 0, capsys.readouterr().err
    with closing(open_beside(place)) as database, database.read() as c:
        told = audit.find(c, limit=100)[::-1]
    assert [(each.operation, [change.action.value for change in each.changes]) for each in told] == [
        ("create_account", ["Added"]),
        ("disable_account", ["Changed"]),
        ("set_account_password", ["Changed"]),
        ("change_account", ["Added"]),
        ("remove_one_time_codes", []),
        ("unlock_account", []),
        ("delete_account", ["Removed", "Removed"]),
    ]
    disabled, password = (json.loads(each.changes[0].after or "") for each in told[1:3])
    assert disabled == {"enabled": False} and password["password_hash"] == MASK
    assert "argon2" not in str(told)


def test_reset_failover_forgets_who_had_the_database(jamsdba: Say, place: Path | str) -> None:
    open_database(place, server="of the other place").close()
    assert "of the other place" in jamsdba("RESET", "FAILOVER", "/NOCONFIRM")
    with closing(open_beside(place)) as database, database.read() as c:
        assert servers.signed(c) is None
    assert [row[2] for row in trail(place)] == ["RESET FAILOVER"]
    open_database(place, server="of this place").close()
    with closing(open_beside(place)) as database, database.read() as c:
        signed = servers.signed(c)
    assert signed is not None and signed.name == "of this place"
