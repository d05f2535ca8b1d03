"""What is given out where many lines lack it: to the most urgent, and without asking all the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jams.database import tables
from jams.objects.enums import EntryState
from jams.objects.schedule import Cancel
from jams.scheduler import actions, granting
from jams.scheduler.sweep import sweep
from tests.support import databases
from tests.support.engine import World, element, world
from tests.support.questions import questions


@pytest.fixture(params=databases.KINDS)
def w(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(granting, "FEW", 3)
    monkeypatch.setattr(granting, "_PAGE", 4)
    with databases.database(request.param, tmp_path) as where, world(where) as made:
        yield made


def _jobs(w: World, many: int, *, quantity: int = 1) -> list[str]:
    """Jobs each of which has a line of its own: what they need has another name for each."""
    found = []
    for each in range(many):
        w.resource(f"own{each}", 10)
        needs = [
            element("ResourceRequirement", Resource="R", Quantity=quantity),
            element("ResourceRequirement", Resource=f"own{each}", Quantity=1),
        ]
        w.job(f"\\line{each}", elements=needs)
        found.append(f"line{each}")
    return found


def test_the_most_urgent_of_many_lines_comes_first(w: World) -> None:
    w.resource("R", 1)
    names = _jobs(w, 12)
    first = w.submit(names[0])
    w.turns()
    assert w.began(first)
    order = [5, 2, 9, 1, 7, 3, 11, 4, 8, 6, 10]
    waiting = {w.submit(names[each], priority=each): each for each in order}
    w.after(minutes=15)
    began = sorted((w.began(number)[0], -priority) for number, priority in waiting.items())
    assert [-priority for _, priority in began] == sorted(order, reverse=True)


def test_one_freed_costs_the_same_however_many_lines_lack_it(w: World) -> None:
    w.resource("R", 1)
    names = _jobs(w, 20)
    counts = []
    for many in (6, 14):
        numbers = [w.submit(name) for name in names[:many]]
        w.turns()
        w.after(minutes=1, seconds=-1)
        with questions() as asked:
            w.after(seconds=1)
        assert sum(bool(w.began(number)) for number in numbers) == 2
        counts.append(len(asked))
        w.after(minutes=many)
    assert counts[0] == counts[1], asked


def test_many_freed_at_once_go_to_as_many_lines_over_several_rounds(w: World) -> None:
    resource = w.resource("R", 0)
    numbers = [w.submit(name) for name in _jobs(w, 25)]
    w.turns()
    assert {w.state(number) for number in numbers} == {EntryState.RESOURCE_WAIT}
    w.change(tables.resource, resource, quantity=23)
    w.turns()
    assert [bool(w.began(number)) for number in numbers] == [True] * 23 + [False] * 2


def test_one_that_needs_less_is_found_behind_many_that_need_more(w: World) -> None:
    w.resource("R", 10)
    w.job("\\holder", elements=[element("ResourceRequirement", Resource="R", Quantity=8)])
    w.job("\\last", elements=[element("ResourceRequirement", Resource="R", Quantity=2)])
    w.submit("holder")
    w.turns()
    greedy = [w.submit(name) for name in _jobs(w, 9, quantity=3)]
    w.turns()
    small = w.submit("last")
    w.turns()
    assert w.began(small) and not any(w.began(number) for number in greedy)


def test_who_joins_a_line_that_everybody_has_left_is_asked(w: World) -> None:
    w.resource("R", 10)
    w.job("\\holder", elements=[element("ResourceRequirement", Resource="R", Quantity=8)])
    w.job("\\all", elements=[element("ResourceRequirement", Resource="R", Quantity=10)])
    w.submit("holder")
    greedy = [w.submit(name) for name in _jobs(w, 9, quantity=11)]
    left = w.submit("all")
    w.turns()
    assert w.state(left) is EntryState.RESOURCE_WAIT
    w.act(actions.cancel, left, Cancel())
    w.after(minutes=5)
    number = w.submit("all")
    w.turns()
    assert w.began(number) and not any(w.began(other) for other in greedy)


def test_lines_in_which_nobody_stands_are_swept_away(w: World) -> None:
    w.resource("R", 1)
    numbers = [w.submit(name) for name in _jobs(w, 6)]
    w.turns()
    for number in numbers[1:]:
        w.act(actions.cancel, number, Cancel())
    w.turns()
    sweep(w.database, w.now)
    assert w.read(lambda c: c.scalar(select(func.count()).select_from(tables.waiting_line))) == 0
