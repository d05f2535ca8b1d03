"""The product against the oracle, on texts from the grammar, random calendars and a century of days."""

from __future__ import annotations

from datetime import date, timedelta

import date_oracle as oracle
import pytest
from date_texts import FIRST, LAST, calendar_of, texts, worlds
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from jams.dates import DateError, Schedule, canonical, days, evaluate, parse, runs_on

pytestmark = pytest.mark.unit

CODES = {
    oracle.NoDay: "INVSCHDATE",
    oracle.BadName: "INVSCHDATE",
    oracle.BadPeriod: "INVPERIOD",
    oracle.NotDefined: "DATESNSU",
}
COMMON = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], max_examples=100
)
TEXTS = texts()


def _asked(function: object, *arguments: object) -> object:
    """The answer, or the code of the error."""
    assert callable(function)
    try:
        return function(*arguments)
    except DateError as error:
        return error.code
    except tuple(CODES) as error:
        return CODES[type(error)]


def _readable(text: str) -> None:
    """Leaves aside dates that no calendar has: they are refused on reading, before the oracle is asked."""
    try:
        parse(text)
    except DateError as error:
        assert error.code == "INVSCHDATE"
        assume(False)


@COMMON
@given(TEXTS)
def test_canonical_text_has_the_same_tree(text: str) -> None:
    _readable(text)
    tree = parse(text)
    assert parse(canonical(tree)) == tree
    assert canonical(parse(canonical(tree))) == canonical(tree)


@COMMON
@given(TEXTS, worlds(), st.integers(-400, 900))
def test_value_reading(text: str, world: oracle.World, shift: int) -> None:
    _readable(text)
    today = world.middle + timedelta(shift)
    expected = _asked(oracle.value, world, text, today)
    assert _asked(evaluate, text, today, calendar_of(world)) == expected


@COMMON
@given(TEXTS, worlds(), st.integers(-400, 900))
def test_schedule_reading(text: str, world: oracle.World, shift: int) -> None:
    _readable(text)
    calendar = calendar_of(world)
    start = world.middle + timedelta(shift)
    for number in range(12):
        day = start + timedelta(number)
        expected = _asked(oracle.runs, world, text, day, (start, False))
        assert _asked(lambda each=day: runs_on(text, each, calendar, anchor=start)) == expected, day


@COMMON
@given(TEXTS, worlds(), st.integers(-200, 600), st.integers(0, 40))
def test_days_of_a_schedule(text: str, world: oracle.World, shift: int, later: int) -> None:
    _readable(text)
    start = world.middle + timedelta(shift)
    first, last = start + timedelta(later), start + timedelta(later + 50)
    schedule = Schedule(dates=text, start_date=start)
    expected = _asked(oracle.run_days, world, text, start, first, last)
    found = _asked(lambda: list(days(schedule, first, last, calendar_of(world))))
    assert found == expected


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(["3RD WORKDAY OF MONTH", "LAST-1 WORKDAY OF QUARTER - 1 WORKDAY", "5TH FRI OF MONTH"]))
@example("29TH OF MONTH, EVERY 3 WORKDAYS")
@example("LAST SUN OF MARCH, LAST SUN OF OCTOBER")
def test_a_century(text: str) -> None:
    world = oracle.World(types={"HOLIDAY": (False, [])})
    for year in range(FIRST.year - 1, LAST.year + 2):
        world.dates += [
            ("HOLIDAY", date(year, 1, 1), None, False),
            ("HOLIDAY", date(year, 12, 25), None, False),
        ]
    found = list(days(Schedule(dates=text, start_date=FIRST), FIRST, LAST, calendar_of(world)))
    short = FIRST + timedelta(700)
    assert [day for day in found if day <= short] == oracle.run_days(world, text, FIRST, FIRST, short)
    if "EVERY" not in text:
        late = LAST - timedelta(400)
        assert [day for day in found if day >= late] == oracle.run_days(world, text, late, late, LAST)
