"""How results are shown: tables, plain lines, JSON and YAML."""

from __future__ import annotations

import io
import json
import os
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from jams.operations import CATALOGUE
from webclient import tables
from webclient.commands import Command, load_commands
from webclient.output import Output
from webclient.run import tell_of_more
from webclient.yamltext import to_yaml

COMMANDS = load_commands()
ENTRY = {
    "jamsEntry": 7, "jobName": "Load\x1b[31m\nx", "folderName": "\\Sales", "currentState": "Complete",
    "finalSeverity": "Error", "submittedBy": None, "startTimeUTC": "2026-11-24T15:00:00Z", "held": True,
    "parameters": [{"paramName": "day", "value": "today", "dataType": "Text"}], "ron": 3,
}  # fmt: skip


class FakeTerminal(io.StringIO):
    """Standard output that says it is a terminal."""

    def __init__(self, *, terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__()
        self._terminal = terminal
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return self._terminal

    def fileno(self) -> int:
        return 1

    def write(self, text: str) -> int:
        text.encode(self._encoding)
        return super().write(text)


def shown(
    monkeypatch: pytest.MonkeyPatch,
    command: Command,
    result: Any,
    form: str | None,
    *,
    columns: int | None = None,
) -> str:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    stream = FakeTerminal(terminal=columns is not None)
    monkeypatch.setattr("sys.stdout", stream)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((columns or 80, 24)))
    Output(form, COMMANDS).show(command, result)
    return stream.getvalue()


def test_a_list_on_a_terminal_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, COMMANDS["entries"], [ENTRY], None, columns=120)
    head, row = text.splitlines()
    assert head.split("  ")[0] == "JAMS ENTRY" and head.endswith("START TIME")
    assert "\x1b[31mError\x1b[0m" in row and row.endswith("2026-11-24 15:00:00")
    assert "Load [31m x" in row, "what would steer the terminal is taken out of values"


def test_elsewhere_it_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, COMMANDS["entries"], [ENTRY], None)
    assert text == "7\tLoad [31m x\t\\Sales\tComplete\tError\t\t2026-11-24T15:00:00Z\n"


def test_a_table_that_goes_elsewhere_has_no_colours_and_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, COMMANDS["entries"], [{**ENTRY, "jobName": "x" * 300}], "table")
    assert "\x1b" not in text and "x" * 300 in text


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_colours_can_be_refused(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, "dumb")
    monkeypatch.setattr("sys.stdout", stream := FakeTerminal(terminal=True))
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((120, 24)))
    Output(None, COMMANDS).show(COMMANDS["entries"], [ENTRY])
    assert "\x1b" not in stream.getvalue() and "Error" in stream.getvalue()


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_a_table_fits_its_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    rows = [
        {"jobID": 1, "qualifiedName": "\\" + "n" * 90, "methodName": "Command", "description": "漢字" * 30},
        {"jobID": 123, "qualifiedName": "\\x", "methodName": "Python", "description": "é" * 70},
    ]
    text = shown(monkeypatch, COMMANDS["jobs"], rows, None, columns=columns)
    assert all(tables.columns_of(line) <= max(columns, 48) for line in text.splitlines())
    assert "…" in text


def test_one_object_is_a_list_of_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, COMMANDS["entry"], ENTRY, "table")
    lines = text.splitlines()
    assert lines[0].split() == ["Jams", "entry", "7"] or lines[0].split() == ["JAMS", "entry", "7"]
    assert "Start time" in text and "2026-11-24 15:00:00" in text
    assert "Submitted by" not in text, "nothing is said of what is absent"
    assert "Parameters\n  - paramName: day\n    value: today\n" in text


def test_one_object_is_one_plain_line_of_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    result = {"jamsEntry": 7, "ron": 3, "resultText": "Done."}
    assert shown(monkeypatch, COMMANDS["submit"], result, None) == "7\t3\tDone.\n"


def test_a_page_shows_its_items(monkeypatch: pytest.MonkeyPatch) -> None:
    page = {"items": [{"historyID": 5, "jamsEntry": 7, "jobName": "Load"}], "count": 1, "nextPageLink": None}
    assert shown(monkeypatch, COMMANDS["search-history"], page, "plain").startswith("5\t7\tLoad\t")


