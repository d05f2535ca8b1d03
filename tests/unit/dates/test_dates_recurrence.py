"""Recurrence rules: the same days as dateutil where that comes to an end, and an end everywhere."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import dateutil.rrule as dateutil_rrule
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.prop import vRecur

from jams.dates import UnreadableCalendar, icalendar_dates
from jams.dates.effort import Effort
from jams.dates.recurrence_rules import recurrence_rule

pytestmark = pytest.mark.unit

FIRST, LAST = date(2016, 1, 1), date(2024, 12, 31)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _rule(text: str, start: datetime) -> list[date]:
    parts = {
        name: each if isinstance(each, list) else [each] for name, each in vRecur.from_ical(text).items()
    }
    until = parts.get("UNTIL", [None])[0]
    rule = recurrence_rule(parts, start, until)
    found = rule.days(FIRST.toordinal(), LAST.toordinal(), Effort(10**7))
    return [date.fromordinal(day) for day in found]


def _dateutil(text: str, start: datetime) -> list[date]:
    """The days by dateutil, whose calendar is made to end soon: it searches up to its end."""
    ending = SimpleNamespace(**{**vars(dateutil_rrule.datetime), "MAXYEAR": LAST.year + 1})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dateutil_rrule, "datetime", ending)
        found = list(rrulestr(text, dtstart=start))
    return sorted({moment.date() for moment in found if FIRST <= moment.date() <= LAST})


def _numbers(highest: int, *, signed: bool = False) -> st.SearchStrategy[str]:
    numbers = st.integers(1, highest)
    if signed:
        numbers = st.one_of(numbers, st.integers(-highest, -1))
    return st.lists(numbers, min_size=1, max_size=4).map(lambda found: ",".join(map(str, found)))


@st.composite
def _rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.sampled_from((1, 1, 2, 3, 7, 13)))}"]
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(_numbers(12))}")
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(_numbers(31, signed=True))}")
    if frequency == "YEARLY" and draw(st.integers(0, 3)) == 0:
        parts.append(f"BYYEARDAY={draw(_numbers(366, signed=True))}")
    weeks = frequency == "YEARLY" and draw(st.integers(0, 3)) == 0
    if weeks:
        parts.append(f"BYWEEKNO={draw(_numbers(53, signed=True))}")
    if weeks or draw(st.booleans()):
        # Not mixed: dateutil wants a day to be both, RFC 5545 either.
        counted = frequency in ("MONTHLY", "YEARLY") and not weeks and draw(st.booleans())
        position = ("1", "2", "-1", "5") if counted else ("",)
        names = st.tuples(st.sampled_from(position), st.sampled_from(WEEKDAYS)).map("".join)
        parts.append(f"BYDAY={','.join(draw(st.lists(names, min_size=1, max_size=3)))}")
    if frequency in ("MONTHLY", "YEARLY") and draw(st.integers(0, 3)) == 0:
        parts.append(f"BYSETPOS={draw(_numbers(5, signed=True))}")
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"BYHOUR={draw(_numbers(23))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    ending = draw(st.integers(0, 3))
    if ending == 0:
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    elif ending == 1:
        parts.append(f"UNTIL={draw(st.datetimes(datetime(2015, 1, 1), datetime(2024, 1, 1))):%Y%m%dT%H%M%S}")
    return ";".join(parts)


@settings(max_examples=200, deadline=None)
@given(_rules(), st.datetimes(datetime(2012, 1, 1), datetime(2018, 1, 1)))
def test_the_days_are_those_of_dateutil(text: str, start: datetime) -> None:
    start = start.replace(microsecond=0)
    assert _rule(text, start) == _dateutil(text, start)


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        # RFC 5545 section 3.3.10: what a rule leaves open is taken from the start, here the weekday.
        ("FREQ=YEARLY;BYWEEKNO=20;COUNT=3", "2017-05-15", ["2017-05-15", "2018-05-14", "2019-05-13"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "2017-01-27", ["2017-01-27", "2017-02-24"]),
        ("FREQ=DAILY;BYHOUR=9,17;COUNT=4", "2017-01-27", ["2017-01-27", "2017-01-28"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2016-02-29", ["2016-02-29", "2020-02-29", "2024-02-29"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2017-01-01", []),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31", "2017-01-01", []),
        ("FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", "2017-01-01", []),
        ("FREQ=YEARLY;BYMONTH=1;BYSETPOS=300", "2017-01-01", []),
        ("FREQ=WEEKLY;INTERVAL=1000000000", "2017-01-02", ["2017-01-02"]),
    ],
)
def test_rules_that_leave_something_open_or_never_hold(text: str, start: str, expected: list[str]) -> None:
    begin = datetime.combine(date.fromisoformat(start), time(0))
    assert [day.isoformat() for day in _rule(text, begin)] == expected


def _calendar(*events: str, before: str = "") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, before.split("|"))]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _zone(rule: str) -> str:
    parts = ["BEGIN:VTIMEZONE", "TZID:Ours"]
    for kind, month, before, after in (("STANDARD", 10, "+0200", "+0100"), ("DAYLIGHT", 3, "+0100", "+0200")):
        parts += [f"BEGIN:{kind}", f"DTSTART:2000{month:02d}01T020000"]
        parts += [f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"]
        parts += [f"RRULE:{rule};BYMONTH={month}", f"END:{kind}"]
    return "|".join([*parts, "END:VTIMEZONE"])


DAILY = "DTSTART;VALUE=DATE:20170101|RRULE:FREQ=DAILY"


@pytest.mark.parametrize(
    "text",
    [
        *(
            _calendar(f"UID:a|DTSTART;VALUE=DATE:20170101|RRULE:{rule}")
            for rule in (
                *("FREQ=YEARLY;INTERVAL=0", "FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=-1"),
                *("FREQ=DAILY;COUNT=0", "FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYMONTHDAY=0", "INTERVAL=2"),
                *("FREQ=YEARLY;BYSETPOS=0;BYMONTH=1", "FREQ=MONTHLY;BYWEEKNO=1", "FREQ=DAILY;RSCALE=CHINESE"),
                "FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))),
                "FREQ=YEARLY;BYYEARDAY=" + ",".join(["1"] * 3000),
            )
        ),
        *(_calendar("UID:a|DTSTART;TZID=Ours:20170101T090000", before=_zone(rule)) for rule in (
            "FREQ=YEARLY;INTERVAL=0", "FREQ=SECONDLY",
        )),
        _calendar(*(f"UID:{n}|{DAILY};BYMONTH=2;BYMONTHDAY=30" for n in range(500))),
        _calendar(*(f"UID:{n}|DTSTART;VALUE=DATE:00010101|RRULE:FREQ=DAILY;COUNT=1000000" for n in range(5))),
        _calendar(*("UID:a|DTSTART;VALUE=DATE:20160101|DTEND;VALUE=DATE:20260101" for _ in range(500))),
        _calendar("UID:a|" + "|".join([DAILY, *["EXDATE;VALUE=DATE:" + ",".join(["20170102"] * 6000)] * 40])),
        _calendar("UID:a|" + "|".join([DAILY, *["RRULE:FREQ=DAILY"] * 60_000])),
        _calendar("UID:a|DTSTART;VALUE=DATE:20170101|RDATE;VALUE=DATE:" + ",".join(["20170102"] * 10_000)),
        _calendar("UID:a|DTSTART;VALUE=DATE:20170101|DTSTART;VALUE=DATE:20170102"),
        "BEGIN:VCALENDAR\n" * 100_000,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
        "BEGIN:VEVENT\nEND:VEVENT\n",
    ],
    ids=lambda text: text[:0] + str(len(text)),
)  # fmt: skip
def test_calendars_that_would_never_end_are_refused(text: str) -> None:
    with pytest.raises(UnreadableCalendar):
        icalendar_dates(text, FIRST, FIRST + timedelta(366 * 49))


def test_what_is_not_of_an_event_costs_nothing() -> None:
    event = "UID:a|DTSTART;VALUE=DATE:20170704|CATEGORIES:" + "," * 2_000_000
    alarm = "BEGIN:VALARM|DURATION:PT15M|DTSTART:x|END:VALARM"
    [found] = icalendar_dates(_calendar(f"{event}|{alarm}|X-A" + ";P=1" * 200_000 + ":x"), FIRST, LAST)
    assert found.date == date(2017, 7, 4)


@pytest.mark.parametrize(
    ("zone", "rule"),
    [
        ("Ours", "FREQ=YEARLY;BYDAY=-1SU"),
        ("W. Europe Standard Time", ""),
        ("/example.org/Olson_1/Europe/Berlin", ""),
        ("Europe/Berlin", ""),
    ],
)
def test_times_in_utc_are_those_of_the_zone(zone: str, rule: str) -> None:
    event = (
        f"UID:a|DTSTART;TZID={zone}:20170324T003000|RRULE:FREQ=DAILY;UNTIL=20170327T223000Z"
        "|EXDATE:20170325T233000Z,20170326T223000Z"
    )
    found = icalendar_dates(_calendar(event, before=_zone(rule) if rule else ""), FIRST, LAST)
    assert [each.date.day for each in found] == [24, 25, 28]


def test_what_one_text_says_of_a_zone_is_not_kept_for_the_next() -> None:
    event = "UID:a|DTSTART;TZID=Ours:20170701T003000|RRULE:FREQ=DAILY;COUNT=3|EXDATE:20170701T223000Z"
    two_hours = _zone("FREQ=YEARLY;BYDAY=-1SU")
    none = two_hours.replace("+0100", "+0000").replace("+0200", "+0000")
    for zone, expected in ((two_hours, [1, 3]), (none, [1, 2, 3]), (two_hours, [1, 3])):
        found = icalendar_dates(_calendar(event, before=zone), FIRST, LAST)
        assert [each.date.day for each in found] == expected
