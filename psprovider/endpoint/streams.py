"""The streams of a running pipeline, as its engine sees them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol
from uuid import UUID

from . import records
from .clixml.types import Int64
from .exceptions import ErrorRecord, InvocationInfo
from .host_calls import HostMethod
from .messages import MessageType
from .protocol_errors import HostUnavailable, PipelineStopped, SessionKeyMissing
from .records import InformationRecord, ProgressRecord
from .requests import PipelineRequest
from .runs import Run
from .session import Session

KEY_PATIENCE = 60.0
"""Seconds to wait for a client that was asked for the session key."""


class Driver(Protocol):
    """What drives a session, as the streams of its pipelines need it."""

    @property
    def session(self) -> Session:
        """The session."""

    @property
    def changed(self) -> threading.Condition:
        """The session's lock, and what is notified when something has happened to it."""

    @property
    def wake(self) -> Callable[[], None]:
        """Called without the lock when there may be something to send."""

    @property
    def backlog(self) -> Callable[[UUID], int]:
        """Tells, under the lock, how many bytes of output of a pipeline wait for the client."""

    def monitor(self, run: Run) -> None:
        """A pipeline follows or waits for something, and may run as long as monitors may."""


class PipelineStreams:
    """The streams of one pipeline (:class:`~psprovider.endpoint.engine.Streams`), and its host calls."""

    def __init__(self, driver: Driver, request: PipelineRequest, run: Run) -> None:
        self.request = request
        self._driver = driver
        self._run = run
        self._session = driver.session
        self._changed = driver.changed
        self._limit = driver.session.settings.limits.backlog
        self._extended = request.invocation_info

    def input(self) -> Iterator[Any]:
        """The objects the client sends, as they come."""
        if not self.request.has_input:
            return
        while True:
            with self._changed:
                self._wait(lambda: bool(self._run.input) or self._run.input_ended)
                if not self._run.input:
                    return
                value, size = self._run.input.popleft()
                pipeline = self._session.pipelines.get(self.request.id)
                if pipeline is not None:
                    pipeline.backlog -= size
            self._driver.wake()
            yield value

    def write(self, value: Any) -> None:
        """Send an object."""
        self._run.objects += 1
        try:
            self._send(lambda: self._session.output(self.request.id, value))
        except SessionKeyMissing:
            self._obtain_key()
            self._send(lambda: self._session.output(self.request.id, value))

    def error(self, record: ErrorRecord, ended_statement: bool = False) -> None:
        """Send an error that does not end the pipeline."""
        self._send(lambda: self._session.error(self.request.id, record, ended_statement))

    def warning(self, text: str, source: InvocationInfo | None = None) -> None:
        """Send a warning, and show it on the host."""
        self._informational(MessageType.WARNING_RECORD, "Warning", text, source)

    def verbose(self, text: str, source: InvocationInfo | None = None) -> None:
        """Send a verbose message, and show it on the host."""
        self._informational(MessageType.VERBOSE_RECORD, "Verbose", text, source)

    def debug(self, text: str, source: InvocationInfo | None = None) -> None:
        """Send a debug message, and show it on the host."""
        self._informational(MessageType.DEBUG_RECORD, "Debug", text, source)

    def information(self, record: InformationRecord) -> None:
        """Send an information record; it is not shown."""
        self._record(MessageType.INFORMATION_RECORD, records.information(record))

    def write_host(
        self,
        text: str,
        *,
        new_line: bool = True,
        foreground: int | None = None,
        background: int | None = None,
        source: str = "",
    ) -> None:
        """Do what Write-Host does."""
        front = -1 if foreground is None else foreground
        back = -1 if background is None else background
        seen = self.request.host.interactive
        message = records.host_message(text, new_line, front if seen else None, back if seen else None)
        self.information(InformationRecord(message, source, ("PSHOST",)))
        method = HostMethod.WriteLine3 if new_line else HostMethod.Write2
        self.show(method, (front, back, text))

    def progress(self, record: ProgressRecord) -> None:
        """Send progress, and show it on the host."""
        self._record(MessageType.PROGRESS_RECORD, records.progress(record))
        self.show(HostMethod.WriteProgress, (Int64(0), records.progress(record)))

    def check(self) -> None:
        """Raise PipelineStopped if the pipeline is being stopped."""
        if self._run.stopping:
            raise PipelineStopped

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond a stop."""
        end = time.monotonic() + seconds
        with self._changed:
            self._wait(lambda: time.monotonic() >= end, end)

    def monitor(self) -> None:
        """Say that the pipeline follows or waits for something: it may run longer than others."""
        self._driver.monitor(self._run)

    def show(self, method: HostMethod, parameters: Sequence[Any]) -> None:
        """Call a method of the host that is not answered; nothing happens if there is none."""
        if self.request.host.interactive:
            self._send(lambda: self._session.host_call(self.request.id, method, parameters))

    def ask(self, method: HostMethod, parameters: Sequence[Any], prompt: str) -> Any:
        """Call a method of the host and wait for the answer.

        Raises HostUnavailable, with ``prompt``, if there is no host, or with the host's own error.
        """
        if not self.request.host.interactive:
            raise HostUnavailable(prompt)
        self._run.answers.clear()
        self._send(lambda: self._session.host_call(self.request.id, method, parameters))
        with self._changed:
            self._wait(lambda: bool(self._run.answers))
            answer = self._run.answers.popleft()
        if answer.error is not None:
            raise HostUnavailable(answer.error)
        return answer.value

    def _informational(self, kind: MessageType, name: str, text: str, source: InvocationInfo | None) -> None:
        self._record(kind, records.informational(name, text, source, self._extended))
        self.show(HostMethod[f"Write{name}Line"], (text,))

    def _record(self, kind: MessageType, value: Any) -> None:
        self._send(lambda: self._session.record(self.request.id, kind, value))

    def _send(self, action: Callable[[], object]) -> None:
        with self._changed:
            if self._run.stopping:
                raise PipelineStopped
            if self._driver.backlog(self.request.id) > self._limit:
                self._wait(lambda: self._driver.backlog(self.request.id) <= self._limit)
            action()
        self._driver.wake()

    def _wait(self, done: Callable[[], bool], end: float | None = None) -> None:
        """Wait under the lock until ``done``; PipelineStopped if a stop comes first."""
        while True:
            if self._run.stopping:
                raise PipelineStopped
            if done():
                return
            self._changed.wait(None if end is None else max(0.0, end - time.monotonic()))

    def _obtain_key(self) -> None:
        self._send(self._session.request_key)
        end = time.monotonic() + KEY_PATIENCE
        with self._changed:
            self._wait(lambda: self._session.secrets_ready or time.monotonic() >= end, end)
