"""Queues, by their number or name."""

from __future__ import annotations

from jams.database import queues
from jams.objects.base import Name, ObjectId, Text
from jams.objects.capacity import BatchQueue, QueueAction, Reference
from jams.objects.errors import QueueNotFound
from jams.objects.patch import Patch
from jams.security.rights import QueueDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .visibility import REFERENCE_COLUMNS, shown_references, sight_of

COLUMNS = ("queueID", "queueName", "started", "jobCount", "jobLimit", "description")
ALIASES = {"queue_name": ("name",)}
BINDING = Binding(names={"queue_id": "", "queue_name": "Name"}, shows="get_queue", path=("queue_name",))
PIPELINE = {"name": "QueueName"}
SHOWING = Binding(shows="get_queue")


@operation(
    right=QueueDefinitions.INQUIRE,
    rest="GET /batchqueue",
    soap="Queue.List",
    cmdlet="Get-JAMSQueue",
    command="queues",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="queueName", container="Queues"),
)
def list_queues(context: Context) -> list[BatchQueue]:
    """List the queues, by name."""
    return context.read(queues.all_queues)


@operation(
    right=QueueDefinitions.INQUIRE,
    rest=("GET /batchqueue/{id}", "GET /batchqueue/details?name", "GET /batchqueue?name"),
    soap="Queue.Get",
    cmdlet="Get-JAMSQueue",
    command="queue",
    key=("name", "id"),
    offers=offers.QUEUE,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_queue(context: Context, id: ObjectId | None = None, name: Text | None = None) -> BatchQueue:
    """Show one queue.

    Args:
        id: number of the queue.
        name: name of the queue.

    Raises:
        QueueNotFound: there is no such queue.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: queues.get(c, queues.find(c, id=id, name=name)))


@operation(
    right=QueueDefinitions.ADD,
    rest="POST /batchqueue",
    soap="Queue.Create",
    cmdlet="New-JAMSQueue",
    command="create-queue",
    aliases=ALIASES,
    created=True,
    binding=BINDING,
)
def create_queue(context: Context, queue: BatchQueue) -> Message:
    """Create a queue.

    Args:
        queue: the new queue.

    Raises:
        AlreadyExists: there is one of that name.
        AgentNotFound: an agent that it is to be started on does not exist.
        InvalidName: the name is not one a queue can bear.
        InvalidArgument: an agent is named twice.
        MissingArgument: one of the agents is not named.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    made = context.write(
        lambda c: queues.create(c, queue, user=context.caller.account, lenient=context.lenient)
    )
    return f"Queue {made.queue_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=QueueDefinitions.CHANGE,
    rest="PUT /batchqueue",
    soap="Queue.Change",
    cmdlet="Set-JAMSQueue",
    command="change-queue",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.QUEUE, "queue_name": offers.QUEUE_NAMES},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_queue(
    context: Context, queue: Patch[BatchQueue], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change a queue, or create it if it does not exist. What is left out stays as it is.

    Number or name say which queue; or else the document's own. With a number, or a name beside it, the
    document may rename it. Null gives a member its default. What runs goes on, also above a lower limit.
    Agents that are given are all that it then has.

    Args:
        queue: what shall be otherwise.
        id: number of the queue.
        name: name of the queue.

    Raises:
        AccessDenied: the queue does not exist, and the caller may not create one.
        QueueNotFound: there is no such queue.
        AlreadyExists: another one has the new name.
        AgentNotFound: an agent that it is to be started on does not exist.
        InvalidName: the name is not one a queue can bear.
        InvalidArgument: an agent is named twice.
        MissingArgument: one of the agents is not named.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    changed, done = changed_or_made(
        context,
        queue,
        change=lambda c: queues.change(
            c,
            queue,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
        ),
        create=lambda c, new: queues.create(c, new, user=context.caller.account, lenient=context.lenient),
        missing=QueueNotFound,
        right=QueueDefinitions.ADD,
        kind="Queue",
        name="queue_name",
    )
    context.scheduler.wake()
    return f"Queue {changed.queue_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=QueueDefinitions.DELETE,
    rest=("DELETE /batchqueue/{id}", "DELETE /batchqueue?name"),
    soap="Queue.Delete",
    cmdlet="Remove-JAMSQueue",
    command="delete-queue",
    key=("name", "id"),
    offers=offers.QUEUE,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_queue(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete a queue.

    Args:
        id: number of the queue.
        name: name of the queue.

    Raises:
        QueueNotFound: there is no such queue.
        InUse: a job or folder refers to it, or an entry that has not ended is in it.
    """
    one_of(id=id, name=name)
    gone = context.write(
        lambda c: queues.delete(c, queues.find(c, id=id, name=name), context.condition, sight_of(context))
    )
    return f"Queue {gone} was deleted."


@operation(
    right=QueueDefinitions.MANAGE,
    rest=("POST /batchqueue/{id}/start", "POST /batchqueue/start?name"),
    soap="Queue.Start",
    cmdlet="Start-JAMSQueue",
    command="start-queue",
    key=("name", "id"),
    offers=offers.QUEUE,
    pipeline=PIPELINE,
    binding=SHOWING,
    versioned=True,
)
def start_queue(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Let the jobs of a queue start.

    Args:
        id: number of the queue.
        name: name of the queue.

    Raises:
        QueueNotFound: there is no such queue.
    """
    return _switch(context, id, name, QueueAction.START)


@operation(
    right=QueueDefinitions.MANAGE,
    rest=("POST /batchqueue/{id}/stop", "POST /batchqueue/stop?name"),
    soap="Queue.Stop",
    cmdlet="Stop-JAMSQueue",
    command="stop-queue",
    key=("name", "id"),
    offers=offers.QUEUE,
    pipeline=PIPELINE,
    binding=SHOWING,
    versioned=True,
)
def stop_queue(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Let no more jobs of a queue start. Those that run go on.

    Args:
        id: number of the queue.
        name: name of the queue.

    Raises:
        QueueNotFound: there is no such queue.
    """
    return _switch(context, id, name, QueueAction.STOP)


@operation(
    right=QueueDefinitions.MANAGE,
    rest="POST /batchqueue/{id}?action",
    soap="Queue.SetState",
    cmdlet="Switch-JAMSQueue",
    command="switch-queue",
    key=("id",),
    positional=("id", "action"),
    pipeline={"id": "QueueID"},
    binding=SHOWING,
    versioned=True,
)
def switch_queue(context: Context, id: ObjectId, action: QueueAction) -> Message:
    """Start or stop a queue, as the action says.

    Args:
        id: number of the queue.
        action: start or stop.

    Raises:
        QueueNotFound: there is no such queue.
    """
    return _switch(context, id, None, action)


@operation(
    right=QueueDefinitions.INQUIRE,
    rest=("GET /batchqueue/{id}/references", "GET /batchqueue/references?name"),
    soap="Queue.ListReferences",
    cmdlet="Get-JAMSQueueReference",
    command="queue-references",
    key=("name", "id"),
    offers=offers.QUEUE,
    columns=REFERENCE_COLUMNS,
    pipeline=PIPELINE,
)
def list_queue_references(
    context: Context, id: ObjectId | None = None, name: Text | None = None
) -> list[Reference]:
    """List the jobs and folders that refer to a queue, by path, as far as the caller may look at such.

    Args:
        id: number of the queue.
        name: name of the queue.

    Raises:
        QueueNotFound: there is no such queue.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: queues.references_to(c, queues.find(c, id=id, name=name)))
    return shown_references(context, found)


def _switch(context: Context, id: int | None, name: str | None, action: QueueAction) -> str:
    one_of(id=id, name=name)
    switched = context.write(
        lambda c: queues.set_started(
            c,
            queues.find(c, id=id, name=name),
            action is QueueAction.START,
            user=context.caller.account,
            condition=context.condition,
        )
    )
    context.scheduler.wake()
    return f"Queue {switched} was {'started' if action is QueueAction.START else 'stopped'}."
