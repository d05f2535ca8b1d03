"""Runs that are repeated: by an interval trigger, or through the day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jams.objects.enums import Severity
from jams.objects.parts import Element
from jams.objects.schedule import Cancel
from jams.scheduler import actions
from tests.support.planning import World, element, scheduled, world

NEW_YORK = ZoneInfo("America/New_York")


def repeated(w: World, until: str, *elements: Element, **properties: object) -> list[str]:
    """When runs of a job begin that has the elements, on the day on which it is made at 8:00."""
    w.job(r"\T\A", *elements, **properties)
    w.until(until)
    return [start[6:] for start in w.starts("A")]


@pytest.mark.parametrize(
    ("lasts", "values", "starts"),
    [
        (1, {}, ["09:00", "10:00", "11:00", "12:00"]),
        (1, {"BaseTime": "EndTime"}, ["09:00", "10:01", "11:02"]),
        (70, {}, ["09:00", "11:00"]),
        (70, {"BaseTime": "EndTime"}, ["09:00", "11:10"]),
    ],
)
@pytest.mark.parametrize("kind", ["Recurrence", "RecurrenceNewEntry"])
def test_a_run_is_repeated_through_the_day(
    place: Path | str, kind: str, lasts: int, values: dict[str, str], starts: list[str]
) -> None:
    """Until 12:00 is the last start at 12:00; what passes while a run goes on is not made up for."""
    with world(place, "2027-03-08 08:00") as w:
        w.lasts["A"] = timedelta(minutes=lasts)
        again = element(kind, Delay="1:00", EndTime="12:00", **values)
        assert repeated(w, "2027-03-08 23:00", scheduled("DAILY", "09:00"), again) == starts
        numbers = {run.number for run in w.begun}
        assert len(numbers) == (1 if kind == "Recurrence" else len(starts))
        w.until("2027-03-09 09:30")
        assert w.starts("A")[-1] == "03-09 09:00"


def test_the_properties_of_version_6_repeat_as_well(place: Path | str) -> None:
    with world(place, "2027-03-08 08:00") as w:
        said = {"ScheduledDate": "DAILY", "ScheduledTime": "09:00", "ResubmitDelay": "4:00"}
        assert repeated(w, "2027-03-08 23:59", **said) == ["09:00", "13:00", "17:00", "21:00"]
        assert {entry.todays_date for entry in w.entries("A")} == {"2027-03-08", "2027-03-09"}


@pytest.mark.parametrize(("on_error", "runs"), [(False, 1), (True, 4)])
def test_a_run_that_failed_is_repeated_if_that_is_said(place: Path | str, on_error: bool, runs: int) -> None:
    with world(place, "2027-03-08 08:00") as w:
        w.fails.add("A")
        again = element("Recurrence", Delay="1:00", EndTime="12:00", ResubmitOnError=on_error)
        assert len(repeated(w, "2027-03-08 23:00", scheduled("DAILY", "09:00"), again)) == runs


def test_a_job_that_is_defined_in_the_middle_of_the_day_takes_its_next_time(place: Path | str) -> None:
    with world(place, "2027-03-08 10:30") as w:
        again = element("RecurrenceNewEntry", Delay="1:00", EndTime="13:00")
        assert repeated(w, "2027-03-08 23:00", scheduled("DAILY", "09:00"), again) == [
            "11:00",
            "12:00",
            "13:00",
        ]


@pytest.mark.parametrize("always", [False, True])
def test_an_interval_goes_on_whatever_becomes_of_a_run(place: Path | str, always: bool) -> None:
    """Cancelled, failed, missed: the next one comes."""
    with world(place, "2027-03-08 08:00") as w:
        w.setting("ScheduleMaxDowntime", "240")
        trigger = element("IntervalTrigger", Interval="1:00", AlwaysResubmit=always)
        id = w.job(r"\T\A", trigger, CatchUp="None")
        assert w.waiting("A") == ["03-08 09:00"]
        w.fails.add("A")
        w.until("2027-03-08 10:30")
        waiting = w.entries("A")[-1]
        cancel = Cancel(severity=Severity.ERROR)
        w.desk.write(lambda c: actions.cancel(c, waiting.jams_entry, "bob", cancel))
        (left,) = w.waiting("A")
        assert left > "03-08 11:00"
        w.away("2027-03-10 07:30")
        w.until("2027-03-10 10:30")
        assert [start[6:] for start in w.starts("A")][-3:] == ["08:00", "09:00", "10:00"]
        assert len(w.missed(id)) == 1
        w.change(id, Enabled=False)
        assert w.waiting("A") == []
        w.until("2027-03-10 12:30")
        w.change(id)
        assert w.waiting("A") == ["03-10 13:30"]


@pytest.mark.parametrize("kind", ["Recurrence", "RecurrenceNewEntry"])
def test_each_repetition_asks_its_precheck_anew(place: Path | str, kind: str) -> None:
    """A yes is for one point: what was true at nine says nothing of ten o'clock."""
    with world(place, "2027-03-08 08:00") as w:
        w.job(r"\T\CHECK")
        again = element(kind, Delay="1:00", EndTime="12:00")
        asks = element("PrecheckJob", Job=r"\T\CHECK")
        assert len(repeated(w, "2027-03-08 23:00", scheduled("DAILY", "09:00"), again, asks)) == 4
        assert len(w.starts("CHECK")) == 4
