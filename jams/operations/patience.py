"""How a call waits: in the thread that makes it, or by leaving that and being made again.

Operations that wait can be made again from their beginning: they change nothing. :class:`Staying` waits in
their thread, and has them made again when the caller may do something else by then. :class:`Leaving` breaks
them off and says what they wait for; whoever runs them makes them again when it has come.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from jams.scheduler.waiting import ANYTHING, LONGEST_WAIT, Flag, Signal

if TYPE_CHECKING:
    from jams.scheduler import ForCallers

T = TypeVar("T")

GATHERING = 0.1
"""Seconds in which more may happen, for who waits for anything at all: on a busy server that is often."""

_LOG_PAUSE = 0.1
_LOG_WAIT = 1.0
"""Seconds after which whoever waits in his thread for a log looks whether its entry has ended."""


class GrowingLogs(Protocol):
    """Logs that can be waited for; see :class:`jams.operations.context.Logs`."""

    def wait(self, filename: str, size: int, timeout: float) -> bool:
        """Wait until the log has another size; whether it has."""


class Patience(Protocol):
    """For how long a call still waits, and for what.

    Attributes:
        kept: what the call wants to know when it is made again; None at first.
    """

    kept: Any

    def begin(self, seconds: float) -> None:
        """The call may wait so long from now on; if it is made again, from its first time on."""

    @property
    def left(self) -> float:
        """Seconds that are left of it; 0 or less when its time is over."""

    def for_end(self, number: int) -> None:
        """Wait until an entry has ended or is gone. Raises ServerUnavailable when the server stops."""

    def for_change(self, number: int) -> None:
        """Wait until something happens to an entry. Raises ServerUnavailable when the server stops."""

    def for_anything(self) -> None:
        """Wait until something happens at all. Raises ServerUnavailable when the server stops."""

    def for_log(self, number: int, filename: str, size: int) -> None:
        """Wait until the log of an entry has another size, or something happens to the entry.

        Raises ServerUnavailable when the server stops.
        """

    def for_flag(self, join: Join) -> None:
        """Wait until somebody sets the flag that ``join`` gives him; at once, where he has reason to."""


Join = Callable[[Flag], Callable[[], None]]
"""Gives somebody a flag to be set; to call what it gives back ends that."""


class Staying:
    """Waits in the thread that calls; for threads that nobody else needs.

    Args:
        scheduler: tells what happens.
        logs: the logs that can be waited for.
        look: looks whether the caller may do something else than when the call was made; raises what refuses
            him by now.
    """

    def __init__(self, scheduler: ForCallers, logs: GrowingLogs, look: Callable[[], bool]) -> None:
        self._scheduler = scheduler
        self._logs = logs
        self._look = look
        self._deadline: float | None = None
        self._log: tuple[str, int] | None = None
        self.kept: Any = None

    def run(self, work: Callable[[], T]) -> T:
        """Make the call, for the first time or again. Raises whatever it raises."""
        while True:
            try:
                return work()
            except _Again:
                continue

    def begin(self, seconds: float) -> None:
        """See :class:`Patience`."""
        if self._deadline is None:
            self._deadline = _until(seconds)

    @property
    def left(self) -> float:
        """See :class:`Patience`."""
        return (self._deadline or 0.0) - time.monotonic()

    def for_end(self, number: int) -> None:
        """See :class:`Patience`."""
        self._scheduler.wait_until_ended(number, self.left)
        self._look_at_caller()

    def for_change(self, number: int) -> None:
        """See :class:`Patience`."""
        self._scheduler.wait_for_change(number, self.left)
        self._look_at_caller()

    def for_anything(self) -> None:
        """See :class:`Patience`."""
        self._scheduler.wait_for_change(ANYTHING, self.left)
        time.sleep(min(max(self.left, 0.0), GATHERING))
        self._look_at_caller()

    def for_log(self, number: int, filename: str, size: int) -> None:
        """See :class:`Patience`."""
        if self._log == (filename, size):
            time.sleep(min(max(self.left, 0.0), _LOG_PAUSE))  # it is there, and cannot be read
        self._log = filename, size
        self._logs.wait(filename, size, min(self.left, _LOG_WAIT))
        self._look_at_caller()

    def for_flag(self, join: Join) -> None:
        """See :class:`Patience`."""
        event = threading.Event()
        leave = join(event)
        try:
            event.wait(max(self.left, 0.0))
        finally:
            leave()
        self._look_at_caller()

    def _look_at_caller(self) -> None:
        if self._look():
            raise _Again


class Left(BaseException):
    """A call has been broken off because it has to wait; no error, and nobody shall take it for one."""


class _Again(BaseException):
    """A call is to be made again at once."""


class Leaving:
    """Breaks off a call that has to wait, by raising :class:`Left`.

    What it then waits for has come when ``signal`` is set, or when ``log`` (file and size) has another size.
    The call shall not be made again before ``gathering`` seconds are over, so that more may have come.
    """

    def __init__(self, scheduler: ForCallers) -> None:
        self._scheduler = scheduler
        self._deadline: float | None = None
        self._joined: tuple[int, bool] | None = None
        self._leave: Callable[[], None] | None = None
        self.kept: Any = None
        self.gathering = 0.0
        self.signal = Signal()
        self.log: tuple[str, int] | None = None

    def run(self, work: Callable[[], T]) -> T:
        """Make the call, for the first time or again. Raises Left, and whatever it raises."""
        while True:
            self.signal.clear()
            self.log = None
            try:
                return work()
            except _Again:
                continue

    def begin(self, seconds: float) -> None:
        """See :class:`Patience`."""
        if self._deadline is None:
            self._deadline = _until(seconds)

    @property
    def left(self) -> float:
        """See :class:`Patience`."""
        return (self._deadline or 0.0) - time.monotonic()

    def give_up(self) -> None:
        """The call shall wait no longer."""
        self._deadline = 0.0

    def close(self) -> None:
        """The call will not be made again."""
        if self._leave is not None:
            self._leave()
            self._leave = None

    def for_end(self, number: int) -> None:
        """See :class:`Patience`."""
        if self.left <= 0:
            return
        self._join(number, until_ended=True)
        if not self._scheduler.is_over(number):
            raise Left

    def for_change(self, number: int) -> None:
        """See :class:`Patience`."""
        if self._join(number, until_ended=False):
            raise _Again  # what was seen of the entry may be older than the place among those who are told
        raise Left

    def for_anything(self) -> None:
        """See :class:`Patience`."""
        self.gathering = GATHERING
        self.for_change(ANYTHING)

    def for_log(self, number: int, filename: str, size: int) -> None:
        """See :class:`Patience`."""
        if self._join(number, until_ended=False):
            raise _Again
        self.log = filename, size
        raise Left

    def for_flag(self, join: Join) -> None:
        """See :class:`Patience`."""
        if self.left <= 0:
            return
        self.close()
        self._joined = None
        self._leave = join(self.signal)
        raise Left

    def _join(self, number: int, *, until_ended: bool) -> bool:
        """Be told of the entry from now on; whether that is new. Raises ServerUnavailable."""
        waiters = self._scheduler.waiters
        waiters.check_open()
        if self._joined == (number, until_ended):
            return False
        self.close()
        self._leave = waiters.join(number, self.signal, until_ended=until_ended)
        self._joined = number, until_ended
        return True


def _until(seconds: float) -> float:
    return time.monotonic() + min(max(seconds, 0.0), LONGEST_WAIT)
