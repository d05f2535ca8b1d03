"""Purging: what has outlived its time leaves the history, the logs and the audit trail."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import jobs
from jams.objects.errors import InvalidArgument, JobNotFound
from jams.objects.purging import Purge, PurgeOrder, PurgeResult, check
from jams.objects.schedule import SubmitJob
from jams.scheduler import purging, submission, submission_documents
from jams.security.rights import Configuration, Monitor

from .context import Context
from .declaration import operation
from .submit import submitter_of

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
    context.caller.check(Monitor.EXECUTE, "to submit the purge")
    who = submitter_of(context)

    def work(c: Connection) -> PurgeResult:
        try:
            jobs.find(c, name=JOB)
        except JobNotFound:
            raise JobNotFound(
                f"The job {JOB}, which purges, is not there: make one of the method JAMSPurge.", target=JOB
            ) from None
        parameters: dict[str, str | int | float | bool | None] = {
            "What": body.what.value,
            "Days": str(body.days),
            "Minimum": str(minimum),
            "Maximum": str(body.maximum or 0),
        }
        made = submission.enter(
            c, submission_documents.from_short(SubmitJob(name=JOB, parameters=parameters)), who
        )
        return PurgeResult(
            result_text=f"Entry {made.jams_entry} purges {body.what.value}.", jams_entry=made.jams_entry
        )

    return context.write(work)
