"""Runs of each method in processes of their own, against real databases, servers and modules."""

from __future__ import annotations

import importlib.util
import json
import os
import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from jams.executor.executor import Executor
from jams.executor.logs import read_log
from jams.objects.enums import DataType
from jams.objects.run import Account, RunEnded, RunOutcome, RunRequest, RunStarted
from tests.support import databases
from tests.support.file_servers import PASSWORD as FILES
from tests.support.file_servers import USER, ftp_server, sftp_server
from tests.support.logs import ANYWHERE
from tests.support.mailbox import mail_server
from tests.support.powershell_module import PWSH

pytestmark = [pytest.mark.integration, pytest.mark.skipif(os.name == "nt", reason="POSIX processes")]

SECRET = "s3cret};x"


class Bench:
    def __init__(self, path: Path, **options: Any) -> None:
        self.path = path
        self.told: queue.Queue[RunEnded] = queue.Queue()
        self.executor = Executor(
            path / "journal", log_location=path / "logs", on_ended=self.told.put, **options
        )
        self.executor.recover([])
        self.tokens = 0

    def start(self, method: str, source: str, **members: Any) -> RunStarted:
        self.tokens += 1
        request = RunRequest(
            token=f"t{self.tokens}",
            jams_entry=17,
            ron=2,
            method=method,
            source=source,
            job_name="Load",
            folder_name="\\Sales",
            **members,
        )
        answer = self.executor.start(request)
        assert isinstance(answer, RunStarted), answer
        return answer

    def run(self, method: str, source: str, **members: Any) -> tuple[int | None, str]:
        started = self.start(method, source, **members)
        ended = self.told.get(timeout=50)
        log = read_log(ANYWHERE, started.log_filename).data.decode()
        assert SECRET not in log
        return ended.exit_code, log


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.executor.close()


ROUTINE = """
import os, sys, threading, time

class Result:
    FinalSeverity, FinalStatus, FinalStatusCode = 0, "all is well", 0

class Host:
    def Initialize(self, services, attributes, parameters):
        services.log(f"initialize {sorted(parameters.items())}")
    def Execute(self, services, attributes, parameters):
        services.log(f"execute {attributes['JAMSEntry']} {services.user_name} {len(services.password or '')}")
        return Result()
    def Cleanup(self, services, attributes, parameters):
        services.log("cleanup")

class Broken(Host):
    def Execute(self, services, attributes, parameters):
        raise ValueError("no luck")

class Waiting(Host):
    def __init__(self):
        self.over = threading.Event()
    def execute(self, services, attributes, parameters):
        services.log("waiting")
        self.over.wait(40)
        return 3
    Execute = execute
    def Cancel(self, services):
        services.log("cancel")
        self.over.set()

def code():
    class Seven:
        def execute(self, services, attributes, parameters):
            return 7
    return Seven()

nothing = 5
"""


def test_a_routine_is_initialized_executed_and_cleaned_up(bench: Bench) -> None:
    (bench.path / "mine.py").write_text(ROUTINE)
    at = str(bench.path)
    code, log = bench.run(
        "Routine",
        "mine:Host",
        home_directory=at,
        parameters={"n": "7"},
        types={"n": DataType.INTEGER},
        account=Account(user_name="ann", password=SECRET),
    )
    said = ["initialize [('n', 7)]", f"execute 17 ann {len(SECRET)}", "all is well", "cleanup"]
    assert code == 0 and sorted(log.splitlines()) == sorted(said)
    assert bench.run("Routine", "mine:code", home_directory=at)[0] == 7
    code, log = bench.run("Routine", "mine:Broken", home_directory=at)
    assert code == 1 and "ValueError: no luck" in log and log.rstrip().splitlines()[-1] != ""
    assert "cleanup" in log
    for source in ("mine:Nobody", "nobody:x", "mine", "mine:nothing", "mine:Result"):
        assert bench.run("Routine", source, home_directory=at)[0] == 1
    assert bench.run("Routine", "mine:Host")[0] == 1, "its directory is not looked in unless the job says so"


def test_a_routine_is_cancelled_by_its_own_hand(bench: Bench) -> None:
    (bench.path / "mine.py").write_text(ROUTINE)
    started = bench.start("Routine", "mine:Waiting", home_directory=str(bench.path))
    log = Path(started.log_filename)
    while "waiting" not in log.read_text():
        pass
    assert bench.executor.abort(started.token)
    ended = bench.told.get(timeout=50)
    assert ended.outcome is RunOutcome.ABORTED and ended.exit_code == 3
    assert {"cancel", "cleanup"} <= set(log.read_text().splitlines())


