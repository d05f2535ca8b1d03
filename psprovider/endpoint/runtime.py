"""Runs an engine's pipelines for a session: the only part of the endpoint that knows threads.

One lock guards the session. Nothing waits while holding it except for the condition that belongs to it,
and the engine's own code never runs under it but for ``open``, ``reset`` and ``close``.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from jams.objects.errors import JAMSError, ServerBusy

from . import events, metadata
from .alarms import ALARMS
from .engine import Engine, EngineSession, Outcome
from .exceptions import ErrorRecord, PipelineFailed
from .host import RemoteHost
from .jams_errors import from_jams
from .known_errors import internal_error, no_host, pipeline_stopped
from .messages import PipelineState
from .protocol_errors import HostUnavailable, PipelineStopped
from .requests import MetadataRequest, PipelineRequest
from .runs import Run, overdue
from .session import Session
from .streams import PipelineStreams
from .threads import WORKERS

_T = TypeVar("_T")

Spawn = Callable[[Callable[[], None]], object]
"""Runs something in a thread, now. Raises RuntimeError if there is none to be had."""

_LOG = logging.getLogger(__name__)


class Runtime:
    """Drives one session.

    ``wake`` is called, without the lock, whenever there may be something to send; ``backlog`` tells, under
    the lock, how many bytes of output of a pipeline wait for the client.
    """

    def __init__(
        self,
        session: Session,
        engine: Engine,
        *,
        wake: Callable[[], None],
        backlog: Callable[[UUID], int],
        spawn: Spawn = WORKERS.run,
    ) -> None:
        self.session = session
        self.wake = wake
        self.backlog = backlog
        self.changed = threading.Condition()
        self._engine = engine
        self._spawn = spawn
        self._limits = session.settings.limits
        self._commands: EngineSession | None = None
        self._leaving: bool | None = None
        self._runs: dict[UUID, Run] = {}

    @property
    def lock(self) -> AbstractContextManager[Any]:
        """The session's lock."""
        return self.changed

    def act(self, action: Callable[[], _T]) -> _T:
        """Do something to the session under its lock, and what follows from it; then send."""
        result = self.quietly(action)
        self.wake()
        return result

    def quietly(self, action: Callable[[], _T]) -> _T:
        """Like ``act``, for those who send themselves."""
        following: list[Callable[[], None]] = []
        try:
            with self.changed:
                try:
                    return action()
                finally:
                    following = self._dispatch()
        finally:
            for each in following:
                each()

    def leave(self, tell: bool) -> None:
        """End the session once its pipelines have stopped; ``tell`` the client, unless it is gone."""

        def stop() -> None:
            self._leaving = tell
            if not self.session.stop_all():
                self.session.close(tell)

        self.quietly(stop)
        if tell:
            self.wake()

    def monitor(self, run: Run) -> None:
        """A pipeline follows or waits for something, and may run as long as monitors may."""
        with self.changed:
            if not run.monitor and not run.stopping:
                run.monitor = True
                self._limit(run)

    def _dispatch(self) -> list[Callable[[], None]]:
        """What is to be done without the lock, now that something has happened."""
        following: list[Callable[[], None]] = []
        if self._leaving is not None:
            # Whoever was at it meanwhile may have begun another pipeline, which nobody else would stop.
            self.session.stop_all()
        while True:
            happened = self.session.take_events()
            if not happened:
                break
            for event in happened:
                next_step = self._on(event)
                if next_step is not None:
                    following.append(next_step)
        self.changed.notify_all()
        return following

    def _on(self, event: events.Event) -> Callable[[], None] | None:
        match event:
            case events.PipelineReady():
                return self._begin(event.request, event.number)
            case events.InputReceived():
                self._run_of(event.pipeline).input.append((event.value, event.size))
            case events.InputEnded():
                self._run_of(event.pipeline).input_ended = True
            case events.HostAnswered():
                self._run_of(event.pipeline).answers.append(event.response)
            case events.StopRequested():
                self._stop(self._run_of(event.pipeline))
            case events.PipelineEnded():
                self._forget(event.pipeline)
                if event.unrun is not None:
                    return partial(self._audit, Run(), event.unrun, PipelineState.STOPPED, pipeline_stopped())
            case events.PoolRequested():
                self._open(event)
            case events.RunspaceReset() if self._commands is not None:
                self._guarded(self._commands.reset)
            case events.PoolClosed() if self._commands is not None:
                self._guarded(self._commands.close)
        return None

    def _forget(self, pipeline: UUID) -> None:
        run = self._runs.pop(pipeline, None)
        if run is not None:
            run.arm(None)
        if self._leaving is not None and not self.session.pipelines.running:
            self.session.close(self._leaving)

    def _run_of(self, pipeline: UUID) -> Run:
        return self._runs.setdefault(pipeline, Run())

    def _open(self, event: events.PoolRequested) -> None:
        try:
            self._commands = self._engine.open(event.info)
            self.session.accept(self._commands.private_data)
        except JAMSError as problem:
            self.session.break_pool(from_jams(problem))
        except Exception:
            self.session.break_pool(_incident("A session could not be opened"))

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except Exception:
            _incident("The commands of a session failed")

    def _begin(self, request: PipelineRequest | MetadataRequest, number: int) -> Callable[[], None]:
        run = self._run_of(request.id)
        run.request = request
        run.begun = time.monotonic()
        self._limit(run)

        def start() -> None:
            try:
                self._spawn(lambda: self._work(request, number, run))
            except RuntimeError:
                _LOG.error("A pipeline could not begin, since the system gives no more threads.")
                problem = ServerBusy("The server has no thread left for this pipeline; try again later.")
                # Only queued: who is sending already would wait for himself here.
                if self._tells_end(run, PipelineState.FAILED, from_jams(problem)):
                    self.quietly(partial(self._finish, run, PipelineState.FAILED, from_jams(problem)))

        return start

    def _limit(self, run: Run) -> None:
        """See to it that a pipeline runs no longer than it may."""
        seconds = self._longest(run)
        if seconds is None:
            run.arm(None)
        else:
            left = run.begun + seconds - time.monotonic()
            run.arm(ALARMS.after(max(0.0, left), lambda: self.quietly(lambda: self._interrupt(run))))

    def _longest(self, run: Run) -> float | None:
        return self._limits.monitor_time if run.monitor else self._limits.run_time

    def _interrupt(self, run: Run) -> None:
        seconds = self._longest(run)
        # It may have ended or become a monitor while the alarm went off.
        if not run.told and seconds is not None and time.monotonic() >= run.begun + seconds:
            self._stop(run, overdue(seconds))

    def _stop(self, run: Run, reason: ErrorRecord | None = None) -> None:
        if not run.stopping:
            run.stopping = True
            run.reason = reason
            run.arm(ALARMS.after(self._limits.stop_grace, lambda: self._end(run, *run.stopped)))

    def _work(self, request: PipelineRequest | MetadataRequest, number: int, run: Run) -> None:
        """The whole life of a pipeline in its thread."""
        shown = request if isinstance(request, PipelineRequest) else PipelineRequest(request.id, ())
        state, record = self._result(request, number, PipelineStreams(self, shown, run))
        if run.stopping and state is not PipelineState.FAILED:
            state, record = run.stopped
        self._end(run, state, record)

    def _end(self, run: Run, state: PipelineState, record: ErrorRecord | None) -> None:
        """Tell the end of a pipeline, to the audit first. It may have been given up before."""
        if self._tells_end(run, state, record):
            self.act(partial(self._finish, run, state, record))

    def _tells_end(self, run: Run, state: PipelineState, record: ErrorRecord | None) -> bool:
        with self.changed:
            first, run.told = not run.told, True
        if first and run.request is not None:
            self._audit(run, run.request, state, record)
        return first

    def _audit(
        self,
        run: Run,
        request: PipelineRequest | MetadataRequest,
        state: PipelineState,
        record: ErrorRecord | None,
    ) -> None:
        error_id = None if record is None else record.error_id
        seconds = time.monotonic() - run.begun
        outcome = Outcome(request, state.name.capitalize(), error_id, seconds, run.objects)
        commands = self._commands
        if commands is not None:
            self._guarded(lambda: commands.ended(outcome))

    def _finish(self, run: Run, state: PipelineState, record: ErrorRecord | None) -> None:
        if run.request is None:
            return
        try:
            self.session.finish(run.request.id, state, record)
        except Exception:
            # Whatever is wrong with its last word, a pipeline ends: the client and its session wait for that.
            self.session.finish(run.request.id, PipelineState.FAILED, _incident("An error could not be told"))

    def _result(
        self, request: PipelineRequest | MetadataRequest, number: int, streams: PipelineStreams
    ) -> tuple[PipelineState, ErrorRecord | None]:
        try:
            self._execute(request, number, streams)
        except PipelineStopped:
            return PipelineState.STOPPED, pipeline_stopped()
        except PipelineFailed as failure:
            return PipelineState.FAILED, failure.record
        except HostUnavailable as problem:
            return PipelineState.FAILED, no_host(problem.message, "Read-Host")
        except JAMSError as problem:
            return PipelineState.FAILED, from_jams(problem)
        except Exception:
            return PipelineState.FAILED, _incident("A pipeline failed")
        return PipelineState.COMPLETED, None

    def _execute(
        self, request: PipelineRequest | MetadataRequest, number: int, streams: PipelineStreams
    ) -> None:
        if self._commands is None:
            raise PipelineStopped
        if isinstance(request, PipelineRequest):
            self._commands.run(request, number, RemoteHost(streams), streams)
            return
        for item in metadata.answer(list(self._commands.describe(request))):
            streams.write(item)


def _incident(what: str) -> ErrorRecord:
    """Log the exception that is being handled, and make a record that tells the client nothing of it."""
    incident = uuid.uuid4().hex[:12]
    _LOG.exception("%s; incident %s.", what, incident)
    return internal_error(incident)
