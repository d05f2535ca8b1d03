r"""Jobs. A job is named by its number, its path (``\Sales\Load``), or its bare name if that is unique."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import folders, jobs
from jams.database.definition_parts import touches_dates
from jams.objects.base import ObjectId, Path, Text
from jams.objects.definitions import Job
from jams.objects.patch import Patch, member_of
from jams.scheduler import deletion
from jams.security.rights import JobDefinitions, Monitor

from . import capacity_hints, offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .date_hints import of_dates
from .declaration import operation
from .log_locations import check_log_location
from .making import check_may_make
from .methods import lacks
from .run_accounts import job_checked
from .visibility import sight_of

COLUMNS = ("jobID", "qualifiedName", "methodName", "description", "lastChangeUTC")
ALIASES = {"job_name": ("name",), "parent_folder_name": ("folder",), "method_name": ("method",)}
BINDING = Binding(
    names={"job_id": "", "job_name": "Name", "parent_folder_name": "Folder"},
    shows="get_job",
    path=("parent_folder_name", "job_name"),
)
PIPELINE = {"name": "QualifiedName"}


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /job/{id}", "GET /job?name"),
    soap="Job.Get",
    cmdlet="Get-JAMSJob",
    command="job",
    key=("name", "id"),
    offers=offers.JOB,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_job(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Job:
    """Show one job.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: jobs.get(c, jobs.find(c, id=id, name=name)))


@operation(
    right=JobDefinitions.INQUIRE,
    rest=(
        "GET /job/folder/{id}?recursive,filter",
        "GET /job/folder?name,recursive,filter",
        "GET /job?recursive,filter",
    ),
    soap="Job.Find",
    cmdlet="Get-JAMSJob",
    command="jobs",
    positional=("name",),
    offers=offers.FOLDER,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(
        set="Folder",
        names={"id": "FolderId", "name": "Folder", "recursive": "Recurse", "filter": ""},
        pattern="filter",
    ),
)
def find_jobs(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    recursive: bool | None = None,
    filter: Text | None = None,
) -> list[Job]:
    r"""List the jobs of a folder, by path.

    Args:
        id: number of the folder.
        name: path of the folder; without either, the root folder and everything below it.
        recursive: whether to look into the folders below as well.
        filter: only jobs whose name matches; ``*`` stands for anything, ``?`` for one character.

    Raises:
        FolderNotFound: there is no such folder.
    """
    if id is None and name is None:
        id = folders.ROOT_ID
        recursive = True if recursive is None else recursive
    one_of(id=id, name=name)
    return context.read(
        lambda c: jobs.in_folder(
            c, folders.find(c, id=id, name=name), recursive=bool(recursive), pattern=filter
        )
    )


