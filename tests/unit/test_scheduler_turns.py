from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from jams.database import agents, entries, jobs, runs, tables
from jams.objects.enums import EntryState, RetainOption, Severity
from jams.objects.errors import ServerUnavailable
from jams.objects.run import RunEnded, RunOutcome, RunRequest, RunStarted
from jams.objects.schedule import Cancel, Reschedule, Restart, SubmitInfo
from jams.scheduler import actions, settlement
from jams.scheduler.sweep import Sweeper, sweep
from tests.support.schedule import Desk, PuppetRunner, desk, ended, started
from tests.support.stage import LIMIT, Stage, acting


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.folder("\\f")
        made.job("\\f\\j", source="echo")
        yield made


@pytest.fixture
def stage(d: Desk) -> Iterator[Stage]:
    with acting(d) as made:
        yield made


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jams.scheduler.scheduler.PAUSE_AFTER_FAILURE", 0.01)
    monkeypatch.setattr("jams.scheduler.dispatching.FIRST_PAUSE", 0.01)


def test_from_submission_to_history(stage: Stage) -> None:
    number = stage.submit(note="n")
    token = stage.executing(number)
    request = stage.runner.requests[0]
    assert (request.jams_entry, request.ron, request.method, request.source) == (number, 1, "Command", "echo")
    assert (request.job_name, request.folder_name, len(token)) == ("j", "\\f", 32)
    running = stage.desk.entry(number)
    assert (running.process_id, running.log_filename) == (4711, "/logs/run.log")
    assert stage.scheduler.counts() == (0, 1)

    stage.scheduler.run_ended(ended(token, elapsed_seconds=2.0, cpu_seconds=0.5))
    entry = stage.over(number)
    assert (entry.final_severity, entry.final_status, entry.final_status_code) == (
        Severity.SUCCESS,
        "Success",
        0,
    )
    (record,) = stage.records()
    assert (record.jams_entry, record.ron, record.note, record.process_id) == (number, 1, "n", 4711)
    assert (record.elapsed_time, record.cpu_time, record.log_filename) == (2.0, 0.5, "/logs/run.log")
    job = stage.desk.read(lambda c: jobs.get(c, jobs.find(c, name="j")))
    assert (job.min_elapsed_time, job.avg_elapsed_time, job.max_elapsed_time, job.avg_count) == (
        2.0,
        2.0,
        2.0,
        1,
    )
    assert job.last_success_utc == entry.completion_time_utc
    assert stage.scheduler.counts() == (0, 0)
    stage.scheduler.stop()
    assert stage.runner.forgotten == [token]


@pytest.mark.parametrize(
    ("outcome", "members", "severity", "status"),
    [
        (RunOutcome.EXITED, {"exit_code": 3}, Severity.ERROR, "Exit code 3"),
        (RunOutcome.EXITED, {"exit_code": 137}, Severity.ERROR, "Exit code 137"),
        (RunOutcome.LOST, {"reason": "Power failed."}, Severity.ERROR, "Lost: Power failed."),
    ],
)
def test_bad_ends(
    stage: Stage, outcome: RunOutcome, members: dict[str, object], severity: Severity, status: str
) -> None:
    number = stage.submit()
    stage.scheduler.run_ended(ended(stage.executing(number), outcome, **members))
    entry = stage.over(number)
    assert (entry.final_severity, entry.final_status) == (severity, status)


def test_what_cannot_be_started_is_fatal(d: Desk) -> None:
    runner = PuppetRunner()
    runner.answer = lambda request: ended(request.token, RunOutcome.NOT_STARTED, reason="No such program.")
    with acting(d, runner) as stage:
        entry = stage.over(stage.submit())
        assert (entry.final_severity, entry.final_status) == (Severity.FATAL, "No such program.")
        assert (entry.start_time_utc, stage.records()[0].elapsed_time) == (None, None)


