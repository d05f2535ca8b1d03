"""Triggers of mails; and what is known of the events by which a trigger has fired."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NUMBER, TEXT, TIME

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trigger_event", sa.Column("facts", TEXT, nullable=True))
    op.add_column("trigger_news", sa.Column("facts", TEXT, nullable=True))
    op.create_table(
        "trigger_mail",
        sa.Column("event_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("open_uid", sa.BigInteger(), nullable=True),
        sa.Column("latest", TIME, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_trigger_mail"),
    )
    # Elements that were kept in leniency are obeyed from now on.
    op.execute(
        "INSERT INTO job_to_plan (job_id) SELECT id FROM job WHERE id NOT IN (SELECT job_id FROM job_to_plan)"
    )
