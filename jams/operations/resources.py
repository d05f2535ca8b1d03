"""Resources, by their number or name, and what entries take of them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from sqlalchemy import Connection

from jams.database import guarding, resource_holdings, resources, tables
from jams.objects.base import MAX_ID, Arguments, Count, EntryNumber, Name, ObjectId, Text
from jams.objects.capacity import Reference, Resource, ResourceAnswer, ResourceHolding
from jams.objects.errors import AccessDenied, ResourceNotFound
from jams.objects.patch import Patch
from jams.objects.schedule import Entry
from jams.security.rights import Monitor, ResourceDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .visibility import REFERENCE_COLUMNS, shown_references, sight_of, visible_entry

COLUMNS = ("resourceID", "resourceName", "quantityAvailable", "quantityInUse", "agentSpecific", "description")
ALIASES = {"resource_name": ("name",)}
BINDING = Binding(
    names={"resource_id": "", "resource_name": "Name"}, shows="get_resource", path=("resource_name",)
)
PIPELINE = {"name": "ResourceName"}

Quantity = Annotated[int, Meta(ge=1, le=MAX_ID)]


@operation(
    right=ResourceDefinitions.INQUIRE,
    rest="GET /resource",
    soap="Resource.List",
    cmdlet="Get-JAMSResource",
    command="resources",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="resourceName", container="Resources"),
)
def list_resources(context: Context) -> list[Resource]:
    """List the resources, by name."""
    return context.read(resources.all_resources)


@operation(
    right=ResourceDefinitions.INQUIRE,
    rest=("GET /resource/{name}", "GET /resource/details?id,name"),
    soap="Resource.Get",
    cmdlet="Get-JAMSResource",
    command="resource",
    key=("name", "id"),
    offers=offers.RESOURCE,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_resource(context: Context, id: ObjectId | None = None, name: Text | None = None) -> Resource:
    """Show one resource. More of it may be in use than there is: what is taken stays so when there is less.

    Args:
        id: number of the resource.
        name: name of the resource; its number, if none has that name.

    Raises:
        ResourceNotFound: there is no such resource.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: resources.get(c, resources.find(c, id=id, name=name)))


@operation(
    right=ResourceDefinitions.ADD,
    rest="POST /resource",
    soap="Resource.Create",
    cmdlet="New-JAMSResource",
    command="create-resource",
    aliases=ALIASES,
    created=True,
    binding=BINDING,
)
def create_resource(context: Context, resource: Resource) -> Message:
    """Create a resource.

    Args:
        resource: the new resource.

    Raises:
        AlreadyExists: there is one of that name.
        AgentNotFound: an agent at which there is a quantity does not exist.
        InvalidName: the name is not one a resource can bear.
        InvalidArgument: an agent is named twice, or at all where the resource is not specific to agents.
        MissingArgument: one of the agents is not named.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    made = context.write(
        lambda c: resources.create(c, resource, user=context.caller.account, lenient=context.lenient)
    )
    return f"Resource {made.resource_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=ResourceDefinitions.CHANGE,
    rest="PUT /resource",
    soap="Resource.Change",
    cmdlet="Set-JAMSResource",
    command="change-resource",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.RESOURCE, "resource_name": offers.RESOURCE_NAMES},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_resource(
    context: Context, resource: Patch[Resource], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change a resource, or create it if it does not exist. What is left out stays as it is.

    Number or name say which resource; or else the document's own. With a number, or a name beside it, the
    document may rename it. Null gives a member its default. There may be less of it than is in use then.
    Details that are given are all that it then has.

    Args:
        resource: what shall be otherwise.
        id: number of the resource.
        name: name of the resource; its number, if none has that name.

    Raises:
        AccessDenied: the resource does not exist, and the caller may not create one.
        ResourceNotFound: there is no such resource.
        AlreadyExists: another one has the new name.
        AgentNotFound: an agent at which there is a quantity does not exist.
        InUse: it would become specific to agents, or cease to be it, while some of it is in use.
        InvalidName: the name is not one a resource can bear.
        InvalidArgument: an agent is named twice, or at all where the resource is not specific to agents.
        MissingArgument: one of the agents is not named.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    changed, done = changed_or_made(
        context,
        resource,
        change=lambda c: resources.change(
            c,
            resource,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
        ),
        create=lambda c, new: resources.create(c, new, user=context.caller.account, lenient=context.lenient),
        missing=ResourceNotFound,
        right=ResourceDefinitions.ADD,
        kind="Resource",
        name="resource_name",
    )
    context.scheduler.wake()
    return f"Resource {changed.resource_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=ResourceDefinitions.DELETE,
    rest=("DELETE /resource/{name}", "DELETE /resource?id,name"),
    soap="Resource.Delete",
    cmdlet="Remove-JAMSResource",
    command="delete-resource",
    key=("name", "id"),
    offers=offers.RESOURCE,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_resource(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete a resource.

    Args:
        id: number of the resource.
        name: name of the resource; its number, if none has that name.

    Raises:
        ResourceNotFound: there is no such resource.
        InUse: a job or folder refers to it, or an entry holds some of it.
    """
    one_of(id=id, name=name)
    gone = context.write(
        lambda c: resources.delete(c, resources.find(c, id=id, name=name), context.condition)
    )
    return f"Resource {gone} was deleted."


