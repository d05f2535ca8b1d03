"""Help fits a terminal of 80 columns."""

from __future__ import annotations

import pytest

from jams.commands import main as jams
from jams.commands.jamsdba import helping
from jams.commands.jamsdba.table import MODULES
from webclient import main as webclient
from webclient.commands import load_commands

COLUMNS = 80


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))


def too_wide(text: str) -> list[str]:
    assert text.count("\n") > 3
    return [line for line in text.splitlines() if len(line) > COLUMNS]


@pytest.mark.parametrize("command", ["", *sorted(jams.COMMANDS)])
def test_help_of_jams_fits(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        jams.main([*filter(None, [command]), "--help"])
    assert too_wide(capsys.readouterr().out) == []


def test_help_of_the_client_fits(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("", *load_commands()):
        assert webclient.main([*filter(None, [command]), "--help"]) == 0
        assert too_wide(capsys.readouterr().out) == [], command


def test_help_of_the_database_utility_fits() -> None:
    assert too_wide(helping.overview()) == []
    for phrase in MODULES:
        assert too_wide(helping.explain(tuple(phrase.split()))) == []
