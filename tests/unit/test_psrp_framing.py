"""Fragments and lines: cut and put together in every way, damaged in every way."""

from __future__ import annotations

import contextlib
import struct
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psprovider.endpoint import messages, packets
from psprovider.endpoint.fragments import Defragmenter, Fragmenter
from psprovider.endpoint.limits import Limits
from psprovider.endpoint.packets import LineBuffer, Packet
from psprovider.endpoint.protocol_errors import FragmentViolation, MessageViolation, PacketViolation

bounded = settings(deadline=None, max_examples=60)
TARGET = uuid.UUID(int=5)


@bounded
@given(st.lists(st.binary(min_size=1, max_size=300), max_size=5), st.integers(22, 90), st.integers(1, 60))
def test_messages_survive_any_cut(whole: list[bytes], size: int, step: int) -> None:
    fragmenter, defragmenter = Fragmenter(), Defragmenter()
    stream = b"".join(fragment for message in whole for fragment in fragmenter.cut(message, size))
    found = [
        message
        for at in range(0, len(stream), step)
        for message in defragmenter.feed(TARGET, stream[at : at + step])
    ]
    assert found == whole


def test_fragments_are_never_longer_than_asked_and_numbered_through() -> None:
    fragmenter = Fragmenter()
    first = list(fragmenter.cut(b"x" * 70_000))
    second = list(fragmenter.cut(b"y"))
    assert [len(item) for item in first] == [32768, 32768, 70_000 - 2 * 32747 + 21]
    heads = [struct.unpack_from(">QQBI", item) for item in first + second]
    assert [head[:3] for head in heads] == [(1, 0, 1), (1, 1, 0), (1, 2, 2), (2, 0, 3)]


def _fragment(number: int, index: int, flags: int, part: bytes = b"ab") -> bytes:
    return struct.pack(">QQBI", number, index, flags, len(part)) + part


@pytest.mark.parametrize(
    "stream",
    [
        _fragment(0, 0, 3),
        _fragment(1, 0, 4),
        _fragment(1, 1, 3),
        _fragment(1, 0, 2),
        _fragment(1, 1, 0),
        _fragment(1, 0, 1) + _fragment(1, 2, 2),
        _fragment(1, 0, 1) + _fragment(2, 1, 2),
        _fragment(1, 0, 1) + _fragment(2, 0, 3),
        _fragment(1, 0, 1) + _fragment(2, 0, 1),
        struct.pack(">QQBI", 1, 0, 3, 600_000),
    ],
)
def test_fragments_that_break_the_rules_end_the_session(stream: bytes) -> None:
    with pytest.raises(FragmentViolation):
        list(Defragmenter().feed(None, stream))


def test_the_size_of_a_message_is_limited() -> None:
    defragmenter = Defragmenter(Limits(object=100))
    fragments = list(Fragmenter().cut(b"x" * 120, 60))
    with pytest.raises(FragmentViolation):
        list(defragmenter.feed(None, b"".join(fragments)))
    with pytest.raises(FragmentViolation):
        list(Defragmenter(Limits(object=100)).feed(None, _fragment(1, 0, 3, b"x" * 101)))


def test_the_number_of_unfinished_messages_is_limited() -> None:
    for piece in (_fragment(1, 0, 1), _fragment(1, 0, 1)[:10]):
        defragmenter = Defragmenter(Limits(open_objects=3))
        for number in range(3):
            list(defragmenter.feed(uuid.UUID(int=number + 1), piece))
        with pytest.raises(FragmentViolation):
            list(defragmenter.feed(uuid.UUID(int=9), piece))


def test_unfinished_messages_are_limited_together() -> None:
    defragmenter = Defragmenter(Limits(unfinished=1000))
    for number in range(2):
        list(defragmenter.feed(uuid.UUID(int=number + 1), _fragment(1, 0, 1, b"x" * 400)))
    with pytest.raises(FragmentViolation):
        list(defragmenter.feed(uuid.UUID(int=9), _fragment(1, 0, 1, b"x" * 400)))


def test_targets_do_not_mix_and_can_be_forgotten() -> None:
    defragmenter = Defragmenter()
    one, two = Fragmenter().cut(b"x" * 50, 60)
    assert list(defragmenter.feed(TARGET, one)) == []
    assert list(defragmenter.feed(None, _fragment(9, 0, 3))) == [b"ab"]
    assert list(defragmenter.feed(TARGET, two)) == [b"x" * 50]
    list(defragmenter.feed(TARGET, one))
    defragmenter.forget(TARGET)
    assert list(defragmenter.feed(TARGET, _fragment(9, 0, 3))) == [b"ab"]


@bounded
@given(st.binary(max_size=200))
def test_any_bytes_are_fragments_or_a_violation(data: bytes) -> None:
    with contextlib.suppress(FragmentViolation):
        list(Defragmenter().feed(None, data))


