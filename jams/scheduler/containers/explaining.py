"""Why a setup or sequence that has begun goes no further."""

from __future__ import annotations

from jams.database import containers, entries
from jams.objects.enums import EntryState, MemberStage, ReleaseType
from jams.objects.waits import EntryWait, WaitKind

from ..waits.base import Subject
from ..waits.steps import MOST_TOLD, told_of

_BAD = (MemberStage.BAD, MemberStage.FAILED)


def reasons(subject: Subject) -> list[EntryWait]:
    """What keeps it: who holds it, the members that halt it, and those that are held; else those that run."""
    c, row = subject.c, subject.row
    found = []
    if row.held:
        told = f"Entry {row.number} is held{_by(subject, row.number)}: nothing more of it is let go."
        found.append(
            subject.wait(
                kind=WaitKind.HOLD,
                name=row.job_name,
                message=told,
                opened_by="a release from the manual hold",
                release_type=ReleaseType.MANUAL_HOLD,
            )
        )
    members = containers.seen(c, row.number, row.ron)
    for each in members[:MOST_TOLD]:
        bad = each.stage in _BAD and each.severity is not None
        if not bad and not each.state.waiting:
            continue
        by = _by(subject, each.number) if each.state is EntryState.HELD else ""
        told = f"{each.name} (entry {each.number}) {told_of(each)}{by}."
        release = ReleaseType.HALTED_SETUP if bad and row.halted else None
        found.append(_member(subject, each, told, release))
    return found


def _member(subject: Subject, each: containers.Seen, told: str, release: ReleaseType | None) -> EntryWait:
    return subject.wait(
        kind=WaitKind.MEMBER,
        name=each.name,
        object_id=each.number,
        message=told,
        since_utc=each.since,
        opened_by="that member",
        release_type=release,
    )


def _by(subject: Subject, number: int) -> str:
    """Who has held an entry, and since when, from its audit trail."""
    for line in reversed(entries.audit_trail(subject.c, number)):
        if "held" in line.message:
            return f" by {line.user_name} since {line.audit_time_utc:%Y-%m-%d %H:%M:%S} UTC"
    return ""
