"""The page of the situations names all that are played, and tests that are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "situations.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if re.match(r"\| S\d", line)]
NUMBERS = [
    "02",
    "03",
    "05",
    "07",
    "08",
    "09",
    "10",
    "11",
    "13",
    "15",
    "16",
    "17",
    "19",
    "20",
    "23",
    "25",
    "26",
    "27",
    "28",
    "29",
    "31",
    "35",
    "36",
    "37",
    "38",
    "41",
    "43",
    "45",
    "47",
    "48",
    "51",
]


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests in a file below ``tests``."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_situation_is_there_once_and_in_order() -> None:
    assert [row[0] for row in ROWS] == [f"S{number:02}" for number in NUMBERS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_is_played_by_tests_that_name_it(row: list[str]) -> None:
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", row[-1])
    assert all(test in names_in(file) for file, test in named), row[0]
    own = f"test_{row[0].lower()}_"
    assert [test for _, test in named if test.startswith(own)], row[0]


def test_no_test_that_names_one_is_left_out() -> None:
    files = sorted((ROOT / "tests" / "unit").glob("test_situations_*.py"))
    found = {name for file in files for name in names_in(f"unit/{file.name}")}
    played = {name for name in found if re.match(r"test_s\d\d_", name)}
    assert {name for name in played if f"::{name}`" not in PAGE} == set()
