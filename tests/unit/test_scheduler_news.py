"""The news of runs: when an end may be written down."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from jams.objects.run import RunOutcome
from jams.scheduler.news import News
from jams.scheduler.starts import Start
from tests.support.schedule import ended


def start(token: str, problem: Exception | None = None) -> Start:
    row = SimpleNamespace(number=1)
    return cast(Start, SimpleNamespace(token=token, row=row, problem=problem, failures=0))


def test_an_end_waits_for_the_news_that_its_run_began() -> None:
    news = News()
    news.ended(ended("a", RunOutcome.EXITED, exit_code=0))
    news.sort(())
    assert news.settleable({"a"}) == []
    assert [run.token for run in news.settleable(())] == ["a"]


@pytest.mark.parametrize("problem", [None, OSError("away")])
def test_an_end_that_answers_a_start_waits_for_nothing(problem: Exception | None) -> None:
    """The one who makes starts tells before he counts it no more among those under way."""
    news: Any = News()
    answer = None if problem else ended("a", RunOutcome.NOT_STARTED, reason="No such program.")
    news.made(start("a", problem), answer)
    news.sort(())
    settled = news.settleable({"a"})
    assert [run.token for run in settled] == ["a"]
    news.forget(SimpleNamespace(ended=settled, started=[], given_back=[]))
    assert news.settleable({"a"}) == [] and news.is_settled
