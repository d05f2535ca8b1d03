"""Points of the schedule that passed without a run."""

from __future__ import annotations

from enum import Enum

from .base import Fact, ObjectId, Timestamp


class MissedAction(Enum):
    """What was done about a point that got no run."""

    SKIPPED = "Skipped"
    """Its job does not catch it up."""
    RESET = "Reset"
    """The scheduler was away for too long, and the schedule was built anew."""
    NOT_MADE = "NotMade"
    """Its entry could not be made."""


class MissedPoint(Fact, frozen=True, kw_only=True):
    """A point of a job's schedule that passed without a run: what was done about it, and why."""

    missed_id: ObjectId
    job_id: int
    job_name: str
    scheduled_time: Timestamp
    recorded_utc: Timestamp
    action: MissedAction
    reason: str
