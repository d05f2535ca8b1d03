"""Situations from the field: retention (docs/situations.md)."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from jams.database import purging
from jams.objects.enums import EntryState
from jams.objects.purging import PurgeKind, PurgeOrder
from jams.scheduler.purging import Done, Purge, Traffic
from tests.support import old_history as old
from tests.support.engine import element
from tests.support.field import Field, field

CHATTER, OTHERS, KEPT = 6_000, 80, 100
ORDER = PurgeOrder(what=PurgeKind.HISTORY, days=400, maximum=KEPT)


class Killed(BaseException):
    """The server is no more."""


def purge(w: Field) -> Purge:
    class Files:
        def remove(self, logs: object) -> list[str | None]:
            return []

    traffic = Traffic(w.database)
    return Purge(w.database, ORDER, w.now, Files(), traffic, threading.Event(), lambda text: None)


def test_s47_one_chatterbox_many_rows_and_starts_meanwhile(
    place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,000,000 rows are played as 6,000, in pieces that are as much smaller; benchmarks/purging.py has more.

    Between two pieces somebody submits, a dependency is settled, and another purge begins.
    """
    monkeypatch.setattr("jams.scheduler.purging.FIRST", 200)
    monkeypatch.setattr("jams.scheduler.purging.LARGEST", 200)
    with field(place, "2027-03-08 12:00") as w:
        w.job("\\T\\EXTRACT")
        w.job("\\T\\LOAD", "true", element("JobDependency", DependsOnJob="\\T\\EXTRACT"))
        chatter, yearly = w.job("\\T\\CHATTER"), w.job("\\T\\YEARLY")
        quiet = [w.job(f"\\T\\J{n}") for n in range(OTHERS)]
        many = [
            old.row(chatter, 1_000_000 + n, w.now - timedelta(seconds=3 * (n + 1))) for n in range(CHATTER)
        ]
        few = [old.row(job, 2_000_000 + job, w.now - timedelta(days=10)) for job in quiet]
        last = old.row(yearly, 3_000_000, w.now - timedelta(days=335))
        old.add(w, [*many, *few, last], audited=False)

        pieces: list[int] = []
        loads: list[int] = []
        doing = False

        def meanwhile(removed: purging.Removed) -> purging.Removed:
            nonlocal doing
            pieces.append(removed.rows)
            if doing:
                return removed
            doing = True
            loads.append(w.submit("LOAD"))
            w.submit("EXTRACT")
            w.after(minutes=2)
            if len(pieces) == 3:
                second = purging.JobHistory(chatter, purging.Rule(w.now - timedelta(days=400), 1, KEPT))
                for _ in range(2):
                    piece = w.read(lambda c: second.next(c, 200))
                    assert piece is not None
                    pieces.append(w.write(lambda c, p=piece: second.remove(c, p)).rows)
            doing = False
            if len(loads) == 6:
                raise Killed
            return removed

        first = purge(w)
        removed = first._removed
        monkeypatch.setattr(
            first, "_removed", lambda *given: (meanwhile((done := removed(*given))[0]), done[1])
        )
        with pytest.raises(Killed):
            first.run()
        assert max(pieces) <= 200 and sum(pieces) < CHATTER - KEPT
        assert purge(w).run() == Done(CHATTER - KEPT - sum(pieces), 0)
        assert old.numbers(w, chatter) == [*range(1_000_000, 1_000_000 + KEPT)]
        assert old.numbers(w, yearly) == [3_000_000]
        assert [old.numbers(w, job) for job in quiet] == [[2_000_000 + job] for job in quiet]
        assert all(w.entry(load).current_state is EntryState.COMPLETE for load in loads)
