"""Rows of the projected schedule: runs that are expected of jobs."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import Duration, Fact, ObjectId, Timestamp
from .definitions import Job
from .errors import ErrorDocument
from .parts import Element


class ScheduleReason(Enum):
    """Why a job is expected to run."""

    AUTOMATIC = "Automatic"
    PLANNED = "Planned"


class ScheduleRow(Fact, frozen=True, kw_only=True):
    """A run that is expected of a job; or in ``error`` why no further ones can be foreseen of it.

    ``Planned`` runs are those of jobs that the scheduler does not submit by itself.
    """

    job_id: ObjectId
    job_name: str
    folder_name: str
    scheduled_time: Timestamp | None = None
    reason: ScheduleReason = ScheduleReason.AUTOMATIC
    auto_submit: bool = True
    explanation: str = ""
    non_workday_scheduling: str = ""
    description: str = ""
    avg_elapsed_time: float | None = None
    error: ErrorDocument | None = None
    jams_entry: Annotated[
        int | None, Meta(description="The entry of the run, where the schedule holds it already.")
    ] = None
    hold_time: Annotated[
        Timestamp | None, Meta(description="Of that entry, the time before which it does not start.")
    ] = None
    job_state: Annotated[str, Meta(description="How it comes to run: Timed, by its schedule.")] = "Timed"
    estimated_start_date: Annotated[Timestamp | None, Meta(description="When it is expected to start.")] = (
        None
    )
    completion_date: Annotated[
        Timestamp | None, Meta(description="When it is expected to end, by how long good runs of it take.")
    ] = None
    last_auto_submit: Annotated[
        Timestamp | None, Meta(description="When the scheduler submitted the job last.")
    ] = None
    last_success: Annotated[Timestamp | None, Meta(description="When it last ended with Success.")] = None
    last_info: Annotated[Timestamp | None, Meta(description="When it last ended with Info.")] = None
    last_warning: Annotated[Timestamp | None, Meta(description="When it last ended with Warning.")] = None
    last_error: Annotated[Timestamp | None, Meta(description="When it last ended with Error.")] = None
    last_fatal: Annotated[Timestamp | None, Meta(description="When it last ended with Fatal.")] = None
    resubmit_base: Annotated[
        str, Meta(description="From what resubmitDelay counts: ScheduledTime or EndTime.")
    ] = "ScheduledTime"
    resubmit_delay: Annotated[
        Duration | None, Meta(description="How long after a run it runs again; -1: it does not.")
    ] = None
    resubmit_end: Annotated[
        Duration | None, Meta(description="Until when it runs again, since midnight; -1: to the day's end.")
    ] = None
    resubmit_on_error: Annotated[
        bool, Meta(description="Whether it runs again after a run that failed, too.")
    ] = False
    full_object: Annotated[
        bool, Meta(description="Whether job and elements are given, as full asks for.")
    ] = False
    job: Annotated[Job | None, Meta(description="The job, where full asks for it.")] = None
    elements: Annotated[
        tuple[Element, ...],
        Meta(description="The elements of the job and of the folders above it, where full asks for them."),
    ] = ()
    cursor: Annotated[str, Meta(description="What a list goes on by that ends with this row.")] = ""