@pytest.mark.parametrize(
    ("result", "text"), [("Done.", "Done.\n"), ("a\nb\n", "a\nb\n"), (True, "true\n"), ("", "")]
)
def test_texts_are_shown_as_they_are(monkeypatch: pytest.MonkeyPatch, result: Any, text: str) -> None:
    assert shown(monkeypatch, COMMANDS["health"], result, "plain") == text


def test_json_ndjson_and_yaml_hold_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [ENTRY, {**ENTRY, "jamsEntry": 8}]
    assert json.loads(shown(monkeypatch, COMMANDS["entries"], rows, "json")) == rows
    lines = shown(monkeypatch, COMMANDS["entries"], rows, "ndjson").splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert yaml.safe_load(shown(monkeypatch, COMMANDS["entries"], rows, "yaml")) == rows


def test_an_encoding_that_lacks_a_character_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", stream := FakeTerminal(terminal=False, encoding="ascii"))
    Output("plain", COMMANDS).show(COMMANDS["health"], "fünf €")
    assert stream.getvalue() == "f\\xfcnf \\u20ac\n"


@pytest.mark.parametrize(
    ("wire", "heading", "label"),
    [
        ("jamsEntry", "JAMS ENTRY", "JAMS entry"),
        ("startTimeUTC", "START TIME", "Start time"),
        ("jobID", "JOB ID", "Job ID"),
        ("methodId", "METHOD ID", "Method ID"),
        ("ron", "RON", "RON"),
        ("access_token", "ACCESS TOKEN", "Access token"),
    ],
)
def test_headings(wire: str, heading: str, label: str) -> None:
    assert (tables.heading(wire), tables.label(wire)) == (heading, label)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_yaml_says_what_json_says(value: Any) -> None:
    found = yaml.safe_load(to_yaml(value))
    assert _numbers(found) == _numbers(value)


@pytest.mark.parametrize(
    "text",
    ["a\nb", "a\nb\n", "a\n\nb\n\n", " a\nb", "\na", "a\n", "yes", "null", "1", "1e3", "- x", "a: b", "#x",
     "'", '"', "2026-11-24", "12:30", "=", "~", "", " ", "x ", "\t", "a\tb\nc", "\x85", "\ufeff", "é\n漢",
     "%x", "@x", "a #b", "\\Sales\\Load", "x\r\ny"],
)  # fmt: skip
def test_yaml_texts(text: str) -> None:
    value = {"text": text, "list": [text, [text]], text: 1}
    assert yaml.safe_load(to_yaml(value)) == value


def _numbers(value: Any) -> Any:
    """YAML 1.1, which PyYAML reads, has no exponent without a point: 1e16 is a text there."""
    if isinstance(value, str):
        try:
            return float(value) if "e" in value and "." not in value and value == str(float(value)) else value
        except ValueError:
            return value
    if isinstance(value, list):
        return [_numbers(part) for part in value]
    if isinstance(value, dict):
        return {name: _numbers(part) for name, part in value.items()}
    return value