def test_an_end_that_is_told_before_the_start_has_returned(d: Desk) -> None:
    runner = PuppetRunner()
    with acting(d, runner) as stage:

        def answer(request: RunRequest) -> RunStarted:
            stage.scheduler.run_ended(ended(request.token))
            return started(request)

        runner.answer = answer
        entry = stage.over(stage.submit())
        assert (entry.final_severity, entry.process_id) == (Severity.SUCCESS, 4711)


def test_held_and_timed_entries_wait(stage: Stage) -> None:
    held = stage.submit(hold=True)
    timed = stage.submit(after=datetime.now(UTC) + timedelta(hours=1))
    soon = stage.submit(after=datetime.now(UTC) + timedelta(seconds=0.3))
    stage.executing(soon)
    assert [r.jams_entry for r in stage.runner.requests] == [soon]
    assert stage.scheduler.counts() == (2, 1)
    stage.act(actions.reschedule, timed, Reschedule(hold_time=datetime.now(UTC)))
    stage.executing(timed)
    assert stage.desk.entry(held).current_state is EntryState.HELD


def test_order_and_job_limit(d: Desk) -> None:
    """With one slot, the most urgent goes first, and among equals the oldest."""
    d.write(lambda c: c.execute(update(tables.agent).values(job_limit=1)))
    order = [d.submit("j", priority=p) for p in (0, 5, 0, 9)]
    with acting(d) as stage:
        for number in (order[3], order[1], order[0], order[2]):
            token = stage.executing(number)
            assert len(stage.desk.read(runs.tokens)) == 1
            assert stage.desk.read(lambda c: agents.get(c, id=1)).job_count == 1
            stage.scheduler.run_ended(ended(token))
            stage.over(number)


def test_many_at_once(stage: Stage) -> None:
    stage.runner.answer = lambda r: ended(r.token, RunOutcome.NOT_STARTED, reason="no")
    numbers = [stage.submit() for _ in range(100)]
    for number in numbers:
        stage.over(number)
    tokens = [r.token for r in stage.runner.requests]
    assert len(set(tokens)) == len(tokens) == 100
    assert sorted(r.jams_entry for r in stage.records()) == numbers


def test_cancelling_a_run(stage: Stage) -> None:
    number = stage.submit()
    token = stage.executing(number)
    stage.act(actions.cancel, number, Cancel(severity=Severity.WARNING))
    deadline = time.monotonic() + LIMIT
    while not stage.runner.aborted and time.monotonic() < deadline:
        stage.scheduler.wait_for_change(number, 0.05)
    stage.act(actions.cancel, number, Cancel(force=True, severity=Severity.WARNING))
    while len(stage.runner.aborted) < 2 and time.monotonic() < deadline:
        stage.scheduler.wait_for_change(number, 0.05)
    assert stage.runner.aborted == [(token, False), (token, True)]
    stage.scheduler.run_ended(ended(token, RunOutcome.ABORTED, reason="asked"))
    entry = stage.over(number)
    assert (entry.final_severity, entry.final_status) == (Severity.WARNING, "Cancelled by bob.")
    assert entry.job_status is None


def test_restarting_a_run(stage: Stage) -> None:
    number = stage.submit()
    token = stage.executing(number)
    stage.act(actions.restart, number, Restart(severity=Severity.INFO))
    stage.scheduler.run_ended(ended(token, RunOutcome.ABORTED, reason="asked"))
    stage.until(number, lambda e: e.restart_count == 1 and e.current_state is EntryState.EXECUTING)
    first, second = stage.runner.requests
    assert (first.ron, second.ron, first.token == second.token) == (1, 2, False)
    assert second.jams_entry == number
    (record,) = stage.records()
    assert (record.ron, record.final_severity, record.final_status) == (
        1,
        Severity.INFO,
        "Ended to be restarted by bob.",
    )
    stage.scheduler.run_ended(ended(second.token))
    stage.over(number)
    assert [(r.ron, r.restart_count) for r in stage.records()] == [(2, 1), (1, 0)]


def test_an_end_is_settled_once(stage: Stage) -> None:
    number = stage.submit()
    token = stage.executing(number)
    for _ in range(3):
        stage.scheduler.run_ended(ended(token))
    stage.scheduler.run_ended(ended("0" * 32))
    stage.over(number)
    stage.scheduler.stop()
    assert len(stage.records()) == 1


