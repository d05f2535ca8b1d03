"""What a measurement is, and how measurements are shown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from tabulate import tabulate


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes:
        name: what was measured.
        value: the result.
        unit: its unit.
        floor: the same work by the cheapest means, measured in the same run; None where there is none.
        floor_name: what that means is.
        target: what the result must reach; None where nothing is promised.
        better: whether a lower or a higher value is better.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    floor_name: str = ""
    target: float | None = None
    better: Literal["lower", "higher"] = "lower"

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of its floor."""
        return self.value / self.floor if self.floor else None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.better == "lower" else self.value >= self.target

    def record(self) -> dict[str, Any]:
        """The row as plain data."""
        return {**asdict(self), "ratio": self.ratio, "reached": self.reached}


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    sign = {"lower": "≤", "higher": "≥"}
    mark = {True: "yes", False: "**no**", None: ""}
    return tabulate(
        [
            [
                row.name,
                _number(row.value),
                row.unit,
                "" if row.target is None else f"{sign[row.better]} {_number(row.target)}",
                mark[row.reached],
                "" if row.floor is None else f"{_number(row.floor)} ({row.floor_name})",
                "" if row.ratio is None else f"{row.ratio:.2f}",
            ]
            for row in rows
        ],
        headers=["measured", "value", "unit", "target", "reached", "floor", "ratio"],
        tablefmt="github",
        disable_numparse=True,
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def median_seconds(work: Callable[[], object], *, repeat: int = 20, seconds: float = 10.0) -> float:
    """Median duration of ``work`` over ``repeat`` runs, or as many as fit into ``seconds``."""
    taken: list[float] = []
    stop = time.perf_counter() + seconds
    while len(taken) < repeat and (not taken or time.perf_counter() < stop):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def per_second(work: Callable[[], object], *, seconds: float = 3.0) -> float:
    """How often ``work`` can be done in a second, one after the other."""
    count, begin = 0, time.perf_counter()
    while (taken := time.perf_counter() - begin) < seconds:
        work()
        count += 1
    return count / taken
