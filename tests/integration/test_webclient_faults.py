"""JAMSWebClient in front of a server that loses answers, talks nonsense, or is not there."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.commandline import COMMAND, Hang, Request, Stub, environment, run, stub

SUBMITTED = {"jamsEntry": 7, "ron": 1, "resultText": "Submitted."}
SOAP_SUBMITTED = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="urn:jams:v1:types"><s:Body>'
    b'<SubmitJobResponse xmlns="urn:jams:v1:submit"><SubmitResult><t:JamsEntry>7</t:JamsEntry>'
    b"<t:Ron>1</t:Ron><t:ResultText>Submitted.</t:ResultText></SubmitResult></SubmitJobResponse></s:Body></s:Envelope>"
)
TOKEN = {"access_token": "new", "refresh_token": "newer", "expires_in": "60", "token_type": "Bearer"}


@pytest.fixture
def server() -> Iterator[Stub]:
    with stub() as found:
        yield found


@pytest.fixture
def env(tmp_path: Path, server: Stub) -> dict[str, str]:
    return environment(tmp_path, JAMS_SERVER=server.url)


def lost(_: Request) -> tuple[int, Any]:
    raise Hang


def problem_of(stderr: str) -> Any:
    return json.loads(stderr)


def test_a_submission_whose_answer_is_lost_is_repeated(server: Stub, env: dict[str, str]) -> None:
    server.replies[:] = [lost, lambda _: (502, b"<html>", "text/html"), lambda _: (200, SUBMITTED)]
    done = run("submit", "Load", "-p", "a=1", env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, "7\t1\tSubmitted.\n", "")
    assert [r.verb + " " + r.path for r in server.requests] == ["POST /JAMS/api/submit/job"] * 3
    keys = {r.headers["Idempotency-Key"] for r in server.requests}
    assert len(keys) == 1 and len(keys.pop()) == 32
    assert all(r.body == {"name": "Load", "parameters": {"a": "1"}} for r in server.requests)


def test_two_submissions_have_two_keys(server: Stub, env: dict[str, str]) -> None:
    server.answer(SUBMITTED)
    run("submit", "Load", env=env)
    run("submit", "Load", env=env)
    assert len({r.headers["Idempotency-Key"] for r in server.requests}) == 2


def test_what_has_no_key_is_not_repeated(server: Stub, env: dict[str, str]) -> None:
    server.replies[:] = [lost]
    done = run("hold", "7", env=env)
    assert done.returncode == 7 and len(server.requests) == 1
    assert "has closed the connection without an answer; whether hold was done is not known" in done.stderr
    assert "Idempotency-Key" not in server.requests[0].headers


def test_over_soap_it_is_repeated_in_the_same_way(server: Stub, env: dict[str, str]) -> None:
    server.replies[:] = [lost, lambda _: (200, SOAP_SUBMITTED, "text/xml; charset=utf-8")]
    done = run("submit", "Load", "--protocol", "soap", env=env)
    assert (done.returncode, done.stdout) == (0, "7\t1\tSubmitted.\n")
    assert len(server.requests) == 2
    assert len({r.headers["Idempotency-Key"] for r in server.requests}) == 1


@pytest.mark.parametrize("protocol", ["rest", "soap"])
@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"<html>Welcome</html>", "text/html"),
        (200, b"{not json", "application/json"),
        (200, b"<not xml", "text/xml"),
        (302, b"", "text/plain"),
        (404, b"Not Found", "text/plain"),
        (500, b'{"error": 1}', "application/json"),
        (502, b"Bad Gateway", "text/plain"),
        (204, b"", ""),
    ],
)
def test_nonsense_is_unreachable(
    server: Stub, env: dict[str, str], status: int, body: bytes, kind: str, protocol: str
) -> None:
    server.replies[:] = [lambda _: (status, body, kind)]
    done = run("jobs", "--protocol", protocol, env=env)
    if (status, protocol) == (204, "rest"):
        assert done.returncode == 0
        return
    assert done.returncode == 7 and done.stdout == ""
    assert done.stderr.startswith("jamswebclient: ") and done.stderr.count("\n") == 1
    assert "does not answer as a JAMS server does" in done.stderr


def test_what_is_no_web_server_is_unreachable(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"220 mail.example ESMTP\r\n")

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        url = f"127.0.0.1:{listener.getsockname()[1]}"
        done = run("jobs", "--server", url, env=environment(tmp_path))
        thread.join(10)
    assert done.returncode == 7 and "does not answer as a web server does" in done.stderr
    assert run("jobs", "--server", "127.0.0.1:9", env=environment(tmp_path)).returncode == 7
    assert run("jobs", "--server", "nowhere.invalid", env=environment(tmp_path)).returncode == 7


def test_tls_that_is_not_trusted_is_unreachable(tmp_path: Path, server: Stub, env: dict[str, str]) -> None:
    secure = server.url.replace("http:", "https:")
    done = run("jobs", "--server", secure, env=env)
    assert done.returncode == 7 and "does not speak TLS as it should" in done.stderr
    done = run("jobs", "--server", secure, "--ca-file", str(tmp_path / "none.pem"), env=env)
    assert done.returncode == 2 and "--ca-file" in done.stderr


def test_a_certificate_is_checked_against_the_ca_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with stub(context) as secure:
        secure.answer("Ready.")
        url = secure.url.replace("http://127.0.0.1", "https://localhost")
        env = environment(tmp_path)
        done = run("health", "--server", url, env=env)
        assert done.returncode == 7 and "shows a certificate that is not trusted" in done.stderr
        done = run("health", "--server", url, "--ca-file", str(certificate), env=env)
        assert (done.returncode, done.stdout) == (0, "Ready.\n")
        done = run(
            "health",
            "--server",
            url.replace("localhost", "127.0.0.1"),
            "--ca-file",
            str(certificate),
            env=env,
        )
        assert done.returncode == 7 and "not trusted" in done.stderr


@pytest.mark.parametrize(
    ("status", "code", "exit_code"),
    [
        (422, "InvalidArgument", 2),
        (400, "MalformedRequest", 2),
        (404, "JobNotFound", 3),
        (401, "Unauthenticated", 4),
        (403, "AccessDenied", 4),
        (409, "WrongState", 5),
        (504, "TimedOut", 6),
        (503, "ServerUnavailable", 7),
        (503, "ServerBusy", 9),
        (429, "TooManyAttempts", 9),
        (429, "SomethingNew", 9),
        (500, "InternalError", 8),
        (405, "VerbNotAllowed", 8),
        (409, "SomethingNew", 5),
        (418, "Teapot", 8),
    ],
)
def test_exit_codes(server: Stub, env: dict[str, str], status: int, code: str, exit_code: int) -> None:
    server.refuse(status, code, "It is so.\nReally.", target="x")
    done = run("hold", "7", env=env)
    assert done.returncode == exit_code
    told = "not logged in at" if status == 401 else "It is so. Really."
    assert done.stderr.startswith(f"jamswebclient: {told}") and done.stderr.count("\n") == 1
    assert problem_of(run("hold", "7", "-o", "json", env=env).stderr)["code"] == code
    line, _, verbose = run("hold", "7", "-v", env=env).stderr.partition("\n")
    assert line.startswith("jamswebclient: ") and problem_of(verbose)["target"] == "x"


def test_a_login_that_has_run_out_is_renewed_once(tmp_path: Path, server: Stub, env: dict[str, str]) -> None:
    server.answer({**TOKEN, "access_token": "old", "refresh_token": "again"})
    done = run("login", "me", env={**env, "JAMS_PASSWORD": "secret"})
    assert done.returncode == 0 and "Logged in at" in done.stdout
    assert server.requests[0].body == {"username": "me", "password": "secret"}
    refusal = {"status": 401, "code": "Unauthenticated", "detail": "The token has run out."}
    server.replies[:] = [
        lambda _: (401, refusal, "application/problem+json"),
        lambda _: (200, TOKEN),
        lambda _: (200, "Ready."),
    ]
    server.requests.clear()
    assert run("whoami", "-o", "json", env=env).stdout == '"Ready."\n'
    shown = [r.headers.get("Authorization") for r in server.requests]
    assert shown[0] == "Bearer old" and shown[2] == "Bearer new"
    assert server.requests[1].path.endswith("/authentication/login")
    assert server.requests[1].body == {"grant_Type": "refresh_token", "refresh_Token": "again"}
    kept = json.loads((tmp_path / "config" / "jamswebclient" / "logins.json").read_text())
    assert kept["servers"][server.url]["token"] == "new" and kept["servers"][server.url]["account"] == "me"


def test_a_refused_login_says_how_to_log_in(server: Stub, env: dict[str, str]) -> None:
    server.refuse(401, "Unauthenticated", "Log in first.")
    done = run("jobs", env=env)
    assert done.returncode == 4 and len(server.requests) == 1
    assert f"not logged in at {server.url} (jamswebclient login --server {server.url})" in done.stderr


def test_no_secret_is_ever_shown(server: Stub, env: dict[str, str]) -> None:
    server.answer(TOKEN)
    for form in ("table", "json", "yaml"):
        done = run("login", "me", "-v", "-o", form, env={**env, "JAMS_PASSWORD": "secret"})
        assert done.returncode == 0
        assert not any(word in done.stdout + done.stderr for word in ("secret", "new", "newer"))


def test_requests_of_one_command_share_a_connection(server: Stub, env: dict[str, str]) -> None:
    piece = {"text": "x\n", "offset": 0, "nextOffset": 2, "size": 6, "complete": False}
    server.answer(piece, {**piece, "nextOffset": 4}, {**piece, "nextOffset": 6, "complete": True})
    done = run("log", "7", env=env)
    assert done.stdout == "x\nx\nx\n"
    assert [r.path.partition("?")[2] for r in server.requests] == ["", "offset=2", "offset=4"]
    assert len({r.connection for r in server.requests}) == 1


def test_a_log_that_grows_while_it_is_read_ends(server: Stub, env: dict[str, str]) -> None:
    """Without --follow a log is read as it stood at the first piece."""
    piece = {"text": "x\n", "offset": 0, "nextOffset": 2, "size": 4, "complete": False}
    server.answer(piece, {**piece, "nextOffset": 4, "size": 100})
    assert run("log", "7", env=env).stdout == "x\nx\n"
    server.requests.clear()
    server.answer({**piece, "size": 100})
    assert run("log", "7", "--preview", env=env).stdout == "x\n"
    assert len(server.requests) == 1


def test_a_log_as_json_is_one_document(server: Stub, env: dict[str, str]) -> None:
    piece = {"text": "x\n", "offset": 0, "nextOffset": 2, "size": 4, "complete": False}
    server.answer(piece, {**piece, "offset": 2, "nextOffset": 4, "complete": True})
    found = json.loads(run("log", "7", "-o", "json", env=env).stdout)
    assert (found["text"], found["offset"], found["nextOffset"]) == ("x\nx\n", 0, 4)


def test_a_reader_that_goes_away_is_no_fault(server: Stub, env: dict[str, str]) -> None:
    server.answer([{"jobID": n, "qualifiedName": "\\" + "n" * 100} for n in range(20_000)])
    with subprocess.Popen(
        [*COMMAND, "jobs"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as client:
        assert client.stdout is not None and client.stderr is not None
        assert client.stdout.readline().startswith(b"0\t")
        client.stdout.close()
        assert client.wait(30) == 141
        assert client.stderr.read() == b""


def test_a_server_that_does_not_answer_in_time(server: Stub, env: dict[str, str]) -> None:
    release = threading.Event()

    def slow(_: Request) -> tuple[int, Any]:
        release.wait(20)
        return 200, []

    server.replies[:] = [slow]
    done = run("jobs", "--request-timeout", "0.3", env=env)
    release.set()
    assert done.returncode == 7 and "has not answered within 0.3 seconds" in done.stderr


def test_a_server_that_goes_away_while_one_waits_may_come_back(server: Stub, env: dict[str, str]) -> None:
    running = {"jamsEntry": 7, "currentState": "Executing", "finalSeverity": None, "finalStatus": None}
    ended = {**running, "currentState": "Complete", "finalSeverity": "Error", "finalStatus": "Exit 3"}
    server.replies[:] = [lambda _: (200, running), lost, lost, lambda _: (200, ended)]
    done = run("wait", "7", env=env)
    assert (done.returncode, done.stderr) == (1, "jamswebclient: entry 7 ended with Error: Exit 3\n")
    assert done.stdout.startswith("7\t")


def test_a_proxy_is_not_asked_for_this_machine(server: Stub, env: dict[str, str]) -> None:
    server.answer("Ready.")
    with stub() as proxy:
        done = run("health", env={**env, "http_proxy": proxy.url, "all_proxy": proxy.url})
        assert (done.returncode, proxy.requests) == (0, [])


def test_a_proxy_is_asked_for_other_machines(server: Stub, env: dict[str, str]) -> None:
    with stub() as proxy:
        proxy.answer("Ready.")
        done = run("health", "--server", "http://far.example/JAMS", env={**env, "http_proxy": proxy.url})
        assert (done.returncode, done.stdout) == (0, "Ready.\n")
        assert proxy.requests[0].path == "http://far.example/JAMS/api/health"


def test_a_fault_of_the_client_is_one_line(server: Stub, env: dict[str, str]) -> None:
    server.answer({"no": "state"})
    done = run("wait", "7", env=env)
    assert done.returncode == 70 and done.stderr.count("\n") == 1
    assert "a fault of its own: KeyError" in done.stderr


@pytest.mark.parametrize("options", [["-p", "a=\udced"], ["--note", "\udced"]])
@pytest.mark.parametrize("protocol", ["rest", "soap"])
def test_what_no_text_can_hold_is_refused_before_it_is_sent(
    server: Stub, env: dict[str, str], options: list[str], protocol: str
) -> None:
    done = run("submit", "Load", *options, "--protocol", protocol, env=env)
    assert (done.returncode, server.requests) == (2, [])
    assert done.stderr.startswith("jamswebclient: a text holds ")
    done = run("job", "a\udced", "--protocol", protocol, env=env)
    assert (done.returncode, server.requests) == (2, [])
