"""A history that is there: rows as settlements write them, made in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from jams.database import history, tables
from jams.objects.enums import Severity
from tests.support.schedule import Desk

NOW = datetime(2027, 3, 8, 12, tzinfo=UTC)
FIRST_NUMBER = 1_000_000
"""Entry numbers that no schedule of a test gives out."""


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def row(
    job_id: int | None,
    number: int,
    completed: datetime,
    severity: Severity = Severity.SUCCESS,
    log: str | None = None,
    **values: Any,
) -> dict[str, Any]:
    """The record of a run of a minute."""
    return {
        "number": number,
        "ron": number,
        "job_id": job_id,
        "job_name": f"J{job_id}",
        "folder_id": 1,
        "folder_name": "\\",
        "submitted_by": "ada",
        "user_name": "ada",
        "scheduled_time": completed - timedelta(minutes=1),
        "hold_time": None,
        "start_time": completed - timedelta(minutes=1),
        "completion_time": completed,
        "final_severity": severity,
        "final_status": "",
        "final_status_code": 0,
        "job_status": None,
        "note": None,
        "elapsed": 60.0,
        "cpu": 1.0,
        "log_filename": log,
        "agent_id": 1,
        "process_id": 1,
        "restart_count": 0,
        "priority": 0,
        "held": False,
        "document": "{}",
        "counts": True,
        "day": completed.date(),
        **values,
    }


def trail(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A line in the trail of the entry of each record."""
    return [
        {
            "number": each["number"],
            "time": each["completion_time"],
            "user_name": "JAMS",
            "message": "Ran.",
        }
        for each in rows
    ]


def add(d: Desk, rows: Sequence[dict[str, Any]], *, audited: bool = True) -> None:
    """Write records, each with a line in the trail of its entry."""

    def work(c: Connection) -> None:
        history.add(c, rows)
        if audited:
            c.execute(insert(tables.entry_audit), trail(rows))

    d.write(work)


def numbers(d: Desk, job_id: int | None) -> list[int]:
    """The entries of a job that are in the history, in order."""
    history_of = tables.history.c.job_id == job_id if job_id else tables.history.c.job_id.is_(None)
    query = select(tables.history.c.number).where(history_of).order_by(tables.history.c.number)
    return d.read(lambda c: list(c.scalars(query)))


def audited(d: Desk) -> set[int]:
    """The entries that have a trail."""
    return d.read(lambda c: set(c.scalars(select(tables.entry_audit.c.number))))
