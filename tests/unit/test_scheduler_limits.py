"""Stalled, runaway and short: limits on how long an entry waits and a run takes (semantics 2.2, 3.6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, update

from jams.database import entries, history, jobs, tables
from jams.objects.enums import EntryState, Icon, RunawayAction, Severity
from jams.objects.parts import PropertyValue
from jams.objects.rules import OutcomeRules
from jams.objects.run import RunEnded, RunOutcome, RunStarted
from jams.objects.schedule import Cancel, Entry, Release, Reschedule, Restart
from jams.scheduler import actions, limits, turn
from tests.support.schedule import Desk
from tests.support.stage import acting

pytestmark = pytest.mark.unit

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("rules", "average", "elapsed", "cpu", "away"),
    [
        ({"runaway_elapsed": 60}, None, 59.9, None, False),
        ({"runaway_elapsed": 60}, None, 60.0, None, True),
        ({"runaway_percent": 150}, 600.0, 890.0, None, False),
        ({"runaway_percent": 150}, 626.4, 940.0, None, False),
        ({"runaway_percent": 150}, 626.4, 946.0, None, True),
        ({"runaway_percent": 150}, None, 1e9, None, False),
        ({"runaway_percent": 150}, 0.0, 1e9, None, False),
        ({"runaway_cpu": 10}, None, 1e9, None, False),
        ({"runaway_cpu": 10}, None, 1.0, 9.9, False),
        ({"runaway_cpu": 10}, None, 1.0, 10.0, True),
        ({}, 1.0, 1e9, 1e9, False),
    ],
)
def test_when_a_run_runs_away(
    rules: dict[str, int], average: float | None, elapsed: float, cpu: float | None, away: bool
) -> None:
    assert (limits.runaway(OutcomeRules(**rules), average, elapsed, cpu) is not None) is away  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "average", "elapsed", "is_short"),
    [
        ({"short_elapsed": 5}, None, 4.999, True),
        ({"short_elapsed": 5}, None, 5.0, False),
        ({"short_percent": 50}, 600.0, 299.9, True),
        ({"short_percent": 50}, 600.0, 300.0, False),
        ({"short_percent": 50}, None, 0.0, False),
        ({"short_percent": 50}, 0.0, 0.0, False),
    ],
)
def test_when_a_run_is_short(
    rules: dict[str, int], average: float | None, elapsed: float, is_short: bool
) -> None:
    assert (limits.short(OutcomeRules(**rules), average, elapsed) is not None) is is_short  # type: ignore[arg-type]


@pytest.mark.parametrize("average", [0.3, 1.0, 7.77, 600.0, 626.4, 86400.123])
@pytest.mark.parametrize("share", [1, 50, 99, 150, 1000])
def test_a_run_is_looked_at_just_when_it_runs_away_by_percent(average: float, share: int) -> None:
    rules = OutcomeRules(runaway_percent=share)
    look = limits.next_look(rules, average, BEGIN)
    assert look is not None
    elapsed = (look - BEGIN).total_seconds()
    assert limits.runaway(rules, average, elapsed)
    assert not limits.runaway(rules, average, elapsed - 0.01)


def test_the_next_look_is_the_earliest_and_never_past() -> None:
    rules = OutcomeRules(runaway_elapsed=60, runaway_percent=150, runaway_cpu=25)
    assert limits.next_look(rules, None, BEGIN) == after(10)
    assert limits.next_look(rules, 2.0, BEGIN) == after(3.021)
    assert limits.next_look(rules, None, BEGIN, after(55)) == after(60)
    assert limits.next_look(rules, 2.0, BEGIN, after(100)) == after(100)
    assert limits.next_look(OutcomeRules(runaway_percent=150), None, BEGIN) is None
    assert limits.next_look(OutcomeRules(runaway_percent=2**31 - 1), 1e9, BEGIN) is None


class Play:
    """Turns at times of the test's choice."""

    def __init__(self, d: Desk) -> None:
        self.desk = d
        self.began: dict[int, str] = {}
        self.last: turn.Decisions

    def at(self, seconds: float, **happened: Any) -> turn.Decisions:
        tokens = iter(f"t{seconds}-{n}" for n in range(99))
        given = turn.Limits(room=lambda _: 99, confirm=lambda _: None)
        self.last = self.desk.write(
            lambda c: turn.take(c, after(seconds), turn.Happenings(**happened), given, lambda: next(tokens))
        )
        for start in self.last.starts:
            self.began[start.row.number] = start.token
        return self.last

    def begin(self, number: int, seconds: float) -> str:
        """Let the entry, whose start is claimed, have begun then; its token."""
        token = self.began[number]
        begun = RunStarted(
            token=token,
            jams_entry=number,
            process_id=1,
            log_filename="/l",
            start_time_utc=after(seconds),
        )
        self.at(seconds, started=[begun])
        return token

    def end(self, number: int, seconds: float, *, took: float, code: int = 0, **members: Any) -> Entry:
        members = {"outcome": RunOutcome.EXITED, "exit_code": code, **members}
        end = RunEnded(
            token=self.began[number],
            jams_entry=number,
            completion_time_utc=after(seconds),
            elapsed_seconds=took,
            **members,
        )
        self.at(seconds, ended=[end])
        return self.desk.entry(number)

    def run(self, name: str, took: float, code: int = 0, **members: Any) -> Entry:
        number = self.submit(name)
        self.at(0)
        self.begin(number, 0)
        return self.end(number, took, took=took, code=code, **members)

    def submit(self, name: str = "j") -> int:
        number = self.desk.submit(name)

        def work(c: Connection) -> None:
            row = entries.locked(c, number)
            values: dict[str, Any] = {"scheduled_time": BEGIN}
            if row.look_at is not None:
                values["look_at"] = BEGIN + (row.look_at - row.scheduled_time)
            c.execute(update(tables.entry).where(tables.entry.c.number == number).values(**values))

        self.desk.write(work)
        return number

    def audit(self, number: int) -> list[str]:
        return [line.message for line in self.desk.read(lambda c: entries.audit_trail(c, number))[1:]]


