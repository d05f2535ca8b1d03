"""What WS-Management is given by clients that are odd, hurried, gone or hostile."""

from __future__ import annotations

import base64
import random
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psrpcore
import pytest
from psrpcore.types import RunspacePoolState

from jams.objects.errors import Conflict
from psprovider.transports.wsman import xpress
from psprovider.transports.wsman.faults import IS_DISCONNECTED, WSManFault
from tests.support.psrp_doors import WSManDoor, wsman_door
from tests.support.wsman import NAMES, SHELL, Answer, Hand

TIMED_OUT, NOT_FOUND = 2150858793, 2150858843
CONFIG = "http://schemas.microsoft.com/wbem/wsman/1/config"
IDENTIFY = (
    b"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:i="
    b"'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'><s:Header/><s:Body><i:Identify/>"
    b"</s:Body></s:Envelope>"
)


@pytest.fixture
def door() -> Iterator[WSManDoor]:
    with wsman_door() as found:
        yield found


@pytest.fixture
def hand(door: WSManDoor) -> Iterator[Hand]:
    with Hand(door.port) as made:
        yield made


def outputs(hand: Hand, answer: Answer) -> list[Any]:
    hand.pool.receive_data(psrpcore.PSRPPayload(answer.stream, psrpcore.StreamType.default, None))
    found = []
    while event := hand.pool.next_event():
        found.append(event)
    return found


def opened(hand: Hand, **options: str) -> Hand:
    assert hand.create(**options).status == 200
    outputs(hand, hand.receive())
    assert hand.pool.state == RunspacePoolState.Opened
    return hand


def test_anybody_may_ask_what_it_is_but_not_which_version(hand: Hand) -> None:
    anonymous = hand.post(IDENTIFY, Authorization="", WSMANIDENTIFY="unauthenticated")
    assert anonymous.status == 200
    assert b"<i:ProductVersion>0</i:ProductVersion>" in anonymous.body
    known = hand.post(IDENTIFY)
    assert re.search(rb"ProductVersion>\d+\.\d+", known.body)
    assert hand.post(b"<x/>", Authorization="", WSMANIDENTIFY="unauthenticated").status == 400


def test_nobody_is_told_to_log_in_and_an_empty_request_probes_the_login(hand: Hand) -> None:
    for header in ("", "Basic !!!", "Negotiate abc", "Basic YW5u"):
        refused = hand.post(IDENTIFY, Authorization=header)
        assert (refused.status, refused.headers["www-authenticate"]) == (401, 'Basic realm="WSMAN"')
    probe = hand.post(b"")
    assert (probe.status, probe.body) == (200, b"")


def test_who_guesses_passwords_has_to_wait(hand: Hand, door: WSManDoor) -> None:
    right = hand.authorization
    with Hand(door.port, "ann", "wrong") as guesser:
        for _ in range(21):
            assert guesser.post(b"").status == 401
    refused = hand.post(b"", Authorization=right)
    assert (refused.status, refused.body) == (429, b"")
    assert int(refused.headers["retry-after"]) >= 1


def test_other_paths_and_verbs_are_refused(hand: Hand) -> None:
    assert hand.post(b"", path="/other").status == 404
    assert hand.post(b"", path="/wsman?PSVersion=7.6.5").status == 200
    hand._connection.request("GET", "/wsman")
    answer = hand._connection.getresponse()
    answer.read()
    assert answer.status == 405


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"], ids=lambda name: name
)
def test_bodies_come_in_utf8_and_utf16(hand: Hand, encoding: str) -> None:
    text = '<?xml version="1.0"?>' + hand.envelope(f"{NAMES['x']}/Get", resource=CONFIG, shell=None)
    charset = {"utf-16-le": "UTF-16", "utf-16-be": "utf-16be"}.get(encoding, "utf-8")
    answer = hand.post(text.encode(encoding), f"application/soap+xml;charset={charset}")
    assert answer.status == 200
    assert b"<cfg:MaxEnvelopeSizekb>500<" in answer.body


@pytest.mark.parametrize(
    "body",
    [
        b"not xml",
        b"<a/>",
        b"\xff\xfea",
        b"\x80\x81",
        b"<!DOCTYPE s [<!ENTITY a 'b'>]><s>&a;</s>",
        b"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'/>",
        b"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Header/><s:Body/></s:Envelope>",
        b"<a>" * 100_000,
    ],
    ids=["text", "root", "half", "encoding", "doctype", "empty", "headers", "deep"],
)
def test_what_is_no_request_is_a_fault(hand: Hand, body: bytes) -> None:
    answer = hand.post(body)
    assert (answer.status, answer.subcode) == (400, "w:SchemaValidationError")


