"""Times of day, spans of time and windows."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jams.dates import InvalidTime, NamedTime, Window, format_span, format_time, parse_span, parse_time
from jams.dates.zones import time_zone

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08:35", time(8, 35)),
        ("8:35", time(8, 35)),
        ("3:30PM", time(15, 30)),
        ("3:30 p.m.", time(15, 30)),
        ("12:00AM", time(0)),
        ("12:00pm", time(12)),
        ("3 PM", time(15)),
        ("23:59:59", time(23, 59, 59)),
        ("noon", time(12)),
        (" Midnight ", time(0)),
    ],
)
def test_times_of_day(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text", ["", "8", "24:00", "13:00PM", "0:30AM", "8:60", "8:5", "٣:٣٠", "08:35:61", "x" * 999]
)
def test_no_times_of_day(text: str) -> None:
    with pytest.raises(InvalidTime):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1.2:30", 26.5),
        ("2.10", 58),
        ("2", 48),
        ("0.01:00", 1),
        ("01:00", 1),
        ("36:00", 36),
        ("1.02.30", 26.5),
        ("0.00:00:36", 0.01),
    ],
)
def test_spans(text: str, hours: float) -> None:
    assert parse_span(text) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text", ["", "-1", "1.24:00", "1:60", "1.25", "1:00:60", "a", "1.2.3.4", "999999", "²"]
)
def test_no_spans(text: str) -> None:
    with pytest.raises(InvalidTime):
        parse_span(text)


@given(st.times())
def test_written_times_are_read_again(at: time) -> None:
    at = at.replace(microsecond=0)
    assert parse_time(format_time(at)) == at


@given(st.timedeltas(timedelta(0), timedelta(days=9999)))
def test_written_spans_are_read_again(span: timedelta) -> None:
    span -= timedelta(microseconds=span.microseconds)
    assert parse_span(format_span(span)) == span


BERLIN = time_zone("Europe/Berlin")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_window_across_midnight() -> None:
    night = NamedTime(name="NIGHT", start="22:00", end="6:00 AM").window()
    assert night.is_open(_at("2017-01-10T21:00"), BERLIN)
    assert night.is_open(_at("2017-01-10T04:59"), BERLIN)
    assert not night.is_open(_at("2017-01-10T05:00"), BERLIN)
    assert night.opens(_at("2017-01-10T12:00"), BERLIN) == _at("2017-01-10T21:00")
    assert night.opens(_at("2017-01-10T22:00"), BERLIN) == _at("2017-01-10T22:00")
    assert night.closes(_at("2017-01-10T22:00"), BERLIN) == _at("2017-01-11T05:00")
    assert night.closes(_at("2017-01-10T12:00"), BERLIN) is None


def test_equal_ends_are_the_whole_day() -> None:
    whole = Window(time(8), time(8))
    assert all(whole.is_open(_at("2017-03-26T00:00") + timedelta(hours=hour), BERLIN) for hour in range(50))


def test_a_window_that_a_clock_change_swallows_does_not_open() -> None:
    small = Window(time(2, 10), time(2, 50))
    assert not small.is_open(_at("2017-03-26T01:00"), BERLIN)
    assert small.opens(_at("2017-03-26T00:30"), BERLIN) == _at("2017-03-27T00:10")


def test_a_window_in_a_repeated_hour_opens_once_and_lasts() -> None:
    window = Window(time(2, 30), time(3, 30))
    opening, closing = window.on(datetime(2017, 10, 29).date(), BERLIN)
    assert (opening, closing) == (_at("2017-10-29T00:30"), _at("2017-10-29T02:30"))
