"""Versions of definitions, drawn from one counter: none is given twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NUMBER

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_VERSIONED = ("agent", "calendar", "credential", "date_type", "folder", "job", "named_time", "variable")


def upgrade() -> None:
    op.add_column("counter", sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"))
    connection = op.get_bind()
    version: sa.ColumnClause[int] = sa.column("version")
    given = (sa.select(sa.func.max(version)).select_from(sa.table(table)) for table in _VERSIONED)
    last = max(connection.scalar(query) or 1 for query in given)
    connection.execute(sa.update(sa.table("counter", version)).values(version=last))
    if connection.dialect.name != "sqlite":
        op.alter_column("counter", "version", server_default=None)
        for table in _VERSIONED:
            op.alter_column(table, "version", type_=NUMBER, existing_nullable=False)
