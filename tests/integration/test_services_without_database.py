"""Services that were started before there is a database: they say so, and begin when INSTALL has made one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg
import pytest
from sqlalchemy.engine import make_url

from jams.client.server import Server
from jams.client.wire import WireConnection
from jams.commands.jamsdba.main import main as jamsdba
from jams.objects.definitions import Job
from jams.objects.errors import DatabaseUnusable
from jams.operations import CATALOGUE
from jams.services import without_database
from jams.services.configuration import load
from jams.services.roles import APART, Role, found, setting_up
from jams.services.server import Process
from tests.support import databases
from tests.support.eventually import eventually
from tests.support.running import ROOT, Running, examined, launch
from tests.support.services import Apart

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

PORTS = ("--web-port", "0", "--server-port", "0")


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Apart]:
    """The three services, in a home in which there is nothing."""
    services = Apart(tmp_path / "home")
    try:
        for role in APART:
            services.processes[role] = launch(services.home, role.value, *PORTS)
        for role in APART:
            services.ready(role, services.processes[role])
        yield services
    finally:
        Running(services.home, "", processes=[*services.processes.values()]).kill_tree()


def asked(url: str, body: bytes | None = None) -> tuple[int, str]:
    """What the web services answer: the status and the text."""
    kind = "application/json" if body is None else "text/xml"
    try:
        with urlopen(Request(url, body, {"Content-Type": kind, "Accept": kind}), timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


INFO = b"""<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
<GetInfo xmlns="urn:jams:v1:server"/></e:Body></e:Envelope>"""


def test_they_say_so_at_every_door_and_begin_to_work_when_install_has_made_one(
    started: Apart, tmp_path: Path
) -> None:
    home = started.home
    assert all("jamsdba INSTALL" in found(home, role).lacks for role in APART)  # type: ignore[union-attr]
    eventually(lambda: started.output().count("Press Ctrl+C") == len(APART))
    output = started.output()
    assert output.count("waits for a database") == len(APART)
    [url] = re.findall(r"web services +(\S+)", output)
    status, told = asked(f"{url}/api/job")
    assert status == 503 and "There is no database yet" in json.loads(told)["detail"]
    status, told = asked(f"{url}/soap", INFO)
    assert status >= 500 and "There is no database yet" in told
    [port] = re.findall(r"JAMServer +port (\d+)", output)
    wire = WireConnection("localhost", int(port))
    with pytest.raises(DatabaseUnusable, match="jamsdba INSTALL"):
        wire.call(CATALOGUE["list_methods"], {})
    wire.close()
    words = [sys.executable, "-m", "jams.commands.main", "status", "--home", str(home)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=50)
    assert done.returncode == 7 and "JAMSServer" in done.stderr and "jamsdba INSTALL" in done.stderr
    assert "jamsdba INSTALL" in examined(home)["database"][1] and not (home / "JAMS.db").exists()

    before = {role: found(home, role).start for role in APART}  # type: ignore[union-attr]
    answers = tmp_path / "answers"
    answers.write_text("CompanyName = Example\n")
    assert jamsdba([f"INSTALL/ANSWERS={answers}", "/NOCONFIRM", f"/HOME={home}"]) == 0

    def works(role: Role) -> bool:
        now = found(home, role)
        return now is not None and now.ready and not now.lacks and now.start != before[role]

    for role in APART:
        eventually(lambda role=role: works(role))
        assert found(home, role).process == started.processes[role].pid  # type: ignore[union-attr]
    with Server(home=home) as server:
        assert server.settings["Company Name"].get().value == "Example"
        server.jobs.create(Job(job_name="First", parent_folder_name="\\", source="exit 0"))
        entry = server.submit(r"\First").wait()
        assert entry.final_status_code == 0


@pytest.mark.skipif("postgresql" not in databases.KINDS, reason="only a server can lack a database")
def test_a_database_that_its_server_does_not_have_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(without_database, "LOOKS_EVERY", 0.05)
    with databases.unmade() as place:
        name = make_url(place).database
        assert name is not None
        with psycopg.connect(f"{databases.SERVER}/postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name}")
            given = {"ConnectionString": place, "WebPort": "0", "ServerPort": "0", "SchedulerPort": "none"}
            (tmp_path / "Common.config").write_text("<configuration/>")
            settings = load(tmp_path, given).settings
            with pytest.raises(DatabaseUnusable, match="does not exist"):
                Process(settings).start()
            process = Process(settings, Role.SCHEDULER)
            process.start()
            try:
                assert f"{name} is not there" in process.lacks and not process.restart_wanted
                admin.execute(f"CREATE DATABASE {name}")
                process.stop_wanted.wait()
                assert process.restart_wanted
            finally:
                process.stop()
            process = Process(settings, Role.SCHEDULER)
            process.start()
            assert process.lacks == ""
            process.stop()


def test_a_home_is_set_up_when_it_has_a_configuration_or_the_database_of_before(tmp_path: Path) -> None:
    settings = load(tmp_path).settings
    named = replace(settings, connection_string="Host=localhost;Database=town")
    assert [bool(without_database.missing(settings, role)) for role in (*APART, Role.ALL, Role.WEB)] == [
        True, True, True, False, False,
    ]  # fmt: skip
    (tmp_path / "JAMS.db").touch()
    assert without_database.missing(settings, Role.SERVER) == ""
    (tmp_path / "JAMS.db").unlink()
    (tmp_path / "Common.config").touch()
    assert without_database.missing(settings, Role.SERVER) == ""
    with setting_up(tmp_path):
        assert "INSTALL is at work" in without_database.missing(settings, Role.SERVER)
        # Also where a configuration of before names a database, which is there before its tables are.
        assert "INSTALL is at work" in without_database.missing(named, Role.SERVER)
        assert without_database.missing(named, Role.ALL) == ""
    assert without_database.missing(named, Role.SERVER) == ""
    assert without_database.missing(settings, Role.SERVER) == ""
