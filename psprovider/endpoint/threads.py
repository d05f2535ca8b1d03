"""Threads that run one thing after another: a short command does not pay for the start of a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import Context
from queue import SimpleQueue

Work = Callable[[], object]

SPARE = 8
"""Threads that are kept for what comes next. However many are needed are made."""


class Workers:
    """Runs things at once, each in a thread that does nothing else meanwhile.

    What runs later in a thread sees no context variables of what ran before. No thread keeps the process
    alive.
    """

    def __init__(self, spare: int = SPARE) -> None:
        self._spare = spare
        self._idle: list[SimpleQueue[Work]] = []
        self._lock = threading.Lock()

    def run(self, work: Work) -> None:
        """Run ``work`` now. Raises RuntimeError if the system gives no more threads."""
        with self._lock:
            inbox = self._idle.pop() if self._idle else None
        if inbox is None:
            inbox = SimpleQueue()
            threading.Thread(target=self._serve, args=(inbox,), name="worker", daemon=True).start()
        inbox.put(work)

    def _serve(self, inbox: SimpleQueue[Work]) -> None:
        wanted = True
        while wanted:
            Context().run(inbox.get())
            with self._lock:
                wanted = len(self._idle) < self._spare
                if wanted:
                    self._idle.append(inbox)


WORKERS = Workers()
"""Those of this process."""
