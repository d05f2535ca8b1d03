"""VERIFY DATABASE: whether every table can be read whole, and what refers to something finds it."""

from __future__ import annotations

import sys

from sqlalchemy import Connection, Table, select

from jams.database import tables
from jams.services.administration import beside

from .verb import Call, Verb, progress

_MOST = 20


def run(call: Call) -> int:
    """Look at every table."""
    with beside(call.settings) as database, database.read() as c:
        if c.dialect.name == "postgresql":
            c.exec_driver_sql("SET LOCAL statement_timeout = 0")
        troubles = _inside(c)
        every = tables.metadata.sorted_tables
        rows, tell = 0, progress("tables")
        for done, table in enumerate(every, 1):
            rows += _read(c, table)
            tell(done, len(every))
    print(f"{len(every)} tables with {rows:,} rows can be read.")
    for trouble in troubles[:_MOST]:
        print(f"jamsdba: {trouble}", file=sys.stderr)
    return 1 if troubles else 0


def _read(c: Connection, table: Table) -> int:
    """Read every value of a table; how many rows it has."""
    if c.dialect.name == "postgresql":
        # The server itself reads them, so that they need not travel.
        query = f'SELECT count(*), sum(length(t::text)) FROM "{table.name}" t'
        return int(c.exec_driver_sql(query).one()[0])
    number = 0
    for _ in c.execute(select(*(column.label(None) for column in table.columns))):
        number += 1
    return number


def _inside(c: Connection) -> list[str]:
    """What SQLite finds in its own file; a PostgreSQL server keeps its own house in order."""
    if c.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in c.exec_driver_sql("PRAGMA integrity_check")]
    lost = [
        f"table {row[0]}: row {row[1]} refers to a row of {row[2]} that is not there"
        for row in c.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return [each for each in found if each != "ok"] + lost


VERB = Verb(about="read every table of the database whole, and check the file of SQLite", run=run)
