"""Situations from the field that dependencies, queues, resources and retries have to stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from jams.database import jobs, tables
from jams.objects.definitions import Job
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.parts import ParamDef
from jams.objects.patch import patch_of
from jams.objects.schedule import Cancel, Release, SubmitInfo
from jams.scheduler import actions
from tests.support import databases
from tests.support.engine import World, element, values, world


@pytest.fixture(params=databases.KINDS)
def w(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.database(request.param, tmp_path) as where, world(where) as made:
        yield made


def on(day: int, hour: int, minute: int = 0, second: int = 0, *, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, minute, second, tzinfo=UTC)


def depends(on: str, **more: object) -> object:
    return element("JobDependency", DependsOnJob=on, **more)


def needs(resource: str, quantity: int = 1) -> object:
    return element("ResourceRequirement", Resource=resource, Quantity=quantity)


def test_s15_since_when_a_failure_came_after_the_success(w: World) -> None:
    """The rule: an end counts that came after the last completion of the since job."""
    w.job("\\extract")
    w.job("\\copy", elements=[depends("\\extract", SinceJob="\\copy", SinceSeverity="Success")])
    w.lasts |= {"copy": timedelta(minutes=5), "extract": timedelta(minutes=1)}
    w.exits["extract"] = [0, 1, 0, 1, 0]

    def extract(hour: int, minute: int) -> int:
        w.at(on(1, hour, minute) - timedelta(minutes=1))
        number = w.submit("extract")
        w.turns()
        return number

    before = w.submit("copy", hold=True)
    w.act(actions.release, before, Release(release_types=list(ReleaseType)))
    w.at(on(1, 12))
    a = extract(12, 15)
    extract(12, 30)
    second = w.submit("copy", after=on(1, 12, 45))
    extract(12, 47)
    w.at(on(1, 12, 46))
    assert w.began(second) == [on(1, 12, 45)]
    assert any(f"(entry {a})" in wait.message for wait in w.why(second))
    third = w.submit("copy", after=on(1, 13, 15))
    w.at(on(1, 13, 16))
    assert w.state(third) is EntryState.DEPENDENCY_WAIT and "(2027-03-01 12:50:00 UTC)" in w.told(third)
    extract(13, 20)
    extract(13, 40)
    assert not w.began(third)
    w.at(on(1, 14))
    assert w.began(third) == [on(1, 13, 40)]


def test_s16_an_upstream_that_ends_a_second_too_early_and_a_debug_run(w: World) -> None:
    src_id = w.job("\\src")
    w.job("\\once", elements=[depends("\\src", SinceJob="\\once")])
    w.job("\\plain", elements=[depends("\\src")])
    w.lasts |= {"src": timedelta(seconds=1), "once": timedelta(minutes=10)}

    def src(moment: datetime, *, debug: bool = False) -> None:
        w.at(moment - timedelta(seconds=1))
        if debug:
            w.enter(lambda c: SubmitInfo(submit_id=src_id, debug_mode=True))
        else:
            w.submit("src")
        w.at(moment)

    src(on(2, 1)), src(on(2, 1, 10))
    first = w.submit("once", after=on(2, 1, 15))
    second = w.submit("once", after=on(2, 1, 30))
    w.at(on(2, 1, 31))
    assert w.began(first) == [on(2, 1, 15)] and w.state(second) is EntryState.DEPENDENCY_WAIT
    src(on(2, 1, 35), debug=True)
    assert not w.began(second)
    src(on(2, 1, 40))
    assert w.began(second) == [on(2, 1, 40)]
    plain = w.submit("plain", after=on(2, 7))
    src(on(2, 6, 59, 59))
    w.at(on(2, 7))
    assert w.state(plain) is EntryState.DEPENDENCY_WAIT
    src(on(2, 7, 0, 1))
    assert w.began(plain) == [on(2, 7, 0, 1)]


def test_s16_an_end_and_the_time_in_the_same_turn(w: World) -> None:
    w.job("\\src")
    w.job("\\plain", elements=[depends("\\src")])
    plain = w.submit("plain", after=on(1, 7))
    w.at(on(1, 6, 59))
    w.submit("src")
    w.at(on(1, 8))
    assert w.began(plain) == [on(1, 7)]


def test_s20_a_limit_is_lowered_below_what_runs_and_raised_again(w: World) -> None:
    queue, resource = w.queue("Q", 6), w.resource("R", 6)
    w.job("\\j", elements=[needs("R")], properties=values(BatchQueue="Q"))
    w.lasts["j"] = timedelta(minutes=60)
    w.at(on(1, 10))
    numbers = [w.submit("j") for _ in range(30)]
    w.turns()
    lasting = dict(zip(numbers, [20, 20, 20, 25, 90, 90], strict=False))
    w.alive = {
        t: (on(1, 10) + timedelta(minutes=lasting[run.number]), run) for t, (_, run) in w.alive.items()
    }
    w.at(on(1, 10, 5))
    w.change(tables.queue, queue, job_limit=2)
    w.at(on(1, 10, 10))
    w.change(tables.resource, resource, quantity=0)
    w.turns()
    assert (
        len(w.alive) == 6 and "6 of 2 run" in w.told(numbers[6]) and "6 of 0 are in use" in w.told(numbers[6])
    )
    w.at(on(1, 10, 30))
    w.change(tables.resource, resource, quantity=6)
    w.turns()
    assert len(w.alive) == 2 and len(w.runs) == 6
    w.at(on(1, 10, 35))
    w.change(tables.queue, queue, job_limit=5)
    w.turns()
    assert [run.number for run in w.runs[6:]] == numbers[6:9]
    w.at(on(1, 10, 40))
    w.change(tables.queue, queue, started=False)
    w.at(on(1, 10, 50))
    w.change(tables.queue, queue, started=True)
    w.turns()
    assert len(w.alive) == 5 and len(w.runs) == 9
    w.at(on(2, 10))
    assert [run.number for run in w.runs] == numbers


def test_s23_after_maintenance(w: World) -> None:
    """In the order of priority, then of arrival, however they came to stand in the line."""
    resource = w.resource("DB", 0)
    w.job("\\j", elements=[needs("DB")])
    w.lasts["j"] = timedelta(minutes=2)
    numbers = {priority: [] for priority in range(1, 5)}
    for n in range(40):
        priority = n % 4 + 1
        numbers[priority].append(w.submit("j", priority=priority))
        w.after(seconds=30)
    assert not w.runs
    w.change(tables.resource, resource, quantity=3)
    most = 0
    for _ in range(14):
        w.after(seconds=60)
        most = max(most, len(w.alive))
    w.change(tables.resource, resource, quantity=0)
    w.after(minutes=3)
    begun = len(w.runs)
    w.after(minutes=10)
    assert len(w.runs) == begun and not w.alive
    w.change(tables.resource, resource, quantity=3)
    w.after(hours=1)
    assert most == 3
    assert [run.number for run in w.runs] == [*numbers[4], *numbers[3], *numbers[2], *numbers[1]]


def test_s25_who_releases_a_failed_entry_gives_it_its_attempts_again(w: World) -> None:
    w.job("\\flaky", properties=values(RetryCount=2, RetryInterval="0:10"))
    w.exits["flaky"] = [1] * 10
    number = w.submit("flaky")
    w.after(hours=1)
    assert len(w.began(number)) == 3
    w.act(actions.release, number, Release(release_types=[ReleaseType.RUN_AGAIN]))
    w.after(hours=3)
    assert len(w.began(number)) == 6 and w.state(number) is EntryState.COMPLETE
    rons = w.read(
        lambda c: c.scalars(select(tables.history.c.ron).where(tables.history.c.number == number)).all()
    )
    assert len(set(rons)) == 6


def test_s25_a_cancel_in_the_pause_ends_it(w: World) -> None:
    w.job("\\flaky", properties=values(RetryCount=2, RetryInterval="0:10"))
    w.exits["flaky"] = [1, 1, 1]
    number = w.submit("flaky")
    w.after(minutes=5)
    assert "attempt 2 of 3" in w.told(number)
    w.act(actions.cancel, number, Cancel())
    w.after(hours=2)
    assert len(w.began(number)) == 1 and w.state(number) is EntryState.COMPLETE


def test_s26_the_definition_changes_between_two_attempts(w: World) -> None:
    """The rule: an entry has what its definition said when it was made, the source and the count included."""
    parameter = ParamDef(param_name="FILE", default_value="a.csv")
    w.job("\\imp", "exit 1", parameters=[parameter], properties=values(RetryCount=5, RetryInterval="0:05"))
    w.exits["imp"] = [1] * 10
    number = w.submit("imp", parameters={"FILE": "b.csv"})
    w.after(minutes=2)
    patch = patch_of(Job)(
        source="true",
        parameters=[ParamDef(param_name="MODE", required=True)],
        properties=values(RetryCount=1),
    )
    w.write(lambda c: jobs.change(c, patch, name="\\imp", user="ada"))
    w.after(hours=2)
    assert len(w.began(number)) == 6
    row = w.read(
        lambda c: c.execute(select(tables.entry.c.source).where(tables.entry.c.number == number)).one()
    )
    assert row.source == "exit 1"
    assert [(p.param_name, p.value) for p in w.entry(number).parameters] == [("FILE", "b.csv")]


def test_s27_a_run_between_two_attempts_is_no_end(w: World) -> None:
    w.job("\\feed", properties=values(RetryCount=2, RetryInterval="0:10"))
    w.job("\\dep", elements=[depends("\\feed")])
    w.job("\\alarm", elements=[depends("\\feed", CompletionSeverity="Fatal")])
    w.exits["feed"] = [1, 1, 0]
    dependent, alarm = w.submit("dep"), w.submit("alarm")
    feed = w.submit("feed")
    w.after(hours=1)
    began = w.began(feed)
    assert len(began) == 3
    assert w.began(dependent) == w.began(alarm) == [began[2] + timedelta(minutes=1)]
    assert w.entry(feed).final_severity is Severity.SUCCESS


def test_s45_what_an_average_learns_from(w: World) -> None:
    """Good runs alone: the average is 600 s until one of 890 s makes it 626.4 s; then 946 s is too long."""
    w.job("\\avg", properties=values(RunawayElapsedPercent=150, ShortElapsedPercent=50))
    w.job("\\newj", properties=values(RunawayElapsedPercent=150, ShortElapsedPercent=50))
    new = w.submit("newj")
    w.lasts["newj"] = timedelta(hours=4)

    def run(seconds: float, code: int = 0, *, wait: bool = True) -> int:
        w.lasts["avg"], w.exits["avg"] = timedelta(seconds=seconds), [code]
        number = w.submit("avg")
        w.turns()
        if wait:
            w.after(seconds=seconds + 1)
        return number

    def average() -> float:
        row = w.read(lambda c: c.execute(select(tables.job).where(tables.job.c.name == "avg")).one())
        return round(row.sum_elapsed / row.run_count, 1)

    for _ in range(10):
        run(600)
    run(2, 1)
    cancelled = run(36_000, wait=False)
    w.after(hours=5)
    w.act(actions.cancel, cancelled, Cancel())
    w.after(minutes=1)
    assert average() == 600.0
    thirteenth = run(890)
    assert not w.entry(thirteenth).runaway and average() == 626.4
    last = run(1000, wait=False)
    w.after(seconds=940)
    assert not w.entry(last).runaway
    w.after(seconds=8)
    assert w.entry(last).runaway
    w.write(lambda c: c.execute(update(tables.job).values(run_count=0, sum_elapsed=None)))
    w.after(hours=1)
    assert w.entry(last).runaway and not w.entry(new).runaway
