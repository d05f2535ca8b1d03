"""Situations from the field: the schedule is edited while entries wait (docs/situations.md)."""

from __future__ import annotations

from pathlib import Path

from tests.support.field import Play, field
from tests.support.planning import scheduled


def test_s11_edited_five_seconds_before(place: Path | str) -> None:
    with field(place, "2027-03-09 09:00") as w:
        a = w.job(r"\T\A", "true", scheduled("DAILY", "10:02"), CatchUp="Latest")
        b = w.job(r"\T\B", "true", scheduled("DAILY", "10:02"), CatchUp="Latest")
        c = w.job(r"\T\C", "true", scheduled("DAILY", "14:00"), CatchUp="Latest")
        w.plays["B"] = [Play(1), Play(30)]
        w.until("2027-03-10 10:01:55")
        w.runs.clear()
        # No turn is taken between the change and the end of the scheduler.
        w.edit(a, scheduled("DAILY", "10:04"), CatchUp="Latest")
        w.dies("2027-03-10 10:01:58")
        w.until("2027-03-10 10:02:01")
        assert (w.starts("A"), w.starts("B")) == ([], ["03-10 10:02"])
        (running,) = w.alive
        w.edit(b, scheduled("DAILY", "10:04"), CatchUp="Latest")
        w.until("2027-03-10 10:03")
        assert list(w.alive) == [running]
        w.until("2027-03-10 11:00")
        assert (w.starts("A"), w.starts("B")) == (["03-10 10:04"], ["03-10 10:02", "03-10 10:04"])
        assert len(w.history(b)) == 3
        w.edit(c, scheduled("DAILY", "09:00"), CatchUp="Latest")
        w.until("2027-03-10 16:00")
        assert w.waiting("C") == ["03-11 09:00"]
        w.dies("2027-03-10 16:05")
        w.until("2027-03-11 09:30")
        assert w.starts("C") == ["03-11 09:00"]
        assert w.missed(a) == w.missed(b) == w.missed(c) == []
        w.holds()
