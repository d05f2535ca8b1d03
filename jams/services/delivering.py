r"""The jobs that are delivered with the server, in the folder ``\JAMS``.

Each is made once, by the first start of a server that brings it. From then on it is people's own: what they
change stays changed, and what they delete stays deleted.
"""

from __future__ import annotations

import logging

from sqlalchemy import Connection, insert, select

from jams.database import Database, folders, jobs, methods, names, tables
from jams.objects.actors import ENGINE
from jams.objects.definitions import Folder, Job
from jams.objects.enums import DataType
from jams.objects.errors import AlreadyExists, JAMSError
from jams.objects.parts import ParamDef, PropertyValue
from jams.objects.purging import PurgeKind

log = logging.getLogger(__name__)

FOLDER = "\\JAMS"
PURGE = "JAMSPurge"
"""The job that purges the history, and what people ask for."""

_FOLDER = Folder(
    folder_name=FOLDER[1:],
    parent_folder_name="\\",
    description="Jobs that are delivered with the server.",
    properties=[],
)


def _purging(name: str, at: str, description: str, what: PurgeKind, days: int, maximum: int = 0) -> Job:
    def number(param: str, value: int, prompt: str) -> ParamDef:
        return ParamDef(param_name=param, data_type=DataType.INTEGER, default_value=str(value), prompt=prompt)

    return Job(
        job_name=name,
        parent_folder_name=FOLDER,
        method_name=methods.PURGE,
        description=description,
        source="",
        schedule="Daily",
        at=at,
        parameters=[
            ParamDef(param_name="What", default_value=what.value, prompt="History, Logs or AuditTrail"),
            number("Days", days, "What is older than so many days goes"),
            number("Minimum", 1, "So many of the newest runs of each job stay, however old they are"),
            number("Maximum", maximum, "No more runs of each job stay than so many; 0: all"),
        ],
        properties=[
            PropertyValue(property_name="CatchUp", current_value="Latest"),
            PropertyValue(property_name="SingleInstanceAction", current_value="Wait"),
        ],
    )


_BACKUP = Job(
    job_name="JAMSBackup",
    parent_folder_name=FOLDER,
    method_name=methods.BACKUP,
    description="Takes a backup of all that the server knows, and keeps the newest ones.",
    source="",
    schedule="Daily",
    at="00:40",
    parameters=[
        ParamDef(param_name="Logs", default_value="false", prompt="Whether logs are in it: true or false"),
        ParamDef(
            param_name="Keep",
            data_type=DataType.INTEGER,
            default_value="7",
            prompt="So many backups stay; 0: all",
        ),
    ],
    properties=[
        PropertyValue(property_name="CatchUp", current_value="Latest"),
        PropertyValue(property_name="SingleInstanceAction", current_value="Wait"),
    ],
)

_JOBS = (
    _purging(
        PURGE,
        "01:10",
        "Removes runs from the history that are older than Days, with their logs and audit trails.",
        PurgeKind.HISTORY,
        400,
        10_000,
    ),
    _purging(
        "JAMSPurgeLogs",
        "01:30",
        "Removes logs of runs that are older than Days; the history keeps the runs.",
        PurgeKind.LOGS,
        90,
    ),
    _purging(
        "JAMSPurgeAuditTrail",
        "01:50",
        "Removes what is older than Days from the audit trail.",
        PurgeKind.AUDIT_TRAIL,
        400,
    ),
    _BACKUP,
)


def deliver(database: Database) -> list[str]:
    """Make what is delivered and has never been made; the paths of what was made."""
    with database.read() as c:
        known = set(c.scalars(select(tables.delivered.c.path_key)))
    missing = [job for job in _JOBS if names.fold(f"{FOLDER}\\{job.job_name}") not in known]
    if not missing:
        return []
    try:
        made = database.write(lambda c: _made(c, missing))
    except JAMSError as error:
        log.error("the delivered jobs could not be made: %s", error.message)
        return []
    log.info("delivered: %s", ", ".join(made) or "nothing that was not there")
    return made


def _made(c: Connection, missing: list[Job]) -> list[str]:
    made: list[str] = []
    key = names.fold(FOLDER)
    if c.scalar(select(tables.folder.c.id).where(tables.folder.c.path_key == key)) is None:
        folders.create(c, _FOLDER, user=ENGINE)
    for job in missing:
        path = f"{FOLDER}\\{job.job_name}"
        try:
            with c.begin_nested():
                jobs.create(c, job, user=ENGINE)
            made.append(path)
        except AlreadyExists:
            log.info("there is a job %s already, which stays as it is", path)
        c.execute(insert(tables.delivered).values(path_key=names.fold(path)))
    return made
