"""Local times at clock changes, the worst of the time-zone database among them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jams.dates import ClockChange, Schedule, UnknownTimeZone, occurrences
from jams.dates.zones import instant, time_zone

pytestmark = pytest.mark.unit

MINUTE = timedelta(minutes=1)

CHANGES = [
    ("Australia/Lord_Howe", "2023-10-01", "half an hour is skipped"),
    ("Australia/Lord_Howe", "2023-04-02", "half an hour is repeated"),
    ("Pacific/Apia", "2011-12-30", "a whole day is missing"),
    ("Pacific/Kwajalein", "1993-08-21", "a day missing, the other way round the world"),
    ("Africa/Casablanca", "2023-03-19", "back for Ramadan"),
    ("Africa/Casablanca", "2023-04-23", "forward again"),
    ("Europe/London", "1941-05-04", "into double summer time"),
    ("Europe/London", "1945-07-15", "out of double summer time"),
    ("Europe/Berlin", "1945-05-24", "into double summer time at 02:00"),
    ("America/Sao_Paulo", "2018-11-04", "midnight does not exist"),
    ("America/Havana", "2023-11-05", "midnight happens twice"),
    ("Europe/Istanbul", "2016-10-30", "stayed on summer time for good"),
    ("Asia/Pyongyang", "2018-05-04", "a half hour of its own, given up"),
    ("America/Caracas", "2016-05-01", "half an hour forward, without summer time"),
    ("Europe/Dublin", "2023-10-29", "a negative summer time"),
    ("Africa/Cairo", "2014-05-16", "summer time brought back at midnight"),
    ("Antarctica/Troll", "2023-03-26", "two hours at once"),
    ("Asia/Gaza", "2023-04-29", "summer time at a date of its own"),
    ("America/New_York", "2007-03-11", "the rule of 2007"),
]


def first_reached(local: datetime, zone: ZoneInfo) -> datetime:
    """The first minute at which the clocks of ``zone`` show ``local`` or later: the rule in one line."""
    moment = local.replace(tzinfo=UTC) - timedelta(hours=30)
    while moment.astimezone(zone).replace(tzinfo=None) < local:
        moment += MINUTE
    return moment


@pytest.mark.parametrize(("name", "day", "what"), CHANGES, ids=[f"{zone} {day}" for zone, day, _ in CHANGES])
def test_every_quarter_of_the_day_of_a_change(name: str, day: str, what: str) -> None:
    zone = time_zone(name)
    on = date.fromisoformat(day)
    changed = 0
    for quarter in range(0, 96):
        at = time(quarter // 4, quarter % 4 * 15)
        found, change = instant(on, at, zone)
        if quarter < 20 or change is not None or quarter > 88:
            assert found == first_reached(datetime.combine(on, at), zone), at
        changed += change is not None
    assert bool(changed) != what.startswith("stayed"), what


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([zone for zone, _, _ in CHANGES]),
    st.dates(date(1900, 1, 1), date(2037, 12, 31)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
@example("Africa/Monrovia", date(1972, 1, 7), time(0, 30))
@example("Europe/London", date(1947, 4, 13), time(2, 30))
def test_any_day_of_the_zones(name: str, day: date, at: time) -> None:
    zone = time_zone(name)
    found, _ = instant(day, at, zone)
    assert abs(found - first_reached(datetime.combine(day, at), zone)) < MINUTE


def _local_days(zone: str, dates: str, at: str, first: str, last: str) -> list[str]:
    schedule = Schedule(dates=dates, times=(at,), time_zone=zone)
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    end = datetime.fromisoformat(last).replace(tzinfo=UTC)
    found = [point.at.astimezone(ZoneInfo(zone)) for point in occurrences(schedule, start, end)]
    return [f"{point:%m-%d %H:%M%z}" for point in found]


def test_a_job_at_a_time_that_does_not_exist_runs_late() -> None:
    found = _local_days("Europe/Berlin", "DAILY", "02:30", "2017-03-25", "2017-03-28")
    assert found == ["03-25 02:30+0100", "03-26 03:00+0200", "03-27 02:30+0200"]


def test_a_job_at_a_time_that_happens_twice_runs_once() -> None:
    found = _local_days("Europe/Berlin", "DAILY", "02:30", "2017-10-28", "2017-10-31")
    assert found == ["10-28 02:30+0200", "10-29 02:30+0200", "10-30 02:30+0100"]


def test_the_missing_day_of_samoa_runs_late_and_once() -> None:
    found = _local_days("Pacific/Apia", "DAILY", "12:00", "2011-12-29", "2011-12-31T12:00")
    assert found == ["12-29 12:00-1000", "12-31 00:00+1400", "12-31 12:00+1400"]
    midnight = _local_days("Pacific/Apia", "DAILY", "00:00", "2011-12-29T12:00", "2012-01-01T00:00")
    assert midnight == ["12-31 00:00+1400", "01-01 00:00+1400"]


def test_midnight_that_does_not_exist() -> None:
    found = _local_days("America/Sao_Paulo", "DAILY", "00:00", "2018-11-03T00:00", "2018-11-05T12:00")
    assert found == ["11-03 00:00-0300", "11-04 01:00-0200", "11-05 00:00-0200"]


def test_asked_in_the_middle_of_a_repeated_hour_nothing_comes_again() -> None:
    second_half_past_two = datetime(2017, 10, 29, 1, 15, tzinfo=UTC)
    schedule = Schedule(dates="DAILY", times=("02:30",), time_zone="Europe/Berlin")
    found = list(occurrences(schedule, second_half_past_two, second_half_past_two + timedelta(hours=3)))
    assert found == []


def test_the_change_is_told() -> None:
    assert instant(date(2017, 3, 26), time(2, 30), time_zone("Europe/Berlin"))[1] is ClockChange.SKIPPED
    assert instant(date(2017, 10, 29), time(2, 30), time_zone("Europe/Berlin"))[1] is ClockChange.REPEATED
    assert instant(date(2017, 10, 29), time(3, 0), time_zone("Europe/Berlin"))[1] is None


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe", "É", "a\0b", "x" * 200]
)
def test_unknown_zone(name: str) -> None:
    with pytest.raises(UnknownTimeZone):
        time_zone(name)
