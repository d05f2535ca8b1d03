"""Whole conversations damaged in every way: a session ends by itself or goes on, and nothing else happens."""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from psprovider.endpoint.connection import PipeConnection
from psprovider.endpoint.engine import Host, Outcome, Streams
from psprovider.endpoint.requests import MetadataRequest, PipelineRequest, SessionInfo
from tests.support.psrp_recordings import SESSION, Sender, packets, target_id

_DATA = re.compile(rb">([^<]+)<")


class Echo:
    """Commands that answer with what they were called, and never wait."""

    private_data: Mapping[str, Any] = {}

    def open(self, session: SessionInfo) -> Echo:
        return self

    def run(self, request: PipelineRequest, number: int, host: Host, streams: Streams) -> None:
        streams.write(request.command_names)

    def describe(self, request: MetadataRequest) -> list[object]:
        return []

    def ended(self, outcome: Outcome) -> None:
        pass

    def reset(self) -> None:
        pass

    def close(self) -> None:
        pass


def _lines(name: str) -> list[bytes]:
    sender, found = Sender(), []
    for side, element, target, *data in packets(name):
        if side == "C" and data:
            found += sender.data(target_id(target), [(kind, body) for kind, body in data[1]], data[0])
        elif side == "C":
            found.append(b"<%b PSGuid='%b' />\n" % (element.encode(), str(target_id(target)).encode()))
    return found


CONVERSATIONS = [_lines(name) for name in ("18-pipeline-input", "22-two-statements", "35-probes-and-reset")]


def _damage(line: bytes, at: int, byte: int) -> bytes:
    """Change a byte of the line, or of the data it carries."""
    match = _DATA.search(line)
    if match is not None and byte % 3:
        with contextlib.suppress(binascii.Error):
            inside = bytearray(base64.b64decode(match[1], validate=True))
            inside[at % len(inside)] = byte
            return line[: match.start(1)] + base64.b64encode(bytes(inside)) + line[match.end(1) :]
    at %= len(line)
    return line[:at] + bytes([byte]) + line[at + 1 :]


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(CONVERSATIONS),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 5000), st.integers(0, 255)), max_size=4),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=3),
)
def test_damaged_conversations_do_no_harm(
    lines: list[bytes], hits: list[tuple[int, int, int]], moves: list[tuple[int, int]]
) -> None:
    damaged = list(lines)
    for where, at, byte in hits:
        damaged[where % len(damaged)] = _damage(damaged[where % len(damaged)], at, byte)
    for source, goal in moves:
        damaged.insert(goal % len(damaged), damaged[source % len(damaged)])
    sent: list[bytes] = []
    connection = PipeConnection(Echo(), sent.append, spawn=lambda work: work())
    for line in damaged:
        connection.receive(line)
    connection.receive(b"\n<Close PSGuid='%b' />\n" % str(SESSION).encode())
    assert connection.finished
    connection.lost()
    assert sum(map(len, sent)) < 10 * sum(map(len, damaged)) + 100_000
