from __future__ import annotations

import io
import json
import threading

import pytest

from jams.commands import output

pytestmark = pytest.mark.unit


class Terminal(io.StringIO):
    def __init__(self, *, tty: bool) -> None:
        super().__init__()
        self.tty = tty
        self.written = threading.Event()

    def isatty(self) -> bool:
        return self.tty

    def write(self, text: str) -> int:
        count = super().write(text)
        self.written.set()
        return count


def test_long_work_gives_a_sign_of_life_on_a_terminal(monkeypatch):
    terminal = Terminal(tty=True)
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(output, "_PATIENCE", 0.01)
    with output.working("Making a key"):
        assert terminal.written.wait(30)
    assert terminal.getvalue().startswith("Making a key ...") and terminal.getvalue().endswith("\n")


def test_short_work_and_a_pipe_stay_silent(monkeypatch):
    for terminal in (Terminal(tty=True), Terminal(tty=False)):
        monkeypatch.setattr("sys.stderr", terminal)
        with output.working("Making a key"):
            pass
        assert terminal.getvalue() == ""


def test_rows_are_a_table_or_json(capsys):
    rows = [
        {"name": "Anna", "enabled": True, "groups": ["a", "b"]},
        {"name": "Bo", "enabled": False, "groups": []},
    ]
    output.show_rows(rows, as_json=False)
    assert capsys.readouterr().out == ("NAME  ENABLED  GROUPS\nAnna  yes      a, b\nBo    no\n")
    output.show_rows(rows, as_json=True)
    assert json.loads(capsys.readouterr().out) == rows
    output.show_rows([], as_json=True)
    assert json.loads(capsys.readouterr().out) == []
