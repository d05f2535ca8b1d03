"""What the caller may do to an object."""

from __future__ import annotations

from sqlalchemy import Connection, Table, select

from jams.database import tables
from jams.objects.base import Name, ObjectId
from jams.objects.enums import ObjectType
from jams.objects.errors import (
    AgentNotFound,
    CalendarNotFound,
    FolderNotFound,
    InvalidArgument,
    JobNotFound,
    MethodNotFound,
    NamedTimeNotFound,
    NotFound,
    QueueNotFound,
    ResourceNotFound,
    TriggerNotFound,
    VariableNotFound,
)
from jams.security.rights import (
    AgentDefinitions,
    AreaRight,
    CalendarDefinitions,
    FolderDefinitions,
    JobDefinitions,
    Monitor,
    NamedTimeDefinitions,
    QueueDefinitions,
    ResourceDefinitions,
    ServerAccess,
    TriggerDefinitions,
    VariableDefinitions,
)

from .context import Context
from .declaration import operation

_OF_ENTRIES: dict[str, AreaRight] = {
    "Abort": Monitor.ABORT,
    "Manage": Monitor.MANAGE,
    "Monitor": Monitor.SEE_OWN,
    "Submit": Monitor.EXECUTE,
}
_OF_JOBS: dict[str, AreaRight] = {f"{right.access}Jobs": right for right in JobDefinitions}

_KINDS: dict[ObjectType, tuple[Table, type[NotFound], type[AreaRight], dict[str, AreaRight]]] = {
    ObjectType.AGENT: (tables.agent, AgentNotFound, AgentDefinitions, {}),
    ObjectType.BATCH_QUEUE: (tables.queue, QueueNotFound, QueueDefinitions, {}),
    ObjectType.CALENDAR: (tables.calendar, CalendarNotFound, CalendarDefinitions, {}),
    ObjectType.FOLDER: (tables.folder, FolderNotFound, FolderDefinitions, {**_OF_JOBS, **_OF_ENTRIES}),
    ObjectType.JOB: (tables.job, JobNotFound, JobDefinitions, _OF_ENTRIES),
    ObjectType.METHOD: (tables.method, MethodNotFound, JobDefinitions, {}),
    ObjectType.NAMED_TIME: (tables.named_time, NamedTimeNotFound, NamedTimeDefinitions, {}),
    ObjectType.RESOURCE: (tables.resource, ResourceNotFound, ResourceDefinitions, {}),
    ObjectType.TRIGGER: (tables.trigger, TriggerNotFound, TriggerDefinitions, {}),
    ObjectType.VARIABLE: (tables.variable, VariableNotFound, VariableDefinitions, {}),
}


@operation(
    right=ServerAccess.EXECUTE,
    rest="GET /{objectType}/{id}/permissions/{access}",
    soap="Server.CheckPermission",
    cmdlet="Test-JAMSPermission",
    command="may",
    positional=("object_type", "id", "access"),
)
def check_permission(context: Context, object_type: ObjectType, id: ObjectId, access: Name) -> bool:
    """Tell whether the caller may do something to an object.

    It is what the access lists of the areas give him: objects have no lists of their own here. Who may not
    look at objects of that kind may do nothing to one, and is not told whether there is one.

    Args:
        object_type: what kind of object it is.
        id: its number.
        access: what is to be done to it: Inquire, Change, Delete and what else the area of its kind knows; of
            a folder or job also Submit, Monitor, Manage and Abort, of a folder AddJobs, ChangeJobs,
            DeleteJobs, InquireJobs.

    Raises:
        InvalidArgument: nothing of that name can be done to such an object.
        NotFound: there is no such object.
    """
    table, missing, area, further = _KINDS[object_type]
    known = {right.access: right for right in area} | further
    right = next((each for name, each in known.items() if name.casefold() == access.casefold()), None)
    if right is None:
        raise InvalidArgument(
            f"{access[:100]} is none of what can be done to such an object: {', '.join(known)}.",
            member="access",
        )
    if not context.caller.may(area["INQUIRE"]):
        return False

    def there(c: Connection) -> bool:
        return c.scalar(select(table.c.id).where(table.c.id == id)) is not None

    if not context.read(there):
        raise missing(f"There is no {object_type.value} {id}.", target=id)
    return context.caller.may(right)
