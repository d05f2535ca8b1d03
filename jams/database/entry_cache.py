"""Entries as they were last read, so that a list costs one narrow query and decodes only what has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection

from jams.objects.schedule import Entry

_SLACK = 1000


class EntryCache:
    """Entries by number and version. A version never repeats, so what is found is what would be read.

    Only reading connections carry the cache: what a writing transaction sees may be undone, and its
    versions given out again. May be used from any thread.
    """

    OPTION = "jams_entry_cache"
    """Name of the execution option by which a connection carries the cache."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, Entry, bytes | None]] = {}

    @classmethod
    def of(cls, connection: Connection) -> EntryCache:
        """The connection's cache, or one that nobody else sees."""
        found: Any = connection.get_execution_options().get(cls.OPTION)
        return found if isinstance(found, cls) else cls()

    def get(self, number: int, version: int) -> Entry | None:
        """The entry in that version, if it is known."""
        known = self._known.get(number)
        return known[1] if known is not None and known[0] == version else None

    def put(self, version: int, entry: Entry) -> None:
        """Remember an entry, unless a newer version of it is known."""
        known = self._known.get(entry.jams_entry)
        if known is None or known[0] < version:
            self._known[entry.jams_entry] = (version, entry, None)

    def encoded(self, entry: Entry) -> bytes:
        """The entry as JSON; remembered together with it."""
        known = self._known.get(entry.jams_entry)
        if known is None or known[1] is not entry:
            return msgspec.json.encode(entry)
        if known[2] is not None:
            return known[2]
        text = msgspec.json.encode(entry)
        self._known[entry.jams_entry] = (known[0], entry, text)
        return text

    def encoded_list(self, entries: Iterable[Entry]) -> bytes:
        """The entries as a JSON array."""
        return b"[" + b",".join([self.encoded(entry) for entry in entries]) + b"]"

    def keep(self, numbers: Collection[int]) -> None:
        """Forget entries that have left the schedule, once they are many; ``numbers`` are all there are."""
        if len(self._known) > 2 * len(numbers) + _SLACK:
            there = set(numbers)
            self._known = {number: known for number, known in self._known.items() if number in there}