def test_sql_writes_rows_and_binds_parameters(bench: Bench) -> None:
    at = f"sqlite:///{bench.path / 'x.db'}"
    source = (
        "create table t (id integer, name text);\n"
        "insert into t values (1, 'one'), (2, :name);\n"
        "select * from t order by id;\n"
    )
    given = {"ConnectionString": at, "name": "'); drop table t; --"}
    code, log = bench.run("SQLCommand", source, parameters=given)
    assert code == 0, log
    assert "1   one" in log.replace("    ", "   ") or " 1  one" in log
    assert "'); drop table t; --" in log and "(2 rows)" in log
    code, log = bench.run("SQLCommand", "insert into t values (3, 'x');\nselect nowhere", parameters=given)
    assert code == 1 and "no such column" in log and "taken back" in log
    code, log = bench.run("SQLCommand", "select count(*) as n from t", parameters=given)
    assert code == 0 and "2" in log
    going_on = {**given, "ContinueOnError": "True"}
    code, log = bench.run("SQLCommand", "select nowhere;\ninsert into t values (4, 'y')", parameters=going_on)
    assert code == 1 and "(1 row changed)" in log
    code, log = bench.run("SQLCommand", "select count(*) as n from t", parameters=given)
    assert "3" in log


@pytest.mark.parametrize(
    ("connection", "told"),
    [
        ("", "says no database"),
        ("nonsense", "no address"),
        (f"postgresql://u:{SECRET.replace('}', '')}@127.0.0.1/x", "holds a password"),
        ("postgresql://127.0.0.1:1/x", "cannot be reached"),
        ("sqlite:///x.db", "cannot be used"),
        ("oracle://host/x", "no driver"),
    ],
)
def test_a_database_that_cannot_be_had_is_told_without_secrets(
    bench: Bench, connection: str, told: str
) -> None:
    account = Account(user_name="ann", password=SECRET)
    code, log = bench.run(
        "SQLCommand", "select 1", parameters={"ConnectionString": connection}, account=account
    )
    assert code == 1 and told in log and "s3cret" not in log


def test_a_procedure_of_postgresql_is_called_with_its_parameters(bench: Bench) -> None:
    with databases.unmade() as address:
        at = {"ConnectionString": address}
        source = (
            "create procedure double(inout n integer) language plpgsql as $$ begin n := n * 2; end $$;\n"
            "create table t (id integer);"
        )
        assert bench.run("SQLCommand", source, parameters=at)[0] == 0
        types = {"n": DataType.INTEGER}
        code, log = bench.run("SQLStoredProc", "double", parameters={**at, "n": "21"}, types=types)
        assert code == 0 and "42" in log, log
        code, log = bench.run("SQLStoredProc", "double(:n)", parameters={**at, "n": "4"}, types=types)
        assert code == 0 and "8" in log, log
        code, log = bench.run("SQLStoredProc", "double; drop table t", parameters=at)
        assert code == 1 and "name of one procedure" in log


def test_a_statement_is_cancelled_at_the_database(bench: Bench) -> None:
    with databases.unmade() as address:
        started = bench.start("SQLCommand", "select pg_sleep(100)", parameters={"ConnectionString": address})
        import psycopg

        running = (
            "select count(*) from pg_stat_activity where query = 'select pg_sleep(100)' and state = 'active'"
        )
        with psycopg.connect(address, autocommit=True) as other:

            def count() -> int:
                row = other.execute(running).fetchone()  # type: ignore[call-overload]
                return int(row[0])

            while count() == 0:
                pass
            assert bench.executor.abort(started.token)
            assert bench.told.get(timeout=50).outcome is RunOutcome.ABORTED
            while count() > 0:
                pass


odbc = pytest.mark.skipif(importlib.util.find_spec("pyodbc") is None, reason="needs openjams[odbc]")


def _driver(*names: str) -> str:
    pyodbc = pytest.importorskip("pyodbc", exc_type=ImportError)
    found = [name for name in names if name in pyodbc.drivers()]
    if not found:
        pytest.skip(f"needs the ODBC driver {names[0]}")
    return found[0]


@odbc
def test_odbc_runs_sql_at_sqlite(bench: Bench) -> None:
    at = f"DRIVER={{{_driver('SQLite3')}}};Database={bench.path / 'x.db'}"
    source = (
        "create table t (id integer, name varchar(20));\ninsert into t values (1, :name);\nselect * from t"
    )
    code, log = bench.run("OdbcCommand", source, parameters={"ConnectionString": at, "name": "o'ne"})
    assert code == 0 and "o'ne" in log and "(1 row)" in log, log
    code, log = bench.run("OdbcCommand", "select nowhere from t", parameters={"ConnectionString": at})
    assert code == 1 and "nowhere" in log


