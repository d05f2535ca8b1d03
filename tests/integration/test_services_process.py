from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from jams.client import Server, Severity, State
from jams.client.home import read_login
from jams.objects.errors import (
    ConfigurationInvalid,
    DatabaseUnusable,
    EntryNotFound,
    ServerUnavailable,
    Unauthenticated,
)
from jams.scheduler.waiting import Waiters
from jams.services import samples
from jams.services.configuration import load
from jams.services.roles import Role
from jams.services.server import Process
from tests.support.running import local_token

pytestmark = pytest.mark.integration

JAMS = [sys.executable, "-W", "error::ResourceWarning", "-m", "jams.commands.main"]
ANY_PORT = {"WebPort": "0", "ServerPort": "0"}


class Started:
    """A server in a process of its own, started by the command."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        self.process = subprocess.Popen(
            [*JAMS, "start", "--home", str(home), "--web-port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith("Press Ctrl+C"):
                return
        raise AssertionError(f"not started: {self.lines}")

    @property
    def url(self) -> str:
        return next(line.split()[-1] for line in self.lines if "web services" in line)

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        with self.process:
            return self.process.wait(timeout=30)


@pytest.fixture
def start(tmp_path):
    started: list[Started] = []

    def begin(home: Path = tmp_path / "home", *options: str) -> Started:
        made = Started(home, *options)
        started.append(made)
        return made

    yield begin
    for one in started:
        one.stop(signal.SIGKILL)


def get(url: str, token: str | None = None) -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_a_server_starts_serves_every_door_and_stops(start, tmp_path):
    server = start(tmp_path / "home", "--server-port", "0")
    login = read_login(server.home)
    assert get(f"{server.url}/api/health")[0] == 200
    assert get(f"{server.url}/api/server")[0] == 401
    status, body = get(f"{server.url}/api/authentication", local_token(server.home))
    assert status == 200 and json.loads(body)["username"] == login.account
    assert b"wsdl:definitions" in get(f"{server.url}/soap?wsdl")[1]
    with Server(home=server.home) as library:
        assert library.who_am_i().username == login.account
        made = samples.install(library)
        assert made[:5] == ["HelloWorld", "HelloPython", "SleepJob", "FailJob", "Greeting"]
        assert samples.install(library) == []
        entry = library.submit(r"\Samples\Greeting", Who="Zoë", Times="2")
        assert list(entry.log(follow=True)) and entry.wait().final_severity is Severity.SUCCESS
        assert entry.log().text == "1: Good day, Zoë!\n2: Good day, Zoë!\n"
        failed = library.submit(r"\Samples\FailJob").wait()
        assert (failed.final_severity, failed.final_status_code) == (Severity.ERROR, 3)
        assert [e.jams_entry for e in library.entries.find(folder=r"\Samples", severity=Severity.ERROR)] == [
            failed.jams_entry
        ]
    assert server.stop() == 0


def test_the_first_start_leaves_the_password_where_no_journal_takes_it(start, tmp_path):
    first = start(tmp_path / "home", "--server-port", "0")
    (told,) = [line for line in first.lines if "password" in line]
    file = first.home / "administrator.password"
    assert str(file) in told and "delete the file" in told
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = file.read_text().strip()
    assert not any(password in line for line in first.lines)
    file.unlink()
    url = first.url
    credentials = json.dumps({"username": "Administrator", "password": password}).encode()
    request = urllib.request.Request(
        f"{url}/api/authentication/login", credentials, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert json.load(answer)["token_type"] == "Bearer"
    token = local_token(first.home)
    assert first.stop() == 0
    second = start(tmp_path / "home", "--server-port", "0")
    assert not any("password" in line for line in second.lines)
    for path in (first.home / "client.json", first.home / "JAMS.db"):
        assert token.encode() not in path.read_bytes()
    for path in first.home.rglob("*"):
        if path.is_file():
            assert password.encode() not in path.read_bytes(), path
    if os.name == "posix":
        for name in ("client.json", "JAMS.db", "logs/JAMSServer.log"):
            assert stat.S_IMODE((first.home / name).stat().st_mode) == 0o600, name


def test_a_lost_or_damaged_local_login_is_made_anew(start, tmp_path):
    first = start(tmp_path / "home", "--server-port", "0")
    token = local_token(first.home)
    first.stop()
    (first.home / "client.json").write_text("{broken")
    with pytest.raises(ConfigurationInvalid, match="damaged"):
        read_login(first.home)
    second = start(tmp_path / "home", "--server-port", "0")
    assert local_token(second.home) != token
    with Server(home=second.home) as library:
        assert library.status().scheduler_active


def test_a_second_server_on_the_same_home_is_refused_in_one_sentence(start, tmp_path):
    first = start(tmp_path / "home", "--server-port", "0")
    refused = subprocess.run(
        [*JAMS, "start", "--home", str(tmp_path / "home"), "--web-port", "0", "--server-port", "0"],
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert refused.returncode == 7 and refused.stdout == ""
    told = f"jams: The server of {first.home} runs already as process {first.process.pid}; stop it first.\n"
    assert refused.stderr == told


def test_separate_web_services_give_the_same_answers_over_tls(start, tmp_path):
    home, web_home = tmp_path / "home", tmp_path / "web"
    subprocess.run([*JAMS, "certificate", "--home", str(home)], check=True, capture_output=True, timeout=50)
    if os.name == "posix":
        assert stat.S_IMODE((home / "tls" / "wire.key").stat().st_mode) == 0o600
    keys = {"WireCertificate": "tls/wire.crt", "WireKey": "tls/wire.key", "WebServices": "separate"}
    write_config(home, keys)
    server = start(home, "--server-port", "0")
    assert not any("web services" in line for line in server.lines)
    port = next(line.split()[-1] for line in server.lines if "JAMServer" in line)
    write_config(web_home, {"WireAuthority": str(home / "tls" / "wire.crt")})
    web = start(web_home, "--role", "web", "--server-port", port)
    token = local_token(home)
    assert get(f"{web.url}/api/health")[0] == 200
    with Server(home=home) as library:
        samples.install(library)
        number = library.submit("HelloWorld").key
        status, body = get(f"{web.url}/api/entry/{number}/wait?timeout=30", token)
        assert status == 200 and json.loads(body)["currentState"] == "Complete"
    assert get(f"{web.url}/api/entry/999", token)[0] == 404
    with pytest.raises(ServerUnavailable), Server(port=int(port), token=token, home=tmp_path) as plain:
        plain.status()
    server.stop()
    status, body = get(f"{web.url}/api/server", token)
    assert status == 503 and b"cannot be reached" in body
    assert web.stop() == 0


def write_config(home: Path, keys: dict[str, str]) -> None:
    home.mkdir(exist_ok=True)
    lines = "".join(f'<add key="{key}" value="{value}"/>' for key, value in keys.items())
    (home / "Common.config").write_text(f"<configuration><appSettings>{lines}</appSettings></configuration>")


@pytest.fixture
def process(tmp_path):
    made = Process(load(tmp_path / "home", ANY_PORT).settings)
    made.start()
    yield made
    made.stop()


def test_callers_who_wait_are_told_when_the_server_stops(process, monkeypatch):
    waits = threading.Event()
    join = Waiters.join

    def noticed(self, *arguments, **named):
        waits.set()
        return join(self, *arguments, **named)

    with Server(home=process.settings.home) as library:
        samples.install(library)
        held = library.submit("HelloWorld", {"hold": True})
        assert held.get().current_state is State.HELD
        answers: list[object] = []

        def wait() -> None:
            try:
                answers.append(held.wait(timeout=55))
            except ServerUnavailable as error:
                answers.append(error)

        monkeypatch.setattr(Waiters, "join", noticed)
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert waits.wait(30)
        process.stop()
        waiting.join(20)
        assert len(answers) == 1 and isinstance(answers[0], ServerUnavailable)


def test_a_start_that_fails_stops_what_it_had_started_and_makes_no_account(tmp_path, process):
    taken = str(process.wire_port)
    failing = Process(load(tmp_path / "other", {"WebPort": "0", "ServerPort": taken}).settings)
    with pytest.raises(ConfigurationInvalid, match="taken"):
        failing.start()
    assert failing.first_start is None and not failing.ready.is_set()
    again = Process(load(tmp_path / "other", ANY_PORT).settings)
    again.start()
    try:
        assert again.first_start is not None
    finally:
        again.stop()


def test_nobody_but_the_owner_is_logged_in_by_this_machine(process, tmp_path):
    with Server(port=process.wire_port, home=tmp_path / "empty") as stranger:
        with pytest.raises(Unauthenticated):
            stranger.who_am_i()
        assert stranger.check_health() == "The JAMServer is ready."


def test_the_door_of_a_forwarded_call_shows_in_the_audit(process):
    from sqlalchemy import select

    from jams.database import open_database, tables

    home = process.settings.home
    with Server(home=home) as library:
        samples.install(library)
        with pytest.raises(EntryNotFound):
            library.entries[4711].hold()
    process.stop()
    database = open_database(home / "JAMS.db")
    try:
        with database.read() as c:
            # What the server does itself when it starts, it does by its own door.
            doors = set(c.scalars(select(tables.audit.c.door).where(tables.audit.c.door != "server")))
    finally:
        database.close()
    assert doors == {"library via wire"}


def test_web_services_without_a_server_start_and_say_that_it_is_away(tmp_path):

    with socket.create_server(("127.0.0.1", 0)) as probe:
        unused = str(probe.getsockname()[1])
    web = Process(load(tmp_path / "web", {"WebPort": "0", "ServerPort": unused}).settings, Role.WEB)
    web.start()
    try:
        status, body = get(f"{web.url}/api/health")
        assert status == 503 and b"ServerUnavailable" in body
    finally:
        web.stop()


@pytest.mark.parametrize(
    ("keys", "error", "match"),
    [
        ({"ListenAddress": "0.0.0.0"}, ConfigurationInvalid, "without TLS"),
        ({"ConnectionString": "mysql://x/y"}, ConfigurationInvalid, "SQLite, PostgreSQL or SQL Server"),
        ({"ConnectionString": "missing/folder/JAMS.db"}, DatabaseUnusable, "does not exist"),
        ({"WireCertificate": "no.crt", "WireKey": "no.key"}, ConfigurationInvalid, "cannot be read"),
        ({"AdministratorName": "a:b"}, Exception, "cannot hold"),
        ({"TimeStampLogFormat": "{99}"}, ConfigurationInvalid, "99"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(tmp_path, keys, error, match):
    refused = Process(load(tmp_path / "home", {**ANY_PORT, **keys}).settings)
    with pytest.raises(error, match=match):
        refused.start()
    assert not refused.ready.is_set()
