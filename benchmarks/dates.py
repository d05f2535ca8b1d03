"""The date language: evaluating, occurrences, beside dateutil and croniter, and refusing bad text."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from croniter import croniter
from dateutil.rrule import FR, MO, MONTHLY, WEEKLY, rrule

from benchmarks.report import Row
from jams.dates import (
    Calendar,
    DateDefinition,
    DateError,
    DateType,
    Recurrence,
    Schedule,
    WorkdayFlag,
    days,
    evaluate,
    next_occurrence,
    next_occurrences,
    occurrences,
)
from jams.dates.language import parse_afresh

TEXTS = (
    "3RD WORKDAY OF MONTH",
    "LAST WORKDAY OF MONTH - 2 EXCEPT HOLIDAYS",
    "FIRST MONDAY OF THE MONTH, EVERY OTHER MONDAY",
    "15TH OF EVERY MONTH",
    "WORKDAYS",
    "1ST DAY OF NEXT FISCAL",
)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo")
TODAY = date(2017, 3, 15)


def _calendar() -> Calendar:
    """Ten years with ten holidays each, and fiscal quarters."""
    definitions = [
        DateDefinition(
            date_type="HOLIDAY",
            date=date(year, month, 2 + month * 2),
            description=f"Holiday {month}",
            workday=WorkdayFlag.FALSE,
        )
        for year in range(2012, 2028)
        for month in range(1, 11)
    ]
    definitions += [
        DateDefinition(date_type="FISCAL", date=date(year, month, 1))
        for year in range(2012, 2028)
        for month in (2, 5, 8, 11)
    ]
    return Calendar([DateType(name="HOLIDAY"), DateType(name="FISCAL", continuous=True)], definitions)


def _best(work: Callable[[], object], repeats: int = 5) -> float:
    """The shortest of several runs, in seconds."""
    found = []
    for _ in range(repeats):
        gc.collect()
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def _schedules(count: int) -> dict[int, Schedule]:
    """Schedules of all sorts: 120 date texts, every minute of the day, five zones, exceptions and anchors."""
    weekdays = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")
    texts = [
        *(f"{n} {day} OF MONTH" for n in ("1ST", "2ND", "3RD", "LAST") for day in weekdays),
        *(f"{n}TH OF EVERY MONTH" for n in range(4, 21)),
        *(f"LAST WORKDAY OF MONTH - {n}" for n in range(1, 15)),
        *(f"{n}TH WORKDAY OF MONTH" for n in range(4, 20)),
        *(f"{month} {n}" for month in ("JANUARY", "APRIL", "JULY", "OCTOBER") for n in (1, 7, 15, 28)),
        *(f"EVERY {n} DAYS" for n in range(2, 12)),
        *(f"EVERY {n} WORKDAYS" for n in range(2, 12)),
        *(f"{day}S, LAST DAY OF QUARTER" for day in weekdays),
        *("DAILY", "WORKDAYS", "WEEKENDS", "HOLIDAY + 1", "1ST DAY OF FISCAL", "LAST WORKDAY OF FISCAL"),
    ]
    random_ = random.Random(7)
    return {
        number: Schedule(
            dates=random_.choice(texts),
            times=(f"{random_.randrange(24):02d}:{random_.randrange(60):02d}",),
            except_for=random_.choice((None, None, "HOLIDAY")),
            time_zone=random_.choice(ZONES),
            start_date=date(2017, 1, 1) + timedelta(random_.randrange(60)),
        )
        for number in range(count)
    }


def evaluating() -> Iterator[Row]:
    """One text: its tree cached, and cold."""
    calendar = _calendar()
    for text in TEXTS:
        evaluate(text, TODAY, calendar)
    many = 2000

    def warm() -> None:
        for _ in range(many):
            for text in TEXTS:
                evaluate(text, TODAY, calendar)

    def cold() -> None:
        for _ in range(50):
            for text in TEXTS:
                parse_afresh(text)
                calendar.compiled.clear()
                evaluate(text, TODAY, calendar)

    yield Row("dates: evaluate, tree cached", _best(warm) / many / len(TEXTS) * 1e6, "µs", target=20)
    yield Row("dates: evaluate, cold", _best(cold) / 50 / len(TEXTS) * 1e3, "ms", target=0.5)


def listing() -> Iterator[Row]:
    """A year of one schedule, and the next occurrence of very many."""
    calendar = _calendar()
    schedule = Schedule(dates="3RD WORKDAY OF MONTH", times=("06:00",), time_zone="Europe/Berlin")
    start = datetime(2017, 1, 1, tzinfo=UTC)

    def year() -> None:
        assert len(list(occurrences(schedule, start, start + timedelta(365), calendar))) == 12

    yield Row("dates: a year of 3rd workday of month", _best(year, 20) * 1e3, "ms", target=5)
    schedules = _schedules(100_000)
    after = datetime(2017, 3, 15, 12, tzinfo=UTC)

    def following() -> None:
        assert all(each.error is None for each in next_occurrences(schedules, after, calendar))

    def together() -> None:
        fresh = _calendar()
        assert all(each.error is None for each in next_occurrences(schedules, after, fresh))

    yield Row("dates: next occurrence of 100,000 schedules", _best(following, 3), "s", target=2)
    yield Row("dates: the same with a new calendar", _best(together, 2), "s", target=2)

    def single() -> None:
        for number in range(5000):
            next_occurrence(schedules[number], after, calendar)

    yield Row("dates: next occurrence, one at a time", _best(single, 3) / 5000 * 1e6, "µs")
    hourly = Schedule(dates="WORKDAYS", times=("09:00",), recurrence=Recurrence(delay="01:00", until="17:00"))

    def repeated() -> None:
        list(islice(occurrences(hourly, start, start + timedelta(365), calendar), 2000))

    yield Row("dates: 2,000 hourly points on workdays", _best(repeated, 3) * 1e3, "ms")


def beside_others() -> Iterator[Row]:
    """The same days by dateutil's rrule, and the same points by croniter, in the same run."""
    first, last = date(2000, 1, 3), date(2050, 1, 1)
    midnight, end = datetime(2000, 1, 3), datetime(2050, 1, 1)
    rules = {
        "LAST FRIDAY OF MONTH": {"freq": MONTHLY, "byweekday": FR(-1)},
        "15TH OF EVERY MONTH": {"freq": MONTHLY, "bymonthday": 15},
        "EVERY OTHER MONDAY": {"freq": WEEKLY, "interval": 2, "byweekday": MO},
    }
    for text, rule in rules.items():
        schedule = Schedule(dates=text, start_date=first)
        expected = [each.date() for each in rrule(dtstart=midnight, until=end, **rule)]
        assert list(days(schedule, first, last)) == expected
        ours = _best(lambda schedule=schedule: list(days(schedule, first, last)))
        theirs = _best(lambda rule=rule: list(rrule(dtstart=midnight, until=end, **rule)))
        yield _ratio(f"dates: 50 years of {text}", ours, theirs, "dateutil rrule")
    for text, cron in (("LAST FRIDAY OF MONTH", "30 2 * * L5"), ("15TH OF EVERY MONTH", "30 2 15 * *")):
        yield _beside_croniter(text, cron)


