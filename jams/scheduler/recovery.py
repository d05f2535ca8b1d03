"""After a restart: what became of the runs that were claimed and are not settled."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from sqlalchemy import Connection

from jams.database import Database, clock, happenings, runs
from jams.database.reading import Found
from jams.objects.errors import ServerUnavailable
from jams.objects.run import RunEnded, RunOutcome, RunStarted

from . import consequences, settlement, transitions, watching
from .runner import Runner
from .transitions import Event

log = logging.getLogger(__name__)

_FOUND = "of %d runs: %d alive, %d ended, %d never began"


def recover(database: Database, runner: Runner) -> None:
    """Adopt what is alive, settle what has ended, and make what never ran wait for another start.

    A run that never ran gets another token.
    """
    with database.read() as c:
        claimed, ending = runs.tokens(c), runs.to_abort(c)
    answers = runner.recover(claimed, ending=list(ending))
    alive = [answer for answer in answers.values() if isinstance(answer, RunStarted)]
    ended = [answer for answer in answers.values() if isinstance(answer, RunEnded) and _has_run(answer)]
    never = sorted({*answers} - {run.token for run in alive} - {run.token for run in ended})
    if answers:
        log.warning(_FOUND, len(answers), len(alive), len(ended), len(never))

    def work(c: Connection) -> None:
        settlement.record_started(c, alive)
        told = settlement.settle(c, ended, {}) | wait_again(c, never)
        happenings.note(c, *sorted(told))

    if answers:
        database.write(work)
    for token in (*(run.token for run in ended), *never):
        runner.forget(token)
    runner.purge([run.token for run in alive])


class RunnerAway(Exception):
    """The runner was gone again before it had answered."""


def ask_anew(
    database: Database,
    runner: Runner,
    under_way: Callable[[], Collection[str]],
    told: Callable[[], Collection[str]],
) -> list[RunEnded]:
    """Have a runner that was restarted find the runs again; what has ended meanwhile.

    What never began waits for another start. For the scheduler's own thread.

    Args:
        database: the database.
        runner: the runner.
        under_way: the tokens of starts that are being made: they are asked for by those who make them.
        told: the tokens of which it is known what became of them, though nothing of it may be written yet.

    Raises:
        RunnerAway: the runner does not answer.
    """
    # Asked where claims are written: each was handed over, or is not made yet.
    claimed, ending, open_starts = database.write(
        lambda c: (runs.tokens(c), runs.to_abort(c), set(under_way()))
    )
    try:
        answers = runner.recover([each for each in claimed if each not in open_starts], ending=list(ending))
        # What has ended is remembered there until it is settled here.
        runner.purge({*claimed, *open_starts})
    except ServerUnavailable as error:
        raise RunnerAway(error.message) from error
    alive = [answer for answer in answers.values() if isinstance(answer, RunStarted)]
    ended = [answer for answer in answers.values() if isinstance(answer, RunEnded) and _has_run(answer)]
    known = {run.token for run in alive} | {run.token for run in ended} | {*told()}
    never = sorted({*answers} - known)
    if answers:
        log.warning(_FOUND, len(answers), len(alive), len(ended), len(never))

    def work(c: Connection) -> None:
        settlement.record_started(c, [run for run in alive if run.token not in told()])
        happenings.note(c, *sorted(wait_again(c, never)))

    if answers:
        database.write(work)
    return ended


def unknown_claims(c: Connection, known: Collection[str]) -> list[str]:
    """Tokens of claims that were made, and of which nobody knows: the transaction seemed to have failed."""
    return [token for token in runs.starting(c) if token not in known]


def _has_run(answer: RunEnded) -> bool:
    return answer.outcome is not RunOutcome.NOT_STARTED


def resolve_claims(c: Connection, known: Collection[str]) -> None:
    """Let entries wait again that were claimed by a transaction that seemed to have failed."""
    happenings.note(c, *sorted(wait_again(c, unknown_claims(c, known))))


def wait_again(c: Connection, tokens: Collection[str]) -> set[str]:
    """Let entries whose start never happened wait for another one, unless somebody has cancelled them.

    One that is known to have begun is lost, whatever is remembered of it elsewhere.

    Returns:
        The topics of what others may get instead.
    """
    found = runs.with_entries(c, list(tokens))
    told = settlement.settle(
        c, [_end_of(token, row) for token, row in found.items() if row.abort or not _starting(row)], {}
    )
    waiting = {token: row for token, row in found.items() if not row.abort and _starting(row)}
    runs.forget(c, waiting)
    for row in waiting.values():
        now = clock.now()
        state = transitions.standing(held=row.held, hold_time=row.hold_time, now=now, demands=row.demands)
        transitions.move(c, row, Event.GIVE_BACK, state, since=now, **watching.given_back(row))
    return told | consequences.given_back(c, waiting.values())


def _starting(row: Found) -> bool:
    return transitions.may(Event.GIVE_BACK, row.state)


def _end_of(token: str, row: Found) -> RunEnded:
    lost = not _starting(row)
    return RunEnded(
        token=token,
        jams_entry=row.number,
        outcome=RunOutcome.LOST if lost else RunOutcome.ABORTED,
        completion_time_utc=clock.now(),
        reason="It had begun, and nothing is known of it any more." if lost else None,
    )