def test_a_request_that_is_too_long_is_not_read(door: WSManDoor) -> None:
    with Hand(door.port) as hand:
        assert hand.post(b" " * (2 << 20)).status == 413
    with Hand(door.port) as other:
        assert other.post(b"").status == 200


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_envelope_is_as_long_as_the_server_says_at_most(hand: Hand, encoding: str) -> None:
    whole = hand.envelope(f"{NAMES['x']}/Get", "<x/>", CONFIG, None)
    longest = whole.replace("<x/>", " " * (512_000 - len(whole) + len("<x/>")))
    assert len(longest) == 512_000
    kind = f"application/soap+xml;charset={encoding}"
    assert hand.post(longest.encode(encoding), kind).status == 200
    answer = hand.post(longest.replace("</s:Body>", " </s:Body>").encode(encoding), kind)
    assert (answer.status, answer.subcode) == (400, "w:EncodingLimit")


def test_unknown_actions_headers_and_resources_are_faults(hand: Hand) -> None:
    assert hand.ask("Dance").subcode == "a:ActionNotSupported"
    strange = hand.ask("Receive", header='<x:Odd s:mustUnderstand="true"/>')
    assert b"s:MustUnderstand" in strange.body
    assert strange.find("a:RelatesTo") is not None
    assert hand.ask("Receive", header='<x:Odd s:mustUnderstand="false"/>').code == NOT_FOUND
    unknown = hand.create(resource="http://schemas.microsoft.com/powershell/Other")
    assert (unknown.subcode, unknown.code) == ("w:InvalidResourceURI", 2150858811)
    small = hand.ask("Receive", header="<w:MaxEnvelopeSize>500</w:MaxEnvelopeSize>")
    assert small.subcode == "w:EncodingLimit"


def test_an_answer_repeats_the_message_id_to_the_letter(hand: Hand) -> None:
    text = hand.envelope(f"{NAMES['x']}/Get", resource=CONFIG, shell=None)
    number = re.search("MessageID>(.*?)<", text)
    assert number is not None
    odd = text.replace(number[1], "uuid:Some &amp; Case")
    assert hand.post(odd.encode()).text("a:RelatesTo") == "uuid:Some & Case"


def test_what_is_told_of_a_shell_has_the_form_that_clients_parse(hand: Hand) -> None:
    answer = hand.create(idle="PT4294967.295S")
    assert answer.text("rsp:IdleTimeOut") == "PT7200.000S"
    assert answer.text("rsp:MaxIdleTimeOut") == "PT43200.000S"
    assert (answer.text("rsp:Name"), answer.text("rsp:Owner")) == ("JAMS", "ann")
    assert answer.text("rsp:State") == "Connected"
    assert answer.text("w:Selector") == hand.shell
    assert hand.ask(f"{NAMES['x']}/Get").text("rsp:ShellId") == hand.shell
    listed = hand.ask(f"{NAMES['n']}/Enumerate", "<n:Enumerate/>", SHELL, None)
    assert [item.text for item in listed.root.iterfind(".//rsp:ShellId", NAMES)] == [hand.shell]
    assert hand.create().subcode == "w:AlreadyExists"


def test_idle_times_have_bounds(hand: Hand) -> None:
    assert hand.create(idle="PT1S").text("rsp:IdleTimeOut") == "PT60.000S"
    hand.ask("Disconnect", "<rsp:Disconnect><rsp:IdleTimeOut>P30D</rsp:IdleTimeOut></rsp:Disconnect>")
    assert hand.ask(f"{NAMES['x']}/Get").text("rsp:IdleTimeOut") == "PT43200.000S"


def test_a_command_runs_and_is_freed(hand: Hand) -> None:
    opened(hand)
    command = hand.command("Get-Thing", Count=2)
    seen: list[Any] = []
    answer = hand.receive(command)
    seen += outputs(hand, answer)
    while answer.find("rsp:CommandState").get("State") != f"{SHELL}/CommandState/Done":
        answer = hand.receive(command)
        seen += outputs(hand, answer)
    assert answer.text("rsp:ExitCode") == "0"
    assert sum(isinstance(event, psrpcore.PipelineOutputEvent) for event in seen) == 2
    for _ in range(2):
        assert hand.signal(command, f"{SHELL}/signal/Terminate").status == 200
    assert hand.receive(command).code == NOT_FOUND


