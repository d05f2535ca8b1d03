from __future__ import annotations

import threading
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import grpc
import msgspec
import pytest
from msgspec.structs import replace

from jams.client.wire import WireConnection
from jams.objects.definitions import Job
from jams.objects.enums import EntryState
from jams.objects.errors import (
    AccessDenied,
    ConfigurationInvalid,
    Conflict,
    EntryNotFound,
    InternalError,
    InvalidArgument,
    JAMSError,
    MalformedRequest,
    RequestTooLarge,
    RouteNotFound,
    ServerBusy,
    ServerUnavailable,
    Unauthenticated,
)
from jams.objects.patch import members_named, patch_of
from jams.objects.preconditions import ALWAYS, Precondition
from jams.objects.schedule import Comment, Entry
from jams.operations import CATALOGUE
from jams.security.caller import NOBODY, Credentials
from jams.server.wire import WireServer, WireSettings
from jams.wire.authorization import authorization, credentials_from
from jams.wire.protocol import METHOD, WAITING_METHOD, CallAnswer, CallRequest

pytestmark = pytest.mark.integration


class Recorder:
    """Stands where a dispatcher stands; answers with what it is told to."""

    def __init__(self) -> None:
        self.calls = []
        self.conditions = []
        self.admissions = []
        self.answer = "done"

    def call(self, operation, arguments, *, credentials, door, retry_key, condition, total=False):
        self.conditions.append(condition)
        self.calls.append((operation.name, dict(arguments), credentials, door, retry_key))
        answer = self.answer
        if isinstance(answer, BaseException):
            raise answer
        return answer() if callable(answer) else answer

    def admit(self, operation, *, credentials, door):
        self.admissions.append((operation.name, credentials, door))
        if isinstance(self.answer, BaseException):
            raise self.answer

    def standing(self, operation, *, credentials, door):
        return None

    def call_later(self, operation, arguments, *, credentials, door):
        future = Future()
        future.set_result(
            self.call(
                operation, arguments, credentials=credentials, door=door, retry_key=None, condition=ALWAYS
            )
        )
        return future


@pytest.fixture
def target():
    return Recorder()


@pytest.fixture
def server(target):
    serving = WireServer(target, WireSettings(max_bytes=100_000, threads=2))
    serving.start()
    yield serving
    serving.stop(0)


@pytest.fixture
def connection(server):
    made = WireConnection("127.0.0.1", server.port)
    yield made
    made.close()


def hold(connection, **more):
    return connection.call(CATALOGUE["hold_entry"], {"id": 5, "body": Comment(comment="naïve 漢字")}, **more)


def test_a_call_arrives_as_it_was_made(target, connection):
    answer = hold(connection, credentials=Credentials(token="abc"), door="SOAP", retry_key="k1")
    assert answer == "done"
    assert target.calls == [
        (
            "hold_entry",
            {"id": 5, "body": Comment(comment="naïve 漢字")},
            Credentials(token="abc", origin="127.0.0.1"),
            "SOAP via wire",
            "k1",
        )
    ]


@pytest.mark.parametrize(
    "credentials",
    [NOBODY, Credentials(token="t" * 43), Credentials(username="änna", password="pass:wörd")],
)
def test_credentials_survive_the_journey(target, connection, credentials):
    hold(connection, credentials=credentials)
    assert target.calls[0][2] == replace(credentials, origin="127.0.0.1")
    hold(connection, credentials=replace(credentials, origin="10.0.0.7"))
    assert target.calls[1][2].origin == "10.0.0.7 via 127.0.0.1"


@pytest.mark.parametrize(
    "condition", [ALWAYS, Precondition(versions=frozenset({3, 9}), other_than=frozenset({4}), exists=True)]
)
def test_what_is_demanded_survives_the_journey(target, connection, condition):
    hold(connection, condition=condition)
    assert target.conditions == [condition]


def test_what_a_patch_does_not_say_is_not_said_at_the_other_end(target, connection):
    said = patch_of(Job)(source=None, description="x")
    connection.call(CATALOGUE["change_job"], {"id": 5, "job": said})
    arrived = target.calls[0][1]["job"]
    assert members_named(arrived) == {"source": None, "description": "x"}


def test_documents_and_times_come_back_whole(target, connection):
    entry = Entry(
        jams_entry=5,
        ron=7,
        job_name="Load",
        display_name="Load",
        name="Load",
        current_state=EntryState.EXECUTING,
        job_id=3,
        parent_folder_id=1,
        folder_name="\\",
        start_time_utc=datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC),
    )
    target.answer = [entry]
    assert connection.call(CATALOGUE["find_entries"], {"state": [EntryState.EXECUTING]}) == [entry]
    after = datetime(2026, 11, 24, 12, tzinfo=UTC) + timedelta(microseconds=1)
    connection.call(CATALOGUE["find_entries"], {"after": after})
    assert target.calls[1][1]["after"] == after


