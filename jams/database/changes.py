"""What a transaction has changed about which entries: told to whoever listens, once it is durable."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from sqlalchemy import Connection

from jams.objects.enums import EntryState


class Change(Struct, frozen=True, array_like=True):
    """What happened to an entry.

    Attributes:
        state: the state that it was brought into; None when it stays where it was.
        removed: it has left the schedule.
        end_asked: somebody asks for the end of its run, which goes on until that has come.
        added: it is new in the schedule.
    """

    state: EntryState | None = None
    removed: bool = False
    end_asked: bool = False
    added: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to the entry by itself."""
        return self.removed or (self.state is not None and self.state.ended)

    def then(self, later: Change) -> Change:
        """This change and a later one as one."""
        return Change(
            state=self.state if later.state is None else later.state,
            removed=self.removed or later.removed,
            end_asked=self.end_asked or later.end_asked,
            added=self.added or later.added,
        )


OTHERWISE = Change()
"""Something about the entry has changed, and its state has not."""

REMOVED = Change(removed=True)
END_ASKED = Change(end_asked=True)

Changes = Mapping[int, Change]
"""What happened, by entry number; see also :data:`DEFINITIONS` and :data:`OUTBOX`."""

DEFINITIONS = 0
"""Stands where entry numbers do: a definition has changed, or an account."""

OUTBOX = -1
"""Stands there as well: something is to be told to people or programs."""

Listener = Callable[[Changes], None]

_KEY = "jams.changes"


def note(connection: Connection, number: int, change: Change) -> None:
    """Remember that this transaction changes the entry."""
    _add(connection.info.setdefault(_KEY, {}), number, change)


def take(connection: Connection) -> dict[int, Change]:
    """What was noted since the last call."""
    found: dict[int, Change] = connection.info.pop(_KEY, {})
    return found


def merge(all_changes: dict[int, Change], later: Changes) -> None:
    """Add what happened later."""
    for number, change in later.items():
        _add(all_changes, number, change)


def _add(noted: dict[int, Change], number: int, change: Change) -> None:
    before = noted.get(number)
    noted[number] = change if before is None else before.then(change)