@pytest.fixture
def play(d: Desk) -> Play:
    return Play(d)


def limited(d: Desk, **properties: Any) -> None:
    d.job("\\j", properties=_properties(properties))


def _properties(given: Mapping[str, Any]) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in given.items()]


def test_a_run_that_takes_too_long_is_marked_once_and_goes_on(play: Play) -> None:
    limited(play.desk, RunawayElapsed="0:01")
    number = play.submit()
    play.at(0)
    assert play.last.look_again_at == after(60)
    play.begin(number, 3)
    play.at(60)
    assert (play.desk.entry(number).runaway, play.last.look_again_at) == (False, after(60)), "it began later"
    assert play.at(61).look_again_at == after(63)
    play.at(63)
    play.at(64)
    play.at(1000)
    entry = play.desk.entry(number)
    assert (entry.runaway, entry.icon, entry.current_state) == (True, Icon.RED, EntryState.EXECUTING)
    assert play.audit(number) == [f"Entry {number} runs away: it takes longer than 00:01."]
    assert play.last.aborts == {}
    assert play.last.look_again_at is None
    over = play.end(number, 1001, took=998)
    assert (over.final_severity, over.final_status, over.runaway, over.icon) == (
        Severity.SUCCESS,
        "Success",
        True,
        Icon.DEFAULT,
    )


@pytest.mark.parametrize("action", [each for each in RunawayAction if each is not RunawayAction.NO_ACTION])
def test_a_run_that_takes_too_long_is_cancelled_with_the_severity_of_the_action(
    play: Play, action: RunawayAction
) -> None:
    limited(play.desk, RunawayElapsed="0:01", RunawayAction=action.value)
    number = play.submit()
    play.at(0)
    token = play.begin(number, 0)
    assert play.at(60).aborts == {token: 1}
    assert play.desk.entry(number).job_status == "Being cancelled"
    over = play.end(number, 61, took=61, outcome=RunOutcome.ABORTED, exit_code=143)
    assert over.final_severity is not None
    assert action.value == f"Cancel{over.final_severity.value}"
    assert over.final_status == "Cancelled by the scheduler, as it ran away."
    assert play.at(10_000).look_again_at is None


def test_who_is_being_cancelled_already_is_left_alone(play: Play) -> None:
    limited(play.desk, RunawayElapsed="0:01", RunawayAction="CancelSuccess")
    number = play.submit()
    play.at(0)
    play.begin(number, 0)
    play.desk.write(lambda c: actions.cancel(c, number, "bob", Cancel()))
    play.at(60)
    assert play.desk.entry(number).runaway is False
    over = play.end(number, 61, took=61, outcome=RunOutcome.ABORTED)
    assert (over.final_severity, over.final_status) == (Severity.ERROR, "Cancelled by bob.")


def test_a_start_that_takes_its_time_is_looked_at_when_it_has_begun(play: Play) -> None:
    limited(play.desk, RunawayElapsed="0:01")
    number = play.submit()
    play.at(0)
    play.at(60)
    assert play.at(60).look_again_at == after(65)
    play.begin(number, 64)
    play.at(65)
    assert play.at(66).look_again_at == after(124)
    assert play.desk.entry(number).runaway is False


