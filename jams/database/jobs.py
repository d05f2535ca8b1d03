"""Jobs."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.definitions import Job



def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """To be filled in."""
    raise NotImplementedError


def get(c: Connection, id: int) -> Job:
    """To be filled in."""
    raise NotImplementedError


def in_folder(c: Connection, folder: int, *, recursive: bool = False, pattern: str | None = None) -> list[Job]:
    """To be filled in."""
    raise NotImplementedError


def create(c: Connection, job: Job, *, user: str) -> Job:
    """To be filled in."""
    raise NotImplementedError


def change(c: Connection, job: Job, *, user: str) -> tuple[Job, bool]:
    """To be filled in."""
    raise NotImplementedError


def delete(c: Connection, id: int) -> str:
    """To be filled in."""
    raise NotImplementedError
