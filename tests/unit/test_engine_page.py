"""The page about the engine says what the engine does: its states, its waits in order, the rule of ageing."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from generators.engine_page import BEGIN, END, drawing, drawn, listing
from jams.objects.enums import EntryState, ReleaseType
from jams.scheduler import passing
from jams.scheduler.transitions import TABLE, Event, Transition
from jams.scheduler.waits.capacity import AGED
from jams.scheduler.waits.chain import BEFORE_CAPACITY

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
CALLED = {"cancelled": "instances"}
"""Waits whose functions are called otherwise than their rows on the page."""


def test_every_transition_is_in_the_table_and_the_engines_are_in_the_drawing():
    rows = [line.split(" | ")[0].removeprefix("| ") for line in listing(TABLE).splitlines()[2:]]
    assert [row.event.value for row in TABLE] == rows[: len(TABLE)]
    shown = drawing(TABLE)
    for row in TABLE:
        assert (f'"{row.event.value}"' in shown) == (row.right is None)


def test_every_state_is_told_of():
    told = drawing(TABLE) + listing(TABLE)
    assert [state.value for state in EntryState if state.value not in told] == []


def test_a_transition_that_changes_changes_the_page():
    held, pending, complete = EntryState.HELD, EntryState.PENDING, EntryState.COMPLETE
    table = [
        Transition(Event.OPEN, frozenset({held, pending}), frozenset({pending, complete})),
        Transition(Event.HOLD, frozenset({pending}), frozenset({held}), "Manage"),
        Transition(Event.EXPIRE, frozenset({complete}), frozenset(), leaves=True),
    ]
    page = drawn(f"before\n{BEGIN}of before\n{END}after\n", table)
    assert "of before" not in page and page.startswith("before\n") and page.endswith("after\n")
    assert (
        '    open{{"its time has come"}}\n    Held & Pending --> open\n    open --> Pending & Complete'
        in page
    )
    assert "| hold | who has Manage of the monitor | `Pending` | `Held` |" in page
    assert 'ended -- "its time in the monitor is over" --> gone(["leaves the schedule"])' in page
    assert "DependencyWait`" in page.split("reached by no transition yet:")[1]
    assert drawn(page, table) == page


def test_a_page_without_a_place_for_it_is_refused():
    with pytest.raises(ValueError, match="has lost the lines"):
        drawn("nothing", TABLE)


def test_the_waits_stand_in_the_order_in_which_they_are_asked():
    table = PAGE.partition("| wait | shut until |")[2].partition("\n\n")[0]
    named = re.findall(r"^\| (\w+) \|", table, re.M)
    asked = [CALLED.get(ask.__name__, ask.__name__) for ask in BEFORE_CAPACITY]
    assert named == [*asked, "capacity", "agent"]
    passed = {kind for kind in ReleaseType if passing.bits([kind])}
    assert {kind.value for kind in passed} <= set(re.findall(r"\w+", table))


def test_the_rule_of_ageing_is_told_as_it_is():
    assert timedelta(minutes=10) == AGED
    assert "**ten minutes** (`AGED`)" in PAGE


def test_the_files_that_it_names_are_there():
    """By their path from ``jams`` or from ``jams/scheduler``, or by their name alone."""
    named = set(re.findall(r"`([a-z_/]+\.py)`", PAGE))
    places = (ROOT, ROOT / "jams", ROOT / "jams" / "scheduler")
    known = {path.name for path in (ROOT / "jams").rglob("*.py")}
    lost = {
        each
        for each in named
        if not any((place / each).is_file() for place in places) and ("/" in each or each not in known)
    }
    assert len(named) > 20 and not lost


def test_it_tells_of_every_part_of_the_engine():
    """Each package of the scheduler, and each room that empties what it fills, has its place on the page."""
    packages = [path.parent.name for path in (ROOT / "jams" / "scheduler").glob("*/__init__.py")]
    untold = [name for name in packages if f"{name}/" not in PAGE and f"/{name}`" not in PAGE]
    assert set(untold) <= {"sources"}, untold
    for heading in ("Setups and sequences", "Triggers", "The outbox", "The forecast"):
        assert f"\n## {heading}\n" in PAGE
