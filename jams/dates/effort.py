"""How much work a caller may cause: it is counted in steps, and refused when none are left."""

from __future__ import annotations

from collections.abc import Callable

from jams.objects.errors import JAMSError

from .date_errors import InvalidSchedule

MOST_STEPS = 250_000
"""Steps for one schedule, half a second's work at most. A daily schedule of 40 years takes 15,000."""


def _of_schedules() -> JAMSError:
    return InvalidSchedule(
        "It takes too much work to find the days of this schedule: it has too many items that hold rarely "
        "or never, or is to be looked at for too long a time. Give fewer items, a later start date or a "
        "shorter period."
    )


class Effort:
    """The steps that are left. One serves one caller at a time.

    Args:
        most: how many steps there are. One of a schedule is one look at one period by one item; a search
            that passes over many periods takes as many.
        refusal: makes the error that is raised when none are left.
    """

    __slots__ = ("_left", "_refusal")

    def __init__(self, most: int = MOST_STEPS, refusal: Callable[[], JAMSError] = _of_schedules) -> None:
        self._left = most
        self._refusal = refusal

    def spend(self, steps: int) -> None:
        """Take steps. Raises the refusal when there are none left."""
        self._left -= steps
        if self._left < 0:
            raise self._refusal()
