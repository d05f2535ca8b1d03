"""What ``jams start`` says: the first password to a terminal alone, and what it means to be root."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jams.commands import start
from jams.security.bootstrap import FirstStart
from jams.services.roles import Role
from jams.services.server import Process
from jams.services.settings import Settings
from tests.unit.test_services_output import Terminal

FIRST = FirstStart("Administrator", "aaaa-bbbb")


def told(monkeypatch: pytest.MonkeyPatch, home: Path, *, tty: bool) -> str:
    terminal = Terminal(tty=tty)
    monkeypatch.setattr("sys.stdout", terminal)
    start.tell_password(FIRST, home)
    return terminal.getvalue()


def test_a_terminal_shows_the_first_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "shown only now: aaaa-bbbb" in told(monkeypatch, tmp_path, tty=True)
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_told_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = told(monkeypatch, tmp_path, tty=False)
    file = tmp_path / start.PASSWORD_FILE
    assert "aaaa-bbbb" not in said and str(file) in said
    assert file.read_text() == "aaaa-bbbb\n"
    assert os.name != "posix" or file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("user", "role", "warned"),
    [
        (0, Role.ALL, True),
        (0, Role.EXECUTOR, True),
        (0, Role.SERVER, False),
        (0, Role.SCHEDULER, False),
        (0, Role.WEB, False),
        (1000, Role.ALL, False),
    ],
)
def test_root_is_told_what_that_means(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    user: int,
    role: Role,
    warned: bool,
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    start.announce(Process(Settings(home=tmp_path), role))
    said = capsys.readouterr().err
    assert said.count("runs as root") == (1 if warned else 0)
