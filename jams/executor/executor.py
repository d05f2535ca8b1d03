"""The executor: starts runs, sees them end, and finds them again after a restart of its own.

Nobody in between has to live. The output of a run goes straight into its log file, its exit code is
recorded by a supervising process of its own (``posix.WRAPPER``), and both go on when this process is
killed. A start token starts at most once, whoever asks again and whatever dies in between.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from jams.objects.errors import ConfigurationInvalid, JAMSError, ServerUnavailable
from jams.objects.run import MethodInfo, RunEnded, RunRequest, RunStarted

from .journal import Journal, Vouch, journals
from .launch import Launcher
from .log_names import DEFAULT_LOG_FORMAT, fixed_directory
from .log_places import LogPlaces
from .methods import SCRIPT_SUFFIXES
from .outcomes import ChildExit, judge, not_started, reason_of
from .processes import host
from .recovery import Alive, look_again
from .watcher import Watcher

_T = TypeVar("_T")


@dataclass(slots=True)
class _Run:
    """A run in memory; it is live until ``child`` is known."""

    journal: Journal
    started: RunStarted
    begun: float | None = None
    child: ChildExit | None = None
    ended: RunEnded | None = None
    aborting: bool = False
    killed: bool = False
    forgotten: bool = False


class Executor:
    """Runs work on this machine under the journal in ``directory``.

    After each construction call ``recover`` once with every token that was claimed and not settled (an
    empty list at the very first time), before any ``start``. All methods may be called from any thread.

    Args:
        directory: where the journals lie; local to this machine, one executor at a time.
        log_format: TimeStampLogFormat (semantics 4.5).
        log_location: directory of logs, or a format for it, where a request names none.
        log_places: where logs may lie; below ``log_location`` alone, if not told otherwise.
        on_ended: told of each end of a run that was started or adopted, once, in the watcher's thread,
            possibly before ``start`` has returned; it should hand over and return. NOT_STARTED is an
            answer of ``start`` and not told again.
        programs: absolute paths of methods' programs in place of those found on this machine.
        grace_seconds: time between asking a run to end and ending it.

    Raises:
        ConfigurationInvalid: the directory cannot be used, or a log format is malformed.
    """

    def __init__(
        self,
        directory: Path,
        *,
        log_format: str = DEFAULT_LOG_FORMAT,
        log_location: Path,
        log_places: LogPlaces | None = None,
        on_ended: Callable[[RunEnded], None],
        programs: Mapping[str, str] | None = None,
        grace_seconds: float = 10.0,
    ) -> None:
        self._on_ended = on_ended
        self._grace = grace_seconds
        self._root = _prepare(directory)
        places = log_places or LogPlaces(self._root, [fixed_directory(log_format, str(log_location))])
        self._launcher = Launcher(self._root, log_format, str(log_location), places, programs)
        self._vouch = Vouch(self._root)
        self._lock = threading.RLock()
        self._runs: dict[str, _Run] = {}
        self._answers: dict[str, RunStarted | RunEnded] = {}
        self._closed = False
        self._watcher = Watcher(self._gone)

    def start(self, request: RunRequest) -> RunStarted | RunEnded:
        """Start the work of ``request``, or say what became of its token before.

        NOT_STARTED with a reason when it cannot be started; then nothing has run. The same token gives
        the same answer and never a second process, until it is forgotten.

        Raises:
            ServerUnavailable: the executor is closed, or its journal cannot be used; nothing was started.
        """
        with self._lock:
            self._check_open()
            known = self._answers.get(request.token)
            if known is None:
                self._in_journal(self._vouch.keep)
                known = self._answers[request.token] = self._start(request)
            return known

    def recover(self, tokens: Iterable[str]) -> dict[str, RunStarted | RunEnded | None]:
        """What became of runs that an earlier executor was asked to start.

        The first call names all tokens that were claimed and not settled: after it the journal is taken
        to know everything, also when it is new or the machine was restarted.
        RunStarted: alive; adopted, and its end will be told to ``on_ended``. RunEnded: it has ended, or
        is LOST with a reason (not told again). None: it never ran and never will under this token.

        Raises:
            ServerUnavailable: the executor is closed, or its journal cannot be used.
        """
        with self._lock:
            self._check_open()
            wanted = list(tokens)
            known = {token: self._known(token) for token in wanted if token in self._answers}
            asked = [token for token in wanted if token not in known]
            found = self._in_journal(lambda: look_again(self._root, self._vouch, asked))
            self._in_journal(self._vouch.trust)
            return known | {token: self._take_over(token, run) for token, run in found.items()}

    def abort(self, token: str, *, force: bool = False) -> bool:
        """Ask the work to end and end it after the grace time, or at once with ``force``.

        The outcome will be ABORTED. False when no such run is alive. Everything that the work has started
        goes with it (on Linux; elsewhere its process group).
        """
        with self._lock:
            run = self._runs.get(token)
            if run is None or run.child is not None or run.journal.exit_code is not None:
                return False
            first, run.aborting = not run.aborting, True
            run.killed = run.killed or force
            with suppress(OSError):
                run.journal.mark_abort()
            host.signal_run(run.started.process_id, run.journal, force=force)
            if first and not force:
                self._watcher.call_later(self._grace, lambda: self._end_for_good(run))
            return True

    def forget(self, token: str) -> None:
        """Remove the journal of a run that is settled durably elsewhere; its log stays.

        Also for a token that was NOT_STARTED or never ran. A run that is still alive is forgotten when it
        has ended. Unknown tokens are no error. A token must not be started again after this.
        """
        with self._lock:
            run = self._runs.get(token)
            if run is not None and run.ended is None:
                run.forgotten = True
                return
            self._runs.pop(token, None)
            self._answers.pop(token, None)
        with suppress(ValueError):
            Journal(self._root, token).remove(SCRIPT_SUFFIXES)

    def purge(self, keep: Iterable[str]) -> int:
        """Remove the journals of ended runs that are not in ``keep``; how many were removed.

        For once after ``recover``: a scheduler that was killed between settling a run and forgetting it
        leaves a journal behind. Live runs and runs known to this executor stay.
        """
        with self._lock:
            kept = {*keep, *self._answers}
            stale = [token for token in journals(self._root) if token not in kept]
            live = host.find_runs(self._root) if stale else {}
            removed = [token for token in stale if token not in live]
            for token in removed:
                Journal(self._root, token).remove(SCRIPT_SUFFIXES)
            return len(removed)

    def methods(self) -> list[MethodInfo]:
        """The execution methods, available or with the reason why not."""
        return self._launcher.methods.describe()

    def close(self) -> None:
        """Stop watching; idempotent. The processes go on and are found again by ``recover``.

        Waits for an ``on_ended`` that is being told, so it is not called from one.
        """
        with self._lock:
            self._closed = True
        self._watcher.close()

    def _check_open(self) -> None:
        if self._closed:
            raise ServerUnavailable("The executor is closing.")

    @staticmethod
    def _in_journal(action: Callable[[], _T]) -> _T:
        try:
            return action()
        except OSError as error:
            raise ServerUnavailable(f"The executor's journal cannot be used. {reason_of(error)}") from error

    def _start(self, request: RunRequest) -> RunStarted | RunEnded:
        try:
            plan = self._launcher.plan(request)
            plan.journal.create(plan.suffix, plan.script, executable=plan.executable)
        except FileExistsError:
            return self._started_before(request)
        except (JAMSError, ValueError, OSError) as error:
            return not_started(request.token, request.jams_entry, reason_of(error))
        try:
            started, begun = self._launcher.launch(plan)
        except (JAMSError, ValueError, OSError) as error:
            with suppress(OSError):
                plan.journal.claim()
            return not_started(request.token, request.jams_entry, reason_of(error))
        run = self._runs[request.token] = _Run(plan.journal, started, begun)
        self._watch(run)
        return started

    def _started_before(self, request: RunRequest) -> RunStarted | RunEnded:
        """The answer for a token that has a journal although this executor does not know it."""
        answer = self.recover([request.token])[request.token]
        if answer is not None:
            return answer
        reason = "The start was given up before the work began; a new start token is needed."
        return not_started(request.token, request.jams_entry, reason)

    def _known(self, token: str) -> RunStarted | RunEnded:
        run = self._runs.get(token)
        return (run.ended if run else None) or self._answers[token]

    def _take_over(self, token: str, found: Alive | RunEnded | None) -> RunStarted | RunEnded | None:
        """Remember what was found, and watch over it when it is alive."""
        if found is None:
            return None
        if isinstance(found, RunEnded):
            self._answers[token] = found
            return found
        run = self._runs[token] = _Run(found.journal, found.started, aborting=found.journal.aborted)
        self._answers[token] = found.started
        self._watch(run)
        if not host.is_run(found.started.process_id, found.journal):
            # The watcher may hold a stranger that took the process id after the run had ended.
            self._watcher.call_later(0, lambda: self._gone(token))
        if run.aborting:
            self._watcher.call_later(self._grace, lambda: self._end_for_good(run))
        return found.started

    def _watch(self, run: _Run) -> None:
        pid, journal = run.started.process_id, run.journal
        self._watcher.watch(journal.token, pid, lambda: self._take_exit(run))

    def _take_exit(self, run: _Run) -> bool:
        """Whether the run is over; from then on its process id is not touched any more."""
        with self._lock:
            if run.child is None:
                run.child = host.take_exit(run.started.process_id, run.journal)
            return run.child is not None

    def _gone(self, token: str) -> None:
        """Settle a run whose process has ended, in the watcher's thread."""
        run = self._runs.get(token)
        if run is None or run.ended is not None:
            return
        if not self._take_exit(run):
            self._watch(run)
            return
        assert run.child is not None
        elapsed = None if run.begun is None else time.monotonic() - run.begun
        ended = judge(run.journal, run.started, run.child, aborted=run.aborting, elapsed_seconds=elapsed)
        if run.killed or ended.exit_code is None:
            host.kill_leftovers(run.journal)
        with self._lock:
            run.ended = ended
            forgotten = run.forgotten
        try:
            self._on_ended(ended)
        finally:
            if forgotten:
                self.forget(token)

    def _end_for_good(self, run: _Run) -> None:
        """The grace time of an abort is over."""
        with self._lock:
            if run.child is None:
                host.signal_run(run.started.process_id, run.journal, force=True)
        host.kill_leftovers(run.journal)


def _prepare(directory: Path) -> str:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        root = os.path.realpath(directory)
        if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(13, "no permission to write there")
    except OSError as error:
        raise ConfigurationInvalid(
            f"The executor's directory {directory} cannot be used: {error.strerror}.", target=directory
        ) from error
    return root
