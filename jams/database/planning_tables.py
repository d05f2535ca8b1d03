"""The tables of the schedule: what runs by itself when, what was missed, which jobs to plan anew."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Unicode, UniqueConstraint

from jams.objects.missed_points import MissedAction

from .columns import Choice, Day, Document, Note, Path, UtcTime, YesNo
from .table_parts import Number, metadata, number

schedule_trigger = Table(
    "schedule_trigger",
    metadata,
    number(),
    Column("job_id", Number, nullable=False),
    Column("signature", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("specification", Document, nullable=False),
    Column("conduct", Document, nullable=False),
    Column("calendar_id", BigInteger, index=True),
    Column("zone", Unicode(64), nullable=False, index=True),
    Column("anchor", Day),
    Column("submitted", YesNo, nullable=False, default=False),
    Column("next_point", UtcTime),
    Column("next_day", Day),
    Column("retry_at", UtcTime),
    Column("problem", Note),
    Column("retired", YesNo, nullable=False, default=False),
    UniqueConstraint("job_id", "signature"),
    Index(None, "next_point"),
    sqlite_autoincrement=True,
)
"""One row for each way in which a job runs by itself. ``signature`` stands for all that decides its points: a
definition that changes elsewhere keeps its row, and one that is changed back finds it again, ``retired``
meanwhile. ``conduct`` is what else the definition says of its runs. ``next_point`` is the first one that has
no entry yet; intervals count from ``anchor``, which is the day of a submission if ``submitted``."""

missed_point = Table(
    "missed_point",
    metadata,
    number(),
    Column("trigger_id", BigInteger, nullable=False),
    Column("job_id", BigInteger, nullable=False, index=True),
    Column("job_path", Path, nullable=False),
    Column("point", UtcTime, nullable=False),
    Column("recorded", UtcTime, nullable=False, index=True),
    Column("action", Choice(MissedAction), nullable=False),
    Column("reason", Note, nullable=False),
    UniqueConstraint("trigger_id", "point"),
    sqlite_autoincrement=True,
)
"""A point that passed without a run: what was done about it, and why."""

job_to_plan = Table(
    "job_to_plan",
    metadata,
    Column("job_id", Number, primary_key=True, autoincrement=False),
    Column("since", UtcTime),
)
"""Jobs whose schedule has to be looked at, and since when; null: nobody has looked at them before. Until that
is done, what was planned for them does not become due."""

planning = Table(
    "planning",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("alive", UtcTime),
    Column("planned_until", UtcTime),
    Column("down_since", UtcTime),
    Column("down_until", UtcTime),
    Column("down_action", String(16)),
    Column("zone_data", String(64)),
)
"""One row: when the scheduler last said that it works, how far the schedule reaches, and the time during
which nobody planned, with what is done about it, until that is done; and the version of the data on time
zones by which it was planned."""
