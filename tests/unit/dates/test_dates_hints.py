"""Hints on texts that mean something else than they seem to say; the page of the language has more."""

from __future__ import annotations

from datetime import date

import pytest

from jams.dates import Schedule, days, hints

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("MARCH 15, JUNE", "JUNE 15 would be written out"),
        ("FEBRUARY 29, APRIL", "APRIL 29 would be written out"),
        ("MARCH 31, APRIL", "JUNE"),
        ("LAST DAY OF MARCH - 1, JUNE, SEPTEMBER", "LAST DAY OF SEPTEMBER - 1 would be written out"),
        ("WORKDAYS, MONTH", "MONTH in a list is the first day of the month alone."),
        ("WORKDAYS, NEXT MONTH", "NEXT MONTH never runs"),
        ("YESTERDAY", "never runs"),
        ("LAST WORKDAY", "LAST WORKDAY OF MONTH does"),
        ("JANUARY 1 - 1", "never runs"),
        ("30TH DAY OF FEBRUARY", "never runs"),
        ("SUNDAY + 1", "never runs"),
        ("MONTH - 1", "1ST DAY OF EVERY MONTH - 1 does"),
        ("LAST DAY OF QUARTER + 1", "LAST DAY OF EVERY QUARTER + 1 does"),
        ("DAILY EXCEPT LAST MONDAY", "leaves out nothing"),
    ],
)
def test_a_text_that_misleads_has_a_hint(text: str, part: str) -> None:
    if part == "JUNE":
        assert hints(text) == ("APRIL in a list is the 1st of April alone.",)
    else:
        assert part in " ".join(hints(text))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "WORKDAYS",
            "MONDAYS, FRIDAYS",
            "15TH OF MONTH",
            "5TH MONDAY OF FEBRUARY",
            "TODAY",
            "31ST DAY OF MONTH",
        ),
        *("MARCH, JUNE", "JANUARY", "LAST WORKDAY OF MONTH - 2 WORKDAYS", "1ST DAY OF NEXT MONTH - 1"),
        *("EVERY OTHER MONDAY", "12/24/2017", "APRIL 15 2018", "HOLIDAY - 1", "1ST DAY OF FISCAL + 400"),
        *("LAST FRIDAY OF EVERY MONTH + 1", "WORKDAYS EXCEPT HOLIDAYS", "DAILY EXCEPT MONDAYS", "THRID DAY"),
    ],
)
def test_other_texts_have_none(text: str) -> None:
    assert hints(text) == ()


def test_exceptions_are_read_as_such() -> None:
    assert hints("JANUARY", excepting=True) == (
        "EXCEPT JANUARY leaves out one day, the 1st of January, not all its days.",
    )
    assert "leaves out nothing" in hints("LAST FRIDAY", excepting=True)[0]
    assert hints("HOLIDAYS, MONDAYS", excepting=True) == ()


def test_what_a_hint_says_is_so() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    plain = Schedule(dates="LAST FRIDAY OF MONTH + 1")
    every = Schedule(dates="LAST FRIDAY OF EVERY MONTH + 1")
    assert (len(list(days(plain, first, last))), len(list(days(every, first, last)))) == (11, 12)


def test_a_long_text_costs_little() -> None:
    assert len(hints(", ".join(f"LAST DAY OF MONTH + {number}" for number in range(1, 20)))) <= 10
