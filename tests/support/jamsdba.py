"""Fixtures for tests of JAMSDBA: a home on the database of the test, and what says lines to the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jams.commands.jamsdba.main import main
from tests.support import databases
from tests.support.running import configure

Say = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path, place: Path | str) -> Path:
    made = tmp_path / "home"
    configure(made, **databases.connection_to(place))
    return made


@pytest.fixture
def jamsdba(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path) -> Say:
    monkeypatch.setenv("JAMS_HOME", str(home))

    def say(*words: str, code: int = 0) -> str:
        found = main(words)
        told = "".join(capsys.readouterr())
        assert found == code, told
        return told

    return say
