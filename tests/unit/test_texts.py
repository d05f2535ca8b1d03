"""Which characters a text, a name and a label may hold."""

from __future__ import annotations

import pytest

from jams.database.names import check_name
from jams.objects import texts
from jams.objects.errors import InvalidName, JAMSError

ANY = ["", "a", "Größe", "日本語", "a b", "⚙️ Ops", "n̈", "עברית", "ไทย", "😀"]
UNSEEN = {
    "directional override": "\u202e",
    "isolate": "\u2066",
    "mark from left to right": "\u200e",
    "zero-width space": "\u200b",
    "joiner": "\u200d",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "no-break space": "\u00a0",
    "ideographic space": "\u3000",
    "line separator": "\u2028",
    "private use": "\ue000",
    "not assigned": "\u0378",
    "Hangul filler": "\u3164",
    "Braille blank": "\u2800",
    "tag letter": "\U000e0041",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line": "\x85",
    "tab": "\t",
    "noncharacter": "\ufffe",
    "half a pair": "\ud800",
    "NUL": "\0",
}


@pytest.mark.parametrize("text", ANY)
def test_what_can_be_seen_may_stand_everywhere(text: str) -> None:
    faults = (texts.raw_fault, texts.free_fault, texts.line_fault, texts.unseen_fault)
    assert [fault(text) for fault in faults] == [None] * 4


@pytest.mark.parametrize("letter", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_stands_in_no_name(letter: str) -> None:
    assert texts.unseen_fault(f"ab{letter}c") == f"U+{ord(letter):04X} (character 3)"
    with pytest.raises(InvalidName, match="U\\+"):
        check_name(f"ab{letter}c", "jobName")
    assert check_name(f"ab{letter}c", "jobName", borne=f"ab{letter}c"), "a name from before is kept"


@pytest.mark.parametrize("letter", ["\0", "\x07", "\x1b", "\ufffe", "\uffff", "\ud800", "\udfff"])
def test_a_free_text_holds_what_xml_can_carry(letter: str) -> None:
    assert texts.free_fault(f"a{letter}") == f"U+{ord(letter):04X} (character 2)"


@pytest.mark.parametrize("letter", ["\t", "\n", "\r", "\x7f", "\x85", "\u200b", "\u202e", "\ue000"])
def test_a_free_text_may_have_lines_and_marks(letter: str) -> None:
    assert texts.free_fault(f"a{letter}") is None


def test_a_source_may_hold_everything_but_nul_and_halves_of_pairs() -> None:
    assert texts.raw_fault("\x1b[1m\x0c\ufffe") is None
    assert texts.raw_fault("a\0") == "U+0000 (character 2)"
    assert texts.raw_fault("a\udcff") == "U+DCFF (character 2)"


def test_texts_of_our_own_can_be_kept() -> None:
    assert texts.storable("no such file: \udcff\0\x1b", 100) == "no such file: \ufffd\ufffd\ufffd"
    assert texts.storable("a" * 11, 10) == "a" * 9 + "…"
    assert texts.storable("a" * 10, 10) == "a" * 10


def test_an_error_can_always_be_told() -> None:
    error = JAMSError("no \ud800", target="\udcff", member="\ud800")
    assert str(error) == error.message == "no \ufffd"
    assert (error.target, error.member) == ("\ufffd", "\ufffd")
