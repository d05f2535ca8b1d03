"""Which entries a transaction has changed: told to whoever waits for them, once it is durable."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from jams.objects.enums import EntryState

Changes = Mapping[int, EntryState | None]
"""By entry number the state it is in now; None when only something else has changed, or it is gone."""

Listener = Callable[[Changes], None]

_KEY = "jams.changes"


def note(connection: Connection, number: int, state: EntryState | None) -> None:
    """Remember that this transaction changes the entry; ``state`` None if the state stays or ends."""
    noted = connection.info.setdefault(_KEY, {})
    if state is not None or number not in noted:
        noted[number] = state


def take(connection: Connection) -> dict[int, EntryState | None]:
    """What was noted since the last call."""
    found: dict[int, EntryState | None] = connection.info.pop(_KEY, {})
    return found
