"""Stored credentials."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER, TEXT, TIME

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("user_name", TEXT, nullable=False),
        sa.Column("secret", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_credential"),
        sa.UniqueConstraint("name_key", name="uq_credential_name_key"),
        sqlite_autoincrement=True,
    )
