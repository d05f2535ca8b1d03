"""Texts made from the grammar itself, and calendars to read them with."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import resources
from typing import Any

from date_oracle import World
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark

from jams.dates import Calendar, DateDefinition, DateSettings, DateType, LastWeekday, WorkdayFlag, WorkWeek

GRAMMAR = resources.files("jams.dates").joinpath("grammar.lark").read_text(encoding="utf-8")
FIRST, LAST = date(1970, 1, 1), date(2069, 12, 31)
MONTHS = ["JANUARY", "FEB", "MARCH", "APR", "MAY", "JUNE", "JULY", "AUG", "SEP", "OCTOBER", "NOV", "DEC"]
PLURALS = [f"{day}DAYS" for day in ["MON", "TUES", "WEDNES", "THURS", "FRI", "SATUR", "SUN"]]
NAMES = ["HOLIDAY", "HOLIDAYS", "CHRISTMAS", "FISCAL", "Q1", "FISCAL", "BANKDAY"]
NUMBERS = st.integers(0, 6).map(str)

TERMINALS: dict[str, st.SearchStrategy[str]] = {
    "WEEKDAY_NAME": st.sampled_from(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN", "MONDAY", "SUNDAY"]),
    "WEEKDAY_PLURAL": st.sampled_from(PLURALS),
    "MONTH_NAME": st.sampled_from(MONTHS),
    "ORDINAL_WORD": st.sampled_from(["FIRST", "SECOND", "TENTH"]),
    "NON_WORKDAY": st.sampled_from(["NON-WORKDAY", "NONWORKDAYS"]),
    "_EVERY": st.sampled_from(["EVERY", "EACH"]),
    "THE": st.just("THE"),
    "ISO_DATE": st.dates(FIRST, LAST).map(date.isoformat),
    "SLASH_DATE": st.dates(FIRST, LAST).map(lambda day: f"{day.month}/{day.day}/{day:%Y}"),
    "DOTTED_DATE": st.dates(FIRST, LAST).map(lambda day: f"{day:%d.%m.%Y}"),
    "NAMED_DATE": st.dates(FIRST, LAST).map(lambda day: f"{day:%d-%b-%Y}".upper()),
    "ORDINAL": st.sampled_from(["1ST", "2ND", "3RD", "4TH", "5TH", "12TH", "15TH", "22ND", "29TH", "31ST"]),
    "YEAR_NUMBER": st.integers(1970, 2069).map(str),
    "NUMBER": NUMBERS,
    "QUOTED": st.sampled_from(['"HOLIDAY"', '"Q2"']),
    "NAME": st.sampled_from(NAMES),
}


def _made_from(start: str) -> st.SearchStrategy[str]:
    """Texts that the grammar derives from the rule ``start``, a space after each word."""
    grammar = Lark(GRAMMAR, parser="lalr", lexer="basic", start=start)
    explicit: dict[str, Any] = {}
    for terminal in grammar.terminals:
        words = TERMINALS.get(terminal.name)
        if words is not None:
            explicit[terminal.name] = words.map(lambda word: f"{word} ")
        elif not terminal.name.startswith("__IGNORE"):
            explicit[terminal.name] = st.just(f"{terminal.pattern.value} ")
    return from_lark(grammar, explicit=explicit)


def texts() -> st.SearchStrategy[str]:
    """Texts of the language: every production of the grammar, from the grammar.

    Half of them are counted days (``3RD WORKDAY OF NEXT MONTH - 2``), which are one production of many
    but the one in which most can go wrong.
    """
    offset = st.sampled_from(["", "", "- 2 ", "+ 40 ", "- 3 WORKDAYS ", "+ 1 WORKDAY "])
    parts = (_made_from("index"), _made_from("day_kind"), _made_from("period"), offset)
    counted = st.builds("{}{}OF {}{}".format, *parts)
    lists = st.lists(counted, min_size=1, max_size=2).map(", ".join)
    return st.one_of(_made_from("start"), lists).filter(lambda text: len(text) < 160)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Calendars with holidays, a fiscal year and arbitrary working weeks, around a century."""
    world = World(
        types={"HOLIDAY": (False, ["CHRISTMAS", "EASTER"]), "FISCAL": (True, ["Q1", "Q2", "APRIL", "APR"])},
        week=draw(st.sampled_from([(True,) * 5 + (False,) * 2, (False,) + (True,) * 4 + (False, True)])),
        last_is_most_recent=draw(st.booleans()),
    )
    if draw(st.booleans()):
        world.types["BANKDAY"] = (False, [])
    middle = draw(st.dates(FIRST, LAST - timedelta(600)))
    gaps = st.lists(st.integers(1, 200), max_size=8)
    for name, (continuous, specifics) in world.types.items():
        day = middle - timedelta(draw(st.integers(0, 500)))
        for gap in draw(gaps):
            specific = draw(st.sampled_from([None, *specifics]))
            flag = draw(st.sampled_from([True, False, False, None]))
            world.dates.append((name, day, specific, None if continuous else flag))
            day += timedelta(gap)
    world.middle = middle
    return world


def calendar_of(world: World) -> Calendar:
    """The product's calendar of a world."""
    flags = {True: WorkdayFlag.TRUE, False: WorkdayFlag.FALSE, None: WorkdayFlag.MAYBE}
    last = LastWeekday.MOST_RECENT if world.last_is_most_recent else LastWeekday.OF_LAST_WEEK
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    week = WorkWeek(**dict(zip(days, world.week, strict=True)))
    return Calendar(
        [
            DateType(name=name, continuous=continuous, specific_types=tuple(specifics))
            for name, (continuous, specifics) in world.types.items()
        ],
        [
            DateDefinition(date_type=name, date=day, specific_type=specific, workday=flags[flag])
            for name, day, specific, flag in world.dates
        ],
        DateSettings(work_week=week, last_weekday=last),
    )
