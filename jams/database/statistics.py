"""Statistics of jobs: how often and how long they ran, and when they last ended well or badly."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Float, bindparam, case, func, select, update

from jams.objects.enums import Severity

from . import tables
from .columns import UtcTime
from .turns import unanswered

_job = tables.job
_LAST = {severity: f"last_{severity.value.lower()}" for severity in Severity}


def _extreme(column: Column[Any], keeps: Callable[[Any, Any], Any]) -> ColumnElement[Any]:
    """The column's new value: the old one where there is no new or where ``keeps`` says so, else the new."""
    new = bindparam(f"new_{column.name}", type_=Float)
    return case((keeps(column, new), column), else_=func.coalesce(new, column))


def _span_columns(name: str) -> dict[str, ColumnElement[Any]]:
    low, high, total = _job.c[f"min_{name}"], _job.c[f"max_{name}"], _job.c[f"sum_{name}"]
    return {
        low.name: _extreme(low, operator.lt),
        high.name: _extreme(high, operator.gt),
        total.name: func.coalesce(total, 0.0) + bindparam(f"new_{total.name}", type_=Float),
    }


_add = unanswered(
    update(_job)
    .where(_job.c.id == bindparam("at"))
    .values(
        run_count=_job.c.run_count + bindparam("new_run_count"),
        cpu_count=_job.c.cpu_count + bindparam("new_cpu_count"),
        **_span_columns("elapsed"),
        **_span_columns("cpu"),
        **{
            name: func.coalesce(bindparam(f"new_{name}", type_=UtcTime), _job.c[name])
            for name in _LAST.values()
        },
    )
)


def mean(total: float | None, count: int) -> float | None:
    """The mean span in seconds, to the microsecond; None if nothing was counted."""
    return round(total / count, 6) if count and total is not None else None


def averages(c: Connection, jobs: Collection[int]) -> dict[int, float]:
    """The average seconds of jobs' runs that counted, by the job's number; a job without any is left out."""
    query = select(_job.c.id, _job.c.sum_elapsed, _job.c.run_count).where(_job.c.id.in_(list(jobs)))
    means = {row.id: mean(row.sum_elapsed, row.run_count) for row in c.execute(query)}
    return {id: found for id, found in means.items() if found}


def add(c: Connection, records: Iterable[Mapping[str, Any]], counted: Collection[int]) -> None:
    """Add history records of runs that have begun to the statistics of their jobs.

    ``counted`` are the run numbers of those whose times count; of the others only the last end is kept.
    """
    by_job: dict[int, list[Mapping[str, Any]]] = {}
    for record in records:
        if record["job_id"] is not None and record["start_time"] is not None:
            by_job.setdefault(record["job_id"], []).append(record)
    if by_job:
        c.execute(_add, [_summed(id, of_job, counted) for id, of_job in by_job.items()])


def _summed(id: int, records: list[Mapping[str, Any]], counted: Collection[int]) -> dict[str, Any]:
    values: dict[str, Any] = {"at": id, **dict.fromkeys(f"new_{name}" for name in _LAST.values())}
    for record in records:
        values[f"new_{_LAST[record['final_severity']]}"] = record["completion_time"]
    for name, count in (("elapsed", "run_count"), ("cpu", "cpu_count")):
        spans = [record[name] for record in records if record[name] is not None and record["ron"] in counted]
        values |= {
            f"new_{count}": len(spans),
            f"new_min_{name}": min(spans, default=None),
            f"new_max_{name}": max(spans, default=None),
            f"new_sum_{name}": sum(spans, 0.0),
        }
    return values
