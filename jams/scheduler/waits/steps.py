"""The turn of a member: what comes before it in its setup or sequence has to be done (semantics 2.3)."""

from __future__ import annotations

from jams.database import containers, entries
from jams.database.reading import Found
from jams.objects.enums import EntryState, MemberStage, ReleaseType
from jams.objects.errors import EntryNotFound
from jams.objects.plan import Plan
from jams.objects.waits import EntryWait, WaitKind

from .. import plans
from .base import Shut, Subject

MOST_TOLD = 10
"""Members that are told of, at most."""


def step(subject: Subject) -> Shut | None:
    """Shut until its turn has come. What lets it go is its setup, which hears of its members."""
    if subject.row.parent is None or subject.row.stage is not MemberStage.WAITS:
        return None
    return Shut(EntryState.STEP_WAIT, lambda: _reasons(subject))


def _reasons(subject: Subject) -> list[EntryWait]:
    c, row = subject.c, subject.row
    try:
        parent = entries.row(c, row.parent)
    except EntryNotFound:
        return []
    plan = plans.decoded(parent.source)
    found = []
    if parent.held:
        found.append(_reason(subject, f"Entry {parent.number} ({parent.job_name}), its setup, is held."))
    before = [
        each
        for each in containers.seen(c, parent.number, parent.ron)
        if each.number != row.number and comes_before(plan, each.place, row.place)
    ]
    for each in before[:MOST_TOLD]:
        told = f"{each.name} (entry {each.number}), which comes before it, {told_of(each)}."
        found.append(_reason(subject, told, each.name, each.number))
    return found or [_reason(subject, f"Entry {parent.number} ({parent.job_name}) has not come so far.")]


def told_of(member: containers.Seen) -> str:
    """How far a member is, in words."""
    if member.state.ended and member.severity is not None:
        return f"ended {member.severity.value}"
    if member.state is EntryState.HELD:
        return "is held"
    if member.halted:
        return "is halted"
    return "waits" if member.state.waiting else "runs"


def comes_before(plan: Plan, one: int, other: int) -> bool:
    """Whether the place of one has to be done before the other's turn comes."""
    ours, theirs = _way(plan, one), _way(plan, other)
    for above, (mine, its) in enumerate(zip(ours, theirs, strict=False)):
        if mine != its:
            return mine < its and not plan.nodes[ours[above - 1]].parallel
    return False


def _way(plan: Plan, place: int) -> list[int]:
    """The places from the whole down to one."""
    way = [place]
    while plan.nodes[way[-1]].parent >= 0:
        way.append(plan.nodes[way[-1]].parent)
    return way[::-1]


def _reason(subject: Subject, told: str, name: str = "", number: int | None = None) -> EntryWait:
    row: Found = subject.row
    return subject.wait(
        kind=WaitKind.STEP,
        name=name,
        object_id=number,
        message=told,
        since_utc=row.since,
        opened_by="its end as it has to be, or a release of the halted setup",
        release_type=ReleaseType.STEP_WAIT,
    )
