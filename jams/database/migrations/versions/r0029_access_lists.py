"""In which version the access list of an area is, and who changed it when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_list",
        sa.Column("area", sa.Unicode(64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.Unicode(255), nullable=False),
        sa.PrimaryKeyConstraint("area", name="pk_access_list"),
    )
