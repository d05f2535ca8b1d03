"""Triggers as objects: their events and actions, resets, and what stops them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from jams.database import jobs, tables, triggers, variables
from jams.objects.definitions import Variable
from jams.objects.enums import Severity
from jams.objects.errors import InUse, SetupNotFound
from jams.objects.parts import ParamDef
from jams.objects.patch import patch_of
from jams.objects.setups import SetupParameter
from jams.objects.trigger_parts import TriggerEventType
from jams.objects.triggers import Trigger, TriggerAction, TriggerEvent, TriggerStatus
from jams.scheduler.triggers import defining, resetting
from tests.support.containers import member, setup
from tests.support.field import Field, field
from tests.support.schedule import USER


@pytest.fixture
def w(place: Path | str) -> Iterator[Field]:
    with field(place, "2027-03-08 09:00") as made:
        yield made


def of_job(name: str, **members: Any) -> TriggerEvent:
    return TriggerEvent(event_type=TriggerEventType.JOB, job_name=name, **members)


def trigger(w: Field, events: list[TriggerEvent], *jobs: str, **members: Any) -> int:
    document = Trigger(
        trigger_name="G",
        parent_folder_name="\\T",
        events=events,
        actions=[TriggerAction(job_name=name) for name in jobs],
        **members,
    )
    made = w.write(lambda c: defining.create(c, document, w.now, user=USER))
    assert made.trigger_id is not None
    return made.trigger_id


def shown(w: Field, id: int) -> Trigger:
    return w.read(lambda c: triggers.get(c, id))


def change(w: Field, id: int, **members: Any) -> None:
    w.write(lambda c: defining.change(c, patch_of(Trigger)(**members), w.now, id=id, user=USER))
    w.turns()


def test_a_trigger_stays_fired_until_somebody_resets_it(w: Field) -> None:
    w.job("\\T\\UP")
    w.job("\\T\\DOWN")
    id = trigger(w, [of_job("\\T\\UP")], "\\T\\DOWN", reset_when_fired=False)
    for _ in range(2):
        w.submit("UP")
        w.after(minutes=3)
    found = shown(w, id)
    assert len(w.starts("DOWN")) == 1 and found.status is TriggerStatus.FIRED and found.events[0].met
    w.write(lambda c: resetting.reset_trigger(c, id, w.now))
    found = shown(w, id)
    assert found.status is TriggerStatus.ENABLED and not found.events[0].met
    assert found.last_reset_utc == w.now
    w.submit("UP")
    w.after(minutes=3)
    assert len(w.starts("DOWN")) == 2


def test_each_end_fires_once_also_where_several_are_settled_together(w: Field) -> None:
    w.job("\\T\\UP")
    w.job("\\T\\DOWN")
    trigger(w, [of_job("\\T\\UP")], "\\T\\DOWN")
    for _ in range(4):
        w.submit("UP")
    w.after(minutes=5)
    assert len(w.starts("DOWN")) == 4
    w.dies("2027-03-08 09:10")
    assert len(w.starts("DOWN")) == 4


def test_what_is_submitted_gets_its_values_day_and_time(w: Field) -> None:
    w.job("\\T\\UP")
    w.job("\\T\\DOWN", parameters=[ParamDef(param_name="A"), ParamDef(param_name="B")])
    variable = Variable(variable_name="V", parent_folder_name="\\T", value="of the variable")
    w.write(lambda c: variables.create(c, variable, user=USER))
    action = TriggerAction(
        job_name="\\T\\DOWN",
        schedule_for_date="TOMORROW",
        scheduled_time="08:30",
        parameters=[
            SetupParameter(param_name="A", default_value="said"),
            SetupParameter(param_name="B", variable_name="\\T\\V"),
        ],
    )
    document = Trigger(
        trigger_name="G", parent_folder_name="\\T", events=[of_job("\\T\\UP")], actions=[action]
    )
    w.write(lambda c: defining.create(c, document, w.now, user=USER))
    w.submit("UP")
    w.after(minutes=5)
    assert w.waiting("DOWN") == ["03-09 08:30"]
    w.until("2027-03-09 08:40")
    number = w.of("DOWN")[0].jams_entry
    assert w.parameter(number, "A") == ["said"] and w.parameter(number, "B") == ["of the variable"]
    assert "\\T\\G fired because job \\T\\UP ended Success" in w.told(number)


def test_a_setup_is_waited_for_and_submitted(w: Field) -> None:
    w.job("\\T\\A")
    w.job("\\T\\B")
    for name in ("S1", "S2"):
        setup(w, f"\\T\\{name}", member("\\T\\A", 10))
    event = TriggerEvent(event_type=TriggerEventType.SETUP, setup_name="\\T\\S1")
    document = Trigger(
        trigger_name="G",
        parent_folder_name="\\T",
        events=[event],
        actions=[TriggerAction(setup_name="\\T\\S2"), TriggerAction(job_name="\\T\\B")],
    )
    made = w.write(lambda c: defining.create(c, document, w.now, user=USER))
    assert [each.setup_name for each in made.actions] == ["\\T\\S2", None]
    w.submit("S1")
    w.after(minutes=10)
    assert len(w.starts("A")) == 2 and len(w.starts("B")) == 1
    assert "setup \\T\\S1 ended Success" in w.told(w.of("B")[0].jams_entry)
    wrong = patch_of(Trigger)(events=[TriggerEvent(event_type=TriggerEventType.SETUP, setup_name="\\T\\A")])
    with pytest.raises(SetupNotFound):
        w.write(lambda c: defining.change(c, wrong, w.now, id=made.trigger_id, user=USER))


def test_a_change_of_what_is_submitted_leaves_what_has_happened(w: Field) -> None:
    for name in ("A", "B", "C", "D"):
        w.job(f"\\T\\{name}")
    id = trigger(w, [of_job("\\T\\A"), of_job("\\T\\B")], "\\T\\C")
    w.submit("A")
    w.after(minutes=3)
    change(w, id, actions=[TriggerAction(job_name="\\T\\D")])
    assert [event.met for event in shown(w, id).events] == [True, False]
    w.submit("B")
    w.after(minutes=3)
    assert (len(w.starts("C")), len(w.starts("D"))) == (0, 1)
    change(w, id, events=[of_job("\\T\\A")], trigger_name="H")
    w.submit("A")
    w.after(minutes=3)
    assert len(w.starts("D")) == 2 and "\\T\\H fired" in w.told(w.of("D")[1].jams_entry)


def test_a_trigger_that_is_disabled_hears_nothing(w: Field) -> None:
    w.job("\\T\\UP")
    w.job("\\T\\DOWN")
    id = trigger(w, [of_job("\\T\\UP")], "\\T\\DOWN", enabled=False)
    w.submit("UP")
    w.after(minutes=3)
    change(w, id, enabled=True)
    assert not shown(w, id).events[0].met
    w.after(minutes=3)
    assert w.starts("DOWN") == []
    w.submit("UP")
    w.after(minutes=3)
    assert len(w.starts("DOWN")) == 1


def test_triggers_that_fire_each_other_are_stopped_and_go_on_when_they_are_reset(w: Field) -> None:
    w.job("\\T\\A")
    w.job("\\T\\B")
    w.lasts |= {"A": timedelta(seconds=1), "B": timedelta(seconds=1)}
    first = trigger(w, [of_job("\\T\\A")], "\\T\\B")
    document = Trigger(
        trigger_name="H",
        parent_folder_name="\\T",
        events=[of_job("\\T\\B")],
        actions=[TriggerAction(job_name="\\T\\A")],
    )
    w.write(lambda c: defining.create(c, document, w.now, user=USER))
    w.submit("A")
    w.after(minutes=5)
    assert (len(w.starts("A")), len(w.starts("B"))) == (6, 5)
    found = shown(w, first)
    assert not found.enabled and found.status is TriggerStatus.DISABLED
    assert "more than 5 times within 60 seconds" in (found.status_message or "")
    audit = w.read(lambda c: c.execute(select(tables.audit.c.target)).scalars().all())
    # Each hears once of the circle; the one that is stopped of that as well.
    assert sorted(audit) == ["\\T\\G", "\\T\\G", "\\T\\H"]
    w.write(lambda c: resetting.reset_trigger(c, first, w.now))
    assert shown(w, first).enabled and shown(w, first).status_message is None
    w.submit("A")
    w.after(minutes=5)
    assert len(w.starts("B")) == 10


def test_a_job_that_a_trigger_names_is_in_use_and_the_trigger_stays_when_it_is_deleted_by_force(
    w: Field,
) -> None:
    up = w.job("\\T\\UP")
    w.job("\\T\\DOWN")
    id = trigger(w, [of_job("\\T\\UP", completion_severity=Severity.FATAL)], "\\T\\DOWN")
    with pytest.raises(InUse, match=r"trigger \\T\\G"):
        w.write(lambda c: jobs.delete(c, up))
    w.write(lambda c: jobs.delete(c, up, force=True))
    w.job("\\T\\UP")
    w.submit("UP")
    w.after(minutes=3)
    assert w.starts("DOWN") == [] and shown(w, id).status is TriggerStatus.ENABLED
