"""Patterns of parameters: what they may be, and that no transaction waits for one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.database import patterns
from jams.objects.enums import ValidationType
from jams.objects.errors import InvalidParameter
from jams.objects.parts import ParamDef
from jams.objects.schedule import SubmitJob
from tests.support.operations import ask
from tests.support.schedule import Desk, desk

pytestmark = pytest.mark.unit

SLOW = "(?:(a?){50}){50}"


@pytest.fixture
def d(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "jams.db") as made:
        yield made


COMMON = [
    r"(?i)^(\w+)@(\w+\.)+[a-z]{2,63}$",
    r"\s+(error|fatal)(:?\s+\S+)+",
    "((a+)+)+",
    r"(?x) \d{4} - \d{2} - \d{2}  # a day",
    r"(?x: \d+ ) [ab]+",
    r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}",
]


@pytest.mark.parametrize(
    "pattern",
    [
        "a{100000}b" * 200,
        "((a{1000}){1000}){1000}",
        "(?:(?:(?:a{30}){30}){30}){30}",
        "a{5000}" * 3,
        "(" * 500 + ")" * 500,
        "x" * 1001,
        "(",
        "[a",
        "(" * 40 + "a" + ")+" * 40,
        "(" * 40 + "a" + "){1,}" * 40,
        "(" * 40 + "a" + "){1,2}" * 40,
        r"(?x)(((a {299}) {299}) {99})",
        "(?x)(((a{299})#c\n{299})#d\n{99})",
        "(?x:(((a{299})#c\n{299})#d\n{99}))",
        "(?x:#[\n)#(?x:((a{299}#c\n{299})#d\n{99}))]",
        "(((a{299})(?#c){299})(?#d){99})",
        "(((a{299})(?i){299})(?-i){99})",
        "(((a{299}[[:alpha:])]){299}[[:alpha:])]){99})",
        "(?V1)(((a{299}[[a])]){299}[[a])]){99})",
    ],
)
def test_patterns_that_are_refused(pattern: str) -> None:
    assert patterns.problem_of(pattern) is not None


@pytest.mark.parametrize(
    "pattern",
    [r"\d{3}-\d{4}", "(ab|c){2,5}", r"[\]{}]{3}\{9999999}", "(?=.*a)(?=.*b).{8,200}", "[{9999999}]", *COMMON],
)
def test_patterns_that_are_taken(pattern: str) -> None:
    assert patterns.problem_of(pattern) is None


def test_a_pattern_that_was_stored_before_it_was_refused_fits_nothing() -> None:
    with pytest.raises(TimeoutError):
        patterns.fits("((a{1000}){1000}){1000}", "a")


def test_within_a_transaction_nothing_is_matched() -> None:
    with pytest.raises(patterns.Undecided) as caught, patterns.decided_outside():
        assert patterns.fits("x+", "y") is True
    caught.value.decide()
    with patterns.decided_outside():
        assert patterns.fits("x+", "y") is False


def test_submissions_match_outside_the_writer(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    where = []
    match = patterns._match

    def noted(*given: object) -> bool | None:
        where.append(threading.current_thread())
        return match(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(patterns, "_match", noted)
    rules = {"validation_type": ValidationType.REGEX, "validation_data": "[b-y]+"}
    definitions = [ParamDef(param_name=f"P{number}", **rules) for number in range(40)]
    d.job("\\j", parameters=definitions)
    given = {f"P{number}": "b" * (number + 1) for number in range(40)}
    assert ask(d, "submit_job", body=SubmitJob(name="j", parameters=given)).jams_entry
    with pytest.raises(InvalidParameter, match="form"):
        ask(d, "submit_job", body=SubmitJob(name="j", parameters={**given, "P0": "zzz"}))
    assert set(where) == {threading.current_thread()}
    assert len(where) == 41


def test_many_slow_patterns_take_no_longer_than_one(d: Desk) -> None:
    rules = {"validation_type": ValidationType.REGEX, "validation_data": SLOW}
    d.job("\\j", parameters=[ParamDef(param_name=f"P{number}", **rules) for number in range(250)])
    given = {f"P{number}": "a" * (3000 + number) + "!" for number in range(250)}
    with pytest.raises(InvalidParameter, match="too long"):
        ask(d, "submit_job", body=SubmitJob(name="j", parameters=given))
