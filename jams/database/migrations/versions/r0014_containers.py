"""Setups and sequences: their entries, the members of these, and the methods by which jobs are such."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_METHODS = (
    ("Sequence", "Submits jobs one after the other and beside each other, as its tasks say."),
    ("Setup", "Submits jobs step by step."),
)


def upgrade() -> None:
    for column in (
        sa.Column("halted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("current_step", sa.Integer(), nullable=True),
        sa.Column("parent", sa.BigInteger(), nullable=True),
        sa.Column("parent_ron", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("branch", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(32), nullable=True),
    ):
        op.add_column("entry", column)
    member = sa.text("parent IS NOT NULL")
    op.create_index(
        "ix_entry_parent_parent_ron_branch_stage_state",
        "entry",
        ["parent", "parent_ron", "branch", "stage", "state"],
        sqlite_where=member,
        postgresql_where=member,
        mssql_where=member,
    )
    op.create_table(
        "container",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("made", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ending", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.Column("ending_severity", sa.SmallInteger(), nullable=True),
        sa.Column("ending_by", NAME, nullable=True),
        sa.Column("restart", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("number", name="pk_container"),
    )
    _plant_methods(op.get_bind())


def _plant_methods(c: sa.Connection) -> None:
    """Add the methods. One of the name may be there, of whoever made it by hand: it keeps its number."""
    method = sa.table("method", sa.column("name"), sa.column("name_key"), sa.column("description"))
    known = set(c.scalars(sa.select(method.c.name_key)))
    for name, description in _METHODS:
        if name.lower() not in known:
            row = {"name": name, "name_key": name.lower(), "description": description}
            c.execute(sa.insert(method).values(**row))
