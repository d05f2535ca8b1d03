"""Names and texts within statements that take no parameters, such as those that make accounts and files."""

from __future__ import annotations


def name(value: str) -> str:
    """A name for PostgreSQL, whatever letters it has."""
    return '"' + value.replace('"', '""') + '"'


def bracketed(value: str) -> str:
    """A name for SQL Server, likewise."""
    return "[" + value.replace("]", "]]") + "]"


def text(value: str) -> str:
    """A text for PostgreSQL, whose backslashes mean nothing."""
    return "'" + value.replace("'", "''") + "'"


def national(value: str) -> str:
    """A text for SQL Server, of any letters."""
    return "N" + text(value)
