from __future__ import annotations

import json
import os
import re
import signal
import ssl
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509

from jams.client.home import read_login
from jams.client.server import Server
from jams.client.wire import WireConnection
from jams.commands import nightly
from jams.objects.errors import AlreadyExists, ConfigurationInvalid, InvalidArgument, ServerUnavailable
from jams.operations import CATALOGUE
from jams.security.certificates import make_certificate
from jams.server.wire import WireServer, WireSettings
from jams.services.configuration import load, sample
from jams.services.server import Process

pytestmark = pytest.mark.integration

JAMS = [sys.executable, "-m", "jams.commands.main"]


def jams(*arguments: str, given: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*JAMS, *arguments], input=given, capture_output=True, text=True, timeout=55)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def home(tmp_path):
    """A home whose server has been started once and is running."""
    process = Process(load(tmp_path / "home", {"WebPort": "0", "ServerPort": "0"}).settings)
    process.start()
    yield str(process.settings.home)
    process.stop()


def test_help_lists_the_commands_and_loads_nothing_heavy():
    assert all(
        name in jams("--help").stdout
        for name in ("start", "demo", "status", "account", "certificate", "config")
    )
    probe = (
        "import sys; from jams.commands.main import main; main([]);"
        "print(sorted({'sqlalchemy', 'grpc', 'zeep', 'flask', 'spyne'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=50)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_home_may_be_named_before_an_action_and_behind_it(tmp_path):
    for words in (["--home", str(tmp_path), "list"], ["list", "--home", str(tmp_path)]):
        assert str(tmp_path) in jams("account", *words, code=7).stderr
    assert "--home" in jams("account", "add", "--help").stdout


def test_usage_errors_are_code_2():
    assert "there is no verb FLY" in jams("fly", code=2).stderr
    jams("start", "--role", "nothing", code=2)
    jams("account", code=2)


def test_a_home_without_a_server_says_what_to_do(tmp_path):
    done = jams("status", "--home", str(tmp_path), code=7)
    assert done.stdout == "" and "jams start" in done.stderr and done.stderr.count("\n") == 1
    assert "start the server once" in jams("account", "list", "--home", str(tmp_path), code=7).stderr


def test_status_of_a_running_server_and_of_one_that_is_gone(home):
    facts = json.loads(jams("status", "--json", "--home", home).stdout)
    assert facts["status"] == "JAMS is running." and facts["severity"] == "Success"
    assert "JAMS is running." in jams("status", "--home", home).stdout


def test_status_of_a_server_that_has_stopped(tmp_path):
    process = Process(load(tmp_path, {"WebPort": "0", "ServerPort": "0"}).settings)
    process.start()
    process.stop()
    assert "cannot be reached" in jams("status", "--home", str(tmp_path), code=7).stderr


def test_accounts_are_administered_beside_the_running_server(home):
    jams("account", "add", "Anna", "--group", "Submitters", "--home", home, given="correct horse\n")
    listed = {
        row["name"]: row for row in json.loads(jams("account", "list", "--json", "--home", home).stdout)
    }
    assert listed["Anna"] == {
        "name": "Anna",
        "enabled": True,
        "groups": ["Submitters"],
        "password": True,
        "description": "",
        "service": False,
        "codes": False,
        "locked": False,
        "source": "local",
    }
    groups = json.loads(jams("account", "groups", "--json", "--home", home).stdout)
    assert {"group": "Administrators"} in groups
    generated = jams("account", "password", "anna", "--generate", "--home", home).stdout
    assert re.search(r"shown only now\): ([0-9a-f]{6}-){4}[0-9a-f]{6}", generated)
    jams("account", "groups", "Anna", "Night shift", "--make", "--home", home)
    jams("account", "disable", "Anna", "--home", home)
    shown = jams("account", "list", "--home", home).stdout
    assert re.search(r"^Anna +Night shift +disabled$", shown, re.MULTILINE)
    assert max(map(len, shown.splitlines())) <= 80
    jams("account", "enable", "Anna", "--home", home)
    jams("account", "groups", "Anna", "--none", "--home", home)


def test_changes_that_cannot_be_made_are_refused_with_their_code(home):
    assert "There is no account" in jams("account", "disable", "Nobody", "--home", home, code=3).stderr
    assert "no group" in jams("account", "groups", "Administrator", "Flyers", "--home", home, code=3).stderr
    jams("account", "add", "Administrator", "--home", home, given="correct horse\n", code=5)
    jams("account", "add", "Bert", "--home", home, given="short\n", code=2)
    jams("account", "groups", "Administrator", "--home", home, code=2)


def test_the_sample_and_the_effective_configuration(tmp_path):
    assert jams("config", "--sample").stdout == sample()
    path = tmp_path / "Common.config"
    path.touch(mode=0o600)
    path.write_text(
        '<configuration><appSettings><add key="ConnectionString" '
        'value="postgresql://u:hunter2@h/jams"/><add key="Typo" value=""/></appSettings></configuration>'
    )
    done = jams("config", "--json", "--home", str(tmp_path))
    shown = {row["key"]: row["value"] for row in json.loads(done.stdout)}
    assert shown["WebPort"] == 8080 and "hunter2" not in done.stdout
    assert "Typo" in done.stderr


def test_a_certificate_is_good_for_this_machine_and_the_names_given(tmp_path):
    shown = jams(
        "certificate", "--home", str(tmp_path), "--name", "jams.example.com", "--name", "10.0.0.7"
    ).stdout
    path = tmp_path / "tls" / "wire.crt"
    made = x509.load_pem_x509_certificate(path.read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {"localhost", "jams.example.com"} <= set(names.get_values_for_type(x509.DNSName))
    assert {"127.0.0.1", "::1", "10.0.0.7"} <= {str(a) for a in names.get_values_for_type(x509.IPAddress)}
    assert f'<add key="WireKey" value="{tmp_path / "tls" / "wire.key"}"/>' in shown
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "tls" / "wire.key").stat().st_mode) == 0o600
    ssl.create_default_context().load_cert_chain(path, tmp_path / "tls" / "wire.key")
    jams("certificate", "--home", str(tmp_path), code=5)
    jams("certificate", "--home", str(tmp_path), "--force")
    assert x509.load_pem_x509_certificate(path.read_bytes()).serial_number != made.serial_number