@pytest.mark.parametrize("columns", [40, 60, 80, 240])
def test_what_is_told_of_a_wait_is_told_whole(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    told = (
        "Job \\Sales\\Extract has not ended Success since 2026-11-28 07:32:24 UTC; it is executing. "
        + "漢" * 50
    )
    rows = [{"kind": "Job", "message": told}, {"kind": "File", "message": "w" * 150}, {"kind": "Time"}]
    lines = shown(monkeypatch, COMMANDS["why"], rows, None, columns=columns).splitlines()
    assert all(tables.columns_of(line) <= columns for line in lines) and "…" not in "".join(lines)
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == ["KIND", "Job", "File", "Time"]
    whole = "".join("".join(lines).split())
    assert "".join(told.split()) in whole and "w" * 150 in whole
    assert (len(lines) == 4) == (columns == 240)


def test_a_command_at_which_the_server_works_for_a_while_may_take_so_long() -> None:
    by_word = {
        command.word: command for command in (COMMANDS.by_operation(n) for n in ("get_forecast", "get_job"))
    }
    assert by_word["forecast"].patience({}) == 60.0
    assert by_word["forecast"].patience({"timeout": 5}) == 5.0
    assert by_word["job"].patience({}) == 0.0


FORECAST = {
    "state": "Complete",
    "progress": 100,
    "assumptions": ["Runs end well, after the average time of the good runs of their job.", "Nobody does."],
    "count": 2,
    "entries": [
        {
            "jamsEntry": 7,
            "jobName": "Load",
            "folderName": "\\Sales",
            "currentState": "Complete",
            "startTimeUTC": "2027-03-05T20:00:00Z",
            "completionTimeUTC": "2027-03-05T20:30:00Z",
            "lateReason": "It should have ended by 2027-03-05 20:15 UTC.",
            "path": [],
        },
        {"jobName": "Kept", "folderName": "\\Sales", "currentState": "Held", "lateReason": "", "waits": []},
    ],
}


def test_a_forecast_is_a_list_of_its_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    late = "It should have ended by 2027-03-05 20:15 UTC."
    text = shown(monkeypatch, COMMANDS["forecast"], FORECAST, None)
    assert text == (
        f"7\tLoad\t\\Sales\tComplete\t2027-03-05T20:00:00Z\t2027-03-05T20:30:00Z\t{late}\n"
        "\tKept\t\\Sales\tHeld\t\t\t\n"
    )
    assert json.loads(shown(monkeypatch, COMMANDS["forecast"], FORECAST, "json")) == FORECAST
    assert shown(monkeypatch, COMMANDS["forecast"], {**FORECAST, "entries": []}, None) == ""


def test_on_a_terminal_it_tells_below_what_it_takes_for_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(monkeypatch, COMMANDS["forecast"], FORECAST, None, columns=140).splitlines()
    assert lines[0].startswith("JAMS ENTRY  JOB NAME") and lines[0].endswith("LATE REASON")
    assert "2027-03-05 20:30:00" in lines[1] and lines[2].split() == ["Kept", "\\Sales", "Held"]
    assert lines[3:] == ["", *(f"- {each}" for each in FORECAST["assumptions"])]  # type: ignore[attr-defined]
    narrow = shown(monkeypatch, COMMANDS["forecast"], FORECAST, None, columns=50).splitlines()
    assert all(tables.columns_of(line) <= 50 for line in narrow[-4:]) and narrow[-1] == "- Nobody does."


BOUNDED = [word for word in COMMANDS if COMMANDS[word].bound is not None]


@pytest.mark.parametrize("word", BOUNDED)
def test_a_list_that_may_have_been_cut_says_how_to_see_more(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = COMMANDS[word]
    bound = command.bound
    assert bound is not None
    most = command.input(bound["limit"]).default
    rows = [{bound["member"]: number} for number in range(most)]
    tell_of_more(command, {}, rows, cut=True)
    told = capsys.readouterr().err
    cursor = command.input(bound["cursor"]).option
    assert f"more than the {most} shown" in told and f"{cursor} {most - 1} goes on" in told
    tell_of_more(command, {}, rows[1:], cut=False)
    tell_of_more(command, {bound["limit"]: most}, rows, cut=True)
    assert capsys.readouterr().err == ""
    for asked in ({}, {bound["limit"]: most}):
        tell_of_more(command, asked, rows[:2], cut=True)
        told = capsys.readouterr().err
        assert f"more than the 2 shown; {cursor} {0 if bound['backwards'] else 1} goes on" in told


def test_the_lists_that_are_cut_by_themselves_are_known() -> None:
    assert {COMMANDS[word].operation for word in BOUNDED} == {
        each.name for each in CATALOGUE if each.usual_bound is not None
    }
    assert {"history", "audit-trail", "outbox", "missed-points", "schedule", "revisions"} <= set(BOUNDED)


def test_a_page_says_where_what_follows_begins(capsys: pytest.CaptureFixture[str]) -> None:
    command = COMMANDS["search-history"]
    told = {"items": [{}, {}], "count": 5}
    tell_of_more(command, {}, told, cut=False)
    assert "2 of 5 are shown; --skip 2 goes on behind them" in capsys.readouterr().err
    tell_of_more(command, {"skip": 2, "top": 50}, told, cut=False)
    assert "2 of 5 are shown; --skip 4 goes on behind them" in capsys.readouterr().err
    for values, answer in (
        ({"top": 2}, told),
        ({"skip": 3}, told),
        ({}, {"items": [{}], "count": 0}),
        ({}, {"items": [], "count": 0}),
    ):
        tell_of_more(command, values, answer, cut=False)
    assert capsys.readouterr().err == ""
