"""Fixtures that several files of unit tests need; tests/unit/conftest.py lends them to all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.powershell import Shell
from tests.support.powershell_answers import Server
from tests.support.schedule import Desk, desk


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    """A desk on an empty database; the test runs once on each kind."""
    with desk(place) as made:
        yield made


@pytest.fixture
def server() -> Server:
    """A server that is none, for a PowerShell session: it answers as it is told."""
    return Server()


@pytest.fixture
def shell(server: Server) -> Shell:
    """A PowerShell session on that server."""
    return Shell(server)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What other threads wait for; opened when the test is over, whatever came of it."""
    event = threading.Event()
    yield event
    event.set()
