"""Processes that play forecasts: one for many questions, another when it is gone, none for ever."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jams.database import scratch
from jams.objects.errors import InvalidArgument, QueueNotFound, ServerUnavailable
from jams.objects.forecast import Forecast, ForecastOrder, ForecastQuestion, Supposition
from jams.scheduler.forecast import players as module
from jams.scheduler.forecast.players import Players
from tests.support.eventually import eventually
from tests.support.schedule import USER, Desk, desk

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SUBMITTED = Supposition(submit="\\Load")


class Table:
    """Where forecasts of one job are played."""

    def __init__(self, d: Desk, copy: Path) -> None:
        self.players = Players()
        self._desk, self._copy = d, copy

    def play(self, *suppose: Supposition, seconds: float = 20.0) -> Forecast:
        self._copy.unlink(missing_ok=True)
        with self._desk.database.read() as c:
            scratch.copy(c, NOW, self._copy)
        question, until = ForecastQuestion(suppose=list(suppose)), NOW + timedelta(days=1)
        order = ForecastOrder(
            file=str(self._copy), now=NOW, until=until, question=question, user=USER, seconds=seconds
        )
        return self.players.play(order, lambda percent: None)

    def waiting(self) -> list[int]:
        """The processes that have nothing to do."""
        return [each._process.pid for each in self.players._waiting]

    def playing(self) -> list[int]:
        return [each._process.pid for each in self.players._playing]


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with desk(tmp_path / "jams.db") as d:
        d.job("\\Load")
        made = Table(d, tmp_path / "copy.db")
        yield made
        made.players.close()


def test_one_process_answers_one_question_after_the_other_each_by_itself(table: Table) -> None:
    assert len(table.play(SUBMITTED).entries) == 1
    first = table.waiting()
    with pytest.raises(QueueNotFound):
        table.play(Supposition(queue="Nowhere", limit=1))
    assert table.play().entries == ()
    assert table.waiting() == first and len(first) == 1


def test_one_that_was_killed_while_it_waited_is_replaced(table: Table) -> None:
    table.play()
    (gone,) = table.waiting()
    os.kill(gone, signal.SIGKILL)
    os.waitid(os.P_PID, gone, os.WEXITED | os.WNOWAIT)
    assert len(table.play(SUBMITTED).entries) == 1
    assert table.waiting() not in ([gone], [])


def test_one_that_dies_between_the_look_at_it_and_the_order_is_replaced(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.play()
    (gone,) = table.waiting()
    os.kill(gone, signal.SIGKILL)
    os.waitid(os.P_PID, gone, os.WEXITED | os.WNOWAIT)
    looks = iter([True])  # the first look is one from before it died
    alive = module._Player.alive.fget
    monkeypatch.setattr(module._Player, "alive", property(lambda player: next(looks, None) or alive(player)))
    assert len(table.play(SUBMITTED).entries) == 1
    assert table.waiting() not in ([gone], [])


def test_one_that_stumbles_over_an_order_says_so_and_the_next_order_has_another(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.play()
    with monkeypatch.context() as patched, pytest.raises(RuntimeError, match="ValidationError"):
        patched.setattr(module.msgspec.json, "encode", lambda order: b'{"file": 1}')
        table.play()
    assert table.waiting() == []
    assert len(table.play(SUBMITTED).entries) == 1


def test_nobody_waits_for_ever(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE", 0.01)
    table.play()
    eventually(lambda: table.waiting() == [])
    assert len(table.play(SUBMITTED).entries) == 1


def test_closing_ends_those_that_wait_and_those_that_play(table: Table) -> None:
    table.play()
    (waits,) = table.waiting()
    taken = table.players._taken()
    assert table.playing() == [waits]
    os.kill(waits, signal.SIGSTOP)
    told: list[Exception] = []
    order = ForecastOrder(file="", now=NOW, until=NOW, question=ForecastQuestion(), user=USER, seconds=1.0)

    def ask() -> None:
        try:
            taken.play(order, lambda percent: None)
        except EOFError as error:
            told.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    table.players.close()
    asking.join(20)
    assert len(told) == 1
    table.players._give_back(taken)
    assert taken._process.returncode == -signal.SIGKILL
    with pytest.raises(ServerUnavailable):
        table.play()


def test_a_question_that_cannot_be_is_refused(table: Table) -> None:
    with pytest.raises(InvalidArgument):
        table.play(Supposition(queue="Nowhere"))
