"""Samples of what the process of a server and its machine use, one every StatsInterval seconds."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime

import psutil

from jams.database import Database, stored_settings
from jams.database.changes import DEFINITIONS, Changes
from jams.objects.errors import JAMSError
from jams.objects.session import ServerStatistics
from jams.scheduler.bell import Bell

SETTING = "StatsInterval"

_SOON = 0.2
"""Seconds in which changes that come together are looked at once."""

log = logging.getLogger(__name__)


class StatisticsSampler:
    """Takes samples: one when it starts, and then one every so many seconds, in a thread of its own.

    Args:
        database: where the setting stands; a change of it counts at once.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._process = psutil.Process()
        self._last: ServerStatistics | None = None
        self._taken = 0.0
        self._interval = 60.0
        self._bell = Bell()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="statistics", daemon=True)
        database.listen(self._notice)

    def start(self) -> None:
        """Take the first sample, and go on."""
        self.look()
        self._thread.start()

    def stop(self) -> None:
        """Take no more."""
        self._stopping.set()
        self._bell.ring()
        self._thread.join()

    def last(self) -> ServerStatistics | None:
        """The last sample; None before the first one."""
        return self._last

    def _notice(self, changed: Changes) -> None:
        if DEFINITIONS in changed:
            self._bell.ring(within=_SOON)

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            try:
                left = self.look()
            except Exception as error:
                log.error("no statistics could be taken: %s: %s", type(error).__name__, error)
                left = self._interval
            self._bell.wait(left)

    def look(self) -> float:
        """Take a sample if it is time; in how many seconds the next one is due."""
        try:
            with self._database.read() as c:
                self._interval = float(stored_settings.value(c, SETTING))
        except JAMSError as error:
            # What was set last holds.
            log.debug("the setting %s cannot be read: %s", SETTING, error.message)
        now = time.monotonic()
        if self._last is None or now - self._taken >= self._interval:
            self._last = self._sample(0.0 if self._last is None else now - self._taken)
            self._taken = now
        return max(0.0, self._taken + self._interval - now)

    def _sample(self, seconds: float) -> ServerStatistics:
        """What is used; shares are those since the sample before, and 0 in the first one."""
        memory = psutil.virtual_memory()
        with self._process.oneshot():
            return ServerStatistics(
                sampled_utc=datetime.now(UTC),
                seconds=round(seconds, 3),
                process_cpu=self._process.cpu_percent(),
                process_memory=self._process.memory_info().rss,
                process_threads=self._process.num_threads(),
                machine_cpu=psutil.cpu_percent(),
                machine_memory=memory.total,
                machine_memory_free=memory.available,
            )
