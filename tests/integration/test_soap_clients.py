"""SOAP toolkits as they come: each makes its client from the WSDL, submits a job, waits and reads its log."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import zeep
from requests.auth import HTTPBasicAuth
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.transports import Transport
from zeep.wsse.username import UsernameToken

from tests.support.running import PASSWORD, Running, add_account, running

HERE = Path(__file__).parent
USER = "operator"
JOB = "\\Greet"
versions = pytest.mark.parametrize("version", ["1.1", "1.2"])


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A JAMS with an account that has a password, and a job that greets its parameter."""
    home = tmp_path_factory.mktemp("soap") / "home"
    with running(home) as started:
        add_account(home, USER, "Administrators")
        client = zeep_client(started, "1.1", PASSWORD)
        job = {
            "JobName": JOB[1:],
            "ParentFolderName": "\\",
            "MethodName": "Command",
            "Source": 'echo "Hello ${who}."' if shutil.which("sh") else "echo Hello %who%.",
            "Parameters": [{"ParamName": "who", "DefaultValue": "nobody"}],
        }
        client.bind("Job").Create(Job=job)
        yield started


def zeep_client(jams: Running, version: str, password: str) -> Any:
    """Basic over 1.1, a UsernameToken over 1.2."""
    session = requests.Session()
    session.trust_env = False
    token = None
    if version == "1.1":
        session.auth = HTTPBasicAuth(USER, password)
    else:
        token = UsernameToken(USER, password)
    return zeep.Client(f"{jams.url}/soap?wsdl", wsse=token, transport=Transport(session=session))


def typed(client: Any, fault: Fault) -> dict[str, Any]:
    """The detail of a fault, as the WSDL types it."""
    element = client.get_element("{urn:jams:v1:types}JAMSFault")
    found: dict[str, Any] = serialize_object(element.parse(fault.detail[0], client.wsdl.types), dict)
    return found


@versions
def test_zeep(jams: Running, version: str) -> None:
    client = zeep_client(jams, version, PASSWORD)
    port = f"Soap{version.replace('.', '')}"
    submit, entries = client.bind("Submit", f"Submit{port}"), client.bind("Entry", f"Entry{port}")
    info = submit.GetSubmitInfo(Name=JOB)
    info.Parameters[0].ParamValue = "zeep & ü"
    number = submit.Submit(SubmitInfo=info).JamsEntry
    while (entry := entries.Wait(Id=number, Timeout=20)).CurrentState != "Complete":
        pass
    assert entry.FinalSeverity == "Success" and entry.CompletionTimeUTC.tzinfo is not None
    assert "Hello zeep & ü." in entries.GetLog(Id=number).Text
    assert number in [found.JamsEntry for found in entries.Find(State=["Complete"], Folder="\\")]
    with pytest.raises(Fault) as missing:
        entries.Get(Id=999999)
    assert typed(client, missing.value)["Code"] == "EntryNotFound"
    stranger = zeep_client(jams, version, "wrong")
    with pytest.raises(Fault) as refused:
        stranger.bind("Entry", f"Entry{port}").Get(Id=number)
    assert typed(stranger, refused.value)["Code"] == "Unauthenticated"


@versions
def test_php(jams: Running, version: str) -> None:
    php = shutil.which("php")
    if php is None:
        pytest.skip("php is not installed (Debian packages php-cli and php-soap)")
    if "soap" not in subprocess.run([php, "-m"], capture_output=True, text=True, check=True).stdout.split():
        pytest.skip("PHP has no SoapClient (Debian package php-soap)")
    check(run(jams, version, php, HERE / "php" / "client.php"), "Hello PHP <&> ü.")


@versions
def test_node(jams: Running, version: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed (Debian package nodejs)")
    if not (HERE / "node" / "node_modules" / "soap").is_dir():
        pytest.skip("the npm package soap is missing: npm install --prefix tests/integration/node")
    check(run(jams, version, node, HERE / "node" / "client.js"), "Hello Nöde <&>.")


def run(jams: Running, version: str, program: str, script: Path) -> dict[str, Any]:
    """What a client's script says, as JSON."""
    done = subprocess.run(
        [program, str(script), f"{jams.url}/soap?wsdl", USER, PASSWORD, JOB, version],
        capture_output=True, encoding="utf-8", timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(found: dict[str, Any], greeting: str) -> None:
    """The job ran, its log was read, and both faults arrived typed."""
    assert found["severity"] == "Success"
    assert greeting in found["log"]
    assert (found["fault"]["Code"], found["fault"]["Kind"]) == ("EntryNotFound", "NotFound")
    assert found["refused"]["Code"] == "Unauthenticated"
