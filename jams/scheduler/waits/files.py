"""Files that have to be there, or must not be.

A turn asks no file: whoever watches them writes down what he has seen since somebody waits for it
(:mod:`jams.database.file_facts`).
"""

from __future__ import annotations

from jams.database import file_facts
from jams.objects.enums import EntryState, ReleaseType
from jams.objects.needs import FileNeed
from jams.objects.waits import EntryWait, WaitKind

from .. import topics
from .base import Shut, Subject

_SEEN = {True: "is there", False: "is not there"}


def files(subject: Subject) -> Shut | None:
    """Shut until all have been seen to be there, or not to be there."""
    if not subject.needs.files or ReleaseType.IGNORE_DEPENDENCIES in subject.passed:
        return None
    seen = file_facts.seen(subject.c, [topics.file(need.agent_id, need.path) for need in subject.needs.files])
    missing = [need for need in subject.needs.files if not _met(subject, need, seen)]
    if not missing:
        return None
    return Shut(
        EntryState.DEPENDENCY_WAIT,
        lambda: [_reason(subject, need) for need in missing],
        topics=frozenset(topics.file(need.agent_id, need.path) for need in missing),
        files=frozenset((need.agent_id, need.path) for need in missing),
    )


def told_of(subject: Subject) -> list[str]:
    """Which files were seen to be there, or not to be there, in sentences."""
    if ReleaseType.IGNORE_DEPENDENCIES in subject.passed:
        return []
    return [f"File {need.path} {_SEEN[need.present]}." for need in subject.needs.files]


def _met(subject: Subject, need: FileNeed, seen: dict[str, file_facts.Fact]) -> bool:
    fact = seen.get(topics.file(need.agent_id, need.path))
    # What was seen before the entry asked may be long over.
    asked = subject.row.ready_at or subject.row.scheduled_time
    return fact is not None and fact.looked_at >= asked and fact.present is need.present


def _reason(subject: Subject, need: FileNeed) -> EntryWait:
    return subject.wait(
        kind=WaitKind.FILE,
        name=need.path,
        message=f"File {need.path} {_SEEN[not need.present]}.",
        since_utc=subject.row.since,
        opened_by="the file, when it comes" if need.present else "the file, when it goes",
        release_type=ReleaseType.IGNORE_DEPENDENCIES,
    )
