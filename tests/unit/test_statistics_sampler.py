"""Samples of what a server uses, every StatsInterval seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jams.database import stored_settings
from jams.objects.errors import InvalidArgument, ServerUnavailable
from jams.server.dispatch import Dispatcher
from jams.services import statistics_sampler
from jams.services.statistics_sampler import StatisticsSampler
from tests.support.eventually import eventually
from tests.support.schedule import Desk
from tests.support.town import town


class Clock:
    """A time that goes on when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(statistics_sampler, "time", made)
    return made


@pytest.fixture
def sampler(d: Desk) -> Iterator[StatisticsSampler]:
    made = StatisticsSampler(d.database)
    yield made
    made._bell.ring()


def put(d: Desk, value: str) -> None:
    d.write(lambda c: stored_settings.put(c, "StatsInterval", value, user="ada"))


def test_a_sample_is_taken_every_so_many_seconds(d: Desk, sampler: StatisticsSampler, clock: Clock) -> None:
    assert sampler.last() is None and sampler.look() == 60
    first = sampler.last()
    assert first is not None and first.seconds == 0
    assert first.process_memory > 0 and first.process_threads > 0
    assert 0 < first.machine_memory_free < first.machine_memory
    clock.now += 59
    assert sampler.look() == 1 and sampler.last() is first
    put(d, "7")
    assert sampler.look() == 7
    second = sampler.last()
    assert second is not None and second.seconds == 59 and second.sampled_utc >= first.sampled_utc
    clock.now += 7
    assert sampler.look() == 7 and sampler.last() is not second


def test_what_was_set_holds_while_the_database_cannot_be_read(
    d: Desk, sampler: StatisticsSampler, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(d, "5")
    assert sampler.look() == 5
    monkeypatch.setattr(d.database, "read", _away)
    clock.now += 5
    before = sampler.last()
    assert sampler.look() == 5 and sampler.last() is not before


def _away() -> None:
    raise ServerUnavailable("The database cannot be read.")


def test_a_change_of_the_interval_counts_at_once(d: Desk) -> None:
    put(d, "86400")
    sampler = StatisticsSampler(d.database)
    sampler.start()
    first = sampler.last()
    assert first is not None
    put(d, "1")
    eventually(lambda: sampler.last() is not first)
    sampler.stop()


def test_the_status_of_the_server_shows_the_last_one(tmp_path: Path) -> None:
    with town(tmp_path) as t:
        t.admit("ann")
        assert t.call("get_server_status", "ann").statistics is None
        sampler = StatisticsSampler(t.desk.database)
        sampler.look()
        services = replace(t.services, statistics=sampler.last)
        beside = replace(t, dispatcher=Dispatcher(services), services=services)
        assert beside.call("get_server_status", "ann").statistics == sampler.last()


@pytest.mark.parametrize("value", ["0", "86401", "", "soon"])
def test_an_interval_out_of_bounds_is_refused(d: Desk, value: str) -> None:
    with pytest.raises(InvalidArgument):
        put(d, value)
