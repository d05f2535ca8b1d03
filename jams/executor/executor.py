"""The executor: starts runs, sees them end, and finds them again after a restart of its own.

Nobody in between has to live. The output of a run goes straight into its log file, its exit code is
recorded by a supervising process of its own (``posix.WRAPPER``), and both go on when this process is
killed. A start token starts at most once, whoever asks again and whatever dies in between.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from jams.objects.errors import ServerUnavailable
from jams.objects.run import MethodInfo, RunEnded, RunOutcome, RunRequest, RunStarted

from .endings import Endings
from .journal import Journal, Vouch, journals, prepare
from .launch import Launcher
from .live_run import LiveRun
from .log_names import DEFAULT_LOG_FORMAT, fixed_directory
from .log_places import LogPlaces
from .methods import SCRIPT_SUFFIXES
from .outcomes import ChildExit, not_started, reason_of
from .processes import host
from .recovery import Alive, look_again
from .searches import Searches
from .spares import Spares
from .switching import Scripts
from .system_accounts import RunAccounts
from .usage import cpu_seconds
from .watcher import Watcher

_T = TypeVar("_T")


class Executor:
    """Runs work on this machine under the journal in ``directory``.

    After each construction call ``recover`` once with every token that was claimed and not settled (an
    empty list at the very first time), before any ``start``. All methods may be called from any thread.

    Args:
        directory: where the journals lie; local to this machine, one executor at a time.
        log_format: TimeStampLogFormat (semantics 4.5).
        log_location: directory of logs, or a format for it, where a request names none.
        log_places: where logs may lie; below ``log_location`` alone, if not told otherwise.
        on_ended: told of each end of a run that was started or adopted, once, in a thread of this object,
            possibly before ``start`` has returned; it should hand over and return. NOT_STARTED is an
            answer of ``start`` and not told again.
        programs: absolute paths of methods' programs in place of those found on this machine.
        grace_seconds: time between asking a run to end and ending it.
        accounts: as whom runs are made; as this process, if not told otherwise.

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
        accounts: RunAccounts | None = None,
    ) -> None:
        self._on_ended = on_ended
        self._grace = grace_seconds
        self._root = prepare(directory)
        places = log_places or LogPlaces(self._root, [fixed_directory(log_format, str(log_location))])
        self._spares = Spares(self._root)
        self._scripts = Scripts(self._root)
        self._launcher = Launcher(
            self._root,
            log_format,
            str(log_location),
            places,
            programs,
            self._spares,
            accounts or RunAccounts(),
            self._scripts,
        )
        self._vouch = Vouch(self._root)
        self._lock = threading.RLock()
        self._runs: dict[str, LiveRun] = {}
        self._answers: dict[str, RunStarted | RunEnded] = {}
        self._closed = False
        self._starting: dict[str, Future[RunStarted | RunEnded]] = {}
        self._watcher = Watcher(self._gone)
        self._endings = Endings(self._root, self._nothing_left)
        self._searches = Searches(places)

    def start(self, request: RunRequest) -> RunStarted | RunEnded:
        """Start the work of ``request``, or say what became of its token before.

        NOT_STARTED with a reason when it cannot be started, whatever went wrong; then nothing has run. The
        same token gives the same answer and never a second process, until it is forgotten. Starts under
        different tokens do not wait for each other.

        Raises:
            ServerUnavailable: the executor is closed, or its journal cannot be used; nothing was started.
        """
        with self._lock:
            self._check_open()
            known = self._answers.get(request.token)
            if known is not None:
                return known
            self._in_journal(self._vouch.keep)
            other = self._starting.get(request.token)
            mine = self._starting[request.token] = other or Future()
        if other is not None:
            return other.result()
        try:
            mine.set_result(self._start(request))
        except BaseException as error:
            mine.set_exception(error)
        finally:
            with self._lock:
                del self._starting[request.token]
        return mine.result()

    def recover(
        self, tokens: Iterable[str], *, ending: Collection[str] = ()
    ) -> dict[str, RunStarted | RunEnded | None]:
        """What became of runs that an earlier executor was asked to start.

        The first call names all tokens that were claimed and not settled: after it the journal is taken
        to know everything, also when it is new or the machine was restarted. ``ending`` are those whose end
        was asked for: such a run has ended when nothing of it lives.
        RunStarted: alive; adopted, and its end will be told to ``on_ended``. RunEnded: it has ended, or
        is LOST with a reason (not told again). None: it never ran and never will under this token.

        Raises:
            ServerUnavailable: the executor is closed, or its journal cannot be used.
        """
        wanted = list(tokens)
        for start in [self._starting.get(token) for token in wanted]:
            if start is not None:
                start.exception()
        with self._lock:
            self._check_open()
            known = {token: self._known(token) for token in wanted if token in self._answers}
            asked = [token for token in wanted if token not in known]
            found = self._in_journal(lambda: look_again(self._root, self._vouch, asked, ending))
            self._in_journal(self._vouch.trust)
            return known | {token: self._take_over(token, run) for token, run in found.items()}

    def abort(self, token: str, *, force: bool = False) -> bool:
        """Ask the work to end and end it after the grace time, or at once with ``force``.

        The outcome will be ABORTED, told when nothing of the work lives any more. False when no such run is
        alive. Everything that the work has started goes with it (:mod:`jams.executor.survivors`). Work on
        another host is over when the host says so, else after the time in which the host ends it by itself.
        """
        with self._lock:
            run = self._runs.get(token)
            if run is None or run.telling:
                return False
            if not run.aborting and (run.child is not None or run.journal.exit_code is not None):
                return False
            run.aborting = True
            with suppress(OSError):
                run.journal.mark_abort(force=force)
        self._end(run, force=force, patience=self._grace)
        return True

    def cpu_seconds(self, tokens: Collection[str]) -> dict[str, float]:
        """How much CPU time runs have taken so far; left out where it is not known.

        Of work on another host it is not. Takes a few milliseconds, whatever their number.
        """
        with self._lock:
            known = [self._runs[token] for token in tokens if token in self._runs]
            live = {
                run.journal.token: run.started.process_id
                for run in known
                if run.child is None and not run.journal.remote
            }
        return cpu_seconds(self._root, live)

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
            Journal(self._root, token).remove(SCRIPT_SUFFIXES, self._spares)
            self._scripts.remove(token)

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
                Journal(self._root, token).remove(SCRIPT_SUFFIXES, self._spares)
            for token in self._scripts.tokens() - kept - live.keys():
                self._scripts.remove(token)
            return len(removed)

    def methods(self) -> list[MethodInfo]:
        """The execution methods, available or with the reason why not."""
        return self._launcher.methods.describe()

    def facts(self) -> dict[str, int | bool]:
        """How it fares, in numbers, for who looks for what is wrong with it."""
        with self._lock:
            return {
                "open": not self._closed,
                "runsAlive": sum(run.ended is None for run in self._runs.values()),
                "runsRemembered": len(self._answers),
                "startsUnderWay": len(self._starting),
            }

    def close(self) -> None:
        """Stop watching; idempotent. The processes go on and are found again by ``recover``.

        Waits for an ``on_ended`` that is being told, so it is not called from one.
        """
        with self._lock:
            self._closed = True
        self._endings.close()
        self._watcher.close()
        self._searches.close()
        self._scripts.close()

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
            made = self._launcher.begin(request)
        except FileExistsError:
            return self._started_before(request)
        if isinstance(made, RunEnded):
            return self._answer(made)
        run = LiveRun(made.journal, made.started, made.begun, request.patterns)
        with self._lock:
            self._runs[request.token] = run
            self._answer(made.started)
        self._watch(run)
        return made.started

    def _answer(self, answer: RunStarted | RunEnded) -> RunStarted | RunEnded:
        """Remember the answer for whoever asks again."""
        with self._lock:
            self._answers[answer.token] = answer
        return answer

    def _started_before(self, request: RunRequest) -> RunStarted | RunEnded:
        """The answer for a token that has a journal although this executor does not know it."""
        with self._lock:
            found = self._in_journal(lambda: look_again(self._root, self._vouch, [request.token], ()))
            answer = self._take_over(request.token, found[request.token])
        if answer is not None:
            return answer
        reason = "The start was given up before the work began; a new start token is needed."
        return self._answer(not_started(request.token, request.jams_entry, reason))

    def _known(self, token: str) -> RunStarted | RunEnded:
        run = self._runs.get(token)
        return (run.ended if run else None) or self._answers[token]

    def _take_over(self, token: str, found: Alive | RunEnded | None) -> RunStarted | RunEnded | None:
        """Remember what was found, and watch over it when it is alive."""
        if found is None:
            return None
        if isinstance(found, RunEnded):
            return self._look_for(token, found) or self._answer(found)
        patterns = found.journal.patterns
        run = self._runs[token] = LiveRun(
            found.journal, found.started, patterns=patterns, aborting=found.aborted
        )
        self._answers[token] = found.started
        if not found.supervised:
            run.child = ChildExit(None, None)
        else:
            self._watch(run)
            if not host.is_run(found.started.process_id, found.journal):
                # The watcher may hold a stranger that took the process id after the run had ended.
                self._watcher.call_later(0, lambda: self._gone(token))
        if run.aborting:
            patience = max(0.0, self._grace - found.journal.since_abort)
            self._end(run, force=found.journal.forced, patience=patience)
        elif not found.supervised:
            self._endings.end(token, None, 0)
        return found.started

    def _look_for(self, token: str, ended: RunEnded) -> RunStarted | None:
        """What is answered for a run that has ended and whose log is to be searched; None for others."""
        journal = Journal(self._root, token)
        started, patterns = journal.recorded(), journal.patterns
        if ended.outcome is not RunOutcome.EXITED or started is None or patterns is None:
            return None
        run = LiveRun(journal, started, patterns=patterns, child=ChildExit(None, None), telling=True)
        self._runs[token] = run
        self._answers[token] = started
        self._conclude(run, ended)
        return started

    def _watch(self, run: LiveRun) -> None:
        pid, journal = run.started.process_id, run.journal
        self._watcher.watch(journal.token, pid, lambda: self._take_exit(run))

    def _take_exit(self, run: LiveRun) -> bool:
        """Whether the supervisor is no more; from then on its process id is not touched any more."""
        with self._lock:
            if run.child is None:
                run.child = host.take_exit(run.started.process_id, run.journal)
            return run.child is not None

    def _gone(self, token: str) -> None:
        """The supervisor of a run has ended; in the watcher's thread."""
        run = self._runs.get(token)
        if run is None or run.telling:
            return
        if not self._take_exit(run):
            self._watch(run)
        elif run.aborting:
            self._settle(run)
        elif run.judged().exit_code is None:
            self._endings.end(token, run.started.process_id, 0)
        else:
            self._tell(run)

    def _end(self, run: LiveRun, *, force: bool, patience: float) -> None:
        """Have everything that lives of a run asked to end, and ended in the end."""
        token, journal = run.journal.token, run.journal
        supervisor = run.started.process_id if run.child is None else None
        if journal.remote:
            # Who speaks to the host is the one who can end the work there: he is let.
            patience = self._grace + journal.idle
            self._endings.end(token, supervisor, patience, asked=journal.asked, again=force)
        else:
            self._endings.end(token, supervisor, 0 if force else patience, asked=journal.asked)

    def _nothing_left(self, token: str) -> None:
        """Nothing of a run lives on this machine; in the thread of the endings."""
        run = self._runs.get(token)
        if run is not None:
            run.cleared = True
            self._settle(run)

    def _settle(self, run: LiveRun) -> None:
        """Tell the end of a run that was asked for, or that left work behind, when nothing lives any more."""
        with self._lock:
            if run.child is None or not run.cleared or run.telling:
                return
        journal = run.journal
        left = journal.may_live if journal.remote and run.aborting else 0
        if left:
            self._watcher.call_later(left, lambda: self._tell(run))
        else:
            self._tell(run)

    def _tell(self, run: LiveRun) -> None:
        """The run has ended."""
        with self._lock:
            if run.telling:
                return
            run.telling = True
        self._conclude(run, run.judged())

    def _conclude(self, run: LiveRun, ended: RunEnded) -> None:
        """Tell the end of a run; its log is searched before where that is wanted, and nobody waits for it."""
        log = run.started.log_filename
        self._searches.complete(log, run.patterns, ended, lambda whole: self._pass_on(run, whole))

    def _pass_on(self, run: LiveRun, ended: RunEnded) -> None:
        with self._lock:
            run.ended = ended
            forgotten = run.forgotten
        try:
            self._on_ended(ended)
        finally:
            if forgotten:
                self.forget(run.journal.token)
