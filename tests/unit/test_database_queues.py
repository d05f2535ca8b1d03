from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from jams.database import agents, happenings, queues, tables
from jams.objects.capacity import BatchQueue, QueueAgent
from jams.objects.definitions import Agent
from jams.objects.enums import AgentType
from jams.objects.errors import (
    AgentNotFound,
    AlreadyExists,
    InUse,
    InvalidArgument,
    InvalidName,
    JAMSError,
    MissingArgument,
    QueueNotFound,
    VersionConflict,
)
from jams.objects.parts import Element, PropertyValue
from jams.objects.patch import patch_of, stated
from jams.objects.preconditions import Precondition
from tests.support.schedule import USER, Desk


def create(d: Desk, name: str = "Night", **members: Any) -> BatchQueue:
    document = BatchQueue(queue_name=name, **members)
    return d.write(lambda c: queues.create(c, document, user=USER))


def get(d: Desk, name: str = "Night") -> BatchQueue:
    return d.read(lambda c: queues.get(c, queues.find(c, name=name)))


def change(d: Desk, **members: Any) -> BatchQueue:
    patch = patch_of(BatchQueue)(**members)
    return d.write(lambda c: queues.change(c, patch, id=1, user=USER))


def agent(d: Desk, name: str) -> None:
    host = Agent(agent_name=name, agent_type=AgentType.OUTGOING)
    d.write(lambda c: agents.create(c, host, user=USER, lenient=True))


def on(*names: str) -> list[QueueAgent]:
    return [QueueAgent(agent_name=name) for name in names]


def test_document_comes_back_as_it_was_given(d: Desk) -> None:
    agent(d, "Host")
    started_on = [*on("LOCALHOST"), QueueAgent(agent_name="host", agent_id=77)]
    made = create(d, description="about", job_limit=2, started=False, started_on=started_on)
    assert made == get(d, " NIGHT ")
    assert (made.queue_id, made.queue_name, made.job_limit, made.started) == (1, "Night", 2, False)
    assert [each.agent_name for each in made.started_on] == ["Host", "localhost"]
    assert (made.description, made.job_count, made.last_changed_by) == ("about", 0, USER)
    plain = create(d, "Day")
    assert (plain.job_limit, plain.started, plain.started_on) == (999_999, True, [])
    assert [each.queue_name for each in d.read(queues.all_queues)] == ["Day", "Night"]


def test_what_cannot_be_taken_changes_nothing(d: Desk) -> None:
    create(d)
    wrong: list[tuple[dict[str, Any], type[JAMSError]]] = [
        ({"name": "NIGHT"}, AlreadyExists),
        ({"name": "a*b"}, InvalidName),
        ({"started_on": on("nowhere")}, AgentNotFound),
        ({"started_on": on("localhost", "LocalHost")}, InvalidArgument),
        ({"started_on": [QueueAgent()]}, MissingArgument),
        ({"started_on": [QueueAgent(agent_id=7)]}, AgentNotFound),
    ]
    for members, error in wrong:
        with pytest.raises(error):
            create(d, **{"name": "Other", **members})
    assert len(d.read(queues.all_queues)) == 1


def test_a_change_leaves_the_rest(d: Desk) -> None:
    before = create(d, job_limit=2, started_on=on("localhost"))
    after = change(d, description="x")
    assert after.job_limit == 2 and after.started_on == before.started_on
    assert after.version is not None and before.version is not None and after.version > before.version
    assert change(d, started_on=[]).started_on == []
    assert change(d, queue_name="Dawn").queue_name == "Dawn"
    with pytest.raises(QueueNotFound):
        get(d)
    create(d, "Day")
    with pytest.raises(AlreadyExists):
        change(d, queue_name="day")
    with pytest.raises(VersionConflict):
        d.write(lambda c: queues.change(c, stated(before), id=1, user=USER))


def test_starting_and_stopping(d: Desk) -> None:
    made = create(d)
    d.write(lambda c: happenings.forget(c, [each.id for each in happenings.take(c)]))
    assert d.write(lambda c: queues.set_started(c, 1, False, user=USER)) == "Night"
    assert not get(d).started
    assert [each.topic for each in d.read(happenings.take)] == ["queue:1"]
    seen = Precondition(versions=frozenset({made.version or 0}))
    with pytest.raises(VersionConflict):
        d.write(lambda c: queues.set_started(c, 1, True, user=USER, condition=seen))
    assert not get(d).started


def test_what_runs_in_it_is_counted(d: Desk) -> None:
    create(d)
    d.job("\\j")
    for number in (d.submit(), d.submit()):
        d.claim(number, f"t{number}")
    assert get(d).job_count == 0
    d.write(lambda c: c.execute(update(tables.run).values(queue_id=1)))
    assert get(d).job_count == 2


@pytest.mark.parametrize("value", ["night", {"queueName": "Night"}, {"queueID": 1}])
@pytest.mark.parametrize("where", ["property of a job", "property of a folder", "element"])
def test_what_refers_to_it_is_told_and_keeps_it(d: Desk, where: str, value: Any) -> None:
    create(d)
    create(d, "Other")
    names_it = PropertyValue(property_name="BatchQueue", current_value=value)
    if where == "property of a job":
        d.job("\\j", properties=[names_it], lenient=True)
    elif where == "property of a folder":
        d.folder("\\f", properties=[names_it], lenient=True)
    else:
        d.folder("\\f")
        d.job("\\f\\k")
        element = Element(
            element_name="Next",
            element_type_name="SubmitJobTask",
            properties=[
                PropertyValue(property_name="SubmitJob", current_value="\\f\\k"),
                PropertyValue(property_name="BatchQueueName", current_value=value),
            ],
        )
        d.job("\\f\\j", source_elements=[element], lenient=True)
    (found,) = d.read(lambda c: queues.references_to(c, 1))
    told = {
        "property of a job": ("Job", "j", "\\", "BatchQueue"),
        "property of a folder": ("Folder", "f", "\\", "BatchQueue"),
        "element": ("Job", "j", "\\f", "BatchQueueName"),
    }[where]
    assert (found.type, found.referring_name, found.folder_path, found.property_name) == told
    assert d.read(lambda c: queues.references_to(c, 2)) == []
    with pytest.raises(InUse, match=r"(job|folder) \\"):
        d.write(lambda c: queues.delete(c, 1))
    assert d.write(lambda c: queues.delete(c, 2)) == "Other"


def test_an_entry_in_it_keeps_it(d: Desk) -> None:
    create(d)
    d.job("\\j")
    number = d.submit(hold=True)
    d.write(lambda c: c.execute(update(tables.entry).values(queue_id=1)))
    with pytest.raises(InUse, match=f"Entry {number} is in queue Night"):
        d.write(lambda c: queues.delete(c, 1))
    d.finish(number)
    assert d.write(lambda c: queues.delete(c, 1)) == "Night"


def test_the_agents_that_it_is_started_on_stay(d: Desk) -> None:
    agent(d, "Host")
    create(d, started_on=on("Host"))
    with pytest.raises(InUse, match="The queue Night is started on agent Host"):
        d.write(lambda c: agents.delete(c, name="Host"))
    renamed = patch_of(Agent)(agent_name="Newer")
    d.write(lambda c: agents.change(c, renamed, name="Host", user=USER))
    assert [each.agent_name for each in get(d).started_on] == ["Newer"]
    d.write(lambda c: queues.delete(c, 1))
    assert d.write(lambda c: agents.delete(c, name="Newer")) == "Newer"
