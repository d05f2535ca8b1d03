"""Calendars: date types and their dates, named times, and what is told of days (semantics 2.13).

Wire names are those of the published documents. A definition's number is given by the server: ignored when
it is created, and what identifies it when it is changed.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from .base import (
    Arguments,
    Count,
    Day,
    Document,
    Duration,
    Fact,
    Integer,
    Line,
    Name,
    ObjectId,
    OwnName,
    Place,
    ReadOnly,
    Redundant,
    Text,
    Timestamp,
)
from .errors import ErrorDocument
from .parts import About, AccessList, Damage, NotObeyed
from .patch import Version


class WorkDay(Enum):
    """Whether a date is a workday; what is not specified is decided by other dates, or by the weekday."""

    TRUE = "True"
    FALSE = "False"
    NOT_SPECIFIED = "NotSpecified"


class SpecificType(Document, kw_only=True):
    """A name that a date of a date type may bear; ``sequence`` orders the names."""

    sequence: Count = 0
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
    date_type_type: Annotated[Text | None, ReadOnly] = None
    start_date: Day
    specific_type: Name | None = None
    description: Text = ""
    work_day: WorkDay = WorkDay.NOT_SPECIFIED
    source: Line | None = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    damage: Damage = None


class DateType(Document, kw_only=True):
    """A kind of date (``HOLIDAY``), or of period where ``continuous`` (``FISCAL``), in a calendar."""

    date_type_id: Annotated[ObjectId | None, Meta(description="Number of the date type.")] = None
    date_type_type: Annotated[
        OwnName, Meta(description="Name of the date type, as the date language uses it: HOLIDAY.")
    ]
    calendar_id: Annotated[
        ObjectId | None,
        Meta(description="Number of its calendar; goes before the name, if both are given."),
        Place,
    ] = None
    calendar_name: Annotated[
        Name | None,
        Meta(description="Its calendar; a new one is in the default one, if none is given."),
        Place,
    ] = None
    description: About = ""
    continuous: Annotated[
        bool, Meta(description="Whether a date lasts until the next one, as fiscal periods do.")
    ] = False
    specific_types: Annotated[
        list[SpecificType],
        Meta(description="Names that its dates may bear: documents with specificType and sequence."),
    ] = []
    date_type_links: Annotated[
        list[DateTypeLink],
        Meta(description="Date types whose dates it includes: documents with dateTypeType and calendarName."),
    ] = []
    dates: Annotated[
        list[Date],
        Meta(description="Its dates, in place of those that are there: documents with startDate and more."),
    ] = []
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None


class Calendar(Document, kw_only=True):
    """Date types that belong together. The calendar ``Default`` is always there."""

    calendar_id: Annotated[ObjectId | None, Meta(description="Number of the calendar.")] = None
    calendar_name: Annotated[OwnName, Meta(description="Name of the calendar.")]
    description: About = ""
    color_name: Annotated[
        Annotated[str, Meta(max_length=64, extra={"text": "label"})] | None,
        Meta(description="The colour in which its dates are shown."),
    ] = None
    date_types: Annotated[list[DateType], ReadOnly] = []
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    acl: AccessList = None
    not_obeyed: NotObeyed = []


class NamedTimeAction(Enum):
    """What can be done to a named time."""

    ENABLE = "enable"
    DISABLE = "disable"


class NamedTime(Document, kw_only=True):
    """A part of the day with a name: a window for jobs. Both ends are spans since midnight.

    An end before the start lies on the next day. While it is not enabled the window is closed to everything.
    """

    time_id: Annotated[ObjectId | None, Meta(description="Number of the named time.")] = None
    time_name: Annotated[OwnName, Meta(description="Name of the named time, by which jobs refer to it.")]
    description: About = ""
    start_time: Annotated[
        Duration, Meta(description="When the window opens: a document with totalSeconds since midnight.")
    ]
    end_time: Annotated[
        Duration,
        Meta(description="When it closes, likewise; before the start, it is on the next day. Else midnight."),
    ] = field(default_factory=lambda: Duration(total_seconds=0))
    enabled: Annotated[
        bool, Meta(description="Whether it is open at its times; otherwise it stays closed.")
    ] = True
    auto_enable: Annotated[
        bool,
        Meta(description="Whether it shall be enabled by itself at its start; not supported yet."),
    ] = False
    auto_disable: Annotated[
        bool,
        Meta(description="Whether it shall be disabled by itself at its end; not supported yet."),
    ] = False
    last_auto_action_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_change_utc: Annotated[Timestamp | None, ReadOnly] = None
    last_changed_by: Annotated[Text | None, ReadOnly] = None
    version: Version = None
    damage: Damage = None
    not_obeyed: NotObeyed = []


class DateDetails(Arguments, frozen=True, kw_only=True):
    """A date to be put into a date type."""

    start_date: Annotated[Day, Meta(description="The day; of a continuous type, the first of a period.")]
    specific_type: Annotated[
        Name | None, Meta(description="Its specific type, one that the date type lists.")
    ] = None
    description: Annotated[Text, Meta(description="What it is, in words.")] = ""
    work_day: Annotated[WorkDay, Meta(description="Whether it is a workday.")] = WorkDay.NOT_SPECIFIED
    date_type_id: Annotated[Integer | None, Redundant] = None
    date_type_type: Annotated[Text | None, Redundant] = None
    source: Annotated[Line | None, Redundant] = None
    last_change_utc: Annotated[Line | None, Redundant] = None


class DateChange(Arguments, frozen=True, kw_only=True):
    """What shall be otherwise in a date; what is left out stays as it is."""

    start_date: Annotated[Day, Meta(description="The day of the date.")]
    specific_type: Annotated[
        Name | UnsetType | None,
        Meta(description="Its specific type; where the day has several dates, it says which."),
    ] = UNSET
    description: Annotated[Text | UnsetType | None, Meta(description="What it is, in words.")] = UNSET
    work_day: Annotated[WorkDay | UnsetType | None, Meta(description="Whether it is a workday.")] = UNSET
    date_type_id: Annotated[Integer | None, Redundant] = None
    date_type_type: Annotated[Text | None, Redundant] = None
    source: Annotated[Line | None, Redundant] = None
    last_change_utc: Annotated[Line | None, Redundant] = None


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
    cursor: Annotated[str, Meta(description="What a list goes on by that ends with this time.")] = ""


class ImportAction(Enum):
    """What an import does with a date."""

    ADD = "Add"
    CHANGE = "Change"
    SAME = "Same"
    KEEP = "Keep"
    """It is there already, entered by hand, and stays as it is."""
    REMOVE = "Remove"
    """It came from an earlier version of the text, which says nothing of it any more."""


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
    removed: Annotated[
        Count, Meta(description="Dates that an earlier version of the text had, and this one has not.")
    ] = 0
    remarks: Annotated[
        tuple[str, ...], Meta(description="What its reader should know of the text, in sentences.")
    ] = ()
