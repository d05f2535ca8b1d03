"""A client at the end of a pipe, packet by packet, and an engine that does what a test says."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from psprovider.endpoint.connection import PipeConnection
from psprovider.endpoint.engine import Host, Outcome, Streams
from psprovider.endpoint.limits import Limits
from psprovider.endpoint.requests import MetadataRequest, PipelineRequest, SessionInfo
from psprovider.endpoint.session_settings import Settings
from tests.support.psrp_recordings import SESSION, Receiver, Sender, packets

P1, P2 = uuid.UUID(int=101), uuid.UUID(int=102)
FIRST = [packet for packet in packets("02-plain-command") if packet[0] == "C" and packet[1] == "Data"]
OPEN = [(kind, body) for kind, body in FIRST[0][4]]
CREATE = FIRST[1][4][0][1]
PATIENCE = 20.0


class ScriptedEngine:
    """An engine whose pipelines do what a test says."""

    private_data: Mapping[str, Any] = {}

    def __init__(self, run: Callable[[PipelineRequest, Host, Streams], None]) -> None:
        self._run = run
        self.calls: list[str] = []
        self.outcomes: list[Outcome] = []
        self.closed = threading.Event()

    def open(self, session: SessionInfo) -> ScriptedEngine:
        self.calls.append("open")
        return self

    def run(self, request: PipelineRequest, number: int, host: Host, streams: Streams) -> None:
        self._run(request, host, streams)

    def describe(self, request: MetadataRequest) -> list[Any]:
        return []

    def ended(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def reset(self) -> None:
        self.calls.append("reset")

    def close(self) -> None:
        self.calls.append("close")
        self.closed.set()


class Line:
    """One end of a pipe; ``open`` false makes writing wait, as a client does that does not read."""

    def __init__(self, engine: Any, settings: Settings | None = None, **options: Any) -> None:
        self.answers: list[tuple[str, uuid.UUID, str | None, str]] = []
        self.open = threading.Event()
        self.open.set()
        self.blocked = threading.Event()
        self._changed = threading.Condition()
        self._receiver = Receiver()
        self.sender = Sender()
        self.connection = PipeConnection(engine, self._write, settings=settings, **options)

    def _write(self, data: bytes) -> None:
        if not self.open.is_set():
            self.blocked.set()
        assert self.open.wait(PATIENCE)
        with self._changed:
            self.answers += [self._receiver.packet(line) for line in data.splitlines()]
            self._changed.notify_all()

    def begin(self) -> Line:
        """Open the pool."""
        self.data(SESSION, OPEN)
        return self

    def data(self, target: uuid.UUID, messages: list[tuple[str, str]], stream: str = "Default") -> int:
        """Send messages; gives the number of packets."""
        lines = self.sender.data(target, messages, stream)
        for line in lines:
            self.connection.receive(line)
        return len(lines)

    def packet(self, kind: str, target: uuid.UUID = SESSION) -> None:
        """Send a packet without data."""
        self.connection.receive(b"<%b PSGuid='%b' />\n" % (kind.encode(), str(target).encode()))

    def start(self, pipeline: uuid.UUID, has_input: bool = False) -> None:
        """Begin a pipeline."""
        self.packet("Command", pipeline)
        body = CREATE.replace('N="NoInput">true', 'N="NoInput">false') if has_input else CREATE
        self.data(pipeline, [("CREATE_PIPELINE", body)])

    def wait(self, kind: str, target: uuid.UUID = SESSION, count: int = 1) -> str:
        """Wait for the ``count``-th message or acknowledgement of that kind; gives its body."""

        def found() -> list[str]:
            return [a[3] for a in self.answers if a[1] == target and kind in (a[0], a[2])]

        with self._changed:
            assert self._changed.wait_for(lambda: len(found()) >= count, PATIENCE), self.answers[-3:]
            return found()[count - 1]

    def kinds(self, target: uuid.UUID) -> list[str]:
        """The kinds of everything that came for a target."""
        return [kind or element for element, found, kind, _ in self.answers if found == target]


def limited(**limits: Any) -> Settings:
    """Settings with other limits."""
    return Settings(limits=Limits(**limits))
