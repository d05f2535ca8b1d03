"""Submission."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.schedule import SubmitInfo, SubmitJob, SubmitResult



def fill(c: Connection, job_id: int) -> SubmitInfo:
    """To be filled in."""
    raise NotImplementedError


def from_short(c: Connection, body: SubmitJob) -> SubmitInfo:
    """To be filled in."""
    raise NotImplementedError


def enter(c: Connection, info: SubmitInfo, *, user: str) -> SubmitResult:
    """To be filled in."""
    raise NotImplementedError
