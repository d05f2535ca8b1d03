"""Calendars: workdays in their order of decision, names, definitions from elsewhere, and explanations."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import msgspec
import pytest

from jams.dates import (
    Calendar,
    DateDefinition,
    DateSettings,
    DateType,
    Explanation,
    InvalidCalendar,
    NonWorkdayRule,
    Schedule,
    StepKind,
    UnreadableCalendar,
    WorkdayFlag,
    WorkWeek,
    csv_dates,
    evaluate,
    explain,
    explain_day,
    holiday_dates,
    icalendar_dates,
)

pytestmark = pytest.mark.unit

DAY = date(2017, 7, 4)


def _said(name: str, flag: WorkdayFlag, specific: str | None = None) -> DateDefinition:
    return DateDefinition(date_type=name, date=DAY, workday=flag, specific_type=specific)


@pytest.mark.parametrize(
    ("definitions", "expected", "by"),
    [
        ([], True, "Work_TUE"),
        ([_said("A", WorkdayFlag.FALSE)], False, "A"),
        ([_said("B", WorkdayFlag.TRUE), _said("A", WorkdayFlag.MAYBE)], True, "B"),
        ([_said("B", WorkdayFlag.TRUE), _said("A", WorkdayFlag.FALSE)], False, "A"),
        ([_said("a2", WorkdayFlag.TRUE), _said("B", WorkdayFlag.FALSE)], True, "a2"),
        ([_said("A", WorkdayFlag.MAYBE)], True, "Work_TUE"),
        ([_said("A", WorkdayFlag.TRUE, "Y"), _said("A", WorkdayFlag.FALSE, "X")], False, "A X"),
    ],
)
def test_who_decides_on_a_workday(definitions: list[DateDefinition], expected: bool, by: str) -> None:
    types = [DateType(name="B"), DateType(name="A", specific_types=("X", "Y")), DateType(name="a2")]
    calendar = Calendar(types, definitions)
    decision = calendar.workday_decision(DAY)
    assert decision.is_workday is expected is calendar.is_workday(DAY)
    assert by == (decision.setting or (decision.definition and decision.definition.label))


def test_the_seven_weekday_settings() -> None:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for number, name in enumerate(names):
        week = WorkWeek(**{each: each == name for each in names})
        calendar = Calendar(settings=DateSettings(work_week=week))
        days = [date(2017, 12, 25) + timedelta(after) for after in range(14)]
        assert [day for day in days if calendar.is_workday(day)] == [days[number], days[number + 7]]


@pytest.mark.parametrize(
    ("types", "dates"),
    [
        ([DateType(name="A"), DateType(name="a")], []),
        ([DateType(name="A", specific_types=("X", "x"))], []),
        ([], [_said("A", WorkdayFlag.TRUE)]),
        ([DateType(name="A")], [_said("A", WorkdayFlag.TRUE, "X")]),
        (
            [DateType(name="A", continuous=True)],
            [_said("A", WorkdayFlag.MAYBE), _said("A", WorkdayFlag.TRUE)],
        ),
    ],
)
def test_contradictions(types: list[DateType], dates: list[DateDefinition]) -> None:
    with pytest.raises(InvalidCalendar):
        Calendar(types, dates)


@pytest.mark.parametrize(("country", "part"), [("US", None), ("US", "CA"), ("DE", "BY"), ("JP", None)])
def test_the_holidays_package_agrees(country: str, part: str | None) -> None:
    years = range(2010, 2031)
    calendar = Calendar([DateType(name="HOLIDAY")], holiday_dates(country, years, subdivision=part))
    theirs = holidays.country_holidays(country, subdiv=part, years=years)
    day = date(2010, 1, 1)
    while day.year < 2031:
        assert calendar.is_workday(day) == (day not in theirs and day.weekday() < 5), day
        day += timedelta(1)


def test_holidays_name_their_source() -> None:
    [new_year, *_] = holiday_dates("us", [2017], subdivision="CA")
    assert (new_year.date, new_year.source) == (date(2017, 1, 1), "holidays:US-CA")
    assert new_year.description == "New Year's Day"


@pytest.mark.parametrize(
    ("country", "years", "options"),
    [
        ("XX", [2017], {}),
        ("US", [2017], {"subdivision": "ZZ"}),
        ("DE", [2017], {"language": "xx"}),
        ("__class__", [2017], {}),
        ("US", [], {}),
        ("US", range(1000), {}),
    ],
)
def test_holidays_that_nobody_knows(country: str, years: list[int], options: dict[str, str]) -> None:
    with pytest.raises(UnreadableCalendar):
        holiday_dates(country, years, **options)  # type: ignore[arg-type]


def _ical(*events: str) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


YEARS = date(2017, 1, 1), date(2021, 12, 31)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (["UID:a|DTSTART;VALUE=DATE:20170704|SUMMARY:Fourth"], ["2017-07-04"]),
        (["UID:a|DTSTART;VALUE=DATE:20170703|DTEND;VALUE=DATE:20170705"], ["2017-07-03", "2017-07-04"]),
        (["UID:a|DTSTART;VALUE=DATE:20161231|DURATION:P2D"], ["2017-01-01"]),
        (
            ["UID:a|DTSTART;VALUE=DATE:20100704|RRULE:FREQ=YEARLY;UNTIL=20190704|EXDATE;VALUE=DATE:20180704"],
            ["2017-07-04", "2019-07-04"],
        ),
        (
            ["UID:a|DTSTART;VALUE=DATE:20171123|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3"],
            ["2017-11-23", "2018-11-22", "2019-11-28"],
        ),
        (
            ["UID:a|DTSTART;VALUE=DATE:20170101|RDATE;VALUE=DATE:20170301,20170401"],
            ["2017-01-01", "2017-03-01", "2017-04-01"],
        ),
        (["UID:a|DTSTART:20170320T233000Z|DTEND:20170321T003000Z"], ["2017-03-20", "2017-03-21"]),
        (
            ["UID:a|DTSTART;TZID=America/New_York:20170320T220000|RRULE:FREQ=WEEKLY;UNTIL=20170404T020000Z"],
            ["2017-03-20", "2017-03-27", "2017-04-03"],
        ),
        (
            [
                "UID:a|DTSTART;VALUE=DATE:20170704|RRULE:FREQ=YEARLY;COUNT=2",
                "UID:a|RECURRENCE-ID;VALUE=DATE:20180704|DTSTART;VALUE=DATE:20180705",
            ],
            ["2017-07-04", "2018-07-05"],
        ),
        (["UID:a|DTSTART;VALUE=DATE:20170704|STATUS:CANCELLED"], []),
        ([], []),
    ],
)  # fmt: skip
def test_icalendar(events: list[str], expected: list[str]) -> None:
    found = icalendar_dates(_ical(*events), *YEARS)
    assert [each.date.isoformat() for each in found] == expected
    assert {each.source for each in found} <= {"ical:a"}
    assert all(each.workday is WorkdayFlag.FALSE for each in found)


@pytest.mark.parametrize(
    "data",
    [
        "hello",
        b"\xff\xfe\x00",
        _ical("UID:a|DTSTART:2017"),
        _ical("UID:a|DTSTART:20170704T000000Z|RRULE:FREQ=SECONDLY"),
        _ical("UID:a|DTSTART;VALUE=DATE:20170704|RRULE:FREQ=NEVER"),
        "x" * (5 << 20),
        _ical(*(f"UID:{n}|DTSTART;VALUE=DATE:20170101|RRULE:FREQ=DAILY" for n in range(20))),
    ],
    ids=lambda data: str(len(data)),
)
def test_icalendar_that_is_refused(data: str | bytes) -> None:
    with pytest.raises(UnreadableCalendar):
        icalendar_dates(data, *YEARS)


def test_csv() -> None:
    rows = [
        "Date;Date Type;Specific Type;Description;Workday",
        '7/4/2017;HOLIDAY;;"Fourth; of July";no',
        "",
        "2017-12-25;HOLIDAY;CHRISTMAS;;",
        "",
    ]
    text = "\ufeff" + "\r\n".join(rows)
    fourth, christmas = csv_dates(text, source="days.csv")
    assert fourth == DateDefinition(
        date_type="HOLIDAY",
        date=date(2017, 7, 4),
        description="Fourth; of July",
        workday=WorkdayFlag.FALSE,
        source="days.csv:2",
    )
    assert (christmas.specific_type, christmas.workday, christmas.source) == (
        "CHRISTMAS",
        WorkdayFlag.MAYBE,
        "days.csv:4",
    )
    assert csv_dates("date\n2017-01-01\n", date_type="X")[0].date_type == "X"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("Date\n2017-01-01", 1),
        ("Date,Date,Type\n", 1),
        ("Date,Type\n2017-01-01,X\n2017-13-01,X", 3),
        ("Date,Type\nMONDAY,X", 2),
        ("Date,Type\n2017-01-01 + 1,X", 2),
        ("Date,Type\n2017-01-01", 2),
        ("Date,Type\n2017-01-01,", 2),
        ("Date,Type,Workday\n2017-01-01,X,perhaps", 2),
        ('Date,Type\n"2017-01-01', 2),
        ("Date,Type\n" + "2017-01-01,X\n" * 20_001, 20_002),
    ],
)
def test_csv_that_is_refused(text: str, line: int) -> None:
    with pytest.raises(UnreadableCalendar) as caught:
        csv_dates(text)
    assert caught.value.line == line


HOLIDAYS = Calendar([DateType(name="HOLIDAY")], holiday_dates("US", range(2016, 2019)))


def test_an_explanation_is_data() -> None:
    found = explain("1st workday of January 2017", date(2017, 4, 1), HOLIDAYS)
    assert (found.result, found.item) == (date(2017, 1, 3), "1ST WORKDAY OF JANUARY 2017")
    kinds = [step.kind for step in found.steps]
    assert kinds == [StepKind.PERIOD, StepKind.WORKDAY, StepKind.WORKDAY, StepKind.DAY]
    assert found.steps[2].definition is not None
    assert found.steps[2].definition.source == "holidays:US"
    assert msgspec.json.decode(msgspec.json.encode(found), type=Explanation) == found


@pytest.mark.parametrize(
    ("text", "today", "part"),
    [
        (
            "LAST WORKDAY OF MAY - 2 WORKDAYS",
            "2017-05-01",
            '2017-05-29 is HOLIDAY "Memorial Day" with workday False',
        ),
        ("NEXT WORKDAY", "2017-07-03", "2017-07-04 is HOLIDAY"),
        ("HOLIDAY", "2017-07-01", '2017-07-04 is HOLIDAY "Independence Day"'),
        ("1ST HOLIDAY OF YEAR + 1", "2017-07-01", "2017-01-01 + 1 days is 2017-01-02"),
        ("5TH MONDAY OF MONTH, NEXT FRIDAY", "2017-03-15", "5TH MONDAY OF MONTH gives no date"),
        ("5TH MONDAY OF MONTH", "2017-03-15", "2017-03-01 to 2017-03-31 has no 5TH MONDAY"),
        ("EVERY OTHER MONDAY", "2017-03-15", "counted from the start date 2017-03-15"),
        ("HOLIDAY", "2030-01-01", "cannot be evaluated on 2030-01-01"),
        ("NEXT YEAR", "9999-12-31", "lies beyond the calendar"),
        ("1ST MONDAY OF NEXT YEAR", "9999-12-31", "lies beyond the calendar"),
    ],
)
def test_what_explanations_say(text: str, today: str, part: str) -> None:
    assert part in explain(text, date.fromisoformat(today), HOLIDAYS).summary


EXCEPTED = Schedule(dates="TUESDAYS", except_for="HOLIDAYS")
SKIPPED = Schedule(dates="TUESDAYS", non_workday=NonWorkdayRule.SKIP)
MOVED = Schedule(dates="JULY 4", non_workday=NonWorkdayRule.PRECEDING)
FORTNIGHTLY = Schedule(dates="EVERY OTHER MONDAY", start_date=date(2017, 7, 3))


@pytest.mark.parametrize(
    ("schedule", "day", "runs", "part"),
    [
        (Schedule(dates="WORKDAYS"), "2017-07-04", False, "2017-07-04 is HOLIDAY"),
        (Schedule(dates="WORKDAYS"), "2017-07-05", True, "WORKDAYS is 2017-07-05"),
        (EXCEPTED, "2017-07-04", False, "2017-07-04 is excepted by HOLIDAYS: HOLIDAY"),
        (SKIPPED, "2017-07-04", False, "rule for non-workdays is Skip"),
        (MOVED, "2017-07-03", True, "so it runs on the workday 2017-07-03"),
        (MOVED, "2017-07-04", False, "rule for non-workdays is PrecedingWorkday"),
        (Schedule(dates="LAST MONDAY"), "2017-07-03", False, "is 2017-06-26 when today is 2017-07-03"),
        (Schedule(dates="DAILY", start_date=date(2018, 1, 1)), "2017-07-03", False, "before the start date"),
        (FORTNIGHTLY, "2017-07-10", False, "comes next on 2017-07-17"),
        (Schedule(dates="5TH MONDAY OF MONTH"), "2017-06-01", False, "gives no date"),
        (Schedule(dates="HOLIDAY"), "2030-01-01", None, "cannot be evaluated"),
    ],
)
def test_why_a_day_runs_or_not(schedule: Schedule, day: str, runs: bool | None, part: str) -> None:
    found = explain_day(schedule, date.fromisoformat(day), HOLIDAYS)
    assert found.runs is runs
    assert part in found.summary


def test_explanations_agree_with_evaluation() -> None:
    for text in (
        "3RD WORKDAY OF MONTH",
        "LAST-1 NON-WORKDAY OF QUARTER - 3",
        "LAST WORKDAY",
        "MONDAYS + 2 WORKDAYS",
    ):
        for number in range(60):
            today = date(2017, 1, 1) + timedelta(5 * number)
            found = explain(text, today, HOLIDAYS)
            assert found.result == evaluate(text, today, HOLIDAYS)
            assert found.steps[-1].date == found.result
