"""Where accounts come from, the rules of their passwords, one-time codes, and failed logins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER, TIME

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("version", NUMBER, server_default="1", nullable=False),
        sa.Column("changed_by", NAME, server_default="", nullable=False),
        sa.Column("source", sa.String(32), server_default="local", nullable=False),
        sa.Column("external_id", sa.Unicode(512), nullable=True),
        sa.Column("service", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("password_set", TIME, nullable=True),
        sa.Column("must_change", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("last_login", TIME, nullable=True),
        sa.Column("code_secret", sa.Unicode(512), nullable=True),
        sa.Column("code_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("code_step", sa.BigInteger(), nullable=True),
    ):
        op.add_column("account", column)
    op.create_index("ix_account_source_external_id", "account", ["source", "external_id"])
    for column in (
        sa.Column("version", NUMBER, server_default="1", nullable=False),
        sa.Column("changed", TIME, nullable=True),
        sa.Column("changed_by", NAME, server_default="", nullable=False),
    ):
        op.add_column("account_group", column)
    # When a password was set is not known; the last change of the account is not before that.
    account = sa.table("account", *(sa.column(name) for name in ("password_hash", "password_set", "changed")))
    op.execute(
        sa.update(account).where(account.c.password_hash.is_not(None)).values(password_set=account.c.changed)
    )
    op.create_table(
        "password_used",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("password_hash", sa.Unicode(512), nullable=False),
        sa.Column("replaced", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_password_used"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_password_used_account_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_password_used_account_id", "password_used", ["account_id"])
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_recovery_code"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_recovery_code_account_id"),
    )
    op.create_index("ix_recovery_code_account_id", "recovery_code", ["account_id"])
    op.create_table(
        "failed_login",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("last", TIME, nullable=False),
        sa.Column("locked_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_failed_login"),
    )
    op.create_index("ix_failed_login_last", "failed_login", ["last"])
