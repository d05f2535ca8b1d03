"""The schedule of a job in four members of its document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import jobs
from jams.dates import UnreadableDate
from jams.objects.definitions import Job
from jams.objects.errors import InvalidArgument, JAMSError, MissingArgument
from jams.objects.patch import patch_of, stated
from tests.support.planning import element, scheduled
from tests.support.schedule import USER, Desk, desk


@pytest.fixture
def d(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "jams.db") as made:
        yield made


def get(d: Desk, id: int) -> Job:
    return d.read(lambda c: jobs.get(c, id))


def change(d: Desk, id: int, **members: Any) -> Job:
    return d.write(lambda c: jobs.change(c, patch_of(Job)(**members), id=id, user=USER))[0]


def said(job: Job) -> tuple[str | None, ...]:
    return job.schedule, job.at, job.time_zone, job.except_for


def values(job: Job) -> list[dict[str, Any]]:
    return [{item.property_name: item.current_value for item in each.properties} for each in job.elements]


def test_a_job_is_made_with_it_and_shows_it(d: Desk) -> None:
    id = d.job(r"\A", schedule="Workdays", at="8:30 AM", time_zone="Europe/Berlin", except_for="HOLIDAY")
    job = get(d, id)
    assert said(job) == ("Workdays", "08:30", "Europe/Berlin", "HOLIDAY")
    assert [each.element_type_name for each in job.elements] == ["ScheduleTrigger"]
    assert values(job) == [
        {
            "ScheduledDate": "Workdays",
            "ScheduledTime": "8:30 AM",
            "TimeZone": "Europe/Berlin",
            "ExceptForDate": "HOLIDAY",
        }
    ]


def test_it_shows_the_only_trigger_whoever_made_it(d: Desk) -> None:
    one = d.job(r"\A", elements=[scheduled("FRIDAYS", "15:00"), element("IntervalTrigger", Interval="1:00")])
    assert said(get(d, one)) == ("FRIDAYS", "15:00", None, None)
    two = d.job(r"\B", elements=[scheduled("FRIDAYS", "15:00"), scheduled("MONDAYS", "15:00")])
    assert said(get(d, two)) == said(get(d, d.job(r"\C"))) == (None, None, None, None)


def test_a_change_says_what_differs(d: Desk) -> None:
    trigger = scheduled("FRIDAYS", "15:00", NonWorkdayScheduling="Skip")
    id = d.job(r"\A", elements=[element("IntervalTrigger", Interval="1:00"), trigger])
    changed = change(d, id, at="16:00")
    assert said(changed) == ("FRIDAYS", "16:00", None, None)
    assert values(changed)[1]["NonWorkdayScheduling"] == "Skip"
    assert said(change(d, id, schedule="MONDAYS", at=None, time_zone="UTC")) == ("MONDAYS", None, "UTC", None)
    assert len(change(d, id, schedule=None, time_zone=None).elements) == 1
    assert said(change(d, id, schedule="DAILY")) == ("DAILY", None, None, None)


def test_a_document_that_was_got_can_be_sent_back(d: Desk) -> None:
    """Whatever of it was changed counts: the members or the elements."""
    id = d.job(r"\A", schedule="WORKDAYS", at="08:30")
    got = get(d, id)

    def send(job: Job) -> Job:
        return d.write(lambda c: jobs.change(c, stated(job, whole=True), id=id, user=USER))[0]

    got = send(got)
    assert said(got) == ("WORKDAYS", "08:30", None, None)
    got.elements = [scheduled("WORKDAYS", "09:00")]
    got = send(got)
    assert said(got) == ("WORKDAYS", "09:00", None, None)
    got.at = "10:00"
    got = send(got)
    assert (said(got), len(got.elements)) == (("WORKDAYS", "10:00", None, None), 1)
    got.elements = [scheduled("MONDAYS", "09:00"), scheduled("FRIDAYS", "09:00")]
    got = send(send(send(got)))
    assert len(got.elements) == 2


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"at": "08:30"}, MissingArgument),
        ({"schedule": " ", "time_zone": "UTC"}, MissingArgument),
        ({"schedule": "DAILY", "at": "25:00"}, JAMSError),
        ({"schedule": "DAILY", "time_zone": "Mars/Base"}, JAMSError),
        (
            {"at": "09:00", "elements": [scheduled("DAILY", "01:00"), scheduled("DAILY", "02:00")]},
            InvalidArgument,
        ),
    ],
)
def test_what_makes_no_schedule_is_refused(d: Desk, members: dict[str, Any], error: type[JAMSError]) -> None:
    with pytest.raises(error):
        d.job(r"\A", **members)
    id = d.job(r"\B")
    with pytest.raises(error):
        change(d, id, **members)
    assert get(d, id).elements == []


def test_days_that_cannot_be_read_are_found_where_dates_are_looked_at(d: Desk) -> None:
    job = Job(job_name="A", schedule="Wrkdays of Never")
    with pytest.raises(UnreadableDate):
        d.read(lambda c: jobs.check_dates(c, job, None, None))


def test_blanks_around_what_the_trigger_says_say_nothing_in_a_change(d: Desk) -> None:
    id = d.job(r"\A", elements=[scheduled(" FRIDAYS\r\n", "15:00")])
    change(d, id, elements=[scheduled("MONDAYS", "15:00")])
    assert said(get(d, id)) == ("MONDAYS", "15:00", None, None)
