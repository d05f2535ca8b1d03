"""The class library over SOAP gives the objects and errors of the wire, and tells what is in its way."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from jams.client import Server, Severity, State
from jams.objects.definitions import Folder, Job
from jams.objects.errors import (
    ConfigurationInvalid,
    InvalidArgument,
    JAMSError,
    RequestTooLarge,
    ServerBusy,
    ServerUnavailable,
    Unauthenticated,
)
from jams.objects.parts import ParamDef, PropertyValue
from jams.operations import CATALOGUE
from jams.security.certificates import make_certificate
from tests.support.running import Running, running
from webservices.soap.wsdl import build

JOB = r"\Sales\Greet"


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A JAMS with a folder and a job in it."""
    with running(tmp_path_factory.mktemp("soap") / "home") as started, over_wire(started) as server:
        server.folders.create(Folder(folder_name="Sales", parent_folder_name="\\"))
        server.jobs.create(
            Job(
                job_name="Greet",
                parent_folder_name=r"\Sales",
                method_name="Command",
                source="echo Hello\nsleep 0.3\necho $who",
                description="  <greets> & \u00fcml\u00e4uts ",
                parameters=[ParamDef(param_name="who", default_value="")],
            )
        )
        yield started


@contextmanager
def over_wire(jams: Running) -> Iterator[Server]:
    with Server("localhost", home=jams.home) as server:
        yield server


@contextmanager
def over_soap(jams: Running, **how: Any) -> Iterator[Server]:
    with Server(f"{jams.url}/soap", **{"home": jams.home, **how}) as server:
        yield server


CALLS: list[Callable[[Server], Any]] = [
    lambda s: s.who_am_i(),
    lambda s: s.info().product,
    lambda s: s.call("is_scheduler_active"),
    lambda s: s.jobs[JOB].get(),
    lambda s: s.jobs.find(name=r"\Sales"),
    lambda s: s.jobs.find(name=r"\Sales", filter="nothing*"),
    lambda s: s.jobs[JOB].source(),
    lambda s: s.folders.children(qualified_name="\\"),
    lambda s: s.agents.list(),
    lambda s: s.submit_info(name=JOB),
    lambda s: s.dates.evaluate("today"),
    lambda s: s.dates.evaluate("the day before yesterdai"),
    lambda s: s.dates.occurrences(
        "every workday", times=["08:00", "12:30"], limit=3, after="2026-03-01T00:00:00Z"
    ),
    lambda s: s.jobs[r"\Sales\Nothing"].get(),
    lambda s: s.jobs.get(),
    lambda s: s.entries[999_999].hold("x"),
    lambda s: s.entries[999_999].set_parameter(param_name="x", param_value="y"),
    lambda s: s.history.search(filter="Nonsense eq 1"),
    lambda s: s.history.search(order_by="Nonsense"),
    lambda s: s.history.search(filter="jobName eq 'Nothing'"),
    lambda s: s.call("find_events", name=[r"\Nothing"]).items,
    lambda s: s.jobs.create(Job(job_name="a*b", parent_folder_name="\\", method_name="Command")),
    lambda s: s.submit_job(name=JOB, parameters={"whom": "x"}),
]


@pytest.mark.parametrize("call", CALLS, ids=range(len(CALLS)))
def test_objects_and_errors_are_those_of_the_wire(jams: Running, call: Callable[[Server], Any]) -> None:
    found = []
    for way in (over_wire, over_soap):
        with way(jams) as server:
            try:
                found.append(call(server))
            except JAMSError as error:
                found.append((type(error), error.document()))
    assert found[0] == found[1]
    assert type(found[0]) is type(found[1])


def test_what_is_sent_arrives_whole(jams: Running) -> None:
    """Properties of every kind, empty texts, markup and umlauts."""
    made = Job(
        job_name="Whole",
        parent_folder_name=r"\Sales",
        method_name="Command",
        source="a < b && c > d\r\n\ttab\n",
        parameters=[ParamDef(param_name="empty", default_value=""), ParamDef(param_name="none")],
        properties=[
            PropertyValue(property_name="Enabled", current_value=False),
            PropertyValue(property_name="RecoveryInstructions", current_value="007"),
        ],
    )
    with over_soap(jams) as server:
        server.jobs.create(made)
    with over_wire(jams) as server:
        over = server.jobs[r"\Sales\Whole"].get()
        server.jobs.delete(name=r"\Sales\Whole")
        server.jobs.create(made)
        direct = server.jobs[r"\Sales\Whole"].get()
    assert over.source == direct.source and over.parameters == direct.parameters
    assert over.properties == direct.properties


def test_a_job_is_submitted_followed_and_waited_for(jams: Running) -> None:
    with over_soap(jams) as server:
        entry = server.submit(JOB, who="world")
        assert "".join(entry.log(follow=True)).split() == ["Hello", "world"]
        ended = entry.wait(timeout=20)
        assert (ended.current_state, ended.final_severity) == (State.COMPLETE, Severity.SUCCESS)
        held = server.submit(JOB, {"hold": True})
        assert "was released" in held.release()


def test_a_submission_is_repeated_safely(jams: Running) -> None:
    with over_soap(jams) as server:
        first, second = (server.call("submit_job", name=JOB, retry_key="once") for _ in range(2))
    assert first == second


