"""Runs that were claimed and are not settled: one row a start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    Column,
    Connection,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from jams.objects.base import NEVER, EntryNumber, Integer, RunNumber
from jams.objects.enums import EntryState, Severity

from . import changes, entries, tables, watched
from .columns import AnyRow, YesNo
from .entry_documents import EntryRest
from .reading import Found, Reader
from .sight import EVERYTHING, Sight, in_closed
from .turns import unanswered

_run = tables.run
_entry = tables.entry
_agent = tables.agent

_running = select(func.count()).select_from(_run).where(_run.c.agent_id == _agent.c.id).correlate(_agent)
_earliest = select(func.min(_entry.c.opens_at)).where(
    _entry.c.state == EntryState.TIMED, _entry.c.opens_at > NEVER
)
_pending = select(_entry.c.number).where(_entry.c.state == EntryState.PENDING).exists()
_outlook = select(
    _agent.c.id,
    _agent.c.online,
    _agent.c.job_limit,
    _running.scalar_subquery().label("running"),
    _pending.label("pending"),
    _earliest.scalar_subquery().label("next_time"),
    watched.earliest.scalar_subquery().label("next_look"),
    exists(select(tables.happening.c.id)).label("news"),
    exists(select(_entry.c.number).where(_entry.c.state == EntryState.SCHEDULED)).label("fresh"),
    exists(select(tables.wait_topic.c.number)).label("listeners"),
    exists(select(tables.waiting_line.c.id)).label("lines"),
    exists(select(tables.waiting_line.c.id).where(tables.waiting_line.c.lacks.is_not(None))).label("lacking"),
    exists(select(tables.trigger_news.c.id)).label("triggers"),
)
_due = (
    select(_entry)
    .where(_entry.c.state == EntryState.PENDING)
    .order_by(_entry.c.priority.desc(), _entry.c.number)
    .limit(bindparam("most"))
    .with_for_update()
)
_due_on_one = _due.where(_entry.c.agent_id == bindparam("agent"))
_due_on_several = _due.where(_entry.c.agent_id.in_(bindparam("agents", expanding=True)))
_WITH_ENTRY = (
    *(_run.c[name] for name in ("token", "abort", "abort_severity", "abort_by", "restart")),
    *(column for column in _entry.c if column.name != "source"),
)
_held = tables.resource_held
_holds = exists(select(_held.c.id).where(_held.c.number == _entry.c.number).correlate(_entry)).label("holds")
_trigger = tables.schedule_trigger
_repeats = exists(
    select(_trigger.c.id)
    .where(
        _trigger.c.id == _entry.c.trigger_id,
        or_(
            _trigger.c.kind == "Interval",
            _trigger.c.conduct.contains("recurrence"),
            _trigger.c.conduct.not_like("{%}"),
        ),
    )
    .correlate(_entry)
).label("repeats")
_listened = exists(select(tables.trigger_event.c.id)).label("listened")
_with_entry = (
    select(*_WITH_ENTRY, _holds, _repeats, _listened)
    .join(_entry, _run.c.number == _entry.c.number)
    .order_by(_entry.c.number)
    .with_for_update()
)
_one = _run.c.token == bindparam("token")
_several = _run.c.token.in_(bindparam("tokens", expanding=True))
_with_entry_of_one, _with_entry_of_several = _with_entry.where(_one), _with_entry.where(_several)
_ripe = (
    select(_entry.c.number, _entry.c.demands)
    .where(
        _entry.c.state == EntryState.TIMED,
        _entry.c.opens_at <= bindparam("now"),
        or_(_entry.c.trigger_id.is_(None), _entry.c.job_id.not_in(select(tables.job_to_plan.c.job_id))),
    )
    .order_by(_entry.c.opens_at)
    .limit(bindparam("most"))
    .with_for_update()
)
_fresh = select(_entry.c.number).where(_entry.c.state == EntryState.SCHEDULED).limit(bindparam("most"))
_unbegun = (
    select(_run.c.token, _entry.c.document.contains('"Started"').label("told"))
    .join(_entry, _run.c.number == _entry.c.number)
    .where(_entry.c.state == EntryState.STARTING)
    .with_for_update()
)
_unbegun_of_one, _unbegun_of_several = _unbegun.where(_one), _unbegun.where(_several)
_read_with_entry = Reader(
    (*_WITH_ENTRY, *(Column(name, YesNo, nullable=False) for name in ("holds", "repeats", "listened"))),
    EntryRest,
    token=str,
    number=EntryNumber,
    ron=RunNumber,
    version=Integer,
)
_insert = insert(_run)
_forget = unanswered(delete(_run).where(_run.c.token == bindparam("settled")))
_to_abort = select(_run.c.token, _run.c.abort).where(_run.c.abort > 0)


class Claim(Struct, frozen=True, kw_only=True):
    """A start to be claimed: the entry, its run number, and the token under which it is started."""

    token: str
    number: int
    ron: int
    agent_id: int
    queue_id: int | None = None


def due(c: Connection, limit: int, free: Mapping[int, int]) -> Sequence[Found]:
    """Entries that may start now, the most urgent first: by priority, then by number.

    ``free`` says how many more runs each agent takes; entries of an agent that takes none wait.
    """
    left = {agent: count for agent, count in free.items() if count > 0}
    found: dict[int, AnyRow] = {}
    while left and len(found) < limit:
        most = limit + len(found)
        rows = _pending_on(c, list(left), most)
        for row in rows:
            if row.number in found or row.agent_id not in left or len(found) == limit:
                continue
            found[row.number] = row
            left[row.agent_id] -= 1
            if not left[row.agent_id]:
                del left[row.agent_id]
        if len(rows) < most:
            break
    return entries.read.every(found.values())


def _pending_on(c: Connection, agents: Sequence[int], most: int) -> Sequence[AnyRow]:
    """Pending entries of the agents. One agent, as usual, is asked for without a list, which costs less."""
    if len(agents) == 1:
        return c.execute(_due_on_one, {"most": most, "agent": agents[0]}).all()
    return c.execute(_due_on_several, {"most": most, "agents": agents}).all()


def ripe(c: Connection, now: datetime, most: int) -> list[AnyRow]:
    """Numbers of some of the entries whose time has come, and whether they demand more than that."""
    return list(c.execute(_ripe, {"now": now, "most": most}))


def fresh(c: Connection, most: int) -> list[int]:
    """Numbers of entries that nobody has looked at yet."""
    return list(c.scalars(_fresh, {"most": most}))


class Outlook(Struct, frozen=True):
    """What there is to do.

    Attributes:
        free: how many more runs each agent takes now; none where nobody wants one.
        next_time: the earliest time for which an entry waits.
        next_look: the earliest time at which limits are to be looked at.
        news: whether something has happened that was not looked at.
        fresh: whether there are entries that nobody has looked at.
        listeners: whether entries want to hear of anything.
        lines: whether entries stand in line for capacity.
        lacking: whether one of the lines was asked, and lacked something.
        pending: whether entries wait for nothing but an agent.
        triggers: whether something has happened to the events of triggers.
    """

    free: dict[int, int]
    next_time: datetime | None = None
    next_look: datetime | None = None
    news: bool = False
    fresh: bool = False
    listeners: bool = False
    lines: bool = False
    lacking: bool = False
    pending: bool = False
    triggers: bool = False


def outlook(c: Connection) -> Outlook:
    """What there is to do, in one question."""
    rows = c.execute(_outlook).all()
    free = {row.id: _free(row) for row in rows}
    if not rows:
        return Outlook(free)
    one = rows[0]
    next_time, next_look = (
        time if isinstance(time, datetime) else None for time in (one.next_time, one.next_look)
    )
    return Outlook(
        free,
        next_time,
        next_look,
        news=bool(one.news),
        fresh=bool(one.fresh),
        listeners=bool(one.listeners),
        lines=bool(one.lines),
        lacking=bool(one.lacking),
        pending=bool(one.pending),
        triggers=bool(one.triggers),
    )


def _free(row: AnyRow) -> int:
    """How many more runs an agent takes; none, if nobody wants one, or that cannot be read."""
    readable = isinstance(row.job_limit, int) and row.online is True
    wanted = row.pending or row.lines
    return max(0, row.job_limit - row.running) if readable and wanted else 0


def waiting(c: Connection) -> list[tuple[int, EntryState]]:
    """The entries that wait, and where each stands."""
    states = [state for state in EntryState if state.waiting]
    query = select(_entry.c.number, _entry.c.state).where(_entry.c.state.in_(states))
    return [(row.number, row.state) for row in c.execute(query)]


def add(c: Connection, claims: Sequence[Claim], now: datetime) -> None:
    """Write claims down; their entries are marked by who claims them."""
    if not claims:
        return
    c.execute(
        _insert,
        [
            {
                "token": claim.token,
                "number": claim.number,
                "ron": claim.ron,
                "agent_id": claim.agent_id,
                "queue_id": claim.queue_id,
                "claimed": now,
                "abort": 0,
                "restart": 0,
            }
            for claim in claims
        ],
    )


def tokens(c: Connection) -> list[str]:
    """The tokens of all runs that are not settled."""
    return list(c.scalars(select(_run.c.token)))


def starting(c: Connection) -> list[str]:
    """The tokens of claims whose entries are starting."""
    query = select(_run.c.token).join(_entry, _run.c.number == _entry.c.number)
    return list(c.scalars(query.where(_entry.c.state == EntryState.STARTING)))


def unbegun(c: Connection, wanted: Sequence[str]) -> dict[str, bool]:
    """Those of the tokens whose entries are starting; with whether somebody may want to be told of it."""
    return {row.token: bool(row.told) for row in _of(c, wanted, _unbegun_of_one, _unbegun_of_several)}


def with_entries(c: Connection, wanted: Sequence[str]) -> dict[str, Found]:
    """By token: the run's columns (``abort``, ``restart`` …) and its entry's, where both are there.

    ``holds`` says whether the entry holds of a resource, ``repeats`` whether what made it may repeat its
    runs, ``listened`` whether triggers wait for anything: mostly not, and nobody needs to ask again.
    Nobody else changes either until the transaction ends; what of an entry cannot be read is mended.
    """
    found: dict[str, Found] = {}
    for row in _of(c, wanted, _with_entry_of_one, _with_entry_of_several):
        found[row.token] = known = _read_with_entry(row)
        if known.mended:
            entries.mend(c, known, running=True)
    return found


def _of(c: Connection, tokens: Sequence[str], of_one: Select[Any], of_several: Select[Any]) -> list[AnyRow]:
    """The rows of runs. One run, as usual, is asked for without a list, which costs less."""
    if len(tokens) == 1:
        return list(c.execute(of_one, {"token": tokens[0]}))
    rows: list[AnyRow] = []
    for start in range(0, len(tokens), 500):
        rows += c.execute(of_several, {"tokens": tokens[start : start + 500]})
    return rows


def ask_abort(
    c: Connection, number: int, *, force: bool, severity: Severity | None, user: str, restart: int = 0
) -> None:
    """Ask for the end of an entry's run; what was asked for before is never weakened."""
    level = 2 if force else 1
    c.execute(
        update(_run)
        .where(_run.c.number == number)
        .values(
            abort=case((_run.c.abort > level, _run.c.abort), else_=level),
            abort_severity=severity,
            abort_by=user,
            restart=restart,
        )
    )
    changes.note(c, number, changes.END_ASKED)


def to_abort(c: Connection) -> dict[str, int]:
    """Runs whose end was asked for, by token; 2 is by force."""
    return {row.token: row.abort for row in c.execute(_to_abort) if isinstance(row.abort, int)}


def forget(c: Connection, settled: Iterable[str]) -> None:
    """Remove the rows of runs that are settled."""
    gone = [{"settled": token} for token in settled]
    if gone:
        c.execute(_forget, gone)


def counts(c: Connection, sight: Sight = EVERYTHING) -> dict[EntryState, int]:
    """How many entries that somebody sees are in each state."""
    query = select(_entry.c.state, func.count()).group_by(_entry.c.state)
    if sight.of is not None:
        query = query.where(_entry.c.submitted_by == sight.of)
    query = query.where(*in_closed(c, _entry.c.folder_id, _entry.c.job_id, sight))
    counted: Counter[EntryState] = Counter()
    for state, count in c.execute(query):
        # A state that cannot be read is shown as held: the entry does not start.
        counted[state if isinstance(state, EntryState) else EntryState.HELD] += count
    return counted
