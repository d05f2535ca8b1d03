"""What has happened to entries and definitions, as it is told to whoever listens."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import Fact, Timestamp
from .enums import EntryState, Severity


class EventKind(Enum):
    """What an event is about."""

    ENTRY = "Entry"
    FOLDER = "Folder"
    JOB = "Job"
    VARIABLE = "Variable"
    AGENT = "Agent"
    CALENDAR = "Calendar"
    DATE_TYPE = "DateType"
    NAMED_TIME = "NamedTime"
    QUEUE = "Queue"
    RESOURCE = "Resource"
    TRIGGER = "Trigger"
    SETTING = "Setting"
    METHOD = "Method"
    ALERT = "Alert"
    MENU = "Menu"
    CREDENTIAL = "Credential"


class EventAction(Enum):
    """What has happened to it."""

    ADDED = "Added"
    CHANGED = "Changed"
    REMOVED = "Removed"


class Event(Fact, frozen=True, kw_only=True):
    """Something has happened to an entry or a definition; what it is now, its own document tells."""

    event_id: Annotated[int, Meta(description="Its number. Later events have greater ones.")]
    event_time_utc: Annotated[Timestamp, Meta(description="When it was written down.")]
    kind: Annotated[EventKind, Meta(description="What it is about.")]
    action: Annotated[EventAction, Meta(description="What has happened.")]
    object_id: Annotated[int, Meta(description="Number of the entry or definition.")]
    name: Annotated[
        str,
        Meta(description="Its qualified name, or its name, as it was then; of an entry, that of its job."),
    ]
    version: Annotated[
        int, Meta(description="The version that it has got; of what was removed, the last one that it had.")
    ] = 0
    current_state: Annotated[
        EntryState | None,
        Meta(description="Where the entry stands; null for what was removed, and all else."),
    ] = None
    final_severity: Annotated[Severity | None, Meta(description="How well the entry ended.")] = None


class Events(Fact, frozen=True, kw_only=True):
    """Some of what has happened, in its order."""

    items: list[Event]
    next: Annotated[str, Meta(description="Behind what to ask on: what was looked through ends there.")]
    more: Annotated[bool, Meta(description="Whether there is more to be had at once.")] = False
    list_anew: Annotated[
        bool,
        Meta(
            description="Whether there were events that are not kept any more: what was listed before has to "
            "be listed anew."
        ),
    ] = False
    view: Annotated[
        str, Meta(description="Stands for what the caller may see: who has the same is told the same.")
    ] = ""