@operation(
    right=ResourceDefinitions.MANAGE,
    rest=(
        "POST /resource/setquantityavailable/{name}/{available}?agent",
        "POST /resource/setquantityavailable?id,name,available,agent",
    ),
    soap="Resource.SetQuantityAvailable",
    cmdlet="Set-JAMSResourceQuantity",
    command="set-resource",
    key=("name", "id"),
    positional=("name", "available"),
    offers={**offers.RESOURCE, "agent": offers.AGENT_NAMES},
    pipeline=PIPELINE,
    versioned=True,
)
def set_resource_quantity(
    context: Context,
    available: Count,
    id: ObjectId | None = None,
    name: Name | None = None,
    agent: Name | None = None,
) -> Resource:
    """Say how much there is of a resource, and show how it stands then. None at all makes its jobs wait.

    There may be less of it than is in use: what runs keeps what it has.

    Args:
        available: how much there is.
        id: number of the resource.
        name: name of the resource; its number, if none has that name.
        agent: the agent at which there is so much, of a resource that is specific to agents; without it, it
            is so much at each agent that has no quantity of its own.

    Raises:
        ResourceNotFound: there is no such resource.
        AgentNotFound: there is no such agent.
        InvalidArgument: an agent is named, and the resource is not specific to agents.
    """
    one_of(id=id, name=name)
    changed = context.write(
        lambda c: resources.set_quantity(
            c,
            resources.find(c, id=id, name=name),
            available,
            agent=agent,
            user=context.caller.account,
            condition=context.condition,
        )
    )
    context.scheduler.wake()
    return changed


