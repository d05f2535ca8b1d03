"""Private keys of credentials, and who may do what with credentials."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_ALL = "Add,Change,Decrypt,Delete,Inquire"
_ACCESS = {"Administrators": _ALL, "Developers": "Add,Change,Delete,Inquire"}
_GROUPS = ("Administrators", "Developers", "Submitters", "Inquirers")


def upgrade() -> None:
    op.add_column("credential", sa.Column("private_key", sa.UnicodeText(), nullable=True))
    connection = op.get_bind()
    there = set(connection.scalars(sa.select(sa.table("account_group", sa.column("name")))))
    rule = sa.table("access_rule", *map(sa.column, ("area", "position", "identifier", "rights")))
    for position, group in enumerate(_GROUPS, start=1):
        if group in there:
            rights = _ACCESS.get(group, "Inquire")
            values = {"area": "CredentialDefinitions", "position": position, "identifier": group}
            connection.execute(sa.insert(rule).values(**values, rights=rights))
