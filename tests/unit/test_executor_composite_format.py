from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jams.executor.composite_format import Value, format_composite, format_date
from jams.objects.errors import InvalidArgument

pytestmark = pytest.mark.unit

MOMENT = datetime(2017, 3, 5, 16, 5, 4, 3000, tzinfo=UTC)
VALUES: list[Value] = ["dir", "Foo", ".log", 42, -7, MOMENT]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{0}", "dir"),
        ("{1}{2}", "Foo.log"),
        ("{1,6}|", "   Foo|"),
        ("{1,-6}|", "Foo   |"),
        ("{1, 6}|", "   Foo|"),
        ("{1,2}|", "Foo|"),
        ("{1:d4}", "Foo"),
        ("{3}", "42"),
        ("{3:d}", "42"),
        ("{3:d4}", "0042"),
        ("{3:D4}", "0042"),
        ("{3,8:d4}|", "    0042|"),
        ("{3,-8:d4}|", "0042    |"),
        ("{3:d1}", "42"),
        ("{4:d3}", "-007"),
        ("{{{3}}}", "{42}"),
        ("{{0}}", "{0}"),
        ("a}}b", "a}b"),
        ("{5}", "03/05/2017 16:05:04"),
        ("{5:yyyyMMdd_HHmmssfff}", "20170305_160504003"),
        ("{5:yyyy-MM-dd HH:mm}", "2017-03-05 16:05"),
        ("{5,10:HH}|", "        16|"),
    ],
)
def test_items_are_replaced(template: str, expected: str) -> None:
    assert format_composite(template, VALUES) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("yy M d", "17 3 5"),
        ("yyy", "2017"),
        ("ddd dddd", "Sun Sunday"),
        ("MMM MMMM", "Mar March"),
        ("h:m:s tt", "4:5:4 PM"),
        ("hh t", "04 P"),
        ("H m s", "16 5 4"),
        ("f ff fff ffffff fffffff", "0 00 003 003000 0030000"),
        ("'day' dd", "day 05"),
        ('"at" HH', "at 16"),
        (r"yyyy\y", "2017y"),
        ("%d", "5"),
        ("dd/MM/yyyy", "05/03/2017"),
    ],
)
def test_custom_date_formats(form: str, expected: str) -> None:
    assert format_date(MOMENT, form) == expected


def test_midnight_and_noon_are_twelve() -> None:
    assert format_date(MOMENT.replace(hour=0), "hh tt") == "12 AM"
    assert format_date(MOMENT.replace(hour=12), "hh tt") == "12 PM"


@pytest.mark.parametrize(
    "template",
    [
        "{",
        "}",
        "{x}",
        "{0",
        "{0}}",
        "{6}",
        "{3:x}",
        "{3:d100}",
        "{5:q}",
        "{5:d}",
        "{5:qqq}",
        "{1,2000}",
        "{-1}",
        "{}",
    ],
)
def test_what_is_not_understood_is_refused(template: str) -> None:
    with pytest.raises(InvalidArgument):
        format_composite(template, VALUES)


def test_only_text_between_items_is_treated_as_literal() -> None:
    assert format_composite(r"{0}\x{{", [r"a\b"], literal=lambda text: text.replace("\\", "/")) == r"a\b/x{"
