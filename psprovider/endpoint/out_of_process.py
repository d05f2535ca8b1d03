"""A session over a pipe: SSH subsystem, standard input and output, unix socket.

Order is part of the protocol: the acknowledgement of data follows what the data made the server say, a
stop is acknowledged after the pipeline's last state, and the session's own end comes after the ends of its
pipelines. A client sends the next fragment of an object only when the one before is acknowledged, so
holding an acknowledgement back makes it wait; every one must come in the end.
"""

from __future__ import annotations

from uuid import UUID

from . import packets
from .fragments import Fragmenter
from .packets import LineBuffer, Packet
from .protocol_errors import PacketViolation
from .session import Session


class OutOfProcess:
    """The framing of one session.

    Attributes:
        session: the session.
        closing: whether the client wants to close it; nothing more is taken from it then.
        finished: whether it is closed; nothing more will be said then.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.closing = False
        self.finished = False
        self._lines = LineBuffer(session.settings.limits)
        self._fragmenter = Fragmenter()
        self._ready: list[bytes] = []
        self._awaited: list[tuple[str, UUID]] = []
        self._held: dict[UUID | None, int] = {}

    def receive(self, data: bytes) -> None:
        """Take bytes from the client. Raises ProtocolViolation; the session must end then."""
        for line in self._lines.feed(data):
            self._take(packets.parse(line))

    def data_to_send(self) -> bytes:
        """Everything that can be sent now; empty if there is nothing."""
        self._drain()
        self._settle()
        data = b"".join(self._ready)
        self._ready.clear()
        return data

    def _take(self, packet: Packet) -> None:
        if self.closing:
            return
        if packet.kind == "Data":
            self.session.receive(packet.data, packet.target)
            self._drain()
            self._acknowledge_data(packet.target)
        elif packet.target is None:
            if packet.kind != "Close":
                raise PacketViolation(f"A session takes no {packet.kind}.")
            self.session.stop_all()
            self.closing = True
        elif packet.kind == "Command":
            self.session.register(packet.target)
            self._drain()
            self._ready.append(packets.acknowledgement("CommandAck", packet.target))
        else:
            self.session.stop(packet.target)
            self._awaited.append((f"{packet.kind}Ack", packet.target))

    def _acknowledge_data(self, target: UUID | None) -> None:
        if self._full(target, self.session.settings.limits.unacknowledged):
            self._held[target] = self._held.get(target, 0) + 1
        else:
            self._ready.append(packets.acknowledgement("DataAck", target))

    def _full(self, target: UUID | None, limit: int) -> bool:
        """Whether a target has more to do than it should: input beyond the limit, or a pool to open."""
        if target is None:
            return self.session.opening
        pipeline = self.session.pipelines.get(target)
        return pipeline is not None and pipeline.backlog > limit

    def _drain(self) -> None:
        ready, cut = self._ready, self._fragmenter.cut
        for target, message in self.session.outbox.take():
            for fragment in cut(message):
                ready.append(packets.data(target, fragment))

    def _settle(self) -> None:
        """Send the acknowledgements whose time has come."""
        if self._held:
            self._release()
        if self._awaited:
            self._answer_ends()
        if self.closing and not self.finished and not self.session.pipelines.running:
            self.session.close()
            self._drain()
            self._ready.append(packets.acknowledgement("CloseAck", None))
            self.finished = True

    def _release(self) -> None:
        low = self.session.settings.limits.unacknowledged // 2
        for target, count in list(self._held.items()):
            if not self._full(target, low):
                del self._held[target]
                self._ready.extend([packets.acknowledgement("DataAck", target)] * count)

    def _answer_ends(self) -> None:
        waiting = []
        for kind, target in self._awaited:
            pipeline = self.session.pipelines.get(target)
            if pipeline is not None and not pipeline.ended:
                waiting.append((kind, target))
                continue
            self._ready.append(packets.acknowledgement(kind, target))
            if kind == "CloseAck":
                self.session.forget(target)
        self._awaited = waiting
