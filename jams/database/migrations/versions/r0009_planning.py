"""The schedule: what runs by itself when, what was missed, and from which point an entry was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import CHOICE, NUMBER, PATH, TEXT, TIME

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedule_trigger",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("job_id", NUMBER, nullable=False),
        sa.Column("signature", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("specification", TEXT, nullable=False),
        sa.Column("conduct", TEXT, nullable=False),
        sa.Column("calendar_id", sa.BigInteger(), nullable=True),
        sa.Column("zone", sa.Unicode(64), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=True),
        sa.Column("submitted", sa.Boolean(), nullable=False),
        sa.Column("next_point", TIME, nullable=True),
        sa.Column("next_day", sa.Date(), nullable=True),
        sa.Column("retry_at", TIME, nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schedule_trigger"),
        sa.UniqueConstraint("job_id", "signature", name="uq_schedule_trigger_job_id_signature"),
        sqlite_autoincrement=True,
    )
    for column in ("calendar_id", "next_point", "zone"):
        op.create_index(f"ix_schedule_trigger_{column}", "schedule_trigger", [column])
    op.create_table(
        "missed_point",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("trigger_id", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("job_path", PATH, nullable=False),
        sa.Column("point", TIME, nullable=False),
        sa.Column("recorded", TIME, nullable=False),
        sa.Column("action", CHOICE, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_missed_point"),
        sa.UniqueConstraint("trigger_id", "point", name="uq_missed_point_trigger_id_point"),
        sqlite_autoincrement=True,
    )
    for column in ("job_id", "recorded"):
        op.create_index(f"ix_missed_point_{column}", "missed_point", [column])
    op.create_table(
        "job_to_plan",
        sa.Column("job_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("since", TIME, nullable=True),
        sa.PrimaryKeyConstraint("job_id", name="pk_job_to_plan"),
    )
    op.create_table(
        "planning",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("alive", TIME, nullable=True),
        sa.Column("planned_until", TIME, nullable=True),
        sa.Column("down_since", TIME, nullable=True),
        sa.Column("down_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_planning"),
    )
    op.execute("INSERT INTO planning (id) VALUES (1)")
    op.execute("INSERT INTO job_to_plan (job_id) SELECT id FROM job")
    op.add_column("entry", sa.Column("trigger_id", sa.BigInteger(), nullable=True))
    op.add_column("entry", sa.Column("point", TIME, nullable=True))
    op.add_column("entry", sa.Column("day", sa.Date(), nullable=True))
    planned = sa.text("trigger_id IS NOT NULL")
    op.create_index(
        "ix_entry_trigger_id_point",
        "entry",
        ["trigger_id", "point"],
        unique=True,
        sqlite_where=planned,
        postgresql_where=planned,
        mssql_where=planned,
    )
