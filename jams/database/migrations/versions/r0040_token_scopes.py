"""Personal tokens that are limited to some operations, or to reading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import TEXT

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("personal_token", sa.Column("operations", TEXT, server_default="", nullable=False))
    op.add_column(
        "personal_token", sa.Column("read_only", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
