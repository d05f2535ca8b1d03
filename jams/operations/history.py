"""The history of runs: everybody's for who may see all entries, else the caller's own."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from sqlalchemy import Connection

from jams.database import history, jobs, names
from jams.objects.base import Count, ObjectId, Path, Text, Timestamp
from jams.objects.enums import Severity
from jams.objects.listing import Listing
from jams.objects.log_parts import LogPart
from jams.objects.schedule import History, HistoryPage
from jams.security.rights import HistoryInquiry

from . import logs, offers
from .catalogue import Binding, Bound, Page
from .context import Context, one_of
from .declaration import operation
from .history_limits import Limits, queried
from .visibility import sight_of

COLUMNS = ("historyID", "jamsEntry", "jobName", "finalSeverity", "startTimeUTC", "elapsedTime", "finalStatus")
Limit = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=1000)]


@operation(
    right=HistoryInquiry.EXECUTE,
    rest="GET /history?name,jobid,startDate,endDate,severity,limit,beyond,setupName,setupFolderName",
    soap="History.Find",
    cmdlet="Get-JAMSHistory",
    command="history",
    positional=("name",),
    offers={**offers.JOB, "setup_name": offers.SETUP_NAMES, "setup_folder_name": offers.FOLDER_NAMES},
    names={"job_id": "jobid"},
    aliases={"name": ("jobName",), "start_date": ("start", "after"), "end_date": ("end", "before")},
    columns=COLUMNS,
    bound=Bound("limit", cursor="beyond", member="historyID"),
    pipeline={"name": "QualifiedName"},
    binding=Binding(
        set="Find",
        names={"severity": "Status"},
        pattern="name",
        folder="name",
        words={"severity": {"Good": ("Success", "Info", "Warning"), "Bad": ("Error", "Fatal")}},
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
    setup_name: Text | None = None,
    setup_folder_name: Path | None = None,
) -> list[History]:
    r"""List runs that have ended, newest first.

    Args:
        name: only jobs whose name matches; with a backslash it is the whole path that must match.
            ``*`` stands for anything, ``?`` for one character.
        job_id: only runs of the job of this number.
        start_date: only runs that ended at or after this time. If not given, the days of
            HistoryLookbackPeriod before ``end_date``, or before now.
        end_date: only runs that ended before this time.
        severity: only runs that ended with one of these severities.
        limit: at most so many, the newest ones, and not more than HistoryQueryLimit.
        beyond: continue behind the record of this number, the last one of the list before.
        setup_name: only runs of members of a setup or sequence whose name matches, likewise.
        setup_folder_name: only runs of members of a setup or sequence in this folder.

    Raises:
        HistoryNotFound: there is no record behind which it could go on.
        TimedOut: the database took longer than HistoryQueryTimeLimit.
    """
    setup = setup_name
    if setup_folder_name is not None and not names.is_path(setup or ""):
        setup = names.join(names.normalize(setup_folder_name), setup or "*")
    which = history.Wanted(name, job_id, start_date, end_date, severity, setup)
    return queried(context, lambda c, limits: _listed(context, c, limits, which, limit, beyond))


def _listed(
    context: Context, c: Connection, limits: Limits, which: history.Wanted, limit: int, beyond: int | None
) -> list[History]:
    sight, most = sight_of(context), limits.of(limit)
    if which.since is None:
        which = which._replace(since=limits.since(context.now(), which.until))
    found = history.find(c, which, limit=most, beyond=beyond, sight=sight)
    listed = context.counted(found, lambda: history.count(c, which, sight=sight))
    return listed if most == limit else Listing(found, getattr(listed, "total", None), most)


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

    Where the filter names no time, no ``JAMSEntry`` and no ``RON``, the days of HistoryLookbackPeriod are
    searched.

    Args:
        filter: OData filter, as ``FinalSeverity eq 'Error' and StartTimeUTC gt 2026-01-01T00:00:00Z``.
        folder_name: only runs of jobs in this folder; ``\`` is the root.
        job_name: only jobs whose name matches; ``*`` stands for anything.
        search_recursively: also the folders below ``folder_name``.
        order_by: a field, and ``desc`` for descending; newest completion first if not given.
        top: at most so many on the page, and not more than HistoryQueryLimit.
        skip: how many to pass over first.
        count: whether to count all that match; a page that HistoryQueryLimit cuts is counted always.

    Raises:
        InvalidArgument: the filter or the order cannot be understood.
        FolderNotFound: there is no such folder.
        TimedOut: the database took longer than HistoryQueryTimeLimit.
    """

    def work(c: Connection, limits: Limits) -> HistoryPage:
        most = limits.of(top)
        return history.search(
            c,
            filter=filter,
            folder=folder_name,
            recursive=search_recursively,
            pattern=job_name,
            since=limits.since(context.now()),
            order_by=order_by,
            top=most,
            skip=skip,
            # Nobody shall take a page for the last one since it is shorter than what he asked for.
            count=count or most < top,
            sight=sight_of(context),
        )

    return queried(context, work)


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
    binding=Binding(set="Job", names={"name": "Job", "id": ""}, positional=()),
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
        start_date: only runs that ended at or after this time. If not given, the days of
            HistoryLookbackPeriod before now.
        limit: at most so many, the newest ones, and not more than HistoryQueryLimit.
        beyond: continue behind the record of this number, the last one of the list before.

    Raises:
        JobNotFound: there is no such job.
        HistoryNotFound: there is no record behind which it could go on.
        TimedOut: the database took longer than HistoryQueryTimeLimit.
    """
    one_of(id=id, name=name)

    def work(c: Connection, limits: Limits) -> list[History]:
        which = history.Wanted(job_id=jobs.find(c, id=id, name=name), since=start_date)
        return _listed(context, c, limits, which, limit, beyond)

    return queried(context, work)


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
