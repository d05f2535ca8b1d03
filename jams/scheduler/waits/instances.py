"""Jobs of which one entry may run at a time; waiting for the other one is a matter of capacity."""

from __future__ import annotations

from jams.database import endings
from jams.objects.enums import EntryState, SingleInstanceAction

from .base import Shut, Subject

ANOTHER_RUNS = "Another entry of its job is running."


def cancelled(subject: Subject) -> Shut | None:
    """Ends an entry that is not to be there beside another one of its job."""
    row = subject.row
    if subject.needs.single_instance is not SingleInstanceAction.CANCEL or row.job_id is None:
        return None
    if not endings.any_running(subject.c, row.job_id, row.number):
        return None
    return Shut(EntryState.RESOURCE_WAIT, list, refusal=ANOTHER_RUNS)
