"""What is still to be told to people and programs, and what could not be."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from sqlalchemy import Connection

from jams.database import outbox
from jams.objects.base import EntryNumber, ObjectId
from jams.objects.outbox import OutboxItem
from jams.objects.tellings import OutboxState
from jams.security.rights import Configuration

from .catalogue import Bound, Message
from .context import Context
from .declaration import operation

COLUMNS = ("outboxID", "way", "state", "jamsEntry", "name", "recipients", "attempts", "lastError")
Limit = Annotated[int, Meta(ge=1, le=10_000)]


@operation(
    right=Configuration.INQUIRE,
    rest="GET /outbox?state,entry,limit,beyond",
    bound=Bound("limit", cursor="beyond", member="outboxID"),
    soap="Outbox.List",
    cmdlet="Get-JAMSOutbox",
    command="outbox",
    columns=COLUMNS,
)
def list_outbox(
    context: Context,
    state: OutboxState | None = None,
    entry: EntryNumber | None = None,
    limit: Limit = 1000,
    beyond: ObjectId | None = None,
) -> list[OutboxItem]:
    """List whom the server tells of what has happened, and whom it could not tell, newest first.

    What was sent is shown for KeepSent, what has failed until it is sent again or removed. What is said is
    not shown.

    Args:
        state: only what is so far: Waiting, Sent or Failed.
        entry: only what is told of this entry.
        limit: at most so many, the newest ones.
        beyond: continue behind the message of this number, the last one of the list before.
    """

    def work(c: Connection) -> list[OutboxItem]:
        found = outbox.find(c, state=state, entry=entry, limit=limit, beyond=beyond)
        return context.counted(found, lambda: outbox.count_found(c, state=state, entry=entry))

    return context.read(work)


@operation(
    right=Configuration.EXECUTE,
    rest="PUT /outbox/{id}/send",
    soap="Outbox.Send",
    cmdlet="Send-JAMSOutbox",
    command="send-outbox",
    key=("id",),
    positional=("id",),
    pipeline={"id": "OutboxID"},
)
def send_outbox(context: Context, id: ObjectId) -> Message:
    """Send a message of the outbox again that could not be sent, or that waits, at once.

    Only those are told who have not been told.

    Args:
        id: number of the message.

    Raises:
        NotFound: there is no such message.
        WrongState: it was sent.
    """
    item = context.write(lambda c: outbox.send_again(c, id))
    return f"Message {item.outbox_id} of the outbox is sent again."


@operation(
    right=Configuration.EXECUTE,
    rest="DELETE /outbox/{id}",
    soap="Outbox.Remove",
    cmdlet="Remove-JAMSOutbox",
    command="remove-outbox",
    key=("id",),
    positional=("id",),
    pipeline={"id": "OutboxID"},
)
def remove_outbox(context: Context, id: ObjectId) -> Message:
    """Remove a message from the outbox, which then tells nobody any more.

    Args:
        id: number of the message.

    Raises:
        NotFound: there is no such message.
    """
    item = context.write(lambda c: outbox.remove(c, id))
    return f"Message {item.outbox_id} of the outbox was removed."
