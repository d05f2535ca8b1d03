"""Refusals in the audit trail, and the history by who has submitted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit", sa.Column("origin", sa.Unicode(255)))
    op.add_column("audit", sa.Column("refusal", sa.String(64)))
    op.add_column("audit", sa.Column("times", sa.Integer(), nullable=False, server_default="1"))
    op.create_index("ix_audit_refusal", "audit", ["refusal"])
    op.create_index("ix_history_submitted_by_completion_time", "history", ["submitted_by", "completion_time"])
