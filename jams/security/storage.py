"""The part of the database that accounts need."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


class Storage(Protocol):
    """The part of the database that accounts need."""

    def read(self) -> AbstractContextManager[Connection]:
        """A connection that reads."""

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` as a durable transaction."""
