"""What a run shows of itself while it goes on: a status, an icon, and what is to be said of it.

There is no line in the entry's audit trail each time that a job tells how far it is. What it said last is in
the history.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from jams.database import entries
from jams.database.reading import Found
from jams.objects.enums import Icon
from jams.objects.errors import MissingArgument, NotSupported
from jams.objects.schedule import EntryAppearance, EntryStatus

from . import transitions
from .transitions import Event

BEING_CANCELLED, BEING_RESTARTED = "Being cancelled", "Being restarted"
"""The status of an entry that has been asked to end."""


def set_status(c: Connection, number: int, body: EntryStatus) -> str:
    """Give an entry that runs another status text; an empty one takes it away. Raises WrongState."""
    return _show(c, number, {"job_status": body.job_status or None})


def set_state(c: Connection, number: int, body: EntryAppearance) -> str:
    """Give an entry that runs another status, icon or message; what is left out stays.

    Raises:
        EntryNotFound: there is none.
        WrongState: it does not run.
        MissingArgument: nothing is to be changed.
        NotSupported: it is to be released by somebody.
    """
    if body.enable_release:
        raise NotSupported("No run waits to be released here.", member="enableRelease")
    values: dict[str, Any] = {}
    if body.job_status is not None:
        values["job_status"] = body.job_status or None
    if body.message is not None:
        values["icon_message"] = body.message or None
    if body.icon is not None:
        values["icon"] = None if body.icon is Icon.DEFAULT else body.icon
    if body.permanent is not None:
        values["icon_permanent"] = body.permanent
    if not values:
        raise MissingArgument("Say what to show: jobStatus, message, icon or permanent.", member="jobStatus")
    return _show(c, number, values)


def ended(c: Connection, rows: Iterable[Found]) -> None:
    """Runs have ended: what they have set is taken down, unless it is to stay."""
    for row in rows:
        if (row.icon is not None or row.icon_message is not None) and not row.icon_permanent:
            entries.change(c, row.number, icon=None, icon_message=None)


def _show(c: Connection, number: int, values: dict[str, Any]) -> str:
    row = entries.locked(c, number)
    transitions.move(c, row, Event.SHOW, **values)
    return f"Entry {row.number} shows what was set."
