"""What records of the audit trail tell of the objects that were changed, and what they are found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("audit", sa.Column("changes", sa.UnicodeText(), nullable=True))
    op.create_table(
        "audit_object",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("link", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Unicode(32), nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=True),
        sa.Column("name_key", sa.Unicode(800), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_object"),
    )
    for column in ("link", "object_id", "name_key"):
        op.create_index(f"ix_audit_object_{column}", "audit_object", [column])
