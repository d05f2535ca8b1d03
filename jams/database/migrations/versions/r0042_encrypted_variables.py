"""The sealed values of variables that are encrypted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("variable", sa.Column("secret", sa.UnicodeText(), nullable=True))
