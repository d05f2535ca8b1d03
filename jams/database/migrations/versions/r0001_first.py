"""The first schema: definitions, the live schedule, history, accounts, and what a new server begins with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mssql

from jams.database.migrations import seed

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.Unicode(255)
PATH = sa.Unicode(800)
TEXT = sa.UnicodeText()
CHOICE = sa.String(32)
SEVERITY = sa.SmallInteger()
TIME = sa.DateTime().with_variant(mssql.DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    op.create_table(
        "access_rule",
        sa.Column("area", sa.Unicode(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identifier", NAME, nullable=False),
        sa.Column("rights", sa.Unicode(length=1024), nullable=False),
        sa.PrimaryKeyConstraint("area", "position", name="pk_access_rule"),
    )
    op.create_table(
        "account",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("password_hash", sa.Unicode(length=512), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name_key", name="uq_account_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account_group",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_group"),
        sa.UniqueConstraint("name_key", name="uq_account_group_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "agent",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("agent_type", CHOICE, nullable=False),
        sa.Column("platform", CHOICE, nullable=False),
        sa.Column("job_limit", sa.BigInteger(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agent"),
        sa.UniqueConstraint("name_key", name="uq_agent_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.Column("user_name", NAME, nullable=False),
        sa.Column("door", sa.Unicode(length=32), nullable=False),
        sa.Column("operation", sa.Unicode(length=64), nullable=False),
        sa.Column("target", TEXT, nullable=True),
        sa.Column("message", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_time", "audit", ["time"], unique=False)
    op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("ron", sa.BigInteger(), nullable=False),
        sa.Column("definitions", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_counter"),
    )
    op.create_table(
        "entry",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ron", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("job_name", NAME, nullable=False),
        sa.Column("job_name_key", NAME, nullable=False),
        sa.Column("folder_id", sa.BigInteger(), nullable=False),
        sa.Column("folder_name", PATH, nullable=False),
        sa.Column("method_id", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by", NAME, nullable=False),
        sa.Column("submitted_by_key", NAME, nullable=False),
        sa.Column("state", CHOICE, nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("scheduled_time", TIME, nullable=False),
        sa.Column("original_hold_time", TIME, nullable=True),
        sa.Column("hold_time", TIME, nullable=True),
        sa.Column("start_time", TIME, nullable=True),
        sa.Column("completion_time", TIME, nullable=True),
        sa.Column("retain_until", TIME, nullable=True),
        sa.Column("final_severity", SEVERITY, nullable=True),
        sa.Column("final_status", TEXT, nullable=True),
        sa.Column("final_status_code", sa.BigInteger(), nullable=True),
        sa.Column("job_status", TEXT, nullable=True),
        sa.Column("process_id", sa.BigInteger(), nullable=True),
        sa.Column("log_filename", TEXT, nullable=True),
        sa.Column("restart_count", sa.Integer(), nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_entry"),
    )
    op.create_index("ix_entry_final_severity", "entry", ["final_severity"], unique=False)
    op.create_index("ix_entry_folder_id", "entry", ["folder_id"], unique=False)
    op.create_index("ix_entry_job_id", "entry", ["job_id"], unique=False)
    op.create_index("ix_entry_job_name_key", "entry", ["job_name_key"], unique=False)
    op.create_index("ix_entry_retain_until", "entry", ["retain_until"], unique=False)
    op.create_index("ix_entry_scheduled_time", "entry", ["scheduled_time"], unique=False)
    op.create_index("ix_entry_state_hold_time", "entry", ["state", "hold_time"], unique=False)
    op.create_index("ix_entry_state_priority_number", "entry", ["state", "priority", "number"], unique=False)
    op.create_index("ix_entry_submitted_by_key", "entry", ["submitted_by_key"], unique=False)
    op.create_table(
        "entry_audit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.Column("user_name", NAME, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("comment", TEXT, nullable=True),
        sa.Column("details", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_entry_audit"),
    )
    op.create_index("ix_entry_audit_number", "entry_audit", ["number"], unique=False)
    op.create_table(
        "folder",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("path", PATH, nullable=False),
        sa.Column("path_key", PATH, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["folder.id"], name="fk_folder_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_folder"),
        sa.UniqueConstraint("path_key", name="uq_folder_path_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_folder_parent_id", "folder", ["parent_id"], unique=False)
    op.create_table(
        "history",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("ron", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=True),
        sa.Column("job_name", NAME, nullable=False),
        sa.Column("job_name_key", NAME, nullable=False),
        sa.Column("folder_id", sa.BigInteger(), nullable=False),
        sa.Column("folder_name", PATH, nullable=False),
        sa.Column("path_key", sa.Unicode(length=1056), nullable=False),
        sa.Column("submitted_by", NAME, nullable=False),
        sa.Column("user_name", NAME, nullable=False),
        sa.Column("scheduled_time", TIME, nullable=True),
        sa.Column("hold_time", TIME, nullable=True),
        sa.Column("start_time", TIME, nullable=True),
        sa.Column("completion_time", TIME, nullable=False),
        sa.Column("final_severity", SEVERITY, nullable=False),
        sa.Column("final_status", TEXT, nullable=False),
        sa.Column("final_status_code", sa.BigInteger(), nullable=True),
        sa.Column("job_status", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("elapsed", sa.Float(), nullable=True),
        sa.Column("cpu", sa.Float(), nullable=True),
        sa.Column("log_filename", TEXT, nullable=True),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.BigInteger(), nullable=True),
        sa.Column("restart_count", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_completion_time", "history", ["completion_time"], unique=False)
    op.create_index(
        "ix_history_folder_id_completion_time", "history", ["folder_id", "completion_time"], unique=False
    )
    op.create_index(
        "ix_history_job_id_completion_time", "history", ["job_id", "completion_time"], unique=False
    )
    op.create_index("ix_history_job_name_key", "history", ["job_name_key"], unique=False)
    op.create_index("ix_history_number", "history", ["number"], unique=False)
    op.create_table(
        "method",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_method"),
        sa.UniqueConstraint("name_key", name="uq_method_name_key"),
    )
    op.create_table(
        "retry_key",
        sa.Column("account", NAME, nullable=False),
        sa.Column("retry_key", NAME, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.PrimaryKeyConstraint("account", "retry_key", name="pk_retry_key"),
    )
    op.create_index("ix_retry_key_time", "retry_key", ["time"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.Unicode(length=64), nullable=False),
        sa.Column("data_type", sa.String(length=16), nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "job",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("folder_id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("method_id", NUMBER, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("last_autosubmit", TIME, nullable=True),
        sa.Column("last_success", TIME, nullable=True),
        sa.Column("last_info", TIME, nullable=True),
        sa.Column("last_warning", TIME, nullable=True),
        sa.Column("last_error", TIME, nullable=True),
        sa.Column("last_fatal", TIME, nullable=True),
        sa.Column("last_reset", TIME, nullable=True),
        sa.Column("run_count", sa.Integer(), nullable=False),
        sa.Column("min_elapsed", sa.Float(), nullable=True),
        sa.Column("sum_elapsed", sa.Float(), nullable=True),
        sa.Column("max_elapsed", sa.Float(), nullable=True),
        sa.Column("cpu_count", sa.Integer(), nullable=False),
        sa.Column("min_cpu", sa.Float(), nullable=True),
        sa.Column("sum_cpu", sa.Float(), nullable=True),
        sa.Column("max_cpu", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["folder_id"], ["folder.id"], name="fk_job_folder_id"),
        sa.ForeignKeyConstraint(["method_id"], ["method.id"], name="fk_job_method_id"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("folder_id", "name_key", name="uq_job_folder_id_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_name_key", "job", ["name_key"], unique=False)
    op.create_table(
        "membership",
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("group_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_membership_account_id"),
        sa.ForeignKeyConstraint(["group_id"], ["account_group.id"], name="fk_membership_group_id"),
        sa.PrimaryKeyConstraint("account_id", "group_id", name="pk_membership"),
    )
    op.create_table(
        "run",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("ron", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=False),
        sa.Column("claimed", TIME, nullable=False),
        sa.Column("abort", sa.SmallInteger(), nullable=False),
        sa.Column("abort_severity", SEVERITY, nullable=True),
        sa.Column("abort_by", NAME, nullable=True),
        sa.Column("restart", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["entry.number"], name="fk_run_number"),
        sa.PrimaryKeyConstraint("token", name="pk_run"),
        sa.UniqueConstraint("number", name="uq_run_number"),
    )
    op.create_table(
        "token",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("family", sa.String(length=32), nullable=True),
        sa.Column("created", TIME, nullable=False),
        sa.Column("expires", TIME, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_token_account_id"),
        sa.PrimaryKeyConstraint("digest", name="pk_token"),
    )
    op.create_index("ix_token_account_id", "token", ["account_id"], unique=False)
    op.create_index("ix_token_expires", "token", ["expires"], unique=False)
    op.create_index("ix_token_family", "token", ["family"], unique=False)
    op.create_table(
        "variable",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("folder_id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("data_type", CHOICE, nullable=False),
        sa.Column("value", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["folder_id"], ["folder.id"], name="fk_variable_folder_id"),
        sa.PrimaryKeyConstraint("id", name="pk_variable"),
        sa.UniqueConstraint("folder_id", "name_key", name="uq_variable_folder_id_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_variable_name_key", "variable", ["name_key"], unique=False)
    op.create_table(
        "variable_use",
        sa.Column("owner", sa.String(length=8), nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("variable_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["variable_id"], ["variable.id"], name="fk_variable_use_variable_id"),
        sa.PrimaryKeyConstraint("owner", "owner_id", "variable_id", name="pk_variable_use"),
    )
    op.create_index("ix_variable_use_variable_id", "variable_use", ["variable_id"], unique=False)
    seed.plant(op.get_bind())
