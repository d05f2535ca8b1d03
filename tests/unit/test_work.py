"""What works of runs make of their tasks: statements, tables, requests."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jams.objects.enums import DataType
from jams.objects.tasks import Task, decode, encode
from jams.work import http
from jams.work.running import Failure, Given
from jams.work.statements import bound, statements
from jams.work.tables import write_table

pytestmark = pytest.mark.unit


def task(source: str = "", **members: Any) -> Task:
    values: dict[str, Any] = {
        "method": "HTTP",
        "jams_entry": 1,
        "ron": 1,
        "job_name": "j",
        "folder_name": "\\",
    }
    return Task(source=source, **values | members)


def test_a_task_is_written_down_and_read() -> None:
    one = task("x", types={"a": DataType.DATE}, parameters={"a": "2026-03-07"}, user_name="u")
    assert decode(encode(one)) == one


def test_parameters_are_values_of_their_types() -> None:
    given = Given(
        task(
            parameters={"day": "2026-03-07", "n": "7", "f": "1.50", "on": "True", "none": "", "t": ""},
            types={
                "day": DataType.DATE,
                "n": DataType.INTEGER,
                "f": DataType.FLOAT,
                "on": DataType.BOOLEAN,
                "none": DataType.INTEGER,
            },
        )
    )
    assert given.values() == {
        "day": date(2026, 3, 7),
        "n": 7,
        "f": Decimal("1.50"),
        "on": True,
        "none": None,
        "t": "",
    }
    assert given.text("DAY") == "2026-03-07" and given.number("N", 1) == 7 and given.flag("on")


def test_a_text_is_read_as_statements() -> None:
    source = "-- first\nselect ';' ; \ninsert into t values (1)\nGO\nselect $$;$$;\n-- the end\n"
    assert list(statements(source)) == ["-- first\nselect ';' ;", "insert into t values (1)", "select $$;$$;"]
    assert list(statements(" ;; -- nothing\n")) == []


@pytest.mark.parametrize(
    ("statement", "written", "names"),
    [
        ("select :Day", "select ?", ["day"]),
        (
            "select ':day', \":day\", 1::day -- :day\n, :other",
            "select ':day', \":day\", 1::day -- :day\n, :other",
            [],
        ),
        ("a = :day and b = :day", "a = ? and b = ?", ["day", "day"]),
        ("select '12:30', :n", "select '12:30', ?", ["n"]),
    ],
)
def test_parameters_are_bound_where_they_are_named(statement: str, written: str, names: list[str]) -> None:
    values = {"day": 1, "n": 2}
    assert bound(statement, values, lambda name: "?", lambda plain: plain) == (written, names)


def test_rows_are_a_table_that_people_read() -> None:
    out = io.StringIO()
    rows = [(1, "one"), (20, None), (300, "a\nb"), (4, "日本")]
    assert write_table(["n", "name"], rows, out, most=10) == 4
    assert out.getvalue() == ("n    name\n---  ----\n  1  one\n 20  NULL\n300  a\\nb\n  4  日本\n(4 rows)\n")


def test_a_table_ends_where_it_would_fill_the_log() -> None:
    out = io.StringIO()
    write_table(["n"], ((n,) for n in range(10**9)), out, most=2)
    assert out.getvalue().splitlines()[-2:] == ["1", "… only the first 2 rows are shown."]


def test_a_request_is_written_as_it_goes_over_the_wire() -> None:
    source = 'POST https://host/a?b=c HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{"a": 1}\r\n\r\nx'
    found = http.parse(source)
    assert found == ("POST", "https://host/a?b=c", {"Content-Type": "application/json"}, b'{"a": 1}\n\nx')
    assert http.parse("https://host/").method == "GET"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "GET file:///etc/passwd",
        "GET https://u:p@host/",
        "GET https://host:99999/",
        "GET https://[/",
        "GET https://host/\nno header",
        "GET https://host/\nHost: other",
        "GET https://host/\nContent-Length: 4",
        "GET https://host/\nA: b\x00c",
        "G(T https://host/",
        "GET https://host/ x y",
    ],
)
def test_what_is_no_request_is_refused(source: str) -> None:
    with pytest.raises(Failure):
        http.parse(source)
