"""Reading: what is refused and how, spelling, names, and texts that mean harm."""

from __future__ import annotations

import logging
import random
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark, logger

from jams.dates import (
    Calendar,
    DateDefinition,
    DateError,
    DateOrder,
    DateSettings,
    DatesNotDefined,
    DateType,
    InvalidPeriod,
    InvalidScheduleDate,
    UnreadableDate,
    canonical,
    evaluate,
    parse,
    runs_on,
)
from jams.dates.language import MAX_LENGTH, MAX_WORDS
from jams.objects.errors import InvalidArgument, from_document

pytestmark = pytest.mark.unit

TODAY = date(2017, 3, 15)
CODES = {"UnreadableDate", "INVPERIOD", "INVSCHDATE", "DATESNSU"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("the 15th", "15TH DAY OF MONTH"),
        ("15th of each month", "15TH DAY OF EVERY MONTH"),
        ("last workday of the month-2", "LAST WORKDAY OF MONTH - 2"),
        ("monday, tue AND wednesday or thu", "MONDAY, TUESDAY, WEDNESDAY, THURSDAY"),
        ("mondays, and fridays", "MONDAYS, FRIDAYS"),
        ("every day", "DAILY"),
        ("every monday", "MONDAYS"),
        ("every workday", "WORKDAYS"),
        ("EVERY 2ND MONDAY", "EVERY OTHER MONDAY"),
        ("every 1 week", "EVERY WEEK"),
        ("third nonworkday of next quarter", "3RD NON-WORKDAY OF NEXT QUARTER"),
        ("LAST - 2 DAY OF MONTH", "LAST-2 DAY OF MONTH"),
        ("12/25/17", "2017-12-25"),
        ("DAILY, except for holidays", "DAILY EXCEPT HOLIDAYS"),
        ("fiscal apr", 'FISCAL "APR"'),
        ('"today" + 0 days', '"TODAY"'),
        ("1ST DAY OF monthend", "1ST DAY OF MONTHEND"),
        ("11th of may 1999 + 1 workday", "11TH DAY OF MAY 1999 + 1 WORKDAYS"),
    ],
)
def test_spelling(text: str, written: str) -> None:
    assert canonical(parse(text)) == written
    assert parse(written) == parse(text)


def test_a_date_type_cannot_redefine_a_month_or_a_keyword() -> None:
    dates = [
        DateDefinition(date_type=name, date=date(2017, month, 9))
        for name in ("APRIL", "TODAY")
        for month in (2, 6)
    ]
    calendar = Calendar([DateType(name="APRIL"), DateType(name="TODAY")], dates)
    assert evaluate("FIRST DAY OF APRIL", TODAY, calendar) == date(2017, 4, 1)
    assert evaluate("TODAY", TODAY, calendar) == TODAY
    assert evaluate('"TODAY"', TODAY, calendar) == date(2017, 6, 9)


def test_exact_dates_in_the_local_order() -> None:
    day_first = Calendar(settings=DateSettings(date_order=DateOrder.DAY_FIRST))
    assert evaluate("4/5/2018", TODAY) == date(2018, 4, 5)
    assert evaluate("4/5/2018", TODAY, day_first) == date(2018, 5, 4)
    assert evaluate("4/5/68", TODAY) == date(2068, 4, 5)
    assert evaluate("4/5/69", TODAY) == date(1969, 4, 5)
    with pytest.raises(InvalidScheduleDate):
        evaluate("13/13/2018", TODAY)


@pytest.mark.parametrize(
    ("text", "position", "expected", "suggestion"),
    [
        ("", 0, "DAILY", None),
        ("FIRST MONDAY", 12, "OF", "FIRST MONDAY OF MONTH"),
        ("LAST WRKDAY OF MONTH -", 22, "a number", "LAST WRKDAY OF MONTH"),
        ("MONDAY TUESDAY", 7, '","', "MONDAY"),
        ("EVERY OTHER", 11, "WORKDAY", "EVERY OTHER DAY"),
        ("3RD WORKDAY OF MONTH %", 21, "EXCEPT", "3RD WORKDAY OF MONTH"),
        ("LAST DAY OF FEBUARY 2018", 20, "the end of the text", "LAST DAY OF FEBRUARY 2018"),
        ("EVERY OTHER MONDAY + 1", 19, "EXCEPT", "EVERY OTHER MONDAY"),
    ],
)
def test_refusals_say_where_and_what(text: str, position: int, expected: str, suggestion: str | None) -> None:
    with pytest.raises(UnreadableDate) as caught:
        parse(text)
    assert caught.value.position == position
    assert expected in caught.value.expected
    assert caught.value.suggestion == suggestion
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("text", "error", "suggestion"),
    [
        ("FIRST MONDY OF MONTH", InvalidScheduleDate, "MONDAY"),
        ("HOLLIDAY", InvalidScheduleDate, "HOLIDAY"),
        ("1ST DAY OF FISCL", InvalidPeriod, "FISCAL"),
        ("1ST DAY OF HOLIDAY", InvalidPeriod, None),
        ("1ST DAY OF FISCAL Q9", InvalidPeriod, None),
        ("1ST DAY OF Q2", InvalidPeriod, "FISCAL Q2"),
        ("APRIL 31", InvalidScheduleDate, None),
        ("2017-02-29", InvalidScheduleDate, None),
        ("0TH DAY OF MONTH", InvalidScheduleDate, None),
        ("EVERY 0 DAYS", InvalidScheduleDate, None),
        ("TODAY + 999", None, None),
        ("9999-12-31 + 1", InvalidScheduleDate, None),
        ("FISCAL", DatesNotDefined, None),
    ],
)
def test_named_errors(text: str, error: type[DateError] | None, suggestion: str | None) -> None:
    types = [
        DateType(name="HOLIDAY"),
        DateType(name="FISCAL", continuous=True, specific_types=("Q1", "Q2")),
        DateType(name="TAX", continuous=True, specific_types=("Q2",)),
    ]
    dates = [DateDefinition(date_type="FISCAL", date=date(2017, 3, 1))]
    calendar = Calendar(types, dates)
    if error is None:
        assert evaluate(text, TODAY, calendar)
        return
    with pytest.raises(error) as caught:
        evaluate(text, TODAY, calendar)
    assert caught.value.code in CODES and isinstance(caught.value, InvalidArgument)
    assert caught.value.suggestion == suggestion