def test_the_local_login_is_for_this_machine_alone(jams: Running, tmp_path: Path) -> None:
    with (
        over_soap(jams, home=tmp_path) as server,
        pytest.raises(Unauthenticated, match="Nobody has logged in"),
    ):
        server.who_am_i()
    login = json.loads((jams.home / "client.json").read_bytes())
    with over_soap(jams, home=tmp_path, token=jams.token) as server:
        assert server.who_am_i().username == login["account"]
    with over_soap(jams, token="x" * 40) as server, pytest.raises(Unauthenticated):
        server.who_am_i()


def test_a_character_that_xml_cannot_hold_is_refused_before_it_is_sent(jams: Running) -> None:
    with over_soap(jams) as server, pytest.raises(InvalidArgument, match="name holds a character") as refused:
        server.submit_job(name="a\x00b")
    assert refused.value.member == "name"
    with over_soap(jams) as server, pytest.raises(InvalidArgument, match="parameters holds a character"):
        server.submit_job(name=JOB, parameters={"who": "\ud800"})


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://", "is no address of web services"),
        ("ftp://host/JAMS/soap", "is no address of web services"),
        ("https://host/JAMS/soap?wsdl", "is no address of web services"),
        ("http://jams.example/JAMS/soap", "not called without TLS"),
    ],
)
def test_addresses_that_are_refused(address: str, told: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=told):
        Server(address, token="x")


def test_the_port_belongs_into_the_address() -> None:
    with pytest.raises(ConfigurationInvalid, match="The port belongs into the address"):
        Server("https://host/JAMS/soap", 443)


def test_a_closed_connection_calls_nobody(jams: Running) -> None:
    with over_soap(jams) as server:
        server.who_am_i()
    with pytest.raises(ServerUnavailable, match="has been closed"):
        server.who_am_i()


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ServerUnavailable, match=f"127.0.0.1:{port}/JAMS/soap cannot be reached"):
        Server(f"http://127.0.0.1:{port}/JAMS/soap", token="x").who_am_i()


@pytest.mark.parametrize(
    ("status", "told"),
    [(200, "is no description of web services"), (404, r"\(status 404\) are no web services")],
)
def test_somebody_else_there(jams: Running, status: int, told: str) -> None:
    with (
        answering(lambda wsdl: (status, "text/html", b"<html>hello")) as address,
        pytest.raises(ServerUnavailable, match=told),
    ):
        Server(address, token="x").who_am_i()


@pytest.mark.parametrize(
    ("status", "media", "body", "error", "told"),
    [
        (200, "text/html", b"<html/>", ServerUnavailable, "no web services of JAMS"),
        (200, "text/xml", b"<half", ServerUnavailable, "no web services of JAMS"),
        (200, "text/xml", b"<other/>", ServerUnavailable, "no web services of JAMS"),
        (200, "text/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ServerUnavailable, "no web services"),
        (302, "text/html", b"", ServerUnavailable, r"status 302"),
        (413, "text/plain", b"", RequestTooLarge, "longer than the web services take"),
        (503, "text/plain", b"", ServerBusy, "are busy; try again"),
        (502, "text/html", b"", ServerUnavailable, "status 502"),
    ],
)
def test_a_proxy_answers_instead(
    jams: Running, status: int, media: str, body: bytes, error: type[JAMSError], told: str
) -> None:
    wsdl = build(CATALOGUE)
    with (
        answering(lambda asked: (200, "text/xml", wsdl) if asked else (status, media, body)) as address,
        Server(address, token="x") as server,
        pytest.raises(error, match=told),
    ):
        server.who_am_i()


def test_a_certificate_has_to_be_trusted(jams: Running, tmp_path: Path) -> None:
    made = make_certificate(tmp_path, ["localhost"])
    with behind_tls(jams, made.certificate, made.key) as address:
        login = json.loads((jams.home / "client.json").read_bytes())
        with Server(address, token=jams.token, authority=made.certificate) as server:
            assert server.who_am_i().username == login["account"]
        with (
            Server(address, token=jams.token) as server,
            pytest.raises(ServerUnavailable, match="a certificate that is not trusted"),
        ):
            server.who_am_i()


@contextmanager
def answering(answer: Callable[[bool], tuple[int, str, bytes]]) -> Iterator[str]:
    """Something that answers requests for the description and others in its own way."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, media, body = answer(self.command == "GET")
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/JAMS/soap"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def behind_tls(jams: Running, certificate: Path, key: Path) -> Iterator[str]:
    """The web services behind something that ends TLS, as IIS does."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    behind = urlsplit(jams.url)

    def forward(request: bytes, target: socket.socket) -> bytes:
        target.sendall(request)
        parts = []
        while part := target.recv(65536):
            parts.append(part)
        return b"".join(parts)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.headers.replace_header("Connection", "close")
            head = f"{self.requestline}\r\n{self.headers.as_string()}".replace("\n", "\r\n").replace(
                "\r\r", "\r"
            )
            with socket.create_connection((behind.hostname, behind.port)) as target:
                self.wfile.write(forward(head.encode() + body, target))
            self.close_connection = True

        do_POST = do_GET

        def log_message(self, format: str, *arguments: Any) -> None:
            return

    class Secured(ThreadingHTTPServer):
        def get_request(self) -> Any:
            accepted, where = super().get_request()
            return context.wrap_socket(accepted, server_side=True, do_handshake_on_connect=False), where

        def handle_error(self, *_: Any) -> None:
            return

    server = Secured(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}/JAMS/soap"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
