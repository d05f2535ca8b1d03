"""What a reading connection has found out, for as long as the database does not change at all.

To ask whether it has costs one small question, to read a definition with all that comes down to it many.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from sqlalchemy import Connection

from .entry_cache import EntryCache

_KEY = "jams.unchanged"
_MOST = 500
_LONGEST = 64 << 10


def unchanged(connection: Connection, key: Hashable, make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives, or has given for the key in the state that the connection reads.

    It must depend on nothing but the key and the database.
    """
    state = EntryCache.of(connection).state_of(connection)
    if state is None:
        return make()
    seen, known = connection.info.get(_KEY, (None, {}))
    if seen != state or len(known) >= _MOST:
        known = {}
        connection.info[_KEY] = (state, known)
    found: bytes | None = known.get(key)
    if found is None:
        found = make()
        if len(found) <= _LONGEST:
            known[key] = found
    return found
