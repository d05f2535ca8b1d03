"""Why a setup or sequence that has begun goes no further."""

from __future__ import annotations

from datetime import datetime

from jams.database import containers, entries
from jams.objects.enums import EntryState, MemberStage, ReleaseType
from jams.objects.waits import EntryWait, WaitKind

from ..waits.base import Subject
from ..waits.steps import MOST_TOLD, told_of

_BAD = (MemberStage.BAD, MemberStage.FAILED)


def reasons(subject: Subject) -> list[EntryWait]:
    """What keeps it: who holds it, members that halt it or are halted, however deep, those that wait."""
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
    keeping = [each for each in containers.seen(c, row.number, row.ron) if _is_bad(each) or _stands(each)]
    for each in keeping[:MOST_TOLD]:
        bad = _is_bad(each)
        by = _by(subject, each.number) if each.state is EntryState.HELD else ""
        told = f"{each.name} (entry {each.number}) {told_of(each)}{by}."
        release = ReleaseType.HALTED_SETUP if bad and row.halted else None
        found.append(_member(subject, each.name, each.number, told, each.since, release))
    for number, name in containers.halted_below(c, row.number, row.ron)[:MOST_TOLD]:
        found.append(_member(subject, name, number, f"{name} (entry {number}) in it is halted."))
    return found


def _is_bad(member: containers.Seen) -> bool:
    return member.stage in _BAD and member.severity is not None


def _stands(member: containers.Seen) -> bool:
    return member.state.waiting or (member.halted and not member.state.ended)


def _member(
    subject: Subject,
    name: str,
    number: int,
    told: str,
    since: datetime | None = None,
    release: ReleaseType | None = None,
) -> EntryWait:
    return subject.wait(
        kind=WaitKind.MEMBER,
        name=name,
        object_id=number,
        message=told,
        since_utc=since,
        opened_by="that member",
        release_type=release,
    )


def _by(subject: Subject, number: int) -> str:
    """Who has held an entry, and since when, from its audit trail."""
    for line in reversed(entries.audit_trail(subject.c, number)):
        if "held" in line.message:
            return f" by {line.user_name} since {line.audit_time_utc:%Y-%m-%d %H:%M:%S} UTC"
    return ""
