"""Methods: those that are delivered, and what one that is made from such says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER, TEXT, TIME

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_DELIVERED = (
    *("Parsed", "PowerShellParsed", "PowerShell32", "PowerShellParsed32", "VBS", "VBSParsed", "Interactive"),
    *("Routine", "SQLCommand", "SQLStoredProc", "OdbcCommand", "HTTP", "Mail"),
    *("SQLCMD", "SQLCMDServer", "SQLAgentJob", "SSIS", "SSISDirect", "OleDbCommand", "OracleStoredProc"),
    *("FileTransfer", "SSH", "SSHPrompt", "SSHAgent", "SSHDeploy", "UnixScript", "UnixShell", "Rexec"),
    *("Workflow", "JAMSReport", "SSRS"),
)


def upgrade() -> None:
    """Add the methods. One of the name may be there, of whoever made it by hand: it keeps its number."""
    for column in (
        sa.Column("base", NAME, nullable=False, server_default=""),
        sa.Column("version", NUMBER, nullable=False, server_default="1"),
        sa.Column("changed", TIME, nullable=True),
        sa.Column("changed_by", NAME, nullable=False, server_default="JAMS"),
        sa.Column("document", TEXT, nullable=False, server_default="{}"),
    ):
        op.add_column("method", column)
    c = op.get_bind()
    method = sa.table("method", *(sa.column(name) for name in ("name", "name_key", "base")))
    known = set(c.scalars(sa.select(method.c.name_key)))
    for name in _DELIVERED:
        if name.lower() not in known:
            c.execute(sa.insert(method).values(name=name, name_key=name.lower(), base=name))
    c.execute(sa.update(method).values(base=method.c.name))
