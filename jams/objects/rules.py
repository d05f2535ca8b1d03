"""What a definition says on how a run is judged and watched (semantics 2.2, 2.12, 3.6, 4.4)."""

from __future__ import annotations

from msgspec import Struct

from .enums import EventClass, ExitCodeHandling, RunawayAction, Severity
from .tellings import Happened


class Limits(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How long an entry may wait and its run may take. Times are seconds, percents are of the average.

    What is None is not judged.
    """

    runaway_elapsed: int | None = None
    runaway_percent: int | None = None
    runaway_cpu: int | None = None
    runaway_action: RunawayAction = RunawayAction.NO_ACTION
    short_elapsed: int | None = None
    short_percent: int | None = None
    fail_short: bool = False
    short_severity: Severity = Severity.ERROR
    stalled_time: int | None = None

    @property
    def limits_run(self) -> bool:
        """Whether it says how long a run may take."""
        return (self.runaway_elapsed, self.runaway_percent, self.runaway_cpu) != (None, None, None)

    @property
    def limits_shortness(self) -> bool:
        """Whether it says how long a run has to take."""
        return (self.short_elapsed, self.short_percent) != (None, None)

    @property
    def asks_average(self) -> bool:
        """Whether it judges by the average of the job."""
        return self.runaway_percent is not None or self.short_percent is not None


class EventRule(Limits, frozen=True, omit_defaults=True, kw_only=True):
    """An element that raises an event of a class when something happens to the entry.

    Attributes:
        name: how it is known among those of its entry: no two have the same.
        what: the happening that raises it.
        matters: how much the event matters.
        message: what is said of it; empty: the server's own words.
    """

    name: str
    what: Happened
    matters: EventClass = EventClass.NORMAL
    message: str = ""


class OutcomeRules(Limits, frozen=True, omit_defaults=True, kw_only=True):
    """The rules of one entry, decided when it was submitted.

    Its own limits are those of properties; those of elements stand in ``events``. Texts stand as they were
    stored: who reads a rule that cannot be followed says so where the run is judged.
    """

    exit_code_handling: ExitCodeHandling = ExitCodeHandling.ZERO_IS_GOOD
    exit_codes: str | None = None
    good_pattern: str | None = None
    bad_pattern: str | None = None
    events: tuple[EventRule, ...] = ()

    @property
    def all_limits(self) -> tuple[Limits, ...]:
        """Its own limits, and those of its events."""
        return (self, *self.events)

    @property
    def watch(self) -> bool:
        """Whether a run is looked at while it executes."""
        return any(each.limits_run for each in self.all_limits)

    @property
    def by_average(self) -> bool:
        """Whether the average of the job is asked for."""
        return any(each.asks_average for each in self.all_limits)

    @property
    def first_stall(self) -> int | None:
        """After how many seconds an entry counts as stalled first."""
        return min((each.stalled_time for each in self.all_limits if each.stalled_time), default=None)


NO_RULES = OutcomeRules()
"""Of a definition that says nothing: 0 is good, and nothing is watched."""