@pytest.mark.parametrize(
    "error",
    [
        EntryNotFound("There is no entry 5.", target=5),
        InvalidArgument("No.", member="comment"),
        Conflict("No.", target="x", member="y"),
    ],
)
def test_errors_are_raised_here_as_they_were_raised_there(target, connection, error):
    target.answer = error
    with pytest.raises(type(error)) as raised:
        hold(connection)
    assert raised.value.document() == error.document()


def test_a_fault_of_the_server_tells_the_caller_nothing(target, connection, caplog):
    target.answer = RuntimeError("secret detail")
    with pytest.raises(InternalError) as raised:
        hold(connection)
    assert "secret" not in raised.value.message
    assert "secret detail" in caplog.text


def test_a_server_that_is_not_there_is_unavailable(server, connection):
    server.stop(0)
    with pytest.raises(ServerUnavailable, match="cannot be reached"):
        hold(connection)


def test_a_connection_finds_the_server_again_after_a_restart(target, server, connection):
    hold(connection)
    server.stop(0)
    with pytest.raises(ServerUnavailable):
        hold(connection)
    again = WireServer(target, WireSettings(ports=(server.port,)))
    again.start()
    try:
        grpc.channel_ready_future(connection._channel).result(timeout=30)
        assert hold(connection) == "done"
    finally:
        again.stop(0)


def test_a_closed_connection_says_so(connection):
    connection.close()
    with pytest.raises(ServerUnavailable):
        hold(connection)


def test_an_answer_that_does_not_come_in_time_is_no_hang(target, server):
    release = threading.Event()
    target.answer = lambda: release.wait(20)
    impatient = WireConnection("127.0.0.1", server.port, timeout=0.3)
    try:
        with pytest.raises(ServerUnavailable, match="not answered within"):
            hold(impatient)
    finally:
        release.set()
        impatient.close()


def test_a_wait_is_given_its_time_and_never_more_than_the_caller_has(target, server, connection):
    target.answer = None
    waiting = CATALOGUE["wait_for_entry"]
    target.answer = EntryNotFound("no")
    with pytest.raises(EntryNotFound):
        connection.call(waiting, {"id": 1, "timeout": 45.0})
    assert target.calls[0][1]["timeout"] == 45.0
    request = msgspec.msgpack.encode(
        CallRequest(
            operation="wait_for_entry",
            arguments=msgspec.Raw(msgspec.msgpack.encode({"id": 1, "timeout": 900.0})),
        )
    )
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        channel.unary_unary(WAITING_METHOD)(request, timeout=10)
        channel.unary_unary(METHOD)(request, timeout=10)
    assert 0 < target.calls[1][1]["timeout"] < 10
    assert target.calls[2][1]["timeout"] == 0, "by the method that holds a thread nobody waits"


def test_a_request_that_is_too_long_is_refused(connection, target):
    with pytest.raises(RequestTooLarge):
        connection.call(CATALOGUE["create_job"], {"job": Job(job_name="j", source="x" * 200_000)})
    assert target.calls == []


def test_more_calls_than_the_server_takes_are_told_to_come_again(target):
    release, entered = threading.Event(), threading.Semaphore(0)

    def slow():
        entered.release()
        release.wait(30)
        return "done"

    target.answer = slow
    serving = WireServer(target, WireSettings(threads=1))
    serving.start()
    connection = WireConnection("127.0.0.1", serving.port)
    refused = []

    def one():
        try:
            hold(connection)
        except ServerBusy as error:
            refused.append(error)
            release.set()

    callers = [threading.Thread(target=one) for _ in range(12)]
    try:
        for caller in callers:
            caller.start()
        assert entered.acquire(timeout=30)
        assert release.wait(30)
    finally:
        release.set()
        for caller in callers:
            caller.join()
        connection.close()
        serving.stop(0)
    assert refused


def raw(server, request: bytes, metadata=None) -> CallAnswer:
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        encoded = channel.unary_unary(METHOD)(request, timeout=10, metadata=metadata)
    return msgspec.msgpack.decode(encoded, type=CallAnswer)


def encoded(operation="hold_entry", arguments=None, **more) -> bytes:
    return msgspec.msgpack.encode({"operation": operation, "arguments": arguments or {"id": 1}, **more})


