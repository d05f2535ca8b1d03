"""In which groups accounts are that come from a directory or an issuer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NUMBER, TIME

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outside_standing",
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("groups", sa.UnicodeText(), nullable=True),
        sa.Column("said", TIME, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_outside_standing"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_outside_standing_account_id"),
    )
