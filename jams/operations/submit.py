"""Submitting jobs: the whole document, and the short form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from jams.database import history, jobs
from jams.objects.base import ObjectId, Path
from jams.objects.errors import InvalidArgument
from jams.objects.schedule import SubmitInfo, SubmitJob, SubmitResult
from jams.scheduler import submission, submission_documents
from jams.security.rights import HistoryInquiry, JobDefinitions, Monitor

from . import offers
from .catalogue import Binding, Variables
from .context import Context, one_of
from .declaration import operation
from .log_locations import check_location, check_log_location
from .run_accounts import check_named
from .submission_rights import permit_of
from .visibility import sight_of


@operation(
    right=Monitor.EXECUTE,
    rest=("GET /submit/{id}", "GET /submit?name"),
    soap="Submit.GetSubmitInfo",
    cmdlet="Get-JAMSSubmitInfo",
    command="submit-info",
    key=("name", "id"),
    offers=offers.JOB,
    pipeline={"name": "QualifiedName"},
)
def get_submit_info(context: Context, id: ObjectId | None = None, name: Path | None = None) -> SubmitInfo:
    """Get the submission of a job as it would be made now, filled in, to be changed and sent back.

    Who may not look at definitions gets it without the source, the properties and the values of hidden
    parameters; sent back, it stands for the same.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.

    Raises:
        JobNotFound: there is no such job.
    """
    one_of(id=id, name=name)
    info = context.read(lambda c: submission_documents.fill(c, jobs.find(c, id=id, name=name)))
    may_look = context.caller.may(JobDefinitions.INQUIRE)
    return info if may_look else submission_documents.without_definition(info)


@operation(
    right=Monitor.EXECUTE,
    rest="PUT /submit/resubmit/{jobID}/{historyID}",
    soap="Submit.GetResubmitInfo",
    cmdlet="Get-JAMSResubmitInfo",
    command="resubmit-info",
    positional=("job_id", "history_id"),
    changes=False,
    pipeline={"job_id": "JobID", "history_id": "HistoryID"},
    binding=Binding(whole=True),
)
def get_resubmit_info(
    context: Context, job_id: ObjectId, history_id: ObjectId, submit_info: SubmitInfo
) -> SubmitInfo:
    """Get the submission of a job with the values of parameters that a run of it had, to be sent back.

    Nothing is submitted. Parameters that the job has no more are left out, and those that it has got since
    have their defaults. Who may not look at definitions gets it as from ``Submit.GetSubmitInfo``.

    Args:
        job_id: number of the job.
        history_id: number of the run's record in the history.
        submit_info: a submission of the job, which says all else; without ``submitID`` the job says it.

    Raises:
        AccessDenied: the caller may not look into the history.
        JobNotFound: there is no such job.
        HistoryNotFound: the job has no such record, or the caller may not see it.
        InvalidArgument: the submission is one of another job.
    """
    context.caller.check(HistoryInquiry.EXECUTE, "to look into the history")

    def work(c: Connection) -> SubmitInfo:
        record = history.get(c, job_id, history_id, sight_of(context))
        info = submission_documents.fill(c, jobs.find(c, id=job_id))
        if submit_info.submit_id is not None:
            if submit_info.submit_id != job_id:
                raise InvalidArgument(
                    f"The submission is one of job {submit_info.submit_id}, and not of {job_id}.",
                    member="submitID",
                )
            info = submission_documents.told(submit_info, info)
        return submission_documents.repeating(info, record.parameters)

    info = context.read(work)
    return (
        info if context.caller.may(JobDefinitions.INQUIRE) else submission_documents.without_definition(info)
    )


@operation(
    right=Monitor.EXECUTE,
    rest="POST /submit",
    soap="Submit.Submit",
    cmdlet="Submit-JAMSEntry",
    command="submit-document",
    aliases={"after_time_utc": ("after",)},
    starts=offers.SUBMITTED,
    offers=offers.JOB,
    retry_key=True,
    columns=("jamsEntry", "ron", "resultText"),
    binding=Binding(set="Document", whole=True),
)
def submit(context: Context, submit_info: SubmitInfo) -> SubmitResult:
    """Submit a job by its document, as got from the server and changed.

    ``submitID``, or else ``name``, says which job. Parameters that the document leaves out keep their
    defaults. The answer comes once the entry is durable; ``notObeyed`` in it and at the entry names what of
    the job's definition this server does not obey.

    Args:
        submit_info: the submission.

    Raises:
        AccessDenied: it says otherwise than the job, which the caller may not change.
        JobNotFound: there is no such job.
        MissingArgument: neither ``submitID`` nor ``name`` is given, or a required parameter has no value.
        InvalidParameter: a value that the parameter's definition does not allow, or an unknown parameter.
        InvalidArgument: it cannot be taken, or contradicts itself.
        UnknownProperty: there is no such property of a submission.
        UnknownElementType: there is no such type of element.
        NotSupported: it demands what this server does not obey.
        NotFound: it names an agent, queue, credential, job or named time that there is not.
        WrongState: the job is disabled.
        IdempotencyConflict: the idempotency key was used for another submission.
    """
    check_logs(context, submit_info)
    return _enter(context, lambda c: submit_info)


@operation(
    right=Monitor.EXECUTE,
    rest="POST /submit/job",
    soap="Submit.SubmitJob",
    cmdlet="Submit-JAMSEntry",
    command="submit",
    starts=offers.SUBMITTED,
    offers={**offers.JOB, "agent": offers.AGENT_NAMES},
    positional=("name",),
    retry_key=True,
    pipeline={"name": "QualifiedName"},
    aliases={"parameters": ("p",)},
    columns=("jamsEntry", "ron", "resultText"),
    binding=Binding(
        set="Name",
        objects={"name": ("InputJob", "Job")},
        variables=Variables("parameters", "get_submit_info", "parameters", "paramName"),
    ),
)
def submit_job(context: Context, body: SubmitJob) -> SubmitResult:
    """Submit a job by its name, with the parameter values that shall differ from their defaults.

    The answer comes once the entry is durable.

    Raises:
        AccessDenied: it says otherwise than the job, which the caller may not change.
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
        MissingArgument: a required parameter has no value.
        InvalidParameter: a value that the parameter's definition does not allow, or an unknown parameter.
        WrongState: the job is disabled.
        AgentNotFound: there is no such agent.
        IdempotencyConflict: the idempotency key was used for another submission.
    """
    return _enter(context, lambda c: submission_documents.from_short(body))


def check_logs(context: Context, info: SubmitInfo) -> None:
    """See that the logs of a submission may lie where it says. Raises InvalidArgument."""
    if context.caller.may(JobDefinitions.CHANGE):
        # Others can only repeat what the job says, and are refused when the submission is entered.
        check_log_location(context, info.properties)
        check_location(context, info.log_location or "", "logLocation")


def submitter_of(context: Context) -> submission.Submitter:
    """The caller as one who submits."""
    caller = context.caller
    return submission.Submitter(
        caller.account,
        permit_of(context),
        context.lenient,
        sees=caller.may(JobDefinitions.INQUIRE),
        takes=partial(check_named, context),
    )


def _enter(context: Context, document: Callable[[Connection], SubmitInfo]) -> SubmitResult:
    who = submitter_of(context)
    return context.write(lambda c: submission.enter(c, document(c), who))
