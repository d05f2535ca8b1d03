"""Purging: what has outlived its time leaves the history, the logs and the audit trail."""

from __future__ import annotations

from jams.objects.errors import InvalidArgument
from jams.objects.purging import Purge, PurgeOrder, PurgeResult, check
from jams.scheduler import purging
from jams.security.rights import Configuration

from .context import Context
from .declaration import operation
from .delivered_jobs import submitted

JOB = r"\JAMS\JAMSPurge"
"""The job that purges what is asked for; it is delivered with the server."""


@operation(
    right=Configuration.EXECUTE,
    rest="POST /purge",
    soap="Retention.Purge",
    cmdlet="Invoke-JAMSPurge",
    command="purge",
    positional=("days", "what"),
    columns=("resultText", "rows", "jamsEntry"),
)
def purge(context: Context, body: Purge) -> PurgeResult:
    r"""Remove what is older than some days from the history, the logs or the audit trail.

    It is done by an entry of the job ``\JAMS\JAMSPurge``, which can be followed, waited for and cancelled as
    every entry, and tells in its log how far it is. With ``dryRun`` nothing is removed, and the answer says
    how many rows would be; of a long history that takes some seconds.

    What the monitor still shows stays, and so does the last end of each job and what dependencies ask for.

    Raises:
        AccessDenied: the caller may not submit.
        InvalidParameter: ``minimum`` or ``maximum`` is given for what is not counted by job.
        InvalidArgument: ``maximum`` is less than ``minimum``.
        JobNotFound: somebody has deleted or renamed the job that purges.
        WrongState: it is disabled.
    """
    check(body.what, body.minimum is not None, body.maximum is not None)
    minimum = body.minimum or 1
    if body.maximum is not None and body.maximum < minimum:
        raise InvalidArgument(f"maximum {body.maximum} is less than minimum {minimum}.", member="maximum")
    if body.dry_run:
        order = PurgeOrder(what=body.what, days=body.days, minimum=minimum, maximum=body.maximum)
        count = context.read(lambda c: purging.foreseen(c, order, context.now()))
        kind = "logs" if body.what.value == "Logs" else "rows"
        return PurgeResult(result_text=f"{count:,} {kind} would be removed.", rows=count)
    parameters = {
        "What": body.what.value,
        "Days": str(body.days),
        "Minimum": str(minimum),
        "Maximum": str(body.maximum or 0),
    }
    number = submitted(context, JOB, "which purges", "the purge", parameters)
    return PurgeResult(result_text=f"Entry {number} purges {body.what.value}.", jams_entry=number)
