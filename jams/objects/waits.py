"""Why an entry waits, or why it went on, as documents."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import EntryNumber, Fact, Timestamp
from .enums import EntryState, ReleaseType


class WaitKind(Enum):
    """What sort of thing an entry waits for."""

    HOLD = "Hold"
    STEP = "Step"
    """Its turn in its setup or sequence."""
    MEMBER = "Member"
    """Of a setup or sequence that has begun: a member that halts it, or somebody who holds it."""
    TIME = "Time"
    WINDOW = "Window"
    JOB = "Job"
    VARIABLE = "Variable"
    FILE = "File"
    PRECHECK = "Precheck"
    RESOURCE = "Resource"
    QUEUE = "Queue"
    INSTANCE = "Instance"
    AGENT = "Agent"
    LINE = "Line"
    """Others stand before it in the line for the same things."""
    RETRY = "Retry"
    ENGINE = "Engine"
    """Nothing any more: it goes on at the next turn."""
    ORIGIN = "Origin"
    """It has gone on: who or what made it."""
    OPENED = "Opened"
    """It has gone on: what opened a wait, or who released it."""


class EntryWait(Fact, frozen=True, kw_only=True):
    """One thing that an entry waits for; or, of one that has gone on, one thing that let it."""

    jams_entry: EntryNumber
    kind: Annotated[WaitKind, Meta(description="What sort of thing it waits for.")]
    name: Annotated[str, Meta(description="The name of the thing.")] = ""
    object_id: Annotated[int | None, Meta(description="Its number, if it has one.")] = None
    message: Annotated[str, Meta(description="What is missing, in a sentence.")] = ""
    since_utc: Annotated[Timestamp | None, Meta(description="Since when it waits for that.")] = None
    opens_utc: Annotated[
        Timestamp | None, Meta(description="When that will be over, where it can be known.")
    ] = None
    opened_by: Annotated[str, Meta(description="What would let it go on.")] = ""
    release_type: Annotated[
        ReleaseType | None, Meta(description="The kind of release that lets it pass by.")
    ] = None
    current_state: Annotated[
        EntryState | None, Meta(description="The state of an entry that waits for such.")
    ] = None
