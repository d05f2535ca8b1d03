"""Situations from the field: telling people (docs/situations.md)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from jams.database import outbox, tables
from jams.objects.enums import ReleaseType, Severity
from jams.objects.schedule import Release, Reschedule
from jams.scheduler import actions
from tests.support.containers import member, setup
from tests.support.engine import World, element, values, world
from tests.support.field import Play, field


def told(w: World) -> list[tuple[str, str, str]]:
    """Of which job what was told, and by whom."""
    found = w.read(lambda c: outbox.find(c))
    return [(each.name, each.happened, each.told_by) for each in reversed(found)]


def test_s27_nobody_is_told_of_an_attempt_and_all_of_the_end(place: Path | str) -> None:
    with field(place, "2027-03-08 00:30") as w:
        feed = {"RetryCount": 2, "RetryInterval": "0:10", "RecoveryJob": r"\T\REPAIR"}
        alert = element("SendEMail", ToAddress="ops@x.org", EntryError=True, EntryFatal=True)
        w.job(r"\T\REPAIR")
        w.job(r"\T\FEED", "true", alert, **feed)
        w.plays["FEED"] = [Play(1, code=1), Play(1, code=1), Play(5)]
        w.submit("FEED")
        w.until("2027-03-08 02:00")
        assert told(w) == [] and not w.starts("REPAIR")
        # All three fail: one mail of the end, and one that repairs.
        w.plays["FEED"] = [Play(1, code=1)] * 3
        w.submit("FEED")
        w.until("2027-03-08 04:00")
        assert told(w) == [(r"\T\FEED", "Ended", "SendEMail")] and len(w.starts("REPAIR")) == 1
        w.holds()


def test_s28_a_setup_that_halts_tells_it_once_each_time(place: Path | str) -> None:
    with world(place) as w:
        for job in "CE":
            w.job(f"\\{job}")
        members = member("\\C", 10, CompletionSeverity="Success"), member("\\E", 20)
        setup(w, "\\NIGHTLY", *members, properties=values(NotifyEMail="ops@x.org"))
        w.exits["C"] = [1, 1]
        whole = w.submit("\\NIGHTLY")
        w.after(minutes=30)
        assert w.entry(whole).halted and told(w) == [("\\NIGHTLY", "Halted", "NotifyEMail")]
        again = Release(release_types=[ReleaseType.RUN_AGAIN])
        for times in (2, 2):
            w.act(actions.release, whole, again)
            w.after(minutes=30)
            assert told(w) == [("\\NIGHTLY", "Halted", "NotifyEMail")] * times
        assert w.entry(whole).final_severity is Severity.SUCCESS


def test_s43_one_stall_is_one_event_also_at_three_in_the_morning(place: Path | str) -> None:
    """A rescheduling allows a second stall: the entry has another time, which it misses too."""
    with field(place, "2027-03-08 00:50") as w:
        w.job(r"\T\SERVICE")
        gate = element("JobDependency", DependsOnJob=r"\T\SERVICE")
        limits = {"StalledTime": "0:15", "RunawayElapsed": "0:30", "NotifyEMail": "ops@x.org"}
        w.job(r"\T\SLOWDEP", "true", gate, **limits)
        w.plays["SLOWDEP"] = [Play(50, code=1)]
        w.until("2027-03-08 01:00")
        number = w.submit("SLOWDEP")
        w.dies("2027-03-08 02:00")
        w.job(r"\T\MANY", "exit 1", NotifyEMail="ops@x.org")
        w.until("2027-03-08 03:00")
        w.exits["MANY"] = [1] * 40
        for _ in range(40):
            w.submit("MANY")
        w.dies("2027-03-08 04:00")
        w.until("2027-03-08 04:30")
        w.act(actions.reschedule, number, Reschedule(hold_time=w.moment("2027-03-08 04:45")))
        w.until("2027-03-08 04:58")
        w.submit("SERVICE")
        w.until("2027-03-08 07:00")
        of_slow = [what for name, what, _ in told(w) if name.endswith("SLOWDEP")]
        stalls = of_slow.count("Stalled")
        assert 1 <= stalls <= 2 and sorted(of_slow) == sorted(["Stalled"] * stalls + ["Runaway", "Ended"])
        assert [what for name, what, _ in told(w) if name.endswith("MANY")] == ["Ended"] * 40
        keys = w.read(lambda c: c.scalar(select(func.count(tables.outbox.c.key.distinct()))))
        assert keys == len(told(w)) and w.now - w.moment("2027-03-08 07:00") < timedelta(minutes=1)
        w.holds()
