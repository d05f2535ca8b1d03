"""The architecture page knows every room, and draws what is checked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from generators.architecture_page import BEGIN, END, drawing, drawn

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "tool"
]["importlinter"]["contracts"]
TOGETHER = ("jams", "psprovider")
"""Packages that are rooms only together with what is in them."""


def test_every_room_is_told_of() -> None:
    packages = {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("*/__init__.py")}
    packages |= {
        f"{outer}/{path.parent.name}" for outer in TOGETHER for path in ROOT.glob(f"{outer}/*/__init__.py")
    }
    told = set(re.findall(r"^\| `([\w/]+)` \|", PAGE, re.M))
    assert told == packages - {*TOGETHER, "benchmarks"}


def test_every_contract_is_drawn() -> None:
    text = " ".join(drawing(CONTRACTS).split())
    for contract in CONTRACTS:
        assert contract["name"] in text
    (layers, *_) = (contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    rooms = [room.removeprefix("jams.") for layer in layers for room in layer.split(" : ")]
    assert all(re.search(rf"\b{room}\b", text) for room in rooms)


def test_a_contract_that_changes_changes_the_page() -> None:
    others = [{"name": "Arrows", "type": "layers", "layers": ["jams.a : b", "jams.c"]}]
    page = drawn(f"before\n{BEGIN}old\n{END}after\n", others)
    assert page == f"before\n{BEGIN}\nArrows:\n\n    a, b → c\n\n\n{END}after\n"
    assert drawn(page, others) == page


def test_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(ValueError, match="has lost the lines"):
        drawn("nothing", CONTRACTS)


def test_a_contract_of_another_type_needs_a_drawing() -> None:
    with pytest.raises(ValueError, match="no drawing for a contract of the type independence"):
        drawing([{"name": "x", "type": "independence"}])