@operation(
    right=JobDefinitions.ADD,
    rest="POST /job",
    soap="Job.Create",
    cmdlet="New-JAMSJob",
    command="create-job",
    aliases=ALIASES,
    offers={**offers.PARENT, "method_name": offers.METHOD_NAMES},
    created=True,
    binding=BINDING,
)
def create_job(context: Context, job: Job) -> Message:
    """Create a job inside the folder that its document names as parent.

    Args:
        job: the new job.

    Raises:
        FolderNotFound: the folder does not exist.
        MethodNotFound: the execution method does not exist.
        MethodUnavailable: this server cannot run jobs of the method, and nobody asked for leniency.
        AlreadyExists: the folder holds a job of that name.
        InvalidName: the name is not one a job can bear.
        InvalidParameter: two parameters bear one name, one that would change how the job runs, or a default
            its definition does not allow.
        UnknownProperty: there is no such property, or it stands elsewhere.
        UnknownElementType: there is no such type of element, or it stands elsewhere.
        InvalidProperty: a property has a value that it cannot have.
        InvalidTime: a property is no time of day, or no span of time.
        AgentNotFound: it names one that is not there; other references likewise.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    check_log_location(context, job.properties)
    if touches_dates(job):
        context.read(lambda c: jobs.check_dates(c, job, None, None))
    user, lenient, lack = context.caller.account, context.lenient, lacks(context)

    def create(c: Connection) -> Job:
        return jobs.create(c, job, user=user, lenient=lenient, lacks=lack)

    made = context.write(lambda c: job_checked(context, c, create, lambda made: made.job_id))
    hints = of_dates(job) + capacity_hints.of_job(context, job, made)
    told = context.remarks(made.not_obeyed) + hints
    return f"Job {made.qualified_name} was created.{told}"


@operation(
    right=JobDefinitions.CHANGE,
    rest="PUT /job",
    soap="Job.Change",
    cmdlet="Set-JAMSJob",
    command="change-job",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.JOB, **offers.PARENT, "method_name": offers.METHOD_NAMES},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_job(
    context: Context, job: Patch[Job], id: ObjectId | None = None, name: Path | None = None
) -> Message:
    """Change a job, or create it if it does not exist. What is left out stays as it is.

    Number or name say which job; or else the document's number, or its parent folder and name, and then a
    job that does not exist is created. With a number, or a name beside it, the document may rename or move
    the job. Null gives a member its default. Entries in the schedule keep what they were submitted with.

    Args:
        job: what shall be otherwise.
        id: number of the job.
        name: path of the job, or its bare name.

    Raises:
        AccessDenied: the job does not exist, and the caller may not create one.
        JobNotFound: there is no job of that number or name.
        FolderNotFound: the folder does not exist.
        MethodNotFound: the execution method does not exist.
        MethodUnavailable: this server cannot run jobs of the method, and nobody asked for leniency.
        AlreadyExists: the new place holds a job of that name.
        InvalidName: the name is not one a job can bear.
        InvalidParameter: two parameters bear one name, one that would change how the job runs, or a default
            its definition does not allow.
        UnknownProperty: there is no such property, or it stands elsewhere.
        UnknownElementType: there is no such type of element, or it stands elsewhere.
        InvalidProperty: a property has a value that it cannot have.
        InvalidTime: a property is no time of day, or no span of time.
        AgentNotFound: it names one that is not there; other references likewise.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    check_log_location(context, member_of(job, "properties") or ())
    lack = lacks(context)

    def work(c: Connection) -> tuple[Job, bool]:
        changed, made = jobs.change(
            c,
            job,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
            lacks=lack,
        )
        if made:
            check_may_make(context, JobDefinitions.ADD, "job", changed.qualified_name)
        return changed, made

    if touches_dates(job):
        context.read(lambda c: jobs.check_dates(c, job, id, name))

    def find(c: Connection) -> int:
        return jobs.find(c, id=id, name=name)

    named = find if id is not None or name is not None else None
    changed, made = context.write(lambda c: job_checked(context, c, work, lambda done: done[0].job_id, named))
    done = "created" if made else "changed"
    hints = of_dates(job) + capacity_hints.of_job(context, job, changed)
    told = context.remarks(changed.not_obeyed) + hints
    return f"Job {changed.qualified_name} was {done}.{told}"


@operation(
    right=JobDefinitions.DELETE,
    rest=("DELETE /job/{id}?force", "DELETE /job?name,force"),
    soap="Job.Delete",
    cmdlet="Remove-JAMSJob",
    command="delete-job",
    key=("name", "id"),
    offers=offers.JOB,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_job(
    context: Context, id: ObjectId | None = None, name: Path | None = None, force: bool | None = None
) -> Message:
    """Delete a job. Its history stays.

    With force it is deleted although entries of it are there: those that wait are ended, runs go on to their
    end and are not tried again. That takes the right Monitor.Abort as well. So it is although others name it:
    what waits for it goes on waiting, and says that it is not there any more.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.
        force: whether to delete it although entries of it have not ended, or others name it.

    Raises:
        AccessDenied: with force: the caller may not end entries.
        JobNotFound: there is no such job.
        InUse: an entry of it has not ended yet, or another job or a folder names it.
    """
    one_of(id=id, name=name)
    if force:
        context.caller.check(Monitor.ABORT, "to end entries")

    def work(c: Connection) -> str:
        found = jobs.find(c, id=id, name=name)
        if force:
            deletion.end_waiting(c, found, context.caller.account)
        return jobs.delete(c, found, context.condition, sight=sight_of(context), force=bool(force))

    return f"Job {context.write(work)} was deleted."


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /job/source/{id}", "GET /job/source?name"),
    soap="Job.GetSource",
    cmdlet="Get-JAMSJobSource",
    command="source",
    key=("name", "id"),
    offers=offers.JOB,
    pipeline=PIPELINE,
    binding=Binding(content=True),
)
def get_job_source(context: Context, id: ObjectId | None = None, name: Path | None = None) -> str:
    """Show the source that a job runs.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.

    Raises:
        JobNotFound: there is no such job.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: jobs.get(c, jobs.find(c, id=id, name=name))).source or ""
