"""What is told of triggers: to people when one is stopped, and to the jobs that are submitted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jams.database import entries, outbox, tables, triggers, variables
from jams.objects.definitions import Variable
from jams.objects.outbox import OutboxItem
from jams.objects.patch import patch_of
from jams.objects.trigger_parts import TriggerEventType
from jams.objects.triggers import Trigger, TriggerAction, TriggerEvent, TriggerStatus
from jams.scheduler import preparing
from jams.scheduler.remotes import no_logon
from jams.scheduler.sources.macros import Macros
from jams.scheduler.starts import Start
from jams.scheduler.triggers import defining
from jams.services.file_watch import FileWatch
from tests.support.containers import member
from tests.support.engine import element
from tests.support.field import Field, Play, field
from tests.support.schedule import USER


@pytest.fixture
def w(place: Path | str) -> Iterator[Field]:
    with field(place, "2027-03-08 09:00") as made:
        yield made


def lying(w: Field) -> list[OutboxItem]:
    return w.read(lambda c: outbox.find(c))[::-1]


def after(job: str, **more: Any) -> Any:
    return element("JobCompletionTrigger", DependsOnJob=job, **more)


def trigger(w: Field, name: str, event: TriggerEvent, job: str) -> int:
    document = Trigger(
        trigger_name=name,
        parent_folder_name="\\T",
        events=[event],
        actions=[TriggerAction(job_name=job)],
    )
    made = w.write(lambda c: defining.create(c, document, w.now, user=USER))
    assert made.trigger_id is not None
    return made.trigger_id


def of_file(folder: Path, pattern: str) -> TriggerEvent:
    return TriggerEvent(event_type=TriggerEventType.FILE, file_name=str(folder / pattern), steady_seconds=0)


def source_of(w: Field, job: str) -> str:
    """What the newest entry of a job is asked to run."""
    number = w.of(job)[-1].jams_entry
    start = Start("t", w.read(lambda c: entries.row(c, number)), 1)
    prepared = preparing.prepare(start, w.database.read, logon_of=no_logon, macros=Macros())
    return prepared.request.source


def test_people_are_told_of_a_trigger_that_is_stopped(w: Field, tmp_path: Path) -> None:
    w.setting("DefaultNotifyEmail", "ops@x.org")
    w.setting("MailDomain", "x.org")
    w.job("\\T\\NOP")
    w.lasts["NOP"] = timedelta(seconds=1)
    id = trigger(w, "G", of_file(tmp_path, "*.go"), "\\T\\NOP")
    (tmp_path / "a.go").touch()
    watch = FileWatch(w.database)
    for _ in range(60):
        w.after(seconds=1)
        watch.look()
        w.turns()
    assert w.read(lambda c: triggers.get(c, id)).status is TriggerStatus.DISABLED
    (item,) = lying(w)
    assert (item.name, item.happened, item.jams_entry) == ("\\T\\G", "TriggerStopped", None)
    assert item.recipients == [f"{USER}@x.org"]
    # Stopped again, it is told again; where nobody can be told by name, those of the setting are.
    w.setting("MailDomain", "")
    w.write(lambda c: defining.change(c, patch_of(Trigger)(enabled=True), w.now, id=id, user=USER))
    for _ in range(60):
        w.after(seconds=1)
        watch.look()
        w.turns()
    assert [each.recipients for each in lying(w)] == [[f"{USER}@x.org"], ["ops@x.org"]]


def test_triggers_that_fire_each_other_are_told_as_a_circle(w: Field) -> None:
    mail = {"NotifyEMail": "owner@x.org"}
    first = w.job("\\T\\A", **mail)
    w.job("\\T\\B", "true", after("\\T\\A"), **mail)
    w.edit(first, after("\\T\\B"))
    w.lasts |= {"A": timedelta(seconds=1), "B": timedelta(seconds=1)}
    w.submit("A")
    for _ in range(60):
        w.after(seconds=1)
        w.turns()
    told = w.read(
        lambda c: [row.stopped for row in c.execute(tables.armed_trigger.select()).all() if row.stopped]
    )
    assert len(told) == 1 and len(w.of("A")) + len(w.of("B")) <= 12
    assert "in a circle: \\T\\B → \\T\\A → \\T\\B" in told[0] or "\\T\\A → \\T\\B → \\T\\A" in told[0]
    (item,) = lying(w)
    assert item.recipients == ["owner@x.org"]


def test_a_circle_that_is_slower_than_the_guard_goes_on_and_is_told(w: Field) -> None:
    first = w.job("\\T\\A")
    w.job("\\T\\B", "true", after("\\T\\A"))
    w.edit(first, after("\\T\\B"))
    w.submit("A")
    w.until("2027-03-08 09:10")
    assert len(w.of("A")) > 3 and lying(w) == []
    rows = w.read(lambda c: c.execute(tables.armed_trigger.select()).all())
    assert all("in a circle: " in row.problem and row.enabled for row in rows)
    told = w.read(lambda c: c.scalars(tables.audit.select().with_only_columns(tables.audit.c.message)).all())
    assert len([line for line in told if "in a circle" in (line or "")]) == 2


def test_the_source_of_a_job_speaks_of_the_file_that_has_come(w: Field, tmp_path: Path) -> None:
    text = "<<JAMS.Trigger.QualifiedName>> <<JAMS.Trigger.FileName>> <<JAMS.Trigger.Nothing>>"
    w.job("\\T\\TAKE", text, method_name="Parsed")
    trigger(w, "G", of_file(tmp_path, "*.csv"), "\\T\\TAKE")
    # What a file is called is data.
    path = tmp_path / "<<JAMS.SubmittedBy>>.csv"
    path.touch()
    FileWatch(w.database).look()
    w.turns()
    assert source_of(w, "TAKE") == f"\\T\\G {path} <<JAMS.Trigger.Nothing>>"


def test_the_source_speaks_of_variables_and_jobs(w: Field) -> None:
    document = Variable(variable_name="Gate", parent_folder_name="\\T", value="shut")
    w.job("\\T\\UP")
    w.write(lambda c: variables.create(c, document, user=USER))
    both = after("\\T\\UP"), element("VariableTrigger", Variable="\\T\\Gate", Value="<<open>>")
    text = "<<JAMS.Trigger.VariableName>>=<<JAMS.Trigger.Value>> <<JAMS.Trigger.JobName>> "
    text += "<<JAMS.Trigger.Severity>> <<JAMS.Trigger.Entry>>"
    w.job("\\T\\DOWN", text, *both, method_name="Parsed")
    w.write(lambda c: variables.set_value(c, variables.locate(c, name="\\T\\Gate"), "<<open>>", user=USER))
    upper = w.submit("UP")
    w.until("2027-03-08 09:05")
    assert source_of(w, "DOWN") == f"\\T\\Gate=<<open>> \\T\\UP Success {upper}"


def test_members_of_a_setup_speak_of_its_trigger_and_others_of_none(w: Field) -> None:
    w.job("\\T\\UP")
    w.job("\\T\\IN", "<<JAMS.Trigger.JobName>>", method_name="Parsed")
    members = [member("\\T\\IN", 10)]
    w.job("\\T\\ALL", "", after("\\T\\UP"), method_name="Setup", source_elements=members)
    w.plays["IN"] = [Play(5)] * 2
    w.submit("UP")
    w.until("2027-03-08 09:03")
    assert source_of(w, "IN") == "\\T\\UP"
    w.submit("IN")
    assert source_of(w, "IN") == "<<JAMS.Trigger.JobName>>"
