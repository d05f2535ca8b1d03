"""Alerts and menus, and who may do what with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER, TEXT, TIME

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_DEFINITION = "Add,Change,Delete,Inquire"
_ACCESS = {"Administrators": _DEFINITION, "Developers": _DEFINITION}
_GROUPS = ("Administrators", "Developers", "Submitters", "Inquirers")


def upgrade() -> None:
    for table in ("alert", "menu"):
        op.create_table(
            table,
            sa.Column("id", NUMBER, nullable=False),
            sa.Column("name", NAME, nullable=False),
            sa.Column("name_key", NAME, nullable=False),
            sa.Column("version", NUMBER, nullable=False),
            sa.Column("changed", TIME, nullable=False),
            sa.Column("changed_by", NAME, nullable=False),
            sa.Column("document", TEXT, nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
            sa.UniqueConstraint("name_key", name=f"uq_{table}_name_key"),
            sqlite_autoincrement=True,
        )
    _rights(op.get_bind())


def _rights(connection: sa.Connection) -> None:
    """Let the groups that a new server begins with have their rights, as far as they are still there."""
    there = set(connection.scalars(sa.select(sa.table("account_group", sa.column("name")))))
    rule = sa.table("access_rule", *map(sa.column, ("area", "position", "identifier", "rights")))
    for area in ("AlertDefinitions", "MenuDefinitions"):
        for position, group in enumerate(_GROUPS, start=1):
            if group in there:
                values = {"area": area, "position": position, "identifier": group}
                connection.execute(sa.insert(rule).values(**values, rights=_ACCESS.get(group, "Inquire")))
