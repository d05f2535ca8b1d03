"""With which data on time zones the schedule was planned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("planning", sa.Column("zone_data", sa.String(64), nullable=True))