def test_a_run_that_ended_before_anybody_looked_is_marked_all_the_same(play: Play) -> None:
    limited(play.desk, RunawayElapsed="0:01")
    assert [play.run("j", took).runaway for took in (59.9, 60.0)] == [False, True]
    assert play.at(10_000).look_again_at is None


def test_cpu_time_is_asked_for_every_ten_seconds_and_only_where_it_is_limited(play: Play) -> None:
    limited(play.desk, RunawayCPU="0:00:30", RunawayAction="CancelWarning")
    play.desk.job("\\plain")
    number, plain = play.submit(), play.submit("plain")
    play.at(0)
    token = play.begin(number, 0)
    play.begin(plain, 0)
    assert play.at(9).unmeasured == ()
    assert list(play.at(10).unmeasured) == [token]
    play.at(10, cpu={token: 12.0})
    assert (list(play.at(11).unmeasured), play.last.look_again_at) == ([], after(20))
    play.at(20, cpu={token: None})
    assert play.at(21).look_again_at == after(30), "nobody could tell"
    assert play.at(30, cpu={token: 30.5}).aborts == {token: 1}
    assert play.audit(number) == [
        f"Entry {number} was cancelled, as it runs away: it takes more CPU time than 00:00:30."
    ]


def test_an_entry_that_does_not_start_is_stalled_once(play: Play) -> None:
    limited(play.desk, StalledTime="0:15", RunawayElapsed="1:00")
    number = play.desk.submit("j", hold=True)
    due = play.desk.entry(number).scheduled_time_utc
    assert due is not None
    early, late = ((due - BEGIN).total_seconds() + shift for shift in (899, 900))
    assert play.at(early).look_again_at == due + timedelta(minutes=15)
    assert play.desk.entry(number).stalled is False
    for seconds in (late, late, late + 5000):
        play.at(seconds)
    entry = play.desk.entry(number)
    assert (entry.stalled, entry.icon, entry.current_state) == (True, Icon.RED, EntryState.HELD)
    assert play.audit(number) == [f"Entry {number} is stalled: it has not started in time."]
    play.desk.write(lambda c: actions.release(c, number, "bob", Release()))
    play.at(late + 5001)
    assert play.last.look_again_at == due + timedelta(seconds=900 + 5001 + 3600)
    entry = play.desk.entry(number)
    assert (entry.stalled, entry.icon) == (True, Icon.DEFAULT), "it was stalled, and waits no more"


def test_an_entry_that_starts_in_time_is_not_stalled(play: Play) -> None:
    limited(play.desk, StalledTime="0:15")
    number = play.submit()
    play.at(0)
    play.begin(number, 1)
    play.at(5000)
    assert (play.desk.entry(number).stalled, play.last.look_again_at) == (False, None)


def test_an_entry_that_is_rescheduled_is_stalled_again_by_its_new_time(play: Play) -> None:
    limited(play.desk, StalledTime="0:15")
    number = play.desk.submit("j", hold=True)
    base = play.desk.entry(number).scheduled_time_utc
    assert base is not None
    first = (base - BEGIN).total_seconds()
    play.at(first + 900)
    later = base + timedelta(hours=2)
    play.desk.write(lambda c: actions.reschedule(c, number, "bob", Reschedule(priority=5)))
    assert play.desk.entry(number).stalled is True, "its time is the same"
    play.desk.write(lambda c: actions.reschedule(c, number, "bob", Reschedule(hold_time=later)))
    assert play.desk.entry(number).stalled is False
    assert play.at(first + 7200 + 899).look_again_at == later + timedelta(minutes=15)
    play.at(first + 7200 + 900)
    assert play.desk.entry(number).stalled is True


def test_a_start_that_comes_to_nothing_leaves_the_entry_to_stall(play: Play) -> None:
    limited(play.desk, StalledTime="0:15")
    number = play.submit()
    play.at(0)
    play.at(1, given_back=[play.began[number]])
    play.desk.write(lambda c: c.execute(update(tables.agent).values(online=False)))
    play.at(2)
    play.at(2, given_back=[play.began[number]])
    assert play.at(3).look_again_at == after(900)
    play.at(900)
    assert play.desk.entry(number).stalled is True


