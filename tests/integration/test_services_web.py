from __future__ import annotations

import http.client
import threading

import pytest

from jams.objects.errors import ConfigurationInvalid
from jams.services.settings import Settings
from jams.services.web import WebServer

pytestmark = pytest.mark.integration

ANSWER = b"x" * (2 << 20)


LIMIT = 100_000


def application(environ, start_response):
    if int(environ.get("CONTENT_LENGTH") or 0) > LIMIT:
        start_response("413 Content Too Large", [("Content-Length", "0")])
        return []
    body = environ["wsgi.input"].read() if environ["REQUEST_METHOD"] == "POST" else ANSWER
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, web_port=0, max_request_bytes=LIMIT, threads=2, waiter_limit=1)


@pytest.fixture
def server(settings):
    made = WebServer(settings)
    made.serve(application)
    yield made
    made.stop(0.5)


def ask(port: int, verb: str = "GET", body: bytes | None = None) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(verb, "/", body)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_long_answers_come_whole_and_the_server_does_not_name_itself(server):
    answer, body = ask(server.port)
    assert body == ANSWER and answer.getheader("Server") is None


def test_a_body_within_the_limit_arrives_and_one_beyond_is_left_to_be_refused_unread(server):
    assert ask(server.port, "POST", b"y" * 100_000)[1] == b"y" * 100_000
    answer, _ = ask(server.port, "POST", b"y" * 100_001)
    assert (answer.status, answer.getheader("Connection")) == (413, "close")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.putrequest("POST", "/")
        connection.putheader("Content-Length", str(1 << 40))
        connection.endheaders()
        assert connection.getresponse().status == 413
    finally:
        connection.close()


def test_what_is_under_way_when_it_stops_is_finished(settings):
    entered, go_on, answers = threading.Event(), threading.Event(), []

    def slow(environ, start_response):
        entered.set()
        go_on.wait(30)
        return application(environ, start_response)

    server = WebServer(settings)
    server.serve(slow)
    caller = threading.Thread(target=lambda: answers.append(ask(server.port)[1]))
    caller.start()
    assert entered.wait(30)
    stopping = threading.Thread(target=server.stop, args=(20,))
    stopping.start()
    go_on.set()
    stopping.join(30)
    caller.join(30)
    assert answers == [ANSWER]
    with pytest.raises(OSError):
        ask(server.port)


def test_an_application_is_told_to_close(settings):
    class Closing:
        closed = False

        def __call__(self, environ, start_response):
            return application(environ, start_response)

        def close(self):
            self.closed = True

    closing = Closing()
    server = WebServer(settings)
    server.serve(closing)
    server.stop()
    assert closing.closed


def test_a_server_that_never_served_can_be_stopped(settings):
    WebServer(settings).stop(0.1)


def test_a_taken_port_and_a_public_address_without_tls_are_refused(server, tmp_path):
    with pytest.raises(ConfigurationInvalid, match=r"taken; give --web-port a free one, or set WebPort"):
        WebServer(Settings(home=tmp_path, web_port=server.port))
    with pytest.raises(ConfigurationInvalid, match="without TLS"):
        WebServer(Settings(home=tmp_path, web_port=0, listen_address="0.0.0.0"))
    open_to_all = Settings(home=tmp_path, web_port=0, listen_address="0.0.0.0", allow_insecure_http=True)
    WebServer(open_to_all).stop(0.1)
