"""The kinds of release: which are offered to an entry as it stands (engine facts D.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from jams.database.methods import is_container
from jams.database.reading import Found
from jams.objects.enums import MemberStage, ReleaseType


def offered(row: Found, now: datetime) -> set[ReleaseType]:
    """The kinds of release that mean something to the entry."""
    if row.state.ended:
        return {ReleaseType.RUN_AGAIN}
    if not row.state.waiting:
        return _of_container(row) if is_container(row.rest.method_name) else set()
    found: set[ReleaseType] = set()
    if row.stage is MemberStage.WAITS:
        found.add(ReleaseType.STEP_WAIT)
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


def _of_container(row: Found) -> set[ReleaseType]:
    """What is offered to a setup or sequence that has begun."""
    found = {ReleaseType.MANUAL_HOLD} if row.held else set()
    return found | ({ReleaseType.HALTED_SETUP, ReleaseType.RUN_AGAIN} if row.halted else set())


def told(offered: Iterable[ReleaseType]) -> str:
    """What can be named, as a sentence."""
    names = ", ".join(sorted(kind.value for kind in offered))
    return f"It can be released from: {names}." if names else "There is nothing to release it from."
