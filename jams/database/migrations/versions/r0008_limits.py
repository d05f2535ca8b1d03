"""Entries that are looked at when a limit of their definition is reached, and the icon that a run sets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import CHOICE, TEXT, TIME

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("look_at", TIME))
    for name in ("stalled", "runaway", "icon_permanent"):
        op.add_column("entry", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("entry", sa.Column("icon", CHOICE))
    op.add_column("entry", sa.Column("icon_message", TEXT))
    watched = sa.column("look_at").is_not(None)
    op.create_index(
        "ix_entry_look_at",
        "entry",
        ["look_at"],
        sqlite_where=watched,
        postgresql_where=watched,
        mssql_where=watched,
    )
