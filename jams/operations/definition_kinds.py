"""The kinds of definitions that travel between servers: how each is found, made and changed.

They are found, made and changed by the operations that do so for everybody, so that an export shows nothing
and an import does nothing that its caller could not. Declares no operation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from jams.objects.base import Document
from jams.objects.calendars import Calendar, DateType, NamedTime
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.definitions import Agent, Folder, Job, Variable
from jams.objects.errors import (
    AgentNotFound,
    CalendarNotFound,
    DateTypeNotFound,
    FolderNotFound,
    JobNotFound,
    MethodNotFound,
    NamedTimeNotFound,
    NotFound,
    QueueNotFound,
    ResourceNotFound,
    SetupNotFound,
    TriggerNotFound,
    VariableNotFound,
)
from jams.objects.methods import ExecutionMethod
from jams.objects.setups import Setup
from jams.objects.triggers import Trigger
from jams.security.rights import (
    AgentDefinitions,
    CalendarDefinitions,
    FolderDefinitions,
    JobDefinitions,
    NamedTimeDefinitions,
    QueueDefinitions,
    ResourceDefinitions,
    TriggerDefinitions,
    VariableDefinitions,
)

from . import (
    agents,
    calendars,
    date_types,
    folders,
    jobs,
    methods,
    named_times,
    queues,
    resources,
    setups,
    triggers,
    variables,
)


class Kind(NamedTuple):
    """A kind of definition.

    Attributes:
        word: what it is called in texts, as ``job``.
        document: its document.
        name: the attribute that holds its own name.
        rights: its rights: the class of an area that has INQUIRE, ADD and CHANGE.
        missing: what is raised where it is not there.
        get, create, change: the operations.
        placed: whether it lies in a folder.
        shell: members, by their attributes, with which an empty one is made first; None where nothing of its
            kind can be named before it is whole.
    """

    word: str
    document: type[Document]
    name: str
    rights: Any
    missing: type[NotFound]
    get: Callable[..., Any]
    create: Callable[..., str]
    change: Callable[..., str]
    placed: bool = False
    shell: tuple[str, ...] | None = None


KINDS = (
    Kind("method", ExecutionMethod, "method_name", JobDefinitions, MethodNotFound,
         methods.get_method, methods.create_method, methods.change_method),
    Kind("agent", Agent, "agent_name", AgentDefinitions, AgentNotFound,
         agents.get_agent, agents.create_agent, agents.change_agent),
    Kind("queue", BatchQueue, "queue_name", QueueDefinitions, QueueNotFound,
         queues.get_queue, queues.create_queue, queues.change_queue),
    Kind("resource", Resource, "resource_name", ResourceDefinitions, ResourceNotFound,
         resources.get_resource, resources.create_resource, resources.change_resource),
    Kind("namedTime", NamedTime, "time_name", NamedTimeDefinitions, NamedTimeNotFound,
         named_times.get_named_time, named_times.create_named_time, named_times.change_named_time),
    Kind("calendar", Calendar, "calendar_name", CalendarDefinitions, CalendarNotFound,
         calendars.get_calendar, calendars.create_calendar, calendars.change_calendar, shell=()),
    Kind("dateType", DateType, "date_type_type", CalendarDefinitions, DateTypeNotFound,
         date_types.get_date_type, date_types.create_date_type, date_types.change_date_type,
         shell=("calendar_name",)),
    Kind("folder", Folder, "folder_name", FolderDefinitions, FolderNotFound,
         folders.get_folder, folders.create_folder, folders.change_folder, placed=True,
         shell=("parent_folder_name",)),
    Kind("variable", Variable, "variable_name", VariableDefinitions, VariableNotFound,
         variables.get_variable, variables.create_variable, variables.change_variable, placed=True),
    Kind("job", Job, "job_name", JobDefinitions, JobNotFound,
         jobs.get_job, jobs.create_job, jobs.change_job, placed=True,
         shell=("parent_folder_name", "method_name")),
    Kind("setup", Setup, "setup_name", JobDefinitions, SetupNotFound,
         setups.get_setup, setups.create_setup, setups.change_setup, placed=True,
         shell=("parent_folder_name",)),
    Kind("trigger", Trigger, "trigger_name", TriggerDefinitions, TriggerNotFound,
         triggers.get_trigger, triggers.create_trigger, triggers.change_trigger, placed=True),
)  # fmt: skip
"""In the order in which they are made, so that what others name comes first where that can be."""

BY_WORD = {kind.word.casefold(): kind for kind in KINDS}
