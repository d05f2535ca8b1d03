"""INSTALL: by a file of answers on both kinds of database, and as a conversation on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from jams.client.server import Server
from jams.commands.jamsdba import install
from jams.commands.jamsdba.main import main
from jams.commands.jamsdba.verb import Call
from jams.objects.errors import InvalidArgument
from jams.services.configuration import load
from tests.support import databases
from tests.support.running import running

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

PASSWORD = "a password nobody guesses"


@pytest.fixture(params=databases.KINDS)
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Answers that name a database that does not exist yet."""
    if request.param == "sqlite":
        yield {"Database": "sqlite"}
        return
    with databases.unmade() as made:
        url = make_url(made)
        import psycopg

        with psycopg.connect(f"{databases.SERVER}/postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {url.database}")
        yield {
            "Database": "postgresql",
            "Server": str(url.host),
            "Port": str(url.port or 5432),
            "DatabaseName": str(url.database),
            "User": url.username or "",
            "Password": url.password or "",
        }


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*words: str, code: int = 0) -> str:
        found = main(words)
        told = "".join(capsys.readouterr())
        assert found == code, told
        assert PASSWORD not in told
        return told

    return run


def write(path: Path, answers: dict[str, str]) -> Path:
    path.write_text("# what is asked\n\n" + "".join(f"{key} = {value}\n" for key, value in answers.items()))
    path.chmod(0o600)
    return path


def test_a_server_is_installed_and_runs(
    tmp_path: Path, database: dict[str, str], say: Callable[..., str]
) -> None:
    home, file = tmp_path / "home", tmp_path / "answers"
    write(
        file, {**database, "CompanyName": "Example", "AdministratorPassword": PASSWORD, "SampleJobs": "yes"}
    )
    words = (f"INSTALL/ANSWERS={file}", f"/HOME={home}")
    assert "/NOCONFIRM" in say(*words, code=2)
    assert not home.exists()
    told = say(*words, "/NOCONFIRM")
    assert "is set up" in told and "PROTECT" in told and "Sample jobs" in told
    assert oct((home / "Common.config").stat().st_mode)[-3:] == "600" or os.name != "posix"
    assert (home / "secret.key").exists() and not (home / "JAMS_DB_ERRORS.sql").exists()
    assert "is installed" in say(*words, "/NOCONFIRM", code=5)
    assert load(home).warnings == ()
    with running(home, "--web-port", "0", "--server-port", "0"), Server(home=home) as server:
        assert server.settings["Company Name"].get().value == "Example"
        assert server.jobs[r"\JAMS\JAMSPurge"].get() and server.folders[r"\Samples"].get()
    # A second scheduler, and the first one once more.
    other = tmp_path / "other"
    if database["Database"] == "sqlite":
        database = {**database, "DataFile": str(home / "JAMS.db")}
    file = write(tmp_path / "answers2", database)
    assert "UseDatabase" in say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={other}", code=5)
    file = write(tmp_path / "answers2", {**database, "UseDatabase": "yes"})
    assert "IMPORT KEY" in say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={other}")
    assert not (other / "secret.key").exists() and (other / "Common.config").exists()


def test_what_is_interrupted_is_begun_again(
    tmp_path: Path, database: dict[str, str], say: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jams.services import installation

    home, file = tmp_path / "home", write(tmp_path / "answers", database)
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(installation, "deliver", fail)
        say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}", code=130)
    assert not (home / "Common.config").exists()
    told = say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}")
    assert "administrator.password" in told and (home / "administrator.password").exists()


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"Databse": "sqlite"}, "Did you mean Database"),
        ({"Database": "oracle"}, "sqlite or postgresql"),
        ({"Database": "postgresql", "Port": "x"}, "Port"),
        ({"SampleJobs": "perhaps"}, "yes or no"),
        ({"DataFile": "/no/such/folder/JAMS.db"}, "does not exist"),
        ({"UseDatabase": "yes"}, "nothing to use"),
        ({"AdministratorPassword": "short"}, "8 characters"),
        ({"AdministratorName": "Jo", "AdministratorPassword": "jojojojo"}, "beside the name"),
        ({"AdministratorName": "a:b"}, "cannot hold : , or +"),
        ({"CompanyName": "a\u0001b"}, "CompanyName cannot hold U+0001 (character 2)"),
        ({"ContactName": "x" * 4097}, "at most 4096"),
        ({"TempLocation": "/srv/\u0007"}, "TempLocation cannot hold U+0007"),
        ({"Database": "postgresql", "DatabaseName": "é" * 32}, "63 bytes"),
        ({"Database": "postgresql", "Port": "1", "Server": "127.0.0.1"}, "127.0.0.1"),
    ],
)
def test_answers_that_cannot_be_used_change_nothing(
    tmp_path: Path, answers: dict[str, str], told: str, say: Callable[..., str]
) -> None:
    home, file = tmp_path / "home", write(tmp_path / "answers", answers)
    code = 7 if any(word in told for word in ("exist", "nothing", "127")) else 2
    assert told in say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}", code=code)
    assert not home.exists()


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_file_with_a_password_that_others_can_read_is_refused(
    tmp_path: Path, say: Callable[..., str]
) -> None:
    file = write(tmp_path / "answers", {"AdministratorPassword": PASSWORD})
    file.chmod(0o644)
    assert "chmod 600" in say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={tmp_path / 'h'}", code=7)


def test_what_the_database_refuses_is_in_a_file(
    tmp_path: Path, say: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import text

    from jams.services import installation

    def refuse(database: object) -> None:
        database.write(lambda c: c.execute(text("INSERT INTO no_such_table VALUES (1)")))  # type: ignore[attr-defined]

    monkeypatch.setattr(installation, "deliver", refuse)
    home, file = tmp_path / "home", write(tmp_path / "answers", {})
    told = say(f"INSTALL/ANSWERS={file}", "/NOCONFIRM", f"/HOME={home}", code=1)
    assert "refused a statement" in told and str(home / "JAMS_DB_ERRORS.sql") in told
    assert "INSERT INTO no_such_table" in (home / "JAMS_DB_ERRORS.sql").read_text()
    assert not (home / "Common.config").exists()


def test_the_conversation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is answered wrongly is asked again; an empty answer is the default; no does nothing."""
    home = tmp_path / "home"
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)

    def conversation(last: str) -> Callable[[str], str]:
        given = iter(["Example", "Ada", "", "", "mysql", "sqlite", "", "", "", "", "boss", "n", last])
        return lambda prompt: next(given)

    call = Call(load(home).settings, (), {}, conversation("no"))
    with pytest.raises(InvalidArgument, match="Nothing was done"):
        install.run(call)
    assert not home.exists()
    assert install.run(Call(load(home).settings, (), {}, conversation("yes"))) == 0
    told = capsys.readouterr().out
    pages = told.partition("The server is set up")[0]
    assert max(map(len, pages.splitlines())) < 80, "a terminal would cut words"
    assert "2 of 6: Database" in told and "sqlite or postgresql" in told and PASSWORD not in told
    assert "account" not in told.split("jams start")[0].split("schema")[-1]
    assert load(home).settings.administrator_name == "boss"


def test_it_takes_nothing_from_a_pipe(tmp_path: Path) -> None:
    assert sys.stdin is None or not sys.stdin.isatty()
    assert main(["INSTALL", f"/HOME={tmp_path / 'home'}"]) == 2
