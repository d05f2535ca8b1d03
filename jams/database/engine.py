"""The database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


class Database:
    """An open database."""

    dialect: str
    schema_version: str

    def read(self) -> AbstractContextManager[Connection]:
        """A reading connection."""
        raise NotImplementedError

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run work as one durable transaction."""
        raise NotImplementedError

    def check(self) -> None:
        """Raise ServerUnavailable when the database cannot be read."""
        raise NotImplementedError

    def close(self) -> None:
        """Close."""
        raise NotImplementedError


def open_database(where: str | Path) -> Database:
    """Open, create or upgrade a database."""
    raise NotImplementedError