def test_stopping_starts_nothing_more_and_settles_what_has_ended(d: Desk) -> None:
    with acting(d) as stage:
        number = stage.submit()
        token = stage.executing(number)
        stage.scheduler.run_ended(ended(token))
        stage.scheduler.stop()
        assert not stage.scheduler.active
        assert stage.desk.entry(number).current_state is EntryState.COMPLETE
        later = stage.submit()
        assert stage.desk.entry(later).current_state is EntryState.PENDING


def claimed(d: Desk, count: int) -> dict[str, int]:
    """Entries whose starts were claimed by a server that is no more; by token."""
    tokens = {f"{index:032x}": d.submit() for index in range(count)}
    for token, number in tokens.items():
        d.claim(number, token)
    return tokens


def test_recovery(d: Desk) -> None:
    """Alive: adopted. Ended: settled. Never begun: started under another token."""
    tokens = claimed(d, 4)
    alive, over, lost, never = tokens
    runner = PuppetRunner()
    request = RunRequest(
        token=alive,
        jams_entry=tokens[alive],
        ron=1,
        method="Command",
        source="",
        job_name="j",
        folder_name="\\",
    )
    runner.known = {
        alive: started(request),
        over: ended(over, exit_code=2),
        lost: ended(lost, RunOutcome.LOST, reason="gone"),
        never: None,
    }
    with acting(d, runner) as stage:
        assert d.entry(tokens[alive]).current_state is EntryState.EXECUTING
        assert d.entry(tokens[over]).final_status_code == 2
        assert d.entry(tokens[lost]).final_status == "Lost: gone"
        stage.until(tokens[never], lambda e: e.current_state is EntryState.EXECUTING)
        (again,) = runner.requests
        assert (again.jams_entry, again.token in tokens, again.ron) == (
            tokens[never],
            False,
            d.entry(tokens[never]).ron,
        )
        assert runner.purged == [[alive]]
        assert set(runner.forgotten) == {over, lost, never}
        stage.scheduler.run_ended(ended(alive))
        stage.over(tokens[alive])


def test_a_cancelled_start_that_never_began_does_not_begin(d: Desk) -> None:
    ((_, number),) = claimed(d, 1).items()
    d.write(lambda c: actions.cancel(c, number, "bob", Cancel()))
    with acting(d) as stage:
        assert stage.over(number).final_status == "Cancelled by bob."
        assert stage.runner.requests == []


def test_a_run_that_had_begun_and_is_not_known_any_more_is_lost_and_not_started_again(d: Desk) -> None:
    ((token, number),) = claimed(d, 1).items()
    request = RunRequest(
        token=token, jams_entry=number, ron=1, method="Command", source="", job_name="j", folder_name="\\"
    )
    d.write(lambda c: settlement.record_started(c, [started(request)]))
    with acting(d) as stage:
        assert (stage.over(number).final_status or "").startswith("Lost: ")
        assert stage.runner.requests == []


def test_a_start_in_doubt_is_asked_about(
    d: Desk, caplog: pytest.LogCaptureFixture, quick_retries: None
) -> None:
    """The runner fails in a start: it is asked what became of it, and nothing is started twice."""
    runner = PuppetRunner()
    with acting(d, runner) as stage:

        def fail(request: RunRequest) -> RunStarted:
            runner.known[request.token] = started(request)
            runner.answer = started
            raise RuntimeError("after the process was made")

        runner.answer = fail
        with caplog.at_level(logging.CRITICAL):
            number = stage.submit()
            token = stage.executing(number)
        assert len(runner.requests) == 1
        stage.scheduler.run_ended(ended(token))
        stage.over(number)


def test_a_runner_that_is_closing_leaves_the_entry_to_the_next(d: Desk, quick_retries: None) -> None:
    runner = PuppetRunner()

    def closing(request: RunRequest) -> RunStarted:
        raise ServerUnavailable("closing")

    runner.answer = closing
    with acting(d, runner) as stage:
        number = stage.submit()
        stage.until(number, lambda e: e.current_state is not EntryState.PENDING)
        runner.answer = started
        stage.executing(number)
    assert len({r.token for r in runner.requests}) == 1, "the same token never starts twice"


