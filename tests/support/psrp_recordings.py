"""Recordings of a real client and endpoint, and how an answer is compared with what was recorded.

A recording is a file of JSON lists, one a packet: side (C or S), element, target ("-" for the session, P1,
P2 ... for pipelines), and for data the stream and the messages as [type name, CLIXML]. Long bodies that
repeat are kept once in ``bodies.json`` and stand there as ["=", name].
"""

from __future__ import annotations

import base64
import functools
import json
import re
import struct
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from psprovider.endpoint.messages import MessageType

FOLDER = Path(__file__).parents[1] / "data" / "psrp"
POOL = uuid.UUID("3f1d2c4b-0000-4000-8000-00000000aaaa")
SESSION = uuid.UUID(int=0)


def target_id(name: str) -> uuid.UUID:
    """The identifier that a target of a recording gets."""
    return SESSION if name == "-" else uuid.UUID(int=0xABCD0000000040008000000000000000 + int(name[1:]))


@functools.cache
def _bodies() -> dict[str, str]:
    return dict(json.loads((FOLDER / "bodies.json").read_text(encoding="utf-8")))


def packets(name: str) -> Iterator[list[Any]]:
    """The packets of a recording, with bodies in full."""
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").strip().split("\n"):
        packet = json.loads(line)
        if len(packet) > 4:
            packet[4] = [[kind, _body(body)] for kind, body in packet[4]]
        yield packet


def _body(body: Any) -> str:
    return body if isinstance(body, str) else _bodies()[body[1]]


def message(kind: str, target: uuid.UUID, body: str) -> bytes:
    """A message from a client."""
    pipeline = b"\0" * 16 if target == SESSION else target.bytes_le
    header = struct.pack("<II", 2, MessageType[kind]) + POOL.bytes_le + pipeline
    return header + (b"\xef\xbb\xbf" + body.encode("utf-8", "surrogatepass") if body else b"")


class Sender:
    """Makes a client's packets: fragments cut like PowerShell's, every 32768 bytes of the stream."""

    def __init__(self) -> None:
        self._next = 1

    def data(
        self, target: uuid.UUID, messages: list[tuple[str, str]], stream: str = "Default"
    ) -> list[bytes]:
        whole = b"".join(self._fragments(message(kind, target, body)) for kind, body in messages)
        return [
            b"<Data Stream='%b' PSGuid='%b'>%b</Data>\n"
            % (stream.encode(), str(target).encode(), base64.b64encode(whole[at : at + 32768]))
            for at in range(0, len(whole), 32768)
        ]

    def _fragments(self, data: bytes, size: int = 32768 - 21) -> bytes:
        number, self._next = self._next, self._next + 1
        parts = [data[at : at + size] for at in range(0, len(data), size)]
        return b"".join(
            struct.pack(">QQBI", number, i, (i == 0) | (i == len(parts) - 1) << 1, len(part)) + part
            for i, part in enumerate(parts)
        )


_LINE = re.compile(rb"<(\w+)(?: Stream='(\w+)')? PSGuid='([0-9a-f-]{36})'(?: />|>([^<]*)</Data>)")


class Receiver:
    """Reads a server's lines strictly, as PowerShell's client does; gives packets like a recording's."""

    def __init__(self) -> None:
        self._open: dict[bytes, bytearray] = {}
        self._object = 0

    def packet(self, line: bytes) -> tuple[str, uuid.UUID, str | None, str]:
        """(element, target, message type or None, CLIXML) of a line; the type is None for acknowledgements.

        A line that holds an unfinished message has the type ``...``.
        """
        match = _LINE.fullmatch(line)
        assert match is not None, line[:200]
        element, target = match[1].decode(), uuid.UUID(match[3].decode())
        if element != "Data":
            assert match[2] is None
            return element, target, None, ""
        assert match[2] == b"Default"
        data = base64.b64decode(match[4], validate=True)
        number, index, flags, size = struct.unpack_from(">QQBI", data)
        assert len(data) == 21 + size <= 32768
        assert number == self._object + (flags & 1)
        self._object = number
        if flags & 1:
            assert index == 0 and match[3] not in self._open
            self._open[match[3]] = bytearray()
        self._open[match[3]] += data[21:]
        if not flags & 2:
            return element, target, "...", ""
        whole = bytes(self._open.pop(match[3]))
        destination, kind = struct.unpack_from("<II", whole)
        assert destination == 1
        body = whole[40:].decode("utf-8")
        assert not body or body[0] == "\ufeff"
        return element, target, MessageType(kind).name, body[1:]


_FREE_TEXT = {
    "TimeGenerated", "ProcessId", "NativeThreadId", "ManagedThreadId", "User", "Computer", "HistoryId",
    "InvocationInfo_HistoryId", "CommandInfo_Definition", "HResult", "PSVersion", "PSSemanticVersion",
    "GitCommitId", "OS", "EncryptedSessionKey",
}  # fmt: skip
_SCRIPT_PLACE = {
    "TargetSite", "Source", "StackTrace", "PSCommandPath", "MyCommand", "ScriptName", "Line", "Statement",
    "PositionMessage", "PSScriptRoot", "ScriptLineNumber", "OffsetInLine", "InvocationName",
    "InvocationInfo_ScriptName", "ErrorDetails_ScriptStackTrace",
}  # fmt: skip


def shape(body: str) -> Any:
    """A body without what cannot be equal: numbers of references, times, processes, places in scripts."""
    if not body:
        return "null"
    body = re.sub("&#x(FFF[EF]);", r"_x\1_", body)
    root = ElementTree.fromstring(body)
    chains: dict[str, tuple[str, ...]] = {}
    return _shape(root, chains)


def _shape(element: ElementTree.Element, chains: dict[str, tuple[str, ...]]) -> Any:
    name = element.get("N")
    if element.tag == "TN":
        chains[element.attrib["RefId"]] = tuple(_type(child.text or "") for child in element)
        return ("TN", chains[element.attrib["RefId"]])
    if element.tag == "TNRef":
        return ("TN", chains[element.attrib["RefId"]])
    if name in _SCRIPT_PLACE:
        return (name, "(place)")
    if name in _FREE_TEXT:
        return (element.tag, name, "(free)")
    children = [_shape(child, chains) for child in element]
    children = [child for child in children if child != ("ErrorDetails_ScriptStackTrace", "(place)")]
    if element.tag == "En" and element[0].text in _FREE_TEXT:
        return ("En", element[0].text, "(free)")
    if element.tag == "DCT":
        children.sort(key=str)
    text = element.text or "" if not len(element) else ""
    if element.tag == "ToString":
        text = text.replace("_x000A_   at (left out)", "")
    return (element.tag, name, text, children)


def _type(name: str) -> str:
    return re.sub(r", Version=[^\]]*?PublicKeyToken=\w+", "", name)
