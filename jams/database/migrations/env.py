"""Runs the migrations on the connection that :func:`jams.database.schema.upgrade` hands over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op
from alembic.operations import Operations

from jams.database.tables import metadata

connection: sa.Connection = context.config.attributes["connection"]


def order_by_code_points() -> None:
    """Let PostgreSQL order texts as SQLite does, by code points, whatever the database's own order is."""
    inspector = sa.inspect(connection)
    for table in inspector.get_table_names():
        for column in inspector.get_columns(table):
            kind = column["type"]
            if isinstance(kind, sa.String) and kind.collation != "C":
                text = sa.Text(collation="C") if kind.length is None else sa.VARCHAR(kind.length, "C")
                op.alter_column(table, column["name"], type_=text)


context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
    if connection.dialect.name == "postgresql":
        with Operations.context(context.get_context()):
            order_by_code_points()
    if connection.dialect.name == "mssql":
        from jams.database import sqlserver

        sqlserver.prepare(connection)
