"""The kinds of release: which are offered to an entry as it stands (engine facts D.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from jams.database.reading import Found
from jams.objects.enums import ReleaseType


def offered(row: Found, now: datetime) -> set[ReleaseType]:
    """The kinds of release that mean something to the entry."""
    if row.state.ended:
        return {ReleaseType.RUN_AGAIN}
    if not row.state.waiting:
        return set()
    found: set[ReleaseType] = set()
    if row.held:
        found.add(ReleaseType.MANUAL_HOLD)
    if row.hold_time is not None and row.hold_time > now:
        found.add(ReleaseType.TIMED_WAIT)
        if row.attempt:
            found.add(ReleaseType.EXECUTION_WAIT_RETRY)
    needs = row.rest.needs
    if needs is None:
        return found
    if needs.window is not None:
        found.add(ReleaseType.TIME_SLOT_WAIT)
    if needs.jobs or needs.variables or needs.files:
        found.add(ReleaseType.IGNORE_DEPENDENCIES)
    if needs.precheck is not None:
        found.add(ReleaseType.IGNORE_PRECHECK)
    if needs.resources:
        found.add(ReleaseType.IGNORE_RES_REQ)
    return found


def told(offered: Iterable[ReleaseType]) -> str:
    """What can be named, as a sentence."""
    names = ", ".join(sorted(kind.value for kind in offered))
    return f"It can be released from: {names}." if names else "There is nothing to release it from."
