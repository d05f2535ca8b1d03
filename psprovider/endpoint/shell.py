"""A session as WS-Management carries it: fragments in Create, Command, Send and Receive (MS-WSMV 3.1.4).

Output waits per target until a Receive takes it, also while nobody listens, so that a client that was
disconnected loses nothing. Fragments are never split over two answers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from jams.objects.errors import Conflict

from .fragments import Fragmenter
from .session import Session


class Received(NamedTuple):
    """What a Receive gives: whole fragments, and whether the command has ended and given everything."""

    fragments: list[bytes]
    done: bool


class Shell:
    """The shell of one session.

    Attributes:
        session: the session.
        disconnected: whether no client is attached.
    """

    def __init__(self, session: Session, fragment_size: int = 32768) -> None:
        self.session = session
        self.disconnected = False
        self._size = fragment_size
        self._fragmenter = Fragmenter()
        self._messages: dict[UUID | None, deque[bytes]] = {None: deque()}
        self._cut: dict[UUID | None, deque[bytes]] = {}

    def create(self, creation: bytes) -> None:
        """Open the pool with what Create carries. Raises ProtocolViolation."""
        self.session.receive(creation)

    def command(self, command: UUID, arguments: bytes) -> None:
        """Begin a command with the first fragments of its pipeline. Raises ProtocolViolation."""
        self.session.register(command)
        self._messages[command] = deque()
        self.session.receive(arguments, command)

    def send(self, command: UUID | None, data: bytes) -> None:
        """Take fragments for a command, or for the session. Raises ProtocolViolation."""
        self.session.receive(data, command)

    def signal_stop(self, command: UUID) -> bool:
        """Stop a command. Gives whether that has to be waited for; its last state comes by Receive."""
        return self.session.stop(command)

    def terminate(self, command: UUID) -> None:
        """Free a command that has ended; stop one that has not. Unknown ones are no error."""
        if not self.session.stop(command):
            self.session.forget(command)
            self._collect()
            self._messages.pop(command, None)
            self._cut.pop(command, None)

    def knows(self, command: UUID) -> bool:
        """Whether a command exists whose output can be received."""
        return command in self._messages

    def commands(self) -> list[UUID]:
        """The commands that have not been terminated."""
        return [command for command in self._messages if command is not None]

    def has_output(self, command: UUID | None) -> bool:
        """Whether a Receive for that target would give something: output, or the end of the command."""
        self._collect()
        return bool(self._messages.get(command) or self._cut.get(command)) or self._ended(command)

    def waiting(self, command: UUID) -> int:
        """Bytes of output of a command that nobody has taken."""
        self._collect()
        queues = self._messages.get(command, ()), self._cut.get(command, ())
        return sum(len(item) for queue in queues for item in queue)

    def receive(self, command: UUID | None, room: int) -> Received:
        """Take up to ``room`` bytes of output, at least one fragment if there is any."""
        self._collect()
        taken: list[bytes] = []
        size = 0
        for fragment in self._pull(command):
            if taken and size + len(fragment) > room:
                self._cut[command].appendleft(fragment)
                break
            taken.append(fragment)
            size += len(fragment)
        empty = not (self._messages.get(command) or self._cut.get(command))
        return Received(taken, empty and self._ended(command))

    def disconnect(self) -> None:
        """The client goes away and will be back; pipelines go on."""
        self.disconnected = True

    def reconnect(self) -> None:
        """The same client is back. Raises Conflict if it was not away."""
        if not self.disconnected:
            raise Conflict("The shell is connected to another client.")
        self.disconnected = False

    def connect(self, data: bytes) -> bytes:
        """Another client takes the shell over; gives the fragments that answer it at once.

        What the session had to say before is dropped, the output of commands is kept.
        Raises Conflict if a client is attached, ProtocolViolation.
        """
        if not self.disconnected:
            raise Conflict("The shell is connected to another client.")
        self._collect()
        self._messages[None].clear()
        self._cut.pop(None, None)
        answer = self.session.connect(data)
        self.disconnected = False
        return b"".join(f for message in answer for f in self._fragmenter.cut(message, self._size))

    def _ended(self, command: UUID | None) -> bool:
        if command is None:
            return self.session.closed
        pipeline = self.session.pipelines.get(command)
        return pipeline is None or pipeline.ended

    def _collect(self) -> None:
        for target, message in self.session.outbox.take():
            queue = self._messages.get(target)
            if queue is not None:
                queue.append(message)

    def _pull(self, command: UUID | None) -> Iterator[bytes]:
        messages = self._messages.get(command)
        if messages is None:
            return
        cut = self._cut.setdefault(command, deque())
        while cut or messages:
            if not cut:
                cut.extend(self._fragmenter.cut(messages.popleft(), self._size))
            yield cut.popleft()
