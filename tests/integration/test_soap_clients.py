"""SOAP toolkits as they come: each makes its client, logs in, lists, submits a job, waits, and reads its log.

``tests/data/soap_toolkits.json`` says which, in which versions, and as what each meets a fault; docs/soap.md
shows it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from importlib import metadata
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
JARS = "/usr/share/java/*"
pytestmark = pytest.mark.timeout(240)
"""Some make and compile a client first."""

TOOLKITS: dict[str, dict[str, Any]] = {
    each["name"]: each
    for each in json.loads((HERE.parent / "data" / "soap_toolkits.json").read_text(encoding="utf-8"))
}


def versions(toolkit: str) -> pytest.MarkDecorator:
    """The versions of SOAP that a toolkit is tried in."""
    return pytest.mark.parametrize("version", TOOLKITS[toolkit]["soap"])


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


@versions("zeep (Python)")
def test_zeep(jams: Running, version: str) -> None:
    client = zeep_client(jams, version, PASSWORD)
    port = f"Soap{version.replace('.', '')}"
    submit, entries = client.bind("Submit", f"Submit{port}"), client.bind("Entry", f"Entry{port}")
    info = submit.GetSubmitInfo(Name=JOB)
    info.Parameters[0].ParamValue = "zeep & ü"
    number = submit.Submit(SubmitInfo=info).JamsEntry
    while (entry := entries.Wait(Id=number, Timeout=20)).CurrentState != "Complete":
        pass
    assert entry.CompletionTimeUTC.tzinfo is not None
    after = datetime(2099, 12, 31, 23, tzinfo=timezone(timedelta(hours=1)))
    later = submit.SubmitJob(Name=JOB, After=after).JamsEntry
    first = entries.Find(Limit=1)
    second = entries.Find(Limit=1, Before=first[0].JamsEntry)
    entries.Hold(Id=later, Comment="month end")
    held = entries.Get(Id=later).Held
    entries.Release(Id=later)
    stranger = zeep_client(jams, version, "wrong").bind("Entry", f"Entry{port}")
    answer = {
        "severity": entry.FinalSeverity,
        "log": entries.GetLog(Id=number).Text,
        "listed": number in [each.JamsEntry for each in entries.Find(State=["Complete"], Folder="\\")],
        "paged": (len(first), len(second)) == (1, 1) and second[0].JamsEntry < first[0].JamsEntry,
        "held": held,
        "released": not entries.Get(Id=later).Held,
        "missing": raised(client, lambda: entries.Get(Id=999999)),
        "state": raised(client, lambda: entries.Hold(Id=number)),
        "refused": raised(client, lambda: stranger.Get(Id=number)),
    }
    check(answer, "zeep (Python)", "Hello zeep & ü.")


def raised(client: Any, call: Callable[[], Any]) -> str:
    """What a call raises: its class, and the code in the detail as the WSDL types it."""
    with pytest.raises(Fault) as ended:
        call()
    element = client.get_element("{urn:jams:v1:types}JAMSFault")
    found = serialize_object(element.parse(ended.value.detail[0], client.wsdl.types), dict)
    return f"{type(ended.value).__name__} {found['Code']}"


@versions("zeep (Python)")
def test_pages_of_a_list_that_nothing_bounds(jams: Running, version: str) -> None:
    jobs = zeep_client(jams, version, PASSWORD).bind("Job", f"JobSoap{version.replace('.', '')}")
    jobs.Create(Job={"JobName": f"A{version}", "ParentFolderName": "\\", "MethodName": "Command"})
    everything = [job.QualifiedName for job in jobs.Find(Name="\\")]
    found: list[str] = []
    while page := jobs.Find(Name="\\", Limit=1, After=found[-1] if found else None):
        found += [job.QualifiedName for job in page]
    assert found == everything and len(found) > 1


@versions("SoapClient (PHP)")
def test_php(jams: Running, version: str) -> None:
    php = found("php")
    if "soap" not in subprocess.run([php, "-m"], capture_output=True, text=True, check=True).stdout.split():
        pytest.skip("PHP has no SoapClient (Debian package php-soap)")
    answer = told(jams, version, php, HERE / "php" / "client.php", f"{jams.url}/soap?wsdl")
    check(answer, "SoapClient (PHP)", "Hello PHP <&> ü.")


@versions("soap (Node)")
def test_node(jams: Running, version: str) -> None:
    node = found("node")
    if not (HERE / "node" / "node_modules" / "soap").is_dir():
        pytest.skip("the npm package soap is missing: npm install --prefix tests/integration/node")
    answer = told(jams, version, node, HERE / "node" / "client.js", f"{jams.url}/soap?wsdl")
    check(answer, "soap (Node)", "Hello Nöde <&>.")


@versions("SOAP::Lite (Perl)")
def test_soap_lite(jams: Running, version: str) -> None:
    perl = found("perl")
    if subprocess.run([perl, "-MSOAP::Lite", "-e1"], capture_output=True, check=False).returncode:
        pytest.skip("Perl has no SOAP::Lite (Debian package libsoap-lite-perl)")
    answer = told(jams, version, perl, HERE / "perl" / "client.pl", f"{jams.url}/soap")
    check(answer, "SOAP::Lite (Perl)", "Hello Perl <&> ü.")


@versions("soap4r (Ruby)")
def test_soap4r(jams: Running, version: str) -> None:
    ruby = found("ruby")
    needed = 'require "soap/wsdlDriver"; require "httpclient"'
    if subprocess.run([ruby, "-e", needed], capture_output=True, check=False).returncode:
        pytest.skip("Ruby has no soap4r (Debian packages ruby-soap4r and ruby-httpclient)")
    answer = told(jams, version, ruby, HERE / "ruby" / "client.rb", f"{jams.url}/soap?wsdl")
    check(answer, "soap4r (Ruby)", "Hello Ruby <&> ü.")


@pytest.fixture(scope="module")
def java(jams: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the client stands that was made of the whole WSDL, with all its services and types."""
    folder = tmp_path_factory.mktemp("java")
    wsimport, javac = found("wsimport"), found("javac")
    made([wsimport, "-extension", "-Xnocompile", "-quiet", "-s", ".", f"{jams.url}/soap?wsdl"], folder)
    packages = [str(path) for path in folder.rglob("package-info.java")]
    options = ["-nowarn", "-proc:none", "-cp", JARS, "-sourcepath", ".", "-d", "."]
    made([javac, *options, str(HERE / "java" / "Client.java"), *packages], folder)
    return folder


