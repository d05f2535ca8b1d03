"""Situations from the field: runs that are tried again, and what is learnt from runs (docs/situations.md)."""

from __future__ import annotations

from pathlib import Path

from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.parts import ParamDef
from jams.objects.run import LogVerdict
from jams.objects.schedule import Cancel, History, Release
from jams.objects.waits import WaitKind
from jams.scheduler import actions
from tests.support.engine import element
from tests.support.field import Field, Play, field
from tests.support.planning import scheduled

SECOND = 1 / 60


def flaky(w: Field) -> tuple[int, int]:
    """FLAKY fails whenever it runs; its number, and that of today's entry."""
    id = w.job(r"\T\FLAKY", "exit 1", scheduled("DAILY", "08:00"), RetryCount=2, RetryInterval="0:10")
    w.plays["FLAKY"] = [Play(SECOND, code=1)] * 20
    return id, w.of("FLAKY")[0].jams_entry


def records(w: Field, id: int, number: int) -> list[History]:
    return [record for record in w.history(id) if record.jams_entry == number]


def test_s25_counting_through_a_restart(place: Path | str) -> None:
    """WARN ends with Warning by its log: nothing in it matches the good pattern."""
    with field(place, "2027-03-08 07:00") as w:
        id, number = flaky(w)
        warn = w.job(
            r"\T\WARN",
            "echo fine",
            scheduled("DAILY", "08:00"),
            GoodPattern="all is well",
            RetryCount=2,
            RetryInterval="0:10",
        )
        w.verdicts["WARN"] = LogVerdict()
        w.until("2027-03-08 08:04")
        (why,) = w.why(number)
        assert why.kind is WaitKind.RETRY and "attempt 2 of 3" in why.message
        assert why.opens_utc == w.moment("2027-03-08 08:10:01")
        w.dies("2027-03-08 08:13")
        w.until("2027-03-08 08:20")
        assert "attempt 3 of 3" in w.told(number)
        w.until("2027-03-08 12:00")
        # Ten minutes after the end of the attempt before.
        assert w.starts("FLAKY") == ["03-08 08:00", "03-08 08:13", "03-08 08:23:01"]
        assert {run.number for run in w.runs if run.job == "FLAKY"} == {number}
        found = records(w, id, number)
        assert [record.restart_count for record in found] == [0, 1, 2]
        assert len({record.ron for record in found}) == 3
        ended = w.entry(number)
        assert (ended.current_state, ended.final_severity) == (EntryState.COMPLETE, Severity.ERROR)
        assert ended.restart_count == 2
        assert [record.final_severity for record in w.history(warn)] == [Severity.WARNING]
        assert len(w.starts("WARN")) == 1
        w.holds()


def test_s25_a_cancel_in_the_pause_ends_it(place: Path | str) -> None:
    with field(place, "2027-03-08 07:00") as w:
        _, number = flaky(w)
        w.until("2027-03-08 08:05")
        w.act(actions.cancel, number, Cancel())
        w.until("2027-03-08 09:00")
        w.dies("2027-03-08 09:10")
        w.until("2027-03-08 12:00")
        assert w.starts("FLAKY") == ["03-08 08:00"]
        assert w.state(number) is EntryState.COMPLETE
        w.holds()


def test_s25_who_lets_it_run_again_gives_it_its_attempts_again(place: Path | str) -> None:
    with field(place, "2027-03-08 07:00") as w:
        id, number = flaky(w)
        w.until("2027-03-08 09:00")
        assert len(w.began(number)) == 3
        w.act(actions.release, number, Release(release_types=[ReleaseType.RUN_AGAIN]))
        w.until("2027-03-08 20:00")
        assert len(w.began(number)) == 6 and w.state(number) is EntryState.COMPLETE
        assert len({record.ron for record in records(w, id, number)}) == 6
        w.holds()


def test_s26_the_definition_changes_between_two_attempts(place: Path | str) -> None:
    """The rule: an entry has what its definition said when it was made, the source and the count included."""
    with field(place, "2027-03-08 08:00") as w:
        file = ParamDef(param_name="FILE", default_value="a.csv")
        id = w.job(r"\T\IMP", "exit 1", parameters=[file], RetryCount=5, RetryInterval="0:05")
        w.plays["IMP"] = [Play(SECOND, code=1)] * 20
        made_by = w.document(id).version
        w.until("2027-03-08 09:00")
        number = w.submit("IMP", parameters={"FILE": "b.csv"})
        w.until("2027-03-08 09:02")
        repaired = [ParamDef(param_name="FILE", default_value="c.csv")]
        w.edit(id, source="true", parameters=repaired, RetryCount=1, RetryInterval="0:05")
        assert "attempt 2 of 6" in w.told(number)
        w.until("2027-03-08 09:03")
        w.edit(id, parameters=[ParamDef(param_name="MODE", required=True)])
        w.until("2027-03-08 09:05:05")
        assert w.parameter(number, "FILE") == ["b.csv", "b.csv"]
        w.until("2027-03-08 12:00")
        assert len(w.began(number)) == 6
        assert {request.source for request in w.requests} == {"exit 1"}
        assert {tuple(request.parameters) for request in w.requests} == {("FILE",)}
        assert {record.definition_version for record in w.history(id)} == {made_by}
        assert w.document(id).version != made_by
        w.holds()


def test_s27_what_dependants_and_bystanders_see_of_a_retry(place: Path | str) -> None:
    """The setup: test_situations_setups.py. Recovery jobs, alerts and triggers there are none of yet."""
    with field(place, "2027-03-08 00:30") as w:
        feed = w.job(r"\T\FEED", "true", RetryCount=2, RetryInterval="0:10")
        gates = {"DEP": "Success", "ALARM": "Error"}
        for name, severity in gates.items():
            gate = element("JobDependency", DependsOnJob=r"\T\FEED", CompletionSeverity=severity)
            w.job(rf"\T\{name}", "true", gate)
        all_three = element("JobDependency", DependsOnJob=r"\T\FEED", WaitForAll=True)
        w.job(r"\T\ALL", "true", all_three)
        w.plays["FEED"] = [Play(1, code=1), Play(1, code=1), Play(5)]
        waiting = {name: w.submit(name) for name in (*gates, "ALL")}
        w.until("2027-03-08 00:59")
        number = w.submit("FEED")
        w.until("2027-03-08 01:05")
        # In the pause FEED is under way, and has not ended.
        assert w.state(number) is EntryState.TIMED
        assert f"it waits (entry {number})" in w.told(waiting["DEP"])
        w.until("2027-03-08 02:00")
        assert [w.local(at) for at in w.began(number)] == ["03-08 00:59", "03-08 01:10", "03-08 01:21"]
        for name in waiting:
            assert w.starts(name) == ["03-08 01:26"]
        assert w.entry(number).final_severity is Severity.SUCCESS
        # All three fail: the end is that of the third, and opens once.
        w.plays["FEED"] = [Play(1, code=1)] * 3
        waiting = {name: w.submit(name) for name in gates}
        number = w.submit("FEED")
        w.until("2027-03-08 02:22")
        assert not w.began(waiting["ALARM"]) and len(w.began(number)) == 3
        w.until("2027-03-08 04:00")
        assert [w.local(at) for at in w.began(waiting["ALARM"])] == ["03-08 02:23"]
        assert w.state(waiting["DEP"]) is EntryState.DEPENDENCY_WAIT
        assert len(w.history(feed)) == 6
        w.holds()
