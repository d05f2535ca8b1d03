"""Situations from the field: what an average may learn from (docs/situations.md)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from jams.database import tables
from jams.objects.enums import Severity
from jams.objects.schedule import Cancel
from jams.scheduler import actions
from tests.support.engine import element
from tests.support.field import Field, Play, field

LIMITS = {"RunawayElapsedPercent": 150, "ShortElapsedPercent": 50}


def run(w: Field, seconds: float, code: int = 0, *, wait: bool = True) -> int:
    w.plays["AVG"] = [Play(seconds / 60, code)]
    number = w.submit("AVG")
    w.turns()
    if wait:
        w.after(seconds=seconds + 1)
    return number


def test_s45_what_an_average_may_learn_from(place: Path | str) -> None:
    """The rule: from good runs alone. Statistics are reset in the database, as no operation does it yet.

    The forecast is still to come.
    """
    with field(place, "2027-03-08 08:00") as w:
        avg, newj = w.job(r"\T\AVG", **LIMITS), w.job(r"\T\NEWJ", **LIMITS)
        w.plays["NEWJ"] = [Play(240)]
        new = w.submit("NEWJ")
        w.turns()
        assert w.document(newj).avg_elapsed_time is None and w.entry(new).avg_elapsed_time is None
        w.job(r"\T\NEXT", "true", element("JobDependency", DependsOnJob=r"\T\AVG"))
        for _ in range(10):
            run(w, 600)
        failed = run(w, 2, code=1)
        cancelled = run(w, 36_000, wait=False)
        w.after(hours=5)
        w.act(actions.cancel, cancelled, Cancel())
        w.after(minutes=1)
        assert w.document(avg).avg_elapsed_time == 600.0 and not w.entry(failed).runaway
        thirteenth = run(w, 890, wait=False)
        # The same number everywhere: in the job, in the entry, in what those are told who wait for it.
        waiting = w.submit("NEXT")
        w.turns()
        assert w.entry(thirteenth).avg_elapsed_time == 600.0
        assert f"executing (entry {thirteenth}, usually 10 min)" in w.told(waiting)
        w.after(seconds=889)
        assert not w.entry(thirteenth).runaway
        w.after(seconds=2)
        assert w.entry(thirteenth).final_severity is Severity.SUCCESS and not w.entry(thirteenth).runaway
        shown = w.document(avg)
        assert shown.avg_elapsed_time is not None and round(shown.avg_elapsed_time, 1) == 626.4
        # Count, least, greatest and average are those of the records that count.
        counted = [r.elapsed_time for r in w.history(avg) if r.final_severity is Severity.SUCCESS]
        times = [time for time in counted if time is not None]
        assert (shown.avg_count, shown.min_elapsed_time, shown.max_elapsed_time) == (11, 600, 890)
        assert len(times) == 11 and round(sum(times) / 11, 6) == shown.avg_elapsed_time
        last = run(w, 1000, wait=False)
        w.after(seconds=945)
        assert not w.entry(last).runaway
        w.after(seconds=1)
        assert w.entry(last).runaway
        w.after(seconds=24)
        w.write(
            lambda c: c.execute(
                update(tables.job).where(tables.job.c.id == avg).values(run_count=0, sum_elapsed=None)
            )
        )
        # Where there is no average nothing is judged by percent, and none is shown.
        assert w.document(avg).avg_elapsed_time is None and w.entry(last).avg_elapsed_time is None
        after_reset = run(w, 5)
        assert not w.entry(after_reset).runaway and w.entry(after_reset).final_status == "Success"
        w.after(hours=1)
        assert w.entry(last).runaway and w.entry(last).final_severity is Severity.SUCCESS
        marks = [line for line in w.audit(last) if "ran away" in line or "runs away" in line]
        assert len(marks) == 1, w.audit(last)
        assert not w.entry(new).runaway and w.entry(new).final_severity is Severity.SUCCESS
        assert w.document(newj).avg_count == 1
