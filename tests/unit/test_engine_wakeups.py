"""Nobody waits for what is there: whatever frees something lets go on who waits for it (invariant 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, update

from jams.database import agents, tables
from jams.objects.definitions import Agent
from jams.objects.enums import AgentPlatform, AgentType, EntryState, ReleaseType, Severity
from jams.objects.run import RunEnded, RunOutcome
from jams.objects.schedule import Cancel, Release, Restart
from jams.scheduler import actions, recovery, turn
from tests.support import databases
from tests.support.engine import World, element, values, world
from tests.support.schedule import PuppetRunner


@pytest.fixture(params=databases.KINDS)
def w(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.database(request.param, tmp_path) as where, world(where) as made:
        yield made


def needs(resource: str, quantity: int = 1) -> object:
    return element("ResourceRequirement", Resource=resource, Quantity=quantity)


def limit_agent(w: World, limit: int) -> None:
    w.write(lambda c: c.execute(update(tables.agent).values(job_limit=limit)))


def test_what_is_freed_while_the_agent_is_full_is_given_out_later(w: World) -> None:
    w.resource("R", 1)
    w.job("\\first", elements=[needs("R")])
    w.job("\\other")
    w.lasts["other"] = timedelta(minutes=5)
    w.submit("first"), w.submit("other")
    w.turns()
    waits = w.submit("first")
    w.turns()
    limit_agent(w, 1)
    w.after(minutes=2)
    assert not w.began(waits)
    w.after(minutes=4)
    assert len(w.began(waits)) == 1


def test_what_a_start_had_that_came_to_nothing_is_given_out_again(w: World) -> None:
    w.queue("Q", 1)
    w.job("\\j", properties=values(BatchQueue="Q"))
    first, second = w.submit("j"), w.submit("j")
    limits = turn.Limits(room=lambda agent: 10, confirm=lambda c: None)
    claim = w.write(lambda c: turn.take(c, w.now, turn.Happenings(), limits, lambda: "a"))
    assert [start.row.number for start in claim.starts] == [first]
    told = turn.Happenings(given_back=["a"])
    w.write(lambda c: turn.take(c, w.now, told, turn.Limits(limits.room, limits.confirm, starts=False), str))
    w.after(minutes=5)
    assert len(w.began(first)) == len(w.began(second)) == 1


@pytest.mark.parametrize("became", ["ended", "never"])
def test_what_is_free_after_a_crash_is_given_out(w: World, became: str) -> None:
    w.queue("Q", 1)
    w.job("\\up")
    up = element("JobDependency", DependsOnJob="\\up", CompletionSeverity="Error")
    w.job("\\j", properties=values(BatchQueue="Q"), elements=[up])
    w.job("\\plain", properties=values(BatchQueue="Q"))
    waits = [w.submit("plain"), w.submit("plain"), w.submit("j")]
    w.turns()
    upper = w.submit("up")
    w.turns()
    w.started.clear()
    runner = PuppetRunner()
    if became == "ended":
        for token, (_, run) in w.alive.items():
            runner.known[token] = RunEnded(
                token=token,
                jams_entry=run.number,
                outcome=RunOutcome.EXITED,
                completion_time_utc=w.now,
                exit_code=0,
            )
    w.alive.clear()
    recovery.recover(w.database, runner)
    w.after(minutes=10)
    assert {number: w.told(number) for number in [*waits, upper] if not w.state(number).ended} == {}


def test_an_aged_one_is_not_passed_by_those_that_come_one_by_one(w: World) -> None:
    """S19: also when each small one finds enough for it, and nobody of its kind before it."""
    w.resource("SLOT", 4)
    w.job("\\small", elements=[needs("SLOT")])
    w.job("\\big", elements=[needs("SLOT", 4)])
    w.lasts["small"] = timedelta(minutes=10)
    big = None
    for minute in range(0, 60, 4):
        w.submit("small", priority=1)
        w.turns()
        if minute == 8:
            big, asked = w.submit("big", priority=9), w.now
        w.after(minutes=4)
    assert big is not None
    assert [at - asked <= timedelta(minutes=20) for at in w.began(big)] == [True]
    w.after(hours=2)
    assert w.live() == 0


def test_two_that_must_not_be_beside_each_other_come_at_once(w: World) -> None:
    w.job("\\j", properties=values(SingleInstanceAction="Cancel"))
    first, second = w.submit("j"), w.submit("j")
    w.turns()
    assert len(w.alive) == 1
    assert w.entry(second).final_status == "Another entry of its job is running."
    w.after(minutes=2)
    assert w.state(first) is EntryState.COMPLETE


def test_one_that_waits_for_a_job_is_not_cancelled_before_its_turn(w: World) -> None:
    w.job("\\up")
    up = element("JobDependency", DependsOnJob="\\up")
    w.job("\\j", elements=[up], properties=values(SingleInstanceAction="Cancel"))
    first = w.submit("j")
    w.submit("up")
    w.after(seconds=90)
    second = w.submit("j")
    w.turns()
    assert w.began(first) and w.state(second) is EntryState.DEPENDENCY_WAIT
    w.after(minutes=5)
    w.submit("up")
    w.after(minutes=5)
    assert len(w.began(second)) == 1


def test_any_agent_of_the_queue_will_do(w: World) -> None:
    """The agent that comes to have room need not be the one that the entry stands at."""
    for name in ("a", "b"):
        host = Agent(agent_name=name, agent_type=AgentType.OUTGOING, agent_platform=AgentPlatform.UNIX)
        w.write(lambda c, host=host: agents.create(c, host, user="ada", lenient=True))
    w.queue("Q", 5)

    def set_up(c: Connection) -> None:
        c.execute(insert(tables.queue_agent).values(queue_id=1, agent_id=2))
        c.execute(update(tables.agent).values(job_limit=1, online=tables.agent.c.id == 3))

    w.write(set_up)
    w.job("\\j", properties=values(BatchQueue="Q"))
    number = w.submit("j")
    w.turns()
    assert w.state(number) is EntryState.RESOURCE_WAIT
    w.write(lambda c: c.execute(update(tables.agent).where(tables.agent.c.id == 2).values(online=True)))
    w.turns()
    assert [run.number for run in w.runs] == [number]


def test_a_precheck_that_cannot_be_submitted_ends_its_entry_alone(w: World) -> None:
    check = w.job("\\check")
    w.job("\\j", elements=[element("PrecheckJob", Job="\\check")])
    w.job("\\other")
    number = w.submit("j", hold=True)
    w.write(lambda c: c.execute(tables.job.delete().where(tables.job.c.id == check)))
    w.act(actions.release, number, Release())
    other = w.submit("other")
    w.after(minutes=2)
    assert w.entry(number).final_severity is Severity.FATAL
    assert w.state(other) is EntryState.COMPLETE


def test_an_old_precheck_says_nothing_to_an_entry_that_has_another_one(w: World) -> None:
    w.job("\\check")
    w.job("\\j", elements=[element("PrecheckJob", Job="\\check", Delay="0:05")])
    w.lasts["check"] = timedelta(minutes=10)
    w.exits["check"] = [0, 1, 1, 0]
    number = w.submit("j")
    w.after(minutes=2)
    w.act(actions.cancel, number, Cancel())
    w.after(minutes=2)
    w.act(actions.restart, number, Restart())
    w.after(minutes=8)
    assert not w.began(number)
    w.after(hours=2)
    assert len(w.began(number)) == 1


def test_each_run_is_prechecked(w: World) -> None:
    w.job("\\check")
    w.job("\\j", elements=[element("PrecheckJob", Job="\\check")], properties=values(RetryCount=1))
    w.exits["j"] = [1, 0]
    number = w.submit("j")
    w.after(minutes=10)
    assert len(w.began(number)) == len(w.numbers("check")) == 2


def test_an_interval_keeps_one_run_going_whatever_is_run_again(w: World) -> None:
    """Two entries of it that ended at once wanted the same point, and no turn succeeded any more."""
    w.job("\\often", elements=[element("IntervalTrigger", Interval="0:30")])
    w.plan()
    w.after(minutes=45)
    (first,) = w.numbers("often")
    w.act(actions.cancel, first, Cancel())
    w.turns()
    assert len(w.numbers("often")) == 2
    w.after(minutes=10)
    second = w.numbers("often")[1]
    w.act(actions.release, second, Release(release_types=[ReleaseType.TIMED_WAIT]))
    w.act(actions.restart, first, Restart())
    w.turns()
    assert len(w.alive) == 2
    w.after(hours=4)
    began = [run.began for run in w.runs][-4:]
    assert {later - earlier for earlier, later in pairwise(began)} == {timedelta(minutes=30)}
    assert w.live() == 1


def test_those_who_stand_behind_others_keep_nothing_from_other_lines(w: World) -> None:
    """Two lines whose heads had come later than those behind them kept everything from each other."""
    resource = w.resource("R", 0)
    w.job("\\one", elements=[needs("R")])
    w.job("\\two", elements=[needs("R", 2)])
    numbers = [w.submit("one"), w.submit("two")]
    w.after(minutes=15)
    numbers += [w.submit("one", priority=5), w.submit("two", priority=5)]
    w.turns()
    w.change(tables.resource, resource, quantity=10)
    w.turns()
    assert [len(w.began(number)) for number in numbers] == [1, 1, 1, 1]