def test_an_unknown_name_says_where_it_stands() -> None:
    with pytest.raises(InvalidScheduleDate) as caught:
        evaluate("MONDAYS, first mondy of month", TODAY)
    assert caught.value.position == 15


def test_errors_survive_the_wire() -> None:
    for error in (UnreadableDate("a"), InvalidPeriod("b"), InvalidScheduleDate("c"), DatesNotDefined("d")):
        again = from_document(error.document())
        assert type(again) is type(error) and again.message == error.message


def test_the_grammar_has_no_conflicts(caplog: pytest.LogCaptureFixture) -> None:
    from date_texts import GRAMMAR

    before = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG, logger="lark"):
            Lark(GRAMMAR, parser="lalr", lexer="basic", debug=True)
    finally:
        logger.setLevel(before)
    assert "conflict" not in caplog.text.lower()


WORDS = (
    'FIRST LAST MONDAY OF THE MONTH , - + 2 EVERY OTHER 15TH NEXT HOLIDAY FISCAL EXCEPT AND % " 2017-02-29'
)


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(max_size=1200),
        st.lists(st.sampled_from(WORDS.split()), max_size=60).map(" ".join),
        st.text(alphabet="01239/.-+,\"' \u0130\u00df\u017f\u212aDAYOFTHEM", max_size=1000),
    )
)
def test_fuzzed_text_raises_only_the_named_errors(text: str) -> None:
    calendar = Calendar([DateType(name="HOLIDAY"), DateType(name="FISCAL", continuous=True)])
    try:
        evaluate(text, TODAY, calendar)
    except DateError as error:
        assert error.code in CODES
        assert error.position is None or 0 <= error.position <= len(text)
        if error.suggestion is not None and isinstance(error, UnreadableDate):
            parse(error.suggestion)
    else:
        assert parse(canonical(parse(text))) == parse(text)


def test_work_is_bounded_by_length() -> None:
    """Beyond the limits nothing is read at all; so the limits, not luck, bound a refusal."""
    for text in ("A," * 5000, "D" * (MAX_LENGTH + 1), " OR ".join(["DAILY"] * MAX_WORDS)):
        with pytest.raises(UnreadableDate) as caught:
            parse(text)
        assert caught.value.expected == ("the end of the text",)
    longest = ", ".join(["2017-01-02"] * 41)
    assert len(parse(longest).items) == 41


def test_words_of_other_alphabets_are_no_keywords() -> None:
    random.seed(3)
    for text in ("MONDAY\u017f", "\u0661\u0665TH", "wor\u212aday"):
        with pytest.raises(DateError):
            evaluate(text, TODAY)


@pytest.mark.parametrize("today", [date.min, date.max])
def test_the_ends_of_the_calendar_raise_only_the_named_errors(today: date) -> None:
    relations = ("LAST", "THIS", "NEXT")
    parts = product(relations, ("MONDAY", "WORKDAY", "MONTH", "APRIL", "YEAR", "WEEK"))
    texts = [" ".join(each) for each in parts]
    parts = product(
        ("1ST", "LAST-2"), ("DAY", "WORKDAY", "SUN"), ["OF"], relations, ("WEEK", "QUARTER", "YEAR")
    )
    texts += [" ".join(each) for each in parts]
    texts += [" ".join(each) for each in product(texts, ("+ 999", "- 999 WORKDAYS"))]
    texts += [
        "LAST SUN OF EVERY QUARTER - 99 WORKDAYS",
        "EVERY 999 MONTHS",
        "EVERY 999 WORKDAYS",
        "YESTERDAY",
    ]
    texts += ["YESTERDAY", "TOMORROW", "31ST", "FEBRUARY 29", "MONDAYS + 99", "WORKDAYS - 99 WORKDAYS"]
    for text in texts:
        try:
            assert isinstance(evaluate(text, today), date)
        except DateError as error:
            assert error.code == "INVSCHDATE", text
        assert runs_on(text, today) in (True, False)
