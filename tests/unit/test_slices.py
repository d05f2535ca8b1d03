"""Pieces of lists: whatever their items are called, they hold everything once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jams.objects.parts import ParamValue
from jams.operations import CATALOGUE
from webservices.slices import AFTER, LIMIT, Slices, item_of

SLICES = Slices(ParamValue)


def of(*names: str) -> list[ParamValue]:
    return [ParamValue(param_name=name, value=str(at)) for at, name in enumerate(names)]


def walk(items: list[ParamValue], limit: int) -> list[ParamValue]:
    found: list[ParamValue] = []
    after = None
    for _ in range(len(items) + 1):
        piece, after = SLICES.cut(items, limit, after)
        found += piece
        if after is None:
            return found
        assert len(piece) == limit
    raise AssertionError("the pieces have no end")


@given(st.lists(st.sampled_from(["a", "A", "a#1", "a#2", "b#", "#", "b"]), max_size=12), st.integers(1, 5))
def test_pieces_hold_everything_once_whatever_bears_the_same_name(names: list[str], limit: int) -> None:
    items = of(*names)
    assert walk(items, limit) == items


def test_without_a_limit_all_is_given_that_follows() -> None:
    items = of("a", "b", "c")
    assert SLICES.cut(items, None, None) == (items, None)
    assert SLICES.cut(items, None, "b") == (items[2:], None)


@pytest.mark.parametrize(
    ("after", "names"), [("b", "c"), ("B", "c"), ("a#2", "c"), ("a#9", "c"), ("zz", ""), ("aa#1", "c")]
)
def test_a_piece_goes_on_where_what_it_ended_with_is_gone(after: str, names: str) -> None:
    piece, _ = SLICES.cut(of("a", "a", "c") if after.startswith("a#") else of("a", "c"), 5, after)
    assert "".join(item.param_name for item in piece) == names


def test_every_list_comes_in_pieces_or_bounds_itself() -> None:
    """Texts and outcomes of what was asked alone are given whole."""
    for operation in CATALOGUE:
        if operation.lists and not operation.changes and item_of(operation) is None:
            assert {each.wire for each in operation.inputs} & {LIMIT, AFTER}, operation.name
