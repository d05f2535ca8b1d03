"""The outbox as operators see it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from .base import Count, Fact, ObjectId, Timestamp
from .tellings import OutboxState, TellingWay


class OutboxItem(Fact, frozen=True, kw_only=True):
    """Somebody who is to be told of something, or was. What it says is not shown here."""

    outbox_id: Annotated[ObjectId, Meta(description="Number of the message.")]
    way: Annotated[TellingWay, Meta(description="How they are told.")]
    state: Annotated[OutboxState, Meta(description="How far it is.")]
    jams_entry: Annotated[int | None, Meta(description="Number of the entry that it is about.")] = None
    name: Annotated[str, Meta(description="Path of the job, or of the trigger.")]
    happened: Annotated[str, Meta(description="What it tells of.")] = ""
    told_by: Annotated[str, Meta(description="The property, element or alert that says so.")] = ""
    recipients: Annotated[list[str], Meta(description="Those who have yet to be told.")] = []
    delivered: Annotated[list[str], Meta(description="Those who were told.")] = []
    created_utc: Annotated[Timestamp, Meta(description="When it happened.")]
    next_try_utc: Annotated[Timestamp | None, Meta(description="When it is tried next, at the earliest.")] = (
        None
    )
    attempts: Annotated[Count, Meta(description="How often it was tried.")] = 0
    last_error: Annotated[str | None, Meta(description="Why the last try has failed.")] = None
    done_utc: Annotated[Timestamp | None, Meta(description="When it was sent, or given up.")] = None
    message_id: Annotated[str, Meta(description="By which the other side knows what comes twice.")] = ""
