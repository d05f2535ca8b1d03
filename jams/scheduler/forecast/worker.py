"""The process that plays forecasts: ``python -m jams.scheduler.forecast.worker``.

Each line that it reads is an order. It answers by lines of JSON: how far it is, in percent, and at last the
forecast or the error. It ends when there is nobody any more who gives it orders or reads its answers.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlalchemy import Connection, select

from jams.database import scratch, tables
from jams.objects.errors import ErrorDocument, JAMSError
from jams.objects.forecast import Forecast, ForecastOrder, ForecastQuestion

from .assumptions import UNKNOWN, Usual, averages
from .playing import Player
from .supposing import supposed
from .telling import Telling, assumed

TELLS_EVERY = 0.2
"""Seconds between two words on how far it is."""

MOST_RUNS = 200_000
"""Runs that a forecast has at most."""


class Answer(msgspec.Struct, omit_defaults=True):
    """A line of the answer."""

    progress: int = 0
    forecast: Forecast | None = None
    error: ErrorDocument | None = None


def forecast_of(c: Connection, order: ForecastOrder, told: Callable[[int], None]) -> Forecast:
    """The forecast that is asked for; ``told`` hears how far it is, in percent. Raises JAMSError."""
    question, now, begun = order.question, order.now, time.monotonic()
    last = c.scalar(select(tables.counter.c.entry)) or 0
    thought = supposed(c, question.suppose, now, order.user)
    usual = Usual(averages(c), thought.elapsed, _unknown(question))
    player = Player(c, now, usual, thought.events)
    span, heard = max((order.until - now).total_seconds(), 1.0), begun

    def go_on(at: datetime) -> bool:
        nonlocal heard
        moment = time.monotonic()
        if moment - heard >= TELLS_EVERY:
            heard = moment
            told(int(95 * min((at - now).total_seconds() / span, 1.0)))
        return moment - begun < order.seconds and len(player.played.runs) < MOST_RUNS

    play = player.until(order.until, go_on)
    return Telling(c, play, usual, thought.due, _late_after(question), last).forecast(assumed(play, usual))


def _unknown(question: ForecastQuestion) -> timedelta:
    return UNKNOWN if question.unknown_elapsed is None else timedelta(seconds=question.unknown_elapsed)


def _late_after(question: ForecastQuestion) -> timedelta | None:
    return None if question.late_after is None else timedelta(seconds=question.late_after)


def work(orders: BinaryIO, answers: BinaryIO) -> None:
    """Read orders, and answer each."""
    encode = msgspec.json.Encoder().encode

    def say(answer: Answer) -> None:
        answers.write(encode(answer) + b"\n")
        answers.flush()

    for line in orders:
        order = msgspec.json.decode(line, type=ForecastOrder)
        try:
            with scratch.opened(Path(order.file)) as c:
                Path(order.file).unlink()
                found = Answer(forecast=forecast_of(c, order, lambda percent: say(Answer(progress=percent))))
        except JAMSError as error:
            found = Answer(error=error.document())
        say(found)


if __name__ == "__main__":
    # Others go first: it is the machine of the runs.
    if hasattr(os, "nice"):
        os.nice(10)
    try:
        work(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        os._exit(1)
