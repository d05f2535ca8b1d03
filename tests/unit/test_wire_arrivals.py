"""A call whose request comes late is broken off; one that came while this process slept is not late."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from unittest.mock import Mock

import pytest

from jams.server import arrivals
from jams.server.arrivals import Arrivals


@pytest.fixture
def awaiting() -> Iterator[Arrivals]:
    made = Arrivals(1.0, 1)
    yield made
    made.close()


def test_what_came_while_the_process_slept_is_not_late(
    awaiting: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    times, looks, looked = itertools.count(0, 60), itertools.count(1), threading.Event()

    def minutes_later() -> float:
        if next(looks) == 4:
            looked.set()
        return float(next(times))

    monkeypatch.setattr(arrivals, "time", Mock(wraps=time, monotonic=minutes_later))
    context = Mock()

    def requests() -> Iterator[bytes]:
        assert looked.wait(30)
        yield b"here"

    assert awaiting.request(requests(), context, "ipv4:127.0.0.1:1") == b"here"
    context.cancel.assert_not_called()


def test_who_sends_nothing_is_broken_off(awaiting: Arrivals) -> None:
    context, broken_off = Mock(), threading.Event()
    context.cancel.side_effect = broken_off.set

    def requests() -> Iterator[bytes]:
        assert broken_off.wait(30)
        yield b"too late"

    awaiting.request(requests(), context, "ipv4:127.0.0.1:1")
    context.cancel.assert_called_once()
