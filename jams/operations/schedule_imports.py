"""Jobs from the schedules of other programs: cron, the Task Scheduler of Windows, iCalendar."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from jams.objects.base import Arguments, Path, Source
from jams.objects.errors import UnreadableDefinitions
from jams.objects.exchange import DefinitionImport
from jams.security.rights import JobDefinitions

from . import offers
from .catalogue import Binding
from .context import Context
from .crontab_reading import crontab_jobs
from .declaration import operation
from .definition_imports import import_definitions
from .event_reading import event_jobs
from .exchange import COLUMNS
from .schedule_texts import MOST_JOBS
from .task_reading import task_jobs
from .xml_reading import Exported


class ScheduleFormat(Enum):
    """From which program a schedule comes."""

    CRONTAB = "Crontab"
    SYSTEM_CRONTAB = "SystemCrontab"
    """With a column that names the user, as ``/etc/crontab``."""
    WINDOWS_TASKS = "WindowsTasks"
    """The XML of one task or several."""
    ICALENDAR = "ICalendar"
    """Each event is a job: its summary the name, its description the source."""


class ScheduleImport(Arguments, frozen=True, kw_only=True):
    """A schedule of another program, and the folder in which its jobs are made."""

    text: Annotated[Source, Meta(description="The crontab, the XML of tasks, or the iCalendar text.")]
    format: Annotated[ScheduleFormat, Meta(description="What it is.")]
    target_folder: Annotated[
        Path | None, Meta(description="The folder in which the jobs are made; else the root.")
    ] = None
    dry_run: Annotated[bool, Meta(description="Only say what would be done.")] = False


@operation(
    right=JobDefinitions.INQUIRE,
    rest="POST /job/import",
    soap="Definitions.ImportSchedule",
    cmdlet="Import-JAMSSchedule",
    command="import-schedule",
    positional=("format",),
    offers={"target_folder": offers.FOLDER_NAMES},
    columns=COLUMNS,
    binding=Binding(samples={"text": "'0 6 * * 1-5 root /usr/bin/load'"}),
)
def import_schedule(context: Context, body: ScheduleImport) -> DefinitionImport:
    """Make jobs of the schedule of another program, or change those made of it before; all or none.

    The answer tells of each job what is done, and in what it differs from what is there; with ``dryRun`` that
    is all. What cannot be said here is left out, and told in ``remarks`` with its line or name.

    Raises:
        UnreadableDefinitions: the text is no such schedule, or has too many jobs.
        FolderNotFound: there is no such target folder.
        AccessDenied: the caller may not make or change jobs.
        UnknownTimeZone: it names a time zone that nobody knows.
    """
    if body.format is ScheduleFormat.WINDOWS_TASKS:
        found, remarks = task_jobs(body.text)
    elif body.format is ScheduleFormat.ICALENDAR:
        found, remarks = event_jobs(body.text)
    else:
        found, remarks = crontab_jobs(body.text, users=body.format is ScheduleFormat.SYSTEM_CRONTAB)
    if len(found) > MOST_JOBS:
        raise UnreadableDefinitions(f"A schedule has at most {MOST_JOBS} jobs.", member="text")
    if not found:
        remarks = [*remarks, "There is no job in the text."]
    return import_definitions(
        context, Exported(None, found, False, remarks), body.target_folder, dry_run=body.dry_run
    )
