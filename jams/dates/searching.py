"""Searching forward for the days on which a specification holds; what an item has answered is kept."""

from __future__ import annotations

from msgspec import Struct

from .effort import Effort
from .evaluation import Evaluator
from .rules import Anchor, Rule

_FREE = 64
"""Days that a search may pass over for one step."""

_AT_ONCE = 366 * 40
"""Days that a rule searches before it is asked what that cost."""


class _Known(Struct):
    """What is known of a rule: from ``since`` on it holds first on ``found``, or not up to ``until``."""

    since: int = 0
    found: int | None = None
    until: int = -1
    anchor: Anchor | None = None


class Search:
    """Finds the days of the items of one specification in order.

    An item that holds rarely is asked again only when its last answer has been passed. Without that, one
    that never holds would search to the end for each day of the others.
    """

    def __init__(self, evaluator: Evaluator, effort: Effort) -> None:
        self._evaluator = evaluator
        self._effort = effort
        self._window = evaluator.window
        self._alone = evaluator.items[0] if len(evaluator.items) == 1 else None
        self._known = [] if self._alone else [_Known() for _ in evaluator.items]

    def next(self, day: int, limit: int, anchor: Anchor | None) -> tuple[int, int] | None:
        """The first day from ``day`` to ``limit`` on which an item holds, and which item; or None.

        Exceptions are not looked at: they are about the day on which a job ends up.

        Raises:
            DatesNotDefined: when days before the answer cannot be evaluated.
            InvalidSchedule: when it takes too many steps.
        """
        if day > limit:
            return None
        low, high = self._window
        if not low <= day <= high:
            self._evaluator.check(day)
        within = min(limit, high)
        best: tuple[int, int] | None = None
        if self._alone is not None:
            found = self._asked(self._alone, day, within, anchor)
            best = None if found is None else (found, 0)
        else:
            for index, rule in enumerate(self._evaluator.items):
                found = self._of(rule, self._known[index], day, within, anchor)
                if found is not None and (best is None or found < best[0]):
                    best = found, index
                    within = found
        if best is None and limit > high:
            self._evaluator.check(high + 1)
        return best

    def _of(self, rule: Rule, known: _Known, day: int, within: int, anchor: Anchor | None) -> int | None:
        if known.since <= day <= known.until and (known.anchor is anchor or not rule.anchored):
            if known.found is not None and known.found >= day:
                return known.found if known.found <= within else None
            if known.found is None:
                if known.until >= within:
                    return None
                day = known.until + 1
        known.found = found = self._asked(rule, day, within, anchor)
        known.since, known.anchor = day, anchor
        known.until = within if found is None else found
        return found

    def _asked(self, rule: Rule, day: int, within: int, anchor: Anchor | None) -> int | None:
        while True:
            last = min(day + _AT_ONCE, within)
            found = rule.next(day, last, anchor)
            passed = (last if found is None else found) - day
            self._effort.spend(1 if passed < _FREE else 1 + passed // rule.pace(day))
            if found is not None or last == within:
                return found
            day = last + 1
