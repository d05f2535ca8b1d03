"""The session's rules: what may come when, and that breaking them ends that session and nothing else.

Among them, one test each, are the known defects of protocol libraries that a server must not have.
"""

from __future__ import annotations

import struct
import uuid
from typing import Any

import pytest

from psprovider.endpoint import decoding, events
from psprovider.endpoint.clixml import EnumValue, Int64, PSObject, Version, read, write
from psprovider.endpoint.limits import Limits
from psprovider.endpoint.messages import MessageType, PipelineState
from psprovider.endpoint.protocol_errors import MessageViolation, ProtocolViolation
from psprovider.endpoint.requests import HostInfo, MetadataRequest
from psprovider.endpoint.session import Session
from psprovider.endpoint.session_settings import Settings
from tests.support.psrp_recordings import SESSION, message, packets

P1, P2, P3 = (uuid.UUID(int=number) for number in (11, 12, 13))
FIRST = [packet for packet in packets("02-plain-command") if packet[0] == "C" and packet[1] == "Data"]
CAPABILITY, INIT = (body for _, body in FIRST[0][4])
CREATE = FIRST[1][4][0][1]


class Client:
    """Sends messages to a session and reads what it answers."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.session = Session(settings)
        self._number = 0

    def send(self, kind: str, body: str, target: uuid.UUID | None = None) -> None:
        self.send_raw(message(kind, target or SESSION, body), target)

    def send_raw(self, data: bytes, target: uuid.UUID | None = None) -> None:
        self._number += 1
        self.session.receive(struct.pack(">QQBI", self._number, 0, 3, len(data)) + data, target)

    def open(self) -> Client:
        self.send("SESSION_CAPABILITY", CAPABILITY)
        self.send("INIT_RUNSPACEPOOL", INIT)
        self.session.accept()
        self.answers()
        self.session.take_events()
        return self

    def create(self, pipeline: uuid.UUID, body: str = CREATE) -> None:
        self.session.register(pipeline)
        self.send("CREATE_PIPELINE", body, pipeline)

    def answers(self) -> list[tuple[MessageType, Any]]:
        found = []
        for _, data in self.session.outbox.take():
            kind = MessageType(struct.unpack_from("<I", data, 4)[0])
            found.append((kind, read(data[40:])))
        return found

    def kinds(self) -> list[MessageType]:
        return [kind for kind, _ in self.answers()]


def capability(version: str) -> str:
    versions = {"protocolversion": version, "PSVersion": "2.0", "SerializationVersion": "1.1.0.1"}
    return write(PSObject((), {name: Version(text) for name, text in versions.items()}))


@pytest.mark.parametrize(
    ("offered", "agreed"), [("2.0", "2.0"), ("2.2", "2.2"), ("2.3", "2.3"), ("2.4", "2.4"), ("3.0", "2.4")]
)
def test_the_older_version_is_agreed_on(offered: str, agreed: str) -> None:
    client = Client()
    client.send("SESSION_CAPABILITY", capability(offered))
    [(kind, body)] = client.answers()
    assert kind is MessageType.SESSION_CAPABILITY
    assert str(body.get("protocolversion")) == agreed
    assert (str(body.get("PSVersion")), str(body.get("SerializationVersion"))) == ("2.0", "1.1.0.1")


def test_the_private_table_has_the_type_that_clients_look_for() -> None:
    client = Client()
    client.send("SESSION_CAPABILITY", CAPABILITY)
    client.send("INIT_RUNSPACEPOOL", INIT)
    client.session.accept({"More": {"Names": ["a", "b"]}})
    data = client.answers()[1][1].get("ApplicationPrivateData")
    name = "System.Management.Automation.PSPrimitiveDictionary"
    assert data.type_names[0] == data["PSVersionTable"].type_names[0] == data["More"].type_names[0] == name
    assert data["More"] == {"Names": ["a", "b"]}


def test_nothing_is_open_before_it_was_accepted() -> None:
    client = Client()
    client.send("SESSION_CAPABILITY", CAPABILITY)
    client.send("INIT_RUNSPACEPOOL", INIT)
    assert client.kinds() == [MessageType.SESSION_CAPABILITY]
    client.session.accept()
    assert client.kinds() == [MessageType.APPLICATION_PRIVATE_DATA, MessageType.RUNSPACEPOOL_STATE]


def test_opening_tells_who_the_client_is() -> None:
    client = Client()
    client.session.identity = "ann"
    client.send("SESSION_CAPABILITY", CAPABILITY)
    client.send("INIT_RUNSPACEPOOL", INIT)
    [opened] = client.session.take_events()
    assert isinstance(opened, events.PoolRequested)
    assert (opened.info.identity, str(opened.info.client_version)) == ("ann", "7.6.5")
    assert (opened.info.host.width, opened.info.host.height) == (80, 24)
    assert opened.info.host.interactive


def test_unknown_colours_do_not_matter() -> None:
    assert "-1" in INIT
    host = decoding.pool(read(INIT.replace(">-1<", ">99<").encode()), 8).host
    assert host.data[0] == 99


def test_unknown_bits_in_the_mask_of_command_types_do_not_matter() -> None:
    client = Client().open()
    client.session.register(P1)
    kinds = EnumValue("System.Management.Automation.CommandTypes", 0x7FFFFFFF, "")
    body = write(PSObject((), {"Name": ["a*"], "CommandType": kinds, "ArgumentList": None}))
    client.send("GET_COMMAND_METADATA", body, P1)
    [event] = client.session.take_events()
    assert isinstance(event, events.PipelineReady)
    assert event.request == MetadataRequest(P1, ("a*",), 0x7FFFFFFF)


def test_names_are_compared_without_case() -> None:
    client = Client().open()
    client.send("RESET_RUNSPACE_STATE", write(PSObject((), {"CI": Int64(7)})))
    [(kind, body)] = client.answers()
    assert kind is MessageType.RUNSPACE_AVAILABILITY
    assert (body.get("SetMinMaxRunspacesResponse"), body.get("ci")) == (True, 7)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("SESSION_CAPABILITY", CAPABILITY),
        ("INIT_RUNSPACEPOOL", INIT),
        ("CONNECT_RUNSPACEPOOL", ""),
        ("CREATE_PIPELINE", CREATE),
        ("PIPELINE_INPUT", "<S>a</S>"),
        ("PIPELINE_OUTPUT", "<S>a</S>"),
        ("RUNSPACEPOOL_STATE", "<S>a</S>"),
        ("PUBLIC_KEY", "<S>a</S>"),
        ("PUBLIC_KEY", write(PSObject((), {"PublicKey": "AAAA"}))),
        ("RESET_RUNSPACE_STATE", "<S>a</S>"),
        ("SET_MAX_RUNSPACES", "<Nil />"),
    ],
)
def test_an_open_session_refuses_what_has_no_place_there(kind: str, body: str) -> None:
    client = Client().open()
    with pytest.raises(ProtocolViolation):
        client.send(kind, body)


@pytest.mark.parametrize("kind", ["INIT_RUNSPACEPOOL", "PUBLIC_KEY", "GET_AVAILABLE_RUNSPACES"])
def test_nothing_comes_before_the_capability(kind: str) -> None:
    with pytest.raises(MessageViolation):
        Client().send(kind, INIT)


def test_nothing_but_the_opening_comes_after_the_capability() -> None:
    client = Client()
    client.send("SESSION_CAPABILITY", CAPABILITY)
    with pytest.raises(MessageViolation):
        client.send("GET_AVAILABLE_RUNSPACES", "")
    with pytest.raises(MessageViolation):
        client.session.register(P1)


def test_messages_of_another_pool_are_refused() -> None:
    client = Client().open()
    data = bytearray(message("RESET_RUNSPACE_STATE", SESSION, "<Nil />"))
    data[8] ^= 1
    with pytest.raises(MessageViolation):
        client.send_raw(bytes(data))


def test_messages_of_another_pipeline_are_refused() -> None:
    client = Client().open()
    client.session.register(P1)
    with pytest.raises(MessageViolation):
        client.send_raw(message("CREATE_PIPELINE", P2, CREATE), P1)


def test_a_pipeline_is_created_once_and_first() -> None:
    client = Client().open()
    client.session.register(P1)
    with pytest.raises(MessageViolation):
        client.send("PIPELINE_INPUT", "<S>a</S>", P1)
    client.send("CREATE_PIPELINE", CREATE, P1)
    with pytest.raises(MessageViolation):
        client.send("CREATE_PIPELINE", CREATE, P1)
    with pytest.raises(MessageViolation):
        client.session.register(P1)


def test_arguments_that_are_nested_too_deeply_end_their_command_alone() -> None:
    client = Client().open()
    client.create(P1, "<Obj><LST>" * 300 + "</LST></Obj>" * 300)
    ((kind, state),) = client.answers()
    assert kind is MessageType.PIPELINE_STATE and state.get("PipelineState") == PipelineState.FAILED
    client.send("PIPELINE_INPUT", "<S>a</S>", P1)
    client.create(P2)
    assert [type(event) for event in client.session.take_events()][-1] is events.PipelineReady


def test_the_number_of_pipelines_is_limited() -> None:
    client = Client(Settings(limits=Limits(commands=2))).open()
    client.session.register(P1)
    client.session.register(P2)
    with pytest.raises(MessageViolation):
        client.session.register(P3)


def test_waiting_input_is_limited() -> None:
    client = Client(Settings(limits=Limits(input=1000))).open()
    client.create(P1)
    with pytest.raises(MessageViolation):
        for _ in range(30):
            client.send("PIPELINE_INPUT", "<S>a</S>", P1)


def test_waiting_input_is_limited_for_all_pipelines_together() -> None:
    client = Client(Settings(limits=Limits(input=1000))).open()
    client.create(P1)
    client.create(P2)
    with pytest.raises(MessageViolation):
        for number in range(30):
            client.send("PIPELINE_INPUT", "<S>a</S>", (P1, P2)[number % 2])


def test_messages_for_pipelines_that_are_gone_are_dropped() -> None:
    client = Client().open()
    client.create(P1)
    client.session.finish(P1, PipelineState.COMPLETED)
    client.send("END_OF_PIPELINE_INPUT", "", P1)
    client.send("CREATE_PIPELINE", CREATE, P2)
    assert client.kinds() == [MessageType.PIPELINE_STATE]


def test_nothing_is_sent_for_a_pipeline_that_has_ended() -> None:
    client = Client().open()
    client.create(P1)
    client.session.finish(P1, PipelineState.COMPLETED)
    client.session.output(P1, "late")
    client.session.finish(P1, PipelineState.FAILED)
    assert client.kinds() == [MessageType.PIPELINE_STATE]


def _ready(client: Client) -> list[uuid.UUID]:
    found = client.session.take_events()
    return [event.request.id for event in found if isinstance(event, events.PipelineReady)]


def test_pipelines_run_one_after_another_unless_the_pool_is_larger() -> None:
    client = Client().open()
    for pipeline in (P1, P2, P3):
        client.create(pipeline)
    assert _ready(client) == [P1]
    assert client.session.stop(P2) is False
    client.session.finish(P1, PipelineState.COMPLETED)
    assert _ready(client) == [P3]


def test_a_pool_of_two_runs_two_at_once_and_can_grow() -> None:
    client = Client()
    client.send("SESSION_CAPABILITY", CAPABILITY)
    client.send("INIT_RUNSPACEPOOL", INIT.replace('"MaxRunspaces">1', '"MaxRunspaces">2'))
    for pipeline in (P1, P2, P3):
        client.create(pipeline)
    assert _ready(client) == [P1, P2]
    client.answers()
    client.send("GET_AVAILABLE_RUNSPACES", write(PSObject((), {"ci": Int64(1)})))
    client.send("SET_MAX_RUNSPACES", write(PSObject((), {"ci": Int64(2), "MaxRunspaces": 3})))
    client.send("SET_MAX_RUNSPACES", write(PSObject((), {"ci": Int64(3), "MaxRunspaces": 300})))
    client.send("SET_MIN_RUNSPACES", write(PSObject((), {"ci": Int64(4), "MinRunspaces": 2})))
    answers = [body.get("SetMinMaxRunspacesResponse") for _, body in client.answers()]
    assert answers == [0, True, False, True]
    assert _ready(client) == [P3]


def test_a_running_pool_is_not_reset() -> None:
    client = Client().open()
    client.create(P1)
    client.answers()
    client.session.take_events()
    client.send("RESET_RUNSPACE_STATE", write(PSObject((), {"ci": Int64(1)})))
    assert client.answers()[0][1].get("SetMinMaxRunspacesResponse") is False
    client.session.finish(P1, PipelineState.COMPLETED)
    client.send("RESET_RUNSPACE_STATE", write(PSObject((), {"ci": Int64(1)})))
    assert events.RunspaceReset() in client.session.take_events()


def test_null_is_an_empty_body() -> None:
    client = Client().open()
    client.create(P1)
    client.session.output(P1, None)
    [(_, data)] = client.session.outbox.take()
    assert len(data) == 40


def test_every_other_body_begins_with_a_byte_order_mark() -> None:
    client = Client().open()
    client.create(P1)
    client.session.output(P1, "a")
    [(_, data)] = client.session.outbox.take()
    assert data[40:] == b"\xef\xbb\xbf<S>a</S>"


def test_an_object_that_no_client_would_take_becomes_an_error() -> None:
    client = Client(Settings(largest_output=1000)).open()
    client.create(P1)
    client.session.output(P1, "x" * 2000)
    client.session.output(P1, "after")
    [(kind, body), (after, _)] = client.answers()
    assert (kind, body.get("FullyQualifiedErrorId")) == (MessageType.ERROR_RECORD, "ObjectTooLarge")
    assert after is MessageType.PIPELINE_OUTPUT


def test_a_pipeline_without_commands_is_still_a_request() -> None:
    request = decoding.pipeline(P1, read(CREATE.encode()), HostInfo())
    assert [command.text for command in request.statements[0]] == ["Get-Thing"]
    assert not request.has_input
    assert request.add_to_history


def test_nothing_happens_after_the_end() -> None:
    client = Client().open()
    client.session.close()
    client.send("CREATE_PIPELINE", CREATE)
    assert client.kinds() == [MessageType.RUNSPACEPOOL_STATE] * 2
    assert client.session.take_events() == [events.PoolClosed()]
