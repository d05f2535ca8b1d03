"""iCalendar texts: the same days as ``recurring-ical-events`` gives.

The texts are of our own, and of the kinds that its public test files and those of ``icalendar`` have: events
of every length, rules with their ends and gaps, changes, versions, zones and periods.
"""

from __future__ import annotations

import datetime
import warnings
from datetime import date, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from test_dates_icalendar import text

from jams.dates import icalendar_dates

pytestmark = pytest.mark.unit

FIRST, LAST = date(2023, 6, 1), date(2026, 6, 30)

ZONE = (
    "BEGIN:VTIMEZONE|TZID:Harbour"
    "|BEGIN:STANDARD|DTSTART:20001029T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100"
    "|RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU|END:STANDARD"
    "|BEGIN:DAYLIGHT|DTSTART:20010325T020000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200"
    "|RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU|END:DAYLIGHT|END:VTIMEZONE"
)

SINGLE = {
    "a day": "UID:a|DTSTART;VALUE=DATE:20240229",
    "several days": "UID:a|DTSTART;VALUE=DATE:20240229|DTEND;VALUE=DATE:20240303",
    "a day by its duration": "UID:a|DTSTART;VALUE=DATE:20240229|DURATION:P3D",
    "an hour in UTC": "UID:a|DTSTART:20240229T233000Z|DTEND:20240301T003000Z",
    "an hour of no place": "UID:a|DTSTART:20240229T233000|DURATION:PT1H",
    "until midnight": "UID:a|DTSTART:20240229T090000|DTEND:20240301T000000",
    "no time at all": "UID:a|DTSTART:20240229T090000|DTEND:20240229T090000",
    "no end": "UID:a|DTSTART:20240229T090000Z",
    "a zone": "UID:a|DTSTART;TZID=Asia/Tokyo:20240229T003000|DTEND;TZID=Asia/Tokyo:20240229T013000",
    "into another zone": (
        "UID:a|DTSTART;TZID=Asia/Tokyo:20240229T230000|DTEND;TZID=Europe/Paris:20240229T170000"
    ),
    "across the year": "UID:a|DTSTART;VALUE=DATE:20231230|DTEND;VALUE=DATE:20240102",
}

RULES = {
    "yearly": "UID:a|DTSTART;VALUE=DATE:20230704|RRULE:FREQ=YEARLY",
    "yearly on a weekday": "UID:a|DTSTART;VALUE=DATE:20231123|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    "yearly at the end": "UID:a|DTSTART;VALUE=DATE:20230529|RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
    "leap days": "UID:a|DTSTART;VALUE=DATE:20240229|RRULE:FREQ=YEARLY",
    "monthly on the 31st": "UID:a|DTSTART;VALUE=DATE:20240131|RRULE:FREQ=MONTHLY;COUNT=9",
    "monthly at the end": "UID:a|DTSTART;VALUE=DATE:20240131|RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=9",
    "last workday": "UID:a|DTSTART;VALUE=DATE:20240131|RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "every other week": "UID:a|DTSTART;VALUE=DATE:20240102|RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
    "every tenth day": "UID:a|DTSTART;VALUE=DATE:20240102|RRULE:FREQ=DAILY;INTERVAL=10;COUNT=30",
    "until a day": "UID:a|DTSTART;VALUE=DATE:20240102|RRULE:FREQ=DAILY;UNTIL=20240109",
    "until a moment": (
        "UID:a|DTSTART;TZID=America/New_York:20240102T210000|RRULE:FREQ=DAILY;UNTIL=20240110T020000Z"
    ),
    "until before it begins": "UID:a|DTSTART;VALUE=DATE:20240102|RRULE:FREQ=DAILY;UNTIL=20231231",
    "two rules": (
        "UID:a|DTSTART;VALUE=DATE:20240102|RRULE:FREQ=MONTHLY;COUNT=4|RRULE:FREQ=YEARLY;BYMONTH=9;COUNT=2"
    ),
    "a start beside the rule": "UID:a|DTSTART;VALUE=DATE:20240103|RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3",
    "over a change of the clocks": (
        "UID:a|DTSTART;TZID=Europe/Berlin:20240329T233000|DURATION:PT45M|RRULE:FREQ=DAILY;COUNT=5"
    ),
    "several days each": "UID:a|DTSTART;VALUE=DATE:20240102|DURATION:P3D|RRULE:FREQ=WEEKLY;COUNT=5",
    "overlapping": "UID:a|DTSTART;VALUE=DATE:20240102|DURATION:P9D|RRULE:FREQ=WEEKLY;COUNT=5",
    "twice a day": "UID:a|DTSTART:20240102T090000|RRULE:FREQ=DAILY;BYHOUR=9,17;COUNT=5",
    "dates": "UID:a|DTSTART;VALUE=DATE:20240102|RDATE;VALUE=DATE:20240301,20240401|RDATE;VALUE=DATE:20240501",
    "periods": (
        "UID:a|DTSTART:20240102T090000Z|DURATION:PT1H"
        "|RDATE;VALUE=PERIOD:20240308T230000Z/20240309T010000Z,20240312T220000Z/PT3H"
    ),
    "without some": (
        "UID:a|DTSTART;VALUE=DATE:20240102|RRULE:FREQ=WEEKLY;COUNT=6|EXDATE;VALUE=DATE:20240109,20240123"
    ),
    "without moments": (
        "UID:a|DTSTART;TZID=America/New_York:20240102T210000|RRULE:FREQ=DAILY;COUNT=6"
        "|EXDATE:20240105T020000Z|EXDATE;TZID=America/New_York:20240106T210000"
    ),
    "times without days": (
        "UID:a|DTSTART;TZID=America/New_York:20240102T210000|RRULE:FREQ=DAILY;COUNT=6|EXDATE;VALUE=DATE:20240105"
    ),
}

