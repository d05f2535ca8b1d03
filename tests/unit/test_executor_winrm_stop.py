"""How the work on another host is brought to its end, when the host does not answer."""

from __future__ import annotations

import time
from queue import SimpleQueue
from typing import Any, cast

import pytest

from jams.executor.winrm import work
from jams.executor.winrm.session import Session
from jams.executor.winrm.transcript import Transcript

IDLE = 60.0


class DeadHost:
    """A session with a host that answers nothing; after so many questions its time is over."""

    def __init__(self, *, begun: bool, questions: int = 1) -> None:
        self.begun = begun
        self.heard = time.monotonic()
        self.questions = questions
        self.asked = 0

    def forbid(self) -> bool:
        return self.begun

    def stop(self) -> None:
        raise ConnectionError

    def end(self) -> None:
        self.asked += 1
        if self.asked == self.questions:
            self.heard -= IDLE
        raise ConnectionError


def stopped(host: DeadHost) -> tuple[bool, str]:
    said: list[bytes] = []
    events: SimpleQueue[Any] = SimpleQueue()
    outcome = work._stopped(cast(Session, host), events, Transcript(said.append), IDLE, lambda: False)
    return outcome.over, b"".join(said).decode()


def test_what_has_not_begun_does_not_begin() -> None:
    host = DeadHost(begun=False)
    over, said = stopped(host)
    assert over and host.asked == 0 and "has not begun" in said


def test_the_host_is_asked_until_it_must_have_ended_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_PAUSE", 0.01)
    host = DeadHost(begun=True, questions=3)
    over, said = stopped(host)
    assert over and host.asked == 3
    assert "trying until the host has ended it itself" in said and "unheard for 60 s" in said
