"""Situations from the field that dependencies, queues, resources and retries have to stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jams.database import tables
from tests.support import databases
from tests.support.engine import World, element, values, world


@pytest.fixture(params=databases.KINDS)
def w(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.database(request.param, tmp_path) as where, world(where) as made:
        yield made


def on(day: int, hour: int, minute: int = 0, second: int = 0, *, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, minute, second, tzinfo=UTC)


def depends(on: str, **more: object) -> object:
    return element("JobDependency", DependsOnJob=on, **more)


def needs(resource: str, quantity: int = 1) -> object:
    return element("ResourceRequirement", Resource=resource, Quantity=quantity)


def test_s20_a_limit_is_lowered_below_what_runs_and_raised_again(w: World) -> None:
    queue, resource = w.queue("Q", 6), w.resource("R", 6)
    w.job("\\j", elements=[needs("R")], properties=values(BatchQueue="Q"))
    w.lasts["j"] = timedelta(minutes=60)
    w.at(on(1, 10))
    numbers = [w.submit("j") for _ in range(30)]
    w.turns()
    lasting = dict(zip(numbers, [20, 20, 20, 25, 90, 90], strict=False))
    w.alive = {
        t: (on(1, 10) + timedelta(minutes=lasting[run.number]), run) for t, (_, run) in w.alive.items()
    }
    w.at(on(1, 10, 5))
    w.change(tables.queue, queue, job_limit=2)
    w.at(on(1, 10, 10))
    w.change(tables.resource, resource, quantity=0)
    w.turns()
    assert (
        len(w.alive) == 6 and "6 of 2 run" in w.told(numbers[6]) and "6 of 0 are in use" in w.told(numbers[6])
    )
    w.at(on(1, 10, 30))
    w.change(tables.resource, resource, quantity=6)
    w.turns()
    assert len(w.alive) == 2 and len(w.runs) == 6
    w.at(on(1, 10, 35))
    w.change(tables.queue, queue, job_limit=5)
    w.turns()
    assert [run.number for run in w.runs[6:]] == numbers[6:9]
    w.at(on(1, 10, 40))
    w.change(tables.queue, queue, started=False)
    w.at(on(1, 10, 50))
    w.change(tables.queue, queue, started=True)
    w.turns()
    assert len(w.alive) == 5 and len(w.runs) == 9
    w.at(on(2, 10))
    assert [run.number for run in w.runs] == numbers


def test_s23_after_maintenance(w: World) -> None:
    """In the order of priority, then of arrival, however they came to stand in the line."""
    resource = w.resource("DB", 0)
    w.job("\\j", elements=[needs("DB")])
    w.lasts["j"] = timedelta(minutes=2)
    numbers = {priority: [] for priority in range(1, 5)}
    for n in range(40):
        priority = n % 4 + 1
        numbers[priority].append(w.submit("j", priority=priority))
        w.after(seconds=30)
    assert not w.runs
    w.change(tables.resource, resource, quantity=3)
    most = 0
    for _ in range(14):
        w.after(seconds=60)
        most = max(most, len(w.alive))
    w.change(tables.resource, resource, quantity=0)
    w.after(minutes=3)
    begun = len(w.runs)
    w.after(minutes=10)
    assert len(w.runs) == begun and not w.alive
    w.change(tables.resource, resource, quantity=3)
    w.after(hours=1)
    assert most == 3
    assert [run.number for run in w.runs] == [*numbers[4], *numbers[3], *numbers[2], *numbers[1]]
