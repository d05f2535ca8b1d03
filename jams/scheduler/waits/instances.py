"""Jobs of which one entry may run at a time; waiting for the other one is a matter of capacity.

Setups and sequences take no capacity, and wait here.
"""

from __future__ import annotations

from jams.database import capacities, containers
from jams.database.methods import is_container
from jams.objects.enums import EntryState, SingleInstanceAction
from jams.objects.waits import EntryWait, WaitKind

from .. import topics
from .base import Shut, Subject

ANOTHER_RUNS = "Another entry of its job is running."


def cancelled(subject: Subject) -> Shut | None:
    """Ends an entry that is not to be there beside another one of its job."""
    if subject.needs.single_instance is not SingleInstanceAction.CANCEL or not _another_runs(subject):
        return None
    return Shut(EntryState.RESOURCE_WAIT, list, refusal=ANOTHER_RUNS)


def another(subject: Subject) -> Shut | None:
    """Shut for a setup or sequence beside which another entry of it is under way."""
    if subject.needs.single_instance is not SingleInstanceAction.WAIT or not _another_runs(subject):
        return None
    return Shut(
        EntryState.DEPENDENCY_WAIT,
        lambda: _reason(subject),
        topics=frozenset({topics.instance(subject.row.job_id)}),
    )


def _another_runs(subject: Subject) -> bool:
    row = subject.row
    if row.job_id is None:
        return False
    if is_container(row.rest.method_name):
        return containers.any_executing(subject.c, row.job_id, row.number)
    return capacities.is_running(subject.c, row.job_id, row.number)


def _reason(subject: Subject) -> list[EntryWait]:
    row = subject.row
    return [
        subject.wait(
            kind=WaitKind.INSTANCE,
            name=row.job_name,
            object_id=row.job_id,
            message=ANOTHER_RUNS,
            since_utc=row.since,
            opened_by="the end of that run",
        )
    ]
