"""SOAP toolkits as they come: each makes its client from the WSDL, submits a job, waits and reads its log."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
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
pytestmark = pytest.mark.timeout(240)
"""Some make and compile a client first."""

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
    after = datetime(2099, 12, 31, 23, tzinfo=timezone(timedelta(hours=1)))
    later = submit.SubmitJob(Name=JOB, After=after).JamsEntry
    entries.Hold(Id=later, Comment="month end")
    assert entries.Get(Id=later).Held is True
    entries.Release(Id=later)
    assert entries.Get(Id=later).Held is False
    with pytest.raises(Fault) as ended:
        entries.Hold(Id=number)
    assert typed(client, ended.value)["Code"] == "WrongState"
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


def test_soap_lite(jams: Running) -> None:
    perl = found("perl")
    if subprocess.run([perl, "-MSOAP::Lite", "-e1"], capture_output=True, check=False).returncode:
        pytest.skip("Perl has no SOAP::Lite (Debian package libsoap-lite-perl)")
    check_all(
        told(jams, perl, HERE / "perl" / "client.pl", f"{jams.url}/soap"),
        "Hello Perl <&> ü.",
        "Unauthenticated",
    )


def test_soap4r(jams: Running) -> None:
    ruby = found("ruby")
    needed = 'require "soap/wsdlDriver"; require "httpclient"'
    if subprocess.run([ruby, "-e", needed], capture_output=True, check=False).returncode:
        pytest.skip("Ruby has no soap4r (Debian packages ruby-soap4r and ruby-httpclient)")
    answer = told(jams, ruby, HERE / "ruby" / "client.rb", f"{jams.url}/soap?wsdl")
    check_all(answer, "Hello Ruby <&> ü.", "SOAP::HTTPStreamError: 401: Unauthorized")


def test_jax_ws(jams: Running, tmp_path: Path) -> None:
    """The whole WSDL, with all its services and types."""
    wsimport, javac, java = found("wsimport"), found("javac"), found("java")
    wsdl, jars = f"{jams.url}/soap?wsdl", "/usr/share/java/*"
    made([wsimport, "-Xnocompile", "-quiet", "-s", ".", wsdl], tmp_path)
    packages = [str(path) for path in tmp_path.rglob("package-info.java")]
    source = str(HERE / "java" / "Client.java")
    made(
        [javac, "-nowarn", "-proc:none", "-cp", jars, "-sourcepath", ".", "-d", ".", source, *packages],
        tmp_path,
    )
    answer = told(jams, java, "-cp", f"{tmp_path}:{jars}", "Client", wsdl)
    check_all(
        answer,
        "Hello Java <&> ü.",
        "ClientTransportException",
    )


def test_mono(jams: Running, tmp_path: Path) -> None:
    mcs, mono = found("mcs"), found("mono")
    library = Path("/usr/lib/mono/gac/System.Web.Services")
    if not library.is_dir():
        pytest.skip("Mono has no System.Web.Services (Debian package libmono-system-web-services4.0-cil)")
    compiled = [mcs, "-r:System.Web.Services", "-nowarn:0169,0414"]
    made([*compiled, "-out:Stubs.exe", str(HERE / "mono" / "Stubs.cs")], tmp_path)
    for family, space in (("Entry", "Entries"), ("Submit", "Submits")):
        made([mono, "Stubs.exe", f"{jams.url}/soap?wsdl={family}", space, f"{space}.cs"], tmp_path)
    client = str(HERE / "mono" / "Client.cs")
    made([*compiled, "-out:Client.exe", client, "Entries.cs", "Submits.cs"], tmp_path)
    answer = told(jams, mono, tmp_path / "Client.exe", f"{jams.url}/soap")
    check_all(answer, "Hello Mono <&> ü.", "WebException: 401")
    assert answer["utc"] is True


def test_gsoap(jams: Running, tmp_path: Path) -> None:
    wsdl2h, soapcpp2, gcc = found("wsdl2h"), found("soapcpp2"), found("gcc")
    for family in ("Entry", "Submit"):
        wsdl = requests.get(f"{jams.url}/soap?wsdl={family}", timeout=20).content
        (tmp_path / f"{family}.wsdl").write_bytes(wsdl)
    made([wsdl2h, "-c", "-o", "jams.h", "Entry.wsdl", "Submit.wsdl"], tmp_path)
    made([soapcpp2, "-c", "-C", "-L", "-x", "-w", "-1", "-I/usr/share/gsoap/import", "jams.h"], tmp_path)
    sources = [str(HERE / "gsoap" / "client.c"), "soapC.c", "soapClient.c"]
    made([gcc, "-O0", "-w", "-I.", "-o", "client", *sources, "-lgsoap", "-lm"], tmp_path)
    answer = told(jams, str(tmp_path / "client"), f"{jams.url}/soap")
    check_all(answer, "Hello gSOAP <&> ü.", "error 401")


def found(program: str) -> str:
    """Where a program of a toolkit is; skips the test where it is missing."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed (see step_parts in .ci/run)")
    return path


def made(call: list[str], folder: Path) -> None:
    """Run what makes a client in a folder."""
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"[-3000:]


def told(jams: Running, *call: str | Path) -> dict[str, Any]:
    """What a client says, as JSON."""
    done = subprocess.run(
        [*map(str, call), USER, PASSWORD, JOB], env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True, encoding="utf-8", timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def check_all(answer: dict[str, Any], greeting: str, refused: str) -> None:
    """Every step in docs/soap.md: login when asked, list, submit, wait, log, hold, release, three faults."""
    assert answer["severity"] == "Success" and answer["log"].strip() == greeting
    assert answer["listed"] and answer["held"] and answer["released"]
    assert (answer["fault"], answer["state"]) == ("EntryNotFound", "WrongState")
    assert answer["refused"] == refused


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
    """The job ran, its log was read, another was held and released, and the faults arrived typed."""
    assert found["listed"] and found["held"] and found["released"]
    assert found["state"]["Code"] == "WrongState"
    assert found["severity"] == "Success"
    assert greeting in found["log"]
    assert (found["fault"]["Code"], found["fault"]["Kind"]) == ("EntryNotFound", "NotFound")
    assert found["refused"]["Code"] == "Unauthenticated"
