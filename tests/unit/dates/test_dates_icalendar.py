"""iCalendar texts: what decides a day, by RFC 5545; what is refused, and how it is told."""

from __future__ import annotations

from datetime import date

import pytest

from jams.dates import UnreadableCalendar, icalendar_dates, icalendar_reading

pytestmark = pytest.mark.unit

ALL_FROM = "RECURRENCE-ID;RANGE=THISANDFUTURE"

YEARS = date(2024, 1, 1), date(2025, 12, 31)


def text(*events: str, before: str = "", end: str = "\r\n") -> str:
    """A calendar of events whose lines stand between bars, and of lines before them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, before.split("|"))]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("|"), "END:VEVENT"]
    return end.join([*lines, "END:VCALENDAR", ""])


def days(given: str | bytes) -> list[str]:
    """The days of a text as ``07-04``."""
    return [f"{each.date:%m-%d}" for each in icalendar_dates(given, *YEARS)]


NEW_YORK = "UID:a|DTSTART;TZID=America/New_York:20240704T210000|RRULE:FREQ=DAILY;COUNT=3"
WHOLE = "UID:a|DTSTART;VALUE=DATE:20240704|RRULE:FREQ=DAILY;COUNT=3"
TWICE = "UID:a|DTSTART:20240704T090000|RRULE:FREQ=DAILY;BYHOUR=9,17;COUNT=5"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # An occurrence is named by its moment, in whatever zone.
        ([NEW_YORK, "UID:a|RECURRENCE-ID:20240706T010000Z|STATUS:CANCELLED"], "07-04 07-06"),
        (
            [NEW_YORK, "UID:a|RECURRENCE-ID;TZID=Europe/Berlin:20240706T030000|STATUS:CANCELLED"],
            "07-04 07-06",
        ),
        ([NEW_YORK, "UID:a|RECURRENCE-ID;VALUE=DATE:20240705|STATUS:CANCELLED"], "07-04 07-06"),
        (
            [NEW_YORK, "UID:a|RECURRENCE-ID:20240706T010000Z|DTSTART;TZID=America/New_York:20240710T090000"],
            "07-04 07-06 07-10",
        ),
        ([WHOLE, "UID:a|RECURRENCE-ID:20240705T000000|STATUS:CANCELLED"], "07-04 07-06"),
        # EXDATE, by moment or by day.
        ([f"{NEW_YORK}|EXDATE:20240706T010000Z"], "07-04 07-06"),
        ([f"{NEW_YORK}|EXDATE;VALUE=DATE:20240705"], "07-04 07-06"),
        ([f"{NEW_YORK}|EXDATE;TZID=America/New_York:20240705T090000"], "07-04 07-05 07-06"),
        ([f"{WHOLE}|EXDATE:20240705T000000Z"], "07-04 07-06"),
        ([f"{TWICE}|EXDATE:20240705T090000"], "07-04 07-05 07-06"),
        ([f"{TWICE}|EXDATE:20240705T090000,20240705T170000"], "07-04 07-06"),
        ([f"{TWICE}|EXDATE:20240706T090000"], "07-04 07-05"),
        ([f"{WHOLE}|EXRULE:FREQ=DAILY;INTERVAL=2"], "07-05"),
        # Versions: the highest SEQUENCE, then the newest DTSTAMP.
        (
            ["UID:a|SEQUENCE:2|DTSTART;VALUE=DATE:20240705", "UID:a|SEQUENCE:1|DTSTART;VALUE=DATE:20240704"],
            "07-05",
        ),
        (
            [
                "UID:a|DTSTAMP:20240101T000000Z|DTSTART;VALUE=DATE:20240704",
                "UID:a|DTSTAMP:20240201T000000Z|STATUS:CANCELLED|DTSTART;VALUE=DATE:20240704",
            ],
            "",
        ),
        (["UID:a|DTSTART;VALUE=DATE:20240704", "UID:a|DTSTART;VALUE=DATE:20240705"], "07-04 07-05"),
        (["DTSTART;VALUE=DATE:20240704", "UID:|SEQUENCE:1|DTSTART;VALUE=DATE:20240705"], "07-04 07-05"),
        (
            [
                f"{WHOLE}|SEQUENCE:3|EXDATE;VALUE=DATE:20240705",
                "UID:a|SEQUENCE:2|RECURRENCE-ID;VALUE=DATE:20240705|DTSTART;VALUE=DATE:20240720",
                "UID:a|SEQUENCE:2|RECURRENCE-ID;VALUE=DATE:20240706|DTSTART;VALUE=DATE:20240721",
            ],
            "07-04 07-21",
        ),
        (
            [
                f"{WHOLE}|SEQUENCE:3|STATUS:CANCELLED",
                "UID:a|SEQUENCE:2|RECURRENCE-ID;VALUE=DATE:20240705|DTSTART;VALUE=DATE:20240720",
            ],
            "",
        ),
        # Changes that reach into the future.
        (
            [WHOLE, f"UID:a|{ALL_FROM};VALUE=DATE:20240705|DTSTART;VALUE=DATE:20240710"],
            "07-04 07-10 07-11",
        ),
        ([WHOLE, f"UID:a|{ALL_FROM};VALUE=DATE:20240705|STATUS:CANCELLED"], "07-04"),
        (
            [
                NEW_YORK,
                f"UID:a|{ALL_FROM}:20240706T010000Z|DTSTART:20240706T050000Z|DTEND:20240706T060000Z",
                "UID:a|RECURRENCE-ID:20240707T010000Z|DTSTART;TZID=America/New_York:20240801T090000",
            ],
            "07-04 07-06 08-01",
        ),
        # Periods, and dates beside the rule.
        (
            ["UID:a|DTSTART:20240704T090000Z|RDATE;VALUE=PERIOD:20240708T090000Z/P2D"],
            "07-04 07-08 07-09 07-10",
        ),
        (
            [
                "UID:a|DTSTART:20240704T090000Z|DURATION:PT1H"
                "|RDATE;VALUE=PERIOD:20240708T230000Z/20240709T010000Z,20240712T090000Z/PT1H"
            ],
            "07-04 07-08 07-09 07-12",
        ),
        (["UID:a|DTSTART;TZID=America/New_York:20240704T210000|RDATE:20240709T010000Z"], "07-04 07-08"),
        # How long it lasts, and where.
        (
            ["UID:a|DTSTART;TZID=Europe/Berlin:20240704T220000|DTEND;TZID=America/New_York:20240704T170000"],
            "07-04",
        ),
        (
            ["UID:a|DTSTART:20240704T230000|RRULE:FREQ=DAILY;BYHOUR=9,23;COUNT=3|DURATION:PT2H"],
            "07-04 07-05 07-06",
        ),
        (["UID:a|DTSTART;VALUE=DATE:20240704|RRULE:FREQ=DAILY;UNTIL=20240703"], ""),
        # Properties that say nothing, or the same twice.
        (
            ["UID:a|DTSTART;VALUE=DATE:20240704|RRULE:|EXDATE:|RDATE:|DTEND:|DURATION:|RECURRENCE-ID:"],
            "07-04",
        ),
        (["UID:a|UID:a|DTSTART;VALUE=DATE:20240704|DTSTART;VALUE=DATE:20240704"], "07-04"),
        (["UID:a|DTSTART;VALUE=DATE:20240704|SUMMARY:One|SUMMARY:Two|SEQUENCE:1|SEQUENCE:2"], "07-04"),
        (
            ["UID:a|DTSTART;VALUE=DATE:20240704|EXDATE;VALUE=DATE:20240705,|RRULE:FREQ=DAILY;COUNT=2;"],
            "07-04",
        ),
    ],
)
def test_what_decides_a_day(events: list[str], expected: str) -> None:
    assert days(text(*events)) == expected.split()
    assert days(text(*reversed(events))) == expected.split(), "the order of events does not matter"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\n\r\n", "\n\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_end_as_they_like(end: str, mark: str) -> None:
    given = mark + text(WHOLE, end=end).replace("2024", f"20{end} 24")
    assert days(given + given) == ["07-04", "07-05", "07-06"]
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert days(given.removeprefix("\ufeff").encode(encoding)) == ["07-04", "07-05", "07-06"]


def test_the_zone_of_the_calendar_is_that_of_times_in_utc() -> None:
    event = "UID:a|DTSTART:20240704T010000Z|RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2"
    assert days(text(event, before="X-WR-TIMEZONE:America/New_York")) == ["07-03", "07-10"]
    assert days(text(event.replace("=WE;", "=TH;"))) == ["07-04", "07-11"]


def test_a_calendar_that_cancels() -> None:
    assert days(text(WHOLE, before="METHOD:CANCEL")) == []


def test_the_end_of_a_text_is_never_missed() -> None:
    """Wherever a text is cut off, it is refused: it must not look like a shorter one."""
    whole = text(NEW_YORK, "UID:b|SUMMARY:Last|DTSTART;VALUE=DATE:20240801")
    for length in range(len(whole.rstrip())):
        with pytest.raises(UnreadableCalendar):
            icalendar_dates(whole[:length], *YEARS)


@pytest.mark.parametrize(
    ("event", "line", "part"),
    [
        *(
            (f"UID:a|SUMMARY:Fourth|DTSTART;VALUE=DATE:20240704|RRULE:{rule}", 7, part)
            for rule, part in (
                ("FREQ=DAILY;COUNT=-1", "COUNT of a rule counts from 1; -1 is none"),
                ("FREQ=YEARLY;BYMONTH=13", "BYMONTH of a rule lies in 1 to 12"),
                ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY of a rule cannot be 0MO"),
                ("FREQ=YEARLY;BYDAY=54MO", "BYDAY of a rule cannot be 54MO"),
                ("FREQ=DAILY;COUNT=3;COUNT=5", "COUNT stands in a rule twice"),
                ("FREQ=DAILY;COUNT", "COUNT of a rule has no value"),
                ("FREQ=DAILY;WKST=XX", "RRULE cannot be"),
                ("FREQ=DAILY;UNTIL=2024", "RRULE cannot be"),
                ("FREQ=HOURLY", "repeats within a day"),
                ("COUNT=3", "needs FREQ"),
            )
        ),
        ("UID:a|SUMMARY:Fourth", 3, "It has no DTSTART"),
        ("UID:a|SUMMARY:Fourth|DTSTART:", 3, "It has no DTSTART"),
        ("SUMMARY:Fourth|DTSTART:tomorrow", 5, "DTSTART cannot be 'tomorrow'"),
        ("SUMMARY:Fourth|DTSTART:20240704|DTSTART:20240705", 6, "DTSTART says two different things"),
        ("SUMMARY:Fourth|STATUS:CANCELLED|STATUS:CONFIRMED", 6, "STATUS says two different things"),
        ("SUMMARY:Fourth|DTSTART:20240704|EXDATE:20240704,nothing", 6, "EXDATE cannot be 'nothing'"),
        ("SUMMARY:Fourth|DTSTART:20240704|DURATION:long", 6, "DURATION cannot be 'long'"),
        (
            "SUMMARY:Fourth|DTSTART:20240704|RECURRENCE-ID;RANGE=THISANDPRIOR:20240704",
            6,
            "RANGE=THISANDPRIOR cannot be followed",
        ),
    ],
)  # fmt: skip
def test_what_is_refused_says_which_event_and_where(event: str, line: int, part: str) -> None:
    with pytest.raises(UnreadableCalendar) as caught:
        icalendar_dates(text(event), *YEARS)
    assert caught.value.line == line
    assert caught.value.message.startswith(f"Line {line}, event 'Fourth': ")
    assert part in caught.value.message


def test_what_cannot_be_a_line_is_refused_where_it_stands() -> None:
    with pytest.raises(UnreadableCalendar, match="Line 5: the text is not iCalendar: 'SUMMARY Fourth'"):
        icalendar_dates(text("UID:a|SUMMARY Fourth|DTSTART:20240704"), *YEARS)


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        (text(), "The calendar has no events."),
        (text("UID:a|STATUS:CANCELLED|DTSTART:20240704"), "All its events are cancelled."),
        (text("UID:a|DTSTART:20190704"), "None of its events lies in the period."),
        (
            text("UID:a|SUMMARY:Back|DTSTART:20240704T090000|DTEND:20240703T090000"),
            "Line 7, event 'Back': it ends before it begins, and counts as one day.",
        ),
    ],
)
def test_what_can_be_read_and_is_told(given: str, remark: str) -> None:
    assert icalendar_reading(given, *YEARS).remarks == (remark,)


def test_what_a_text_knows_is_told_also_where_nothing_is_left() -> None:
    read = icalendar_reading(text(WHOLE, "UID:b|STATUS:CANCELLED"), *YEARS, source="ours.ics")
    assert read.sources == {"ours.ics:a", "ours.ics:b"}
    assert {each.source for each in read.dates} == {"ours.ics:a"}


def test_a_summary_is_read_as_text() -> None:
    [found] = icalendar_dates(text("UID:a|SUMMARY:Fourth\\, of\\nJuly|DTSTART:20240704"), *YEARS)
    assert found.description == "Fourth, of\nJuly"