@versions("JAX-WS RI (Java)")
def test_jax_ws(jams: Running, java: Path, version: str) -> None:
    answer = told(jams, version, found("java"), "-cp", f"{java}:{JARS}", "Client", f"{jams.url}/soap?wsdl")
    check(answer, "JAX-WS RI (Java)", "Hello Java <&> ü.")


@pytest.fixture(scope="module")
def mono(jams: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client, made of the WSDLs of two families."""
    folder = tmp_path_factory.mktemp("mono")
    if not Path("/usr/lib/mono/gac/System.Web.Services").is_dir():
        pytest.skip("Mono has no System.Web.Services (Debian package libmono-system-web-services4.0-cil)")
    compiled = [found("mcs"), "-r:System.Web.Services", "-nowarn:0169,0414"]
    made([*compiled, "-out:Stubs.exe", str(HERE / "mono" / "Stubs.cs")], folder)
    for family, space in (("Entry", "Entries"), ("Submit", "Submits")):
        made([found("mono"), "Stubs.exe", f"{jams.url}/soap?wsdl={family}", space, f"{space}.cs"], folder)
    made([*compiled, "-out:Client.exe", str(HERE / "mono" / "Client.cs"), "Entries.cs", "Submits.cs"], folder)
    return folder / "Client.exe"


@versions(".NET web services (Mono)")
def test_mono(jams: Running, mono: Path, version: str) -> None:
    answer = told(jams, version, found("mono"), mono, f"{jams.url}/soap")
    check(answer, ".NET web services (Mono)", "Hello Mono <&> ü.")
    assert answer["utc"] is True


@pytest.fixture(scope="module")
def gsoap(jams: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client, made of the WSDLs of two families."""
    folder = tmp_path_factory.mktemp("gsoap")
    wsdl2h, soapcpp2, compiler = found("wsdl2h"), found("soapcpp2"), found("g++")
    fetch(jams, folder, "Entry", "Submit")
    made([wsdl2h, "-o", "jams.h", "Entry.wsdl", "Submit.wsdl"], folder)
    made([soapcpp2, "-j", "-C", "-L", "-x", "-w", "-I/usr/share/gsoap/import", "jams.h"], folder)
    sources = [str(HERE / "gsoap" / "client.cpp"), "soapC.cpp", "soapEntrySoap11Proxy.cpp"]
    made([compiler, "-O0", "-w", "-I.", "-o", "client", *sources, "-lgsoap++", "-lm"], folder)
    return folder / "client"


@versions("gSOAP (C++)")
def test_gsoap(jams: Running, gsoap: Path, version: str) -> None:
    check(told(jams, version, gsoap, f"{jams.url}/soap"), "gSOAP (C++)", "Hello gSOAP <&> ü.")


@pytest.fixture(scope="module")
def kdsoap(jams: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client, made of the WSDLs of two families."""
    folder = tmp_path_factory.mktemp("kdsoap")
    kdwsdl2cpp, moc, compiler = found("kdwsdl2cpp"), found("moc"), found("g++")
    fetch(jams, folder, "Entry", "Submit")
    sources = [str(HERE / "kdsoap" / "client.cpp")]
    for family, space in (("Entry", "Entries"), ("Submit", "Submits")):
        name = space.lower()
        made([kdwsdl2cpp, "-namespace", space, "-o", f"{name}.h", f"{family}.wsdl"], folder)
        made(
            [kdwsdl2cpp, "-namespace", space, "-impl", f"{name}.h", "-o", f"{name}.cpp", f"{family}.wsdl"],
            folder,
        )
        made([moc, f"{name}.h", "-o", f"moc_{name}.cpp"], folder)
        sources += [f"{name}.cpp", f"moc_{name}.cpp"]
    qt = subprocess.run(
        [found("pkg-config"), "--cflags", "--libs", "Qt5Core", "Qt5Network", "Qt5Xml"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    options = ["-std=c++17", "-O0", "-w", "-fPIC", "-I/usr/include/KDSoapClient", "-I."]
    made([compiler, *options, "-o", "client", *sources, "-lkdsoap", *qt], folder)
    return folder / "client"


@versions("KDSoap (C++, Qt)")
def test_kdsoap(jams: Running, kdsoap: Path, version: str) -> None:
    check(told(jams, version, kdsoap, f"{jams.url}/soap"), "KDSoap (C++, Qt)", "Hello KDSoap <&> ü.")


@pytest.mark.parametrize("name", TOOLKITS)
def test_the_versions_are_those_that_are_told(name: str) -> None:
    kind, _, package = TOOLKITS[name]["package"].partition(":")
    if kind == "python":
        here = metadata.version(package)
    elif kind == "npm":
        file = HERE / "node" / "node_modules" / package / "package.json"
        if not file.is_file():
            pytest.skip(f"the npm package {package} is missing: npm install --prefix tests/integration/node")
        here = json.loads(file.read_text(encoding="utf-8"))["version"]
    else:
        query = [found("dpkg-query"), "-W", "-f", "${Version}", package]
        asked = subprocess.run(query, capture_output=True, text=True, check=False)
        if asked.returncode:
            pytest.skip(f"the Debian package {package} is not installed (see step_parts in .ci/run)")
        here = re.sub(r"^[0-9]+:|[-+].*", "", asked.stdout)
    assert f"{here}.".startswith(f"{TOOLKITS[name]['version']}."), "tests/data/soap_toolkits.json is stale"


def found(program: str) -> str:
    """Where a program of a toolkit is; skips the test where it is missing."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed (see step_parts in .ci/run)")
    return path


def fetch(jams: Running, folder: Path, *families: str) -> None:
    """Put the WSDLs of families into a folder."""
    for family in families:
        wsdl = requests.get(f"{jams.url}/soap?wsdl={family}", timeout=20).content
        (folder / f"{family}.wsdl").write_bytes(wsdl)


def made(call: list[str], folder: Path) -> None:
    """Run what makes a client in a folder."""
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"[-3000:]


def told(jams: Running, version: str, *call: str | Path) -> dict[str, Any]:
    """What a client says, as JSON."""
    done = subprocess.run(
        [*map(str, call), USER, PASSWORD, JOB, version], env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True, encoding="utf-8", timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def check(answer: dict[str, Any], toolkit: str, greeting: str) -> None:
    """Every step in docs/soap.md: lists, submits, waits, reads the log, holds and releases, meets faults."""
    assert answer["severity"] == "Success" and answer["log"].strip() == greeting
    assert all(answer[step] is True for step in ("listed", "paged", "held", "released")), answer
    faults = {name: TOOLKITS[toolkit][name] for name in ("missing", "state", "refused")}
    assert {name: answer[name] for name in faults} == faults
