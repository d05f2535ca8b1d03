"""Values of any kind as text, and characters that XML cannot hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jams.wire.soap.text import legal, read_mixed, write_mixed

SCALARS = st.one_of(
    st.text(),
    st.integers(-(2**53), 2**53),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["5", "true", "null", '"x"', "{}", " 5", "[1]", "1e3", "007", "1.50", "-0", ""]),
)


@given(st.one_of(SCALARS, st.dictionaries(st.text(), SCALARS, max_size=3)))
def test_what_is_written_is_read_back(value: Any) -> None:
    read = read_mixed(write_mixed(value))
    assert read == value and isinstance(read, bool) == isinstance(value, bool)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("1.5", 1.5),
        ("true", True),
        ("plain", "plain"),
        ('{"totalSeconds":5}', {"totalSeconds": 5}),
        ('{ "totalSeconds" : 5 }', {"totalSeconds": 5}),
        ('"5"', "5"),
        ("007", "007"),
        ("1.50", "1.50"),
        ("1e3", "1e3"),
        ("[1]", "[1]"),
        ("{broken", "{broken"),
        ("[" * 4000, "[" * 4000),
        ('{"a":' * 4000 + "1" + "}" * 4000, '{"a":' * 4000 + "1" + "}" * 4000),
    ],
)
def test_only_shortest_numbers_and_objects_are_not_text(text: str, value: Any) -> None:
    assert read_mixed(text) == value and type(read_mixed(text)) is type(value)


@given(st.text(st.characters()))
def test_every_text_becomes_one_that_xml_holds(text: str) -> None:
    element = etree.Element("a")
    element.text = legal(text)
    assert len(element.text or "") == len(text)


def test_allowed_characters_are_left_alone() -> None:
    assert legal("a\t\n\r\U0001f600\ufffd") == "a\t\n\r\U0001f600\ufffd"
    assert legal("\x1b[0m\ufffe\x00") == "\ufffd[0m\ufffd\ufffd"