@operation(
    right=ResourceDefinitions.INQUIRE,
    rest=("GET /resource/{name}/references", "GET /resource/references?id,name"),
    soap="Resource.ListReferences",
    cmdlet="Get-JAMSResourceReference",
    command="resource-references",
    key=("name", "id"),
    offers=offers.RESOURCE,
    columns=REFERENCE_COLUMNS,
    pipeline=PIPELINE,
)
def list_resource_references(
    context: Context, id: ObjectId | None = None, name: Text | None = None
) -> list[Reference]:
    """List the jobs and folders that refer to a resource, by path, as far as the caller may look at such.

    Args:
        id: number of the resource.
        name: name of the resource; its number, if none has that name.

    Raises:
        ResourceNotFound: there is no such resource.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: resources.references_to(c, resources.find(c, id=id, name=name)))
    return shown_references(context, found)


@operation(
    right=ResourceDefinitions.INQUIRE,
    rest=("GET /resource/{name}/holdings", "GET /resource/holdings?id,name"),
    soap="Resource.ListHoldings",
    cmdlet="Get-JAMSResourceHolding",
    command="resource-holdings",
    key=("name", "id"),
    offers=offers.RESOURCE,
    columns=("jamsEntry", "jobName", "agentName", "quantity", "sinceUTC", "byScript"),
    pipeline=PIPELINE,
)
def list_resource_holdings(
    context: Context, id: ObjectId | None = None, name: Text | None = None
) -> list[ResourceHolding]:
    """List the entries that hold some of a resource, the longest first, as far as the caller may see them.

    Args:
        id: number of the resource.
        name: name of the resource; its number, if none has that name.

    Raises:
        ResourceNotFound: there is no such resource.
    """
    one_of(id=id, name=name)
    return context.read(
        lambda c: resource_holdings.holdings(c, resources.find(c, id=id, name=name), sight_of(context))
    )


class Acquisition(Arguments, frozen=True, kw_only=True):
    """What an entry wants of a resource."""

    jams_entry: Annotated[EntryNumber, Meta(description="The entry that is to have it; it must be running.")]
    quantity: Annotated[Quantity, Meta(description="How much of it.")] = 1


class Return(Arguments, frozen=True, kw_only=True):
    """What an entry gives back of a resource."""

    jams_entry: Annotated[EntryNumber, Meta(description="The entry that has it.")]
    quantity: Annotated[Quantity | None, Meta(description="How much of it; all, if it is not said.")] = None


@operation(
    right=ResourceDefinitions.ACQUIRE,
    rest=("POST /resource/{name}/acquire", "POST /resource/acquire?id,name"),
    soap="Resource.Acquire",
    cmdlet="Lock-JAMSResource",
    command="acquire-resource",
    key=("name", "id"),
    offers={**offers.RESOURCE, "jams_entry": offers.ENTRIES},
    pipeline={**PIPELINE, "jams_entry": "JamsEntry"},
    retry_key=True,
)
def acquire_resource(
    context: Context, body: Acquisition, id: ObjectId | None = None, name: Name | None = None
) -> ResourceAnswer:
    """Let a running entry have some of a resource, and say at once whether it got it.

    When there is not enough it gets nothing, and may ask again. What it got it has until it is given back, or
    the run ends.

    Args:
        id: number of the resource.
        name: name of the resource; its number, if none has that name.

    Raises:
        ResourceNotFound: there is no such resource.
        EntryNotFound: there is no such entry, or the caller may not see it.
        AccessDenied: the entry is another's, and the caller may not manage entries.
        WrongState: the entry is not running.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> ResourceAnswer:
        resource = _acquired(c, id, name)
        entry = _served(context, c, body.jams_entry)
        return resource_holdings.ask(c, resource, entry.jams_entry, body.quantity)

    return context.write(work)


@operation(
    right=ResourceDefinitions.ACQUIRE,
    rest=("POST /resource/{name}/release", "POST /resource/release?id,name"),
    soap="Resource.Release",
    cmdlet="Unlock-JAMSResource",
    command="release-resource",
    key=("name", "id"),
    offers={**offers.RESOURCE, "jams_entry": offers.ENTRIES},
    pipeline={**PIPELINE, "jams_entry": "JamsEntry"},
)
def release_resource(
    context: Context, body: Return, id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Give back what an entry holds of a resource, or some of it; what its script took goes first.

    Args:
        id: number of the resource.
        name: name of the resource; its number, if none has that name.

    Raises:
        ResourceNotFound: there is no such resource.
        EntryNotFound: there is no such entry, or the caller may not see it.
        AccessDenied: the entry is another's, and the caller may not manage entries.
        Conflict: the entry does not hold so much.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> str:
        resource = _acquired(c, id, name)
        entry = _served(context, c, body.jams_entry)
        assert resource.resource_id is not None
        given = resource_holdings.give_back(
            c, resource.resource_id, number=entry.jams_entry, quantity=body.quantity
        )
        return f"Entry {entry.jams_entry} gave back {given} of resource {resource.resource_name}."

    told = context.write(work)
    context.scheduler.wake()
    return told


def _acquired(c: Connection, id: int | None, name: str | None) -> Resource:
    """The resource of which something is taken or given back. Raises AccessDenied, ResourceNotFound."""
    found = resources.find(c, id=id, name=name)
    guarding.check(c, tables.resource, found, "Acquire")
    return resources.get(c, found)


def _served(context: Context, connection: Connection, number: int) -> Entry:
    """The entry for which something is taken or given back. Another's is for who may manage entries.

    Whoever could give back what another's run holds would let two runs use what is for one.
    """
    entry = visible_entry(context, connection, number)
    caller = context.caller
    if entry.submitted_by != caller.account and not caller.may(Monitor.MANAGE):
        raise AccessDenied(
            f"Entry {number} is not of {caller.account}, who lacks the right {Monitor.MANAGE} "
            "to take and give back for it.",
            target=str(Monitor.MANAGE),
        )
    return entry