def test_a_receive_without_news_times_out_and_can_be_asked_again(hand: Hand) -> None:
    opened(hand)
    answer = hand.receive(header="<w:OperationTimeout>PT0.3S</w:OperationTimeout>")
    assert (answer.status, answer.subcode, answer.code) == (500, "w:TimedOut", TIMED_OUT)


def test_a_stop_is_answered_after_the_receive_that_tells_of_it(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    command = hand.command("Get-Echo", has_input=True)
    order: list[str] = []
    with ThreadPoolExecutor(1) as pool, Hand(door.port) as other:
        other.shell = hand.shell

        def listen() -> Answer:
            found = other.receive(command)
            order.append("state")
            return found

        waiting = pool.submit(listen)
        until_parked(door, 1)
        assert hand.signal(command, "http://schemas.microsoft.com/powershell/signal/crtl_c").status == 200
        order.append("signal")
        state = waiting.result(20)
    assert order == ["state", "signal"]
    assert any(
        isinstance(event, psrpcore.PipelineStateEvent) and event.state.name == "Stopped"
        for event in outputs(hand, state)
    )


def until_parked(door: WSManDoor, count: int) -> None:
    """Wait until so many Receives are parked."""
    moment = threading.Event()
    for _ in range(400):
        shells = door.listener._service.shells.of("ann")
        if sum(len(shell._parked) for shell in shells) == count:
            return
        moment.wait(0.02)
    raise AssertionError("no Receive was parked")


def test_a_newer_receive_takes_the_place_of_an_older_one(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    with ThreadPoolExecutor(2) as pool, Hand(door.port) as first, Hand(door.port) as second:
        first.shell = second.shell = hand.shell
        older = pool.submit(first.receive)
        until_parked(door, 1)
        newer = pool.submit(second.receive)
        assert older.result(20).subcode == "w:Concurrency"
        until_parked(door, 1)
        hand.delete()
        assert newer.result(20).status == 200


def test_output_is_not_given_to_a_client_that_has_hung_up(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    command = hand.command("Get-Echo", has_input=True)
    lost = Hand(door.port)
    lost.shell = hand.shell
    lost._connection.request(
        "POST",
        "/wsman",
        lost.envelope(
            "Receive",
            f'<rsp:Receive><rsp:DesiredStream CommandId="{command}">stdout</rsp:DesiredStream></rsp:Receive>',
        ),
        {"Authorization": lost.authorization, "Content-Type": "application/soap+xml"},
    )
    until_parked(door, 1)
    lost._connection.close()
    until_parked(door, 0)
    hand.signal(command, "http://schemas.microsoft.com/powershell/signal/ctrl_c")
    assert outputs(hand, hand.receive(command))


def test_disconnecting_ends_parked_receives_first(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    with ThreadPoolExecutor(1) as pool, Hand(door.port) as other:
        other.shell = hand.shell
        waiting = pool.submit(other.receive)
        until_parked(door, 1)
        assert hand.ask("Disconnect", "<rsp:Disconnect/>").status == 200
        assert waiting.result(20).code == 2150859230
    assert hand.receive().code == 2150859204
    assert hand.ask("Reconnect").status == 200
    assert hand.ask("Reconnect").status == 200
    other_client = (
        "<p:SessionId xmlns:p='http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd'>u:2</p:SessionId>"
    )
    assert hand.ask("Reconnect", header=other_client).subcode == "w:InternalError"


def test_deleting_tells_the_parked_receive(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    slow = hand.command("Invoke-Slow", Seconds=1000)
    hand.receive(slow)
    with ThreadPoolExecutor(1) as pool, Hand(door.port) as other:
        other.shell = hand.shell
        waiting = pool.submit(other.receive)
        until_parked(door, 1)
        assert hand.delete().status == 200
        outputs(hand, waiting.result(20))
    assert hand.pool.state == RunspacePoolState.Closed
    assert hand.receive().code == NOT_FOUND
    assert door.people.inside == []


def test_packed_data_is_taken_and_given(hand: Hand) -> None:
    packed = '<rsp:CompressionType s:mustUnderstand="true">xpress</rsp:CompressionType>'
    answer = hand.create(header=packed)
    assert answer.text("rsp:CompressionMode") == "XpressCompression"
    first = hand.receive()
    plain = xpress.unpack(first.stream, 1 << 20)
    assert xpress.store(plain) == first.stream
    hand.pool.receive_data(psrpcore.PSRPPayload(plain, psrpcore.StreamType.default, None))
    assert [type(hand.pool.next_event()).__name__ for _ in range(3)][-1] == "RunspacePoolStateEvent"
    command = hand.command("Get-Echo", has_input=True)
    hand.pool.pipeline_table[next(iter(hand.pool.pipeline_table))].send_eof()
    data = xpress.store(base64.b64decode(hand.outgoing()))
    sent = hand.ask(
        "Send",
        f'<rsp:Send><rsp:Stream Name="stdin" CommandId="{command}">{base64.b64encode(data).decode()}'
        "</rsp:Stream></rsp:Send>",
    )
    assert sent.status == 200
    done = hand.receive(command)
    assert done.find("rsp:CommandState").get("State").endswith("/Done")
    broken = hand.ask(
        "Send",
        f'<rsp:Send><rsp:Stream Name="stdin" CommandId="{command}">AAAA</rsp:Stream></rsp:Send>',
    )
    assert broken.subcode == "w:SchemaValidationError"


def test_a_session_that_breaks_the_protocol_ends_alone(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    with Hand(door.port) as good:
        opened(good)
        bad = hand.ask(
            "Send",
            '<rsp:Send><rsp:Stream Name="stdin">AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</rsp:Stream></rsp:Send>',
        )
        assert bad.subcode == "w:InternalError"
        assert hand.receive().code == NOT_FOUND
        assert good.command("Get-Thing")
    assert door.people.inside == ["ann"]


def test_a_shell_that_cannot_be_made_leaves_nobody_behind(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    with Hand(door.port) as again:
        again.shell = hand.shell
        assert again.create().subcode == "w:AlreadyExists"
    assert door.people.inside == ["ann"]
    door.listener._service.shells.close()
    with Hand(door.port) as late:
        assert "is stopping" in (late.create().text("s:Text") or "")
    assert door.people.inside == []


def test_of_two_clients_that_come_for_a_shell_one_is_too_late(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    assert hand.ask("Disconnect", "<rsp:Disconnect/>").status == 200
    [shell] = door.listener._service.shells.of("ann")
    shell.act(lambda session: session.reconnect())
    with pytest.raises(Conflict, match="connected to another client"):
        shell.act(lambda session: session.reconnect())
    opening = "<rsp:Connect><ps:connectXml>AAAA</ps:connectXml></rsp:Connect>"
    answer = hand.ask("Connect", opening)
    assert "connected to another client" in (answer.text("s:Text") or "")


def test_no_receive_is_parked_in_a_shell_that_was_disconnected_meanwhile(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    [shell] = door.listener._service.shells.of("ann")
    shell.disconnect()
    with pytest.raises(WSManFault) as refused:
        shell.park(None)
    assert refused.value.code == IS_DISCONNECTED
    assert shell.inactive > 0


def test_stopping_the_server_ends_everything() -> None:
    with wsman_door() as door, Hand(door.port) as hand, ThreadPoolExecutor(1) as pool:
        opened(hand)
        hand.command("Invoke-Slow", Seconds=1000)
        waiting = pool.submit(hand.receive)
        until_parked(door, 1)
        door.listener.stop()
        assert waiting.exception(20) is not None or waiting.result().status in (200, 500)
        assert door.people.inside == []


def test_mangled_requests_are_answered_and_cost_nobody_else(hand: Hand, door: WSManDoor) -> None:
    opened(hand)
    dice = random.Random(20261124)
    whole = [
        hand.envelope("Receive", "<rsp:Receive><rsp:DesiredStream>stdout</rsp:DesiredStream></rsp:Receive>"),
        hand.envelope("Signal", '<rsp:Signal CommandId="x"><rsp:Code>terminate</rsp:Code></rsp:Signal>'),
        hand.envelope("Connect", "<rsp:Connect><ps:connectXml>AAAA</ps:connectXml></rsp:Connect>"),
        hand.envelope("Command", "<rsp:CommandLine><rsp:Arguments>AAAA</rsp:Arguments></rsp:CommandLine>"),
    ]
    with Hand(door.port) as hostile:
        for _ in range(300):
            body = bytearray(dice.choice(whole).replace("PT20S", "PT0.2S").encode())
            for _ in range(dice.randint(1, 8)):
                at = dice.randrange(len(body))
                match dice.randrange(3):
                    case 0:
                        body[at] = dice.randrange(256)
                    case 1:
                        del body[at : at + dice.randrange(40)]
                    case _:
                        body[at:at] = body[at : at + dice.randrange(60)]
            assert hostile.post(bytes(body)).status in (200, 400, 500)
    with Hand(door.port) as fresh:
        assert fresh.create().status == 200
