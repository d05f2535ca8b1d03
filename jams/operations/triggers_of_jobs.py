"""The triggers of jobs and folders, which are elements of theirs: how they stand, and waiting anew."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import armed_triggers, folders, jobs, trigger_documents, triggers
from jams.objects.base import ObjectId, Path, Text
from jams.objects.errors import TriggerNotFound
from jams.objects.trigger_parts import NewsKind
from jams.objects.triggers import TriggerState
from jams.scheduler.triggers import resetting
from jams.security.rights import FolderDefinitions, JobDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /job/{id}/triggers", "GET /job/triggers?name"),
    soap="Job.GetTriggers",
    cmdlet="Get-JAMSJobTrigger",
    command="job-triggers",
    key=("name", "id"),
    offers=offers.JOB,
    columns=("name", "status", "lastFiredUTC", "statusMessage"),
    pipeline={"name": "QualifiedName"},
)
def get_job_triggers(
    context: Context, id: ObjectId | None = None, name: Path | None = None
) -> list[TriggerState]:
    """Show how the triggers of a job stand: for each AndGroup, which of its events are there since when.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> list[TriggerState]:
        job_id = jobs.find(c, id=id, name=name)
        rows = armed_triggers.shown(c, armed_triggers.JOB, [job_id])
        events = armed_triggers.events(c, [row.id for row in rows])
        return [
            TriggerState(
                name=row.label,
                job_id=job_id,
                status=trigger_documents.status_of(row),
                status_message=row.stopped or row.problem,
                last_fired_utc=row.last_fired,
                last_reset_utc=row.last_reset,
                events=[
                    trigger_documents.event_shown(event)
                    for event in events
                    if event.armed_id == row.id and event.kind is not NewsKind.OVER
                ],
            )
            for row in rows
        ]

    return context.read(work)


@operation(
    right=JobDefinitions.CHANGE,
    rest=("PUT /job/{id}/triggers/reset?triggerName", "PUT /job/triggers/reset?name,triggerName"),
    soap="Job.ResetTriggers",
    cmdlet="Reset-JAMSTrigger",
    command="reset-job-triggers",
    key=("name", "id"),
    offers=offers.JOB,
    binding=Binding(set="Job", names={"name": "Job", "id": "JobId"}, shows="get_job"),
)
def reset_job_triggers(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    trigger_name: Text | None = None,
) -> Message:
    """Let the triggers of a job wait for their events anew: those that have happened count no more.

    One that has fired may fire again, and one that fired too often, and was disabled for that, is enabled.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.
        trigger_name: only those of that AndGroup.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
        TriggerNotFound: it has no trigger of that AndGroup, or none at all.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> str:
        found = jobs.find(c, id=id, name=name)
        path = jobs.get(c, found).qualified_name
        count = resetting.reset_of_jobs(c, [found], trigger_name, context.now())
        return _told(count, f"job {path}", trigger_name)

    return context.write(work)


@operation(
    right=FolderDefinitions.CHANGE,
    rest=("PUT /folder/{id}/triggers/reset?triggerName", "PUT /folder/triggers/reset?name,triggerName"),
    soap="Folder.ResetTriggers",
    cmdlet="Reset-JAMSTrigger",
    command="reset-folder-triggers",
    key=("name", "id"),
    offers=offers.FOLDER,
    binding=Binding(set="Folder", names={"name": "Folder", "id": "FolderId"}, shows="get_folder"),
)
def reset_folder_triggers(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    trigger_name: Text | None = None,
) -> Message:
    """Let the triggers in a folder, and those of the jobs in it, wait for their events anew.

    It is so for the folders below as well.

    Args:
        id: number of the folder.
        name: path of the folder.
        trigger_name: only triggers of that name, and those of jobs of that AndGroup.

    Raises:
        FolderNotFound: there is no such folder.
        TriggerNotFound: there is no trigger of that name, or none at all.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> str:
        top = folders.locate(c, id=id, name=name)
        of_jobs, own = triggers.below(c, top.path_key)
        count = resetting.reset_of_jobs(c, of_jobs, trigger_name, context.now())
        count += resetting.reset_of_triggers(c, own, trigger_name, context.now())
        return _told(count, f"folder {top.path}", trigger_name)

    return context.write(work)


def _told(count: int, what: str, trigger_name: str | None) -> str:
    if not count:
        called = f" called {trigger_name}" if trigger_name else ""
        raise TriggerNotFound(f"There is no trigger{called} of {what}.", target=trigger_name)
    return f"{count} trigger{'s' if count > 1 else ''} of {what} {'were' if count > 1 else 'was'} reset."
