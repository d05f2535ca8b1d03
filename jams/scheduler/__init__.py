"""What is due, what it waits for, what follows from how it ended."""

from __future__ import annotations

from .callers import DistantScheduler, ForCallers
from .scheduler import Scheduler

__all__ = ["DistantScheduler", "ForCallers", "Scheduler"]
