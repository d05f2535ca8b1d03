"""Entries and lists of entries as they were last read.

A list costs at most one narrow query (number and version of each entry), and only what has changed is
decoded. Where the database can say that nothing has changed at all, it does not cost even that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from jams.objects.listing import Listing
from jams.objects.schedule import Entry

OPTION = "jams_entry_cache"
"""Name of the execution option by which a connection carries the cache."""

_KEY = "jams.lists"
_SLACK = 1000
_MOST_LISTS = 8

Versions = Sequence[tuple[int, int]]
"""Number and version of each entry of a list."""


class _KnownList(NamedTuple):
    versions: Versions
    entries: Listing[Entry]


class EntryCache:
    """Entries by number and version. A version never repeats, so what is found is what would be read.

    Only reading connections carry the cache: what a writing transaction sees may be undone, and its
    versions given out again. May be used from any thread.

    Args:
        state_of: what names the state of the database that a connection reads, which differs after every
            change; None where the database has no such thing.
    """

    def __init__(self, state_of: Callable[[Connection], Hashable] | None = None) -> None:
        self._state_of = state_of
        self._known: dict[int, tuple[int, Entry]] = {}
        self._lists: dict[Hashable, _KnownList] = {}

    @classmethod
    def of(cls, connection: Connection) -> EntryCache:
        """The connection's cache, or one that nobody else sees."""
        found: Any = connection.get_execution_options().get(OPTION)
        return found if isinstance(found, cls) else cls()

    def get(self, number: int, version: int) -> Entry | None:
        """The entry in that version, if it is known."""
        known = self._known.get(number)
        return known[1] if known is not None and known[0] == version else None

    def put(self, version: int, entry: Entry) -> None:
        """Remember an entry, unless a newer version of it is known."""
        known = self._known.get(entry.jams_entry)
        if known is None or known[0] < version:
            self._known[entry.jams_entry] = (version, entry)

    def keep(self, numbers: Collection[int]) -> None:
        """Forget entries that have left the schedule, once they are many; ``numbers`` are all there are."""
        if len(self._known) > 2 * len(numbers) + _SLACK:
            there = set(numbers)
            self._known = {number: known for number, known in self._known.items() if number in there}

    def state_of(self, connection: Connection) -> Hashable | None:
        """What names the state that the connection reads; None where the database has no such thing."""
        return None if self._state_of is None else self._state_of(connection)

    def unchanged_list(self, connection: Connection, key: Hashable) -> Listing[Entry] | None:
        """The list that was asked for by ``key``, if nothing has changed since this connection read it."""
        if self._state_of is None:
            return None
        state = self._state_of(connection)
        seen_state, lists = connection.info.get(_KEY, (None, {}))
        if seen_state != state:
            connection.info[_KEY] = (state, {})
            return None
        known: _KnownList | None = lists.get(key)
        return None if known is None else known.entries.again()

    def list_of(
        self, connection: Connection, key: Hashable, versions: Versions, load: Callable[[], list[Entry]]
    ) -> Listing[Entry]:
        """The list that has these entries: the one that is known, else what ``load`` reads."""
        known = self._lists.get(key)
        if known is None or known.versions != versions:
            known = _KnownList(versions, Listing(load()))
            lists = dict(self._lists) if len(self._lists) < _MOST_LISTS else {}
            self._lists = {**lists, key: known}
        _, lists_seen = connection.info.get(_KEY, (None, {}))
        if len(lists_seen) < _MOST_LISTS:
            lists_seen[key] = known
        return known.entries.again()
