"""The tables in which PowerShell shows what its own commands give."""

from __future__ import annotations

from .table import Column

STANDARD = {
    "System.Management.Automation.CommandInfo": (
        Column("CommandType", right=False),
        Column("Name", right=False, instead="DisplayName"),
        Column("Version", right=False),
        Column("Source", right=False),
    ),
    "System.Management.Automation.PathInfo": (Column("Path", right=False),),
    "Microsoft.PowerShell.Commands.GroupInfo": (
        Column("Count", right=True),
        Column("Name", right=False),
        Column("Group", right=False),
    ),
}
"""Columns by the name of a type."""
