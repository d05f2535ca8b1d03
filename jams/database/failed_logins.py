"""Failed logins, by the name that was claimed; the rows say nothing of whether it exists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, delete, insert, select, update

from . import accounts, names, tables

_failed = tables.failed_login


def digest(name: str) -> str:
    """The form in which a claimed name is kept."""
    return hashlib.sha256(names.fold(name).encode("utf-8", "surrogatepass")).hexdigest()


def locked_until(c: Connection, name: str) -> datetime | None:
    """Until when a name is locked, or was."""
    query = select(_failed.c.locked_until).where(_failed.c.digest == digest(name))
    found: datetime | None = c.scalar(query)
    return found


def all_locked(c: Connection, now: datetime, among: Iterable[str]) -> dict[str, datetime]:
    """Those of the names that are locked, and until when."""
    rows = c.execute(select(_failed.c.digest, _failed.c.locked_until).where(_failed.c.locked_until > now))
    locked = {row.digest: row.locked_until for row in rows}
    return {name: locked[digest(name)] for name in among if digest(name) in locked} if locked else {}


def note(
    c: Connection, name: str, now: datetime, *, most: int, window: timedelta, locked: timedelta
) -> datetime | None:
    """Count a failed login; until when the name is locked, if it is locked by this one.

    Args:
        c: the connection of the transaction.
        name: the name that was claimed.
        now: the time.
        most: how many within the window lock it.
        window: how long a failure counts, from the first of them on.
        locked: for how long it is locked.
    """
    key = digest(name)
    accounts.lock(c)  # two first failures at once would both be the first
    over = now - max(window, locked)
    c.execute(delete(_failed).where(_failed.c.last < over))
    late = _failed.c.since <= now - window
    counted = (
        update(_failed)
        .where(_failed.c.digest == key)
        .values(
            failures=case((late, 1), else_=_failed.c.failures + 1),
            since=case((late, now), else_=_failed.c.since),
            last=now,
        )
    )
    if c.execute(counted).rowcount == 0:
        c.execute(insert(_failed).values(digest=key, failures=1, since=now, last=now))
    reached = (_failed.c.digest == key) & (_failed.c.failures >= most)
    until = now + locked
    # The count begins anew, so that it takes as many failures to lock the name again.
    lock = update(_failed).where(reached).values(locked_until=until, failures=0)
    return until if c.execute(lock).rowcount else None


def forget(c: Connection, name: str) -> bool:
    """Forget the failures of a name, and let it in; whether there were any."""
    return bool(c.execute(delete(_failed).where(_failed.c.digest == digest(name))).rowcount)
