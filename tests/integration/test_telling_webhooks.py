"""Web hooks of the outbox, posted to a real server over HTTPS."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from jams.objects.tellings import OutboxState, TellingWay
from jams.security.certificates import make_certificate
from jams.security.credentials import Logon
from jams.telling.sender import Sender
from jams.telling.webhooks import WebHookChannel, is_private
from tests.support.mailbox import PASSWORD, lying, post, settings
from tests.support.schedule import Desk, desk


class Taker(ThreadingHTTPServer):
    """Takes web hooks, and answers as it is told."""

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []

    @property
    def address(self) -> str:
        return f"https://localhost:{self.server_address[1]}/hook?token=secret-path"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that does not trust the certificate breaks off."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Taker)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("Content-Length", "0")
        self.send_header("Location", "https://localhost/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        yield made


@pytest.fixture
def taker(d: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Taker]:
    made = make_certificate(tmp_path / "tls", ["localhost"])
    monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
    settings(d, WebHookPrivateAddresses="True")
    with Taker(made.certificate) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def look(d: Desk, **options: Any) -> None:
    channel = WebHookChannel(d.database, lambda c, name: Logon("hook", PASSWORD), "jams-test", **options)
    Sender(d.database, channel).look()


def hook(d: Desk, address: str, **telling: Any) -> None:
    post(d, ["localhost"], way=TellingWay.WEB_HOOK, address=address, **telling)


def test_a_web_hook_is_told_once_and_signed(d: Desk, taker: Taker) -> None:
    hook(d, taker.address, credential="Hook")
    look(d)
    look(d)
    ((heads, body),) = taker.taken
    told = json.loads(body)
    assert (told["type"], told["data"]["jamsEntry"], told["data"]["finalSeverity"]) == (
        "entry.ended",
        1,
        "Error",
    )
    assert heads["webhook-id"] == heads["idempotency-key"] == "key1"
    signed = f"key1.{heads['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(PASSWORD.encode(), signed, hashlib.sha256).digest()).decode()
    assert heads["webhook-signature"] == f"v1,{expected}"
    (item,) = lying(d)
    assert item.state is OutboxState.SENT and "secret-path" not in str(item)


def test_values_stay_values_in_a_body_of_ones_own(d: Desk, taker: Taker) -> None:
    hook(d, taker.address, body='{"text": {{ message|json }}, "job": "{{ path|json }}"}')
    look(d)
    assert taker.taken[0][1].startswith(b'{"text": "Entry 1 has ended with Error: exit code 1", "job": ')


@pytest.mark.parametrize("code", [503, 429, 302])
def test_what_fails_for_now_is_tried_later_under_the_same_key(d: Desk, taker: Taker, code: int) -> None:
    taker.answers = [code]
    hook(d, taker.address)
    look(d)
    (item,) = lying(d)
    assert item.state is OutboxState.WAITING and str(code) in (item.last_error or "")
    assert item.next_try_utc is not None and item.next_try_utc > item.created_utc
    assert len(taker.taken) == 1


def test_what_is_refused_is_kept(d: Desk, taker: Taker) -> None:
    taker.answers = [404]
    hook(d, taker.address)
    look(d)
    assert lying(d)[0].state is OutboxState.FAILED


def test_whose_certificate_does_not_hold_is_told_nothing(
    d: Desk, taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    hook(d, taker.address)
    look(d)
    (item,) = lying(d)
    assert not taker.taken and "CERTIFICATE_VERIFY_FAILED" in (item.last_error or "")


def test_hosts_of_private_networks_are_told_nothing_unless_it_is_allowed(d: Desk, taker: Taker) -> None:
    settings(d, WebHookPrivateAddresses="False")
    hook(d, taker.address)
    look(d)
    (item,) = lying(d)
    assert not taker.taken and item.state is OutboxState.FAILED
    assert "private network" in (item.last_error or "")


def test_a_name_that_is_looked_up_again_leads_nowhere_else(d: Desk, taker: Taker) -> None:
    """It is looked up once: what was checked is what is connected to."""
    settings(d, WebHookPrivateAddresses="False")
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.0.0.9" if len(asked) == 1 else "127.0.0.1"]

    hook(d, f"https://rebinds.example:{taker.server_address[1]}/")
    channel = WebHookChannel(d.database, lambda c, name: Logon("x", "y"), "jams-test", rebinding)
    with pytest.MonkeyPatch.context() as patched:
        connected: list[Any] = []

        def connect(address: Any, timeout: float) -> Any:
            connected.append(address)
            raise OSError("no way")

        patched.setattr("jams.telling.webhooks.socket.create_connection", connect)
        Sender(d.database, channel).look()
    assert asked == ["rebinds.example"] and connected[0][0] == "192.0.0.9" and not taker.taken


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "64:ff9b::a00:1",
     "fd00::1", "0.0.0.0", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_what_leads_into_a_private_network_is_known(address: str) -> None:
    assert is_private(address) and not is_private("93.184.216.34")


@pytest.mark.parametrize(
    "address", ["http://example.org/", "https://u:p@example.org/", "ftp://x", "https://"]
)
def test_what_is_no_address_of_a_web_hook_fails(d: Desk, address: str) -> None:
    hook(d, address)
    look(d)
    assert lying(d)[0].state is OutboxState.FAILED