@bounded
@given(st.binary(max_size=80))
def test_any_bytes_are_a_message_or_a_violation(data: bytes) -> None:
    with contextlib.suppress(MessageViolation):
        messages.decode(data)


def test_a_message_names_its_pool_and_pipeline() -> None:
    pool = uuid.uuid4()
    header = struct.pack("<II", 2, 0x00021006) + pool.bytes_le + TARGET.bytes_le
    message = messages.decode(header + b"body")
    assert message == (messages.MessageType.CREATE_PIPELINE, pool, TARGET, b"body")
    for wrong in (header[:39], b"\1" + header[1:], header[:4] + b"\xff" + header[5:]):
        with pytest.raises(MessageViolation):
            messages.decode(wrong)


@pytest.mark.parametrize(
    ("line", "packet"),
    [
        (b"<Data Stream='Default' PSGuid='%b'>YWI=</Data>", Packet("Data", TARGET, b"ab")),
        (b"<Data PSGuid='%b' Stream='PromptResponse'>YWI=</Data>\r", Packet("Data", TARGET, b"ab", True)),
        (b'<Data Stream="Default" PSGuid="%b">YWI=</Data>', Packet("Data", TARGET, b"ab")),
        (b"<Command PSGuid='%b' />", Packet("Command", TARGET)),
        (b"<Signal PSGuid='{%b}'/>", Packet("Signal", TARGET)),
        (b"<Close PSGuid='%b'></Close>", Packet("Close", TARGET)),
    ],
)
def test_packets_are_read(line: bytes, packet: Packet) -> None:
    assert packets.parse(line % str(TARGET).encode()) == packet


def test_the_zero_identifier_is_the_session() -> None:
    assert packets.parse(b"<Close PSGuid='%b' />" % str(packets.SESSION).encode()) == Packet("Close", None)


@pytest.mark.parametrize(
    "line",
    [
        b"<DataAck PSGuid='%b' />",
        b"<Unknown PSGuid='%b' />",
        b"<Command PSGuid='%b' Stream='Default' />",
        b"<Command />",
        b"<Data PSGuid='%b'>YWI=</Data>",
        b"<Data Stream='Other' PSGuid='%b'>YWI=</Data>",
        b"<Data Stream='Default' PSGuid='%b'>???</Data>",
        b"<Data Stream='Default' PSGuid='%b'></Data>",
        b"<Data Stream='Default' PSGuid='%b' />",
        b"<Data Stream='Default' PSGuid='%b'>YWI=</Command>",
        b"<Command PSGuid='%b'>YWI=</Command>",
        b"<Command PSGuid='%bx' />",
        b"<!DOCTYPE a>",
        b"PowerShell",
    ],
)
def test_lines_that_are_no_packets_end_the_session(line: bytes) -> None:
    with pytest.raises(PacketViolation):
        packets.parse(line.replace(b"%b", str(TARGET).encode()))


@bounded
@given(st.binary(max_size=120).filter(lambda data: b"\n" not in data))
def test_any_line_is_a_packet_or_a_violation(line: bytes) -> None:
    with contextlib.suppress(PacketViolation):
        packets.parse(line)


def test_a_long_line_of_attributes_is_read_in_no_time() -> None:
    line = b"<Command " + b" " * 500_000 + b"a='" * 100_000 + b"'>"
    with pytest.raises(PacketViolation):
        packets.parse(line)


LINES = st.lists(st.binary(max_size=20).map(lambda data: data.replace(b"\n", b"")), max_size=6)


@bounded
@given(LINES, st.integers(1, 30))
def test_lines_survive_any_cut(lines: list[bytes], step: int) -> None:
    stream = b"".join(line + b"\n" for line in lines)
    buffer = LineBuffer()
    found = [line for at in range(0, len(stream), step) for line in buffer.feed(stream[at : at + step])]
    assert found == [line for line in lines if line.strip()]


def test_the_length_of_a_line_is_limited() -> None:
    buffer = LineBuffer(Limits(line=100))
    buffer.feed(b"x" * 90)
    with pytest.raises(PacketViolation):
        buffer.feed(b"x" * 20)
    with pytest.raises(PacketViolation):
        LineBuffer(Limits(line=100)).feed(b"x" * 101 + b"\n")


def test_lines_for_the_client_have_the_form_it_looks_for() -> None:
    assert packets.acknowledgement("CloseAck", None) == b"<CloseAck PSGuid='%b' />\n" % b"-".join(
        [b"0" * 8, b"0" * 4, b"0" * 4, b"0" * 4, b"0" * 12]
    )
    assert packets.data(TARGET, b"ab") == (
        b"<Data Stream='Default' PSGuid='00000000-0000-0000-0000-000000000005'>YWI=</Data>\n"
    )
