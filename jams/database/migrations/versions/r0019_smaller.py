"""Times as numbers on SQLite, and indexes of those rows alone that are looked for by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_IN_LINE = sa.column("line_id").is_not(None)
_OPENS = sa.column("opens_at").is_not(None)
_GONE = (
    "ix_entry_final_severity",
    "ix_entry_line_id_priority_since_number",
    "ix_entry_scheduled_time",
    "ix_entry_state_opens_at",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _count_times(op.get_bind())
    for name in _GONE:
        op.drop_index(name, table_name="entry")
    _partial("ix_entry_state_opens_at", ["state", "opens_at"], _OPENS)
    urgent: list[sa.ColumnElement[object]] = [
        sa.column("priority").desc(),
        sa.column("since"),
        sa.column("number"),
    ]
    _partial("ix_entry_line_id_priority_since_number", [sa.column("line_id"), *urgent], _IN_LINE)
    _partial("ix_entry_priority_since_number_line_id", [*urgent, sa.column("line_id")], _IN_LINE)
    _partial("ix_entry_since_line_id", ["since", "line_id"], _IN_LINE)


def _partial(name: str, columns: list[str | sa.ColumnElement[object]], where: sa.ColumnElement[bool]) -> None:
    op.create_index(name, "entry", columns, sqlite_where=where, postgresql_where=where, mssql_where=where)


def _count_times(connection: sa.Connection) -> None:
    """Write each time that is a text as microseconds since 1970; what is none stays as it is."""
    for table in sa.inspect(connection).get_table_names():
        columns = connection.exec_driver_sql(f'PRAGMA table_info("{table}")').all()
        times = [f'"{column.name}"' for column in columns if column.type == "DATETIME"]
        if times:
            changes = ", ".join(f"{time} = {_counted(time)}" for time in times)
            connection.exec_driver_sql(f'UPDATE "{table}" SET {changes}')


def _counted(time: str) -> str:
    # strftime would round the fraction of a second, and takes also what is no time of this form.
    whole = f"substr({time}, 1, 19)"
    seconds = f"CAST(strftime('%s', {whole}) AS INTEGER)"
    fraction = f"CAST(substr(substr({time}, 21) || '000000', 1, 6) AS INTEGER)"
    is_time = f"typeof({time}) = 'text' AND strftime('%Y-%m-%d %H:%M:%S', {whole}) = {whole}"
    return f"CASE WHEN {is_time} THEN {seconds} * 1000000 + {fraction} ELSE {time} END"
