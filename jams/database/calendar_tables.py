"""The tables of calendars: date types and what they include, dates, and named times."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from jams.objects.calendars import WorkDay

from .columns import Choice, Day, Name, NameKey, Note, UtcTime, YesNo
from .table_parts import Number, changed, metadata, named, number

calendar = Table(
    "calendar",
    metadata,
    number(),
    *named(),
    *changed(),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)

date_type = Table(
    "date_type",
    metadata,
    number(),
    Column("calendar_id", Number, ForeignKey("calendar.id"), nullable=False),
    *named(),
    Column("continuous", YesNo, nullable=False),
    *changed(),
    UniqueConstraint("calendar_id", "name_key"),
    Index(None, "name_key"),
    sqlite_autoincrement=True,
)

date_type_link = Table(
    "date_type_link",
    metadata,
    Column("date_type_id", Number, ForeignKey("date_type.id"), primary_key=True),
    Column("included_id", Number, ForeignKey("date_type.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)
"""Which date types include the dates of which others."""

calendar_date = Table(
    "calendar_date",
    metadata,
    number(),
    Column("date_type_id", Number, ForeignKey("date_type.id"), nullable=False),
    Column("day", Day, nullable=False),
    Column("specific_type", Name, nullable=False),
    Column("specific_key", NameKey, nullable=False),
    Column("description", Note, nullable=False),
    Column("work_day", Choice(WorkDay), nullable=False),
    Column("source", Name),
    Column("changed", UtcTime, nullable=False),
    UniqueConstraint("date_type_id", "day", "specific_key"),
    sqlite_autoincrement=True,
)
"""``specific_type`` is empty where a date has none, so that the same day is not taken twice."""

named_time = Table(
    "named_time",
    metadata,
    number(),
    *named(),
    Column("start_second", Integer, nullable=False),
    Column("end_second", Integer, nullable=False),
    Column("enabled", YesNo, nullable=False),
    Column("auto_enable", YesNo, nullable=False),
    Column("auto_disable", YesNo, nullable=False),
    Column("last_auto_action", UtcTime),
    *changed(),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)
"""Seconds are counted from midnight."""
