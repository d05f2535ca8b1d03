"""The forecast: what is supposed, and what the schedule will do by that."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import (
    Arguments,
    Count,
    Document,
    EntryNumber,
    Fact,
    Integer,
    Line,
    Name,
    ObjectId,
    Path,
    Seconds,
    Timestamp,
)
from .definitions import Job
from .enums import EntryState, Severity
from .waits import EntryWait, WaitKind

MOST_SUPPOSED = 100


class Supposition(Document, kw_only=True):
    """One thing that is supposed to be otherwise: an agent, queue, resource or job, or a submission."""

    agent: Annotated[
        Name | None, Meta(description="An agent that takes no runs; what runs there goes on.")
    ] = None
    queue: Annotated[Name | None, Meta(description="A queue with another `limit`, or that is `started`.")] = (
        None
    )
    limit: Annotated[Count | None, Meta(description="How many of its jobs the queue then runs at once.")] = (
        None
    )
    started: Annotated[bool | None, Meta(description="Whether the queue then starts any.")] = None
    resource: Annotated[Name | None, Meta(description="A resource of which there is `quantity`.")] = None
    quantity: Annotated[Count | None, Meta(description="How much of the resource there then is.")] = None
    job: Annotated[
        Path | None, Meta(description="A job that takes `elapsed`, is `due`, or has another `definition`.")
    ] = None
    elapsed: Annotated[Seconds | None, Meta(description="How many seconds its runs then take.")] = None
    due: Annotated[
        Timestamp | None, Meta(description="By when what of it is scheduled before that has to have ended.")
    ] = None
    definition: Annotated[
        Job | None, Meta(description="What it says otherwise, from now on; as a change of it would say it.")
    ] = None
    submit: Annotated[Path | None, Meta(description="A job that is submitted at the `begin`.")] = None
    priority: Annotated[Integer | None, Meta(description="The priority of what is submitted.")] = None
    begin: Annotated[Timestamp | None, Meta(description="From when on it is so; now if not given.")] = None
    end: Annotated[
        Timestamp | None, Meta(description="Until when it is so (agent, queue, resource); else it stays so.")
    ] = None


class ForecastQuestion(Arguments, frozen=True, kw_only=True):
    """What is supposed, and what is late."""

    suppose: Annotated[
        list[Supposition], Meta(max_length=MOST_SUPPOSED, description="What is supposed to be otherwise.")
    ] = []
    unknown_elapsed: Annotated[
        Seconds | None,
        Meta(description="How many seconds a run takes of a job without a good run; 60 if not given."),
    ] = None
    late_after: Annotated[
        Seconds | None,
        Meta(description="An entry is late, too, that starts so many seconds after its time, or later."),
    ] = None


class ForecastState(Enum):
    """How far a forecast is."""

    PLAYING = "Playing"
    COMPLETE = "Complete"


class ForecastStep(Fact, frozen=True, kw_only=True):
    """One thing for which an entry will have waited, and the entry whose end brings it."""

    kind: Annotated[WaitKind, Meta(description="What sort of thing it waits for.")]
    name: Annotated[str, Meta(description="The name of the thing.")] = ""
    since_utc: Annotated[Timestamp | None, Meta(description="Since when it waits for that.")] = None
    until_utc: Annotated[Timestamp | None, Meta(description="Until when.")] = None
    jams_entry: Annotated[
        EntryNumber | None, Meta(description="The entry that brings it, if it is in the schedule already.")
    ] = None
    job_name: Annotated[str, Meta(description="That entry's job.")] = ""
    folder_name: Annotated[str, Meta(description="The folder of that job.")] = ""
    submitted_by: Annotated[str, Meta(description="Who has submitted that entry.")] = ""
    start_time_utc: Annotated[Timestamp | None, Meta(description="When that entry starts.")] = None
    completion_time_utc: Annotated[Timestamp | None, Meta(description="When that entry ends.")] = None
    beside: Annotated[int, Meta(description="How many others end at the same time and bring it as well.")] = 0


class ForecastEntry(Fact, frozen=True, kw_only=True):
    """What will become of an entry: one run of it, or why none is forecast."""

    jams_entry: Annotated[
        EntryNumber | None, Meta(description="Its number, if it is in the schedule already.")
    ] = None
    job_id: ObjectId | None = None
    job_name: str = ""
    folder_name: str = ""
    submitted_by: str = ""
    scheduled_time: Timestamp | None = None
    current_state: Annotated[EntryState, Meta(description="Where it stands at the end of the forecast.")]
    start_time_utc: Annotated[Timestamp | None, Meta(description="When it starts; null: not forecast.")] = (
        None
    )
    completion_time_utc: Annotated[
        Timestamp | None, Meta(description="When it ends; null: not within the forecast.")
    ] = None
    final_severity: Severity | None = None
    elapsed_seconds: Annotated[float | None, Meta(description="How long the run takes.")] = None
    assumed: Annotated[
        bool, Meta(description="Whether that is assumed, as no good run of its job is known.")
    ] = False
    running: Annotated[bool, Meta(description="Whether it runs already.")] = False
    delay: Annotated[float | None, Meta(description="Seconds from its time to its start.")] = None
    agent_name: str = ""
    queue_name: Annotated[str, Meta(description="The queue in which it runs.")] = ""
    parent_entry: Annotated[
        EntryNumber | None, Meta(description="The setup or sequence of which it is a member.")
    ] = None
    late: Annotated[bool, Meta(description="Whether it is late.")] = False
    due_utc: Annotated[Timestamp | None, Meta(description="When it should have started or ended.")] = None
    late_reason: Annotated[str, Meta(description="What it is late for, in a sentence.")] = ""
    path: Annotated[
        tuple[ForecastStep, ...],
        Meta(description="What made it late: what it waited for, what that waited for, and so on."),
    ] = ()
    waits: Annotated[
        tuple[EntryWait, ...], Meta(description="What an entry waits for whose start is not forecast.")
    ] = ()


class Forecast(Fact, frozen=True, kw_only=True):
    """What the schedule will do, in order of time; a page of it."""

    state: Annotated[ForecastState, Meta(description="Whether it is there, or still being played.")]
    progress: Annotated[int, Meta(description="How much of it is there, in percent.")] = 100
    as_of_utc: Annotated[
        Timestamp | None, Meta(description="The state of the schedule from which it begins.")
    ] = None
    until_utc: Annotated[
        Timestamp | None,
        Meta(description="How far it reaches; earlier than asked for where it grew too large."),
    ] = None
    assumptions: Annotated[tuple[str, ...], Meta(description="What is taken for granted.")] = ()
    count: Annotated[int, Meta(description="How many entries there are on all pages.")] = 0
    late_count: Annotated[int, Meta(description="How many of these are late.")] = 0
    entries: Annotated[tuple[ForecastEntry, ...], Meta(description="The entries of the page.")] = ()


class ForecastOrder(Fact, frozen=True, kw_only=True):
    """What the process is told that plays a forecast."""

    file: str
    now: Timestamp
    until: Timestamp
    question: ForecastQuestion
    user: Line
    seconds: float
