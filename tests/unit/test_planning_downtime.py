"""What is done about points that passed while no scheduler worked."""

from __future__ import annotations

from pathlib import Path

import pytest

from jams.database import missed_points
from jams.objects.schedule import Comment
from jams.scheduler import actions
from tests.support.planning import World, scheduled, world


def days(w: World, job: str) -> list[str | None]:
    return [entry.todays_date for entry in w.entries(job) if not entry.current_state.waiting]


@pytest.mark.parametrize(
    ("properties", "run", "skipped"),
    [
        ({}, ["02", "03", "04"], []),
        ({"CatchUp": "None"}, [], ["02", "03", "04"]),
        ({"CatchUp": "Latest"}, ["04"], ["02", "03"]),
        ({"CatchUp": "AtMost", "CatchUpMost": 2}, ["03", "04"], ["02"]),
        ({"CatchUp": "All", "CatchUpWithin": "1.00:00"}, ["04"], ["02", "03"]),
        ({"CatchUp": "Latest", "CatchUpWithin": "00:10"}, [], ["02", "03", "04"]),
    ],
)
def test_what_is_caught_up_is_as_the_job_says(
    place: Path | str, properties: dict[str, str], run: list[str], skipped: list[str]
) -> None:
    """The point of the 2nd has an entry already when the scheduler goes, those after it have none."""
    with world(place, "2027-03-01 12:00") as w:
        w.setting("ScheduleMaxDowntime", "240")
        id = w.job(r"\T\A", scheduled("DAILY", "10:00"), **properties)
        w.until("2027-03-01 20:00")
        w.away("2027-03-04 11:00")
        w.turn()
        assert [f"{day}"[-2:] for day in days(w, "A")] == run
        assert set(w.starts("A")) <= {"03-04 11:00"}
        assert w.missed(id) == [(f"03-{day} 10:00", "Skipped") for day in skipped]
        # Killed again and again: what was judged stays judged.
        w.away("2027-03-04 11:05")
        w.away("2027-03-04 11:10")
        w.until("2027-03-05 09:00")
        assert len(w.starts("A")) == len(run)
        assert len(w.missed(id)) == len(skipped)
        w.until("2027-03-05 11:00")
        assert w.starts("A")[-1] == "03-05 10:00"


def test_the_latest_is_that_of_the_job_and_not_of_each_trigger(place: Path | str) -> None:
    with world(place, "2027-03-01 00:30") as w:
        times = [scheduled("DAILY", f"{hour:02}:00") for hour in range(24)]
        id = w.job(r"\T\A", *times, CatchUp="Latest")
        w.away("2027-03-01 05:30")
        w.turn()
        assert w.starts("A") == ["03-01 05:30"]
        assert [point for point, _ in w.missed(id)] == [f"03-01 0{hour}:00" for hour in range(1, 5)]


def test_a_moment_away_misses_nothing(place: Path | str) -> None:
    with world(place, "2027-03-01 09:00") as w:
        id = w.job(r"\T\A", scheduled("DAILY", "10:00"), CatchUp="None")
        w.until("2027-03-01 09:59:50")
        w.away("2027-03-01 10:00:20")
        w.turn()
        assert (w.starts("A"), w.missed(id)) == (["03-01 10:00:20"], [])


def test_a_machine_that_was_suspended_was_away_as_well(place: Path | str) -> None:
    with world(place, "2027-03-01 09:00") as w:
        id = w.job(r"\T\A", scheduled("DAILY", "10:00"), CatchUp="None")
        w.turn()
        w.now = w.moment("2027-03-01 18:00")
        w.turn()
        assert (w.starts("A"), w.missed(id)) == ([], [("03-01 10:00", "Skipped")])


def test_away_too_long_is_reset(place: Path | str) -> None:
    with world(place, "2027-03-01 12:00") as w:
        id = w.job(r"\T\A", scheduled("DAILY", "10:00"))
        held = w.job(r"\T\B", scheduled("DAILY", "10:00"))
        (entry,) = w.entries("B")
        w.desk.write(lambda c: actions.hold(c, entry.jams_entry, "bob", Comment()))
        w.away("2027-03-05 11:00")
        w.turn()
        assert (w.starts("A"), w.waiting("A")) == ([], ["03-06 10:00"])
        assert w.missed(id) == [(f"03-0{day} 10:00", "Reset") for day in (2, 3, 4, 5)]
        found = w.desk.read(lambda c: missed_points.find(c, job_id=id))
        assert "ScheduleMaxDownAction is reset" in found[0].reason
        # What somebody holds stays his.
        assert w.missed(held) == [(f"03-0{day} 10:00", "Reset") for day in (3, 4, 5)]
        assert w.waiting("B") == ["03-02 10:00", "03-06 10:00"]


def test_away_too_long_starts_nothing_until_told(place: Path | str) -> None:
    with world(place, "2027-03-01 12:00") as w:
        w.setting("ScheduleMaxDownAction", "fail")
        w.job(r"\T\A", scheduled("DAILY", "10:00"))
        w.job(r"\T\B")
        w.away("2027-03-05 11:00")
        w.desk.submit(r"\T\B")
        w.until("2027-03-05 14:00")
        assert w.refused
        assert w.begun == []
        w.setting("ScheduleMaxDownAction", "continue")
        w.turn()
        assert not w.refused
        assert w.starts("A") == ["03-05 14:00"] * 4
        assert w.starts("B") == ["03-05 14:00"]
