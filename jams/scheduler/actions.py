"""Actions."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.schedule import Cancel, Comment, Entry, Release, Reschedule, Restart, SetParameter



def hold(c: Connection, entry: Entry, user: str, body: Comment) -> str:
    """To be filled in."""
    raise NotImplementedError


def release(c: Connection, entry: Entry, user: str, body: Release) -> str:
    """To be filled in."""
    raise NotImplementedError


def reschedule(c: Connection, entry: Entry, user: str, body: Reschedule) -> str:
    """To be filled in."""
    raise NotImplementedError


def restart(c: Connection, entry: Entry, user: str, body: Restart) -> str:
    """To be filled in."""
    raise NotImplementedError


def cancel(c: Connection, entry: Entry, user: str, body: Cancel) -> str:
    """To be filled in."""
    raise NotImplementedError


def set_parameter(c: Connection, entry: Entry, user: str, body: SetParameter) -> str:
    """To be filled in."""
    raise NotImplementedError
