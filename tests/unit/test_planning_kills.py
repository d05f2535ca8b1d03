"""Killed between any two statements, again and again: no point is lost or made twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import SQLAlchemyError

from tests.support.planning import World, element, scheduled, world


class Killed(SQLAlchemyError):
    """Somebody pulled the plug."""


def endangered(w: World, seed: int) -> None:
    """Let every second transaction of the world be killed at some statement, and taken again."""
    chance = random.Random(seed)
    write = w.desk.database.write

    def attempt(work: Callable[[Connection], Any]) -> Any:
        while True:
            left = chance.randrange(1, 80) if chance.random() < 0.5 else 10**9
            try:
                return write(lambda c, left=left: _limited(c, work, left))
            except Killed:
                continue

    w.desk.write = attempt  # type: ignore[method-assign,assignment]


def _limited(c: Connection, work: Callable[[Connection], Any], most: int) -> Any:
    left = [most]

    def count(*_: Any) -> None:
        left[0] -= 1
        if not left[0]:
            raise Killed

    event.listen(c, "before_cursor_execute", count)
    try:
        return work(c)
    finally:
        event.remove(c, "before_cursor_execute", count)


def play(place: Path | str, seed: int | None) -> tuple[list[Any], list[tuple[str, str]]]:
    """Two days with changes and a time away; which runs began, and what was missed."""
    with world(place, "2027-03-08 07:00") as w:
        if seed is not None:
            endangered(w, seed)
        a = w.job(r"\T\A", scheduled("DAILY", "08:00"), scheduled("DAILY", "20:00"), CatchUp="Latest")
        again = element("RecurrenceNewEntry", Delay="1:00", EndTime="12:00")
        w.job(r"\T\B", scheduled("DAILY", "09:00"), again)
        c = w.job(r"\T\C", element("IntervalTrigger", Interval="2:00"))
        w.until("2027-03-08 10:30")
        w.change(a, scheduled("DAILY", "11:00"), scheduled("DAILY", "20:00"), CatchUp="Latest")
        w.until("2027-03-08 19:00")
        w.away("2027-03-09 12:30")
        w.until("2027-03-09 14:00")
        w.change(c, Enabled=False)
        w.until("2027-03-10 10:00")
        return [(run.at, run.job) for run in w.begun], w.missed(a)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kills_change_nothing(tmp_path: Path, seed: int) -> None:
    undisturbed = play(tmp_path / "calm.db", None)
    assert len(undisturbed[0]) > 15
    assert undisturbed[1] == [("03-08 20:00", "Skipped")]
    assert play(tmp_path / "troubled.db", seed) == undisturbed
