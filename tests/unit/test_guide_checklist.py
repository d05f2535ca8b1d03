"""The page that goes through the guide row by row names every row, and tests that there are."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guide-checklist.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if re.match(r"\| \d", line)]
MOST = 188
"""Rows of the guide."""


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests in a file below ``tests``."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    found = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return frozenset(name for name in found if name.startswith("test_"))


def test_every_row_of_the_guide_is_there_once_and_in_order():
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, MOST + 1)]
    assert all(len(row) == 3 and len(row[1]) > 3 for row in ROWS)
    assert len({row[1] for row in ROWS}) == MOST


@pytest.mark.parametrize(("number", "shown"), [(row[0], row[-1]) for row in ROWS if row[-1] != "not yet"])
def test_what_shows_a_row_is_a_test(number: str, shown: str):
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", shown)
    assert named and shown == ", ".join(f"`{file}::{test}`" for file, test in named), number
    for file, test in named:
        assert test in names_in(file), f"row {number}: {file} has no {test}"
