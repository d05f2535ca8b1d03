"""Where a list that is foreseen goes on: behind which row of which instant. Declares no operation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar

from jams.objects.errors import InvalidArgument

T = TypeVar("T")

_WRITTEN = re.compile(r"([^/]{1,40})/([^/]{1,40})/([0-9]{1,16})/([0-9]{1,9})")
_TICK = timedelta(microseconds=1)


class TimeCursor(NamedTuple):
    """The place of a row in a list by time.

    Attributes:
        begin: the beginning of the period, from which intervals count as well.
        at: the instant of the row.
        job: the number of its job; 0 where the list is of one schedule.
        number: which of that job's rows of the instant it is.
    """

    begin: datetime
    at: datetime
    job: int = 0
    number: int = 0

    def __str__(self) -> str:
        return "/".join((_text(self.begin), _text(self.at), str(self.job), str(self.number)))

    @classmethod
    def parse(cls, text: str) -> TimeCursor:
        """The place that a row has told. Raises InvalidArgument."""
        found = _WRITTEN.fullmatch(text)
        try:
            if found is None:
                raise ValueError
            begin, at = (datetime.fromisoformat(part).astimezone(UTC) for part in found.groups()[:2])
            if begin > at:
                raise ValueError
        except (ValueError, OverflowError):
            raise InvalidArgument("The cursor is none of a row of this list.", member="beyond") from None
        return cls(begin, at, int(found[3]), int(found[4]))

    @property
    def after(self) -> datetime:
        """The time after which to look for what follows: the rows of its instant are among that."""
        return max(self.begin, self.at - _TICK)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def begin_of(start: datetime | None, beyond: TimeCursor | None, now: datetime, name: str) -> datetime:
    """The beginning of the period of a list; where it goes on, that with which it began.

    Raises:
        InvalidArgument: another beginning is named as well.
    """
    if beyond is None:
        return start or now
    if start is not None and start != beyond.begin:
        raise InvalidArgument(f"beyond goes on with a list that began at another {name}.", member="beyond")
    return beyond.begin


def placed(
    timed: Iterable[tuple[datetime, T]], begin: datetime, job_of: Callable[[T], int] = lambda _: 0
) -> Iterator[tuple[TimeCursor, T]]:
    """Rows that come in order of time, each with its place."""
    now, counts = begin, dict[int, int]()
    for at, row in timed:
        if at != now:
            now, counts = at, {}
        job = job_of(row)
        number = counts[job] = counts.get(job, -1) + 1
        yield TimeCursor(begin, at, job, number), row


def behind(rows: Iterable[tuple[TimeCursor, T]], beyond: TimeCursor | None) -> Iterator[tuple[TimeCursor, T]]:
    """The rows behind a place; where it is gone meanwhile, from the beginning of its instant on."""
    found, of_instant = beyond is None, list[tuple[TimeCursor, T]]()
    for place, row in rows:
        if beyond is not None and not found:
            if place.at < beyond.at:
                continue
            if place == beyond:
                found, of_instant = True, []
                continue
            if place.at == beyond.at:
                of_instant.append((place, row))
                continue
            found = True
            yield from of_instant
            of_instant = []
        yield place, row
    yield from of_instant
