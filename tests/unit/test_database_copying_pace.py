"""A backup leaves half of the time to those who wait for the database."""

from __future__ import annotations

import threading

import pytest

from jams.database.copying import LONGEST_REST, BrokenOff, Pace


class Stop(threading.Event):
    """Keeps how long was waited for it, and waits not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.waited.append(timeout)
        return self.is_set()


def test_a_rest_is_as_long_as_the_work_before_it() -> None:
    times = iter([100.0, 100.25, 200.0, 200.125, 300.0])
    stop = Stop()
    pace = Pace(stop, rests=1, clock=lambda: next(times))
    pace.rest()
    pace.rest()
    assert stop.waited == [0.25, 0.125]


def test_who_has_to_leave_more_to_others_rests_longer() -> None:
    times = iter([100.0, 100.125, 200.0])
    stop = Stop()
    Pace(stop, rests=3, clock=lambda: next(times)).rest()
    assert stop.waited == [0.375]


def test_no_rest_is_longer_than_the_longest() -> None:
    times = iter([0.0, 60.0, 60.5])
    stop = Stop()
    Pace(stop, clock=lambda: next(times)).rest()
    assert stop.waited == [LONGEST_REST]


def test_who_is_not_wanted_any_more_does_not_go_on() -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(BrokenOff):
        Pace(stop).rest()
