"""Brings runs to their end: asks what lives of them to end, kills it in the end, tells when nothing is left.

One thread for all runs that are being ended; it sleeps while there are none.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from .survivors import Survivor, survivors

_PAUSE, _LATER_PAUSE = 0.01, 0.2
"""Seconds between looks at the processes that are to end, at first and when they take long."""

_LONGEST_PAUSE = 1.0
"""Seconds until what does not die is killed again."""

_STUBBORN = 5.0
"""Seconds after which it is said that something does not die."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Ending:
    """A run that is being ended; ``due`` is when what lives of it is killed."""

    supervisor: int | None
    due: float
    asked: bool = False
    known: list[Survivor] = field(default_factory=list)
    met: set[tuple[int, bytes]] = field(default_factory=set)
    empty: int = 0
    killed: float | None = None
    pause: float = _LATER_PAUSE
    look_at: float = 0.0
    told: bool = False


class Endings:
    """Ends runs whose journals lie under ``root``; all methods may be called from any thread.

    Args:
        root: the journal directory.
        gone: told, in the thread of this, of the token of a run of which nothing lives any more.
    """

    def __init__(self, root: str, gone: Callable[[str], None]) -> None:
        self._root = root
        self._gone = gone
        self._changed = threading.Condition()
        self._endings: dict[str, _Ending] = {}
        self._closed = False
        self._pause = _PAUSE
        self._thread: threading.Thread | None = None

    def end(
        self,
        token: str,
        supervisor: int | None,
        patience: float,
        *,
        asked: bool = False,
        again: bool = False,
    ) -> None:
        """Ask what lives of a run to end, and kill what has not after so many seconds.

        Said again, the shorter patience counts, and who was asked is not asked again unless ``again``.

        Args:
            token: of the run.
            supervisor: the process id of its supervisor, if it was seen alive by this executor.
            patience: seconds; 0 kills at once.
            asked: whether it was asked before, by an earlier executor.
            again: whether to ask also those that were asked.
        """
        due = time.monotonic() + patience
        with self._changed:
            if self._closed:
                return
            known = self._endings.get(token)
            if known is None:
                self._endings[token] = _Ending(supervisor, due, asked)
            elif again or due < known.due:
                known.due, known.look_at = min(due, known.due), 0.0
                if again:
                    known.asked, known.met = False, set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="jams-executor-endings", daemon=True)
                self._thread.start()
            self._pause = _PAUSE
            self._changed.notify()

    def close(self) -> None:
        """Stop; what was asked to end is not killed any more. Idempotent; not for the thread of this."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            with self._changed:
                if self._endings:
                    self._changed.wait(self._pause)
                    self._pause = min(self._pause * 1.3, _LATER_PAUSE)
                while not self._endings and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                now = time.monotonic()
                looked_at = {token: one for token, one in self._endings.items() if _wants_look(one, now)}
            try:
                self._look(looked_at, now)
            except Exception:
                log.exception("runs that are to end could not be looked at")
                time.sleep(_LONGEST_PAUSE)

    def _look(self, looked_at: dict[str, _Ending], now: float) -> None:
        if not looked_at:
            return
        known = [survivor for one in looked_at.values() for survivor in one.known]
        found = survivors(self._root, {token: one.supervisor for token, one in looked_at.items()}, known)
        for token, one in looked_at.items():
            one.known = found.get(token, [])
            one.empty = 0 if one.known else one.empty + 1
            if one.empty > 1:
                # Seen twice, because what forks while the list is read may be missing from it.
                with self._changed:
                    del self._endings[token]
                self._tell(token)
            elif one.known:
                self._end(token, one, now)

    def _tell(self, token: str) -> None:
        try:
            self._gone(token)
        except Exception:
            log.exception("the end of a run could not be handled")

    def _end(self, token: str, one: _Ending, now: float) -> None:
        force = now >= one.due
        # What was forked while the others were asked has not heard of it; all are met who were asked before.
        met = one.met if one.met or not one.asked else {_identity(survivor) for survivor in one.known}
        one.met = met | {_identity(survivor) for survivor in one.known}
        addressed = [survivor for survivor in one.known if force or _identity(survivor) not in met]
        refusals = []
        for survivor in addressed:
            try:
                survivor.end(force=force)
            except OSError as error:
                refusals.append(f"process {survivor.pid}: {error.strerror}")
        # A supervisor lets nobody tell it to end; alone it has not begun the work yet, which is to be asked.
        alone = all(survivor.pid == one.supervisor for survivor in one.known)
        if not one.asked and not alone:
            one.asked = True
            with suppress(OSError):
                one.known[0].journal.mark_asked()
        if not force:
            one.look_at = 0.0 if alone else one.due
            return
        one.killed = one.killed or now
        one.look_at = now + one.pause
        one.pause = min(one.pause * 2, _LONGEST_PAUSE)
        if now - one.killed > _STUBBORN and not one.told:
            one.told = True
            what = "; ".join(refusals) or f"process {one.known[0].pid} does not die"
            log.warning("run %s cannot be ended and is waited for (%s)", token, what)


def _identity(survivor: Survivor) -> tuple[int, bytes]:
    return survivor.pid, survivor.started


def _wants_look(one: _Ending, now: float) -> bool:
    """Whether the system is to be asked what lives of a run."""
    return now >= one.look_at or not any(survivor.alive() for survivor in one.known)
