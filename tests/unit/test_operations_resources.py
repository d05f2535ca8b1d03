"""What entries take of resources through the catalogue, and who is told what of queues and resources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.objects.capacity import BatchQueue, Resource
from jams.objects.enums import EntryState
from jams.objects.errors import AccessDenied, Conflict, EntryNotFound
from jams.objects.parts import Element, PropertyValue
from jams.security.access import ALL_RIGHTS
from jams.security.rights import (
    JobDefinitions,
    Monitor,
    QueueDefinitions,
    ResourceDefinitions,
)
from tests.support.schedule import ended
from tests.support.town import Town, town


@pytest.fixture
def t(tmp_path: Path, place: Path | str) -> Iterator[Town]:
    with town(tmp_path, place) as made:
        made.admit("ann")
        made.call("create_resource", "ann", resource=Resource(resource_name="Seats", quantity_available=3))
        made.desk.job("\\j")
        yield made


def running(t: Town, account: str) -> int:
    number: int = t.call("submit_job", account, name="j").jams_entry
    t.executing(number)
    return number


def test_a_running_entry_takes_and_gives_back(t: Town) -> None:
    number = running(t, "ann")
    answer = t.call("acquire_resource", "ann", name="seats", jams_entry=number, quantity=2)
    assert (answer.acquired, answer.quantity_in_use, answer.quantity_available) == (True, 2, 3)
    refused = t.call("acquire_resource", "ann", id=1, jams_entry=number, quantity=2)
    assert not refused.acquired and "2 of 3" in refused.message
    (held,) = t.call("list_resource_holdings", "ann", name="Seats")
    assert (held.jams_entry, held.job_name, held.quantity, held.by_script) == (number, "j", 2, True)
    told = t.call("release_resource", "ann", name="Seats", jams_entry=number)
    assert told == f"Entry {number} gave back 2 of resource Seats."
    with pytest.raises(Conflict):
        t.call("release_resource", "ann", name="Seats", jams_entry=number)
    assert t.call("get_resource", "ann", name="Seats").quantity_in_use == 0


def test_what_a_script_took_goes_back_with_its_run(t: Town) -> None:
    number = running(t, "ann")
    assert t.call("acquire_resource", "ann", name="Seats", jams_entry=number, quantity=3).acquired
    needs = Element(
        element_name="Needs",
        element_type_name="ResourceRequirement",
        properties=[PropertyValue(property_name="Resource", current_value="Seats")],
    )
    t.desk.job("\\needy", elements=[needs])
    waiting = t.call("submit_job", "ann", name="needy").jams_entry
    assert t.desk.entry(waiting).current_state is not EntryState.EXECUTING
    t.scheduler.run_ended(ended(t.executing(number)))
    t.executing(waiting)
    (held,) = t.call("list_resource_holdings", "ann", name="Seats")
    assert (held.jams_entry, held.quantity, held.by_script) == (waiting, 1, False)
    t.scheduler.run_ended(ended(t.executing(waiting)))
    t.over(waiting)
    assert t.call("get_resource", "ann", name="Seats").quantity_in_use == 0


def test_nobody_takes_for_an_entry_that_he_does_not_see(t: Town) -> None:
    t.admit("bob", {Monitor.SEE_OWN, ResourceDefinitions.ACQUIRE, ResourceDefinitions.INQUIRE})
    number = running(t, "ann")
    t.call("acquire_resource", "ann", name="Seats", jams_entry=number)
    for operation in ("acquire_resource", "release_resource"):
        with pytest.raises(EntryNotFound):
            t.call(operation, "bob", name="Seats", jams_entry=number)
    assert t.call("list_resource_holdings", "bob", name="Seats") == []
    assert t.call("get_resource", "bob", name="Seats").quantity_in_use == 1


def test_who_manages_no_entries_takes_and_gives_back_for_his_own_alone(t: Town) -> None:
    t.admit("bob", {Monitor.SEE_ALL, Monitor.EXECUTE, ResourceDefinitions.ACQUIRE})
    t.admit("cid", {Monitor.SEE_ALL, Monitor.MANAGE, ResourceDefinitions.ACQUIRE})
    number, own = running(t, "ann"), running(t, "bob")
    t.call("acquire_resource", "ann", name="Seats", jams_entry=number, quantity=2)
    for operation in ("acquire_resource", "release_resource"):
        with pytest.raises(AccessDenied, match=r"Monitor\.Manage"):
            t.call(operation, "bob", name="Seats", jams_entry=number)
    assert t.call("get_resource", "ann", name="Seats").quantity_in_use == 2
    assert t.call("acquire_resource", "bob", name="Seats", jams_entry=own).acquired
    t.call("release_resource", "bob", name="Seats", jams_entry=own)
    t.call("release_resource", "cid", name="Seats", jams_entry=number)
    assert t.call("get_resource", "ann", name="Seats").quantity_in_use == 0


def test_each_right_allows_what_it_says(t: Town) -> None:
    t.call("create_queue", "ann", queue=BatchQueue(queue_name="Night"))
    t.admit("operator", {QueueDefinitions.MANAGE, ResourceDefinitions.MANAGE})
    t.call("stop_queue", "operator", name="Night")
    t.call("switch_queue", "operator", id=1, action="start")
    assert t.call("set_resource_quantity", "operator", name="Seats", available=0).quantity_available == 0
    for operation, inputs in (
        ("change_queue", {"name": "Night", "queue": {"jobLimit": 1}}),
        ("delete_queue", {"name": "Night"}),
        ("list_queues", {}),
        ("change_resource", {"name": "Seats", "resource": {"quantityAvailable": 1}}),
        ("acquire_resource", {"name": "Seats", "jams_entry": 1}),
    ):
        with pytest.raises(AccessDenied):
            t.call(operation, "operator", **inputs)


def test_references_tell_of_jobs_to_who_may_look_at_jobs(t: Town) -> None:
    t.call("create_queue", "ann", queue=BatchQueue(queue_name="Night"))
    names_it = [PropertyValue(property_name="BatchQueue", current_value="Night")]
    t.desk.folder("\\f", properties=names_it, lenient=True)
    t.desk.job("\\f\\k", properties=names_it, lenient=True)
    t.admit("bob", ALL_RIGHTS - {JobDefinitions.INQUIRE})
    told = {who: t.call("list_queue_references", who, name="Night") for who in ("ann", "bob")}
    assert [(each.type, each.referring_name) for each in told["ann"]] == [("Folder", "f"), ("Job", "k")]
    assert [each.type for each in told["bob"]] == ["Folder"]
