"""How what will happen comes about: what each entry waited for, and whose end brought it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from jams.database.reading import Found
from jams.objects.enums import EntryState, SingleInstanceAction
from jams.objects.needs import NOTHING
from jams.objects.waits import WaitKind

from .playing import Play, Run

LONGEST = 100
"""Steps that are told of one way, at most."""


class Life(NamedTuple):
    """One run of an entry; or a setup or sequence, from its beginning to its end."""

    row: Found
    began: datetime
    ended: datetime | None
    holds: frozenset[str]
    agent_id: int


class Step(NamedTuple):
    """What was waited for from when to when, and who brought it: the last of those who did."""

    kind: WaitKind
    thing: str
    since: datetime
    until: datetime
    brought: Life | None
    beside: int


class Ways:
    """The ways of a play: who ended when, and held what.

    Args:
        play: what was played.
        whole: setups and sequences that have ended.
    """

    def __init__(self, play: Play, whole: Iterable[Life] = ()) -> None:
        self._stood = play.stood
        self._ended: dict[datetime, list[Life]] = defaultdict(list)
        self._members: dict[int, list[Life]] = defaultdict(list)
        self._whole = {life.row.number: life for life in whole}
        for life in (*map(life_of, play.runs), *self._whole.values()):
            if life.ended is not None:
                self._ended[life.ended].append(life)
            if life.row.parent is not None:
                self._members[life.row.parent].append(life)

    def to(self, life: Life, *, end: bool = False) -> list[Step]:
        """What made a run begin when it did, from itself back to what waited for nothing.

        With ``end``, what made it end when it did: of a setup or sequence that is the last of its members.
        """
        found: list[Step] = []
        seen: set[tuple[int, datetime, bool]] = set()
        current: Life | None = life
        while current is not None and len(found) < LONGEST:
            key = (current.row.number, current.began, end)
            if key in seen:
                break
            seen.add(key)
            steps = (self._within(current) if end else []) or self._steps(current)
            found += steps
            brought = next((step.brought for step in reversed(steps) if step.brought is not None), None)
            if brought is None and (not steps or steps[-1].kind is WaitKind.STEP):
                # It was let go with its setup: what that waited for it has waited for as well.
                current, end = self._whole.get(current.row.parent or 0), False
            else:
                current, end = brought, True
        return found[:LONGEST]

    def _within(self, life: Life) -> list[Step]:
        """The member with which a setup or sequence ends; nothing of another job."""
        of = [
            each
            for each in self._members.get(life.row.number, ())
            if each.began >= life.began and (life.ended is None) == (each.ended is None)
        ]
        if not of:
            return []
        last = max(each.ended or each.began for each in of)
        of = [each for each in of if (each.ended or each.began) == last]
        return [_brought(WaitKind.MEMBER, "", of, life.began, life.ended or last)]

    def _steps(self, life: Life) -> list[Step]:
        """What one run waited for, the last first, up to the first that somebody's end brought."""
        found: list[Step] = []
        until = life.began
        for since, state in reversed(self._stood.get(life.row.number, ())):
            if since < until:
                if not state.waiting:
                    break
                step = self._step(life, state, since, until)
                if step is not None:
                    found.append(step)
                    if step.brought is not None:
                        break
            until = min(until, since)
        return found

    def _step(self, life: Life, state: EntryState, since: datetime, until: datetime) -> Step | None:
        ended = [other for other in self._ended.get(until, ()) if other.row.number != life.row.number]
        match state:
            case EntryState.RESOURCE_WAIT | EntryState.PENDING | EntryState.SCHEDULED:
                return _of_capacity(life, ended, since, until)
            case EntryState.DEPENDENCY_WAIT:
                wanted = {need.job_id for need in (life.row.rest.needs or NOTHING).jobs}
                return _brought(
                    WaitKind.JOB, "", [each for each in ended if each.row.job_id in wanted], since, until
                )
            case EntryState.PRECHECK_WAIT:
                of = [each for each in ended if each.row.rest.initiator_id == life.row.number]
                return _brought(WaitKind.PRECHECK, "", of, since, until)
            case EntryState.STEP_WAIT:
                of = [each for each in ended if each.row.parent == life.row.parent is not None]
                return _brought(WaitKind.STEP, "", of, since, until)
            case EntryState.TIMED if life.row.attempt:
                return Step(WaitKind.RETRY, "", since, until, None, 0)
            case EntryState.TIMED if until > life.row.scheduled_time:
                return Step(WaitKind.WINDOW, "", since, until, None, 0)
        return None


def life_of(run: Run) -> Life:
    """A run as a life."""
    return Life(run.row, run.began, run.ended, run.holds, run.agent_id)


def _of_capacity(life: Life, ended: list[Life], since: datetime, until: datetime) -> Step:
    """What others gave back: of the same queue, of a resource, the place of the job, or one at the agent."""
    for kind in (WaitKind.QUEUE, WaitKind.RESOURCE, WaitKind.INSTANCE):
        for thing in sorted(each for each in life.holds if each.startswith(kind.value)):
            of = [each for each in ended if thing in each.holds]
            if of and (kind is not WaitKind.INSTANCE or _stands_alone(life)):
                return _brought(kind, thing, of, since, until)
    of = [each for each in ended if each.agent_id == life.agent_id]
    return _brought(WaitKind.AGENT if of else WaitKind.LINE, f"Agent:{life.agent_id}", of, since, until)


def _stands_alone(life: Life) -> bool:
    needs = life.row.rest.needs or NOTHING
    return needs.single_instance is not SingleInstanceAction.NO_ACTION


def _brought(kind: WaitKind, thing: str, of: list[Life], since: datetime, until: datetime) -> Step:
    """A step; of several who brought it, the one who began last is followed: the others were there before."""
    last = max(of, key=lambda each: (each.began, -each.row.number), default=None)
    return Step(kind, thing, since, until, last, max(len(of) - 1, 0))
