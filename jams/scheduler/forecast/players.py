"""The processes that play forecasts, one at a time each; they wait a while for another one before they go."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from jams.objects.errors import ServerUnavailable, from_document
from jams.objects.forecast import Forecast, ForecastOrder

IDLE = 60.0
"""Seconds for which a process that has answered is kept: to begin one costs more than most forecasts."""


class Players:
    """May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Player] = []
        self._playing: set[_Player] = set()
        self._closed = False

    def close(self) -> None:
        """End all of them, whatever they play."""
        with self._lock:
            self._closed = True
            waiting, self._waiting, playing = self._waiting, [], list(self._playing)
        for each in waiting:
            each.leave()
        for each in playing:
            each.kill()

    def play(self, order: ForecastOrder, come: Callable[[int], None]) -> Forecast:
        """The forecast that is ordered; ``come`` hears how far it is, in percent.

        Raises:
            JAMSError: it cannot be made.
            ServerUnavailable: the server is stopping.
            RuntimeError: the process has ended without an answer.
        """
        found = self._played(order, come)
        if isinstance(found, Forecast):
            return found
        raise found

    def _played(self, order: ForecastOrder, come: Callable[[int], None]) -> Forecast | Exception:
        while True:
            player = self._taken()
            waited = player.has_answered
            try:
                return player.play(order, come)
            except EOFError as error:
                if self._closed:
                    raise ServerUnavailable("The server is stopping; ask again when it is back.") from None
                # One that waited may have been killed just now: who begins an order takes its file away.
                if not (waited and Path(order.file).exists()):
                    raise RuntimeError(f"the process ended without an answer: {error}") from None
            finally:
                self._give_back(player)

    def _taken(self) -> _Player:
        while True:
            with self._lock:
                if self._closed:
                    raise ServerUnavailable("The server is stopping; ask again when it is back.")
                player = self._waiting.pop() if self._waiting else _Player()
                self._playing.add(player)
            player.stay()
            if player.alive:
                return player
            self._give_back(player)

    def _give_back(self, player: _Player) -> None:
        with self._lock:
            self._playing.discard(player)
            stays = player.alive and not self._closed
            if stays:
                self._waiting.append(player)
                player.leave_after(IDLE, self._let_go)
        if not stays:
            player.leave()

    def _let_go(self, player: _Player) -> None:
        with self._lock:
            if player not in self._waiting:
                return
            self._waiting.remove(player)
        player.leave()


class _Player:
    """A process, and what is said to it. Used by one thread at a time.

    Attributes:
        has_answered: whether it has answered an order before.
    """

    def __init__(self) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the process lives)
        command = [sys.executable, "-m", "jams.scheduler.forecast.worker"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
        )
        self._listens = True
        self.has_answered = False
        self._leaving: threading.Timer | None = None

    @property
    def alive(self) -> bool:
        """Whether it can be given another order."""
        return self._listens and self._process.poll() is None

    def play(self, order: ForecastOrder, come: Callable[[int], None]) -> Forecast | Exception:
        """What it answers. Raises EOFError, with what it wrote instead, when it ends without an answer."""
        from .worker import Answer

        orders, answers = self._process.stdin, self._process.stdout
        assert orders is not None and answers is not None
        self._listens = False
        try:
            orders.write(msgspec.json.encode(order) + b"\n")
            orders.flush()
            for line in answers:
                answer = msgspec.json.decode(line, type=Answer)
                if answer.error is not None or answer.forecast is not None:
                    self._listens = self.has_answered = True
                if answer.error is not None:
                    return from_document(answer.error)
                if answer.forecast is not None:
                    return answer.forecast
                come(answer.progress)
        except BrokenPipeError:
            pass
        self._errors.seek(0)
        raise EOFError(self._errors.read().decode("utf-8", "replace")[-4000:])

    def leave_after(self, seconds: float, leave: Callable[[_Player], None]) -> None:
        """Have it asked to leave unless it stays before."""
        self._leaving = threading.Timer(seconds, leave, (self,))
        self._leaving.daemon = True
        self._leaving.start()

    def stay(self) -> None:
        """It is not asked to leave any more."""
        if self._leaving is not None:
            self._leaving.cancel()

    def kill(self) -> None:
        """End it, whatever it does; who waits for its answer hears so."""
        self._process.kill()

    def leave(self) -> None:
        """End it. It has nothing to do any more, or what it says is not wanted."""
        self.stay()
        if not self._listens:
            self._process.kill()
        with self._errors, suppress(BrokenPipeError), self._process:
            pass
