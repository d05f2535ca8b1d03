"""What a start does not do: look for garbage meanwhile, and import what only other databases need."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from jams.services import garbage


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    assert gc.isenabled()
    yield
    gc.enable()
    gc.unfreeze()


def test_garbage_is_left_where_it_is_until_the_start_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "SETTLED", 0.0)
    settled = threading.Event()
    monkeypatch.setattr(garbage, "settle", settled.set)
    with garbage.starting():
        assert not gc.isenabled()
        assert not settled.is_set()
    assert gc.isenabled()
    assert settled.wait(30)


def test_a_start_that_fails_leaves_everything_as_it_was() -> None:
    before = set(threading.enumerate())
    with pytest.raises(ZeroDivisionError), garbage.starting():
        raise ZeroDivisionError
    assert gc.isenabled()
    assert set(threading.enumerate()) <= before


def test_what_is_there_after_a_start_is_not_looked_through_again() -> None:
    kept = [[] for _ in range(10)]
    garbage.settle()
    assert not any(each is kept for each in gc.get_objects())
    assert gc.get_freeze_count() > 0


def test_a_server_imports_nothing_of_a_database_that_it_does_not_use() -> None:
    program = (
        "import sys, jams.commands.start, jams.services.server\n"
        "print([name for name in sys.modules if 'postgresql' in name or 'psycopg' in name])"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
