"""RESET SCHEDULE: what waits goes, and what runs by itself is planned anew from a time on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from jams.scheduler.planning import resetting
from jams.scheduler.planning.resetting import reset
from tests.support.planning import World, scheduled, world

pytestmark = pytest.mark.unit


def reset_at(w: World, text: str) -> resetting.Reset:
    at = w.moment(text)
    return w.desk.write(lambda c: reset(c, at, reason="RESET SCHEDULE in a test"))


def test_what_waits_goes_and_is_planned_anew(place: Path | str) -> None:
    with world(place, "2027-03-01 08:00") as w:
        w.job(r"\T\A", scheduled("DAILY", "10:00"))
        by_hand = w.job(r"\T\B")
        w.turn()
        (planned,) = w.entries("A")
        done = reset_at(w, "2027-03-01 08:00")
        assert (done.withdrawn, done.going_on, done.jobs) == (1, 0, 2) and by_hand
        assert w.entries("A") == [] and w.state(planned.jams_entry) is None
        assert any("RESET SCHEDULE in a test" in line for line in w.audit(planned.jams_entry))
        w.away("2027-03-01 08:10")
        w.until("2027-03-03 12:00")
        assert w.starts("A") == ["03-01 10:00", "03-02 10:00", "03-03 10:00"]


def test_it_is_built_as_of_an_earlier_time(place: Path | str) -> None:
    """The point of the time itself counts; what passed since then runs late, as the job says."""
    with world(place, "2027-03-01 08:00") as w:
        w.setting("ScheduleMaxDowntime", "240")
        w.job(r"\T\A", scheduled("DAILY", "10:00"))
        id = w.job(r"\T\B", scheduled("DAILY", "10:00"), CatchUp="None")
        w.until("2027-03-01 09:00")
        reset_at(w, "2027-03-02 10:00")
        w.away("2027-03-03 09:05")
        w.turn()
        assert w.starts("A") == ["03-03 09:05"]
        assert w.missed(id) == [("03-02 10:00", "Skipped")]
        w.until("2027-03-03 11:00")
        assert w.starts("A")[-1] == "03-03 10:00"


def test_what_has_run_does_not_run_again(place: Path | str) -> None:
    with world(place, "2027-03-01 08:00") as w:
        w.job(r"\T\A", scheduled("DAILY", "10:00"))
        w.until("2027-03-01 11:00")
        reset_at(w, "2027-03-01 09:00")
        w.away("2027-03-01 11:05")
        w.until("2027-03-01 12:00")
        assert w.starts("A") == ["03-01 10:00"]


def test_it_is_built_as_of_a_later_time(place: Path | str) -> None:
    with world(place, "2027-03-01 08:00") as w:
        w.job(r"\T\A", scheduled("DAILY", "10:00"))
        w.turn()
        reset_at(w, "2027-03-02 00:00")
        w.away("2027-03-01 08:05")
        w.until("2027-03-02 12:00")
        assert w.starts("A") == ["03-02 10:00"]


def test_what_has_started_stays(place: Path | str) -> None:
    with world(place, "2027-03-01 08:00") as w:
        w.lasts["A"] = timedelta(hours=1)
        w.job(r"\T\A", scheduled("DAILY", "10:00"))
        w.until("2027-03-01 10:10")
        (running, *_) = w.entries("A")
        done = reset_at(w, "2027-03-01 10:10")
        assert done.going_on == 1 and w.state(running.jams_entry) is not None
        w.away("2027-03-01 10:15")
        w.until("2027-03-02 12:00")
        assert w.starts("A") == ["03-01 10:00", "03-02 10:00"]


def test_reset_twice_is_reset_once(place: Path | str) -> None:
    with world(place, "2027-03-01 08:00") as w:
        w.job(r"\T\A", scheduled("DAILY", "10:00"))
        w.turn()
        assert reset_at(w, "2027-03-01 08:00").withdrawn == 1
        assert reset_at(w, "2027-03-01 08:00").withdrawn == 0
        w.away("2027-03-01 08:05")
        w.until("2027-03-01 12:00")
        assert w.starts("A") == ["03-01 10:00"]
