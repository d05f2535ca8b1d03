"""Personal access tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER, TEXT, TIME

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personal_token",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rights", TEXT, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("expires", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_personal_token"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_personal_token_account_id"),
        sa.UniqueConstraint("account_id", "name_key", name="uq_personal_token_account_id_name_key"),
        sa.UniqueConstraint("digest", name="uq_personal_token_digest"),
        sqlite_autoincrement=True,
    )