@pytest.mark.parametrize(("names", "days"), [(["x" * 64], 10), (["a..b"], 10), ([], 0), ([], 5000)])
def test_certificates_that_cannot_be_made(tmp_path, names, days):
    with pytest.raises(InvalidArgument):
        make_certificate(tmp_path, names, days=days)
    assert list(tmp_path.iterdir()) == []


def test_a_certificate_is_not_replaced_unasked(tmp_path):
    make_certificate(tmp_path, [])
    before = (tmp_path / "wire.key").read_bytes()
    with pytest.raises(AlreadyExists):
        make_certificate(tmp_path, [])
    assert (tmp_path / "wire.key").read_bytes() == before


class Always:
    def call(self, operation, arguments, **more):
        return "done"


def test_tls_on_the_wire_trusts_only_the_certificate_it_was_given(tmp_path):
    made = make_certificate(tmp_path / "one", [])
    other = make_certificate(tmp_path / "two", [])
    server = WireServer(Always(), WireSettings(certificate=made.certificate, key=made.key))
    server.start()
    trusting = WireConnection("localhost", server.port, authority=made.certificate.read_bytes())
    by_address = WireConnection("127.0.0.1", server.port, authority=made.certificate.read_bytes())
    wary = WireConnection("localhost", server.port, authority=other.certificate.read_bytes())
    try:
        assert trusting.call(CATALOGUE["check_health"], {}) == "done"
        assert by_address.call(CATALOGUE["check_health"], {}) == "done"
        with pytest.raises(ServerUnavailable):
            wary.call(CATALOGUE["check_health"], {})
    finally:
        for connection in (trusting, by_address, wary):
            connection.close()
        server.stop(0)


