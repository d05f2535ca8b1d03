"""Schedules cost little whatever they say: what would be looked for without an end is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jams.dates import (
    Calendar,
    DateDefinition,
    DateSettings,
    DateType,
    InvalidSchedule,
    NonWorkdayRule,
    Recurrence,
    Schedule,
    WorkdayFlag,
    WorkWeek,
    occurrences,
    projection,
)
from jams.dates.effort import Effort
from jams.dates.evaluation import evaluator
from jams.dates.rules import Rule
from jams.dates.searching import Search
from jams.dates.workdays import FIRST_DAY, LAST_DAY, Workdays

pytestmark = pytest.mark.unit

BEGIN = datetime(2017, 1, 1, tzinfo=UTC)
END_OF_TIME = datetime(9998, 12, 1, tzinfo=UTC)
LONG_AGO = date(1, 1, 2)
RARE = "LAST MONDAY, YESTERDAY, NEXT WORKDAY"


@pytest.mark.parametrize(
    ("schedule", "until"),
    [
        (Schedule(dates="DAILY EXCEPT DAILY"), END_OF_TIME),
        (Schedule(dates="DAILY", except_for="DAILY"), END_OF_TIME),
        (Schedule(dates="YESTERDAY"), END_OF_TIME),
        (Schedule(dates="NEXT WORKDAY"), END_OF_TIME),
        (Schedule(dates="WEEKENDS", non_workday=NonWorkdayRule.SKIP), END_OF_TIME),
        (Schedule(dates=", ".join([RARE] * 11)), BEGIN + timedelta(366 * 40)),
        (Schedule(dates="DAILY", except_for=f"{', '.join([RARE] * 9)}, DAILY"), BEGIN + timedelta(366 * 40)),
        (Schedule(dates="EVERY 2 DAYS, 15TH OF MONTH", start_date=LONG_AGO), END_OF_TIME),
    ],
)
def test_what_never_holds_is_not_looked_for_without_end(schedule: Schedule, until: datetime) -> None:
    with pytest.raises(InvalidSchedule, match="too much work"):
        next(occurrences(schedule, BEGIN, until), None)


@pytest.mark.parametrize(
    ("schedule", "found"),
    [
        (Schedule(dates="DAILY EXCEPT DAILY"), 0),
        (Schedule(dates="30TH DAY OF FEBRUARY"), 0),
        (Schedule(dates="FEBRUARY 29"), 10),
        (Schedule(dates="NEXT WORKDAY, LAST MONDAY, 1ST OF MONTH"), 479),
        (Schedule(dates="EVERY 2 WORKDAYS", start_date=LONG_AGO), 1000),
        (Schedule(dates="EVERY 2 MONTHS", start_date=LONG_AGO), 240),
    ],
)
def test_forty_years_are_looked_at(schedule: Schedule, found: int) -> None:
    until = BEGIN + timedelta(days=365 * 40 + 9)
    assert len(list(islice(occurrences(schedule, BEGIN, until), 1000))) == found


def test_an_item_that_never_holds_is_not_asked_again_for_each_day(monkeypatch: pytest.MonkeyPatch) -> None:
    found = evaluator("YESTERDAY, DAILY", Calendar())
    asked = []
    rare: type[Rule] = type(found.items[0])
    ask = rare.next
    monkeypatch.setattr(rare, "next", lambda self, *given: asked.append(given) or ask(self, *given))
    search = Search(found, Effort())
    first = BEGIN.toordinal()
    days = [search.next(first + number, first + 1000, None) for number in range(500)]
    assert days == [(first + number, 1) for number in range(500)]
    assert len(asked) == 1


def test_the_effort_of_a_projection_is_that_of_all() -> None:
    schedules = {number: Schedule(dates="DAILY EXCEPT DAILY") for number in range(10)}
    year = BEGIN + timedelta(365)
    assert not list(projection(schedules, BEGIN, year))
    found = list(projection(schedules, BEGIN, year, effort=Effort(2000)))
    assert [each.key for each in found if isinstance(each.error, InvalidSchedule)] == [2, 3, 4, 5, 6, 7, 8, 9]


def test_repetitions_are_made_when_they_are_asked_for() -> None:
    """24 times of day, each repeated every minute: 34,000 points a day, of which a caller wants two."""
    busy = Schedule(
        dates="DAILY",
        times=tuple(f"{hour}:00" for hour in range(24)),
        recurrence=Recurrence(delay="0.00:01"),
    )
    schedules = dict.fromkeys(range(200), busy)
    found = list(islice(projection(schedules, BEGIN, BEGIN + timedelta(366)), 400))
    assert [each.occurrence.at for each in found[:1] + found[-1:] if each.occurrence] == [
        BEGIN + timedelta(minutes=1),
        BEGIN + timedelta(minutes=2),
    ]


@pytest.mark.parametrize("times", [("00:00",), ("08:30", "00:10"), ("23:00", "12:00", "12:15")])
@pytest.mark.parametrize("until", [None, "02:00", "12:00"])
def test_repetitions_are_those_of_every_time_of_day(times: tuple[str, ...], until: str | None) -> None:
    delay = timedelta(minutes=35)
    wanted = set()
    for day in range(-2, 5):
        for each in times:
            first = BEGIN + timedelta(day) + (datetime.strptime(each, "%H:%M") - datetime(1900, 1, 1))
            end = datetime.combine(first.date() + timedelta(1), time(), UTC) - timedelta(microseconds=1)
            if until is not None:
                of_day = time.fromisoformat(until)
                same_day = first.time() <= of_day
                end = datetime.combine(first.date() + timedelta(not same_day), of_day, UTC)
            wanted |= {first + n * delay for n in range(50) if first + n * delay <= end}
    schedule = Schedule(dates="DAILY", times=times, recurrence=Recurrence(delay="0.00:35", until=until))
    after = BEGIN + timedelta(hours=5, minutes=7)
    last = after + timedelta(2)
    assert [each.at for each in occurrences(schedule, after, last)] == sorted(
        each for each in wanted if after < each <= last
    )


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_counting_workdays_is_walking_over_them(data: st.DataObject) -> None:
    week = WorkWeek(*()) if data.draw(st.booleans()) else _week(data.draw(st.integers(0, 127)))
    base = data.draw(st.sampled_from((FIRST_DAY, 700_000, LAST_DAY - 900)))
    flags = st.tuples(st.integers(0, 900), st.sampled_from(list(WorkdayFlag)))
    definitions = [
        DateDefinition(date_type="X", date=date.fromordinal(base + day), workday=flag)
        for day, flag in data.draw(st.lists(flags, max_size=60))
    ]
    workdays = Workdays(week, definitions)
    low, high = max(base - 900, FIRST_DAY), min(base + 3000, LAST_DAY)
    walked = [day for day in range(low, high + 1) if day in workdays]
    for _ in range(20):
        day = data.draw(st.integers(max(base - 2, FIRST_DAY - 1), min(base + 902, LAST_DAY + 1)))
        number = data.draw(st.integers(1, 400))
        after, before = [d for d in walked if d > day], [d for d in walked if d < day]
        if len(after) >= number:
            assert workdays.nth_after(day, number) == after[number - 1]
        elif high == LAST_DAY:
            assert workdays.nth_after(day, number) is None
        if len(before) >= number:
            assert workdays.nth_before(day, number) == before[-number]
        elif low == FIRST_DAY:
            assert workdays.nth_before(day, number) is None
        end = min(day + number, high)
        assert workdays.count(max(day, low), end) == sum(max(day, low) <= d <= end for d in walked)


def _week(bits: int) -> WorkWeek:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return WorkWeek(**{name: bool(bits >> number & 1) for number, name in enumerate(names)})


def test_a_calendar_of_many_specific_types_is_built_in_one_go() -> None:
    """Each date's place among 20,000 specific types is looked up, not searched for."""
    specific = tuple(f"S{number}" for number in range(20_000))
    dates = [
        DateDefinition(date_type="X", specific_type=name, date=date.fromordinal(700_000 + number))
        for number, name in enumerate(specific)
    ]
    found = Calendar([DateType(name="X", specific_types=specific)], reversed(dates), DateSettings())
    assert found.definitions == tuple(dates)
