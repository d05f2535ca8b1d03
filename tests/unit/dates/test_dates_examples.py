"""The worked examples of the language, row by row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jams.dates import (
    Calendar,
    DateDefinition,
    DateSettings,
    DateType,
    LastWeekday,
    NonWorkdayRule,
    Schedule,
    WorkdayFlag,
    days,
    evaluate,
    runs_on,
)

pytestmark = pytest.mark.unit

HOLIDAYS = ["2017-01-02", "2017-05-29", "2017-07-04", "2017-09-04", "2017-12-25", "2018-05-28"]
TYPES = [
    DateType(name="HOLIDAY"),
    DateType(name="FISCAL", continuous=True, specific_types=("APRIL", "MAY")),
]
DATES = [
    *(
        DateDefinition(date_type="HOLIDAY", date=date.fromisoformat(day), workday=WorkdayFlag.FALSE)
        for day in HOLIDAYS
    ),
    DateDefinition(date_type="FISCAL", date=date(2017, 3, 27), specific_type="APRIL"),
    DateDefinition(date_type="FISCAL", date=date(2017, 5, 1), specific_type="MAY"),
]
CALENDAR = Calendar(TYPES, DATES)
SEVEN = Calendar(TYPES, DATES, DateSettings(last_weekday=LastWeekday.MOST_RECENT))
WEDNESDAY = "2017-03-15"


@pytest.mark.parametrize(
    ("text", "today", "result"),
    [
        ("MONDAY", WEDNESDAY, "2017-03-13"),
        ("FRI", WEDNESDAY, "2017-03-17"),
        ("NEXT MONDAY", WEDNESDAY, "2017-03-20"),
        ("LAST MONDAY", WEDNESDAY, "2017-03-06"),
        ("1ST WORKDAY OF NEXT MONTH", WEDNESDAY, "2017-04-03"),
        ("2ND WORKDAY OF MONTH", "2017-07-20", "2017-07-05"),
        ("LAST WORKDAY OF MONTH", "2017-04-03", "2017-04-28"),
        ("LAST WORKDAY OF MONTH", "2017-12-01", "2017-12-29"),
        ("LAST WORKDAY OF MONTH - 2", "2017-04-03", "2017-04-26"),
        ("FIRST MONDAY OF MONTH", "2017-09-20", "2017-09-04"),
        ("3RD FRIDAY OF MONTH", WEDNESDAY, "2017-03-17"),
        ("LAST FRIDAY OF MONTH", WEDNESDAY, "2017-03-31"),
        ("4TH SATURDAY OF MONTH", WEDNESDAY, "2017-03-25"),
        ("FIRST DAY OF FISCAL", "2017-04-03", "2017-03-27"),
        ("1ST WORKDAY OF JANUARY 2018", WEDNESDAY, "2018-01-01"),
    ],
)
def test_value_of_the_table(text: str, today: str, result: str) -> None:
    assert evaluate(text, date.fromisoformat(today), CALENDAR) == date.fromisoformat(result)


@pytest.mark.parametrize("day", range(1, 32))
def test_first_workday_is_the_same_on_any_day_of_january(day: int) -> None:
    assert evaluate("1ST WORKDAY OF MONTH", date(2017, 1, day), CALENDAR) == date(2017, 1, 3)


def test_last_monday_by_the_rule_of_version_7() -> None:
    assert evaluate("LAST MONDAY", date.fromisoformat(WEDNESDAY), SEVEN) == date(2017, 3, 13)


def test_a_holiday_runs_unless_it_is_excepted() -> None:
    assert runs_on("FIRST MONDAY OF MONTH", date(2017, 9, 4), CALENDAR)
    schedule = Schedule(dates="FIRST MONDAY OF MONTH", except_for="HOLIDAY")
    assert list(days(schedule, date(2017, 9, 1), date(2017, 10, 31), CALENDAR)) == [date(2017, 10, 2)]


def test_workdays_of_the_week_of_independence_day() -> None:
    week = [date(2017, 7, 3) + timedelta(day) for day in range(7)]
    assert [day.day for day in week if runs_on("WORKDAYS", day, CALENDAR)] == [3, 5, 6, 7]


def test_fifteenth_or_the_workday_before_it() -> None:
    schedule = Schedule(dates="15TH OF EVERY MONTH", non_workday=NonWorkdayRule.PRECEDING)
    assert list(days(schedule, date(2017, 4, 1), date(2017, 4, 30), CALENDAR)) == [date(2017, 4, 14)]


def test_the_mixed_list_of_the_vendor_shifts_after_every_run() -> None:
    schedule = Schedule(dates="FIRST MONDAY OF MONTH, EVERY OTHER MONDAY", start_date=date(2018, 4, 2))
    found = list(days(schedule, date(2018, 4, 2), date(2018, 5, 31), CALENDAR))
    assert [f"{day:%m-%d}" for day in found] == ["04-02", "04-16", "04-30", "05-07", "05-21"]