def test_this_machines_server_is_reached_over_tls_whether_its_port_is_named_or_not(tmp_path):
    made = make_certificate(tmp_path / "tls", [])
    keys = {"WireCertificate": str(made.certificate), "WireKey": str(made.key)}
    process = Process(load(tmp_path, {"WebPort": "0", "ServerPort": "0", **keys}).settings)
    process.start()
    try:
        for port in (None, process.wire_port):
            with Server("localhost", port, home=tmp_path) as server:
                assert server.who_am_i().username
    finally:
        process.stop()


DEMO = ("demo", "--web-port", "0", "--server-port", "0", "--home")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A home directory in which the demonstration has run once, and what it showed."""
    home = str(tmp_path_factory.mktemp("demo"))
    return home, jams(*DEMO, home, "--exit-when-done").stdout


def test_the_demonstration_shows_every_door_and_what_the_engine_does(shown):
    _, told = shown
    assert "made." in told and "SOAP | 1: Good day, SOAP!" in told and "REST | 100 % done" in told
    assert told.count("ended: Success") == 2
    assert "/JAMS/soap?wsdl" in told and "/JAMS/swagger" in told and "jamswebclient" in told
    flat = " ".join(re.sub(r"^(Schedule|Depends |Retry   ) \| ", "", told, flags=re.M).split())
    assert re.search(r"OnTime is to run by itself at .* Entry \d+ was scheduled for", flat)
    assert r"Job \Samples\Dependencies\Extract has not ended Success since" in flat
    assert "went on: what it depends on has come." in flat
    assert "It is attempt 2 of 4" in flat and "It is attempt 3 of 4" in flat
    assert flat.count("is Complete: Success") == 4
    assert all(len(line) < 80 for line in told.splitlines() if " | " in line)


def test_the_nightly_setup_is_shown_end_to_end_and_its_twin_is_resumed_where_it_failed(shown):
    """In the home of the demonstration: what it has made is found."""
    home, _ = shown
    told = jams("nightly", "--web-port", "0", "--server-port", "0", "--home", home).stdout
    assert told.count("is Complete: Success.\n") >= 10
    flat = " ".join(re.sub(r"^(Nightly |Fails   ) \| ", "", told, flags=re.M).split())
    assert re.search(r"A mail came for operators@example.org: Nightly of \S+ is done", flat)
    assert re.search(r"A mail came for operators@example.org: Error: \S+LoadOnce \(entry \d+\)", flat)
    assert re.search(r"A mail came for operators@example.org: NightlyFails of \S+ is done", flat)
    assert "LoadOnce 2, Report 1, Mail 1." in flat and "Extract prices 1," in flat
    assert all(len(line) < 80 for line in told.splitlines() if " | " in line)


def test_the_nightly_setup_is_not_shown_where_mail_goes_to_somebody(home):
    with Server(home=home) as server:
        server.settings["SMTPServer"].change(value="mail.example.org")
        with (
            pytest.raises(ConfigurationInvalid, match=r"mail\.example\.org"),
            nightly.mail_goes_to(server, 1),
        ):
            pass
        assert server.settings["SMTPServer"].get().value == "mail.example.org"
        server.settings["SMTPServer"].change(value="127.0.0.1:1")
        with nightly.mail_goes_to(server, 7):
            assert server.settings["SMTPServer"].get().value == "127.0.0.1:7"
        assert server.settings["SMTPServer"].get().value == ""


def test_the_demonstration_finds_what_it_made_and_goes_on_until_it_is_stopped(shown):
    home, first = shown
    with subprocess.Popen([*JAMS, *DEMO, home], stdout=subprocess.PIPE, text=True) as running:
        lines = []
        for line in running.stdout:
            lines.append(line)
            if "Press Ctrl+C" in line:
                break
        jams("status", "--home", home)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 0
    second = "".join(lines)
    assert "found." in second and "password" not in second
    assert second.count("is Complete: Success") == 4
    numbers = [int(re.search(r"Greeting was submitted as entry (\d+)", told)[1]) for told in (first, second)]
    assert numbers[1] > numbers[0]
    assert read_login(Path(home)) is not None
