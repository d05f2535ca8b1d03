"""The invariants of the engine, each by its number; what is broken is raised with what was seen.

Held after every turn: 1 (no point twice), 2, 3, 5, 6. In quiet moments, as they cost more: 1 (no point lost),
4, 5 (the reasons), 6 (the sums), 8, 9 (nothing accepted is lost). Around what is killed or refused: 9 (it
leaves no trace). Beside a world without the damage: 11, in test_broken. That a start carries the current
epoch (2) comes with the lease; containers (7) and the forecast (10) are still to be built.
What is asked of a world here, the one of tests/support/field.py has to have as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, func, select, update

from jams.database import entries, stored_settings, tables
from jams.objects.enums import EntryState, MemberStage, Severity
from jams.objects.tellings import Happened, Letter
from jams.objects.waits import WaitKind
from jams.scheduler import looking, turn
from jams.scheduler.why import waits_of

if TYPE_CHECKING:
    from tests.simulation.world import Simulation

_entry, _run, _history, _held = tables.entry, tables.run, tables.history, tables.resource_held
_WAITING = [state for state in EntryState if state.waiting]
_ORDER = [
    EntryState.SCHEDULED,
    EntryState.STEP_WAIT,
    EntryState.TIMED,
    EntryState.DEPENDENCY_WAIT,
    EntryState.PRECHECK_WAIT,
    EntryState.RESOURCE_WAIT,
    EntryState.PENDING,
    EntryState.STARTING,
    EntryState.EXECUTING,
    EntryState.COMPLETE,
]


class Broken(AssertionError):
    """An invariant does not hold."""


class _Undo(Exception):
    """Nothing of the transaction is to stay."""


def check(world: Simulation) -> None:
    """What is checked after every turn."""
    world.used = world.desk.read(lambda c: _check(world, c))


def _check(world: Simulation, c: Connection) -> Mapping[str, int]:
    _points(world.points.look(c))
    _one_run(world, c)
    found = _within_limits(world, c)
    _nothing_unheld(c)
    _topics_or_times(world, c)
    _one_record(c)
    _ends_with_members(c)
    return found


def check_hard(world: Simulation) -> None:
    """What is checked now and then, as it costs more."""
    if not world.is_quiet:
        return
    looked_at_anew(world)
    world.desk.read(lambda c: _reasons(world, c))
    world.desk.read(_statistics)
    world.desk.read(_told)
    world.desk.read(lambda c: _nothing_lost(world, c))
    world.desk.read(lambda c: _points(world.points.look_hard(c, world.clock.now)))


_ALL = {
    table.name: select(table).order_by(*table.primary_key or table.c)
    for table in tables.metadata.sorted_tables
}

Contents = Mapping[str, list[tuple[Any, ...]]]


def contents(c: Connection) -> Contents:
    """All rows of all tables."""
    return {name: [tuple(row) for row in c.execute(query)] for name, query in _ALL.items()}


def check_untouched(before: Contents, after: Contents) -> None:
    """9: what was killed or refused has left no trace."""
    if touched := [name for name, rows in after.items() if rows != before[name]]:
        raise Broken(f"9: what was killed or refused has left a trace in {touched}")


def check_rest(world: Simulation) -> None:
    """After the faults have stopped: nothing is left that could go on."""
    check(world)
    if not world.is_quiet:
        raise Broken("the world does not come to rest")
    check_hard(world)
    for row in world.desk.read(lambda c: c.execute(select(_entry)).all()):
        if row.state in (EntryState.STARTING, EntryState.PENDING, EntryState.RESOURCE_WAIT):
            raise Broken(f"9: entry {row.number} of {row.job_name} is left {row.state.value}")


def _points(found: Iterable[str]) -> None:
    """1: a schedule point has one entry, or one record of being missed."""
    for wrong in found:
        raise Broken(f"1: {wrong}")


def _one_run(world: Simulation, c: Connection) -> None:
    """2: a token starts once, and an entry has one run alive."""
    if world.machine.told_twice:
        raise Broken(f"2: started twice: {world.machine.told_twice}")
    if world.machine.ran_twice:
        raise Broken(f"2: these run numbers of entries were run twice: {world.machine.ran_twice}")
    alive = Counter(run.number for run in world.machine.alive.values())
    if twice := [number for number, runs in alive.items() if runs > 1]:
        raise Broken(f"2: two runs are alive of entries {twice}")
    claimed = {row.number: row.token for row in c.execute(select(_run.c.number, _run.c.token))}
    for run in world.machine.alive.values():
        if claimed.get(run.number) != run.token:
            raise Broken(f"2: run {run.token} of entry {run.number} lives, and nobody knows of it")
    running = set(c.scalars(select(_entry.c.number).where(_entry.c.state.in_(_RUNNING))))
    running -= set(c.scalars(select(tables.container.c.number)))
    if running != set(claimed):
        raise Broken(f"2: entries {running ^ set(claimed)} are running without a run, or have one and wait")


_RUNNING = [EntryState.STARTING, EntryState.EXECUTING]


def _used(c: Connection) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for id, count in c.execute(select(_run.c.queue_id, func.count()).group_by(_run.c.queue_id)):
        found[f"queue:{id}"] = count
    for id, count in c.execute(select(_run.c.agent_id, func.count()).group_by(_run.c.agent_id)):
        found[f"agent:{id}"] = count
    by_agent = (_held.c.resource_id, _held.c.agent_id)
    for id, agent, total in c.execute(select(*by_agent, func.sum(_held.c.quantity)).group_by(*by_agent)):
        found[f"resource:{id}:{agent}"] = int(total)
    return found


def limits_of(c: Connection) -> Mapping[str, int]:
    """How much of everything may be in use, as it stands."""
    queue, agent, resource = tables.queue, tables.agent, tables.resource
    found = {f"queue:{row.id}": row.job_limit if row.started else 0 for row in c.execute(select(queue))}
    found |= {f"agent:{row.id}": row.job_limit for row in c.execute(select(agent))}
    agents = [None, *c.scalars(select(agent.c.id))]
    for row in c.execute(select(resource)):
        found |= {f"resource:{row.id}:{agent}": row.quantity for agent in agents}
    return found


def _within_limits(world: Simulation, c: Connection) -> Mapping[str, int]:
    """3: what a turn has claimed is not above the limits that stand; how much is in use."""
    limits, found = limits_of(c), _used(c)
    for name in found.keys() - {"queue:None"}:
        # Beside a claim somebody may change a limit: then the claim came first.
        allowed = max(limits[name], world.limits.get(name, 0), world.used.get(name, 0))
        if (count := found[name]) > allowed:
            raise Broken(
                f"3: {count} of {name} are in use, of {limits[name]}; before: {world.used.get(name)}"
            )
    return found


def _nothing_unheld(c: Connection) -> None:
    """3: what is held is held by live runs."""
    dead = select(_held.c.number).where(_held.c.token.not_in(select(_run.c.token)))
    if found := c.scalars(dead.limit(3)).all():
        raise Broken(f"3: entries {found} hold resources, and do not run")


def looked_at_anew(world: Simulation) -> None:
    """4: to look at everything from scratch lets nothing go on."""
    shown = "{} of {} goes on from {} to {}, of which nobody had told"

    def look(c: Connection) -> None:
        waiting = c.execute(select(_entry).where(_entry.c.state.in_(_WAITING))).all()
        before = {row.number: row for row in waiting}
        setups = c.scalars(select(tables.container.c.number)).all()
        looking.look_at(c, [*sorted(before), *setups], world.clock.now)
        c.execute(update(tables.waiting_line).values(lacks=None))
        c.execute(tables.happening.delete())
        limits = turn.Limits(lambda _: 1000, lambda _: None)
        decided = turn.take(c, world.clock.now, turn.Happenings(), limits, world.new_token)
        told = []
        for row in c.execute(select(_entry).where(_entry.c.number.in_(sorted(before)))):
            old = before[row.number]
            if old.state is not EntryState.HELD and _ORDER.index(row.state) > _ORDER.index(old.state):
                told.append(shown.format(row.number, row.job_name, old.state.value, row.state.value))
        if told or decided.starts:
            raise Broken("4: " + "; ".join(told))
        raise _Undo

    try:
        world.desk.write(look)
    except _Undo:
        world.settle_after_undo()


def _topics_or_times(world: Simulation, c: Connection) -> None:
    """5: who waits has a topic, a time, a line or a person that can end it."""
    if not world.is_quiet:
        return
    listening = set(c.scalars(select(tables.wait_topic.c.number)))
    lines = set(c.scalars(select(tables.waiting_line.c.id)))
    for row in c.execute(select(_entry).where(_entry.c.state.in_(_WAITING))):
        match row.state:
            case EntryState.HELD:
                good = bool(row.held)
            case EntryState.TIMED:
                good = row.opens_at is not None or row.number in listening
            case EntryState.RESOURCE_WAIT:
                good = row.line_id in lines
            case EntryState.PENDING:
                good = True
            case EntryState.STEP_WAIT:
                # Its setup listens to what comes before it.
                good = row.parent in listening
            case _:
                good = row.number in listening
        if not good:
            raise Broken(f"5: nothing can end the wait of entry {row.number} ({row.state.value})")


def _reasons(world: Simulation, c: Connection) -> None:
    """5: who waits can be told why."""
    for number in c.scalars(select(_entry.c.number).where(_entry.c.state.in_(_WAITING))).all():
        found = waits_of(c, number, world.clock.now)
        if not found or any(wait.kind is WaitKind.ENGINE for wait in found):
            state = entries.state(c, number)
            raise Broken(f"5: nobody can tell why entry {number} waits ({state}): {found}")


def _one_record(c: Connection) -> None:
    """6: a run has one record."""
    twice = select(_history.c.ron).group_by(_history.c.ron).having(func.count() > 1)
    if found := c.scalars(twice.limit(3)).all():
        raise Broken(f"6: runs {found} have more than one record")


_member, _whole = _entry.alias(), _entry.alias()
_MEMBERS_OF_ENDED = (
    select(
        _whole.c.number,
        _whole.c.final_severity,
        _member.c.number.label("member"),
        _member.c.state.label("its"),
        _member.c.stage.label("how"),
    )
    .join(_member, (_member.c.parent == _whole.c.number) & (_member.c.parent_ron == _whole.c.ron))
    .where(_whole.c.state == EntryState.COMPLETE)
)


def _ends_with_members(c: Connection) -> None:
    """7: a setup ends after its members, and as they ended; nothing of it lives after it."""
    bad = {MemberStage.BAD, MemberStage.FAILED, MemberStage.PASSED}
    for row in c.execute(_MEMBERS_OF_ENDED):
        if row.its is not EntryState.COMPLETE:
            raise Broken(f"7: member {row.member} lives ({row.its.value}), and setup {row.number} has ended")
        if row.final_severity is Severity.SUCCESS and row.how in bad:
            raise Broken(f"7: setup {row.number} ended well, and member {row.member} did not")
    known = set(c.scalars(select(tables.container.c.number)))
    executing = select(_entry.c.number).where(
        _entry.c.current_step.is_not(None), _entry.c.state.in_(_RUNNING)
    )
    if lost := set(c.scalars(executing)) - known - set(c.scalars(select(_run.c.number))):
        raise Broken(f"7: setups {sorted(lost)} are under way, and nobody goes on with them")


def _told(c: Connection) -> None:
    """8: each end that somebody wants to hear of lies in the outbox once, and nothing else does."""
    if not (wanted := stored_settings.text(c, "DefaultNotifyEmail")):
        return
    bad = _history.c.counts & (_history.c.final_severity >= Severity.WARNING)
    ends = Counter((row.number, row.ron) for row in c.execute(select(_history).where(bad)))
    lying: Counter[tuple[int, int]] = Counter()
    for row in c.execute(select(tables.outbox)):
        facts = msgspec.json.decode(row.document, type=Letter).facts
        if facts.happened is Happened.ENDED:
            lying[facts.entry, facts.ron] += 1
        told = {*row.recipients.split(","), *row.delivered.split(",")} - {""}
        if told != set(wanted.split(",")):
            raise Broken(f"8: {sorted(told)} were to be told of entry {row.number}, not {wanted}")
    if ends != lying:
        raise Broken(f"8: not told: {list(ends - lying)[:3]}; told too often: {list(lying - ends)[:3]}")


def _statistics(c: Connection) -> None:
    """6: statistics are the sums of the records of good runs."""
    good = _history.c.final_severity.in_([Severity.SUCCESS, Severity.INFO])
    ran = _history.c.start_time.is_not(None) & _history.c.elapsed.is_not(None)
    own = _history.c.final_status.like("Success%") | _history.c.final_status.like("Exit code%")
    sums = select(_history.c.job_id, func.count(), func.sum(_history.c.elapsed)).where(good, ran, own)
    found = {id: (count, total) for id, count, total in c.execute(sums.group_by(_history.c.job_id))}
    for row in c.execute(select(tables.job)):
        count, total = found.get(row.id, (0, 0.0))
        if row.run_count != count or abs((row.sum_elapsed or 0.0) - total) > 0.01:
            shown = f"{row.run_count} runs of {row.sum_elapsed} s; the records: {count}, {total}"
            raise Broken(f"6: the statistics of {row.name} say {shown}")


def _nothing_lost(world: Simulation, c: Connection) -> None:
    """9: what was accepted is in the schedule or in history."""
    there: set[Any] = set(c.scalars(select(_entry.c.number))) | set(c.scalars(select(_history.c.number)))
    if lost := sorted(world.accepted - there):
        raise Broken(f"9: entries {lost} were accepted and are gone")
