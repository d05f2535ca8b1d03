"""Work that is asked for by an operation and done by an entry of a delivered job. Declares no operation."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from jams.database import jobs
from jams.objects.errors import JobNotFound
from jams.objects.schedule import SubmitJob
from jams.scheduler import submission, submission_documents
from jams.security.rights import Monitor

from .context import Context
from .submit import submitter_of


def submitted(
    context: Context,
    job: str,
    does: str,
    what: str,
    parameters: Mapping[str, str | int | float | bool | None],
) -> int:
    """Submit a delivered job; the number of the entry.

    Args:
        context: the call.
        job: path of the job, which bears the name of its method.
        does: what it does, for what is said when it is not there: "which purges".
        what: what is submitted, for what is said to who may not: "the purge".
        parameters: their values.

    Raises:
        AccessDenied: the caller may not submit.
        JobNotFound: somebody has deleted or renamed the job.
        WrongState: it is disabled.
    """
    context.caller.check(Monitor.EXECUTE, f"to submit {what}")
    who = submitter_of(context)
    info = submission_documents.from_short(SubmitJob(name=job, parameters=dict(parameters)))

    def work(c: Connection) -> int:
        try:
            jobs.find(c, name=job)
        except JobNotFound:
            method = job.rpartition("\\")[2]
            raise JobNotFound(
                f"The job {job}, {does}, is not there: make one of the method {method}.", target=job
            ) from None
        return submission.enter(c, info, who).jams_entry

    return context.write(work)