DAILY = "UID:a|DTSTART;TZID=America/New_York:20240102T210000|RRULE:FREQ=DAILY;COUNT=6"
WEEKLY = "UID:a|SEQUENCE:1|DTSTART;VALUE=DATE:20240102|RRULE:FREQ=WEEKLY;COUNT=6"
CHANGES: dict[str, list[str]] = {
    "one moved": [WEEKLY, "UID:a|SEQUENCE:1|RECURRENCE-ID;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240118"],
    "one moved, named in UTC": [
        DAILY,
        "UID:a|RECURRENCE-ID:20240105T020000Z|DTSTART;TZID=America/New_York:20240201T090000",
    ],
    "one moved, in another zone": [
        DAILY,
        "UID:a|RECURRENCE-ID;TZID=Europe/Berlin:20240105T030000|DTSTART:20240201T090000Z",
    ],
    "one longer": [
        WEEKLY,
        "UID:a|SEQUENCE:1|RECURRENCE-ID;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240116|DURATION:P3D",
    ],
    "one only": ["UID:a|RECURRENCE-ID;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240118"],
    "all that follow": [
        WEEKLY,
        "UID:a|SEQUENCE:1|RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240118",
    ],
    "all that follow, then one": [
        WEEKLY,
        "UID:a|SEQUENCE:1|RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240117",
        "UID:a|SEQUENCE:1|RECURRENCE-ID;VALUE=DATE:20240123|DTSTART;VALUE=DATE:20240220",
    ],
    "all that follow, twice": [
        WEEKLY,
        "UID:a|SEQUENCE:1|RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240117",
        "UID:a|SEQUENCE:1|RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20240130|DTSTART;VALUE=DATE:20240129",
    ],
    "a newer version": ["UID:a|SEQUENCE:2|DTSTART;VALUE=DATE:20240105", "UID:a|DTSTART;VALUE=DATE:20240104"],
    "a newer change": [
        WEEKLY,
        "UID:a|SEQUENCE:1|RECURRENCE-ID;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240118",
        "UID:a|SEQUENCE:2|RECURRENCE-ID;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240119",
    ],
    "a change that is gone": [
        f"{WEEKLY.replace('SEQUENCE:1', 'SEQUENCE:3')}|EXDATE;VALUE=DATE:20240116",
        "UID:a|SEQUENCE:1|RECURRENCE-ID;VALUE=DATE:20240116|DTSTART;VALUE=DATE:20240118",
    ],
    "a change of what is not there": [
        WEEKLY,
        "UID:a|SEQUENCE:2|RECURRENCE-ID;VALUE=DATE:20240117|DTSTART;VALUE=DATE:20240118",
    ],
    "two events": [WEEKLY, "UID:b|DTSTART;VALUE=DATE:20240103|RRULE:FREQ=WEEKLY;COUNT=2"],
}


