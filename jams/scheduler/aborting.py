"""Runs that somebody wants to end: who has been asked to, and who could not be yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from . import starts
from .dispatching import Answer, Dispatcher
from .runner import Runner
from .starts import Start


class Aborts:
    """Has runs ended, each once for each level of force.

    Args:
        dispatcher: makes starts.
        runner: gives the runner.
        withdrawn: told of a start that is not made because its run was to be ended.

    Attributes:
        unmet: the tokens of those that could not be asked, since they have not begun.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        runner: Callable[[], Runner],
        withdrawn: Callable[[Iterable[tuple[Start, Answer]]], None],
    ) -> None:
        self._dispatcher = dispatcher
        self._runner = runner
        self._withdrawn = withdrawn
        self._asked: dict[str, int] = {}
        self.unmet: set[str] = set()

    def ask(self, wanted: Mapping[str, int]) -> None:
        """Have runs ended; whose start is not made yet is not started, or ended when it is."""
        for token, level in wanted.items():
            if self._asked.get(token, 0) >= level:
                continue
            start = self._dispatcher.withdraw(token)
            if start is not None:
                self._withdrawn([(start, starts.withdrawn(start))])
            elif self._runner().abort(token, force=level == 2):
                self._asked[token] = level
            else:
                self.unmet.add(token)

    def forget(self, token: str) -> None:
        """A run is over, or never begins."""
        self._asked.pop(token, None)
        self.unmet.discard(token)
