"""Retention: the method that purges, what was delivered, and logs whose files are to be removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NUMBER, TEXT, TIME

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_METHOD = "JAMSPurge"


def upgrade() -> None:
    op.create_table(
        "delivered",
        sa.Column("path_key", sa.Unicode(800), nullable=False),
        sa.PrimaryKeyConstraint("path_key", name="pk_delivered"),
    )
    op.create_table(
        "log_to_remove",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("written_until", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_to_remove"),
        sqlite_autoincrement=True,
    )
    _plant_method(op.get_bind())


def _plant_method(c: sa.Connection) -> None:
    """Add the method. One of the name may be there, of whoever made it by hand: it keeps its number."""
    method = sa.table("method", *(sa.column(name) for name in ("name", "name_key", "base")))
    key = _METHOD.lower()
    if c.scalar(sa.select(method.c.name).where(method.c.name_key == key)) is None:
        c.execute(sa.insert(method).values(name=_METHOD, name_key=key, base=_METHOD))
