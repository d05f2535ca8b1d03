"""A password that is put into every place that takes one is found nowhere in clear afterwards."""

from __future__ import annotations

import base64
import gzip
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest

from jams.operations import CATALOGUE
from jams.services import configuration
from jams.services.secret_keys import vault_of
from tests.support import databases
from tests.support.running import ROOT, Running, configure, running

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]


@dataclass
class Marks:
    """Secrets, each of one place, and where they were looked for."""

    known: dict[str, bytes] = field(default_factory=dict)

    def new(self, place: str) -> str:
        mark = f"Mark-{secrets.token_hex(12)}"
        self.known[place] = mark.encode()
        return mark

    def found_in(self, data: bytes) -> list[str]:
        """Places whose secret is in there: in clear, in base64 at any offset, in hexadecimal, in UTF-16."""
        return [place for place, mark in self.known.items() if any(form in data for form in _forms(mark))]


def _forms(mark: bytes) -> Iterator[bytes]:
    yield mark
    yield mark.hex().encode()
    with suppress(UnicodeDecodeError):  # of a key
        yield mark.decode().encode("utf-16-le")
    for before in range(3):
        whole = base64.b64encode(b"x" * before + mark)
        yield whole[4 if before else 0 : -4]


@dataclass
class Scene:
    jams: Running
    marks: Marks
    answers: list[bytes] = field(default_factory=list)

    def ask(self, verb: str, target: str, body: Any = None, authorization: str | None = None) -> Any:
        """An answer over REST, which is kept to be looked through."""
        given = authorization or f"Bearer {self.jams.token}"
        headers = {"Authorization": given, "Content-Type": "application/json", "Accept": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(
                Request(f"{self.jams.url}/api{target}", data, headers, method=verb), timeout=30
            ) as answer:
                said = answer.read()
        except HTTPError as error:
            said = error.read()
        self.answers.append(said)
        return json.loads(said or b"null")

    def command(self, *words: str, stdin: str = "") -> None:
        done = subprocess.run(
            [sys.executable, "-m", *words], input=stdin, cwd=ROOT, env=self.jams.environment,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        self.answers.append((done.stdout + done.stderr).encode())


@pytest.fixture
def scene(tmp_path: Path, place: Path | str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    marks = Marks()
    connection = str(place)
    if "://" in connection:
        # This PostgreSQL lets everybody in, whatever the password.
        connection = connection.replace("postgres@", f"postgres:{marks.new('the connection string')}@")
    passphrase = tmp_path / "passphrase"
    passphrase.touch(mode=0o600)
    passphrase.write_text(marks.new("the passphrase of the keys"))
    kept = {"KeyProtection": "passphrase", "KeyPassphraseFile": str(passphrase)}
    configure(home, **kept, **databases.connection_to(connection))
    (home / "Common.config").chmod(0o600)
    with running(home) as jams:
        yield Scene(jams, marks)


def test_a_secret_is_found_in_whatever_form() -> None:
    marks = Marks()
    mark = marks.new("here")
    for data in (
        mark,
        mark.encode().hex(),
        *(base64.b64encode(b"y" * n + mark.encode()).decode() for n in range(3)),
    ):
        assert marks.found_in(f"before {data} after".encode()) == ["here"], data
    assert marks.found_in(mark.encode("utf-16-le")) == ["here"] and marks.found_in(b"nothing") == []


def test_no_secret_is_left_anywhere_in_clear(scene: Scene, tmp_path: Path, place: Path | str) -> None:
    jams, marks = scene.jams, scene.marks
    home = str(jams.home)
    scene.ask("PATCH", "/cfg?name=AutoReport", {"value": "True"})
    account = marks.new("the password of an account")
    scene.command("jams.commands.main", "account", "--home", home, "add", "ann", "--group", "Administrators",
                  stdin=f"{account}\n")  # fmt: skip
    scene.command("jams.commands.main", "credential", "--home", home, "set", "web", "--user", "svc",
                  stdin=f"{marks.new('the password of a credential')}\n")  # fmt: skip
    scene.ask("GET", "/authentication", authorization=_basic("ann", account))
    scene.ask("GET", "/authentication", authorization=_basic("ann", marks.new("a wrong password")))
    scene.ask("GET", "/authentication", authorization=f"Bearer {marks.new('a token that is none')}")
    _through_every_secret_input(scene)
    login = scene.ask("POST", "/authentication/login", {"username": "ann", "password": account})
    scene.answers.pop()  # the one place where tokens are given
    tokens = {"an access token": login["access_token"], "a refresh token": login["refresh_token"]}
    marks.known |= {place: token.encode() for place, token in tokens.items()}
    personal = scene.ask("POST", "/authentication/token", {"tokenName": "mine"}, _basic("ann", account))
    scene.answers.pop()
    marks.known["a personal token"] = personal["token"].encode()
    scene.ask("GET", "/authentication", authorization=f"Bearer {personal['token']}")
    _run_a_job_that_looks_around(scene)
    _use_encrypted_variables(scene)
    exported = tmp_path / "exported"
    exported.touch(mode=0o600)
    exported.write_text(marks.new("the passphrase of the exported keys"))
    scene.command("jams.commands.jamsdba.main", "PROTECT", str(tmp_path / "out.key"),
                  f"/PASSPHRASE={exported}", "/NOCONFIRM")  # fmt: skip
    scene.command("jams.commands.jamsdba.main", "VERIFY", "KEYS")
    vault = vault_of(configuration.load(jams.home).settings)
    marks.known |= {f"the key {name}": key for name, key in vault.keys().items()}
    for target in ("/audittrail", "/audittrail/export", "/variable?recursive=true", "/xml?everything=true",
                   "/revision", "/event?after=0", "/history", "/entry"):  # fmt: skip
        scene.ask("GET", target)
    scene.command("jams.commands.jamsdba.main", "BACKUP", str(tmp_path / "one.jamsbackup"), "/LOGS")
    scene.command("jams.commands.jamsdba.main", "EXPORT", "AUDIT", str(tmp_path / "trail.jsonl"))
    found = {f"process {where}": each for where, data in _processes(jams) if (each := marks.found_in(data))}
    _break_what_secrets_are_written_to(scene, place)
    jams.processes[0].send_signal(signal.SIGABRT)  # it crashes, and whatever it reports of that is looked at
    jams.processes[0].wait(30)
    for at, answer in enumerate(scene.answers):
        if each := marks.found_in(answer):
            found[f"answer {at}: {answer[:200]!r}"] = each
    for where, data in _files(tmp_path, place):
        if each := marks.found_in(data):
            found[where] = each
    allowed = found.pop(str(jams.home / "Common.config"), [])
    assert set(allowed) <= {
        "the connection string"
    }  # its owner's alone: who starts the server has to know it
    assert (jams.home / "Common.config").stat().st_mode & 0o077 == 0
    for name, what in (("passphrase", "the passphrase of the keys"),
                       ("exported", "the passphrase of the exported keys")):  # fmt: skip
        assert found.pop(str(tmp_path / name)) == [what]  # where they were written by their owner
    assert found == {}
    assert len(marks.known) >= 15


def _through_every_secret_input(scene: Scene) -> None:
    """Send a secret of its own in every input of the catalogue that is declared to be one."""
    sent = 0
    for operation in CATALOGUE:
        for item in operation.inputs:
            if not item.secret:
                continue
            body = {each.wire: "x" for each in operation.inputs if each.place == "body" and each.required}
            body[item.wire] = scene.marks.new(f"{operation.name}.{item.name}")
            if operation.session == "opens":
                body |= {"username": "ann"} if item.name == "password" else {"grant_Type": "refresh_token"}
            route = operation.routes[0]
            target = route.path
            for each in operation.inputs:
                target = target.replace("{" + each.wire + "}", "1")
            scene.ask(route.verb, target, body)
            sent += 1
    assert sent >= 2


def _run_a_job_that_looks_around(scene: Scene) -> None:
    job = {"jobName": "Look", "parentFolderName": "\\", "methodName": "Command", "source": "env; ps -ef"}
    scene.ask("POST", "/job", job)
    number = scene.ask("POST", "/submit/job", {"name": "\\Look"})["jamsEntry"]
    entry = scene.ask("GET", f"/entry/{number}/wait?timeout=30")
    assert entry["finalSeverity"] == "Success", entry
    scene.ask("GET", f"/entry/{number}/log")


def _use_encrypted_variables(scene: Scene) -> None:
    """Make some, set and change them, and run what has their values, well and badly."""
    marks = scene.marks
    for name in ("Key", "Other"):
        made = {"variableName": name, "encryptionFlag": True}
        value = marks.new(f"an encrypted variable: {name}")
        told = scene.ask("POST", "/variable", {**made, "newEncryptedValue": value})
        assert "was created" in told, told
    scene.ask("POST", "/variable/setvalue?name=Key", {"value": marks.new("what it was set to")})
    last = {"newEncryptedValue": marks.new("what it was changed to"), "description": "A key."}
    scene.ask("PATCH", "/variable?name=Key", last)
    wrong = {"dataType": "Integer", "newEncryptedValue": marks.new("what is no number")}
    assert scene.ask("PATCH", "/variable?name=Other", wrong)["code"] == "InvalidArgument"
    token = [{"paramName": "Token", "variableName": "\\Key"}]
    sources = {
        "Command": "test ${#Token} = 29 || exit 1; ps -ef",
        "HTTP": "GET http://127.0.0.1:9/<<Token>>\nX-Token: <<Token>>\n\n",
        "SQLCommand": "SELECT '<<Token>>', :Token;\nSELECT <<Token>>;\n",
    }
    for method, source in sources.items():
        parameters = list(token)
        if method == "SQLCommand":
            parameters.append({"paramName": "ConnectionString", "defaultValue": "sqlite://"})
        job = {"jobName": f"Uses{method}", "methodName": method, "source": source, "parameters": parameters}
        assert "was created" in scene.ask("POST", "/job", job)
        number = scene.ask("POST", "/submit/job", {"name": job["jobName"]})["jamsEntry"]
        entry = scene.ask("GET", f"/entry/{number}/wait?timeout=30")
        assert (entry["finalSeverity"] == "Success") is (method == "Command"), entry
        log = scene.ask("GET", f"/entry/{number}/log")
        assert method == "Command" or "********" in json.dumps(log), log
    given = {"name": "UsesCommand", "parameters": {"Token": marks.new("what is given in its place")}}
    assert scene.ask("POST", "/submit/job", given)["code"] == "InvalidParameter"


def _break_what_secrets_are_written_to(scene: Scene, place: Path | str) -> None:
    """Have the server fail over secrets where it does not expect to: what it reports of that is looked at."""
    gone = 'ALTER TABLE "variable" RENAME TO "variable_gone"'
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection:
            connection.execute(gone)
            connection.commit()
    else:
        subprocess.run(["psql", place, "-c", gone], check=True, capture_output=True)
    made = {"variableName": "Late", "encryptionFlag": True}
    made["newEncryptedValue"] = scene.marks.new("what could not be stored")
    answer = scene.ask("POST", "/variable", made)
    assert answer["status"] >= 500, answer
    reports = scene.jams.home / "reports"
    until = time.monotonic() + 30
    while not list(reports.glob("*.zip")):
        assert time.monotonic() < until, "no report of the fault was written"
        time.sleep(0.1)


def _basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def _processes(jams: Running) -> Iterator[tuple[str, bytes]]:
    """Arguments and environment of the server's processes."""
    server = psutil.Process(jams.processes[0].pid)
    for each in (server, *server.children(recursive=True)):
        for part in ("cmdline", "environ"):
            yield f"{each.pid} {part}", Path(f"/proc/{each.pid}/{part}").read_bytes()


def _files(folder: Path, place: Path | str) -> Iterator[tuple[str, bytes]]:
    """All that was written: the home with database and logs, outputs, temporary files, backups."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield str(path), path.read_bytes()
        if path.name.endswith(".zip"):
            with zipfile.ZipFile(path) as report:
                for name in report.namelist():
                    yield f"{path}:{name}", report.read(name)
        if path.name.endswith(".jamsbackup"):
            with tarfile.open(path) as archive:
                for member in archive.getmembers():
                    file = archive.extractfile(member)
                    data = b"" if file is None else file.read()
                    yield f"{path}:{member.name}", _unpacked(data)
    if isinstance(place, str):
        yield (
            "dump of the database",
            subprocess.run(["pg_dump", place], capture_output=True, check=True).stdout,
        )
        return
    for path in Path(tempfile.gettempdir()).glob(f"jams*{os.getpid()}*"):
        yield str(path), path.read_bytes()


def _unpacked(data: bytes) -> bytes:
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
