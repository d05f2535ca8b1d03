"""What entries wait for, and when they go on (semantics 2.4, 2.7, 2.9, 2.10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from jams.database import file_facts, folders, happenings, tables
from jams.objects.definitions import Folder
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.errors import CircularDependency, JobNotFound, QueueNotFound
from jams.objects.patch import patch_of
from jams.objects.schedule import Cancel, Comment, Release, Reschedule
from jams.scheduler import actions, looking
from jams.scheduler.sweep import FILES_KEPT, sweep
from jams.services.file_watch import FileWatch
from tests.support import databases
from tests.support.engine import World, element, values, world


@pytest.fixture(params=databases.KINDS)
def w(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.database(request.param, tmp_path) as where, world(where) as made:
        yield made


def depends(on: str = "\\up", **more: object) -> object:
    return element("JobDependency", DependsOnJob=on, **more)


def test_a_plain_job_runs_at_once(w: World) -> None:
    w.job("\\j")
    number = w.submit("j")
    w.turns()
    assert w.began(number) == [w.now]
    w.after(minutes=2)
    assert w.state(number) is EntryState.COMPLETE


def test_a_job_waits_for_an_end_from_its_time_on(w: World) -> None:
    w.job("\\up")
    w.job("\\down", elements=[depends()])
    w.submit("up")
    w.after(minutes=2)
    number = w.submit("down")
    w.after(minutes=1)
    assert w.state(number) is EntryState.DEPENDENCY_WAIT
    assert (
        "Job \\up has not ended Success since 2027-03-01 06:02:00 UTC; it is not in the schedule."
        in w.told(number)
    )
    upper = w.submit("up")
    w.turns()
    assert f"it is executing (entry {upper}, usually 60 s)" in w.told(number)
    w.after(minutes=1)
    assert w.began(number) == [w.now]


def test_a_turn_looks_at_so_many_that_an_end_concerns_and_the_next_at_the_others(
    w: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST", 3)
    w.job("\\up")
    w.job("\\other")
    w.job("\\both", elements=[depends(), depends("\\other")])
    w.job("\\down", elements=[depends()])
    still = [w.submit("both") for _ in range(4)]
    going = [w.submit("down") for _ in range(7)]
    w.turns()
    w.submit("up")
    looked: list[int] = []
    inner = looking.look_at

    def counted(c: Connection, numbers: list[int], now: datetime) -> None:
        looked.append(len(numbers))
        inner(c, numbers, now)

    monkeypatch.setattr(looking, "look_at", counted)
    w.after(minutes=1)
    assert max(looked) <= 3
    assert [w.began(number) for number in going] == [[w.now]] * 7
    assert {w.state(number) for number in still} == {EntryState.DEPENDENCY_WAIT}
    w.submit("other")
    w.after(minutes=1)
    assert [w.began(number) for number in still] == [[w.now]] * 4


@pytest.mark.parametrize(("code", "severity", "opens"), [(1, "Success", False), (1, "Error", True)])
def test_an_end_counts_that_is_good_enough(w: World, code: int, severity: str, opens: bool) -> None:
    w.job("\\up")
    w.job("\\down", elements=[depends(CompletionSeverity=severity)])
    w.exits["up"] = [code]
    number = w.submit("down")
    w.submit("up")
    w.after(minutes=2)
    assert bool(w.began(number)) is opens


def test_within_a_span(w: World) -> None:
    w.job("\\up")
    w.job("\\down", elements=[depends(WithinTime="1:00")])
    w.submit("up")
    w.after(minutes=30)
    soon = w.submit("down")
    w.turns()
    assert len(w.began(soon)) == 1
    w.after(minutes=40)
    late = w.submit("down")
    w.turns()
    assert w.state(late) is EntryState.DEPENDENCY_WAIT and "within the last 60 min" in w.told(late)


def test_all_instances_have_to_end(w: World) -> None:
    w.job("\\up")
    w.job("\\down", elements=[depends(WaitForAll=True)])
    number = w.submit("down")
    w.submit("up")
    held = w.submit("up", hold=True)
    w.after(minutes=2)
    assert not w.began(number)
    w.act(actions.cancel, held, Cancel())
    w.turns()
    assert len(w.began(number)) == 1


def test_a_job_that_is_gone_is_told_and_passed_by_a_release(w: World) -> None:
    w.job("\\up")
    w.job("\\down", elements=[depends()])
    number = w.submit("down")
    w.turns()
    w.write(lambda c: c.execute(tables.job.delete().where(tables.job.c.name == "up")))
    assert "is not there any more" in w.told(number)
    w.act(actions.release, number, Release(release_types=[ReleaseType.IGNORE_DEPENDENCIES]))
    w.turns()
    assert len(w.began(number)) == 1


def test_a_queue_has_so_many_slots(w: World) -> None:
    queue = w.queue("Q", 2)
    w.job("\\j", properties=values(BatchQueue="Q"))
    numbers = [w.submit("j") for _ in range(5)]
    w.turns()
    assert len(w.alive) == 2
    assert w.state(numbers[2]) is EntryState.RESOURCE_WAIT
    assert "Queue Q has no free slot: 2 of 2 run." in w.told(numbers[2])
    w.change(tables.queue, queue, job_limit=4)
    w.turns()
    assert len(w.alive) == 4
    w.after(minutes=5)
    assert w.live() == 0 and len(w.runs) == 5


def test_a_stopped_queue_stops_new_starts_only(w: World) -> None:
    queue = w.queue("Q", 1)
    w.job("\\j", properties=values(BatchQueue="Q"))
    first, second = w.submit("j"), w.submit("j")
    w.turns()
    w.change(tables.queue, queue, started=False)
    w.after(minutes=2)
    assert w.state(first) is EntryState.COMPLETE and w.told(second) == "Queue Q is stopped."
    w.change(tables.queue, queue, started=True)
    w.turns()
    assert len(w.began(second)) == 1


def test_priority_then_arrival(w: World) -> None:
    w.queue("Q", 1)
    w.job("\\j", properties=values(BatchQueue="Q"))
    blocker = w.submit("j")
    w.turns()
    low = [w.submit("j") for _ in range(2)]
    w.turns()
    high = w.submit("j", priority=5)
    w.after(minutes=10)
    assert [run.number for run in w.runs] == [blocker, high, *low]


def test_resources_are_taken_and_given_back(w: World) -> None:
    resource = w.resource("R", 3)
    w.job("\\j", elements=[element("ResourceRequirement", Resource="R", Quantity=2)])
    first, second = w.submit("j"), w.submit("j")
    w.turns()
    assert len(w.began(first)) == 1 and w.state(second) is EntryState.RESOURCE_WAIT
    assert "It needs 2 of resource R: 2 of 3 are in use." in w.told(second)
    w.change(tables.resource, resource, quantity=1)
    w.after(minutes=2)
    assert "It needs 2 of resource R, which is more than there is: 0 of 1 are in use." in w.told(second)
    w.act(actions.release, second, Release(release_types=[ReleaseType.IGNORE_RES_REQ]))
    w.turns()
    assert len(w.began(second)) == 1


def test_requirements_of_folder_and_job_are_added(w: World) -> None:
    w.resource("R", 3)
    need = element("ResourceRequirement", Resource="R", Quantity=2)
    w.folder("\\F", elements=[need])
    w.job("\\F\\more", elements=[need])
    w.job("\\F\\less", elements=[element("ResourceRequirement", Resource="R", Quantity=-2)])
    more, less = w.submit("more"), w.submit("less")
    w.turns()
    assert "It needs 4 of resource R" in w.told(more) and len(w.began(less)) == 1


def test_a_single_instance_waits(w: World) -> None:
    w.job("\\j", properties=values(SingleInstanceAction="Wait"))
    first, second = w.submit("j"), w.submit("j")
    w.turns()
    assert len(w.alive) == 1 and "Another entry of its job is running." in w.told(second)
    w.after(minutes=3)
    assert w.began(second)[0] == w.began(first)[0] + timedelta(minutes=1)


def test_a_single_instance_is_cancelled(w: World) -> None:
    w.job("\\j", properties=values(SingleInstanceAction="Cancel"))
    w.submit("j")
    w.turns()
    second = w.submit("j")
    w.turns()
    assert w.entry(second).final_status == "Another entry of its job is running."


def test_a_variable_opens(w: World) -> None:
    from jams.database import variables
    from jams.objects.definitions import Variable
    from jams.objects.enums import DataType

    document = Variable(variable_name="v", data_type=DataType.INTEGER, value="9")
    w.write(lambda c: variables.create(c, document, user="ada"))
    w.job(
        "\\j",
        elements=[
            element("VariableDependency", Variable="\\v", ComparisonOperator="GreaterThanOrEqual", Value="10")
        ],
    )
    number = w.submit("j")
    w.turns()
    assert w.told(number) == "Variable \\v is '9'; it waits until it is at least '10'."
    passing = w.submit("j")
    w.act(actions.release, passing, Release(release_types=[ReleaseType.IGNORE_DEPENDENCIES]))
    w.write(lambda c: variables.set_value(c, variables.locate(c, name="\\v"), "10", user="ada"))
    w.turns()
    assert len(w.began(number)) == len(w.began(passing)) == 1
    assert f"{number} went on: what it depends on has come. Variable \\v is at least '10'." in w.told(number)
    assert "\\v" not in w.told(passing)


def test_a_run_that_somebody_ends_is_not_tried_again(w: World) -> None:
    w.job("\\j", properties=values(RetryCount=2, RetryInterval="0:10"))
    w.exits["j"] = [1]
    number = w.submit("j")
    w.after(minutes=2)
    w.act(actions.cancel, number, Cancel())
    w.after(hours=1)
    assert len(w.began(number)) == 1 and w.state(number) is EntryState.COMPLETE


def test_a_window_opens(w: World) -> None:
    w.job("\\j", elements=[element("ScheduleWindow", FromTime="22:00", ToTime="02:00")], properties=values())
    number = w.submit("j")
    w.turns()
    assert w.state(number) is EntryState.TIMED and "It waits until its window opens" in w.told(number)
    w.after(hours=30)
    (began,) = w.began(number)
    assert (began.hour, began.minute) == (22, 0)


@pytest.mark.parametrize(
    ("codes", "state"), [([0], "Complete"), ([75, 1, 0], "Complete"), ([83], "Complete")]
)
def test_a_precheck_says_whether_it_may_start(w: World, codes: list[int], state: str) -> None:
    w.job("\\check")
    w.job("\\j", elements=[element("PrecheckJob", Job="\\check", Delay="0:05")])
    w.exits["check"] = list(codes)
    number = w.submit("j")
    w.turns()
    assert w.state(number) is EntryState.PRECHECK_WAIT and "\\check" in w.told(number)
    w.after(hours=1)
    assert w.entry(number).current_state.value == state
    cancelled = codes[-1] == 83
    assert bool(w.began(number)) is not cancelled
    assert w.entry(number).final_severity is (Severity.ERROR if cancelled else Severity.SUCCESS)
    check = w.numbers("check")[0]
    assert len(w.began(check)) == len(codes)
    assert f"It is the precheck of entry {number} (j)." in w.told(check)


def test_a_precheck_with_an_interval_of_nothing_runs_again_after_the_usual_one(w: World) -> None:
    w.job("\\check")
    w.job("\\j", elements=[element("PrecheckJob", Job="\\check", Delay="0")])
    w.exits["check"] = [75, 75, 0]
    number = w.submit("j")
    w.after(minutes=4)
    check = w.numbers("check")[0]
    assert len(w.began(check)) == 1
    w.after(minutes=16)
    assert len(w.began(check)) == 3 and len(w.began(number)) == 1


def test_a_job_that_may_end_badly_is_not_told_of_as_if_it_had_to(w: World) -> None:
    w.job("\\up")
    w.job("\\down", elements=[element("JobDependency", DependsOnJob="\\up", CompletionSeverity="Error")])
    number = w.submit("down")
    w.turns()
    assert "Job \\up has not ended Error or better since" in w.told(number)


def test_a_dependency_within_no_time_is_one_without_a_span(w: World) -> None:
    w.job("\\up")
    w.job("\\down", elements=[element("JobDependency", DependsOnJob="\\up", WithinTime="0")])
    number = w.submit("down")
    w.turns()
    assert "within" not in w.told(number)
    w.submit("up")
    w.after(minutes=5)
    assert len(w.began(number)) == 1


def test_one_that_stands_back_for_a_large_one_says_for_which(w: World) -> None:
    w.resource("R", 3)
    for name, quantity in (("two", 2), ("all", 3), ("one", 1)):
        w.job(f"\\{name}", elements=[element("ResourceRequirement", Resource="R", Quantity=quantity)])
    w.lasts["two"] = timedelta(hours=1)
    w.submit("two")
    w.turns()
    large = w.submit("all")
    w.after(minutes=11)
    small, next_one = w.submit("one"), w.submit("one")
    w.turns()
    assert w.state(small) is EntryState.RESOURCE_WAIT
    assert w.told(small) == (
        f"It stands back for entry {large} (all), which has waited for more of the same for 10 minutes."
    )
    assert "stands back" in w.told(next_one)
    w.after(hours=2)
    assert len(w.began(small)) == 1


def test_what_an_entry_will_lack_is_told_before_it_is_looked_at(w: World) -> None:
    w.queue("Q", 1)
    w.job("\\j", properties=values(BatchQueue="Q"))
    w.submit("j")
    w.turns()
    number = w.submit("j")
    assert w.state(number) is EntryState.SCHEDULED
    assert w.told(number) == "Queue Q has no free slot: 1 of 1 run."


def test_a_hold_takes_an_entry_out_of_its_line(w: World) -> None:
    w.queue("Q", 1)
    w.job("\\j", properties=values(BatchQueue="Q"))
    w.submit("j")
    w.turns()
    second, third = w.submit("j"), w.submit("j")
    w.turns()
    w.act(actions.hold, second, Comment())
    w.after(minutes=10)
    assert not w.began(second) and len(w.began(third)) == 1
    w.act(actions.release, second, Release())
    w.turns()
    assert len(w.began(second)) == 1


def test_it_is_told_why_an_entry_went_on(w: World) -> None:
    w.job("\\up")
    w.job("\\down", elements=[depends()])
    number = w.submit("down", hold=True)
    w.turns()
    w.act(actions.release, number, Release())
    upper = w.submit("up")
    w.after(minutes=2)
    told = [(wait.kind.value, wait.message) for wait in w.why(number)]
    assert told[0] == ("Origin", f"Entry {number} was submitted (by ada).")
    assert told[1][1].startswith(f"Entry {number} was released (by ada). Released from: ManualHold")
    assert told[2][1].endswith(f"Job \\up ended Success at 2027-03-01 06:01:00 UTC (entry {upper}).")


@pytest.mark.parametrize("present", [True, False])
def test_a_file_opens_when_it_comes_or_goes(w: World, tmp_path: Path, present: bool) -> None:
    file = tmp_path / "a.go"
    if not present:
        file.touch()
    presence = "Present" if present else "Absent"
    w.job("\\j", elements=[element("FileDependency", FileName=f"{tmp_path}/*.go", FilePresence=presence)])
    watch = FileWatch(w.database)
    number = w.submit("j")
    w.turns()
    assert watch.look() == 1
    w.turns()
    assert w.state(number) is EntryState.DEPENDENCY_WAIT and "*.go is" in w.told(number)
    if present:
        file.touch()
    else:
        file.unlink()
    watch.look()
    w.turns()
    assert len(w.began(number)) == 1 and watch.look() == 0
    seen = "is there" if present else "is not there"
    assert f"went on: what it depends on has come. File {tmp_path}/*.go {seen}." in w.told(number)


def test_what_was_seen_of_a_file_before_an_entry_asked_does_not_count(w: World, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    ready.touch()
    w.job("\\j", elements=[element("FileDependency", FileName=str(ready))])
    watch = FileWatch(w.database)
    first = w.submit("j")
    w.turns()
    watch.look()
    w.after(minutes=5)
    assert len(w.began(first)) == 1
    ready.unlink()
    second = w.submit("j")
    w.turns()
    watch.look()
    w.turns()
    assert not w.began(second)


def test_a_file_that_was_forgotten_is_looked_for_again_where_the_entry_stays_as_it_is(
    w: World, tmp_path: Path
) -> None:
    ready = tmp_path / "ready"
    ready.touch()
    up = w.job("\\up")
    w.job("\\j", elements=[depends(), element("FileDependency", FileName=str(ready))])
    watch = FileWatch(w.database)
    number = w.submit("j")
    w.turns()
    assert watch.look() == 1
    w.turns()
    assert watch.look() == 0
    assert w.write(lambda c: file_facts.forget_unwanted(c, w.now - FILES_KEPT)) == 0
    w.after(days=30)
    sweep(w.database, w.now)
    w.write(lambda c: happenings.note(c, f"job:{up}"))
    w.turns()
    assert w.state(number) is EntryState.DEPENDENCY_WAIT and watch.look() == 1
    w.submit("up")
    w.after(minutes=2)
    assert len(w.began(number)) == 1


def test_a_file_for_which_somebody_waits_is_never_forgotten(w: World, tmp_path: Path) -> None:
    file = element("FileDependency", FileName=str(tmp_path / "never"))
    w.job("\\j", elements=[file])
    watch = FileWatch(w.database)
    w.submit("j")
    w.turns()
    watch.look()
    w.after(days=40)
    sweep(w.database, w.now)
    assert watch.look() == 1


def test_a_release_from_a_time_is_for_that_time_alone(w: World) -> None:
    """Another time, of a reschedule or of the next attempt, is waited for again, and told."""
    w.queue("Q", 1)
    w.job("\\j", properties=values(BatchQueue="Q", RetryCount=1, RetryInterval="0:10"))
    w.exits["j"] = [1]
    number = w.submit("j", hold=True)
    w.act(actions.reschedule, number, Reschedule(hold_time=w.now + timedelta(hours=1), held=False))
    w.act(actions.release, number, Release(release_types=[ReleaseType.TIMED_WAIT]))
    w.after(minutes=5)
    assert len(w.began(number)) == 1 and "It is attempt 2 of 2" in w.told(number)
    w.act(actions.reschedule, number, Reschedule(hold_time=w.now + timedelta(hours=2)))
    w.after(hours=1)
    assert w.state(number) is EntryState.TIMED and "scheduled for" in w.told(number)
    w.after(hours=2)
    assert len(w.began(number)) == 2


def test_what_a_folder_demands_lets_no_job_wait_for_itself(w: World) -> None:
    w.folder("\\F")
    w.job("\\F\\first")
    w.job("\\F\\second")
    w.write(
        lambda c: folders.change(
            c,
            patch_of(Folder)(elements=[depends("\\F\\first")]),
            name="\\F",
            user="ada",
        )
    )
    second, first = w.submit("second"), w.submit("first")
    w.after(minutes=2)
    assert len(w.began(first)) == 1 and w.began(second) == [w.began(first)[0] + timedelta(minutes=1)]


def test_a_precheck_of_its_own_runs_once(w: World) -> None:
    w.job("\\check")
    w.job("\\j", elements=[element("PrecheckJob", Job="\\check")])
    w.submit("j")
    w.after(minutes=5)
    assert w.live() == 0 and len(w.runs) == 2


def test_an_entry_is_rescheduled_into_another_queue(w: World) -> None:
    w.queue("Q", 0)
    w.queue("P", 1)
    w.job("\\j", properties=values(BatchQueue="Q"))
    number = w.submit("j")
    w.turns()
    assert "Queue Q has no free slot" in w.told(number)
    with pytest.raises(QueueNotFound):
        w.act(actions.reschedule, number, Reschedule(properties=values(BatchQueue="Nowhere")))
    w.act(actions.reschedule, number, Reschedule(properties=values(BatchQueue="P")))
    w.turns()
    assert len(w.began(number)) == 1
    w.job("\\plain")
    plain = w.submit("plain", hold=True)
    w.act(actions.reschedule, plain, Reschedule(properties=values(BatchQueue="Q"), held=False))
    w.turns()
    assert "Queue Q has no free slot" in w.told(plain)


@pytest.mark.parametrize("name", ["report", "\\report", " Report "])
def test_a_job_that_is_made_may_name_itself_by_its_name_alone(w: World, name: str) -> None:
    """The since job is usually the job itself; whether by name or path is the same once it is there."""
    w.job("\\up")
    w.job("\\report", elements=[depends("\\up", SinceJob=name)])
    w.submit("up")
    w.after(minutes=2)
    first, second = w.submit("report"), w.submit("report")
    w.turns()
    assert len(w.began(first)) == 1
    w.after(minutes=5)
    third = w.submit("report")
    w.after(minutes=5)
    assert not w.began(third) and "since the last end of \\report" in w.told(third)
    assert not w.began(second)
    with pytest.raises(CircularDependency, match=r"\\me → \\me"):
        w.job("\\me", elements=[depends("me")])
    with pytest.raises(JobNotFound):
        w.job("\\you", elements=[depends("\\up", SinceJob="me")])
