"""The history of runs: everybody's for who may see all entries, else the caller's own."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from jams.database import history, jobs
from jams.objects.base import Count, ObjectId, Path, Text, Timestamp
from jams.objects.enums import Severity
from jams.objects.schedule import History, HistoryPage, LogPart
from jams.security.rights import HistoryInquiry

from . import logs, offers
from .catalogue import Binding, Bound, Page
from .context import Context, one_of
from .declaration import operation
from .visibility import sight_of

COLUMNS = ("historyID", "jamsEntry", "jobName", "finalSeverity", "startTimeUTC", "elapsedTime", "finalStatus")
Limit = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=1000)]


@operation(
    right=HistoryInquiry.EXECUTE,
    rest="GET /history?name,jobid,startDate,endDate,severity,limit,beyond",
    soap="History.Find",
    cmdlet="Get-JAMSHistory",
    command="history",
    positional=("name",),
    offers=offers.JOB,
    names={"job_id": "jobid"},
    columns=COLUMNS,
    bound=Bound("limit", cursor="beyond", member="historyID"),
    pipeline={"name": "QualifiedName"},
    binding=Binding(
        set="Find",
        names={"severity": "Status"},
        pattern="name",
        folder="name",
        words={"severity": {"Good": ("Success", "Info", "Warning"), "Bad": ("Error", "Fatal")}},
        limit="limit",
    ),
)
def find_history(
    context: Context,
    name: Text | None = None,
    job_id: ObjectId | None = None,
    start_date: Timestamp | None = None,
    end_date: Timestamp | None = None,
    severity: list[Severity] | None = None,
    limit: Limit = 1000,
    beyond: ObjectId | None = None,
) -> list[History]:
    r"""List runs that have ended, newest first.

    Args:
        name: only jobs whose name matches; with a backslash it is the whole path that must match.
            ``*`` stands for anything, ``?`` for one character.
        job_id: only runs of the job of this number.
        start_date: only runs that ended at or after this time.
        end_date: only runs that ended before this time.
        severity: only runs that ended with one of these severities.
        limit: at most so many, the newest ones.
        beyond: continue behind the record of this number, the last one of the list before.

    Raises:
        HistoryNotFound: there is no record behind which it could go on.
    """
    return context.read(
        lambda c: history.find(
            c,
            pattern=name,
            job_id=job_id,
            since=start_date,
            until=end_date,
            severities=severity,
            limit=limit,
            beyond=beyond,
            sight=sight_of(context),
        )
    )


@operation(
    right=HistoryInquiry.EXECUTE,
    rest="GET /history/odata",
    soap="History.Search",
    cmdlet="Search-JAMSHistory",
    command="search-history",
    positional=("filter",),
    names={"filter": "$filter", "order_by": "$orderby", "top": "$top", "skip": "$skip", "count": "$count"},
    offers={"folder_name": offers.FOLDER_NAMES},
    columns=COLUMNS,
    page=Page(skip="skip", size="top", items="items", total="count", link="nextPageLink"),
    binding=Binding(names={"folder_name": "Folder", "search_recursively": "Recurse", "count": ""}),
)
def search_history(
    context: Context,
    filter: Text | None = None,
    folder_name: Path | None = None,
    job_name: Text | None = None,
    search_recursively: bool = False,
    order_by: Text | None = None,
    top: PageSize = 100,
    skip: Count = 0,
    count: bool = True,
) -> HistoryPage:
    r"""Search the history with an OData filter, a page at a time.

    Fields are ``CompletionTimeUTC``, ``HoldTimeUTC``, ``ScheduledTimeUTC``, ``StartTimeUTC``,
    ``FinalSeverity``, ``JobName``, ``SubmittedBy``, ``RestartCount``, ``JAMSEntry``, ``RON``,
    ``ParentFolderName``, ``Note``, ``JobStatus``, ``FinalStatus`` and ``JobID``; operators are ``eq``,
    ``ne``, ``gt``, ``ge``, ``lt``, ``le``, ``contains``, ``and``, ``or``, ``not`` and parentheses.

    Args:
        filter: OData filter, as ``FinalSeverity eq 'Error' and StartTimeUTC gt 2026-01-01T00:00:00Z``.
        folder_name: only runs of jobs in this folder; ``\`` is the root.
        job_name: only jobs whose name matches; ``*`` stands for anything.
        search_recursively: also the folders below ``folder_name``.
        order_by: a field, and ``desc`` for descending; newest completion first if not given.
        top: at most so many on the page.
        skip: how many to pass over first.
        count: whether to count all that match.

    Raises:
        InvalidArgument: the filter or the order cannot be understood.
        FolderNotFound: there is no such folder.
    """
    return context.read(
        lambda c: history.search(
            c,
            filter=filter,
            folder=folder_name,
            recursive=search_recursively,
            pattern=job_name,
            order_by=order_by,
            top=top,
            skip=skip,
            count=count,
            sight=sight_of(context),
        )
    )


@operation(
    right=HistoryInquiry.EXECUTE,
    rest=("GET /history/job/{id}?startDate,limit,beyond", "GET /history/job?name,startDate,limit,beyond"),
    soap="History.FindByJob",
    cmdlet="Get-JAMSHistory",
    command="job-history",
    key=("name", "id"),
    offers=offers.JOB,
    columns=COLUMNS,
    tolerates={"searchOptions": ("None",)},
    bound=Bound("limit", cursor="beyond", member="historyID"),
    binding=Binding(set="Job", names={"name": "Job", "id": ""}, positional=(), limit="limit"),
)
def find_job_history(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    start_date: Timestamp | None = None,
    limit: Limit = 1000,
    beyond: ObjectId | None = None,
) -> list[History]:
    """List the runs of one job, newest first.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.
        start_date: only runs that ended at or after this time.
        limit: at most so many, the newest ones.
        beyond: continue behind the record of this number, the last one of the list before.

    Raises:
        JobNotFound: there is no such job.
        HistoryNotFound: there is no record behind which it could go on.
    """
    one_of(id=id, name=name)
    return context.read(
        lambda c: history.find(
            c,
            job_id=jobs.find(c, id=id, name=name),
            since=start_date,
            limit=limit,
            beyond=beyond,
            sight=sight_of(context),
        )
    )


@operation(
    right=HistoryInquiry.EXECUTE,
    rest="GET /history/{jobID}/{id}",
    soap="History.Get",
    cmdlet="Get-JAMSHistory",
    command="run",
    positional=("job_id", "id"),
    columns=COLUMNS,
    pipeline={"job_id": "JobID", "id": "HistoryID"},
    binding=Binding(set="Record", names={"id": "HistoryID"}, positional=()),
)
def get_history(context: Context, job_id: ObjectId, id: ObjectId) -> History:
    """Show one run.

    Args:
        job_id: number of the job.
        id: number of the history record.

    Raises:
        HistoryNotFound: the job has no such record, or the caller may not see it.
    """
    return context.read(lambda c: history.get(c, job_id, id, sight_of(context)))


@operation(
    right=HistoryInquiry.EXECUTE,
    rest="GET /history/log/{jobID}/{id}",
    soap="History.GetLog",
    cmdlet="Get-JAMSHistoryLog",
    command="history-log",
    positional=("job_id", "id"),
    text="text",
    pieces=logs.PIECES,
    pipeline={"job_id": "JobID", "id": "HistoryID"},
    binding=Binding(names={"id": "HistoryID"}),
)
def get_history_log(
    context: Context,
    job_id: ObjectId,
    id: ObjectId,
    offset: Count | None = None,
    tail: Count | None = None,
    preview: bool = False,
    exact: bool = False,
) -> LogPart:
    """Read the log of a run in the history.

    Args:
        job_id: number of the job.
        id: number of the history record.
        offset: byte position to begin at.
        tail: only so many lines from the end.
        preview: only the first 512 kB.
        exact: also the bytes of the piece as they are, in base64.

    Raises:
        HistoryNotFound: the job has no such record, or the caller may not see it.
        LogNotFound: the log is gone.
        InvalidArgument: both an offset and a tail are asked for.
    """
    record = context.read(lambda c: history.get(c, job_id, id, sight_of(context)))
    run = logs.Run(record.jams_entry, record.ron, record.log_filename, ended=True)
    return logs.read_piece(context, run, offset=offset, tail=tail, preview=preview, exact=exact)
