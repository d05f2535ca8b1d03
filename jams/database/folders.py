"""Folders."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.definitions import Folder
ROOT_ID = 1


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """To be filled in."""
    raise NotImplementedError


def get(c: Connection, id: int) -> Folder:
    """To be filled in."""
    raise NotImplementedError


def children(c: Connection, id: int) -> list[Folder]:
    """To be filled in."""
    raise NotImplementedError


def create(c: Connection, folder: Folder, *, user: str) -> Folder:
    """To be filled in."""
    raise NotImplementedError


def change(c: Connection, folder: Folder, *, user: str) -> Folder:
    """To be filled in."""
    raise NotImplementedError


def delete(c: Connection, id: int) -> str:
    """To be filled in."""
    raise NotImplementedError
