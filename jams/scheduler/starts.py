"""Starting an entry: from its row to the claim and to the request."""

from __future__ import annotations

from datetime import UTC, datetime

from jams.database import entries, runs
from jams.database.columns import AnyRow
from jams.objects.run import Remote, RunEnded, RunOutcome, RunRequest


def claim_of(token: str, row: AnyRow) -> runs.Claim:
    """The claim of an entry's start under a token."""
    return runs.Claim(token=token, number=row.number, ron=row.ron, agent_id=row.agent_id)


def request_of(token: str, row: AnyRow, remote: Remote | None = None) -> RunRequest:
    """What the runner is asked for when a claimed entry is started; ``remote`` is where the work is done."""
    rest = entries.decode_rest(row.document)
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


def not_started(token: str, row: AnyRow, reason: str) -> RunEnded:
    """The end of a claimed entry for which the runner was not even asked."""
    return RunEnded(
        token=token,
        jams_entry=row.number,
        outcome=RunOutcome.NOT_STARTED,
        completion_time_utc=datetime.now(UTC),
        reason=reason,
    )
