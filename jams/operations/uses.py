"""By what jobs, folders, variables, agents and calendars are used: asked before one is changed or deleted."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import agents, calendars, definition_uses, folders, jobs, variables
from jams.database.date_type_records import find_calendar
from jams.objects.base import Name, ObjectId, Path, Text
from jams.objects.capacity import Reference
from jams.security.rights import (
    AgentDefinitions,
    CalendarDefinitions,
    FolderDefinitions,
    JobDefinitions,
    VariableDefinitions,
)

from . import offers
from .context import Context, one_of
from .declaration import operation
from .visibility import REFERENCE_COLUMNS, shown_references

_BY_PATH = {"name": "QualifiedName"}


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /job/{id}/references", "GET /job/references?name"),
    soap="Job.ListReferences",
    cmdlet="Get-JAMSJobReference",
    command="job-references",
    key=("name", "id"),
    offers=offers.JOB,
    columns=REFERENCE_COLUMNS,
    pipeline=_BY_PATH,
)
def list_job_references(
    context: Context, id: ObjectId | None = None, name: Path | None = None
) -> list[Reference]:
    """List what names a job or setup, by path, as far as the caller may look at such.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: definition_uses.of_job(c, jobs.find(c, id=id, name=name)))
    return shown_references(context, found)


@operation(
    right=FolderDefinitions.INQUIRE,
    rest=("GET /folder/{id}/references", "GET /folder/references?name"),
    soap="Folder.ListReferences",
    cmdlet="Get-JAMSFolderReference",
    command="folder-references",
    key=("name", "id"),
    offers=offers.FOLDER,
    columns=REFERENCE_COLUMNS,
    pipeline=_BY_PATH,
)
def list_folder_references(
    context: Context, id: ObjectId | None = None, name: Path | None = None
) -> list[Reference]:
    """List what lies outside of a folder and names a job or variable in it, as far as the caller may look.

    Args:
        id: number of the folder.
        name: path of the folder.

    Raises:
        FolderNotFound: there is no such folder.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: definition_uses.of_folder(c, folders.find(c, id=id, name=name)))
    return shown_references(context, found)


@operation(
    right=VariableDefinitions.INQUIRE,
    rest=("GET /variable/{id}/references", "GET /variable/references?name"),
    soap="Variable.ListReferences",
    cmdlet="Get-JAMSVariableReference",
    command="variable-references",
    key=("name", "id"),
    offers=offers.VARIABLE,
    columns=REFERENCE_COLUMNS,
    pipeline=_BY_PATH,
)
def list_variable_references(
    context: Context, id: ObjectId | None = None, name: Path | None = None
) -> list[Reference]:
    """List what names a variable, or has a parameter that takes its default from it, by path.

    Args:
        id: number of the variable.
        name: path of the variable, or its bare name.

    Raises:
        VariableNotFound: there is no such variable.
        Conflict: several variables bear the bare name.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: definition_uses.of_variable(c, variables.locate(c, id=id, name=name)))
    return shown_references(context, found)


@operation(
    right=AgentDefinitions.INQUIRE,
    rest=("GET /agent/{id}/references", "GET /agent/references?name"),
    soap="Agent.ListReferences",
    cmdlet="Get-JAMSAgentReference",
    command="agent-references",
    key=("name", "id"),
    offers=offers.AGENT,
    columns=REFERENCE_COLUMNS,
    pipeline={"name": "AgentName"},
)
def list_agent_references(
    context: Context, id: ObjectId | None = None, name: Text | None = None
) -> list[Reference]:
    """List what names an agent, is started on it or has a quantity there, as far as the caller may look.

    Args:
        id: number of the agent.
        name: name of the agent.

    Raises:
        AgentNotFound: there is no such agent.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> list[Reference]:
        agent = agents.get(c, id=id, name=name)
        return definition_uses.of_agent(c, agent.agent_id or 0, agent.agent_name)

    return shown_references(context, context.read(work))


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest=("GET /calendar/{id}/references", "GET /calendar/references?name"),
    soap="Calendar.ListReferences",
    cmdlet="Get-JAMSCalendarReference",
    command="calendar-references",
    key=("name", "id"),
    offers=offers.CALENDAR,
    columns=REFERENCE_COLUMNS,
    pipeline={"name": "CalendarName"},
)
def list_calendar_references(
    context: Context, id: ObjectId | None = None, name: Name | None = None
) -> list[Reference]:
    """List what names a calendar, and date types of others that include one of it, as far as he may look.

    Args:
        id: number of the calendar.
        name: name of the calendar.

    Raises:
        CalendarNotFound: there is no such calendar.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> list[Reference]:
        calendar = calendars.get(c, find_calendar(c, id=id, name=name))
        return definition_uses.of_calendar(c, calendar.calendar_id or 0, calendar.calendar_name)

    return shown_references(context, context.read(work))
