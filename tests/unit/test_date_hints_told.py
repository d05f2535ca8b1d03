"""What is told of the dates of a definition: of those on which something runs alone."""

from __future__ import annotations

import pytest

from jams.objects.definitions import Job
from jams.objects.parts import Element
from jams.operations.date_hints import of_dates
from tests.support.engine import values


def told(kind: str, member: str, **properties: object) -> str:
    element = Element(element_name="E", element_type_name=kind, properties=values(**properties))
    return of_dates(Job(job_name="j", **{member: [element]}))


@pytest.mark.parametrize(
    ("kind", "member", "name", "is_told"),
    [
        ("ScheduleTrigger", "elements", "ScheduledDate", True),
        ("SubmitJobTask", "source_elements", "OnlySubmitOn", True),
        ("SubmitJobTask", "source_elements", "ScheduleForDate", False),
        ("DateSpecificDependency", "elements", "ScheduledDate", False),
    ],
)
def test_a_day_that_is_meant_as_one_is_not_said_never_to_run(
    kind: str, member: str, name: str, is_told: bool
) -> None:
    assert ("YESTERDAY never runs" in told(kind, member, **{name: "YESTERDAY"})) is is_told
