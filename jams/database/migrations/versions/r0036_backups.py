"""The method that takes backups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_METHOD = "JAMSBackup"


def upgrade() -> None:
    _plant_method(op.get_bind())


def _plant_method(c: sa.Connection) -> None:
    """Add the method. One of the name may be there, of whoever made it by hand: it keeps its number."""
    method = sa.table("method", *(sa.column(name) for name in ("name", "name_key", "base")))
    key = _METHOD.lower()
    if c.scalar(sa.select(method.c.name).where(method.c.name_key == key)) is None:
        c.execute(sa.insert(method).values(name=_METHOD, name_key=key, base=_METHOD))
