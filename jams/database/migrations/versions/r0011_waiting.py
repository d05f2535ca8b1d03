"""What entries wait for: topics, lines for capacity, files, prechecks; and which ends count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NUMBER, TEXT, TIME

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    for column in (
        sa.Column("demands", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("opens_at", TIME, nullable=True),
        sa.Column("ready_at", TIME, nullable=True),
        sa.Column("since", TIME, nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("passed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("attempt", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("entry", column)
    op.add_column("history", sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("history", sa.Column("day", sa.Date(), nullable=True))
    op.drop_index("ix_entry_state_hold_time", table_name="entry")
    op.create_index("ix_entry_state_opens_at", "entry", ["state", "opens_at"])
    op.create_index(
        "ix_entry_line_id_priority_since_number", "entry", ["line_id", "priority", "since", "number"]
    )
    op.execute(
        "UPDATE entry SET opens_at = hold_time, since = scheduled_time, "
        "ready_at = COALESCE(hold_time, scheduled_time)"
    )


def _tables() -> None:
    op.create_table(
        "wait_topic",
        sa.Column("topic", sa.Unicode(64), nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("topic", "number", name="pk_wait_topic"),
    )
    op.create_index("ix_wait_topic_number", "wait_topic", ["number"])
    op.create_table(
        "waiting_line",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("signature", sa.Unicode(440), nullable=False),
        sa.Column("lacks", sa.Unicode(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_line"),
        sa.UniqueConstraint("signature", name="uq_waiting_line_signature"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_waiting_line_lacks", "waiting_line", ["lacks"])
    op.create_table(
        "file_fact",
        sa.Column("topic", sa.Unicode(64), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("looked_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("topic", name="pk_file_fact"),
    )
    op.create_index("ix_file_fact_agent_id", "file_fact", ["agent_id"])
    op.create_table(
        "precheck",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("precheck_entry", sa.BigInteger(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("cancels", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_precheck"),
    )
    op.create_index("ix_precheck_precheck_entry", "precheck", ["precheck_entry"])
