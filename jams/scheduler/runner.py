"""What the scheduler needs of whoever runs the work."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from jams.objects.run import RunEnded, RunRequest, RunStarted


class Runner(Protocol):
    """Runs work under start tokens; the same token never starts twice.

    It tells of each end by a call, from a thread of its own, to :meth:`jams.scheduler.Scheduler.run_ended`.
    """

    def start(self, request: RunRequest) -> RunStarted | RunEnded:
        """Start the work, or say that it cannot be started. Raises ServerUnavailable when closed."""

    def recover(
        self, tokens: Iterable[str], *, ending: Collection[str] = ()
    ) -> dict[str, RunStarted | RunEnded | None]:
        """What became of claimed runs: alive (and adopted), ended, or None: it never ran and never will.

        Runs in ``ending``, whose end was asked for, are alive as long as anything of them is.
        """

    def abort(self, token: str, *, force: bool = False) -> bool:
        """Ask a run to end; its end is told when nothing of it lives. False when it is not alive."""

    def cpu_seconds(self, tokens: Collection[str]) -> dict[str, float]:
        """How much CPU time live runs have taken; left out where it is not known. Takes milliseconds."""

    def forget(self, token: str) -> None:
        """A run is settled durably: nothing of it needs to be remembered."""

    def purge(self, keep: Iterable[str]) -> int:
        """Remove what is remembered of ended runs other than these."""
