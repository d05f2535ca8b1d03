"""The way that makes an entry late, through resources, prechecks and setups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jams.database import stored_settings, tables
from jams.objects.forecast import Forecast, ForecastEntry, ForecastQuestion, Supposition
from jams.objects.waits import WaitKind
from jams.security.rights import JobDefinitions, Monitor
from tests.support.containers import member, sequence, setup, task
from tests.support.engine import World, element, values, world
from tests.support.operations import ask
from tests.support.schedule import USER

NOW = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)
RIGHTS = (Monitor.SEE_OWN, Monitor.SEE_ALL, Monitor.EXECUTE, JobDefinitions.INQUIRE)


@pytest.fixture
def w(place: Path | str) -> Iterator[World]:
    with world(place) as made:
        made.write(lambda c: stored_settings.put(c, "TimeZone", "UTC", user=USER))
        made.at(NOW)
        yield made


def job(w: World, name: str, minutes: int, *elements: Any, **properties: Any) -> None:
    """A job whose good runs have lasted so long."""
    w.job(f"\\{name}", elements=list(elements), properties=values(**properties))
    w.lasts[name] = timedelta(minutes=minutes)
    told = {"run_count": 20, "sum_elapsed": 1200.0 * minutes}
    w.write(lambda c: c.execute(tables.job.update().where(tables.job.c.name == name).values(told)))


def late(w: World, name: str, minutes: int) -> ForecastEntry:
    """An entry that has to be over after so many minutes and is not, and what is forecast of it."""
    due = Supposition(job=f"\\{name}", due=NOW + timedelta(minutes=minutes))
    found: Forecast = ask(w, "get_forecast", *RIGHTS, body=ForecastQuestion(suppose=[due]))
    (entry,) = [each for each in found.entries if each.late]
    assert entry.job_name == name and entry.due_utc == due.due
    return entry


def way(entry: ForecastEntry) -> list[tuple[WaitKind, str, str]]:
    return [(step.kind, step.name, step.job_name) for step in entry.path]


def minutes(moment: datetime | None) -> float:
    assert moment is not None
    return (moment - NOW).total_seconds() / 60


def test_a_resource_that_others_hold_is_the_way_of_a_late_entry(w: World) -> None:
    w.resource("Licence", 3)
    need = element("ResourceRequirement", Resource="Licence", Quantity=2)
    job(w, "Long", 40, need)
    job(w, "Middle", 15, need)
    job(w, "Late", 5, need)
    for name in ("Long", "Middle", "Late"):
        w.submit(f"\\{name}")
    entry = late(w, "Late", 50)
    assert way(entry) == [(WaitKind.RESOURCE, "Licence", "Middle"), (WaitKind.RESOURCE, "Licence", "Long")]
    assert minutes(entry.start_time_utc) == 55
    assert [minutes(step.until_utc) for step in entry.path] == [55, 40]


def test_a_precheck_that_takes_long_is_the_way_of_a_late_entry(w: World) -> None:
    job(w, "Check", 20)
    w.queue("One", 1)
    job(w, "Before", 30, BatchQueue="One")
    job(w, "Late", 5, element("PrecheckJob", Job="\\Check"))
    w.submit("\\Before")
    w.submit("\\Late")
    entry = late(w, "Late", 10)
    assert [(kind, brought) for kind, _, brought in way(entry)] == [(WaitKind.PRECHECK, "Check")]
    assert minutes(entry.start_time_utc) == 20


def test_the_way_goes_on_behind_a_precheck_that_had_to_wait(w: World) -> None:
    w.queue("One", 1)
    job(w, "Before", 30, BatchQueue="One")
    job(w, "Check", 10, BatchQueue="One")
    job(w, "Late", 5, element("PrecheckJob", Job="\\Check"))
    w.submit("\\Before")
    w.submit("\\Late")
    entry = late(w, "Late", 42)
    assert way(entry) == [(WaitKind.PRECHECK, "", "Check"), (WaitKind.QUEUE, "One", "Before")]
    assert [minutes(step.until_utc) for step in entry.path] == [40, 30]


def nightly(w: World, **more: Any) -> None:
    """Two extracts, one of which waits for a resource that somebody else has; a load, a report."""
    w.resource("Licence", 1)
    need = element("ResourceRequirement", Resource="Licence")
    job(w, "Other", 30, need)
    job(w, "Quick", 5)
    job(w, "Waits", 10, need)
    job(w, "Load", 20)
    job(w, "Report", 5)
    steps = [("Quick", 10), ("Waits", 10), ("Load", 20), ("Report", 30)]
    setup(w, "\\Nightly", *(member(f"\\{name}", step) for name, step in steps), **more)


BEHIND = [
    (WaitKind.STEP, "", "Load"),
    (WaitKind.STEP, "", "Waits"),
    (WaitKind.RESOURCE, "Licence", "Other"),
]


def test_the_way_of_a_late_setup_leads_through_its_members(w: World) -> None:
    nightly(w)
    w.submit("\\Other")
    w.submit("\\Nightly")
    entry = late(w, "Nightly", 60)
    assert way(entry) == [(WaitKind.MEMBER, "", "Report"), *BEHIND]
    assert [minutes(step.until_utc) for step in entry.path] == [65, 60, 40, 30]
    assert minutes(entry.completion_time_utc) == 65


def test_the_way_of_a_late_member_leads_through_those_before_it(w: World) -> None:
    nightly(w)
    w.submit("\\Other")
    w.submit("\\Nightly")
    assert way(late(w, "Report", 62)) == BEHIND


def test_the_way_of_who_waits_for_a_setup_leads_through_its_members(w: World) -> None:
    nightly(w)
    job(w, "Late", 5, element("JobDependency", DependsOnJob="\\Nightly"))
    w.submit("\\Other")
    w.submit("\\Nightly")
    w.submit("\\Late")
    assert way(late(w, "Late", 60)) == [
        (WaitKind.JOB, "", "Nightly"),
        (WaitKind.MEMBER, "", "Report"),
        *BEHIND,
    ]


def test_what_a_setup_waited_for_its_members_have_waited_for(w: World) -> None:
    job(w, "Before", 45)
    job(w, "Only", 5)
    after = element("JobDependency", DependsOnJob="\\Before")
    setup(w, "\\Nightly", member("\\Only", 10), elements=[after])
    w.submit("\\Before")
    w.submit("\\Nightly")
    expected = [(WaitKind.JOB, "", "Before")]
    assert way(late(w, "Only", 47)) == expected
    assert way(late(w, "Nightly", 47)) == [(WaitKind.MEMBER, "", "Only"), *expected]


def test_the_way_of_a_late_sequence_leads_through_the_longest_of_those_beside_each_other(w: World) -> None:
    for name, lasts in (("a", 5), ("b", 25), ("c", 10), ("d", 5)):
        job(w, name, lasts)
    sequence(
        w,
        "\\Flow",
        member("\\a"),
        task("ParallelTask", "p"),
        member("\\b", ParentTaskID="p"),
        member("\\c", ParentTaskID="p"),
        member("\\d"),
    )
    w.submit("\\Flow")
    steps = [(WaitKind.MEMBER, "", "d"), (WaitKind.STEP, "", "b"), (WaitKind.STEP, "", "a")]
    assert way(late(w, "Flow", 30)) == steps


def test_a_setup_of_a_setup_that_ended_before_is_not_told_of_again(w: World) -> None:
    job(w, "a", 10)
    setup(w, "\\inner", member("\\a", 1))
    setup(w, "\\outer", member("\\inner", 1), member("\\a", 2))
    w.submit("outer")

    def foreseen() -> list[str]:
        found: Forecast = ask(w, "get_forecast", *RIGHTS, body=ForecastQuestion())
        return sorted(each.job_name for each in found.entries)

    w.at(NOW + timedelta(minutes=5))
    assert foreseen() == ["a", "a", "inner", "outer"]
    w.at(NOW + timedelta(minutes=15))
    assert foreseen() == ["a", "outer"]
    w.at(NOW + timedelta(minutes=30))
    assert foreseen() == []
