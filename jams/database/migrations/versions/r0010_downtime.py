"""What is done about points that were missed while nobody planned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("planning", sa.Column("down_action", sa.String(16), nullable=True))
