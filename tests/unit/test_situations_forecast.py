"""S48: six jobs, two slots. What is forecast, what if, and what then happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jams.database import stored_settings, tables
from jams.objects.enums import EntryState
from jams.objects.forecast import Forecast, ForecastEntry, ForecastQuestion, Supposition
from jams.objects.schedule import Comment
from jams.objects.waits import WaitKind
from jams.scheduler import actions
from jams.security.rights import JobDefinitions, Monitor, QueueDefinitions
from tests.support.engine import World, element, values, world
from tests.support.operations import ask
from tests.support.schedule import USER

NIGHT = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)
"""A Friday."""

ALL = (Monitor.SEE_OWN, Monitor.SEE_ALL, Monitor.EXECUTE, JobDefinitions.INQUIRE, QueueDefinitions.INQUIRE)
DUE = Supposition(job="\\SUM", due=NIGHT.replace(hour=21))


@pytest.fixture
def w(place: Path | str) -> Iterator[World]:
    with world(place) as made:
        made.write(lambda c: stored_settings.put(c, "TimeZone", "UTC", user=USER))
        made.at(NIGHT - timedelta(minutes=1))
        made.queue("Q", 2)
        made.resource("R", 0)
        for number in range(1, 7):
            job(made, f"E{number}", "20:00", BatchQueue="Q", SchedulingPriority=7 - number)
            lasts(made, f"E{number}", 30)
        job(made, "SUM", "20:45", element("JobDependency", DependsOnJob="\\E6"))
        job(made, "NEVER", "13:00")
        job(made, "WEEK", "20:00", day="Saturday")
        job(made, "HELD", "14:00")
        job(made, "AFTER", "14:00", element("JobDependency", DependsOnJob="\\HELD"))
        job(made, "USER", "14:00", element("ResourceRequirement", Resource="R"))
        lasts(made, "SUM", 1)
        made.plan()
        while made.turn(plan=True).planned.more:  # type: ignore[union-attr]
            pass
        made.act(actions.hold, made.numbers("HELD")[0], Comment())
        made.at(NIGHT)
        yield made


def job(w: World, name: str, at: str, *elements: Any, day: str = "Daily", **properties: Any) -> None:
    trigger = element("ScheduleTrigger", ScheduledDate=day, ScheduledTime=at)
    w.job(f"\\{name}", elements=[trigger, *elements], properties=values(**properties))


def lasts(w: World, name: str, minutes: int) -> None:
    """Runs of the job have lasted so long, twenty times."""
    w.lasts[name] = timedelta(minutes=minutes)
    told = {"run_count": 20, "sum_elapsed": 1200.0 * minutes}
    w.write(lambda c: c.execute(tables.job.update().where(tables.job.c.name == name).values(told)))


def asked(w: World, *suppose: Supposition, rights: Any = ALL, **inputs: Any) -> Forecast:
    question = ForecastQuestion(suppose=[DUE, *suppose] if rights is ALL else list(suppose))
    found: Forecast = ask(w, "get_forecast", *rights, body=question, **inputs)
    return found


def starts(found: Forecast) -> dict[str, str]:
    told = {each.job_name: each.start_time_utc for each in found.entries}
    return {name: f"{at:%H:%M}" if at else "" for name, at in sorted(told.items())}


def of(found: Forecast, name: str) -> ForecastEntry:
    return next(each for each in found.entries if each.job_name == name)


NOT_FORECAST = {"HELD": "", "AFTER": "", "USER": "", "NEVER": "13:00"}


def test_s48_six_jobs_two_slots(w: World) -> None:
    before = w.read(lambda c: c.execute(tables.counter.select()).all())
    found = asked(w)
    slots = {"E1": "20:00", "E2": "20:00", "E3": "20:30", "E4": "20:30", "E5": "21:00", "E6": "21:00"}
    assert starts(found) == {**NOT_FORECAST, **slots, "SUM": "21:30"}
    late = of(found, "SUM")
    assert late.late and found.late_count == 1 and late.due_utc == DUE.due
    assert [(step.kind, step.name, step.job_name) for step in late.path] == [
        (WaitKind.JOB, "", "E6"),
        (WaitKind.QUEUE, "Q", "E3"),
        (WaitKind.QUEUE, "Q", "E1"),
    ]
    assert [step.beside for step in late.path] == [0, 1, 1]
    assert of(found, "NEVER").assumed and not of(found, "E1").assumed
    assert of(found, "HELD").current_state is EntryState.HELD
    assert {wait.kind for wait in of(found, "USER").waits} == {WaitKind.RESOURCE}
    assert {wait.kind for wait in of(found, "AFTER").waits} == {WaitKind.JOB}
    # Nothing of it has come to pass.
    assert w.read(lambda c: c.execute(tables.counter.select()).all()) == before
    w.at(NIGHT + timedelta(days=1))
    played = {run.job: f"{run.began:%H:%M}" for run in w.runs}
    assert played == {name: at for name, at in starts(found).items() if at}


def test_s48_what_if_there_were_three_slots(w: World) -> None:
    found = asked(w, Supposition(queue="Q", limit=3))
    assert (starts(found)["E6"], starts(found)["SUM"]) == ("20:30", "21:00")


def test_s48_what_if_the_first_took_90_minutes(w: World) -> None:
    found = asked(w, Supposition(job="\\E1", elapsed=5400.0))
    slots = {"E2": "20:00", "E3": "20:30", "E4": "21:00", "E5": "21:30", "E6": "21:30", "SUM": "22:00"}
    assert starts(found).items() >= slots.items()


def test_what_one_may_not_see_is_not_told_and_counts_all_the_same(w: World) -> None:
    mine = w.submit("\\E6")
    found = asked(w, rights=(Monitor.SEE_OWN,), late=False)
    assert [each.jams_entry for each in found.entries] == [mine]
    assert "SUM" not in str(found)
