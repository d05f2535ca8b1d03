"""The folders that personal access tokens are limited to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import TEXT

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("personal_token", sa.Column("folders", TEXT, server_default="", nullable=False))
