"""What a row belongs to that cannot be read is shown, replaced and removed, and does not run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jams.objects.calendars import Calendar
from jams.objects.definitions import Folder, Job
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import Damaged, JAMSError
from jams.objects.parts import ParamDef, PropertyValue
from jams.operations import CATALOGUE
from jams.security.rights import Monitor
from tests.support.damage import ME, Room, damaged_room
from tests.support.schedule import ended


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Room]:
    with damaged_room(tmp_path) as made:
        yield made


SHOWN: list[tuple[str, str, str]] = [
    ("folder", "get_folder", "delete_folder"),
    ("job", "get_job", "delete_job"),
    ("variable", "get_variable", "delete_variable"),
    ("agent", "get_agent", "delete_agent"),
    ("calendar", "get_calendar", "delete_calendar"),
    ("date_type", "get_date_type", "delete_date_type"),
    ("named_time", "get_named_time", "delete_named_time"),
    ("queue", "get_queue", "delete_queue"),
    ("resource", "get_resource", "delete_resource"),
    ("alert", "get_alert", "delete_alert"),
    ("menu", "get_menu", "delete_menu"),
    ("credential", "get_credential", "delete_credential"),
]


@pytest.mark.parametrize(("table", "getter", "remover"), SHOWN)
def test_a_damaged_definition_is_shown_replaced_and_removed(
    fresh: Room, table: str, getter: str, remover: str
) -> None:
    for number in fresh.held:
        fresh.call("cancel_entry", id=number)
    key = fresh.broken(table)
    shown = fresh.call(getter, id=key)
    assert "document" in shown.damage
    if table == "agent":
        shown = msgspec.structs.replace(
            shown, properties=[PropertyValue(property_name="Address", current_value="h")]
        )
    changer = CATALOGUE[f"change_{table}"]
    assert changer.body is not None
    fresh.call(changer.name, **{changer.body.name: shown})
    assert fresh.call(getter, id=key).damage is None
    fresh.broken(table)
    fresh.call(remover, id=key)
    with pytest.raises(JAMSError) as gone:
        fresh.call(getter, id=key)
    assert gone.value.kind.value == "NotFound"


def test_a_change_in_part_does_not_hide_that_something_is_lost(fresh: Room) -> None:
    key = fresh.broken("job")
    with pytest.raises(Damaged, match="as a whole"):
        fresh.call("change_job", id=key, description="other")
    assert fresh.call("get_job", id=key).damage


def test_what_can_be_read_of_a_damaged_row_is_shown(fresh: Room) -> None:
    key = fresh.last("job")
    fresh.damage(
        "job", key, "document",
        '{"description": "kept", "parameters": [{"paramName": "a"}, {"paramName": ""}, {"paramName": "b"}]}',
    )  # fmt: skip
    job = fresh.call("get_job", id=key)
    assert (job.description, [p.param_name for p in job.parameters]) == ("kept", ["a", "b"])
    assert "parameters" in job.damage


def test_a_damaged_entry_is_shown_cancelled_and_removed(fresh: Room) -> None:
    number = fresh.broken("entry")
    (shown,) = [e for e in fresh.call("find_entries") if e.jams_entry == number]
    assert (shown.current_state, shown.job_name) == (EntryState.HELD, "J2")
    assert shown.damage == shown.icon_message == fresh.call("get_entry", id=number).damage
    fresh.call("cancel_entry", id=number)
    ended_now = fresh.call("get_entry", id=number)
    assert (ended_now.current_state, ended_now.final_status) == (EntryState.COMPLETE, f"Cancelled by {ME}.")
    fresh.call("remove_entry", id=number)
    assert number not in [e.jams_entry for e in fresh.call("find_entries")]
    assert fresh.call("find_history")[0].damage is None


@pytest.mark.parametrize("value", ["Nowhere", b"\xff", 5])
def test_an_entry_in_no_state_is_cancelled_and_removed(fresh: Room, value: Any) -> None:
    number = fresh.last("entry")
    fresh.damage("entry", number, "state", value)
    assert fresh.call("get_entry", id=number).current_state is EntryState.HELD
    fresh.call("cancel_entry", id=number)
    fresh.call("remove_entry", id=number)
    assert fresh.call("find_entries")[-1].jams_entry == number - 1


@pytest.mark.parametrize(
    "column", ["state", "version", "priority", "scheduled_time", "document", "submitted_by"]
)
def test_the_end_of_a_run_is_recorded_whatever_its_entry_looks_like(fresh: Room, column: str) -> None:
    first, second = fresh.submit("\\J1"), fresh.submit("\\J2")
    tokens = [fresh.town.executing(number) for number in (first, second)]
    fresh.damage("entry", second, column, b"\xff")
    for token in tokens:
        fresh.town.scheduler.run_ended(ended(token))
    fresh.town.over(first)
    fresh.town.over(second)
    assert fresh.call("get_entry", id=second).final_severity is Severity.SUCCESS
    assert {first, second} <= {record.jams_entry for record in fresh.call("find_history")}


def test_the_start_of_a_damaged_entry_ends_with_its_reason(fresh: Room) -> None:
    number = fresh.broken("entry")
    fresh.call("release_entry", id=number)
    fresh.town.over(number)
    found = fresh.call("get_entry", id=number)
    assert found.final_severity is Severity.FATAL
    assert "cannot be read" in found.final_status
    assert number not in [request.jams_entry for request in fresh.town.runner.requests]
    other = fresh.submit("\\J1")
    fresh.town.scheduler.run_ended(ended(fresh.town.executing(other)))
    fresh.town.over(other)


def test_a_damaged_entry_takes_no_other_values(fresh: Room) -> None:
    number = fresh.broken("entry")
    with pytest.raises(Damaged):
        fresh.call("set_entry_parameter", id=number, param_name="p", param_value="x")


@pytest.mark.parametrize("table", ["job", "folder"])
def test_a_damaged_job_does_not_run_nor_one_below_a_damaged_folder(fresh: Room, table: str) -> None:
    fresh.town.desk.job("\\F2\\Inner")
    fresh.broken(table)
    path = {"job": "\\J2", "folder": "\\F2\\Inner"}[table]
    if table == "job":
        fresh.damage("job", fresh.last("job") - 1, "document", "{")
    assert fresh.call("get_job", name=path).damage
    for operation in ("get_submit_info", "submit_job"):
        with pytest.raises(Damaged, match=table):
            fresh.call(operation, name=path)
    fresh.submit("\\J1")
    assert {row.error.code for row in fresh.call("get_schedule") if row.error} == {"Damaged"}


def test_dates_that_cannot_be_read_are_no_workdays_by_mistake(fresh: Room) -> None:
    fresh.damage("calendar_date", fresh.last("calendar_date"), "day", "soon")
    with pytest.raises(Damaged):
        fresh.call("is_workday", calendar="C2")
    assert fresh.call("is_workday", calendar="C1") in (True, False)
    fresh.call("change_calendar", calendar=Calendar(calendar_name="C2", description="still mine"))
    (shown,) = [t for t in fresh.call("list_date_types") if t.date_type_type == "T2"]
    assert shown.damage
    fresh.call("change_date_type", date_type=msgspec.structs.replace(shown, dates=[]))
    assert fresh.call("is_workday", calendar="C2") in (True, False)


def test_hidden_values_stay_hidden_when_it_cannot_be_told_which_they_are(fresh: Room) -> None:
    fresh.town.desk.job("\\Secret", parameters=[ParamDef(param_name="key", default_value="k", hide=True)])
    number = fresh.submit("\\Secret", hold=True)
    document = fresh.sql("SELECT document FROM entry WHERE number = ?", number)[0][0]
    fresh.damage("entry", number, "document", document.replace('"hide":true', '"hide":"x"'))
    fresh.town.admit("viewer", [Monitor.SEE_OWN, Monitor.SEE_ALL])
    assert [p.value for p in fresh.town.call("get_entry", ME, id=number).parameters] == ["k"]
    for shown in (
        fresh.town.call("get_entry", "viewer", id=number),
        *(e for e in fresh.town.call("find_entries", "viewer") if e.jams_entry == number),
    ):
        assert [p.value for p in shown.parameters] == [None]


def test_a_text_that_is_no_text_is_read_as_far_as_it_goes(fresh: Room) -> None:
    fresh.sql("UPDATE variable SET value = CAST(x'61ff62' AS TEXT) WHERE name = 'V2'")
    assert [v.value for v in fresh.call("find_variables")] == ["1", "a\ufffdb"]


def test_a_folder_that_cannot_be_read_is_a_folder_that_can(fresh: Room) -> None:
    fresh.call("create_folder", folder=Folder(folder_name="Below", parent_folder_name="\\F2"))
    key = fresh.sql("SELECT id FROM folder WHERE name = 'F2'")[0][0]
    fresh.damage("folder", key, "document", "{")
    (below,) = fresh.call("get_folder_children", id=key)
    assert below.damage and "\\F2" in below.damage
    fresh.call("delete_folder", name="\\F2\\Below")
    fresh.call("delete_folder", name="\\F2")


def test_another_job_is_made_beside_a_damaged_one(fresh: Room) -> None:
    fresh.broken("job")
    fresh.call("create_job", job=Job(job_name="J3", source="true"))
    assert [j.job_name for j in fresh.call("find_jobs")] == ["J1", "J2", "J3"]
