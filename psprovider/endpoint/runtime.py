"""Runs an engine's pipelines for a session: the only part of the endpoint that knows threads.

One lock guards the session. Nothing waits while holding it except for the condition that belongs to it,
and the engine's own code never runs under it but for ``open``, ``reset`` and ``close``.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from jams.objects.errors import JAMSError

from . import events, metadata
from .engine import Engine, EngineSession, Outcome
from .errors import HostUnavailable, PipelineStopped
from .exceptions import ErrorRecord, PipelineFailed
from .host import RemoteHost
from .jams_errors import from_jams
from .known_errors import internal_error, no_host, pipeline_stopped
from .messages import PipelineState
from .requests import HostResponse, MetadataRequest, PipelineRequest, SessionInfo
from .session import Session
from .streams import PipelineStreams
from .threads import WORKERS

STOP_GRACE = 30.0

_T = TypeVar("_T")

Spawn = Callable[[Callable[[], None]], object]
"""Runs something in a thread, now."""

Audit = Callable[[Outcome], None]

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RuntimeOptions:
    """How the pipelines of a session are run.

    Attributes:
        spawn: runs something in a thread.
        stop_grace: seconds after which a pipeline that does not stop is left to itself.
        audit: told of every pipeline that has ended, in its thread and before the client is.
    """

    spawn: Spawn = WORKERS.run
    stop_grace: float = STOP_GRACE
    audit: Audit | None = None


DEFAULT_OPTIONS = RuntimeOptions()


class Run:
    """What a running pipeline and its session share; used under the session's lock."""

    __slots__ = ("answers", "input", "input_ended", "stopping", "timer")

    def __init__(self) -> None:
        self.input: deque[tuple[Any, int]] = deque()
        self.input_ended = False
        self.answers: deque[HostResponse] = deque()
        self.stopping = False
        self.timer: threading.Timer | None = None


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
        options: RuntimeOptions = DEFAULT_OPTIONS,
    ) -> None:
        self.session = session
        self.wake = wake
        self.backlog = backlog
        self.changed = threading.Condition()
        self._engine = engine
        self._options = options
        self._info: SessionInfo | None = None
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
        starts: list[Callable[[], None]] = []
        try:
            with self.changed:
                try:
                    return action()
                finally:
                    starts = self._dispatch()
        finally:
            for start in starts:
                self._options.spawn(start)

    def leave(self, tell: bool) -> None:
        """End the session once its pipelines have stopped; ``tell`` the client, unless it is gone."""

        def stop() -> None:
            self._leaving = tell
            if not self.session.stop_all():
                self.session.close(tell)

        self.quietly(stop)
        if tell:
            self.wake()

    def _dispatch(self) -> list[Callable[[], None]]:
        starts: list[Callable[[], None]] = []
        while True:
            happened = self.session.take_events()
            if not happened:
                break
            for event in happened:
                start = self._on(event)
                if start is not None:
                    starts.append(start)
        self.changed.notify_all()
        return starts

    def _on(self, event: events.Event) -> Callable[[], None] | None:
        match event:
            case events.PipelineReady():
                return lambda: self._work(event.request, event.number)
            case events.InputReceived():
                self._run_of(event.pipeline).input.append((event.value, event.size))
            case events.InputEnded():
                self._run_of(event.pipeline).input_ended = True
            case events.HostAnswered():
                self._run_of(event.pipeline).answers.append(event.response)
            case events.StopRequested():
                self._stop(event.pipeline)
            case events.PipelineEnded():
                self._forget(event.pipeline)
            case events.PoolRequested():
                self._open(event)
            case events.RunspaceReset() if self._commands is not None:
                self._guarded(self._commands.reset)
            case events.PoolClosed() if self._commands is not None:
                self._guarded(self._commands.close)
        return None

    def _forget(self, pipeline: UUID) -> None:
        run = self._runs.pop(pipeline, None)
        if run is not None and run.timer is not None:
            run.timer.cancel()
        if self._leaving is not None and not self.session.pipelines.running:
            self.session.close(self._leaving)

    def _run_of(self, pipeline: UUID) -> Run:
        return self._runs.setdefault(pipeline, Run())

    def _open(self, event: events.PoolRequested) -> None:
        self._info = event.info
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

    def _stop(self, pipeline: UUID) -> None:
        run = self._run_of(pipeline)
        run.stopping = True
        run.timer = threading.Timer(self._options.stop_grace, self._abandon, (pipeline,))
        run.timer.daemon = True
        run.timer.start()

    def _abandon(self, pipeline: UUID) -> None:
        self._finish(pipeline, PipelineState.STOPPED, pipeline_stopped())

    def _work(self, request: PipelineRequest | MetadataRequest, number: int) -> None:
        """The whole life of a pipeline in its thread."""
        with self.changed:
            run = self._run_of(request.id)
        shown = request if isinstance(request, PipelineRequest) else PipelineRequest(request.id, ())
        streams = PipelineStreams(self, shown, run)
        begun = time.monotonic()
        state, record = self._result(request, number, streams)
        if run.stopping and state is PipelineState.COMPLETED:
            state, record = PipelineState.STOPPED, pipeline_stopped()
        if self._options.audit is not None and self._info is not None:
            error_id = None if record is None else record.error_id
            name, seconds = state.name.capitalize(), time.monotonic() - begun
            self._options.audit(Outcome(self._info, request, name, error_id, seconds, streams.objects))
        self._finish(request.id, state, record)

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

    def _finish(self, pipeline: UUID, state: PipelineState, record: ErrorRecord | None) -> None:
        self.act(lambda: self.session.finish(pipeline, state, record))


def _incident(what: str) -> ErrorRecord:
    """Log the exception that is being handled, and make a record that tells the client nothing of it."""
    incident = uuid.uuid4().hex[:12]
    _LOG.exception("%s; incident %s.", what, incident)
    return internal_error(incident)
