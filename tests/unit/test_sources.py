"""References in sources: how they are read, and what is put in their place."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jams.objects.enums import DataType
from jams.objects.errors import InvalidArgument
from jams.scheduler.sources import substitution
from jams.scheduler.sources.macros import Macros
from jams.scheduler.sources.substitution import Macro, Parsed, Value, substitute, wraps
from jams.scheduler.sources.values import Typed, typed, written

pytestmark = pytest.mark.unit


def parsed(source: str, **meanings: str | Macro) -> str:
    known = {name.casefold(): text for name, text in meanings.items()}

    def meaning(name: str, form: str | None) -> Value | Macro | None:
        found = known.get(name.casefold())
        return Value(f"{found}{form or ''}") if isinstance(found, str) else found

    return substitute(source, meaning).text


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("<<day>>", "monday"),
        ("a<<Day>>b<<DAY>>c", "amondaybmondayc"),
        ("<< day >>", "monday"),
        ('<<day("yy")>>', "mondayyy"),
        ('<< day ( "y y" ) >>', "mondayy y"),
        ("<<day>>>", "monday>"),
        ("<<<day>>", "<monday"),
        ("<<nobody>>", "<<nobody>>"),
        ("cat <<EOF\nx\nEOF\ny >>z", "cat <<EOF\nx\nEOF\ny >>z"),
        ("echo $((1<<3)) >>day", "echo $((1<<3)) >>day"),
        ('cat <<<"$x" >>y', 'cat <<<"$x" >>y'),
        ("<<>>", "<<>>"),
        ("<< >>", "<< >>"),
        ("<<day", "<<day"),
        ("", ""),
    ],
)
def test_a_reference_is_a_name_between_two_pairs_of_brackets_on_one_line(source: str, result: str) -> None:
    assert parsed(source, day="monday") == result


def test_a_value_is_data_and_is_not_parsed_again() -> None:
    assert parsed("<<a>>", a="<<secret>>", secret="s") == "<<secret>>"
    assert parsed("<<<a>>>>", a="<secret", secret="s") == "<<secret>>"
    assert parsed("<<a>><<b>>", a="<<sec", b="ret>>", secret="s") == "<<secret>>"


def test_a_macro_is_text_of_an_author_and_is_parsed() -> None:
    assert parsed("<<head>>!", head=Macro("head", "of <<day>>"), day="monday") == "of monday!"


def test_a_macro_that_calls_itself_is_refused_with_its_way() -> None:
    a, b = Macro("A", "<<b>>"), Macro("B", "x <<a>>")
    with pytest.raises(InvalidArgument, match="The macro A calls itself: A → B → A"):
        parsed("<<a>>", a=a, b=b)


def test_a_macro_may_stand_twice_beside_itself() -> None:
    assert parsed("<<a>><<a>>", a=Macro("a", "<<b>><<b>>"), b=Macro("b", "x")) == "xxxx"


def test_a_file_of_macros_with_entities_is_refused(tmp_path: Path) -> None:
    grown = '<!DOCTYPE m [<!ENTITY a "aaaa">]><macros><macro name="x">&a;</macro></macros>'
    (tmp_path / "own.xml").write_text(grown)
    with pytest.raises(InvalidArgument, match="cannot be read"):
        Macros(tmp_path).find("x", ["own.xml"])


def test_macros_that_double_each_other_are_stopped_before_they_fill_the_memory() -> None:
    layers: dict[str, str | Macro] = {f"m{n}": Macro(f"m{n}", f"<<m{n + 1}>>" * 10) for n in range(20)}
    with pytest.raises(InvalidArgument, match="more than 100000 references"):
        parsed("<<m0>>", **layers, m20="x")
    big = Macro("big", "x" * (1 << 20))
    with pytest.raises(InvalidArgument, match="longer than 8 MiB"):
        parsed("<<big>>" * 9, big=big)


def test_what_names_nothing_is_told_once() -> None:
    done = substitute("<<a>> <<b>> <<a>>", lambda name, form: None)
    assert done == Parsed("<<a>> <<b>> <<a>>", ("<<a>>", "<<b>>"))


@given(st.text(alphabet="<>ab(\"'\n \\", max_size=40))
def test_no_text_breaks_the_parser_and_what_names_nothing_stays(text: str) -> None:
    assert substitute(text, lambda name, form: None).text == text


def test_a_long_run_of_brackets_is_read_in_one_go() -> None:
    text = "<<" + "a " * 200_000
    assert substitute(text, lambda name, form: Value("x")).text == text


def test_a_template_wraps_a_source_that_it_names() -> None:
    assert wraps("a <<jams.SOURCE>> b")
    assert not wraps("a <<JAMS.Job.Source>>")


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (date(2026, 3, 7), None, "2026-03-07"),
        (date(2026, 3, 7), "MM/dd/yyyy", "03/07/2026"),
        (date(2026, 3, 7), "D", "Saturday, 07 March 2026"),
        (datetime(2026, 3, 7, 15, 4, 5), "s", "2026-03-07T15:04:05"),
        (datetime(2026, 3, 7, 15, 4, 5), None, "2026-03-07 15:04:05"),
        (time(15, 4), "hh:mm tt", "03:04 PM"),
        (42, None, "42"),
        (42, "D5", "00042"),
        (-42, "D5", "-00042"),
        (255, "x4", "00ff"),
        (-1, "X", "FFFFFFFFFFFFFFFF"),
        (1234567, "N0", "1,234,567"),
        (Decimal("1234.565"), "N2", "1,234.57"),
        (Decimal("0.125"), "P1", "12.5 %"),
        (Decimal("2.5"), "F0", "3"),
        (7, "000", "007"),
        (Decimal("1234.5"), "#,##0.00", "1,234.50"),
        (Decimal("0.5"), "0.##", "0.5"),
        (Decimal("0.256"), "0%", "26%"),
        (True, "x", "True"),
        ("text", "yyyy", "text"),
    ],
)
def test_values_are_written_as_net_writes_them(value: Typed, form: str | None, text: str) -> None:
    assert written(value, form) == text


@pytest.mark.parametrize(
    ("value", "form"), [(date(2026, 3, 7), "yyyy-QQ"), (5, "abc"), (Decimal("1.5"), "D2")]
)
def test_a_format_that_a_value_does_not_have_is_refused(value: Typed, form: str) -> None:
    with pytest.raises(InvalidArgument):
        written(value, form)


def test_texts_mean_what_their_type_says() -> None:
    assert typed(DataType.DATE, "2026-03-07") == date(2026, 3, 7)
    assert typed(DataType.INTEGER, "7") == 7
    assert typed(DataType.FLOAT, "7.50") == Decimal("7.50")
    assert typed(DataType.BOOLEAN, "yes") is True
    assert typed(DataType.DATE, "<<x>>") == "<<x>>"
    assert substitution.MOST_MACROS > 10
