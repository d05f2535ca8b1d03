"""Packets: the lines of the out-of-process framing, as SSH subsystems, pipes and unix sockets carry them.

One XML element a line. PowerShell's own client looks for ``PSGuid='0000`` in the raw line, so the form is
fixed to the letter: single quotes, and one blank before ``/>``.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple
from uuid import UUID

from .limits import DEFAULT_LIMITS, Limits
from .protocol_errors import PacketViolation

SESSION = UUID(int=0)

_LINE = re.compile(
    rb"<(Data|Command|Signal|Close)((?:\s+\w+\s*=\s*(?:'[^'<&]*'|\"[^\"<&]*\"))*)\s*(?:/>|>([^<]*)</(\w+)\s*>)"
)
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\")")
_GUID = re.compile(rb"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")


class Packet(NamedTuple):
    """One line from a client.

    Attributes:
        kind: Data, Command, Signal or Close.
        target: the pipeline it is for; None means the session.
        data: the bytes a Data packet carries.
        prompt: whether it came on the stream of prompt responses.
    """

    kind: str
    target: UUID | None
    data: bytes = b""
    prompt: bool = False


class LineBuffer:
    """Cuts a stream of bytes into lines."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that ``data`` completes, without their ends. Raises PacketViolation."""
        *lines, rest = data.split(b"\n")
        if lines and self._parts:
            lines[0] = b"".join([*self._parts, lines[0]])
            self._parts.clear()
            self._size = 0
        if rest:
            self._parts.append(rest)
            self._size += len(rest)
        if self._size > self._limits.line or any(len(line) > self._limits.line for line in lines):
            raise PacketViolation(f"A line is longer than {self._limits.line} bytes.")
        return [line for line in lines if line.strip()]


def parse(line: bytes) -> Packet:
    """Read one line from a client. Raises PacketViolation."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise PacketViolation("A line is no packet that a client may send.")
    kind = match[1]
    attributes = {name: one or two for name, one, two in _ATTRIBUTE.findall(match[2])}
    expected = {b"PSGuid", b"Stream"} if kind == b"Data" else {b"PSGuid"}
    if attributes.keys() != expected or (match[4] is not None and match[4] != kind):
        raise PacketViolation("A packet does not have its attributes.")
    if _GUID.fullmatch(attributes[b"PSGuid"]) is None:
        raise PacketViolation("A packet's PSGuid is none.")
    target = UUID(attributes[b"PSGuid"].decode("ascii"))
    text = (match[3] or b"").strip()
    if kind != b"Data":
        if text:
            raise PacketViolation("Only a Data packet carries text.")
        return Packet(kind.decode("ascii"), None if target == SESSION else target)
    return Packet(
        "Data", None if target == SESSION else target, _decode(text), _prompt(attributes[b"Stream"])
    )


def _prompt(stream: bytes) -> bool:
    if stream not in (b"Default", b"PromptResponse"):
        raise PacketViolation("A packet's stream is not known.")
    return stream == b"PromptResponse"


def _decode(text: bytes) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise PacketViolation("A Data packet does not hold base64.") from None
    if not data:
        raise PacketViolation("A Data packet is empty.")
    return data


def data(target: UUID | None, fragment: bytes) -> bytes:
    """A Data line for the client."""
    return b"<Data Stream='Default' PSGuid='%b'>%b</Data>\n" % (
        _text(target),
        binascii.b2a_base64(fragment, newline=False),
    )


def acknowledgement(kind: str, target: UUID | None) -> bytes:
    """The line that acknowledges a packet: ``kind`` is DataAck, CommandAck, SignalAck or CloseAck."""
    return b"<%b PSGuid='%b' />\n" % (kind.encode("ascii"), _text(target))


def _text(target: UUID | None) -> bytes:
    return str(SESSION if target is None else target).encode("ascii")
