"""What a run came to: its severity and its status text, by the rules of its definition (semantics 4.4)."""

from __future__ import annotations

import os
from collections.abc import Iterable

from msgspec import Struct

from jams.database.agents import LOCAL_ID
from jams.database.reading import Found
from jams.objects import exit_codes
from jams.objects.actors import SCHEDULER
from jams.objects.enums import Severity
from jams.objects.parts import ParamValue
from jams.objects.rules import NO_RULES, EventRule, OutcomeRules
from jams.objects.run import LogVerdict, RunEnded, RunOutcome

from . import limits

GOOD_MATCH_OVERRIDES = "jamsgoodmatchoverridesstatus"
NO_MATCH_IS_SUCCESS = "jamsnomatchissuccess"
"""Parameters of a job, folded, that say how a good match, and none, are taken."""

_SIGNALS = range(129, 193)


class Verdict(Struct, frozen=True, kw_only=True):
    """How a run is recorded.

    Attributes:
        severity: how it ended.
        status: the same in words.
        code: its exit code, if it has one.
        counts: whether it counts in the statistics of its job: the work ended by itself, and well.
        short: of which limits the run was too short: the element, or None for those of properties.
    """

    severity: Severity
    status: str
    code: int | None
    counts: bool = False
    short: tuple[EventRule | None, ...] = ()


_PLAIN = Verdict(severity=Severity.SUCCESS, status="Success", code=0, counts=True)
"""Of most runs."""


def verdict_of(ended: RunEnded, run: Found, average: float | None = None) -> Verdict:
    """The verdict on a run; ``run`` has the columns of the run and of its entry, ``average`` is the job's.

    Could not be started, or refused by its host: Fatal. Lost: Error. Ended on request: what the request
    says, else Error. Ended by itself: what the rules of its definition say.
    """
    code = ended.exit_code
    match ended.outcome:
        case RunOutcome.NOT_STARTED | RunOutcome.REFUSED:
            return Verdict(
                severity=Severity.FATAL, status=ended.reason or "It could not be started.", code=code
            )
        case RunOutcome.LOST:
            return Verdict(severity=Severity.ERROR, status=f"Lost: {ended.reason}", code=code)
        case RunOutcome.ABORTED:
            by = f" by {run.abort_by}" if run.abort_by else ""
            by += ", as it ran away" if run.runaway and run.abort_by == SCHEDULER else ""
            what = "Ended to be restarted" if run.restart else "Cancelled"
            return Verdict(severity=run.abort_severity or Severity.ERROR, status=f"{what}{by}.", code=code)
        case RunOutcome.EXITED:
            if code == 0 and run.rest.rules is None:
                return _PLAIN
            return _of_work(ended, run, run.rest.rules or NO_RULES, average)


def _of_work(ended: RunEnded, run: Found, rules: OutcomeRules, average: float | None) -> Verdict:
    """The verdict on work that ended by itself."""
    code = ended.exit_code
    if code is None:
        return Verdict(severity=Severity.ERROR, status="It ended without an exit code.", code=None)
    severity, problem = _of_code(code, run, rules)
    if rules.good_pattern is not None or rules.bad_pattern is not None:
        severity, note = _of_log(ended.log_verdict, severity, rules, run.rest.parameters)
        problem += note
    short: list[EventRule | None] = []
    if ended.elapsed_seconds is not None:
        for event, each in ((None, rules), *((each, each) for each in rules.events)):
            reason = limits.short(each, average, ended.elapsed_seconds)
            if reason is not None:
                problem += "" if short else f"; short: {reason}"
                short.append(event)
                severity = _worse(severity, each.short_severity) if each.fail_short else severity
    good = severity in (Severity.SUCCESS, Severity.INFO)
    told = "Success" if code == 0 and severity is Severity.SUCCESS else f"Exit code {code}"
    status = f"{told}{problem}"
    return Verdict(severity=severity, status=status, code=code, counts=good, short=tuple(short))


def _of_code(code: int, run: Found, rules: OutcomeRules) -> tuple[Severity, str]:
    """The severity that an exit code stands for, and what else is to be said of it."""
    handling = rules.exit_code_handling
    try:
        ranges = None if rules.exit_codes is None else exit_codes.parse_exit_codes(rules.exit_codes)
        severity = exit_codes.severity_of(code, handling, ranges)
    except ValueError as error:
        return Severity.ERROR, f", which cannot be judged: {error}"
    killed = code in _SIGNALS and run.agent_id == LOCAL_ID and os.name == "posix"
    if killed and severity.rank < Severity.ERROR.rank and not exit_codes.names(code, handling, ranges):
        return Severity.ERROR, f": it was killed by signal {code - 128}"
    return severity, ""


def _of_log(
    found: LogVerdict | None, severity: Severity, rules: OutcomeRules, parameters: Iterable[ParamValue]
) -> tuple[Severity, str]:
    """The severity with what the log says to the patterns, and how that is said."""
    found = found or LogVerdict(problem="its log was not searched")
    if found.bad is not None:
        return _worse(severity, Severity.ERROR), f"; line {found.bad} of the log matches the bad pattern"
    if found.problem is not None:
        return _worse(severity, Severity.ERROR), f"; {found.problem}"
    if severity.rank > Severity.INFO.rank:
        if found.good is not None and _is_set(parameters, GOOD_MATCH_OVERRIDES):
            return Severity.INFO, f"; line {found.good} of the log matches the good pattern"
        return severity, ""
    if rules.good_pattern is None or found.good is not None or _is_set(parameters, NO_MATCH_IS_SUCCESS):
        return severity, ""
    return Severity.WARNING, "; nothing in the log matches the good pattern"


def _worse(one: Severity, other: Severity) -> Severity:
    return max(one, other, key=lambda severity: severity.rank)


def _is_set(parameters: Iterable[ParamValue], name: str) -> bool:
    """Whether a parameter of the run, as it is named in any case, says yes."""
    return any(
        each.param_name.casefold() == name and (each.value or "").strip().casefold() in ("true", "yes", "1")
        for each in parameters
    )
