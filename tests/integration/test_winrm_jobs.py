"""Jobs on a Windows host without an agent, in a whole server: from the credential to the history."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from jams.security.certificates import make_certificate
from tests.support.running import PASSWORD, ROOT, Running, add_account, configure, free_port, running, start
from tests.support.winrm_far_end import FarEnd, far_end

pytestmark = [pytest.mark.integration, pytest.mark.skipif(os.name == "nt", reason="POSIX processes")]

SECRET = "secret-of-ann"


def call(jams: Running, verb: str, path: str, body: Any = None, status: int = 200) -> Any:
    parts = urlsplit(jams.url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=40)
    try:
        headers = {"Authorization": f"Bearer {jams.token}", "Content-Type": "application/json"}
        text = None if body is None else json.dumps(body)
        connection.request(verb, f"{parts.path}/api{path}", text, headers)
        answer = connection.getresponse()
        content = answer.read()
        assert SECRET.encode() not in content
        assert answer.status == status, content
        return json.loads(content) if "json" in (answer.getheader("Content-Type") or "") else content.decode()
    finally:
        connection.close()


def credential(jams: Running, name: str, user: str, password: str) -> None:
    command = [sys.executable, "-m", "jams.commands.main", "credential", "set", name, "--user", user]
    subprocess.run(
        [*command, "--home", str(jams.home)],
        cwd=ROOT, input=password, text=True, check=True, capture_output=True,
    )  # fmt: skip


def forget(jams: Running, name: str) -> None:
    command = [sys.executable, "-m", "jams.commands.main", "credential", "delete", name]
    subprocess.run([*command, "--home", str(jams.home)], cwd=ROOT, check=True, capture_output=True)


def agent(jams: Running, name: str, **properties: Any) -> None:
    given = [{"propertyName": key, "currentValue": value} for key, value in properties.items()]
    body = {"agentName": name, "agentType": "WinRM", "properties": given}
    call(jams, "POST", "/agent", body, status=201)


def job(jams: Running, name: str, where: str, source: str, **members: Any) -> None:
    given = [{"propertyName": "Agent", "currentValue": {"agentName": where}}]
    body = {"jobName": name, "methodName": "PowerShell", "source": source, "properties": given, **members}
    call(jams, "POST", "/job", body, status=201)


def submit(jams: Running, name: str, **parameters: str) -> int:
    body = {"name": name, "parameters": parameters}
    return int(call(jams, "POST", "/submit/job", body)["jamsEntry"])


def ended(jams: Running, number: int) -> dict[str, Any]:
    entry: dict[str, Any] = call(jams, "GET", f"/entry/{number}/wait?timeout=35")
    return entry


def log(jams: Running, number: int) -> str:
    return str(call(jams, "GET", f"/entry/{number}/log"))


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A JAMS that has sessions of its own over WS-Management."""
    home = tmp_path_factory.mktemp("jams") / "home"
    made = make_certificate(home / "tls", [], days=2, replace=False)
    port = str(free_port())
    with running(
        home, WSManPort=port, WSManCertificate=str(made.certificate), WSManKey=str(made.key)
    ) as found:
        add_account(home, "olga", "Inquirers")
        credential(found, "Ours", "olga", PASSWORD)
        agent(
            found,
            "ours",
            Address="localhost",
            Port=int(port),
            CertificateAuthority=str(made.certificate),
            ConfigurationName="JAMS",
            Authentication="Basic",
            Credential="Ours",
        )
        yield found


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with far_end() as made:
        yield made


def reach(jams: Running, far: FarEnd, name: str, user: str = "ann", password: str = SECRET) -> None:
    """Make a far end known as an agent."""
    credential(jams, name, user, password)
    agent(
        jams,
        name,
        Address="127.0.0.1",
        Port=far.port,
        UseTLS=False,
        Authentication="Basic",
        ConfigurationName="JAMS",
        Credential=name,
        ReconnectTimeout=2,
    )


def test_a_job_runs_in_a_session_of_another_jams(jams: Running) -> None:
    job(jams, "Ask", "ours", "Get-JAMSAgent localhost")
    number = submit(jams, "Ask")
    entry = ended(jams, number)
    assert (entry["currentState"], entry["finalSeverity"]) == ("Complete", "Success"), entry
    assert entry["agentName"] == "ours"
    text = log(jams, number)
    assert "localhost" in text and "Local" in text, text
    assert entry["finalStatusCode"] == 0


