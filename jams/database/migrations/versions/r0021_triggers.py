"""Triggers: definitions, and what waits for events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import CHOICE, NAME, NUMBER, PATH, TEXT, TIME

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_DEFINITION = "Add,Change,Delete,Inquire"
_ACCESS = {"Administrators": _DEFINITION, "Developers": _DEFINITION}
_GROUPS = ("Administrators", "Developers", "Submitters", "Inquirers")


def upgrade() -> None:
    op.create_table(
        "trigger",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("folder_id", NUMBER, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("name_key", NAME, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trigger"),
        sa.ForeignKeyConstraint(["folder_id"], ["folder.id"], name="fk_trigger_folder_id"),
        sa.UniqueConstraint("folder_id", "name_key", name="uq_trigger_folder_id_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trigger_name_key", "trigger", ["name_key"])
    op.create_table(
        "armed_trigger",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("owner", sa.String(8), nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("signature", sa.String(64), nullable=False),
        sa.Column("name", PATH, nullable=False),
        sa.Column("label", NAME, nullable=False),
        sa.Column("conduct", TEXT, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("stopped", TEXT, nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.Column("fired", sa.Boolean(), nullable=False),
        sa.Column("last_fired", TIME, nullable=True),
        sa.Column("last_reset", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_armed_trigger"),
        sa.UniqueConstraint(
            "owner", "owner_id", "signature", name="uq_armed_trigger_owner_owner_id_signature"
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trigger_event",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("armed_id", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", CHOICE, nullable=False),
        sa.Column("topic", sa.Unicode(64), nullable=True),
        sa.Column("watched", TEXT, nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("since", TIME, nullable=True),
        sa.Column("told", TEXT, nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=True),
        sa.Column("quiet_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trigger_event"),
        sqlite_autoincrement=True,
    )
    for column in ("armed_id", "kind", "topic"):
        op.create_index(f"ix_trigger_event_{column}", "trigger_event", [column])
    op.create_table(
        "trigger_news",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("armed_id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("kind", CHOICE, nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("severity", sa.SmallInteger(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("text", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trigger_news"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trigger_news_armed_id", "trigger_news", ["armed_id"])
    op.create_table(
        "trigger_firing",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("armed_id", NUMBER, nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trigger_firing"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trigger_firing_armed_id_time", "trigger_firing", ["armed_id", "time"])
    _rights(op.get_bind())
    # Triggers that were kept in leniency are obeyed from now on.
    op.execute(
        "INSERT INTO job_to_plan (job_id) SELECT id FROM job WHERE id NOT IN (SELECT job_id FROM job_to_plan)"
    )


def _rights(connection: sa.Connection) -> None:
    """Let the groups that a new server begins with have their rights, as far as they are still there."""
    there = set(connection.scalars(sa.select(sa.table("account_group", sa.column("name")))))
    rule = sa.table("access_rule", *map(sa.column, ("area", "position", "identifier", "rights")))
    for position, group in enumerate(_GROUPS, start=1):
        if group in there:
            values = {"area": "TriggerDefinitions", "position": position, "identifier": group}
            connection.execute(sa.insert(rule).values(**values, rights=_ACCESS.get(group, "Inquire")))