def test_a_database_that_fails_for_a_while(
    d: Desk, monkeypatch: pytest.MonkeyPatch, quick_retries: None
) -> None:
    with acting(d) as stage:
        number = stage.submit()
        token = stage.executing(number)
        good, failures = d.database.write, iter(range(3))

        def write(work: Callable[..., object]) -> object:
            if next(failures, None) is not None:
                raise ServerUnavailable("The disk is full.")
            return good(work)

        monkeypatch.setattr(d.database, "write", write)
        stage.scheduler.run_ended(ended(token))
        assert stage.over(number).final_severity is Severity.SUCCESS
        assert next(failures, None) is None
    assert len(stage.records()) == 1


def test_waiting_for_what_ended_already_or_is_not_there(stage: Stage) -> None:
    number = stage.submit(hold=True)
    assert not stage.scheduler.wait_until_ended(number, 0)
    stage.act(actions.cancel, number, Cancel())
    assert stage.scheduler.wait_until_ended(number, 0)
    assert stage.scheduler.wait_until_ended(99, LIMIT)


@pytest.mark.parametrize(
    ("option", "exit_code", "kept"),
    [
        (RetainOption.DEFAULT, 0, timedelta(days=1)),
        (RetainOption.ALWAYS, 0, None),
        (RetainOption.NEVER, 1, timedelta()),
        (RetainOption.ERROR, 0, timedelta()),
        (RetainOption.ERROR, 1, None),
        (RetainOption.TIMED, 0, timedelta(seconds=90)),
    ],
)
def test_how_long_ended_entries_are_kept(
    stage: Stage, option: RetainOption, exit_code: int, kept: timedelta | None
) -> None:
    time = 90 if option is RetainOption.TIMED else None
    document = SubmitInfo(name="j", retain_option=option, retain_time=time)
    number = stage.desk.enter(lambda c: document)
    end = ended(stage.executing(number), exit_code=exit_code)
    stage.scheduler.run_ended(end)
    stage.over(number)
    until = stage.desk.write(lambda c: entries.locked(c, number)).retain_until
    assert until == (None if kept is None else end.completion_time_utc + kept)
    gone = sweep(stage.desk.database, end.completion_time_utc + timedelta(days=2))
    assert gone == (0 if kept is None else 1)
    assert len(stage.records()) == 1


def test_many_expired_entries_go_piece_by_piece(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn may come between two pieces."""
    monkeypatch.setattr(entries, "_CHUNK", 2)
    past = datetime.now(UTC) - timedelta(seconds=1)
    for _ in range(5):
        d.finish(d.submit(), retain_until=past)
    sweeper = Sweeper(d.database)
    sweeper._next = 0.0
    assert [sweeper.run_when_due() for _ in range(5)] == [True, True, True, False, False]
    assert d.read(entries.find) == []


def test_statistics_are_those_of_the_good_runs(stage: Stage) -> None:
    for elapsed, cpu, code in ((1.0, 0.5, 0), (9.0, 7.0, 1), (3.0, None, 0), (2.0, 1.5, 0)):
        number = stage.submit()
        end: RunEnded = ended(
            stage.executing(number), exit_code=code, elapsed_seconds=elapsed, cpu_seconds=cpu
        )
        stage.scheduler.run_ended(end)
        stage.over(number)
    job = stage.desk.read(lambda c: jobs.get(c, jobs.find(c, name="j")))
    assert (job.min_elapsed_time, job.avg_elapsed_time, job.max_elapsed_time, job.avg_count) == (
        1.0,
        2.0,
        3.0,
        3,
    )
    assert (job.min_cpu_time, job.avg_cpu_time, job.max_cpu_time) == (0.5, 1.0, 1.5)
    assert job.last_error_utc is not None
    assert job.last_success_utc is not None
    assert job.last_success_utc > job.last_error_utc
