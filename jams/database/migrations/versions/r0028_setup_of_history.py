"""Of which setup or sequence the runs of the history were members."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_PIECE = 1000

_history = sa.table(
    "history",
    sa.column("id"),
    sa.column("number"),
    sa.column("ron"),
    sa.column("folder_name"),
    sa.column("job_name"),
    sa.column("path_key"),
    sa.column("document"),
    sa.column("setup_key"),
)


def upgrade() -> None:
    op.add_column("history", sa.Column("setup_key", sa.Unicode(1056), nullable=True))
    member = sa.text("setup_key IS NOT NULL")
    op.create_index(
        "ix_history_setup_key_completion_time",
        "history",
        ["setup_key", "completion_time"],
        sqlite_where=member,
        postgresql_where=member,
        mssql_where=member,
    )
    _tell_members(op.get_bind())


def _tell_members(c: sa.Connection) -> None:
    """Look of which setup each member was: as far as the run of that stands in the history itself."""
    change = (
        sa.update(_history)
        .where(_history.c.id == sa.bindparam("its"))
        .values(setup_key=sa.bindparam("key"), document=sa.bindparam("text"))
    )
    for piece in _pieces(c):
        if piece:
            c.execute(change, piece)


def _pieces(c: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    last = 0
    while True:
        query = (
            sa.select(_history.c.id, _history.c.document)
            .where(_history.c.id > last, _history.c.document.like('%"parent_ron"%'))
            .order_by(_history.c.id)
            .limit(_PIECE)
        )
        rows = c.execute(query).all()
        if not rows:
            return
        last = rows[-1].id
        told = [(row.id, _read(row.document)) for row in rows]
        parents = {document["initiator_id"] for _, document in told if document.get("initiator_id")}
        found = {
            row.number: row
            for row in c.execute(
                sa.select(
                    _history.c.number, _history.c.path_key, _history.c.folder_name, _history.c.job_name
                ).where(_history.c.number.in_(parents))
            )
        }
        yield [
            {"its": its, "key": over.path_key, "text": json.dumps({**document, "setup": _path(over)})}
            for its, document in told
            if (over := found.get(document.get("initiator_id"))) is not None
        ]


def _read(text: str) -> dict[str, Any]:
    """A document; one that cannot be read tells nothing, and stays as it is."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _path(row: Any) -> str:
    return f"{row.folder_name.rstrip(chr(92))}\\{row.job_name}"
