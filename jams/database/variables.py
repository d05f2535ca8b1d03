"""Variables."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.definitions import Variable



def locate(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """To be filled in."""
    raise NotImplementedError


def get(c: Connection, id: int) -> Variable:
    """To be filled in."""
    raise NotImplementedError


def in_folder(c: Connection, folder: int, *, recursive: bool = False, pattern: str | None = None) -> list[Variable]:
    """To be filled in."""
    raise NotImplementedError


def set_value(c: Connection, id: int, value: str, *, user: str) -> str:
    """To be filled in."""
    raise NotImplementedError


def create(c: Connection, variable: Variable, *, user: str) -> Variable:
    """To be filled in."""
    raise NotImplementedError


def change(c: Connection, variable: Variable, *, user: str) -> Variable:
    """To be filled in."""
    raise NotImplementedError


def delete(c: Connection, id: int) -> str:
    """To be filled in."""
    raise NotImplementedError