def _beside_croniter(text: str, cron: str) -> Row:
    schedule = Schedule(dates=text, times=("02:30",))
    start = datetime(2017, 1, 1, tzinfo=UTC)
    count = 120

    def ours() -> list[datetime]:
        points = occurrences(schedule, start, start + timedelta(366 * 20))
        return [point.at for point in islice(points, count)]

    def theirs() -> list[datetime]:
        points = croniter(cron, start)
        return [points.get_next(datetime) for _ in range(count)]

    assert ours() == theirs()
    return _ratio(f"dates: 120 points of {text}", _best(ours), _best(theirs), "croniter")


def _ratio(name: str, ours: float, theirs: float, floor_name: str) -> Row:
    return Row(name, ours * 1e3, "ms", theirs * 1e3, floor_name, 1.5 * theirs * 1e3)


def refusing() -> Iterator[Row]:
    """The dearest refusal of texts of up to 1,000 characters, chosen to be hard and made at random."""
    random_ = random.Random(11)
    words = ["LAST", "-", "2", "WORKDAY", "OF", "MONTH", ",", "EVERY", "OTHER", "MONDAY", "A", "+", "1ST"]
    words += ["1-JAN-2017", "THE"]
    hard = ["A," * 49 + "LAST", "A-2," * 24 + "LAST", "A OR " * 49 + "%", '"' * 1000, "THE " * 250]
    hard += ["2017-1-1," * 49 + "LAST", "LAST-" * 200, "9" * 1000, "A" * 1000]
    hard += ["1ST WORKDAY OF MONTH," * 16 + "NEXT", "MONDY " * 80, "\u0130" * 1000, "EVERY " * 90, "(" * 1000]
    made = (" ".join(random_.choices(words, k=random_.randrange(1, 130)))[:1000] for _ in range(1500))
    worst = 0.0
    for text in [*hard, *made]:
        worst = max(worst, min(_refused(text) for _ in range(3)))
    yield Row("dates: dearest refusal of a text", worst * 1e3, "ms", target=10)


def _refused(text: str) -> float:
    start = time.perf_counter()
    try:
        parse_afresh(text)
    except DateError:
        return time.perf_counter() - start
    return 0.0


def rows() -> Iterable[Row]:
    """All measurements of the date language."""
    yield from evaluating()
    yield from listing()
    yield from beside_others()
    yield from refusing()
