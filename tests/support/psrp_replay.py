"""Plays a recorded client against the endpoint and gathers what it answers."""

from __future__ import annotations

import threading
import time
import uuid
from collections import defaultdict

from psprovider.endpoint.connection import PipeConnection
from psprovider.endpoint.session_settings import Settings
from tests.support.psrp_demo import DemoEngine, Ticks
from tests.support.psrp_recordings import Receiver, Sender, packets, target_id

Answer = tuple[str, str | None, str]
PATIENCE = 20.0


class Player:
    """One connection to the endpoint with the demo engine, under a test's control."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.ticks = Ticks()
        self.engine = DemoEngine(self.ticks)
        self.sender = Sender()
        self.answers: list[tuple[uuid.UUID, Answer]] = []
        self._receiver = Receiver()
        self._arrived = threading.Condition()
        self.connection = PipeConnection(self.engine, self._write, settings=settings)

    def _write(self, data: bytes) -> None:
        assert data.endswith(b"\n")
        with self._arrived:
            for line in data.splitlines():
                element, target, kind, body = self._receiver.packet(line)
                self.answers.append((target, (element, kind, body)))
            self._arrived.notify_all()

    def send(self, element: str, target: uuid.UUID) -> None:
        """Send a packet without data."""
        self.connection.receive(b"<%b PSGuid='%b' />\n" % (element.encode(), str(target).encode()))

    def send_data(self, target: uuid.UUID, messages: list[tuple[str, str]], stream: str = "Default") -> int:
        """Send messages; gives the number of packets they took."""
        lines = self.sender.data(target, messages, stream)
        for line in lines:
            self.connection.receive(line)
        return len(lines)

    def wait_for(self, count: int) -> None:
        """Wait until so many answers have come, letting sleeping commands go on when nothing comes."""
        end = time.monotonic() + PATIENCE
        with self._arrived:
            while len(self.answers) < count:
                if not self._arrived.wait(0.03):
                    self.ticks.let_one_go()
                assert time.monotonic() < end, f"{count} answers wanted, the last are {self.answers[-3:]}"

    def by_target(self) -> dict[uuid.UUID, list[Answer]]:
        """The answers of every target in order."""
        found: dict[uuid.UUID, list[Answer]] = defaultdict(list)
        for target, answer in self.answers:
            found[target].append(answer)
        return found


def play(name: str, player: Player) -> dict[uuid.UUID, list[Answer]]:
    """Play a recording; gives what the recorded server answered, by target."""
    expected: dict[uuid.UUID, list[Answer]] = defaultdict(list)
    count = 0
    for side, element, target_name, *data in packets(name):
        target = target_id(target_name)
        if side == "S":
            messages = data[1] if data else [(None, "")]
            for kind, body in messages or [("...", "")]:
                expected[target].append((element, kind, body))
                count += 1
        else:
            player.wait_for(count)
            if element == "Data":
                player.send_data(target, [(kind, body) for kind, body in data[1]], data[0])
            else:
                player.send(element, target)
    player.wait_for(count)
    return expected
