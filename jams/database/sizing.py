"""How much room a database takes, and will take."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection, func, select

from jams.objects.errors import NotSupported

from . import tables

MIB = 1 << 20
_PAGE_OF_SQL_SERVER = 8192

FIXED = {"sqlite": 1 * MIB, "postgresql": 12 * MIB}
"""Bytes of a database in which nothing has run yet, with a few definitions."""

A_RUN = {"sqlite": 2_400, "postgresql": 2_650}
"""Bytes of one run with its record in the history and its trail. ``test_jamsdba_care.py`` measures them."""

AN_ENTRY = {"sqlite": 2_250, "postgresql": 1_750}
"""Bytes of an entry as long as it stands in the monitor, beside those."""


class Size(Struct, frozen=True, kw_only=True):
    """How much room is taken.

    Attributes:
        whole: bytes of the database.
        runs: records in the history.
        entries: entries in the monitor.
    """

    whole: int
    runs: int
    entries: int


def measured(c: Connection) -> Size:
    """What the database takes now."""
    if c.dialect.name == "postgresql":
        whole = c.exec_driver_sql("SELECT pg_database_size(current_database())").scalar()
    elif c.dialect.name == "mssql":
        pages = c.exec_driver_sql("SELECT SUM(CAST(size AS BIGINT)) FROM sys.database_files").scalar()
        whole = (pages or 0) * _PAGE_OF_SQL_SERVER
    else:
        pages = c.exec_driver_sql("PRAGMA page_count").scalar()
        whole = (pages or 0) * (c.exec_driver_sql("PRAGMA page_size").scalar() or 0)
    return Size(
        whole=int(whole or 0),
        runs=c.scalar(select(func.count()).select_from(tables.history)) or 0,
        entries=c.scalar(select(func.count()).select_from(tables.entry)) or 0,
    )


def estimated(dialect: str, *, a_day: int, days: int, shown_days: float = 1.0) -> int:
    """Bytes of a database with so many runs a day, kept so many days; without the logs, which are files.

    Args:
        dialect: ``sqlite`` or ``postgresql``.
        a_day: runs a day.
        days: days that the history and the trails are kept.
        shown_days: days that entries stay in the monitor (KeepCompleted).

    Raises:
        NotSupported: nobody has measured that database.
    """
    if dialect not in FIXED:
        raise NotSupported("What a database of SQL Server will take has not been measured.")
    return FIXED[dialect] + a_day * (days * A_RUN[dialect] + int(shown_days * AN_ENTRY[dialect]))
