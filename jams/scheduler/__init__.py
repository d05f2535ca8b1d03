"""What is due, what it waits for, what follows from how it ended."""

from __future__ import annotations

from .scheduler import Scheduler

__all__ = ["Scheduler"]
