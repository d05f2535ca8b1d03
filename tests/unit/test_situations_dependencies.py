"""Situations from the field: dependencies (docs/situations.md)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from jams.database import happenings, tables
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.parts import Element
from jams.objects.run import RunEnded
from jams.objects.schedule import Cancel, Comment, Release, SubmitInfo
from jams.scheduler import actions
from tests.support.engine import element
from tests.support.field import Field, Play, field
from tests.support.planning import scheduled

DAY = "2027-03-08"


def depends(on: str, **more: object) -> Element:
    return element("JobDependency", DependsOnJob=on, **more)


def test_s15_since_when_a_failure_came_after_the_success(place: Path | str) -> None:
    """The rule: an end counts that came after the last completion of the since job, not after its start."""
    with field(place, f"{DAY} 11:00") as w:
        w.job(r"\T\EXTRACT")
        since = depends(r"\T\EXTRACT", SinceJob=r"\T\COPY", SinceSeverity="Success")
        w.job(r"\T\COPY", "true", since, scheduled("DAILY", "12:45"), scheduled("DAILY", "13:15"))
        w.plays["COPY"] = [Play(5)] * 4
        w.plays["EXTRACT"] = [Play(1, code) for code in (0, 1, 0, 1, 0)]
        runs: dict[str, int] = {}

        def extract(ends: str) -> None:
            w.at(w.moment(f"{DAY} {ends}") - timedelta(minutes=1))
            runs[ends] = w.submit("EXTRACT")
            w.turns()

        w.until(f"{DAY} 11:55")
        first = w.submit("COPY", hold=True)
        w.act(actions.release, first, Release(release_types=list(ReleaseType)))
        w.until(f"{DAY} 12:00")
        extract("12:15")
        extract("12:30")
        w.until(f"{DAY} 12:45:30")
        second, third = sorted(entry.jams_entry for entry in w.of("COPY")[:2])
        assert w.starts("COPY") == ["03-08 11:55", "03-08 12:45"]
        assert f"ended Success at 2027-03-08 11:15:00 UTC (entry {runs['12:15']})" in w.told(second)
        extract("12:47")
        w.until(f"{DAY} 13:19")
        assert w.state(third) is EntryState.DEPENDENCY_WAIT
        assert r"since the last end of \T\COPY (2027-03-08 11:50:00 UTC)" in w.told(third)
        extract("13:20")
        extract("13:40")
        assert not w.began(third)
        w.until(f"{DAY} 15:00")
        assert w.starts("COPY")[2:] == ["03-08 13:40"]
        assert f"(entry {runs['13:40']})" in w.told(third)
        w.holds()


def test_s16_an_upstream_that_runs_twice_and_one_that_ended_a_second_too_early(place: Path | str) -> None:
    with field(place, f"{DAY} 00:00") as w:
        src = w.job(r"\T\SRC")
        once = depends(r"\T\SRC", SinceJob=r"\T\ONCE")
        times = [scheduled("DAILY", time) for time in ("01:15", "01:30", "01:41")]
        w.job(r"\T\ONCE", "true", once, *times)
        w.job(r"\T\PLAIN", "true", depends(r"\T\SRC"), scheduled("DAILY", "07:00"))
        w.lasts |= {"SRC": timedelta(seconds=1), "ONCE": timedelta(minutes=10)}

        def ends(time: str, *, debug: bool = False) -> None:
            w.at(w.moment(f"{DAY} {time}") - timedelta(seconds=1))
            if debug:
                w.enter(lambda c: SubmitInfo(submit_id=src, debug_mode=True))
            else:
                w.submit("SRC")
            w.until(f"{DAY} {time}")

        ends("01:00")
        ends("01:10")
        w.until(f"{DAY} 01:31")
        first, second, third = (e.jams_entry for e in w.of("ONCE") if e.todays_date == DAY)
        assert w.starts("ONCE") == ["03-08 01:15"] and w.began(first)
        assert w.state(second) is EntryState.DEPENDENCY_WAIT
        ends("01:35", debug=True)
        assert not w.began(second)
        ends("01:40")
        w.until(f"{DAY} 01:59")
        assert w.starts("ONCE") == ["03-08 01:15", "03-08 01:40"] and w.began(second)
        assert w.state(third) is EntryState.DEPENDENCY_WAIT
        ends("06:59:59")
        assert w.began(third) == [w.now]
        w.until(f"{DAY} 06:59:59.400")
        w.submit("SRC")
        w.until(f"{DAY} 07:00:00.300")
        (plain,) = (e.jams_entry for e in w.of("PLAIN") if e.todays_date == DAY)
        assert w.state(plain) is EntryState.DEPENDENCY_WAIT
        w.until(f"{DAY} 07:00:01")
        assert w.began(plain) == [w.moment(f"{DAY} 07:00:00.400")]
        w.holds()


def test_an_end_lets_one_entry_go_on(place: Path | str) -> None:
    """A neighbour of S16: two entries that wait, and what becomes of the second."""
    with field(place, f"{DAY} 00:00") as w:
        w.queue("Q", 0)
        w.job(r"\T\SRC")
        since = depends(r"\T\SRC", SinceJob=r"\T\ONCE")
        w.job(r"\T\ONCE", "true", since, RetryCount=1, RetryInterval="1:00", BatchQueue="Q")
        w.plays["ONCE"] = [Play(1), Play(1, code=1), Play(1)]
        first, second = w.submit("ONCE"), w.submit("ONCE")
        w.submit("SRC")
        w.after(minutes=5)
        assert [w.state(number) for number in (first, second)] == [
            EntryState.RESOURCE_WAIT,
            EntryState.DEPENDENCY_WAIT,
        ]
        assert f"entry {first} of it, which goes before, has not ended" in w.told(second)
        # Who leaves the line lets the other one go on.
        w.act(actions.hold, first, Comment())
        w.turns()
        assert w.state(second) is EntryState.RESOURCE_WAIT
        w.act(actions.release, first, Release())
        w.act(actions.cancel, second, Cancel(severity=Severity.ERROR))
        w.submit("SRC")
        w.after(minutes=5)
        assert w.state(first) is EntryState.RESOURCE_WAIT
        third = w.submit("ONCE")
        w.write(lambda c: c.execute(tables.queue.update().values(job_limit=5)))
        w.write(lambda c: happenings.note(c, "queue:1"))
        w.after(minutes=10)
        # It runs well, and what came before does not count any more.
        assert len(w.began(first)) == 1 and w.state(third) is EntryState.DEPENDENCY_WAIT
        w.submit("SRC")
        fourth = w.submit("ONCE")
        w.after(minutes=30)
        # In the pause between two attempts it has not ended.
        assert len(w.began(third)) == 1 and w.state(fourth) is EntryState.DEPENDENCY_WAIT
        w.after(hours=2)
        assert len(w.began(third)) == 2 and not w.began(fourth)
        w.holds()


PAIRS = 10


def test_s16_an_end_and_the_time_of_who_waits_for_it_in_any_order(place: Path | str) -> None:
    """100 seeds: an end lies before or after the time, and is told sooner or later, with turns between."""
    with field(place, f"{DAY} 07:00") as w:
        for pair in range(PAIRS):
            w.job(rf"\T\SRC{pair}")
            w.job(rf"\T\PLAIN{pair}", "true", depends(rf"\T\SRC{pair}"))
            w.lasts[f"SRC{pair}"] = timedelta(hours=1)
        for first in range(0, 100, PAIRS):
            _in_any_order(w, first)


def _in_any_order(w: Field, first: int) -> None:
    due = w.now + timedelta(seconds=10)
    chance = Random(first)
    steps: list[tuple[datetime, int, str]] = [
        (due + timedelta(seconds=chance.choice((-0.001, 0, 0.1, 0.4, 0.6))), -1, "turn") for _ in range(3)
    ]
    pairs = []
    for pair in range(PAIRS):
        chance = Random(first + pair)
        source, plain = w.submit(f"SRC{pair}"), w.submit(f"PLAIN{pair}", after=due)
        ended = due + timedelta(seconds=chance.choice((-0.001, 0, 0, 0.4)))
        told = max(ended, due + timedelta(seconds=chance.choice((-0.001, 0, 0.2, 0.5))))
        steps += [(told, pair, "tell")]
        pairs.append((source, plain, ended))
    w.turns()
    tokens = {run.number: token for token, (_, run) in w.alive.items()}
    for source, _, ended in pairs:
        w.lasts_until(w.alive[tokens[source]][1], ended)
    untold: list[RunEnded] = []
    for moment, pair, what in sorted(steps):
        told_of, w.ended = w.ended, []
        w.move(moment)
        untold, w.ended = [*untold, *w.ended], told_of
        if what == "tell":
            source = pairs[pair][0]
            w.ended += [end for end in untold if end.jams_entry == source]
            untold = [end for end in untold if end.jams_entry != source]
        # What was told is heard in a turn of its own, or in the next.
        if what == "turn" or Random(first + pair).random() < 0.5:
            w.turn()
    assert not untold
    w.after(seconds=2)
    for seed, (source, plain, ended) in enumerate(pairs, first):
        assert w.state(source) is EntryState.COMPLETE
        assert len(w.began(plain)) == (ended >= due), f"seed {seed}"
        if not w.began(plain):
            w.act(actions.cancel, plain, Cancel())
    w.after(minutes=2)
