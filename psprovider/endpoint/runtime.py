"""Runs an engine's pipelines for a session: the only part of the endpoint that knows threads.

One lock guards the session. Nothing waits while holding it except for the condition that belongs to it,
and the engine's own code never runs under it but for ``open``, ``reset`` and ``close``.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar
from uuid import UUID

from jams.objects.errors import JAMSError

from . import events, metadata
from .engine import Engine, EngineSession
from .errors import HostUnavailable, PipelineStopped
from .exceptions import ErrorRecord, PipelineFailed
from .host import RemoteHost
from .jams_errors import from_jams
from .known_errors import internal_error, no_host, pipeline_stopped
from .messages import PipelineState
from .requests import HostResponse, MetadataRequest, PipelineRequest
from .session import Session
from .streams import PipelineStreams

STOP_GRACE = 30.0
"""Seconds after which a pipeline that does not stop is reported as stopped and left to itself."""

_T = TypeVar("_T")

Spawn = Callable[[Callable[[], None]], object]
"""Runs something in a thread, now."""

_LOG = logging.getLogger(__name__)


def new_thread(work: Callable[[], None]) -> None:
    """Run ``work`` in a thread of its own that does not keep the process alive."""
    threading.Thread(target=work, name="pipeline", daemon=True).start()


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
        spawn: Spawn = new_thread,
        stop_grace: float = STOP_GRACE,
    ) -> None:
        self.session = session
        self.wake = wake
        self.backlog = backlog
        self.changed = threading.Condition()
        self._engine = engine
        self._spawn = spawn
        self._grace = stop_grace
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
                self._spawn(start)

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
            case events.PoolOpened():
                self._open(event)
            case events.RunspaceReset() if self._commands is not None:
                self._commands.reset()
            case events.PoolClosed() if self._commands is not None:
                self._commands.close()
        return None

    def _forget(self, pipeline: UUID) -> None:
        run = self._runs.pop(pipeline, None)
        if run is not None and run.timer is not None:
            run.timer.cancel()
        if self._leaving is not None and not self.session.pipelines.running:
            self.session.close(self._leaving)

    def _run_of(self, pipeline: UUID) -> Run:
        return self._runs.setdefault(pipeline, Run())

    def _open(self, event: events.PoolOpened) -> None:
        try:
            self._commands = self._engine.open(event.info)
        except JAMSError as problem:
            self.session.break_pool(from_jams(problem))

    def _stop(self, pipeline: UUID) -> None:
        run = self._run_of(pipeline)
        run.stopping = True
        run.timer = threading.Timer(self._grace, self._abandon, (pipeline,))
        run.timer.daemon = True
        run.timer.start()

    def _abandon(self, pipeline: UUID) -> None:
        self._finish(pipeline, PipelineState.STOPPED, pipeline_stopped())

    def _work(self, request: PipelineRequest | MetadataRequest, number: int) -> None:
        """The whole life of a pipeline in its thread."""
        with self.changed:
            run = self._run_of(request.id)
        state, record = PipelineState.COMPLETED, None
        try:
            self._execute(request, number, run)
        except PipelineStopped:
            state, record = PipelineState.STOPPED, pipeline_stopped()
        except PipelineFailed as failure:
            state, record = PipelineState.FAILED, failure.record
        except HostUnavailable as problem:
            state, record = PipelineState.FAILED, no_host(problem.message, "Read-Host")
        except JAMSError as problem:
            state, record = PipelineState.FAILED, from_jams(problem)
        except Exception:
            incident = uuid.uuid4().hex[:12]
            _LOG.exception("A pipeline failed; incident %s.", incident)
            state, record = PipelineState.FAILED, internal_error(incident)
        if run.stopping and state is PipelineState.COMPLETED:
            state, record = PipelineState.STOPPED, pipeline_stopped()
        self._finish(request.id, state, record)

    def _execute(self, request: PipelineRequest | MetadataRequest, number: int, run: Run) -> None:
        if self._commands is None:
            raise PipelineStopped
        if isinstance(request, MetadataRequest):
            streams = PipelineStreams(self, PipelineRequest(request.id, ()), run)
            for item in metadata.answer(list(self._commands.describe(request))):
                streams.write(item)
            return
        streams = PipelineStreams(self, request, run)
        self._commands.run(request, number, RemoteHost(streams), streams)

    def _finish(self, pipeline: UUID, state: PipelineState, record: ErrorRecord | None) -> None:
        self.act(lambda: self.session.finish(pipeline, state, record))
