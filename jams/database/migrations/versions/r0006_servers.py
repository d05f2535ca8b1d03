"""Who works with the database; on PostgreSQL numbers from sequences, beginning where the counter stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, TIME

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "server",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("host", NAME, nullable=False),
        sa.Column("process_id", sa.BigInteger(), nullable=False),
        sa.Column("started", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_server"),
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        counter = sa.table("counter", sa.column("entry"), sa.column("ron"))
        last = connection.execute(sa.select(counter.c.entry, counter.c.ron)).one()
        op.execute(f"CREATE SEQUENCE entry_number AS bigint START WITH {last.entry + 1}")
        op.execute(f"CREATE SEQUENCE run_number AS bigint START WITH {last.ron + 1}")
