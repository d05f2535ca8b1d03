"""A job that says whether an entry may start (semantics 2.9)."""

from __future__ import annotations

from jams.database import prechecks as stored
from jams.objects.enums import EntryState, ReleaseType
from jams.objects.waits import EntryWait, WaitKind

from .. import topics
from .base import Shut, Subject


def precheck(subject: Subject) -> Shut | None:
    """Shut until the precheck has said yes."""
    need = subject.needs.precheck
    if need is None or ReleaseType.IGNORE_PRECHECK in subject.passed:
        return None
    found = stored.of_entry(subject.c, subject.row.number)
    if found is not None and found.passed:
        return None
    if found is not None and found.cancels is not None:
        return Shut(
            EntryState.PRECHECK_WAIT,
            list,
            refusal=f"Cancelled by its precheck {need.name} (entry {found.precheck_entry}).",
            severity=found.cancels,
        )
    return Shut(
        EntryState.PRECHECK_WAIT,
        lambda: [_reason(subject, found)],
        topics=frozenset({topics.precheck(subject.row.number)}),
    )


def _reason(subject: Subject, found: stored.Precheck | None) -> EntryWait:
    need = subject.needs.precheck
    assert need is not None
    if found is None:
        told = f"Its precheck {need.name} is about to be submitted."
    else:
        told = f"Its precheck {need.name} (entry {found.precheck_entry}, run {found.runs}) has not said yes."
    return subject.wait(
        kind=WaitKind.PRECHECK,
        name=need.name,
        object_id=None if found is None else found.precheck_entry,
        message=told,
        since_utc=subject.row.since,
        opened_by=f"an end of {need.name} with Success",
        release_type=ReleaseType.IGNORE_PRECHECK,
    )
