"""One turn of the scheduler: a transaction that records what has happened and claims what may start.

A function of the database, the time and the happenings; what must be done outside is in its decisions, and is
done after the commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from jams.database import clock, lines, runs, turns, wait_topics
from jams.database import happenings as stored_happenings
from jams.objects.enums import EntryState
from jams.objects.run import RunEnded, RunStarted

from . import closing, looking, recovery, settlement, starts, telling, topics, transitions, watching
from .granting import FEW, Granting
from .planning import passes
from .starts import Start
from .transitions import Event
from .triggers import advancing

MOST_STARTS = 16
"""Starts that one turn claims at most, so that ends are not left waiting behind them."""


@dataclass(frozen=True)
class Happenings:
    """What has happened to runs.

    Attributes:
        started: runs that have begun.
        ended: runs that have ended; some of them began since the last turn.
        given_back: tokens of claims that came to nothing, whose entries are to wait for another start.
        cpu: the CPU seconds that runs have taken, as far as they were asked for and anybody can tell.
    """

    started: Sequence[RunStarted] = ()
    ended: Sequence[RunEnded] = ()
    given_back: Collection[str] = ()
    cpu: watching.Cpu = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """What a turn may do.

    Attributes:
        room: how many more starts an agent takes at the moment.
        confirm: makes sure that no other server works with the database while starts are claimed.
        starts: whether anything may be started at all.
        aborts: whether to look for runs whose end is asked for.
        plan: whether to do a piece of a pass over the schedule.
        begins: whether that is the first since the scheduler works.
        keep: how long ended entries stay in the monitor, if it is known.
        horizon: how far the schedule is to reach, at least.
    """

    room: Callable[[int], int]
    confirm: Callable[[Connection], None]
    starts: bool = True
    aborts: bool = True
    plan: bool = False
    begins: bool = False
    keep: timedelta | None = None
    horizon: datetime | None = None


@dataclass(frozen=True)
class Decisions:
    """What is to be done outside.

    Attributes:
        starts: the starts that were claimed.
        more: whether there may be more to claim at once.
        crowded: whether more may be claimed when starts that were claimed before have been made.
        aborts: runs that are to end, by token; 2 is by force.
        planned: what the pass over the schedule leaves, if a piece of it was done.
        look_again_at: when something will be due; None: nothing that is known.
        unmeasured: runs by token whose CPU time the next turn has to know, at once.
    """

    starts: Sequence[Start]
    more: bool
    crowded: bool
    aborts: dict[str, int]
    planned: passes.Pass | None
    look_again_at: datetime | None
    unmeasured: Collection[str] = ()


def take(
    c: Connection, now: datetime, happenings: Happenings, limits: Limits, token: Callable[[], str]
) -> Decisions:
    """Take a turn; ``token`` gives tokens for starts."""
    with clock.showing(now):
        return _take(c, now, happenings, limits, token)


def _take(
    c: Connection, now: datetime, happenings: Happenings, limits: Limits, token: Callable[[], str]
) -> Decisions:
    turns.begin(c)
    over = {run.token for run in happenings.ended}
    begun = {run.token: run for run in happenings.started}
    told = settlement.settle(c, happenings.ended, begun, keep=limits.keep)
    settlement.record_started(c, [run for run in happenings.started if run.token not in over])
    told |= recovery.wait_again(c, happenings.given_back)
    outlook = runs.outlook(c)
    if outlook.news:
        told |= _hear(c)
    if outlook.triggers:
        advancing.advance(c, now)
        outlook = runs.outlook(c)
    planned = None
    if limits.plan or (outlook.news and passes.wanted(c)):
        # What a change takes back does not become due meanwhile.
        planned = passes.take_part(c, now, begins=limits.begins, until=limits.horizon)
        outlook = runs.outlook(c)
    looked = _look(c, now, told, outlook)
    following = outlook.triggers
    if looked:
        outlook = runs.outlook(c)
        # A setup that goes on lets others be looked at, and heard of.
        following = outlook.fresh or outlook.news or outlook.triggers
    unmeasured: Collection[str] = ()
    if outlook.next_look is not None and outlook.next_look <= now:
        closing.close_due(c, now)
        seen: list[watching.Seen] = []
        unmeasured = watching.look(c, now, happenings.cpu, seen)
        for each in seen:
            telling.happened(c, [each.row], each.what, now, each.told, each.event)
    room = _room(outlook, limits)
    may_start = limits.starts and not (planned and planned.refused)
    limit = min(MOST_STARTS, sum(room.values())) if may_start else 0
    claimed = _claim(c, now, told, room, limit, token, outlook)
    first_look = _write_down(c, claimed, now, limits)
    return Decisions(
        starts=claimed,
        more=len(claimed) == MOST_STARTS < sum(room.values())
        or looked >= looking.MOST
        or following
        or outlook.triggers,
        crowded=_is_crowded(outlook.free, room, claimed),
        aborts=runs.to_abort(c) if limits.aborts else {},
        planned=planned,
        look_again_at=min(filter(None, (outlook.next_time, outlook.next_look, first_look)), default=None),
        unmeasured=unmeasured,
    )


def follow(c: Connection, now: datetime, limits: Limits, token: Callable[[], str]) -> Decisions | None:
    """Claim what has just been submitted, in the transaction that submits it.

    So much of a turn saves a lone entry a commit. None, and nothing is done, when anything else is to be
    looked at first, which a whole turn does.
    """
    turns.begin(c)
    outlook = runs.outlook(c)
    if outlook.news or outlook.triggers or outlook.fresh or outlook.lines or not outlook.pending:
        return None
    room = _room(outlook, limits)
    limit = min(MOST_STARTS, sum(room.values()))
    with clock.showing(now):
        claimed = _claim(c, now, (), room, limit, token, outlook)
        first_look = _write_down(c, claimed, now, limits)
    return Decisions(
        starts=claimed,
        more=len(claimed) == MOST_STARTS,
        crowded=_is_crowded(outlook.free, room, claimed),
        aborts={},
        planned=None,
        look_again_at=first_look,
    )


def _room(outlook: runs.Outlook, limits: Limits) -> dict[int, int]:
    """How many starts each agent takes that takes any."""
    free = {agent: count for agent, count in outlook.free.items() if count > 0}
    return {agent: min(count, max(0, limits.room(agent))) for agent, count in free.items()}


def _write_down(c: Connection, claimed: Sequence[Start], now: datetime, limits: Limits) -> datetime | None:
    """Claim starts; when limits of them are to be looked at first."""
    if not claimed:
        return None
    limits.confirm(c)
    starts.claim(c, claimed, now)
    return watching.claimed(c, [start.row for start in claimed], now)


def _is_crowded(free: Mapping[int, int], room: Mapping[int, int], claimed: Sequence[Start]) -> bool:
    """Whether an agent would take more than there was room for, which is now used up."""
    taken = Counter(start.agent_id for start in claimed)
    return any(count < free[agent] and taken[agent] >= count for agent, count in room.items())


def _hear(c: Connection) -> set[str]:
    """Hear what has happened in others' transactions; its topics."""
    news = stored_happenings.take(c)
    passes.hear(c, news)
    stored_happenings.forget(c, [happening.id for happening in news])
    return {happening.topic for happening in news}


