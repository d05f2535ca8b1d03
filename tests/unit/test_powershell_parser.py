"""The parser knows commands and constants, refuses everything that could run, and never fails otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psprovider.endpoint.clixml.types import PSObject
from psprovider.engine.lexer import MAX_TEXT, Incomplete, ParseError
from psprovider.engine.parser import parse
from psprovider.engine.patterns import matches

pytestmark = pytest.mark.unit


def words(text: str) -> list[Any]:
    """Names and values of the one command in a text."""
    ((command,),) = parse(text)
    return [command.text, *((a.name, a.value) if a.name else a.value for a in command.arguments)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Get-X", ["Get-X"]),
        ("Get-X a b", ["Get-X", "a", "b"]),
        ("Get-X 'a b' \"c\"", ["Get-X", "a b", "c"]),
        ('Get-X \'it\'\'s\' "say ""x"""', ["Get-X", "it's", 'say "x"']),
        ('Get-X "a`tb`$c"', ["Get-X", "a\tb$c"]),
        ("Get-X -Name v -Force", ["Get-X", ("-Name", None), "v", ("-Force", None)]),
        ("Get-X -Name:v -F: $true", ["Get-X", ("-Name:", "v"), ("-F:", True)]),
        ("Get-X \u2013Name v", ["Get-X", ("-Name", None), "v"]),
        ("Get-X -- -Name", ["Get-X", "-Name"]),
        ("Get-X 5 -5 1.5 $null", ["Get-X", 5, -5, 1.5, None]),
        ("Get-X a,b, c", ["Get-X", ["a", "b", "c"]]),
        ("Get-X @('a', 2; $false)", ["Get-X", ["a", 2, False]]),
        (
            "Get-X @{day='today'; n = 1,2\n'a b'=@{x=1}}",
            ["Get-X", {"day": "today", "n": [1, 2], "a b": {"x": 1}}],
        ),
        ("Get-X [ab]* \\Sales\\Load JAMS:\\*", ["Get-X", "[ab]*", "\\Sales\\Load", "JAMS:\\*"]),
        ("Get-X \\Sales\\'My Job'", ["Get-X", "\\Sales\\My Job"]),
        ("Get-X a # rest", ["Get-X", "a"]),
        ("Get-X <# in #> a", ["Get-X", "a"]),
        ("Get-X `\n a", ["Get-X", "a"]),
        ("Get-X @'\na 'b'\n'@", ["Get-X", "a 'b'"]),
        ("\u2018x\u2019", None),
        ("'Get-X'", None),
    ],
)
def test_constants(text: str, expected: list[Any] | None) -> None:
    if expected is None:
        with pytest.raises(ParseError):
            parse(text)
    else:
        assert words(text) == expected


def test_numbers_keep_their_text() -> None:
    value = words("Get-X 007")[1]
    assert isinstance(value, PSObject) and (value.value, value.to_string) == (7, "007")
    assert words("Get-X 1kb")[1].value == 1024
    assert words("Get-X 0x10")[1].value == 16
    assert words("Get-X 1.2.3")[1] == "1.2.3"


def test_pipelines_and_statements() -> None:
    parsed = parse("a | b |\n c; d\ne")
    assert [[c.text for c in statement] for statement in parsed] == [["a", "b", "c"], ["d"], ["e"]]
    assert parse("") == () == parse(" ; \n # nothing")


@pytest.mark.parametrize(
    "text",
    [
        "$x",
        "Get-X $x",
        "Get-X $(1)",
        'Get-X "$x"',
        'Get-X "$(a)"',
        "Get-X (1+1)",
        "Get-X { a }",
        "& 'Get-X'",
        ". x",
        "Get-X > f",
        "Get-X a>b",
        "Get-X 2>&1",
        "a && b",
        "a || b",
        "a &",
        "Get-X @x",
        "if (1) { }",
        "foreach x",
        "function f",
        "$x = 1",
        "[int]5",
        "5",
        "'a'.Length",
        "Get-X 'a'.Length",
        "Get-X a.b(1)",
        "Get-X @{a=b}",
        "Get-X @{a}",
        "Get-X )",
        "1 + 1",
        "!x",
        "Get-X -Name:",
        "a | ; b",
        "$executionContext.SessionState.LanguageMode",
        "Get-X " + "@(" * 40 + ")" * 40,
        " | ".join(["a"] * 65),
        "a" * (MAX_TEXT + 1),
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert not isinstance(caught.value, Incomplete)


@pytest.mark.parametrize(
    "text",
    [
        *("Get-X 'a", 'Get-X "a', "a |", "a | ", "a `", "<# c", "Get-X a,"),
        *("Get-X @(", "Get-X @(1,", "Get-X @{", "Get-X @{a=", "Get-X @'\nabc"),
    ],
)
def test_unfinished(text: str) -> None:
    with pytest.raises(Incomplete):
        parse(text)


_LETTERS = "aZ09 -'\"`$@(){}[];|,.:=&<>#\\\n\t*?_\u2013\u2019\u201c"
_ALPHABET = st.sampled_from([*_LETTERS, "@{", "@(", "$true", "'@"])


@settings(max_examples=1500, deadline=None)
@given(st.lists(_ALPHABET, max_size=60).map("".join))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        statements = parse(text)
    except ParseError:
        return
    for statement in statements:
        assert statement and all(command.text for command in statement)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_quoted_text_comes_back(text: str) -> None:
    quoted = "'" + "".join(c * 2 if c in "'\u2018\u2019\u201a\u201b" else c for c in text) + "'"
    assert words(f"Get-X {quoted}") == ["Get-X", text]


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("L*", "Load", True),
        ("*o?D", "load", True),
        ("[k-m]oad", "Load", True),
        ("[xy]oad", "Load", False),
        ("a", "ab", False),
        ("a`*", "a*", True),
        ("a`*", "ab", False),
        ("*", "", True),
        ("a*b*c", "a1b2b3c", True),
        ("a*b", "aba", False),
        ("", "", True),
        ("[", "[", True),
    ],
)
def test_patterns(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


def test_patterns_take_no_time_worth_mentioning() -> None:
    assert not matches("*a" * 200 + "b", "a" * 4000)
