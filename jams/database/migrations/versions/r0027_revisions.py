"""What definitions were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NUMBER, TEXT, TIME

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("object_id", sa.BigInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, nullable=False),
        sa.Column("user_name", sa.Unicode(255), nullable=False),
        sa.Column("door", sa.Unicode(32)),
        sa.Column("operation", sa.Unicode(64)),
        sa.Column("origin", sa.Unicode(255)),
        sa.Column("note", sa.Unicode(255)),
        sa.Column("document", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_revision_kind_object_id_version", "revision", ["kind", "object_id", "version"], unique=True
    )
    op.create_index("ix_revision_time", "revision", ["time"])
