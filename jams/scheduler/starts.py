"""Starting an entry: from its row to the claim and to the request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from jams.database import runs
from jams.database.reading import Found, check_whole
from jams.objects.enums import EntryState
from jams.objects.rules import OutcomeRules
from jams.objects.run import LogPatterns, Remote, RunEnded, RunOutcome, RunRequest

from . import transitions


@dataclass(eq=False, slots=True)
class Start:
    """A claimed start of an entry.

    Attributes:
        token: under which it is made.
        row: the entry's.
        failures: how often it was in doubt.
        problem: why it is, when it is not the server's own.
    """

    token: str
    row: Found
    failures: int = 0
    problem: Exception | None = None


def claim(c: Connection, claimed: Sequence[Start], now: datetime) -> None:
    """Claim the starts of entries, each under a token: write that down, and mark the entries as starting."""
    runs.add(
        c,
        [
            runs.Claim(
                token=start.token, number=start.row.number, ron=start.row.ron, agent_id=start.row.agent_id
            )
            for start in claimed
        ],
        now,
    )
    moves = [{"number": start.row.number, "state": start.row.state} for start in claimed]
    transitions.move_all(c, transitions.Event.CLAIM, EntryState.STARTING, moves)


def request_of(start: Start, remote: Remote | None = None) -> RunRequest:
    """What the runner is asked for when a claimed entry is started; ``remote`` is where the work is done.

    Raises Damaged when it cannot be told what the entry is to do.
    """
    row = start.row
    check_whole(row, f"entry {row.number}")
    rest = row.rest
    return RunRequest(
        token=start.token,
        jams_entry=row.number,
        ron=row.ron,
        method=rest.method_name,
        source=row.source,
        job_name=row.job_name,
        folder_name=row.folder_name,
        log_location=rest.log_location,
        home_directory=rest.home_directory,
        parameters={value.param_name: value.value or "" for value in rest.parameters},
        remote=remote,
        patterns=_patterns(rest.rules),
    )


def _patterns(rules: OutcomeRules | None) -> LogPatterns | None:
    if rules is None or (rules.good_pattern is None and rules.bad_pattern is None):
        return None
    return LogPatterns(good=rules.good_pattern, bad=rules.bad_pattern)


def not_started(start: Start, reason: str) -> RunEnded:
    """The end of a claimed entry of which nothing has run."""
    return _ended(start, RunOutcome.NOT_STARTED, reason)


def withdrawn(start: Start) -> RunEnded:
    """The end of a claimed entry that somebody has cancelled before it was started."""
    return _ended(start, RunOutcome.ABORTED, "It was cancelled before it was started.")


def _ended(start: Start, outcome: RunOutcome, reason: str) -> RunEnded:
    return RunEnded(
        token=start.token,
        jams_entry=start.row.number,
        outcome=outcome,
        completion_time_utc=datetime.now(UTC),
        reason=reason,
    )
