"""What a run came to, by the rules of its definition (semantics 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from jams.database import entries, jobs, tables
from jams.database.agents import LOCAL_ID
from jams.objects.enums import ExitCodeHandling, Severity
from jams.objects.errors import InvalidProperty, NotSupported
from jams.objects.exit_codes import MOST_RANGES, parse_exit_codes
from jams.objects.parts import ParamValue, PropertyData, PropertyValue
from jams.objects.rules import OutcomeRules
from jams.objects.run import LogPatterns, LogVerdict, RunEnded, RunOutcome
from jams.registry import JOB_PROPERTIES, kept
from jams.registry.outcome_rules import check_rules, rules_of
from jams.scheduler import starts
from jams.scheduler.judging import Verdict, verdict_of
from tests.support.schedule import Desk, ended
from tests.support.stage import acting

pytestmark = pytest.mark.unit

SUCCESS, INFO, WARNING, ERROR, FATAL = Severity


def verdict(
    code: int | None,
    agent: int = LOCAL_ID,
    log: LogVerdict | None = None,
    parameters: Mapping[str, str] = MappingProxyType({}),
    **rules: Any,
) -> Verdict:
    end = RunEnded(
        token="t",
        jams_entry=1,
        outcome=RunOutcome.EXITED,
        completion_time_utc=datetime(2026, 3, 2, tzinfo=UTC),
        exit_code=code,
        log_verdict=log,
    )
    given = OutcomeRules(**rules) if rules else None
    values = [ParamValue(param_name=name, value=value) for name, value in parameters.items()]
    rest = entries.EntryRest(rules=given, parameters=values)
    return verdict_of(end, SimpleNamespace(rest=rest, agent_id=agent))


CASES: list[tuple[str, str | None, dict[int, Severity]]] = [
    ("ZeroIsGood", None, {0: SUCCESS, 1: ERROR, -1: ERROR, 255: ERROR}),
    ("OneIsGood", None, {1: SUCCESS, 0: ERROR, 2: ERROR, -1: ERROR}),
    ("PositiveIsGood", None, {1: SUCCESS, 255: SUCCESS, 0: ERROR, -1: ERROR, 0xFFFFFFFF: ERROR}),
    ("OddIsGood", None, {1: SUCCESS, 3: SUCCESS, -1: SUCCESS, 0: ERROR, 2: ERROR}),
    ("EvenIsGood", None, {0: SUCCESS, 2: SUCCESS, -2: SUCCESS, 1: ERROR}),
    ("MinimumValue", "4", {4: SUCCESS, 5: SUCCESS, 3: ERROR, -4: ERROR}),
    ("MinimumValue", "-2", {-2: SUCCESS, 0: SUCCESS, -3: ERROR, 0xFFFFFFFE: SUCCESS}),
    ("MaximumValue", "4", {4: SUCCESS, 0: SUCCESS, -1: SUCCESS, 5: ERROR}),
    ("Range", "2-7", {2: SUCCESS, 7: SUCCESS, 1: ERROR, 8: ERROR}),
    ("Range", "-5 .. -1", {-5: SUCCESS, -1: SUCCESS, 0: ERROR, -6: ERROR}),
    ("Range", "0-200", {137: SUCCESS}),
    ("SpecificGood", "0, 3,10-12", {0: SUCCESS, 3: SUCCESS, 11: SUCCESS, 1: ERROR, 13: ERROR}),
    ("SpecificGood", "4294967295", {-1: SUCCESS, 0xFFFFFFFF: SUCCESS, 0: ERROR}),
    ("SpecificBad", "1,5", {0: SUCCESS, 2: SUCCESS, 1: ERROR, 5: ERROR}),
    (
        "MessageCode",
        None,
        {
            0: SUCCESS,
            5: SUCCESS,
            0x40000001: INFO,
            0x80000001: WARNING,
            -(2**31) + 1: WARNING,
            0xC0000005: ERROR,
            -1: ERROR,
        },
    ),
    (
        "OpenVMSMessageCode",
        None,
        {0: WARNING, 1: SUCCESS, 2: ERROR, 3: INFO, 4: FATAL, 44: FATAL, 0x10000001: SUCCESS, 10: ERROR},
    ),
]


@pytest.mark.parametrize(("mode", "codes", "severities"), CASES)
def test_each_mode_of_exit_codes(mode: str, codes: str | None, severities: dict[int, Severity]) -> None:
    found = {
        code: verdict(code, exit_code_handling=ExitCodeHandling(mode), exit_codes=codes).severity
        for code in severities
    }
    assert found == severities


@pytest.mark.parametrize(
    ("code", "rules", "status"),
    [
        (0, {}, "Success"),
        (3, {}, "Exit code 3"),
        (1, {"exit_code_handling": ExitCodeHandling.ONE_IS_GOOD}, "Exit code 1"),
        (0, {"exit_code_handling": ExitCodeHandling.ONE_IS_GOOD}, "Exit code 0"),
        (None, {}, "It ended without an exit code."),
    ],
)
def test_how_it_is_said(code: int | None, rules: dict[str, Any], status: str) -> None:
    assert verdict(code, **rules).status == status


@pytest.mark.parametrize("mode", ["PositiveIsGood", "OddIsGood", "SpecificBad", "MessageCode"])
def test_a_run_that_a_signal_killed_is_no_good_run_because_137_is_a_large_odd_number(mode: str) -> None:
    rules = {"exit_code_handling": ExitCodeHandling(mode), "exit_codes": "1"}
    found = verdict(137, **rules)
    assert (found.severity, found.status) == (ERROR, "Exit code 137: it was killed by signal 9")
    assert verdict(137, agent=LOCAL_ID + 1, **rules).severity is SUCCESS, "a host may mean anything by it"


def test_only_work_that_ended_by_itself_and_well_counts() -> None:
    info = {"exit_code_handling": ExitCodeHandling.MESSAGE_CODE}
    counted = [verdict(0), verdict(3), verdict(0x40000000, **info), verdict(0x80000000, **info)]
    assert [each.counts for each in counted] == [True, False, True, False]


GOOD, BAD, BOTH = {"good_pattern": "g"}, {"bad_pattern": "b"}, {"good_pattern": "g", "bad_pattern": "b"}
OVERRIDES, NO_MATCH = "JAMSGoodMatchOverridesStatus", "JAMSNoMatchIsSuccess"


@pytest.mark.parametrize(
    ("code", "rules", "found", "parameters", "severity"),
    [
        (0, GOOD, {"good": 1}, {}, SUCCESS),
        (0, GOOD, {}, {}, WARNING),
        (0, GOOD, {}, {NO_MATCH: "true"}, SUCCESS),
        (0, GOOD, {}, {NO_MATCH.lower(): "Yes"}, SUCCESS),
        (0, GOOD, {}, {NO_MATCH: "false"}, WARNING),
        (0, BAD, {"bad": 1}, {}, ERROR),
        (0, BAD, {}, {}, SUCCESS),
        (0, BOTH, {"bad": 1}, {}, ERROR),
        (0, BOTH, {"good": 1, "bad": 2}, {OVERRIDES: "true"}, ERROR),
        (0, BOTH, {"good": 1}, {}, SUCCESS),
        (0, BOTH, {}, {}, WARNING),
        (0, BOTH, {}, {NO_MATCH: "true"}, SUCCESS),
        (1, GOOD, {"good": 1}, {}, ERROR),
        (1, GOOD, {"good": 1}, {OVERRIDES: "true"}, INFO),
        (1, GOOD, {}, {OVERRIDES: "true"}, ERROR),
        (1, GOOD, {}, {NO_MATCH: "true"}, ERROR),
        (1, BOTH, {"good": 1, "bad": 1}, {OVERRIDES: "true"}, ERROR),
        (1, BAD, {}, {}, ERROR),
        (0, GOOD, {"problem": "given up"}, {NO_MATCH: "true"}, ERROR),
        (0, BOTH, {"good": 1, "problem": "given up"}, {}, ERROR),
        (1, GOOD, {"good": 1, "problem": "given up"}, {OVERRIDES: "true"}, ERROR),
        (0, GOOD, None, {}, ERROR),
    ],
)
def test_what_a_log_makes_of_an_exit_code(
    code: int,
    rules: dict[str, str],
    found: dict[str, Any] | None,
    parameters: dict[str, str],
    severity: Severity,
) -> None:
    log = None if found is None else LogVerdict(**found)
    assert verdict(code, log=log, parameters=parameters, **rules).severity is severity


def test_a_log_makes_no_severity_better_than_the_code_has_it() -> None:
    info = {"exit_code_handling": ExitCodeHandling.MESSAGE_CODE, "good_pattern": "g"}
    warning = verdict(0x80000000, log=LogVerdict(good=1), **info)
    assert (warning.severity, verdict(0x40000000, log=LogVerdict(good=1), **info).severity) == (WARNING, INFO)
    assert verdict(44, log=LogVerdict(bad=1), exit_code_handling=ExitCodeHandling("OpenVMSMessageCode"),
                   bad_pattern="b").severity is FATAL  # fmt: skip


def test_how_a_verdict_by_the_log_is_said() -> None:
    assert verdict(0, log=LogVerdict(good=1), **GOOD).status == "Success"
    assert (
        verdict(0, log=LogVerdict(), **GOOD).status
        == "Exit code 0; nothing in the log matches the good pattern"
    )
    assert (
        verdict(0, log=LogVerdict(bad=7), **BAD).status
        == "Exit code 0; line 7 of the log matches the bad pattern"
    )
    assert verdict(0, log=LogVerdict(problem="BadPattern was given up after 5 s"), **BAD).status == (
        "Exit code 0; BadPattern was given up after 5 s"
    )


@pytest.mark.parametrize(
    ("mode", "codes", "told"),
    [
        ("MinimumValue", None, "needs one number"),
        ("MaximumValue", "1,2", "needs one number"),
        ("MinimumValue", "1-2", "needs one number"),
        ("Range", None, "needs one range"),
        ("Range", "1,2", "needs one range"),
        ("SpecificGood", None, "needs a list"),
        ("SpecificBad", None, "needs a list"),
        ("SpecificGood", "1,two", "'two' is neither"),
    ],
)
def test_a_mode_without_its_numbers_is_refused_and_a_run_judged_so_is_no_good_run(
    mode: str, codes: str | None, told: str
) -> None:
    rules = OutcomeRules(exit_code_handling=ExitCodeHandling(mode), exit_codes=codes)
    with pytest.raises(InvalidProperty, match=told):
        check_rules(rules)
    found = verdict(0, exit_code_handling=ExitCodeHandling(mode), exit_codes=codes)
    assert found.severity is ERROR
    assert found.status.startswith("Exit code 0, which cannot be judged: ")
    assert told in found.status


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("0", ((0, 0),)),
        (" 1 , 3-5 ", ((1, 1), (3, 5))),
        ("-5--1", ((-5, -1),)),
        ("-5..+1", ((-5, 1),)),
        ("4294967295", ((-1, -1),)),
        ("2:7", ((2, 7),)),
    ],
)
def test_what_a_list_of_exit_codes_means(text: str, ranges: object) -> None:
    assert parse_exit_codes(text) == ranges


@pytest.mark.parametrize(
    "text",
    ["", "a", "1;2", "1,", "7-2", "1-2-3", "1.5", "٣", "4294967296", "99999999999", "0-4294967295",
     ",".join("1" * (MOST_RANGES + 1))],
)  # fmt: skip
def test_what_is_no_list_of_exit_codes(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_exit_codes(text)


def test_the_registry_takes_a_list_as_it_was_written_and_a_number() -> None:
    known = JOB_PROPERTIES["ExitCodes"]
    assert [kept(known, value) for value in ("0, 1-3", 7, " ", None)] == ["0, 1-3", "7", None, None]
    for value in ("0;1", True, 1.5, ["1"], {"a": 1}):
        with pytest.raises(InvalidProperty):
            kept(known, value)


def test_a_definition_that_says_nothing_has_no_rules() -> None:
    assert rules_of({}.get) is None
    assert rules_of(lambda name: JOB_PROPERTIES[name].default) is None
    nothing: dict[str, PropertyData] = {
        "RunawayElapsed": {"totalSeconds": -1},
        "ShortElapsed": "0:00",
        "RunawayElapsedPercent": 0,
        "ExitCodes": " ",
        "GoodPattern": "",
    }
    assert rules_of(nothing.get) is None


def test_the_rules_of_a_definition() -> None:
    said: dict[str, PropertyData] = {
        "ExitCodeHandling": "range",
        "ExitCodes": "0-3",
        "GoodPattern": "done",
        "BadPattern": "([",
        "RunawayElapsed": "1:15",
        "RunawayElapsedPercent": "150",
        "RunawayCPU": {"totalSeconds": 90},
        "RunawayAction": "CancelWarning",
        "ShortElapsed": "0:00:05",
        "ShortElapsedPercent": 50,
        "FailShort": "true",
        "ShortSeverity": "Fatal",
        "StalledTime": "1.00:00",
    }
    rules = rules_of(said.get)
    assert rules is not None
    assert (rules.exit_codes, rules.good_pattern, rules.bad_pattern) == ("0-3", "done", "([")
    assert (rules.runaway_elapsed, rules.runaway_percent, rules.runaway_cpu) == (4500, 150, 90)
    assert (rules.short_elapsed, rules.short_percent, rules.stalled_time) == (5, 50, 86400)
    assert (rules.fail_short, rules.short_severity, rules.runaway_action.value) == (
        True,
        FATAL,
        "CancelWarning",
    )
    assert rules_of({"RunawayElapsed": "soon", "FailShort": 7}.get) is None, "nobody can read it"


def test_a_job_is_judged_by_what_it_says_and_by_what_it_inherits(d: Desk) -> None:
    d.folder("\\f", properties=[_property("ExitCodeHandling", "SpecificGood"), _property("ExitCodes", "3")])
    d.job("\\f\\j")
    d.job("\\f\\own", properties=[_property("ExitCodes", "4")])
    d.job("\\plain")
    with acting(d) as stage:
        found = {}
        for name in ("j", "own", "plain"):
            number = stage.submit(name)
            stage.scheduler.run_ended(ended(stage.executing(number), exit_code=3))
            found[name] = stage.over(number).final_severity
    assert found == {"j": SUCCESS, "own": ERROR, "plain": ERROR}


def test_an_entry_of_a_plain_job_stores_no_rules(d: Desk) -> None:
    d.job("\\plain")
    d.submit("plain")
    assert "rules" not in d.read(lambda c: c.scalar(select(tables.entry.c.document)))


def _property(name: str, value: PropertyData) -> PropertyValue:
    return PropertyValue(property_name=name, current_value=value)


@pytest.mark.parametrize(
    ("rules", "patterns"),
    [
        (None, None),
        (OutcomeRules(exit_codes="1"), None),
        (OutcomeRules(good_pattern="g"), LogPatterns(good="g", encoding="cp1252")),
        (OutcomeRules(good_pattern="g", bad_pattern="b"), LogPatterns(good="g", bad="b", encoding="cp1252")),
        (OutcomeRules(good_pattern="g", bad_pattern="b" * 1001), None),
    ],
)
def test_what_is_looked_for_in_the_log(rules: OutcomeRules | None, patterns: LogPatterns | None) -> None:
    assert starts._patterns(rules, "cp1252") == patterns


def test_a_mode_that_is_not_obeyed_is_refused_or_marked(d: Desk) -> None:
    told = "ExitCodeHandling: No method here has a host that would set the severity."
    with pytest.raises(NotSupported, match="No method here has a host"):
        d.job("\\j", properties=[_property("ExitCodeHandling", "SetByHost")])
    d.job("\\j", lenient=True, properties=[_property("ExitCodeHandling", "setbyhost")])
    job = d.read(lambda c: jobs.get(c, jobs.find(c, name="j")))
    assert list(job.not_obeyed) == [told]
    with acting(d) as stage:
        number = stage.submit("j")
        stage.scheduler.run_ended(ended(stage.executing(number), exit_code=3))
        assert stage.over(number).final_severity is ERROR
