"""docs/dates.md, executed: each example of the page is a case."""

from __future__ import annotations

import doctest
import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from jams.dates import (
    Calendar,
    DateDefinition,
    DateError,
    DateType,
    NonWorkdayRule,
    Schedule,
    UnreadableDate,
    WorkdayFlag,
    days,
    evaluate,
    explain,
    hints,
    parse,
)

pytestmark = pytest.mark.unit

PAGE = (Path(__file__).parents[3] / "docs" / "dates.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)([^\n]*)\n(.*?)```", PAGE, flags=re.DOTALL)


def _calendar() -> Calendar:
    lines = next(body for kind, _, body in BLOCKS if kind == "calendar").splitlines()
    found = []
    for line in lines:
        words = shlex.split(line)
        specific = None if words[1][0].isdigit() else words.pop(1)
        flag = WorkdayFlag(words[2]) if len(words) > 2 else WorkdayFlag.MAYBE
        found.append(
            DateDefinition(
                date_type=words[0],
                date=date.fromisoformat(words[1]),
                specific_type=specific,
                workday=flag,
                description="".join(words[3:]),
            )
        )
    fiscal = ("MARCH", "APRIL", "MAY", "JUNE")
    types = [
        DateType(name="HOLIDAY", specific_types=("CHRISTMAS",)),
        DateType(name="FISCAL", continuous=True, specific_types=fiscal),
    ]
    return Calendar(types, found)


CALENDAR = _calendar()


def _cases(kind: str) -> list[tuple[str, str, str]]:
    """(head, text, result) of every example of a kind."""
    return [
        (head.strip(), text.strip(), result.strip())
        for each, head, body in BLOCKS
        if each == kind
        for text, result in (line.split("→", 1) for line in body.strip().splitlines())
    ]


@pytest.mark.parametrize(("today", "text", "result"), _cases("value"))
def test_values(today: str, text: str, result: str) -> None:
    try:
        found = str(evaluate(text, date.fromisoformat(today), CALENDAR))
    except DateError as error:
        found = error.code
    assert found == result


@pytest.mark.parametrize(("head", "text", "result"), _cases("days"))
def test_days(head: str, text: str, result: str) -> None:
    first, last, *rule = head.split()
    schedule = Schedule(
        dates=text,
        non_workday=NonWorkdayRule(*rule) if rule else NonWorkdayRule.SCHEDULE,
        start_date=date.fromisoformat(first),
    )
    found = days(schedule, date.fromisoformat(first), date.fromisoformat(last), CALENDAR)
    assert " ".join(f"{day:%m-%d}" for day in found) == result


@pytest.mark.parametrize(("head", "text", "result"), _cases("refused"))
def test_refusals(head: str, text: str, result: str) -> None:
    with pytest.raises(UnreadableDate) as caught:
        parse(text)
    position, suggestion = result.split(" ", 1)
    assert (caught.value.position, caught.value.suggestion) == (int(position), suggestion)
    assert caught.value.expected


@pytest.mark.parametrize(("head", "text", "result"), _cases("hints"))
def test_hints(head: str, text: str, result: str) -> None:
    assert not head
    assert " ".join(hints(text)) == result


def test_explanations() -> None:
    [(head, body)] = [(head, body) for kind, head, body in BLOCKS if kind == "explain"]
    text, summary = body.strip().split("\n→ ", 1)
    assert explain(text, date.fromisoformat(head.strip()), CALENDAR).summary == summary


def test_python() -> None:
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner()
    for kind, _, body in BLOCKS:
        if kind == "python":
            runner.run(parser.get_doctest(body, {}, "dates.md", None, 0))
    assert runner.summarize(verbose=False).failed == 0
    assert runner.tries


def test_there_are_examples_of_every_kind() -> None:
    assert (
        len(_cases("value")) > 40
        and len(_cases("days")) > 10
        and len(_cases("refused")) > 3 < len(_cases("hints"))
    )