def test_what_ended_or_runs_again_is_not_looked_at(play: Play) -> None:
    limited(play.desk, StalledTime="0:15", RunawayElapsed="0:01")
    cancelled, number = play.desk.submit("j", hold=True), play.submit()
    play.desk.write(lambda c: actions.cancel(c, cancelled, "bob", Cancel()))
    play.at(0)
    play.begin(number, 0)
    play.at(60)
    play.end(number, 61, took=61)
    assert play.at(62).look_again_at is None
    play.desk.write(lambda c: actions.restart(c, number, "bob", Restart(hold=True)))
    entry = play.desk.entry(number)
    assert (entry.runaway, entry.stalled, play.at(5000).look_again_at) == (False, False, None)


def test_a_short_run_is_told_and_fails_where_that_is_wanted(play: Play) -> None:
    limited(play.desk, ShortElapsed="0:00:05")
    play.desk.job("\\f", properties=_properties({"ShortElapsed": "0:00:05", "FailShort": True}))
    play.desk.job(
        "\\w",
        properties=_properties({"ShortElapsed": "0:00:05", "FailShort": True, "ShortSeverity": "Warning"}),
    )
    told = "Success; short: it took less than 00:00:05"
    found = [(e.final_severity, e.final_status) for e in (play.run(name, 2) for name in "jfw")]
    failed = told.replace("Success", "Exit code 0")
    assert found == [(Severity.SUCCESS, told), (Severity.ERROR, failed), (Severity.WARNING, failed)]
    assert play.run("w", 2, code=1).final_severity is Severity.ERROR, "a failure is not made better"
    assert play.run("f", 5).final_status == "Success"
    assert play.run("f", 2, outcome=RunOutcome.ABORTED).final_status == "Cancelled."


def test_what_an_average_may_learn_from(play: Play) -> None:
    """S45: good runs count, in the statistics and in every judgement alike."""
    limited(play.desk, RunawayElapsedPercent=150, ShortElapsedPercent=50)
    for _ in range(10):
        play.run("j", 600)
    assert (
        play.run("j", 2, code=1).final_status
        == "Exit code 1; short: it took less than 50 % of the average, 00:10"
    )
    play.run("j", 18_000, outcome=RunOutcome.ABORTED)
    assert statistics_of(play, "j") == (10, 600.0, 600.0, 600.0)
    assert play.run("j", 890).runaway is False
    assert statistics_of(play, "j") == (11, 600.0, 626.363636, 890.0)
    number = play.submit()
    play.at(0)
    play.begin(number, 0)
    play.at(940)
    assert play.desk.entry(number).runaway is False
    play.at(946)
    assert play.desk.entry(number).runaway is True
    job = play.desk.read(lambda c: jobs.find(c, name="j"))
    forgotten = {"run_count": 0, "sum_elapsed": None, "min_elapsed": None, "max_elapsed": None}
    play.desk.write(lambda c: c.execute(update(tables.job).where(tables.job.c.id == job).values(**forgotten)))
    assert play.at(970).look_again_at is None
    assert play.desk.entry(number).runaway is True
    counted = [r for r in play.desk.read(history.find) if r.final_severity is Severity.SUCCESS]
    assert (len(counted), sum(r.elapsed_time or 0 for r in counted)) == (11, 6890.0)
    assert play.end(number, 14_400, took=14_400).final_status == "Success"
    assert play.run("j", 14_400).runaway is False


def test_without_an_average_nothing_is_judged_by_percent(play: Play) -> None:
    limited(play.desk, RunawayElapsedPercent=150, ShortElapsedPercent=50)
    number = play.submit()
    assert play.at(0).look_again_at is None
    play.begin(number, 0)
    play.at(14_400)
    assert play.desk.entry(number).avg_elapsed_time is None
    over = play.end(number, 14_400, took=14_400)
    assert (over.runaway, over.final_status) == (False, "Success")


def statistics_of(play: Play, name: str) -> tuple[object, ...]:
    job = play.desk.read(lambda c: jobs.get(c, jobs.find(c, name=name)))
    return job.avg_count, job.min_elapsed_time, job.avg_elapsed_time, job.max_elapsed_time


def test_a_scheduler_sees_it_by_itself(d: Desk) -> None:
    limited(d, RunawayCPU="0:00:01", RunawayAction="CancelInfo")
    with acting(d) as stage:
        number = stage.submit()
        token = stage.executing(number)
        stage.runner.cpu[token] = 0.5
        stage.until(
            number, lambda e: bool(stage.runner.aborted) or bool(stage.runner.cpu.update({token: 2.0}))
        )
        assert stage.runner.aborted == [(token, False)]
        assert stage.desk.entry(number).runaway
