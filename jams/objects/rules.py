"""What a definition says on how a run is judged and watched (semantics 2.2, 3.6, 4.4)."""

from __future__ import annotations

from msgspec import Struct

from .enums import ExitCodeHandling, RunawayAction, Severity


class OutcomeRules(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The rules of one entry, decided when it was submitted. Times are seconds, percents are of the average.

    What is None is not judged. Texts stand as they were stored: who reads a rule that cannot be followed says
    so where the run is judged.
    """

    exit_code_handling: ExitCodeHandling = ExitCodeHandling.ZERO_IS_GOOD
    exit_codes: str | None = None
    good_pattern: str | None = None
    bad_pattern: str | None = None
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
    def watch(self) -> bool:
        """Whether a run is looked at while it executes."""
        return (self.runaway_elapsed, self.runaway_percent, self.runaway_cpu) != (None, None, None)

    @property
    def by_average(self) -> bool:
        """Whether the average of the job is asked for."""
        return self.runaway_percent is not None or self.short_percent is not None


NO_RULES = OutcomeRules()
"""Of a definition that says nothing: 0 is good, and nothing is watched."""
