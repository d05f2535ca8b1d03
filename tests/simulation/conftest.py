"""Databases of simulated worlds: in memory, where there is such a place."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support import databases

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


@pytest.fixture(params=databases.KINDS)
def place(request: pytest.FixtureRequest) -> Iterator[Path | str]:
    """A database."""
    yield from _made(request.param)


@pytest.fixture
def other_place(request: pytest.FixtureRequest, place: Path | str) -> Iterator[Path | str]:
    """Another one of the same kind."""
    yield from _made("sqlite" if isinstance(place, Path) else "postgresql")


def _made(kind: str) -> Iterator[Path | str]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=MEMORY))
        yield stack.enter_context(databases.database(kind, Path(folder)))
