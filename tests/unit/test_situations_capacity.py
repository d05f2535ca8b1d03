"""Situations from the field: queues and resources (docs/situations.md)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from jams.database import queues, resources, tables
from jams.objects.enums import EntryState
from jams.objects.parts import Element
from jams.objects.schedule import SubmitJob
from jams.scheduler import submission, submission_documents
from tests.support.engine import element
from tests.support.field import Field, Play, field
from tests.support.schedule import USER

DAY = "2027-03-08"


def needs(resource: str, quantity: int = 1) -> Element:
    return element("ResourceRequirement", Resource=resource, Quantity=quantity)


def submit_many(w: Field, count: int, **members: object) -> list[int]:
    """Submit a job so often, in one transaction."""
    short = SubmitJob(**members)  # type: ignore[arg-type]
    who = submission.Submitter(USER)
    return w.write(
        lambda c: [
            submission.enter(c, submission_documents.from_short(short), who).jams_entry for _ in range(count)
        ]
    )


@pytest.mark.parametrize(("times", "until"), [(1, "11:00"), (10, "10:30")])
def test_s19_the_big_one_among_the_small_ones(place: Path | str, times: int, until: str) -> None:
    """The rule: small ones pass until it has aged for ten minutes; it starts when what then runs has ended.

    So it does among ten times as many. What comes after its end bears on nothing, and is not played.
    """
    with field(place, f"{DAY} 08:59") as w:
        w.resource("SLOT", 4)
        w.job(r"\T\SMALL", "true", needs("SLOT"))
        w.job(r"\T\BIG", "true", needs("SLOT", 4))
        w.lasts |= {"SMALL": timedelta(minutes=10), "BIG": timedelta(minutes=10)}
        asked, aged = w.moment(f"{DAY} 10:00"), w.moment(f"{DAY} 10:10")
        bound = aged + timedelta(minutes=10)
        later, end, big = [], w.moment(f"{DAY} {until}"), 0
        moment = w.moment(f"{DAY} 09:00")
        while moment <= min(end, w.moment(f"{DAY} 17:00")):
            w.at(moment)
            made = submit_many(w, times, name="SMALL", priority=1)
            if moment >= asked:
                later += made
            if moment == asked:
                big = w.submit("BIG", priority=9)
            moment += timedelta(minutes=2)
        w.at(end)
        (began,) = w.began(big)
        assert asked <= began <= bound
        assert not [run for run in w.runs if run.number in later and aged <= run.began < began]
        assert _most_at_once(w, {"SMALL": 1, "BIG": 4}) == 4
        smalls = [run.number for run in w.runs if run.job == "SMALL"]
        assert smalls == sorted(smalls)
        w.holds()


def _most_at_once(w: Field, quantities: dict[str, int]) -> int:
    """The most that runs have held at once, by the record of what ran."""
    changes = [(run.began, 1, quantities[run.job]) for run in w.runs]
    changes += [(run.began + w.lasts[run.job], 0, -quantities[run.job]) for run in w.runs]
    most = held = 0
    for _, _, quantity in sorted(changes):
        held += quantity
        most = max(most, held)
    return most


def copy(c: Connection, number: int, times: int) -> None:
    """Let entries stand beside one, as it stands."""
    row = c.execute(select(tables.entry).where(tables.entry.c.number == number)).one()._mapping
    numbers = range(1_000_000, 1_000_000 + times)
    c.execute(insert(tables.entry), [{**row, "number": other, "ron": other} for other in numbers])


def test_s19_the_neighbours_queue(place: Path | str) -> None:
    """A thousand that wait in another queue delay nobody."""
    with field(place, f"{DAY} 09:00") as w:
        w.queue("QA", 20)
        w.queue("QB", 20)
        w.job(r"\T\A", BatchQueue="QA")
        w.job(r"\T\B", BatchQueue="QB")
        w.lasts |= {"A": timedelta(hours=9), "B": timedelta(minutes=5)}
        waiting = submit_many(w, 21, name="A", priority=5)[-1]
        w.turns()
        assert len(w.alive) == 20 and w.state(waiting) is EntryState.RESOURCE_WAIT
        w.write(lambda c: copy(c, waiting, 999))
        assert w.live() == 1020
        w.until(f"{DAY} 10:00")
        fifty = submit_many(w, 50, name="B", priority=1)
        w.until(f"{DAY} 10:30")
        begun = [w.local(run.began)[6:] for run in w.runs if run.job == "B"]
        assert begun == ["10:00"] * 20 + ["10:05"] * 20 + ["10:10"] * 10
        assert [run.number for run in w.runs if run.job == "B"] == fifty
        assert len([run for run in w.runs if run.job == "A"]) == 20


def shown(w: Field, queue: int, resource: int) -> tuple[str, str]:
    """What is in use of how much, as queue and resource show it."""
    q, r = w.read(lambda c: queues.get(c, queue)), w.read(lambda c: resources.get(c, resource))
    return f"{q.job_count} of {q.job_limit}", f"{r.quantity_in_use} of {r.quantity_available}"


def test_s20_the_limit_is_lowered_below_what_runs_and_raised_again(place: Path | str) -> None:
    with field(place, f"{DAY} 09:59") as w:
        queue, resource = w.queue("Q", 6), w.resource("R", 6)
        w.job(r"\T\J", "true", needs("R"), BatchQueue="Q")
        w.lasts["J"] = timedelta(minutes=60)
        w.plays["J"] = [Play(minutes) for minutes in (20, 20, 20, 25, 90, 90)]
        w.until(f"{DAY} 10:00")
        low = submit_many(w, 15, name="J", priority=1)
        high = submit_many(w, 15, name="J", priority=2)
        order = [*high, *low]
        w.turns()
        assert [run.number for run in w.runs] == order[:6]
        w.until(f"{DAY} 10:05")
        w.change(tables.queue, queue, job_limit=2)
        w.until(f"{DAY} 10:10")
        w.change(tables.resource, resource, quantity=0)
        w.turns()
        assert len(w.alive) == 6 and shown(w, queue, resource) == ("6 of 2", "6 of 0")
        told = w.told(order[6])
        assert "6 of 2 run" in told and "6 of 0 are in use" in told and "-" not in told
        w.until(f"{DAY} 10:30")
        assert shown(w, queue, resource) == ("2 of 2", "2 of 0")
        w.change(tables.resource, resource, quantity=6)
        w.turns()
        assert len(w.alive) == 2 and len(w.runs) == 6
        w.until(f"{DAY} 10:35")
        w.change(tables.queue, queue, job_limit=5)
        w.turns()
        assert [run.number for run in w.runs[6:]] == order[6:9]
        assert shown(w, queue, resource) == ("5 of 5", "5 of 6")
        w.until(f"{DAY} 10:40")
        w.change(tables.queue, queue, started=False)
        w.turns()
        assert len(w.alive) == 5 and w.told(order[9]) == "Queue Q is stopped."
        w.until(f"{DAY} 10:50")
        w.change(tables.queue, queue, started=True)
        w.turns()
        assert len(w.alive) == 5 and len(w.runs) == 9
        w.holds()
        w.until("2027-03-09 10:00")
        assert [run.number for run in w.runs] == order and w.live() == 0
        w.holds()


def test_s23_after_maintenance(place: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler is killed and another one begins; a second one beside it comes with the lease.

    Each unit that is freed costs the same looks, however many stand in the line.
    """
    with field(place, f"{DAY} 21:59") as w:
        resource = w.resource("DB", 0)
        w.job(r"\T\J", "true", needs("DB"))
        w.lasts["J"] = timedelta(minutes=2)
        numbers: dict[int, list[int]] = {priority: [] for priority in (1, 2, 3, 4)}
        come = w.moment(f"{DAY} 22:00")
        for minute in range(60):
            for priority in (3, 1, 4, 2):
                after = come + timedelta(minutes=minute)
                numbers[priority] += submit_many(w, 1, name="J", priority=priority, after=after)
        w.until(f"{DAY} 22:59")
        assert not w.runs
        looks = counting(monkeypatch)
        w.until(f"{DAY} 23:00")
        w.change(tables.resource, resource, quantity=3)
        w.until(f"{DAY} 23:10")
        first = looks[0] / len(w.runs)
        w.dies(f"{DAY} 23:10:30")
        w.until(f"{DAY} 23:20")
        w.change(tables.resource, resource, quantity=0)
        w.until(f"{DAY} 23:30")
        begun = [run.began for run in w.runs]
        assert max(begun) <= w.moment(f"{DAY} 23:20") and not w.alive
        w.change(tables.resource, resource, quantity=3)
        w.until("2027-03-09 01:55")
        looks[0], before = 0, len(w.runs)
        w.until("2027-03-09 03:00")
        assert w.most_alive == 3
        assert [run.number for run in w.runs] == [n for p in (4, 3, 2, 1) for n in numbers[p]]
        assert first <= looks[0] / max(1, len(w.runs) - before) + 3 and first < 8
        w.holds()


def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the entries that are looked at when capacity is given out."""
    from jams.scheduler.granting import Granting

    looks, inner = [0], Granting._ask

    def ask(self: Granting, *args: object) -> None:
        looks[0] += 1
        inner(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Granting, "_ask", ask)
    return looks
