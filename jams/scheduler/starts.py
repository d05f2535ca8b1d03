"""Starting an entry: from its row to the claim and to the request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from jams.database import runs
from jams.database.reading import Found, check_whole
from jams.objects.enums import EntryState
from jams.objects.run import Remote, RunEnded, RunOutcome, RunRequest

from . import transitions


def claim(c: Connection, claimed: Sequence[tuple[str, Found]], now: datetime) -> None:
    """Claim the starts of entries, each under a token: write that down, and mark the entries as starting."""
    runs.add(
        c,
        [
            runs.Claim(token=token, number=row.number, ron=row.ron, agent_id=row.agent_id)
            for token, row in claimed
        ],
        now,
    )
    moves = [{"number": row.number, "state": row.state} for _, row in claimed]
    transitions.move_all(c, transitions.Event.CLAIM, EntryState.STARTING, moves)


def request_of(token: str, row: Found, remote: Remote | None = None) -> RunRequest:
    """What the runner is asked for when a claimed entry is started; ``remote`` is where the work is done.

    Raises Damaged when it cannot be told what the entry is to do.
    """
    check_whole(row, f"entry {row.number}")
    rest = row.rest
    return RunRequest(
        token=token,
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
    )


def not_started(token: str, row: Found, reason: str) -> RunEnded:
    """The end of a claimed entry for which the runner was not even asked."""
    return RunEnded(
        token=token,
        jams_entry=row.number,
        outcome=RunOutcome.NOT_STARTED,
        completion_time_utc=datetime.now(UTC),
        reason=reason,
    )
