"""The access lists of objects, which documents have held and nothing has enforced."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0033"
branch_labels = None
depends_on = None

_KINDS = (
    *("agent", "alert", "calendar", "folder", "job", "menu", "queue", "resource", "trigger", "variable"),
)


def upgrade() -> None:
    op.create_table(
        "object_access",
        sa.Column("kind", sa.Unicode(32), nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.UnicodeText(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "object_id", name="pk_object_access"),
    )
    connection = op.get_bind()
    target = sa.table("object_access", sa.column("kind"), sa.column("object_id"), sa.column("lines"))
    for kind in _KINDS:
        table = sa.table(kind, sa.column("id"), sa.column("document"))
        query = sa.select(table.c.id, table.c.document).where(table.c.document.like('%"acl"%'))
        for id, document in connection.execute(query).all():
            lines = _lines(document)
            if lines:
                connection.execute(
                    sa.insert(target).values(kind=kind, object_id=id, lines=json.dumps({"acl": lines}))
                )


def _lines(text: str) -> Any:
    """The access list in a document; one that cannot be read has none."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found.get("acl") if isinstance(found, dict) else None
