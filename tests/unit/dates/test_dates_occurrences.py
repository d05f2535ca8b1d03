"""Occurrences, recurrences and projections."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import FR, MO, MONTHLY, WEEKLY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from jams.dates import (
    BaseTime,
    Calendar,
    DateDefinition,
    DateSettings,
    DatesNotDefined,
    DateType,
    InvalidSchedule,
    InvalidTime,
    NonWorkdayRule,
    Recurrence,
    Schedule,
    WorkdayFlag,
    WorkWeek,
    days,
    next_occurrence,
    next_occurrences,
    next_recurrence,
    occurrences,
    projection,
)

pytestmark = pytest.mark.unit


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _points(schedule: Schedule, after: str, until: str, calendar: Calendar | None = None) -> list[str]:
    return [f"{point.at:%m-%d %H:%M}" for point in occurrences(schedule, _at(after), _at(until), calendar)]


HOLIDAYS = Calendar(
    [DateType(name="HOLIDAY")],
    [
        DateDefinition(date_type="HOLIDAY", date=date(2017, month, day), workday=WorkdayFlag.FALSE)
        for month, day in ((1, 2), (5, 29), (7, 4), (9, 4), (12, 25))
    ],
)


def test_every_hour_from_nine_to_five_on_workdays() -> None:
    schedule = Schedule(
        dates="WORKDAYS", times=("09:00",), recurrence=Recurrence(delay="0.01:00", until="17:00")
    )
    found = _points(schedule, "2017-07-03T15:30", "2017-07-05T10:00", HOLIDAYS)
    assert found == ["07-03 16:00", "07-03 17:00", "07-05 09:00", "07-05 10:00"]


def test_a_recurrence_across_midnight_and_across_another_time() -> None:
    schedule = Schedule(
        dates="MONDAYS", times=("22:00", "23:30"), recurrence=Recurrence(delay="01:00", until="1:00")
    )
    found = _points(schedule, "2017-07-03T21:00", "2017-07-05T00:00")
    assert found == ["07-03 22:00", "07-03 23:00", "07-03 23:30", "07-04 00:00", "07-04 00:30", "07-04 01:00"]
    assert _points(schedule, "2017-07-04T00:00", "2017-07-05T00:00") == ["07-04 00:30", "07-04 01:00"]


def test_a_recurrence_without_end_lasts_for_the_day() -> None:
    schedule = Schedule(dates="MONDAYS", times=("20:00",), recurrence=Recurrence(delay="02:00"))
    assert _points(schedule, "2017-07-03T00:00", "2017-07-06T00:00") == ["07-03 20:00", "07-03 22:00"]


def test_a_recurrence_counts_elapsed_time_over_a_clock_change() -> None:
    schedule = Schedule(
        dates="DAILY",
        times=("00:00",),
        time_zone="Europe/Berlin",
        recurrence=Recurrence(delay="01:00", until="04:00"),
    )
    found = _points(schedule, "2017-03-25T22:00", "2017-03-26T12:00")
    assert found == ["03-25 23:00", "03-26 00:00", "03-26 01:00", "03-26 02:00"]


def test_a_recurrence_after_the_end_gives_only_its_first_point() -> None:
    recurrence = Recurrence(delay="00:30", until="12:00", base_time=BaseTime.END_TIME)
    schedule = Schedule(dates="DAILY", times=("09:00",), recurrence=recurrence)
    assert _points(schedule, "2017-07-03T00:00", "2017-07-04T00:00") == ["07-03 09:00"]


@pytest.mark.parametrize(
    ("base", "completed", "following"),
    [
        (BaseTime.SCHEDULED_TIME, "2017-07-03T09:10", "2017-07-03T09:30"),
        (BaseTime.SCHEDULED_TIME, "2017-07-03T09:30", "2017-07-03T09:30"),
        (BaseTime.SCHEDULED_TIME, "2017-07-03T10:05", "2017-07-03T10:30"),
        (BaseTime.END_TIME, "2017-07-03T10:05", "2017-07-03T10:35"),
        (BaseTime.END_TIME, "2017-07-03T11:30", "2017-07-03T12:00"),
        (BaseTime.END_TIME, "2017-07-03T11:31", None),
    ],
)
def test_the_next_run_of_a_recurrence(base: BaseTime, completed: str, following: str | None) -> None:
    recurrence = Recurrence(delay="00:30", until="12:00", base_time=base)
    found = next_recurrence(
        recurrence, date(2017, 7, 3), "09:00", "UTC", _at("2017-07-03T09:00"), _at(completed)
    )
    assert found == (None if following is None else _at(following))


def test_each_point_has_its_reason() -> None:
    schedule = Schedule(dates="15TH OF MONTH", times=("02:30",), non_workday=NonWorkdayRule.PRECEDING)
    point = next_occurrence(schedule, _at("2017-04-01T00:00"))
    assert point is not None
    assert (point.day, point.date) == (date(2017, 4, 14), date(2017, 4, 15))
    assert point.reason == "15TH DAY OF MONTH gives 2017-04-15; which is no workday, so it runs on 2017-04-14"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (NonWorkdayRule.SCHEDULE, ["2017-07-01", "2017-07-04"]),
        (NonWorkdayRule.SKIP, []),
        (NonWorkdayRule.PRECEDING, ["2017-06-30", "2017-07-03"]),
        (NonWorkdayRule.FOLLOWING, ["2017-07-03", "2017-07-05"]),
    ],
)
def test_rules_for_non_workdays(rule: NonWorkdayRule, expected: list[str]) -> None:
    schedule = Schedule(dates="JULY 1, JULY 4", non_workday=rule)
    found = days(schedule, date(2017, 6, 1), date(2017, 7, 31), HOLIDAYS)
    assert [day.isoformat() for day in found] == expected


def test_two_dates_moved_to_one_day_run_once() -> None:
    schedule = Schedule(dates="DAILY", non_workday=NonWorkdayRule.FOLLOWING)
    found = list(days(schedule, date(2017, 7, 1), date(2017, 7, 6), HOLIDAYS))
    assert found == [date(2017, 7, 3), date(2017, 7, 5), date(2017, 7, 6)]


def test_exceptions_are_about_the_day_on_which_it_ends_up() -> None:
    schedule = Schedule(dates="JULY 4", except_for="WEDNESDAYS", non_workday=NonWorkdayRule.FOLLOWING)
    assert list(days(schedule, date(2017, 7, 1), date(2017, 7, 31), HOLIDAYS)) == []


def test_without_workdays_a_moved_run_is_lost() -> None:
    idle = WorkWeek(monday=False, tuesday=False, wednesday=False, thursday=False, friday=False)
    calendar = Calendar(settings=DateSettings(work_week=idle))
    schedule = Schedule(dates="DAILY", non_workday=NonWorkdayRule.PRECEDING)
    assert list(days(schedule, date(2017, 1, 1), date(2018, 1, 1), calendar)) == []
    assert next_occurrence(Schedule(dates="1ST WORKDAY OF MONTH"), _at("2017-01-01T00:00"), calendar) is None


SPECIMENS = [
    "WORKDAYS, 15TH OF MONTH",
    "FIRST MONDAY OF MONTH, EVERY OTHER MONDAY",
    "EVERY 3 DAYS",
    "EVERY 5 WORKDAYS, SUNDAYS",
    "LAST WORKDAY OF MONTH - 2 EXCEPT FRIDAYS",
    "EVERY OTHER MONTH",
]


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(SPECIMENS),
    st.sampled_from(list(NonWorkdayRule)),
    st.sampled_from(["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.sampled_from(
        [None, Recurrence(delay="07:00", until="05:00"), Recurrence(delay="00:50", until="03:00")]
    ),
    st.booleans(),
    st.integers(0, 24 * 200),
)
def test_from_any_start_the_same_points(
    text: str, rule: NonWorkdayRule, zone: str, recurrence: Recurrence | None, submitted: bool, hours: int
) -> None:
    anchor = {"last_submitted" if submitted else "start_date": date(2011, 9, 1)}
    schedule = Schedule(
        dates=text,
        times=("02:30", "23:15"),
        non_workday=rule,
        time_zone=zone,
        recurrence=recurrence,
        **anchor,
    )
    first, until = _at("2011-09-01T00:00"), _at("2012-05-01T00:00")
    whole = list(occurrences(schedule, first, until))
    after = first + timedelta(hours=hours)
    assert list(occurrences(schedule, after, until)) == [point for point in whole if point.at > after]
    assert [point.at for point in whole] == sorted({point.at for point in whole})
    following = next((point for point in whole if point.at > after), None)
    if following is not None:
        assert next_occurrence(schedule, after) == following


def test_submitting_each_run_leads_to_the_projected_points() -> None:
    """What the scheduler does, one run after another, is what the projection said."""
    for text in SPECIMENS:
        schedule = Schedule(dates=text, start_date=date(2018, 4, 2), non_workday=NonWorkdayRule.FOLLOWING)
        projected = list(islice(occurrences(schedule, _at("2018-04-01T12:00"), _at("2030-01-01T00:00")), 40))
        after = _at("2018-04-01T12:00")
        for point in projected:
            found = next_occurrence(schedule, after)
            assert found == point
            schedule = Schedule(
                dates=text,
                start_date=date(2018, 4, 2),
                last_submitted=point.date,
                non_workday=NonWorkdayRule.FOLLOWING,
            )
            after = point.at


def test_an_interval_needs_an_anchor() -> None:
    schedule = Schedule(dates="EVERY OTHER MONDAY")
    with pytest.raises(InvalidSchedule):
        next_occurrence(schedule, _at("2018-04-02T00:00"))
    point = next_occurrence(schedule.anchored(date(2018, 4, 3)), _at("2018-04-02T00:00"))
    assert point is not None and point.day == date(2018, 4, 9)


def test_points_come_until_the_dates_run_out() -> None:
    schedule = Schedule(dates="HOLIDAY")
    points = occurrences(schedule, _at("2017-01-03T00:00"), _at("2018-06-01T00:00"), HOLIDAYS)
    assert [next(points).day.month for _ in range(3)] == [5, 7, 9]
    with pytest.raises(DatesNotDefined):
        next(points)


def test_dates_that_run_out_later_do_no_harm() -> None:
    schedule = Schedule(dates="1ST OF MONTH", except_for="HOLIDAY")
    found = _points(schedule, "2017-10-15T00:00", "2017-12-24T23:59", HOLIDAYS)
    assert found == ["11-01 00:00", "12-01 00:00"]


def test_leap_days() -> None:
    found = days(Schedule(dates="FEBRUARY 29"), date(1996, 1, 1), date(2010, 1, 1))
    assert [day.year for day in found] == [1996, 2000, 2004, 2008]
    point = next_occurrence(Schedule(dates="FEB 29"), _at("2096-03-01T00:00"))
    assert point is not None and point.day == date(2104, 2, 29)
    fridays = Schedule(dates="5TH FRIDAY OF FEBRUARY")
    assert next(days(fridays, date(2093, 1, 1), date(2200, 1, 1))) == date(2104, 2, 29)


def test_a_past_date_never_schedules() -> None:
    for text in ("LAST MONDAY", "YESTERDAY", "TODAY + 1", "NEXT WORKDAY", "LAST DAY OF MONTH + 1"):
        assert next_occurrence(Schedule(dates=text), _at("2017-01-01T00:00")) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("LAST FRIDAY OF MONTH", {"freq": MONTHLY, "byweekday": FR(-1)}),
        ("2ND MON OF MONTH", {"freq": MONTHLY, "byweekday": MO(2)}),
        ("31ST OF MONTH", {"freq": MONTHLY, "bymonthday": 31}),
        ("LAST DAY OF MONTH", {"freq": MONTHLY, "bymonthday": -1}),
        ("EVERY OTHER MONDAY", {"freq": WEEKLY, "interval": 2, "byweekday": MO}),
        ("EVERY 3 MONTHS", {"freq": MONTHLY, "interval": 3}),
        ("MONDAYS, FRIDAYS", {"freq": WEEKLY, "byweekday": (MO, FR)}),
    ],
)
def test_dateutil_agrees(text: str, rule: dict[str, object]) -> None:
    start = date(2000, 1, 31)
    midnight = datetime(2000, 1, 31)
    schedule = Schedule(dates=text, start_date=start)
    expected = [each.date() for each in rrule(dtstart=midnight, until=datetime(2050, 1, 1), **rule)]  # type: ignore[arg-type]
    assert list(days(schedule, start, date(2050, 1, 1))) == expected


def test_projection_of_many_in_order_with_errors_as_data() -> None:
    schedules = {
        "b": Schedule(dates="DAILY", times=("06:00",)),
        "a": Schedule(dates="DAILY", times=("06:00", "05:00")),
        "bad": Schedule(dates="DAYLY"),
        "ends": Schedule(dates="DAILY", times=("07:00",), except_for="HOLIDAY"),
    }
    found = list(projection(schedules, _at("2017-12-24T00:30"), _at("2017-12-25T23:00"), HOLIDAYS))
    shown = [
        (each.key, f"{each.occurrence.at:%d %H}" if each.occurrence else each.error and each.error.code)
        for each in found
    ]
    assert shown == [
        ("bad", "INVSCHDATE"),
        ("a", "24 05"),
        ("b", "24 06"),
        ("a", "24 06"),
        ("ends", "24 07"),
        ("ends", "DATESNSU"),
        ("a", "25 05"),
        ("b", "25 06"),
        ("a", "25 06"),
    ]


def test_the_next_of_many_is_the_next_of_each() -> None:
    schedules = {
        number: Schedule(
            dates=text, times=(f"{number % 24}:00",), except_for=exceptions, start_date=date(2017, 1, 1)
        )
        for number, (text, exceptions) in enumerate(
            (text, exceptions)
            for text in (*SPECIMENS, "HOLIDAY", "NO_SUCH_NAME", "LAST MONDAY")
            for exceptions in (None, "HOLIDAY", None)
        )
    }
    for after in ("2017-05-28T10:00", "2017-12-25T01:00"):
        for each in next_occurrences(schedules, _at(after), HOLIDAYS):
            try:
                expected = next_occurrence(schedules[each.key], _at(after), HOLIDAYS)
            except Exception as error:
                assert each.error is not None and type(each.error) is type(error)
            else:
                assert each.occurrence == expected and each.error is None


@pytest.mark.parametrize(
    ("schedule", "error"),
    [
        (Schedule(dates="DAILY", times=()), InvalidSchedule),
        (Schedule(dates="DAILY", times=("25:00",)), InvalidTime),
        (Schedule(dates="DAILY", recurrence=Recurrence(delay="00:00")), InvalidSchedule),
        (Schedule(dates="DAILY", recurrence=Recurrence(delay="soon")), InvalidTime),
    ],
)
def test_schedules_that_are_refused_at_the_call(schedule: Schedule, error: type[Exception]) -> None:
    with pytest.raises(error):
        occurrences(schedule, _at("2017-01-01T00:00"), _at("2018-01-01T00:00"))


def test_times_need_their_offset() -> None:
    with pytest.raises(InvalidSchedule):
        next_occurrence(Schedule(dates="DAILY"), datetime(2017, 1, 1))


def test_the_ends_of_the_calendar() -> None:
    for zone in ("UTC", "Pacific/Apia", "America/New_York"):
        daily = Schedule(dates="DAILY", time_zone=zone, recurrence=Recurrence(delay="05:00"))
        assert next_occurrence(Schedule(dates="DAILY", time_zone=zone), _at("9998-12-31T23:00")) is None
        assert list(occurrences(daily, _at("9998-12-30T00:00"), _at("9998-12-31T23:59")))
        assert list(occurrences(daily, _at("0002-01-01T00:00"), _at("0002-01-02T00:00")))
    with pytest.raises(InvalidSchedule):
        next_occurrence(Schedule(dates="DAILY"), _at("9999-12-30T12:00"))
    assert list(days(Schedule(dates="NEXT MONTH - 1"), date(9999, 12, 30), date(9999, 12, 31))) == []
    first = list(days(Schedule(dates="LAST DAY OF YEAR"), date(1, 1, 1), date(2, 1, 1)))
    assert first == [date(1, 12, 31)]
