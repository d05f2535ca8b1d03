"""Named times, by their number or name."""

from __future__ import annotations

from jams.database import named_times
from jams.objects.base import Name, ObjectId, Text
from jams.objects.calendars import NamedTime, NamedTimeAction
from jams.objects.capacity import Reference
from jams.objects.errors import NamedTimeNotFound
from jams.objects.patch import Patch
from jams.security.rights import NamedTimeDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .visibility import REFERENCE_COLUMNS, shown_references

COLUMNS = ("timeID", "timeName", "startTime", "endTime", "enabled", "description")
ALIASES = {"time_name": ("name",)}
BINDING = Binding(names={"time_id": "", "time_name": "Name"}, shows="get_named_time", path=("time_name",))
PIPELINE = {"name": "TimeName"}
SHOWING = Binding(shows="get_named_time")


@operation(
    right=NamedTimeDefinitions.INQUIRE,
    rest="GET /namedtime",
    soap="NamedTime.List",
    cmdlet="Get-JAMSNamedTime",
    command="named-times",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="timeName", container="Times"),
)
def list_named_times(context: Context) -> list[NamedTime]:
    """List the named times, by name."""
    return context.read(named_times.all_named_times)


@operation(
    right=NamedTimeDefinitions.INQUIRE,
    rest=("GET /namedtime/{id}", "GET /namedtime/details?name", "GET /namedtime?name"),
    soap="NamedTime.Get",
    cmdlet="Get-JAMSNamedTime",
    command="named-time",
    key=("name", "id"),
    offers=offers.NAMED_TIME,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_named_time(context: Context, id: ObjectId | None = None, name: Text | None = None) -> NamedTime:
    """Show one named time.

    Args:
        id: number of the named time.
        name: name of the named time.

    Raises:
        NamedTimeNotFound: there is no such named time.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: named_times.get(c, named_times.find(c, id=id, name=name)))


@operation(
    right=NamedTimeDefinitions.ADD,
    rest="POST /namedtime",
    soap="NamedTime.Create",
    cmdlet="New-JAMSNamedTime",
    command="create-named-time",
    aliases=ALIASES,
    created=True,
    binding=BINDING,
)
def create_named_time(context: Context, named_time: NamedTime) -> Message:
    """Create a named time.

    Args:
        named_time: the new named time.

    Raises:
        AlreadyExists: there is one of that name.
        InvalidName: the name is not one a named time can bear.
        InvalidArgument: start or end is no time of day.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    made = context.write(
        lambda c: named_times.create(c, named_time, user=context.caller.account, lenient=context.lenient)
    )
    return f"Named time {made.time_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=NamedTimeDefinitions.CHANGE,
    rest="PUT /namedtime",
    soap="NamedTime.Change",
    cmdlet="Set-JAMSNamedTime",
    command="change-named-time",
    key=("name", "id"),
    aliases=ALIASES,
    offers=offers.NAMED_TIME,
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_named_time(
    context: Context, named_time: Patch[NamedTime], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change a named time, or create it if it does not exist. What is left out stays as it is.

    Number or name say which named time; or else the document's own. With a number, or a name beside it, the
    document may rename it. Null gives a member its default.

    Args:
        named_time: what shall be otherwise.
        id: number of the named time.
        name: name of the named time.

    Raises:
        AccessDenied: the named time does not exist, and the caller may not create one.
        NamedTimeNotFound: there is no such named time.
        AlreadyExists: another one has the new name.
        InvalidName: the name is not one a named time can bear.
        InvalidArgument: start or end is no time of day.
        MissingArgument: the start or the end is null.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    changed, done = changed_or_made(
        context,
        named_time,
        change=lambda c: named_times.change(
            c,
            named_time,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
        ),
        create=lambda c, new: named_times.create(
            c, new, user=context.caller.account, lenient=context.lenient
        ),
        missing=NamedTimeNotFound,
        right=NamedTimeDefinitions.ADD,
        kind="Named time",
        name="time_name",
    )
    return f"Named time {changed.time_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=NamedTimeDefinitions.DELETE,
    rest=("DELETE /namedtime/{id}", "DELETE /namedtime?name"),
    soap="NamedTime.Delete",
    cmdlet="Remove-JAMSNamedTime",
    command="delete-named-time",
    key=("name", "id"),
    offers=offers.NAMED_TIME,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_named_time(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete a named time.

    Args:
        id: number of the named time.
        name: name of the named time.

    Raises:
        NamedTimeNotFound: there is no such named time.
        InUse: a job or folder refers to it.
    """
    one_of(id=id, name=name)
    gone = context.write(
        lambda c: named_times.delete(c, named_times.find(c, id=id, name=name), context.condition)
    )
    return f"Named time {gone} was deleted."


@operation(
    right=NamedTimeDefinitions.MANAGE,
    rest=("PUT /namedtime/{id}/enable", "PUT /namedtime/enable?name"),
    soap="NamedTime.Enable",
    cmdlet="Enable-JAMSNamedTime",
    command="enable-named-time",
    key=("name", "id"),
    offers=offers.NAMED_TIME,
    pipeline=PIPELINE,
    binding=SHOWING,
    versioned=True,
)
def enable_named_time(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Open a named time for everything that refers to it.

    Args:
        id: number of the named time.
        name: name of the named time.

    Raises:
        NamedTimeNotFound: there is no such named time.
    """
    return _switch(context, id, name, enabled=True)


@operation(
    right=NamedTimeDefinitions.MANAGE,
    rest=("PUT /namedtime/{id}/disable", "PUT /namedtime/disable?name"),
    soap="NamedTime.Disable",
    cmdlet="Disable-JAMSNamedTime",
    command="disable-named-time",
    key=("name", "id"),
    offers=offers.NAMED_TIME,
    pipeline=PIPELINE,
    binding=SHOWING,
    versioned=True,
)
def disable_named_time(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Close a named time to everything that refers to it.

    Args:
        id: number of the named time.
        name: name of the named time.

    Raises:
        NamedTimeNotFound: there is no such named time.
    """
    return _switch(context, id, name, enabled=False)


@operation(
    right=NamedTimeDefinitions.MANAGE,
    rest="PUT /namedtime?name,action",
    soap="NamedTime.SetState",
    cmdlet="Switch-JAMSNamedTime",
    command="switch-named-time",
    key=("name",),
    positional=("name", "action"),
    offers=offers.NAMED_TIME,
    pipeline=PIPELINE,
    binding=SHOWING,
    versioned=True,
)
def switch_named_time(context: Context, name: Name, action: NamedTimeAction) -> Message:
    """Open a named time to everything that refers to it or close it, as the action says.

    Args:
        name: name of the named time.
        action: enable or disable.

    Raises:
        NamedTimeNotFound: there is no such named time.
    """
    return _switch(context, None, name, enabled=action is NamedTimeAction.ENABLE)


@operation(
    right=NamedTimeDefinitions.INQUIRE,
    rest=("GET /namedtime/{id}/references", "GET /namedtime/references?name"),
    soap="NamedTime.ListReferences",
    cmdlet="Get-JAMSNamedTimeReference",
    command="named-time-references",
    key=("name", "id"),
    offers=offers.NAMED_TIME,
    columns=REFERENCE_COLUMNS,
    pipeline=PIPELINE,
)
def list_named_time_references(
    context: Context, id: ObjectId | None = None, name: Text | None = None
) -> list[Reference]:
    """List the jobs and folders that refer to a named time, by path, as far as the caller may look at such.

    Args:
        id: number of the named time.
        name: name of the named time.

    Raises:
        NamedTimeNotFound: there is no such named time.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: named_times.references_to(c, named_times.find(c, id=id, name=name)))
    return shown_references(context, found)


def _switch(context: Context, id: int | None, name: str | None, *, enabled: bool) -> str:
    one_of(id=id, name=name)
    switched = context.write(
        lambda c: named_times.set_enabled(
            c,
            named_times.find(c, id=id, name=name),
            enabled=enabled,
            user=context.caller.account,
            condition=context.condition,
        )
    )
    return f"Named time {switched} was {'enabled' if enabled else 'disabled'}."