@pytest.mark.parametrize(
    ("request_bytes", "code"),
    [
        (b"", "MalformedRequest"),
        (b"\xc1\xff", "MalformedRequest"),
        (encoded(door="x" * 40), "MalformedRequest"),
        (encoded(door="SOAP\nroot"), "MalformedRequest"),
        (encoded(retry_key="k" * 300), "MalformedRequest"),
        (encoded("fly_away"), "RouteNotFound"),
        (encoded(arguments={"id": "one"}), "InvalidArgument"),
        (encoded(arguments={"id": 0}), "InvalidArgument"),
        (encoded(arguments={"id": 1, "more": 2}), "InvalidArgument"),
        (encoded(arguments={"comment": "x"}), "InvalidArgument"),
    ],
)
def test_rubbish_is_answered_with_a_clear_error_and_reaches_nothing(server, target, request_bytes, code):
    answer = raw(server, request_bytes)
    assert answer.error is not None and answer.error.code == code
    assert target.calls == []


def test_who_may_not_call_hears_nothing_of_his_arguments(server, target):
    target.answer = AccessDenied("You lack the right Monitor.Manage.")
    answer = raw(server, encoded(arguments={"id": "one"}), [("authorization", "Bearer t")])
    assert answer.error.code == "AccessDenied" and target.calls == []
    known = Credentials(token="t", origin="127.0.0.1")
    assert target.admissions == [("hold_entry", known, "library via wire")]


def test_whether_somebody_may_call_is_asked_without_arguments(target, connection):
    shown = Credentials(token="abc", origin="10.0.0.7")
    connection.admit(CATALOGUE["hold_entry"], credentials=shown, door="SOAP")
    seen = replace(shown, origin="10.0.0.7 via 127.0.0.1")
    assert target.admissions == [("hold_entry", seen, "SOAP via wire")] and target.calls == []
    target.answer = Unauthenticated("Log in first.")
    with pytest.raises(Unauthenticated):
        connection.admit(CATALOGUE["hold_entry"], credentials=shown, door="SOAP")


def test_an_authorization_that_cannot_be_read_is_refused(server, target):
    answer = raw(server, encoded(), [("authorization", "Digest abc")])
    assert answer.error.code == "Unauthenticated"
    assert target.calls == []


@pytest.mark.parametrize("header", ["Bearer", "Bearer  ", "Basic !!!", "Basic YWJj", "Basic OnB3", "x"])
def test_headers_that_are_none(header):
    with pytest.raises(Unauthenticated) as raised:
        credentials_from(header)
    assert header.split()[-1] not in raised.value.message or header in ("Bearer", "x", "Bearer  ")


def test_a_token_with_a_line_break_never_leaves():
    with pytest.raises(MalformedRequest):
        authorization(Credentials(token="a\r\nx: y"))


def test_plain_wire_beyond_this_machine_is_refused_on_both_sides(target):
    with pytest.raises(ConfigurationInvalid, match="without TLS"):
        WireServer(target, WireSettings(address="0.0.0.0"))
    with pytest.raises(ConfigurationInvalid, match="without TLS"):
        WireConnection("jams.example.com", 773)
    WireConnection("jams.example.com", 773, allow_plain=True).close()


def test_a_port_that_is_taken_is_one_clear_sentence(target, server):
    with pytest.raises(ConfigurationInvalid, match=r"taken.*ServerPort"):
        WireServer(target, WireSettings(ports=(server.port,)))


def test_unknown_errors_of_a_newer_server_keep_their_kind():
    document = msgspec.structs.replace(RouteNotFound("x").document(), code="BrandNew")
    from jams.objects.errors import from_document

    error = from_document(document)
    assert isinstance(error, JAMSError) and error.code == "BrandNew" and error.kind is document.kind


def test_nobody_is_refused_by_the_real_dispatcher_over_the_wire():
    from jams.server.dispatch import Dispatcher

    refused = []
    services = SimpleNamespace(refusals=SimpleNamespace(note=refused.append))
    serving = WireServer(Dispatcher(services), WireSettings())
    serving.start()
    connection = WireConnection("127.0.0.1", serving.port)
    try:
        with pytest.raises(Unauthenticated):
            hold(connection)
        assert [(each.operation, each.origin) for each in refused] == [("hold_entry", "127.0.0.1")]
    finally:
        connection.close()
        serving.stop(0)


def test_without_a_port_given_a_privileged_one_is_replaced_by_the_documented_one(monkeypatch, caplog, target):
    import errno

    from jams.server import wire

    real = wire.listening_socket

    def unprivileged(address, port):
        if port == 773:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(address, 0)

    monkeypatch.setattr(wire, "listening_socket", unprivileged)
    assert wire._openable("127.0.0.1", (773, 7730)) == 7730
    assert "773" in caplog.text and "7730" in caplog.text
    with pytest.raises(ConfigurationInvalid, match=r"773 is privileged.*above 1023"):
        wire._openable("127.0.0.1", (773,))