def _look(c: Connection, now: datetime, told: Collection[str], outlook: runs.Outlook) -> int:
    """Look at the entries that may go on; how many were looked at."""
    looked = 0
    if outlook.listeners and told:
        concerned = wait_topics.who_waits(c, told)
        first, rest = concerned[: looking.MOST], concerned[looking.MOST :]
        if topics.LATER in told:
            wait_topics.drop(c, topics.LATER, first)
        looking.look_at(c, first, now)
        if rest:
            wait_topics.add(c, topics.LATER, rest)
            stored_happenings.note(c, topics.LATER)
        looked += len(first)
    if outlook.fresh:
        fresh = runs.fresh(c, looking.MOST)
        looking.look_at(c, fresh, now)
        looked += len(fresh)
    if outlook.next_time is not None and outlook.next_time <= now:
        ripe = runs.ripe(c, now, looking.MOST)
        plain = [{"number": row.number, "state": EntryState.TIMED} for row in ripe if not row.demands]
        transitions.move_all(c, Event.OPEN, EntryState.PENDING, plain)
        looking.look_at(c, [row.number for row in ripe if row.demands], now)
        looked += len(ripe)
    return looked


def _claim(
    c: Connection,
    now: datetime,
    told: Collection[str],
    room: dict[int, int],
    limit: int,
    token: Callable[[], str],
    outlook: runs.Outlook,
) -> list[Start]:
    """What is started, of that which may."""
    if not limit:
        if outlook.lines:
            lines.look_again(c, told)
        return []
    pending = runs.due(c, limit, room) if outlook.pending else []
    asked = {*told, *(topics.agent(id) for id in room)}
    concerned = lines.concerned(c, asked, FEW + 1) if outlook.lines else []
    if not concerned:
        return [Start(token(), row, row.agent_id) for row in pending]
    giving = Granting(c, now, room, limit, token, asked, lacking=outlook.lacking)
    return giving.give_out(concerned, pending)
