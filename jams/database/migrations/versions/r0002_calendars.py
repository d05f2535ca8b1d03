"""Calendars, date types, dates and named times; the calendar Default, and settings that dates depend on."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import CHOICE, NAME, NUMBER, TEXT, TIME

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SETTINGS = (
    (
        "LastWeekday",
        "What LAST MONDAY means: OfLastWeek, that day of last week; MostRecent, the last one before today.",
        "OfLastWeek",
    ),
    ("DateOrder", "How 4/5/2018 is read: MonthFirst or DayFirst.", "MonthFirst"),
    ("TimeZone", "The time zone of schedules that name none; empty is the server's own.", ""),
)


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", NUMBER, nullable=False),
        *_named(),
        *_changed(),
        sa.PrimaryKeyConstraint("id", name="pk_calendar"),
        sa.UniqueConstraint("name_key", name="uq_calendar_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "date_type",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("calendar_id", NUMBER, nullable=False),
        *_named(),
        sa.Column("continuous", sa.Boolean(), nullable=False),
        *_changed(),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"], name="fk_date_type_calendar_id"),
        sa.PrimaryKeyConstraint("id", name="pk_date_type"),
        sa.UniqueConstraint("calendar_id", "name_key", name="uq_date_type_calendar_id_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_date_type_name_key", "date_type", ["name_key"])
    op.create_table(
        "date_type_link",
        sa.Column("date_type_id", NUMBER, nullable=False),
        sa.Column("included_id", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["date_type_id"], ["date_type.id"], name="fk_date_type_link_date_type_id"),
        sa.ForeignKeyConstraint(["included_id"], ["date_type.id"], name="fk_date_type_link_included_id"),
        sa.PrimaryKeyConstraint("date_type_id", "included_id", name="pk_date_type_link"),
    )
    op.create_index("ix_date_type_link_included_id", "date_type_link", ["included_id"])
    op.create_table(
        "calendar_date",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("date_type_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("specific_type", NAME, nullable=False),
        sa.Column("specific_key", NAME, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("work_day", CHOICE, nullable=False),
        sa.Column("source", NAME, nullable=True),
        sa.Column("changed", TIME, nullable=False),
        sa.ForeignKeyConstraint(["date_type_id"], ["date_type.id"], name="fk_calendar_date_date_type_id"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_date"),
        sa.UniqueConstraint(
            "date_type_id", "day", "specific_key", name="uq_calendar_date_date_type_id_day_specific_key"
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "named_time",
        sa.Column("id", NUMBER, nullable=False),
        *_named(),
        sa.Column("start_second", sa.Integer(), nullable=False),
        sa.Column("end_second", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("auto_enable", sa.Boolean(), nullable=False),
        sa.Column("auto_disable", sa.Boolean(), nullable=False),
        sa.Column("last_auto_action", TIME, nullable=True),
        *_changed(),
        sa.PrimaryKeyConstraint("id", name="pk_named_time"),
        sa.UniqueConstraint("name_key", name="uq_named_time_name_key"),
        sqlite_autoincrement=True,
    )
    _plant(op.get_bind())


def _named() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("name", NAME, nullable=False), sa.Column("name_key", NAME, nullable=False)


def _changed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.Column("document", TEXT, nullable=False),
    )


def _plant(connection: sa.Connection) -> None:
    columns = ("name", "name_key", "version", "changed_by", "document")
    calendar = sa.table("calendar", *map(sa.column, columns), sa.column("changed", sa.DateTime()))
    connection.execute(
        sa.insert(calendar).values(
            name="Default",
            name_key="default",
            version=1,
            changed=datetime.now(UTC).replace(tzinfo=None),
            changed_by="JAMS",
            document="{}",
        )
    )
    setting = sa.table("setting", *map(sa.column, ("name", "data_type", "value", "description")))
    for name, description, value in _SETTINGS:
        row = {"name": name, "data_type": "Text", "value": value, "description": description}
        connection.execute(sa.insert(setting).values(**row))