def test_what_the_other_jams_refuses_is_an_error(jams: Running) -> None:
    job(jams, "Wrong", "ours", "Get-JAMSJob \\Nothing\\There -ErrorAction Stop")
    number = submit(jams, "Wrong")
    entry = ended(jams, number)
    assert (entry["finalSeverity"], entry["finalStatusCode"]) == ("Error", 1), entry
    assert "ERROR: " in log(jams, number)


def test_parameters_codes_and_streams_arrive(jams: Running, far: FarEnd) -> None:
    reach(jams, far, "One")
    source = "param($day)\nparameters"
    job(jams, "Args", "One", source, parameters=[{"paramName": "day", "defaultValue": "today"}])
    number = submit(jams, "Args", day="Monday")
    assert ended(jams, number)["finalSeverity"] == "Success"
    assert log(jams, number) == "day=Monday\n"
    job(jams, "Code", "One", "exit 3010")
    entry = ended(jams, submit(jams, "Code"))
    assert (entry["finalSeverity"], entry["finalStatusCode"], entry["finalStatus"]) == (
        "Error",
        3010,
        "Exit code 3010",
    )


def test_a_wrong_password_ends_fatally_and_a_right_one_counts_at_once(jams: Running, far: FarEnd) -> None:
    reach(jams, far, "Two", password="wrong")
    job(jams, "Later", "Two", "exit 0")
    entry = ended(jams, submit(jams, "Later"))
    assert entry["finalSeverity"] == "Fatal" and "does not let ann in" in entry["finalStatus"]
    credential(jams, "Two", "ann", SECRET)
    assert ended(jams, submit(jams, "Later"))["finalSeverity"] == "Success"


def test_a_credential_stays_that_an_agent_names(jams: Running) -> None:
    credential(jams, "Nobody", "nobody", PASSWORD)
    agent(jams, "Three", Address="127.0.0.1", Credential="Nobody")
    with pytest.raises(subprocess.CalledProcessError):
        forget(jams, "Nobody")
    call(jams, "DELETE", f"/agent?name={quote('Three')}")
    forget(jams, "Nobody")


def test_a_cancel_stops_the_script_there(jams: Running, far: FarEnd) -> None:
    reach(jams, far, "Four")
    job(jams, "Long", "Four", "wait")
    number = submit(jams, "Long")
    assert far.running.wait(30)
    call(jams, "DELETE", f"/agent?name={quote('Four')}", status=409)
    call(jams, "PUT", f"/entry/{number}/delete", {})
    assert ended(jams, number)["finalSeverity"] == "Error"
    assert far.stopped.wait(20)
    call(jams, "DELETE", "/job?name=Long")
    call(jams, "DELETE", f"/agent?name={quote('Four')}")


def test_the_host_is_lost_while_the_script_runs(jams: Running, far: FarEnd) -> None:
    reach(jams, far, "Five")
    job(jams, "Gone", "Five", "wait")
    number = submit(jams, "Gone")
    assert far.running.wait(30) and far.listener is not None
    far.listener.stop()
    entry = ended(jams, number)
    assert entry["finalSeverity"] == "Error" and entry["finalStatus"].startswith("Lost: "), entry


def test_who_may_define_agents_may_not_send_passwords_anywhere(jams: Running) -> None:
    add_account(jams.home, "dora", "Developers")
    token = call(jams, "POST", "/authentication/login", {"username": "dora", "password": PASSWORD})
    dora = Running(jams.home, jams.url, token["access_token"])
    stolen = {
        "agentName": "Trap",
        "agentType": "WinRM",
        "properties": [
            {"propertyName": "Address", "currentValue": "trap.example"},
            {"propertyName": "credential", "currentValue": {"credentialName": "Ours"}},
        ],
    }
    call(dora, "POST", "/agent", stolen, status=403)
    stolen["agentName"] = "ours"
    call(dora, "PUT", "/agent", stolen, status=403)


def test_a_run_survives_the_death_of_the_server(tmp_path: Path, far: FarEnd) -> None:
    home = tmp_path / "home"
    configure(home)
    jams = start(home)
    try:
        reach(jams, far, "Win")
        job(jams, "Long", "Win", "wait")
        number = submit(jams, "Long")
        assert far.running.wait(30)
        (process,) = jams.processes
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        jams = start(home)
        assert call(jams, "GET", f"/entry/{number}")["currentState"] == "Executing"
        far.go.set()
        assert ended(jams, number)["finalSeverity"] == "Success"
        assert log(jams, number) == "waiting\nwent\n"
        assert len(far.scripts) == 1
        for file in home.rglob("*"):
            assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file
    finally:
        jams.kill_tree()
