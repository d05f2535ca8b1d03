"""How often the scheduler asks the database: a question too many for each job is what makes all jobs slow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from jams.objects.enums import EntryState
from jams.objects.parts import Element, PropertyValue
from jams.objects.run import RunEnded, RunOutcome
from jams.scheduler import news, scheduler, turn
from jams.scheduler.starts import Start
from tests.support.questions import questions
from tests.support.schedule import Desk, desk
from tests.support.stage import acting

NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\j")
        yield made


def take(d: Desk, room: int = 16, **happened: Any) -> turn.Decisions:
    tokens = count()
    limits = turn.Limits(room=lambda _: room, confirm=lambda _: None, aborts=False)
    given = turn.Happenings(**happened)
    return d.write(lambda c: turn.take(c, NOW, given, limits, lambda: f"t{next(tokens)}"))


def test_a_turn_in_which_nothing_has_happened_asks_one_question(d: Desk) -> None:
    d.submit("j", hold=True)
    take(d)
    with questions() as asked:
        assert not take(d).starts
    assert len([text for text in asked if text.startswith("SELECT")]) == 1, asked


@pytest.mark.parametrize(("entries", "crowded"), [(0, False), (1, False), (3, False), (4, True), (5, True)])
def test_an_agent_is_crowded_when_there_is_no_room_left(d: Desk, entries: int, crowded: bool) -> None:
    for _ in range(entries):
        d.submit("j")
    decisions = take(d, room=4)
    assert (len(decisions.starts), decisions.crowded) == (min(entries, 4), crowded)
    assert take(d, room=0).crowded is (entries > 4)


def test_a_short_job_takes_two_turns(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """That it has begun is told together with its end."""
    for each in (scheduler, news):
        monkeypatch.setattr(each, "RECORDED_WITHIN", 60.0)
    turns: list[turn.Happenings] = []
    taken = turn.take

    def noted(*arguments: Any) -> turn.Decisions:
        turns.append(arguments[2])
        return taken(*arguments)

    monkeypatch.setattr(turn, "take", noted)
    with acting(d) as stage:
        number = stage.submit()
        while not stage.runner.requests or stage.scheduler._dispatcher.under_way():
            stage.scheduler.wait_for_change(number, 0.01)
        token = stage.runner.requests[0].token
        stage.scheduler.run_ended(
            RunEnded(
                token=token,
                jams_entry=number,
                outcome=RunOutcome.EXITED,
                completion_time_utc=datetime.now(UTC),
                exit_code=0,
            )
        )
        stage.over(number)
    told = [happened for happened in turns if happened.started or happened.ended]
    assert [(len(happened.started), len(happened.ended)) for happened in told] == [(1, 1)]


def _depends_on_j() -> Element:
    named = [PropertyValue(property_name="DependsOnJob", current_value="\\j")]
    return Element(element_name="j", element_type_name="JobDependency", properties=named)


def test_an_end_that_opens_many_dependencies_asks_as_often_as_one_that_opens_few(d: Desk) -> None:
    d.job("\\down", elements=[_depends_on_j()])
    counts = []
    for many in (3, 30):
        waiting = [d.submit("down") for _ in range(many)]
        take(d)
        (start,) = _started(d)
        with questions() as asked:
            take(d, room=0, ended=[_ended(start)])
        assert {d.entry(number).current_state for number in waiting} == {EntryState.PENDING}
        counts.append(len(asked))
        for number in waiting:
            d.finish(number)
    assert counts[0] == counts[1] <= 20, asked


def test_many_that_begin_to_wait_ask_as_often_as_few(d: Desk) -> None:
    d.job("\\down", elements=[_depends_on_j()])
    take(d)
    counts = []
    for many in (3, 30):
        waiting = [d.submit("down") for _ in range(many)]
        with questions() as asked:
            take(d)
        assert {d.entry(number).current_state for number in waiting} == {EntryState.DEPENDENCY_WAIT}
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16, asked


def _started(d: Desk) -> list[Start]:
    d.submit("j")
    return list(take(d).starts)


def _ended(start: Start) -> RunEnded:
    return RunEnded(
        token=start.token,
        jams_entry=start.row.number,
        outcome=RunOutcome.EXITED,
        completion_time_utc=datetime.now(UTC),
        exit_code=0,
    )
