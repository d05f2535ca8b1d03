"""What a page of the history costs where very many have run; the floor is the same page where few have."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    func,
    insert,
    literal_column,
    select,
    true,
    type_coerce,
)

from jams.database import history, tables
from jams.database.columns import UtcTime
from tests.support.old_history import FIRST_NUMBER, NOW, row

from .crowd import Crowd, crowd, kinds
from .report import Row

FEW, MANY = 1_000, 1_000_000
PAGE = 100
ROUNDS = 100
RATIO = 1.1
_JOBS = 10
_APART = 7
"""Seconds between the ends of two runs."""


def rows() -> Iterable[Row]:
    """Milliseconds of the newest page, and of one far behind it, of all runs and of one job's."""
    pages: dict[str, Callable[[Connection, int], object]] = {
        "the newest page": lambda c, middle: history.find(c, limit=PAGE),
        "the page behind the middle": lambda c, middle: history.find(c, limit=PAGE, beyond=middle),
        "the newest page of a job": lambda c, middle: history.find(c, history.Wanted(job_id=1), limit=PAGE),
    }
    for kind in kinds():
        with crowd(kind) as few, crowd(kind) as many:
            _fill(few, FEW)
            _fill(many, MANY)
            for name, page in pages.items():
                floor, taken = _by_turns(few, many, page)
                yield Row(
                    f"history of {MANY:,} runs, {PAGE} of them: {name}, {kind}",
                    taken * 1e3,
                    "ms",
                    floor * 1e3,
                    f"of {FEW:,} runs",
                    RATIO * floor * 1e3,
                )


def _by_turns(few: Crowd, many: Crowd, page: Callable[[Connection, int], object]) -> tuple[float, float]:
    """Seconds of a page in either history: what a tenth of them stay below, since other programs only add."""
    taken: tuple[list[float], list[float]] = ([], [])
    middles = [_middle(each) for each in (few, many)]
    for turn in range(ROUNDS + 5):
        for made, middle, seconds in zip((few, many), middles, taken, strict=True):
            begin = time.perf_counter()
            with made.database.read() as c:
                found = page(c, middle)
            if turn >= 5:
                seconds.append(time.perf_counter() - begin)
            assert isinstance(found, list) and len(found) == PAGE
    few_seconds, many_seconds = (statistics.quantiles(seconds, n=10)[0] for seconds in taken)
    return few_seconds, many_seconds


def _middle(made: Crowd) -> int:
    with made.database.read() as c:
        first, last = c.execute(select(func.min(tables.history.c.id), func.max(tables.history.c.id))).one()
    return int((first + last) // 2)


def _fill(made: Crowd, count: int) -> None:
    """Write so many runs of a few jobs, each some seconds after the other; the indexes come last."""
    table = tables.history
    indexes = list(table.indexes)

    def work(c: Connection) -> None:
        for index in indexes:
            index.drop(c)
        history.add(c, [row(1, FIRST_NUMBER, NOW)], listened=False)
        copied: dict[str, ColumnElement[Any]] = {
            column.name: column for column in table.c if column.name != "id"
        }
        for number in ("number", "ron"):
            copied[number] = table.c[number] + _nth
        copied["job_id"] = 1 + _nth % _JOBS
        copied["completion_time"] = type_coerce(_later(c), UtcTime())
        together = table.join(_numbers(count - 1), true())
        values = [value.label(name) for name, value in copied.items()]
        c.execute(insert(table).from_select(list(copied), select(*values).select_from(together)))
        for index in indexes:
            index.create(c)

    made.write(work)
    if made.database.dialect == "postgresql":
        made.write(lambda c: c.exec_driver_sql("ANALYZE history"))


_nth = literal_column("nth.n")


def _numbers(count: int) -> CTE:
    first = select(literal_column("1").label("n")).cte("nth", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < count))


def _later(c: Connection) -> ColumnElement[Any]:
    if c.dialect.name == "sqlite":
        return literal_column(f"history.completion_time + nth.n * {_APART * 1_000_000}")
    return literal_column(f"history.completion_time + nth.n * interval '{timedelta(seconds=_APART)}'")
