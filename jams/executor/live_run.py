"""A run in the memory of the executor."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from jams.objects.run import LogPatterns, RunEnded, RunStarted

from .journal import Journal
from .outcomes import ChildExit, judge


@dataclass(slots=True)
class LiveRun:
    """A run in memory; its supervisor lives until ``child`` is known, its work until ``cleared``."""

    journal: Journal
    started: RunStarted
    begun: float | None = None
    patterns: LogPatterns | None = None
    child: ChildExit | None = None
    aborting: bool = False
    cleared: bool = False
    telling: bool = False
    ended: RunEnded | None = None
    forgotten: bool = False

    def judged(self) -> RunEnded:
        """What it came to; its supervisor is no more."""
        assert self.child is not None
        elapsed = None if self.begun is None else time.monotonic() - self.begun
        if elapsed is None and self.cleared:
            elapsed = max(0.0, (datetime.now(UTC) - self.started.start_time_utc).total_seconds())
        return judge(self.journal, self.started, self.child, aborted=self.aborting, elapsed_seconds=elapsed)
