"""From properties to the rules by which a run is judged and watched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from jams.objects.enums import ExitCodeHandling, RunawayAction, Severity
from jams.objects.errors import InvalidProperty, JAMSError
from jams.objects.exit_codes import check_handling, parse_exit_codes
from jams.objects.parts import PropertyData
from jams.objects.rules import NO_RULES, OutcomeRules

from .properties import JOB_PROPERTIES
from .values import read

NAMES = frozenset(
    {
        "exitcodehandling",
        "exitcodes",
        "goodpattern",
        "badpattern",
        "runawayelapsed",
        "runawayelapsedpercent",
        "runawaycpu",
        "runawayaction",
        "shortelapsed",
        "shortelapsedpercent",
        "failshort",
        "shortseverity",
        "stalledtime",
    }
)
"""The properties that have a part in the rules, in lower case."""


def rules_of(effective: Callable[[str], PropertyData]) -> OutcomeRules | None:
    """The rules that follow from the effective values of properties; None when they say nothing.

    Never raises. A value that the registry would refuse, because it was stored before that looked at it,
    says nothing; but codes and patterns stay as they stand, and whoever judges with them says what is wrong.
    """

    def meaning(name: str) -> Any:
        try:
            return read(JOB_PROPERTIES[name], effective(name))
        except JAMSError:
            return None

    def text(name: str) -> str | None:
        value = effective(name)
        return str(value) if value is not None and str(value).strip() else None

    rules = OutcomeRules(
        exit_code_handling=meaning("ExitCodeHandling") or ExitCodeHandling.ZERO_IS_GOOD,
        exit_codes=text("ExitCodes"),
        good_pattern=text("GoodPattern"),
        bad_pattern=text("BadPattern"),
        runaway_elapsed=_seconds(meaning("RunawayElapsed")),
        runaway_percent=meaning("RunawayElapsedPercent") or None,
        runaway_cpu=_seconds(meaning("RunawayCPU")),
        runaway_action=meaning("RunawayAction") or RunawayAction.NO_ACTION,
        short_elapsed=_seconds(meaning("ShortElapsed")),
        short_percent=meaning("ShortElapsedPercent") or None,
        fail_short=bool(meaning("FailShort")),
        short_severity=meaning("ShortSeverity") or Severity.ERROR,
        stalled_time=_seconds(meaning("StalledTime")),
    )
    return None if rules == NO_RULES else rules


def check_rules(rules: OutcomeRules | None) -> None:
    """Whether the rules fit together: a mode of exit codes has its numbers. Raises InvalidProperty."""
    if rules is None:
        return
    try:
        ranges = None if rules.exit_codes is None else parse_exit_codes(rules.exit_codes)
        check_handling(rules.exit_code_handling, ranges)
    except ValueError as error:
        raise InvalidProperty(str(error), target="ExitCodes", member="ExitCodes") from None


def _seconds(span: timedelta | None) -> int | None:
    """The whole seconds of a limit; one of nothing is none."""
    return None if span is None else int(span.total_seconds()) or None
