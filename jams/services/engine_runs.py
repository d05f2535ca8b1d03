"""Runs that the server makes itself: of the methods JAMSPurge and JAMSBackup. All others are the executor's.

Such a run is a thread of this process. It is told of in its log as every run is, and ended, forgotten and
found again by the same calls. What it does can be broken off anywhere and gone on with: a run that a stop or
a ``kill -9`` has interrupted goes on when the server is back, in the same log.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from jams.database import Database, methods, runs
from jams.executor.log_names import log_name
from jams.executor.log_places import LogPlaces
from jams.executor.searches import Searches
from jams.objects import backups, purging
from jams.objects.backups import BackupOrder
from jams.objects.errors import InvalidParameter, JAMSError, ServerUnavailable
from jams.objects.purging import PurgeOrder
from jams.objects.run import LogPatterns, RunEnded, RunOutcome, RunRequest, RunStarted
from jams.objects.schedule import EntryStatus
from jams.scheduler import showing
from jams.scheduler.purging import Purge, Traffic
from jams.scheduler.runner import Runner

log = logging.getLogger(__name__)

Order = PurgeOrder | BackupOrder

_ORDERS: Mapping[str, Callable[[Mapping[str, str]], Order]] = {
    methods.PURGE: purging.order_of,
    methods.BACKUP: backups.order_of,
}
"""What the parameters of a job say, by its method."""

TakeBackup = Callable[[BackupOrder, threading.Event, Callable[[str], None]], str]
"""Takes a backup: what is wanted, what breaks it off, what takes a word on how far it is; what came of it."""

SLACK = 60.0
"""Seconds after the end of a run up to which its log may still have been written to."""


@dataclass(eq=False)
class _EngineRun:
    """A run that is under way, or has ended and is not forgotten."""

    started: RunStarted
    order: Order
    patterns: LogPatterns | None
    stop: threading.Event = field(default_factory=threading.Event)
    aborted: bool = False
    begun: float = field(default_factory=time.monotonic)
    thread: threading.Thread | None = None
    ended: RunEnded | None = None


class EngineRuns:
    """A runner (:class:`jams.scheduler.runner.Runner`) that makes some runs itself and has others made.

    Args:
        others: makes all other runs.
        database: the database.
        places: where logs may lie.
        log_format: TimeStampLogFormat.
        log_location: where logs lie of which nothing else is said.
        on_ended: told of each end of a run of its own, as the executor does.
        backup: takes backups.
    """

    def __init__(
        self,
        others: Runner,
        database: Database,
        places: LogPlaces,
        log_format: str,
        log_location: str,
        on_ended: Callable[[RunEnded], None],
        backup: TakeBackup,
    ) -> None:
        self._others = others
        self._database = database
        self._places = places
        self._log_format, self._log_location = log_format, log_location
        self._on_ended = on_ended
        self._backup = backup
        self._lock = threading.Lock()
        self._runs: dict[str, _EngineRun] = {}
        self._traffic = Traffic(database)
        self._searches = Searches(places)
        self._closed = False

    def start(self, request: RunRequest) -> RunStarted | RunEnded:
        """See :class:`jams.scheduler.runner.Runner`."""
        if request.method not in _ORDERS:
            return self._others.start(request)
        with self._lock:
            known = self._runs.get(request.token)
            if known is not None:
                return known.started
            if self._closed:
                raise ServerUnavailable("The server is stopping.")
            try:
                if request.remote is not None:
                    raise InvalidParameter("It runs on the server itself: it names no other agent.")
                order = _ORDERS[request.method](request.parameters)
                moment = datetime.now().astimezone()
                location = request.log_location or self._log_location
                descriptor, name = self._places.create(log_name(self._log_format, location, request, moment))
            except (JAMSError, OSError) as error:
                return _not_started(request, error)
            started = RunStarted(
                token=request.token,
                jams_entry=request.jams_entry,
                process_id=os.getpid(),
                log_filename=name,
                start_time_utc=moment.astimezone(UTC),
            )
            self._begin(_EngineRun(started, order, request.patterns), descriptor)
            return started

    def recover(
        self, tokens: Iterable[str], *, ending: Collection[str] = ()
    ) -> dict[str, RunStarted | RunEnded | None]:
        """See :class:`jams.scheduler.runner.Runner`; runs of its own that were interrupted go on."""
        wanted = list(tokens)
        answers: dict[str, RunStarted | RunEnded | None] = self._others.recover(wanted, ending=ending)
        for token in [token for token in wanted if answers[token] is None]:
            with self._lock:
                known = self._runs.get(token)
            if known is not None:
                answers[token] = known.ended or known.started
        lost = [token for token in wanted if answers[token] is None]
        return answers | (self._interrupted(lost, ending) if lost else {})

    def abort(self, token: str, *, force: bool = False) -> bool:
        """See :class:`jams.scheduler.runner.Runner`; it ends after the piece at which it is."""
        with self._lock:
            run = self._runs.get(token)
            if run is not None and run.ended is None:
                run.aborted = True
                run.stop.set()
                return True
        return self._others.abort(token, force=force)

    def cpu_seconds(self, tokens: Collection[str]) -> dict[str, float]:
        """See :class:`jams.scheduler.runner.Runner`."""
        return self._others.cpu_seconds(tokens)

    def forget(self, token: str) -> None:
        """See :class:`jams.scheduler.runner.Runner`."""
        with self._lock:
            self._runs.pop(token, None)
        self._others.forget(token)

    def purge(self, keep: Iterable[str]) -> int:
        """See :class:`jams.scheduler.runner.Runner`."""
        return self._others.purge(keep)

    def close(self) -> None:
        """Interrupt what is under way, which goes on when the server is back; idempotent."""
        with self._lock:
            self._closed = True
            under_way = [run for run in self._runs.values() if run.ended is None]
        for run in under_way:
            run.stop.set()
        for run in under_way:
            if run.thread is not None:
                run.thread.join()
        self._searches.close()

    def _interrupted(
        self, tokens: list[str], ending: Collection[str]
    ) -> dict[str, RunStarted | RunEnded | None]:
        """Go on with runs of which an earlier server has told that they began."""
        rows = self._database.write(lambda c: runs.with_entries(c, tokens))
        found: dict[str, RunStarted | RunEnded | None] = {}
        for token, row in rows.items():
            names = (row.rest.method_name, row.rest.method_type)
            order_of = next((_ORDERS[name] for name in names if name in _ORDERS), None)
            if order_of is None or row.start_time is None or not row.log_filename:
                continue
            started = RunStarted(
                token=token,
                jams_entry=row.number,
                process_id=os.getpid(),
                log_filename=row.log_filename,
                start_time_utc=row.start_time,
            )
            if token in ending:
                found[token] = _ended(started, RunOutcome.ABORTED, reason=_ABORTED)
                continue
            with suppress(JAMSError, OSError):
                order = order_of({value.param_name: value.value or "" for value in row.rest.parameters})
                descriptor = self._places.append(row.log_filename)
                with self._lock:
                    self._begin(_EngineRun(started, order, None), descriptor)
                found[token] = started
        return found

    def _begin(self, run: _EngineRun, descriptor: int) -> None:
        self._runs[run.started.token] = run
        run.thread = threading.Thread(
            target=self._work,
            args=(run, descriptor),
            name=f"jams-run-{run.started.jams_entry}",
            daemon=True,
        )
        run.thread.start()

    def _work(self, run: _EngineRun, descriptor: int) -> None:
        code = 0
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:

            def tell(text: str) -> None:
                with suppress(OSError):
                    file.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {text}\n")
                    file.flush()

            try:
                self._do(run, tell)
            except Exception as error:
                if not isinstance(error, JAMSError):
                    log.exception("a run of the server's own failed")
                tell(f"It failed: {error.message if isinstance(error, JAMSError) else error!r}")
                code = 1
        if self._closed and not run.aborted and code == 0 and run.stop.is_set():
            return
        outcome = RunOutcome.ABORTED if run.aborted else RunOutcome.EXITED
        ended = _ended(
            run.started,
            outcome,
            exit_code=code if outcome is RunOutcome.EXITED else None,
            reason=_ABORTED if run.aborted else None,
            elapsed=time.monotonic() - run.begun,
        )
        self._searches.complete(
            run.started.log_filename, run.patterns, ended, lambda whole: self._pass_on(run, whole)
        )

    def _pass_on(self, run: _EngineRun, ended: RunEnded) -> None:
        with self._lock:
            run.ended = ended
        self._on_ended(ended)

    def _do(self, run: _EngineRun, tell: Callable[[str], None]) -> None:
        def progress(text: str) -> None:
            tell(text)
            # It may not be known yet that the run has begun, or its end may be asked for.
            with suppress(JAMSError):
                status = EntryStatus(job_status=text)
                self._database.write(lambda c: showing.set_status(c, run.started.jams_entry, status))

        if isinstance(run.order, PurgeOrder):
            self._purge(run, run.order, tell, progress)
        else:
            progress(self._backup(run.order, run.stop, progress))

    def _purge(
        self,
        run: _EngineRun,
        order: PurgeOrder,
        tell: Callable[[str], None],
        progress: Callable[[str], None],
    ) -> None:
        per_job = f", at least {order.minimum}" + (f" and at most {order.maximum:,}" if order.maximum else "")
        kept = f"{per_job} a job" if order.what.value == "History" else ""
        tell(f"Purging {order.what.value}: {order.days} days are kept{kept}.")
        purge = Purge(
            self._database, order, run.started.start_time_utc, self, self._traffic, run.stop, progress
        )
        done = purge.run()
        progress(f"{'Broken off: ' if done.broken_off else ''}{purge.told}.")

    def remove(self, logs: Sequence[tuple[str, datetime]]) -> list[str | None]:
        """See :class:`jams.scheduler.purging.LogFiles`."""
        return self._places.remove([(path, until.timestamp() + SLACK) for path, until in logs])


_ABORTED = "The run was ended on request."


def _ended(
    started: RunStarted,
    outcome: RunOutcome,
    *,
    exit_code: int | None = None,
    reason: str | None = None,
    elapsed: float | None = None,
) -> RunEnded:
    return RunEnded(
        token=started.token,
        jams_entry=started.jams_entry,
        outcome=outcome,
        completion_time_utc=datetime.now(UTC),
        exit_code=exit_code,
        reason=reason,
        elapsed_seconds=None if elapsed is None else round(elapsed, 3),
    )


def _not_started(request: RunRequest, error: Exception) -> RunEnded:
    message = error.message if isinstance(error, JAMSError) else f"The log cannot be made: {error}."
    return RunEnded(
        token=request.token,
        jams_entry=request.jams_entry,
        outcome=RunOutcome.NOT_STARTED,
        completion_time_utc=datetime.now(UTC),
        reason=message,
    )
