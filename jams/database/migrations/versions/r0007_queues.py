"""Queues, resources, what the scheduler has yet to hear of; and settings that tell who changed them when."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER, TEXT, TIME

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DEFINITION = "Add,Change,Delete,Inquire"
_ACCESS = {
    "Queues": (f"{_DEFINITION},Manage", f"{_DEFINITION},Manage", "Inquire", "Inquire"),
    "ResourceDefinitions": (
        f"Acquire,{_DEFINITION},Manage",
        f"Acquire,{_DEFINITION},Manage",
        "Acquire,Inquire",
        "Inquire",
    ),
    "Configuration": ("Execute,Inquire", "", "", ""),
}
"""Rights by area, for the groups in their order: the recommended table (semantics 2.15)."""

_GROUPS = ("Administrators", "Developers", "Submitters", "Inquirers")


def upgrade() -> None:
    _queues()
    _resources()
    op.create_table(
        "happening",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("topic", sa.Unicode(255), nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_happening"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_happening_topic", "happening", ["topic"])
    op.add_column("entry", sa.Column("queue_id", sa.BigInteger(), nullable=True))
    op.add_column("run", sa.Column("queue_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_run_queue_id", "run", ["queue_id"])
    _settings(op.get_bind())
    _rights(op.get_bind())


def _queues() -> None:
    op.create_table(
        "queue",
        sa.Column("id", NUMBER, nullable=False),
        *_named(),
        sa.Column("job_limit", sa.BigInteger(), nullable=False),
        sa.Column("started", sa.Boolean(), nullable=False),
        *_changed(),
        sa.PrimaryKeyConstraint("id", name="pk_queue"),
        sa.UniqueConstraint("name_key", name="uq_queue_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "queue_agent",
        sa.Column("queue_id", NUMBER, nullable=False),
        sa.Column("agent_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name="fk_queue_agent_queue_id"),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_queue_agent_agent_id"),
        sa.PrimaryKeyConstraint("queue_id", "agent_id", name="pk_queue_agent"),
    )
    op.create_index("ix_queue_agent_agent_id", "queue_agent", ["agent_id"])


def _resources() -> None:
    op.create_table(
        "resource",
        sa.Column("id", NUMBER, nullable=False),
        *_named(),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("agent_specific", sa.Boolean(), nullable=False),
        *_changed(),
        sa.PrimaryKeyConstraint("id", name="pk_resource"),
        sa.UniqueConstraint("name_key", name="uq_resource_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "resource_quantity",
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("agent_id", NUMBER, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name="fk_resource_quantity_resource_id"),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_resource_quantity_agent_id"),
        sa.PrimaryKeyConstraint("resource_id", "agent_id", name="pk_resource_quantity"),
    )
    op.create_index("ix_resource_quantity_agent_id", "resource_quantity", ["agent_id"])
    op.create_table(
        "resource_held",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.String(32), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name="fk_resource_held_resource_id"),
        sa.PrimaryKeyConstraint("id", name="pk_resource_held"),
    )
    for column in ("resource_id", "number"):
        op.create_index(f"ix_resource_held_{column}", "resource_held", [column])


def _settings(connection: sa.Connection) -> None:
    """Give settings a number, a version and a last change, keeping what was set."""
    columns = ("name", "data_type", "value", "description")
    before = connection.execute(sa.select(sa.table("setting", *map(sa.column, columns)))).all()
    op.drop_table("setting")
    op.create_table(
        "setting",
        sa.Column("id", NUMBER, nullable=False),
        *_named(),
        sa.Column("data_type", sa.String(16), nullable=False),
        sa.Column("value", TEXT, nullable=False),
        *_changed(),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
        sa.UniqueConstraint("name_key", name="uq_setting_name_key"),
        sqlite_autoincrement=True,
    )
    made = ("name", "name_key", "data_type", "value", "version", "changed_by", "document")
    setting = sa.table("setting", *map(sa.column, made), sa.column("changed", sa.DateTime()))
    now = datetime.now(UTC).replace(tzinfo=None)
    for row in before:
        connection.execute(
            sa.insert(setting).values(
                name=row.name,
                name_key=row.name.lower(),
                data_type=row.data_type,
                value=row.value,
                version=1,
                changed=now,
                changed_by="JAMS",
                document=json.dumps({"description": row.description}),
            )
        )


def _rights(connection: sa.Connection) -> None:
    """Let the groups that a new server begins with have their rights, as far as they are still there."""
    there = set(connection.scalars(sa.select(sa.table("account_group", sa.column("name")))))
    rule = sa.table("access_rule", *map(sa.column, ("area", "position", "identifier", "rights")))
    for area, rights in _ACCESS.items():
        for position, (group, granted) in enumerate(zip(_GROUPS, rights, strict=True), start=1):
            if granted and group in there:
                values = {"area": area, "position": position, "identifier": group, "rights": granted}
                connection.execute(sa.insert(rule).values(**values))


def _named() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("name", NAME, nullable=False), sa.Column("name_key", NAME, nullable=False)


def _changed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.Column("document", TEXT, nullable=False),
    )
