"""Calendars: date types and their dates, named times, and what is told of days (semantics 2.13).

Wire names are those of the published documents. A definition's number is given by the server: ignored when
it is created, and what identifies it when it is changed.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import Meta

from .base import (
    Arguments,
    Count,
    Day,
    Document,
    Duration,
    Fact,
    Name,
    ObjectId,
    ReadOnly,
    Redundant,
    Text,
    Timestamp,
)
from .errors import ErrorDocument
from .parts import ACL


class WorkDay(Enum):
    """Whether a date is a workday; what is not specified is decided by other dates, or by the weekday."""

    TRUE = "True"
    FALSE = "False"
    NOT_SPECIFIED = "NotSpecified"


class SpecificType(Document, kw_only=True):
    """A name that a date of a date type may bear; ``sequence`` orders the names."""

    sequence: Annotated[int, Meta(ge=0)] = 0
    specific_type: Name


class DateTypeLink(Document, kw_only=True):
    """A date type whose dates another one includes, by its number, or by its name and its calendar's."""

    date_type_id: ObjectId | None = None
    date_type_type: Name | None = None
    calendar_id: ObjectId | None = None
    calendar_name: Name | None = None


class Date(Document, kw_only=True):
    """One date of a date type; of a continuous type, the first day of a period.

    ``source`` says where an imported date comes from.
    """

    date_type_id: Annotated[ObjectId | None, ReadOnly] = None
    date_type_type: Annotated[str | None, ReadOnly] = None
    start_date: Day
    specific_type: Name | None = None
    description: Text = ""
    work_day: WorkDay = WorkDay.NOT_SPECIFIED
    source: Annotated[str, Meta(max_length=255)] | None = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None


class DateType(Document, kw_only=True):
    """A kind of date (``HOLIDAY``), or of period where ``continuous`` (``FISCAL``), in a calendar.

    In a changed document, ``dates`` replaces all dates of the type; absent, they stay as they are.
    """

    date_type_id: ObjectId | None = None
    date_type_type: Name
    calendar_id: ObjectId | None = None
    calendar_name: Name | None = None
    description: Text = ""
    continuous: bool = False
    specific_types: list[SpecificType] = []
    date_type_links: list[DateTypeLink] = []
    dates: list[Date] | None = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[str | None, ReadOnly] = None


class Calendar(Document, kw_only=True):
    """Date types that belong together. The calendar ``Default`` is always there."""

    calendar_id: ObjectId | None = None
    calendar_name: Name
    description: Text = ""
    color_name: Annotated[str, Meta(max_length=64)] | None = None
    date_types: Annotated[list[DateType], ReadOnly] = []
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[str | None, ReadOnly] = None
    acl: ACL | None = None


class NamedTime(Document, kw_only=True):
    """A part of the day with a name: a window for jobs. Both ends are spans since midnight.

    An end before the start lies on the next day. While it is not enabled the window is closed to everything.
    """

    time_id: ObjectId | None = None
    time_name: Name
    description: Text = ""
    start_time: Duration
    end_time: Duration
    enabled: bool = True
    auto_enable: bool = False
    auto_disable: bool = False
    last_auto_action_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[str | None, ReadOnly] = None


class DateDetails(Arguments, frozen=True, kw_only=True):
    """A date to be put into a date type, or to be changed there."""

    start_date: Annotated[Day, Meta(description="The day; of a continuous type, the first of a period.")]
    specific_type: Annotated[
        Name | None, Meta(description="Its specific type, one that the date type lists.")
    ] = None
    description: Annotated[Text, Meta(description="What it is, in words.")] = ""
    work_day: Annotated[WorkDay, Meta(description="Whether it is a workday.")] = WorkDay.NOT_SPECIFIED
    date_type_id: Annotated[int | None, Redundant] = None
    date_type_type: Annotated[str | None, Redundant] = None
    source: Annotated[str | None, Redundant] = None
    last_change_utc: Annotated[str | None, Redundant] = None


class DateEvaluation(Fact, frozen=True, kw_only=True):
    """What one text of several means: a day, or the error that says why there is none."""

    text: str
    result: Day | None = None
    error: ErrorDocument | None = None


class Workday(Fact, frozen=True, kw_only=True):
    """A day, whether it is a workday, and the date definition or else the setting that says so."""

    date: Day
    is_workday: bool
    reason: str
    date_type_type: str | None = None
    description: str | None = None
    setting: str | None = None


class Occurrence(Fact, frozen=True, kw_only=True):
    """A time at which a schedule runs.

    ``day`` is the local day, ``date`` the one that the specification gave before it was moved off a
    non-workday. Where there is a window, it is open at the scheduled time or opens at
    ``windowStartUTC``, and closes at ``windowEndUTC``.
    """

    scheduled_time_utc: Timestamp
    local_time: str
    day: Day
    date: Day
    item: str
    reason: str
    repetition: Count = 0
    clock_change: str | None = None
    window_start_utc: Timestamp | None = None
    window_end_utc: Timestamp | None = None


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


class ImportAction(Enum):
    """What an import does with a date."""

    ADD = "Add"
    CHANGE = "Change"
    SAME = "Same"
    KEEP = "Keep"
    """It is there already, entered by hand, and stays as it is."""


class ImportedDate(Fact, frozen=True, kw_only=True):
    """A date that an import found, and what is done with it."""

    action: ImportAction
    date_type_type: str
    start_date: Day
    specific_type: str | None = None
    description: str = ""
    work_day: WorkDay = WorkDay.NOT_SPECIFIED
    source: str | None = None


class CalendarImport(Fact, frozen=True, kw_only=True):
    """What an import did, or would do (``dryRun``)."""

    calendar_name: str
    dry_run: bool
    added: Count
    changed: Count
    same: Count
    kept: Count
    new_date_types: tuple[str, ...] = ()
    dates: tuple[ImportedDate, ...] = ()
