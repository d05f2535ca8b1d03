"""An executor in another process of this home, as a :class:`jams.scheduler.runner.Runner`.

The executor may be stopped, killed and started anew at any time. Meanwhile nothing starts, and whoever asks
is told so; what runs goes on. When it is back it is asked what became of every run that is not settled,
before it is given another start.
"""

from __future__ import annotations

import logging
import os
import queue
import socket
import threading
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from jams.objects.errors import ServerUnavailable
from jams.objects.run import RunEnded, RunRequest, RunStarted

from . import executor_messages as messages
from .executor_messages import Answer, Became, Lost, Told

TRIED_EVERY = 0.5
"""Seconds between attempts to reach an executor that is not there."""

_MOST_FORGOTTEN = 500

_AWAY = "JAMSExecutor does not answer; nothing can be started until it is there again."

log = logging.getLogger(__name__)


class DistantExecutor:
    """The executor behind a socket.

    Args:
        path: the socket file.
        on_ended: told of each end.
    """

    def __init__(self, path: Path, on_ended: Callable[[RunEnded], None]) -> None:
        self._path = os.fspath(path)
        self._on_ended = on_ended
        self._ask_anew: Callable[[Callable[[], None]], None] = lambda done: None
        self._arrivals = 0
        self._there = threading.Event()
        self._closing = threading.Event()
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._forgotten: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=work, name="jams-executor-line", daemon=True)
            for work in (self._follow, self._forget)
        ]

    def begin(self, ask_anew: Callable[[Callable[[], None]], None]) -> None:
        """Begin to follow the executor.

        Args:
            ask_anew: has it asked what became of every run, whenever it is there or there again, and calls
                what it is given when that is done.
        """
        self._ask_anew = ask_anew
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Follow no more; idempotent."""
        self._closing.set()
        self._forgotten.put(None)
        with self._lock:
            if self._line is not None:
                self._line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    @property
    def there(self) -> bool:
        """Whether the executor answers."""
        return self._there.is_set()

    def start(self, request: RunRequest) -> RunStarted | RunEnded:
        """See :class:`jams.scheduler.runner.Runner`."""
        if not self._there.is_set():
            raise ServerUnavailable(_AWAY)
        became: Became = self._ask(messages.Start(request), Told).became
        assert became is not None
        return became

    def recover(self, tokens: Iterable[str], *, ending: Collection[str] = ()) -> dict[str, Became]:
        """See :class:`jams.scheduler.runner.Runner`."""
        found = self._ask(messages.Recover(list(tokens), list(ending)), dict[str, Told])
        return {token: told.became for token, told in found.items()}

    def abort(self, token: str, *, force: bool = False) -> bool:
        """See :class:`jams.scheduler.runner.Runner`; it is asked again when the executor is back."""
        try:
            return bool(self._ask(messages.Abort(token, force), bool))
        except ServerUnavailable:
            return False

    def cpu_seconds(self, tokens: Collection[str]) -> dict[str, float]:
        """See :class:`jams.scheduler.runner.Runner`."""
        try:
            told: dict[str, float] = self._ask(messages.Measure(list(tokens)), dict[str, float])
        except ServerUnavailable:
            return {}
        return told

    def forget(self, token: str) -> None:
        """See :class:`jams.scheduler.runner.Runner`; who is away is told when he is asked to purge."""
        self._forgotten.put(token)

    def purge(self, keep: Iterable[str]) -> int:
        """See :class:`jams.scheduler.runner.Runner`."""
        return int(self._ask(messages.Purge(list(keep)), int))

    def _ask(self, question: Any, kind: Any) -> Any:
        return ask(self._path, question, kind)

    def _follow(self) -> None:
        """Stay connected, and pass on what is told; find everything again when the executor is a new one."""
        while not self._closing.is_set():
            try:
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                    line.connect(self._path)
                    messages.send(line, messages.Follow())
                    answer = messages.receive(line, Answer)
                    if answer.unavailable is not None:
                        raise ServerUnavailable(answer.unavailable)
                    with self._lock:
                        self._line = line
                    self._listen(line)
            except (OSError, Lost, ServerUnavailable) as error:
                log.debug("the executor is away: %r", error)
            except Exception:
                log.exception("what became of the runs could not be found out; it is tried again")
            finally:
                with self._lock:
                    was_there, self._line = self._there.is_set(), None
                    self._there.clear()
                if was_there and not self._closing.is_set():
                    log.warning("%s", _AWAY)
            self._closing.wait(TRIED_EVERY)

    def _listen(self, line: socket.socket) -> None:
        # What ends meanwhile is told behind this, and what is told twice counts once.
        self._arrivals += 1
        self._ask_anew(partial(self._arrived, self._arrivals))
        while not self._closing.is_set():
            self._on_ended(messages.receive(line, RunEnded))

    def _arrived(self, arrival: int) -> None:
        """It may be given starts, unless it has gone again meanwhile."""
        with self._lock:
            if arrival == self._arrivals and self._line is not None:
                self._there.set()
                log.warning("JAMSExecutor is there")

    def _forget(self) -> None:
        while not self._closing.is_set():
            tokens = [self._forgotten.get()]
            while not self._forgotten.empty() and len(tokens) < _MOST_FORGOTTEN:
                tokens.append(self._forgotten.get())
            try:
                self._ask(messages.Forget([token for token in tokens if token is not None]), None)
            except ServerUnavailable as error:
                log.debug("what is settled is purged later: %s", error.message)


def ask(path: str, question: Any, kind: Any) -> Any:
    """Ask the executor behind a socket. Raises ServerUnavailable."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(path)
            messages.send(line, question)
            answer = messages.receive(line, Answer)
    except (OSError, Lost) as error:
        raise ServerUnavailable(_AWAY) from error
    if answer.unavailable is not None:
        raise ServerUnavailable(answer.unavailable)
    try:
        return msgspec.msgpack.decode(answer.result, type=kind)
    except msgspec.MsgspecError as error:
        raise ServerUnavailable(
            "JAMSExecutor answers what is not understood; is it of this version?"
        ) from error