def oracle(given: str) -> list[date]:
    """The days that the other library gives, each once for an event."""
    found: set[tuple[date, str]] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = icalendar.Calendar.from_ical(given)
        for event in recurring_ical_events.of(calendar).between(FIRST, LAST + timedelta(1)):
            found.update((day, str(event["UID"])) for day in _touched(event.start, event.end))
    return sorted(day for day, _ in found if FIRST <= day <= LAST)


def _touched(start: date, end: date) -> list[date]:
    if isinstance(start, datetime.datetime):
        assert isinstance(end, datetime.datetime)
        if start.tzinfo is not None:
            end = end.astimezone(start.tzinfo)
        last = max(start, end - timedelta.resolution).date()
        start = start.date()
    else:
        last = max(start, end - timedelta(1))
    return [start + timedelta(number) for number in range((last - start).days + 1)]


def ours(given: str) -> list[date]:
    """Our days for the same text."""
    return [each.date for each in icalendar_dates(given, FIRST, LAST)]


@pytest.mark.parametrize("kind", [*SINGLE, *RULES])
def test_an_event_has_the_days_of_the_oracle(kind: str) -> None:
    given = text({**SINGLE, **RULES}[kind])
    assert ours(given) == oracle(given)


@pytest.mark.parametrize("kind", CHANGES)
def test_changes_have_the_days_of_the_oracle(kind: str) -> None:
    given = text(*CHANGES[kind])
    assert ours(given) == oracle(given) != []


@pytest.mark.parametrize("zone", ["Harbour", "Europe/Berlin", "W. Europe Standard Time"])
def test_zones_have_the_days_of_the_oracle(zone: str) -> None:
    event = f"UID:a|DTSTART;TZID={zone}:20240324T003000|RRULE:FREQ=DAILY;COUNT=9|EXDATE:20240324T233000Z"
    given = text(event, "UID:a|RECURRENCE-ID:20240331T223000Z|DTSTART:20240401T223000Z", before=ZONE)
    assert ours(given) == oracle(given) != []


def test_the_calendar_s_zone_has_the_days_of_the_oracle() -> None:
    event = "UID:a|DTSTART:20240704T010000Z|DTEND:20240704T050000Z|RRULE:FREQ=WEEKLY;BYDAY=WE,FR;COUNT=6"
    given = text(event, before="X-WR-TIMEZONE:America/New_York")
    assert ours(given) == oracle(given) != []


@st.composite
def series(draw: st.DrawFn) -> str:
    """A series with changes, exceptions and additions, all of them named in any zone."""
    start = draw(st.datetimes(datetime.datetime(2024, 1, 1), datetime.datetime(2024, 3, 1)))
    start = start.replace(minute=30, second=0, microsecond=0)
    zones = {"": datetime.UTC, "Pacific/Auckland": None, "America/New_York": None}
    zone = draw(st.sampled_from(("Europe/Berlin", "America/New_York", "Asia/Tokyo")))
    place = recurring_zone(zone)
    step = draw(st.sampled_from((1, 2, 7)))
    count = draw(st.integers(2, 12))

    def named(name: str, moment: datetime.datetime) -> str:
        other = draw(st.sampled_from(tuple(zones)))
        if not other:
            return f"{name}:{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
        return f"{name};TZID={other}:{moment.astimezone(recurring_zone(other)):%Y%m%dT%H%M%S}"

    starts = [(start + timedelta(step * number)).replace(tzinfo=place) for number in range(count)]
    chosen = draw(st.lists(st.sampled_from(starts), unique=True, max_size=4))
    lines = [f"UID:a|DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DURATION:PT{draw(st.integers(0, 30))}H"]
    lines += [f"RRULE:FREQ=DAILY;INTERVAL={step};COUNT={count}"]
    events = []
    for moment in chosen:
        if draw(st.booleans()):
            lines.append(named("EXDATE", moment))
        else:
            moved = moment + timedelta(hours=draw(st.integers(-100, 100)))
            events.append(f"UID:a|{named('RECURRENCE-ID', moment)}|{named('DTSTART', moved)}|DURATION:PT1H")
    return text("|".join(lines), *events)


def recurring_zone(name: str) -> datetime.tzinfo:
    """The zone of that name."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


@settings(max_examples=100, deadline=None)
@given(series())
def test_any_series_has_the_days_of_the_oracle(given: str) -> None:
    assert ours(given) == oracle(given)
