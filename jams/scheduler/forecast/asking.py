"""Forecasts of a server: each question is played once, by a process beside it, and its answer is kept."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from jams.database import Database, scratch
from jams.objects.errors import InternalError, JAMSError, ServerBusy, ServerUnavailable
from jams.objects.forecast import Forecast, ForecastOrder, ForecastQuestion
from jams.scheduler.waiting import Flag

from .players import Players

log = logging.getLogger(__name__)

AT_ONCE = 1
"""Forecasts that are played at once: the machine has other things to do."""

MOST_ASKED = 16
"""Forecasts that are played or wait to be."""

FRESH = 10.0
"""Seconds for which the same question has the same answer."""

KEPT = 300.0
"""Seconds for which an answer is kept for those who read its further pages."""

MOST_KEPT = 8

LONGEST = 50.0
"""Seconds after which a forecast ends where it has got to."""


class Forecasting:
    """A forecast that is played.

    Attributes:
        now: the time from which it begins.
        progress: how far it is, in percent.
        done: since when it is there, by the monotonic clock.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.progress = 0
        self.done: float | None = None
        self._found: Forecast | JAMSError | None = None
        self._flags: list[Flag] = []
        self._lock = threading.Lock()

    @property
    def found(self) -> Forecast | None:
        """The forecast, if it is there. Raises JAMSError when it could not be made."""
        if isinstance(self._found, JAMSError):
            raise self._found
        return self._found

    def join(self, flag: Flag) -> Callable[[], None]:
        """Have a flag set when it is there; to call what is given back ends that."""
        with self._lock:
            if self.done is None:
                self._flags.append(flag)
                return lambda: self._leave(flag)
        flag.set()
        return lambda: None

    def come(self, progress: int) -> None:
        """It is so far, in percent."""
        self.progress = progress

    def end(self, found: Forecast | JAMSError) -> None:
        """It is there, or cannot be made."""
        with self._lock:
            self._found, self.done, self.progress = found, time.monotonic(), 100
            flags, self._flags = self._flags, []
        for flag in flags:
            flag.set()

    def _leave(self, flag: Flag) -> None:
        with self._lock:
            if flag in self._flags:
                self._flags.remove(flag)


class Forecasts:
    """The forecasts that are asked for. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[Hashable, datetime], Forecasting] = {}
        self._threads: ThreadPoolExecutor | None = None
        self._players = Players()
        self._closed = False

    def close(self) -> None:
        """End what is played."""
        with self._lock:
            self._closed = True
            threads = self._threads
        self._players.close()
        if threads is not None:
            threads.shutdown(cancel_futures=True)

    def ask(
        self,
        database: Database,
        key: Hashable,
        now: datetime,
        until: datetime,
        question: ForecastQuestion,
        user: str,
    ) -> Forecasting:
        """The forecast of a question by somebody, the same for the same ``key``: played, or there already.

        Raises:
            ServerBusy: too many are asked for.
            ServerUnavailable: the server is stopping.
        """
        with self._lock:
            self._forget()
            for (other, _), known in reversed(self._known.items()):
                if other == key and (known.done is None or time.monotonic() - known.done < FRESH):
                    return known
            if self._closed:
                raise ServerUnavailable("The server is stopping; ask again when it is back.")
            if sum(each.done is None for each in self._known.values()) >= MOST_ASKED:
                raise ServerBusy("Too many forecasts are asked for; ask again in a moment.")
            if self._threads is None:
                self._threads = ThreadPoolExecutor(AT_ONCE, "forecast")
            made = self._known[key, now] = Forecasting(now)
        self._threads.submit(self._play, database, made, until, question, user)
        return made

    def of(self, key: Hashable, now: datetime) -> Forecasting | None:
        """The forecast of that question from that time, if it is still kept."""
        with self._lock:
            return self._known.get((key, now))

    def _forget(self) -> None:
        over = [key for key, each in self._known.items() if each.done is not None]
        old = {key for key in over if time.monotonic() - (self._known[key].done or 0.0) > KEPT}
        for key in old | set(over[: max(len(over) - MOST_KEPT, 0)]):
            del self._known[key]

    def _play(
        self, database: Database, made: Forecasting, until: datetime, question: ForecastQuestion, user: str
    ) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="jams-forecast-") as folder:
                copy = Path(folder) / "copy.db"
                with database.read() as c:
                    scratch.copy(c, made.now, copy)
                order = ForecastOrder(
                    file=str(copy), now=made.now, until=until, question=question, user=user, seconds=LONGEST
                )
                found: Forecast | JAMSError = self._players.play(order, made.come)
        except JAMSError as error:
            found = error
        except Exception as error:
            log.error("a forecast failed", exc_info=error)
            found = InternalError("The forecast could not be made; the server's log says why.")
        made.end(found)