@odbc
def test_odbc_runs_sql_at_postgresql_with_a_credential(bench: Bench) -> None:
    driver = _driver("PostgreSQL Unicode")
    with databases.unmade() as address:
        from sqlalchemy.engine import make_url

        url = make_url(address)
        at = f"DRIVER={{{driver}}};Server={url.host};Port={url.port or 5432};Database={url.database}"
        account = Account(user_name=url.username or "postgres", password=url.password or SECRET)
        code, log = bench.run(
            "OdbcCommand",
            "select current_user as who, cast(:n as integer) + 1 as n",
            parameters={"ConnectionString": at, "n": "41"},
            types={"n": DataType.INTEGER},
            account=account,
        )
        assert code == 0 and "42" in log and account.user_name in log, log
    refused = {"ConnectionString": f"{at};PWD={SECRET}"}
    assert bench.run("OdbcCommand", "select 1", parameters=refused) == (
        1,
        "ConnectionString holds a password: name a credential by ConnectionCredential.\n",
    )


class _Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        told = {"path": self.path, "body": body, "authorization": self.headers["Authorization"] is not None}
        answer = json.dumps(told).encode()
        self.send_response(418 if self.path == "/tea" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture
def echo() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_request_is_sent_and_its_answer_written(bench: Bench, echo: str) -> None:
    account = Account(user_name="ann", password=SECRET)
    code, log = bench.run("HTTP", f"POST {echo}/a\nContent-Type: text/plain\n\nhello", account=account)
    assert code == 0 and "200 OK" in log
    assert json.loads(log.splitlines()[1]) == {"path": "/a", "body": "hello", "authorization": True}
    assert bench.run("HTTP", f"POST {echo}/tea\n\nx")[0] == 4
    code, log = bench.run("HTTP", "GET http://127.0.0.1:1/")
    assert code == 1 and "no answer" in log


class _LeadsAway(BaseHTTPRequestHandler):
    """Leads to what the path says; tells of what has come at its end."""

    came: queue.Queue[tuple[str, str | None, str]] = queue.Queue()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        self.came.put((self.headers["Host"], self.headers["X-Key"], body))
        led = self.path.startswith("/to/")
        self.send_response(307 if led else 200)
        if led:
            self.send_header("Location", self.path.removeprefix("/to/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None: ...


def test_what_is_secret_in_a_request_is_led_to_no_other_host(bench: Bench) -> None:
    server = HTTPServer(("127.0.0.1", 0), _LeadsAway)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    here, there = f"127.0.0.1:{server.server_port}", f"localhost:{server.server_port}"

    def run(target: str, **members: Any) -> tuple[int | None, str, list[str]]:
        code, log = bench.run("HTTP", f"POST http://{here}/to/{target}\nX-Key: jams-1\n\njams-1", **members)
        return code, log, [_LeadsAway.came.get_nowait()[0] for _ in range(_LeadsAway.came.qsize())]

    try:
        secret = {"secrets": {"Key": SECRET}, "inserted": {"jams-1": SECRET}}
        code, log, hosts = run(f"http://{there}/", **secret)
        assert (code, hosts) == (1, [here]) and f"leads elsewhere, to '{there}'" in log and SECRET not in log
        assert (run("/", **secret)[0::2]) == (0, [here, here])
        assert (run(f"http://{there}/")[0::2]) == (0, [here, there])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_password_is_in_no_file_argument_or_variable_of_a_run(bench: Bench) -> None:
    (bench.path / "mine.py").write_text(ROUTINE)
    account = Account(user_name="ann", password=SECRET)
    started = bench.start("Routine", "mine:Waiting", home_directory=str(bench.path), account=account)
    log = Path(started.log_filename)
    while "waiting" not in log.read_text():
        pass
    journal = bench.path / "journal"
    assert not any(SECRET in path.read_text(errors="replace") for path in journal.iterdir() if path.is_file())
    for process in Path("/proc").glob("[0-9]*"):
        try:
            known = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
        except OSError:
            continue
        assert process.name == str(os.getpid()) or SECRET.encode() not in known
    assert bench.executor.abort(started.token)
    assert bench.told.get(timeout=50).outcome is RunOutcome.ABORTED


def test_a_mail_goes_through_the_server_of_the_settings(bench: Bench) -> None:
    with mail_server() as (box, port):
        told = {
            "SMTPServer": "127.0.0.1",
            "SMTPPort": str(port),
            "SMTPSecurity": "None",
            "FromAddress": "j@x.org",
        }
        source = "To: Ann <ann@x.org>, bob@x.org\nBcc: eve@x.org\nSubject: Häuser\n\nAll is well.\n"
        code, log = bench.run("Mail", source, parameters=told)
        assert code == 0, log
        ((to, mail),) = box.mails
        assert sorted(to) == ["ann@x.org", "bob@x.org", "eve@x.org"]
        assert mail["Subject"] == "Häuser" and mail["From"] == "j@x.org" and mail["Bcc"] is None
        assert mail.get_content().split() == ["All", "is", "well."]
        for wrong in (
            "Subject: x\n\ny",
            "To: nobody\n\nx",
            "To: a@x.org\nX-Other: y\n\nx",
            "To: a@x.org\nTo: b@x.org\n\nx",
        ):
            assert bench.run("Mail", wrong, parameters=told)[0] == 1
        account = Account(user_name="ann", password=SECRET)
        code, log = bench.run("Mail", source, parameters=told, account=account)
        assert code == 1 and "StartTLS or TLS alone" in log and len(box.mails) == 1


def _there_and_here(bench: Bench) -> tuple[Path, Path]:
    there, here = bench.path / "there", bench.path / "here"
    there.mkdir()
    here.mkdir()
    return there, here


def test_files_are_transferred_as_the_source_says(bench: Bench) -> None:
    there, here = _there_and_here(bench)
    (there / "a b.txt").write_text("good day")
    account = Account(user_name=USER, password=FILES)
    with sftp_server(there, bench.path) as server:
        told = {"Server": f"127.0.0.1:{server.port}", "HostKey": server.host_key}
        code, log = bench.run(
            "FileTransfer",
            "# all texts\nFrom: /*.txt\nTo: here\n",
            parameters=told,
            account=account,
            home_directory=str(bench.path),
        )
        assert code == 0 and log.endswith("1 received, 8 bytes.\n") and FILES not in log, log
        assert (here / "a b.txt").read_text() == "good day"
        code, log = bench.run("FileTransfer", f"From: /x\nTo: {here}", parameters=told, account=account)
        assert code == 1 and log == "There is no file /x at the server.\n"
        wrong = Account(user_name=USER, password=SECRET)
        code, log = bench.run("FileTransfer", f"From: /x\nTo: {here}", parameters=told, account=wrong)
        assert code == 1 and f"does not let {USER} in" in log
        code, log = bench.run("FileTransfer", "Form: /x", parameters=told, account=account)
        assert code == 1 and "This line is none of a file transfer: Form: /x." in log


@pytest.mark.parametrize("direction", ["Receive", "Send"])
def test_a_transfer_that_is_cancelled_leaves_no_part_of_a_file(bench: Bench, direction: str) -> None:
    there, here = _there_and_here(bench)
    source, target = (there, here) if direction == "Receive" else (here, there)
    (source / "big.bin").write_bytes(os.urandom(8 << 20))
    with ftp_server(there, slow=True) as server:
        started = bench.start(
            "FileTransfer",
            "",
            parameters={
                "Server": f"127.0.0.1:{server.port}",
                "Protocol": "FTP",
                "Direction": direction,
                "From": "/big.bin" if direction == "Receive" else str(here / "big.bin"),
                "To": str(here) if direction == "Receive" else "/",
            },
            account=Account(user_name=USER, password=FILES),
        )
        while not any(each.stat().st_size for each in target.glob(".jams-17-2-*.part")):
            threading.Event().wait(0.05)
        assert bench.executor.abort(started.token)
        ended = bench.told.get(timeout=50)
        assert ended.outcome is RunOutcome.ABORTED
        assert not list(target.iterdir())
    assert (source / "big.bin").exists()


@pytest.mark.skipif(PWSH is None, reason="needs PowerShell")
def test_powershell_gets_values_of_the_types_that_it_declares(tmp_path: Path) -> None:
    assert PWSH is not None
    bench = Bench(tmp_path, programs={"PowerShell": PWSH})
    source = 'param([bool]$on, [int]$n, [datetime]$day, [string]$s)\n"$on $($n + 1) $($day.Year) $s"'
    given = {"on": "False", "n": "41", "day": "2026-03-07", "s": "a b"}
    types = {"on": DataType.BOOLEAN, "n": DataType.INTEGER, "day": DataType.DATE}
    assert bench.run("PowerShell", source, parameters=given, types=types) == (0, "False 42 2026 a b\n")
    bench.executor.close()


@pytest.mark.skipif(PWSH is None, reason="needs PowerShell")
def test_no_value_of_a_parameter_is_the_name_of_another_to_powershell(tmp_path: Path) -> None:
    assert PWSH is not None
    bench = Bench(tmp_path, programs={"PowerShell": PWSH})
    source = 'param([string]$s, [string]$t, [string]$e, [int]$n, [switch]$All)\n"$s|$t|$e|$n|$All"'
    given = {"s": "-All", "t": "\u2013n:7 $true", "e": "", "n": "-5"}
    assert bench.run("PowerShell", source, parameters=given) == (0, "-All|\u2013n:7 $true||-5|False\n")
    bench.executor.close()
