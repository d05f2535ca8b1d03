"""Which limits of an entry were passed, so that each is told of once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import TEXT

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("raised", TEXT, server_default="", nullable=False))
