"""Triggers of jobs: what submits them, once each time, and what keeps them from firing without end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from jams.database import folders, tables, variables
from jams.objects.definitions import Folder, Variable
from jams.objects.enums import DataType, InitiatorType
from jams.objects.parts import Element, ParamDef
from jams.objects.patch import patch_of
from jams.objects.schedule import SubmitInfo
from jams.services.file_watch import FileWatch
from tests.support.engine import element
from tests.support.field import Field, Play, field
from tests.support.schedule import USER


@pytest.fixture
def w(place: Path | str) -> Iterator[Field]:
    with field(place, "2027-03-08 09:00") as made:
        yield made


def after(job: str, **more: Any) -> Element:
    return element("JobCompletionTrigger", DependsOnJob=job, **more)


def variable(w: Field, name: str, value: str, kind: DataType = DataType.TEXT) -> None:
    document = Variable(variable_name=name, parent_folder_name="\\T", data_type=kind, value=value)
    w.write(lambda c: variables.create(c, document, user=USER))
    w.turns()


def put(w: Field, name: str, value: str) -> None:
    w.write(lambda c: variables.set_value(c, variables.locate(c, name=name), value, user=USER))
    w.turns()


def armed(w: Field) -> Any:
    return w.read(lambda c: c.execute(select(tables.armed_trigger)).one())


def test_a_job_is_submitted_when_another_one_has_ended_as_it_should(w: Field) -> None:
    w.job("\\T\\UP")
    w.job("\\T\\DOWN", "true", after("\\T\\UP"))
    w.plays["UP"] = [Play(1, 1), Play(1, 0)]
    w.submit("UP")
    w.until("2027-03-08 09:05")
    assert w.starts("DOWN") == []
    upper = w.submit("UP")
    w.until("2027-03-08 09:10")
    assert w.starts("DOWN") == ["03-08 09:06"]
    entry = w.of("DOWN")[0]
    assert entry.initiator_type is InitiatorType.TRIGGER
    told = w.told(entry.jams_entry)
    assert "submitted by a trigger" in told
    because = f"job \\T\\UP ended Success at 2027-03-08 08:06:00 UTC (entry {upper})"
    assert f"The trigger of \\T\\DOWN fired because {because}" in told


def test_a_trigger_is_for_failures_where_a_minimum_severity_says_so(w: Field) -> None:
    w.job("\\T\\UP", RetryCount=1, RetryInterval="0:10")
    w.job("\\T\\DOWN", "true", after("\\T\\UP", MinimumSeverity="Error"))
    w.plays["UP"] = [Play(1, 1), Play(1, 0), Play(1, 1), Play(1, 1)]
    w.submit("UP")
    w.until("2027-03-08 09:30")
    assert w.starts("DOWN") == []
    w.submit("UP")
    w.until("2027-03-08 10:00")
    assert w.starts("DOWN") == ["03-08 09:42"]


def test_a_debug_run_fires_nothing(w: Field) -> None:
    up = w.job("\\T\\UP")
    w.job("\\T\\DOWN", "true", after("\\T\\UP"))
    w.enter(lambda c: SubmitInfo(submit_id=up, debug_mode=True))
    w.until("2027-03-08 09:05")
    assert w.starts("DOWN") == []


def test_triggers_that_share_a_group_fire_when_all_of_them_would(w: Field) -> None:
    for name in ("A", "B", "C"):
        w.job(f"\\T\\{name}")
    w.job("\\T\\DOWN", "true", after("\\T\\A"), after("\\T\\B"), after("\\T\\C", AndGroup="alone"))
    w.submit("A")
    w.submit("A")
    w.until("2027-03-08 09:05")
    assert w.starts("DOWN") == []
    w.submit("C")
    w.until("2027-03-08 09:10")
    assert w.starts("DOWN") == ["03-08 09:06"]
    w.submit("B")
    w.until("2027-03-08 09:15")
    assert w.starts("DOWN") == ["03-08 09:06", "03-08 09:11"]
    w.submit("B")
    w.until("2027-03-08 09:20")
    assert len(w.starts("DOWN")) == 2


def test_ends_that_come_while_the_job_runs_do_not_submit_it_again(w: Field) -> None:
    w.job("\\T\\UP")
    w.job("\\T\\DOWN", "true", after("\\T\\UP"))
    w.plays["DOWN"] = [Play(10)]
    for minute in ("09:00", "09:05", "09:20"):
        w.until(f"2027-03-08 {minute}")
        w.submit("UP")
    w.until("2027-03-08 09:40")
    assert w.starts("DOWN") == ["03-08 09:01", "03-08 09:21"]


def test_a_folder_lets_the_jobs_below_it_be_submitted_and_no_job_by_itself(w: Field) -> None:
    folder = w.folder("\\T\\F")
    w.job("\\T\\F\\A")
    w.job("\\T\\F\\B")
    below = patch_of(Folder)(elements=[after("\\T\\F\\A")])
    w.write(lambda c: folders.change(c, below, id=folder, user=USER))
    w.turns()
    w.submit("A")
    w.until("2027-03-08 09:10")
    assert (len(w.starts("A")), len(w.starts("B"))) == (1, 1)


def test_a_variable_fires_when_it_gets_the_value(w: Field) -> None:
    variable(w, "V", "0", DataType.INTEGER)
    is_greater = {"ComparisonOperator": "GreaterThan", "Value": "9"}
    w.job("\\T\\J", "true", element("VariableTrigger", Variable="\\T\\V", **is_greater))
    for value, runs in (("9", 0), ("10", 1), ("11", 2), ("2", 2), ("100", 3)):
        put(w, "\\T\\V", value)
        w.after(minutes=2)
        assert len(w.starts("J")) == runs, value
    assert "variable \\T\\V is '100'" in w.told(w.of("J")[-1].jams_entry)


def test_any_change_of_a_variable_fires_where_no_value_is_asked_for(w: Field) -> None:
    variable(w, "V", "x")
    w.job("\\T\\J", "true", element("VariableTrigger", Variable="\\T\\V"))
    w.after(minutes=2)
    assert w.starts("J") == []
    put(w, "\\T\\V", "y")
    w.after(minutes=2)
    assert len(w.starts("J")) == 1


def test_what_a_variable_is_already_counts_when_the_job_ends(w: Field) -> None:
    variable(w, "OPEN", "yes")
    w.job("\\T\\UP")
    is_open = element("VariableTrigger", Variable="\\T\\OPEN", Value="yes")
    w.job("\\T\\J", "true", after("\\T\\UP"), is_open)
    for runs in (1, 2):
        w.submit("UP")
        w.after(minutes=5)
        assert len(w.starts("J")) == runs
    put(w, "\\T\\OPEN", "no")
    w.submit("UP")
    w.after(minutes=5)
    assert len(w.starts("J")) == 2


def test_a_file_fires_once_for_each_time_that_it_comes(w: Field, tmp_path: Path) -> None:
    w.job("\\T\\J", "true", element("FileTrigger", FileName=f"{tmp_path}/*.go", SteadySeconds=0))
    watch = FileWatch(w.database)
    for runs in (1, 2):
        watch.look()
        (tmp_path / "a.go").touch()
        (tmp_path / ".b.go").touch()
        watch.look()
        w.turns()
        (tmp_path / "a.go").unlink()
        for _ in range(3):
            w.after(minutes=2)
            watch.look()
        assert len(w.starts("J")) == runs
    assert "a.go is there" in w.told(w.of("J")[-1].jams_entry)


def test_a_trigger_that_is_not_asked_for_any_more_fires_nothing(w: Field) -> None:
    w.job("\\T\\UP")
    job = w.job("\\T\\J", "true", after("\\T\\UP"))
    w.edit(job, after("\\T\\UP", Enabled=False))
    w.submit("UP")
    w.after(minutes=5)
    assert w.starts("J") == []
    w.edit(job, after("\\T\\UP"))
    w.edit(job, AutoSubmit=False)
    w.turns()
    w.submit("UP")
    w.after(minutes=5)
    assert w.starts("J") == []


def test_jobs_that_submit_each_other_are_stopped_and_it_is_told(w: Field) -> None:
    a = w.job("\\T\\A")
    w.job("\\T\\B", "true", after("\\T\\A"))
    w.edit(a, after("\\T\\B"))
    w.plays = {name: [Play(1 / 60)] * 50 for name in ("A", "B")}
    w.submit("A")
    w.until("2027-03-08 09:10")
    assert len(w.starts("B")) == 5
    stopped = [
        row for row in w.read(lambda c: c.execute(select(tables.armed_trigger)).all()) if not row.enabled
    ]
    assert len(stopped) == 1 and "more than 5 times within 60 seconds" in stopped[0].stopped
    audit = w.read(lambda c: c.execute(select(tables.audit.c.message)).scalars().all())
    assert len([line for line in audit if "was disabled" in line]) == 1


def test_a_job_that_cannot_be_submitted_is_told_and_tried_at_the_next_event(w: Field) -> None:
    w.job("\\T\\UP")
    needed = ParamDef(param_name="P", required=True)
    job = w.job("\\T\\J", "true", after("\\T\\UP"), parameters=[needed])
    w.submit("UP")
    w.after(minutes=3)
    assert w.of("J") == [] and "P" in armed(w).problem
    w.edit(job, parameters=[replace(needed, default_value="x")])
    w.turns()
    w.submit("UP")
    w.after(minutes=3)
    assert len(w.starts("J")) == 1 and armed(w).problem is None
