"""What folders, jobs and agents name in properties, so that it is not deleted beneath them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER
from jams.database.reference_uses import keys

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT_ONCE = 1000


def upgrade() -> None:
    op.create_table(
        "reference_use",
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("owner", sa.String(8), nullable=False),
        sa.Column("owner_id", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("name_key", "owner", "owner_id", name="pk_reference_use"),
    )
    op.create_index("ix_reference_use_owner_owner_id", "reference_use", ["owner", "owner_id"])
    for owner in ("folder", "job", "agent"):
        _note(op.get_bind(), owner)


def _note(c: sa.Connection, owner: str) -> None:
    """Note what the definitions of a table name: read with the registry of today, as all that is asked is."""
    rows = sa.table(owner, sa.column("id"), sa.column("document"))
    use = sa.table("reference_use", sa.column("owner"), sa.column("owner_id"), sa.column("name_key"))
    last = 0
    while found := c.execute(
        sa.select(rows).where(rows.c.id > last).order_by(rows.c.id).limit(_AT_ONCE)
    ).all():
        last = found[-1].id
        noted = [
            {"owner": owner, "owner_id": row.id, "name_key": key}
            for row in found
            for key in keys(row.document)
        ]
        if noted:
            c.execute(sa.insert(use), noted)
