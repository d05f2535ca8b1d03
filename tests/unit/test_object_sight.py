"""What is told of many at once is told of what the caller may see, and asks the database once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import entries
from jams.objects.alerts import Alert
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.credentials import Credential
from jams.objects.definitions import Job
from jams.objects.errors import AccessDenied, JobNotFound, QueueNotFound, ResourceNotFound
from jams.objects.events import EventKind
from jams.objects.forecast import Supposition
from jams.objects.parts import ACE, ACL
from jams.objects.trigger_parts import TriggerEventType
from jams.objects.triggers import Trigger, TriggerEvent
from tests.support.town import Town, town

pytestmark = pytest.mark.unit

CLOSED = ACL(
    generic_acl=[
        ACE(identifier="boss", access_list=["Inquire", "Change", "Delete"]),
        ACE(identifier="dev", access_list=["Inquire"]),
    ]
)


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("boss", passes=True)
        made.admit("dev")
        made.admit("other")
        made.call("create_queue", "boss", queue=BatchQueue(queue_name="q", acl=CLOSED))
        made.call("create_resource", "boss", resource=Resource(resource_name="r", acl=CLOSED))
        made.call("create_job", "boss", job=Job(job_name="j", acl=CLOSED))
        made.call("create_job", "boss", job=Job(job_name="open"))
        yield made


def suppose(t: Town, caller: str, **said: Any) -> None:
    t.call("get_forecast", caller, suppose=[Supposition(**said)], timeout=0)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"queue": "q", "limit": 1}, QueueNotFound),
        ({"resource": "r", "quantity": 1}, ResourceNotFound),
        ({"job": "\\j", "elapsed": 5}, JobNotFound),
        ({"submit": "\\j"}, JobNotFound),
    ],
)
def test_nothing_is_supposed_of_what_is_not_there_for_one(
    t: Town, said: dict[str, Any], missing: type[Exception]
) -> None:
    nowhere = {name: value + "x" if value in ("q", "r", "\\j") else value for name, value in said.items()}
    with pytest.raises(missing) as closed:
        suppose(t, "other", **said)
    with pytest.raises(missing) as absent:
        suppose(t, "other", **nowhere)
    assert type(closed.value) is type(absent.value)
    suppose(t, "boss", **said)


def test_what_one_may_look_at_alone_is_neither_submitted_nor_changed_in_a_forecast(t: Town) -> None:
    suppose(t, "dev", job="\\j", elapsed=5)
    with pytest.raises(AccessDenied):
        suppose(t, "dev", submit="\\j")
    with pytest.raises(AccessDenied):
        suppose(t, "dev", job="\\j", definition=Job(job_name="j", description="x"))


def test_events_of_many_entries_are_looked_up_by_one_statement(
    t: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("j", "open") * 5:
        t.call("submit_job", "boss", name=name, hold=True)
    asked: list[int] = []
    places = entries.places

    def counted(c: Any, numbers: Any) -> Any:
        asked.append(len(numbers))
        return places(c, numbers)

    monkeypatch.setattr(entries, "places", counted)
    monkeypatch.setattr(entries, "place", None)
    found = t.call("find_events", "other", after="0", kind=[EventKind.ENTRY])
    assert {each.name for each in found.items} == {"\\open"} and len(found.items) >= 5
    assert asked == [10]
    told = t.call("find_events", "boss", after="0", kind=[EventKind.ENTRY])
    assert {each.name for each in told.items} == {"\\open", "\\j"}


def test_who_names_a_credential_in_an_alert_or_a_trigger_needs_submit_on_it(t: Town) -> None:
    t.call("create_credential", "dev", credential=Credential(credential_name="c", password="x"))
    t.admit("maker", [right for right in t.accounts.rights["dev"] if right.area != "AccessControl"])
    alert = Alert(alert_name="a", credential_name="c")
    mail = TriggerEvent(event_type=TriggerEventType.MAIL, credential_name="c", mail_server="h.example")
    trigger = Trigger(trigger_name="t", events=[mail])
    with pytest.raises(AccessDenied, match="dev owns it"):
        t.call("create_alert", "maker", alert=alert)
    with pytest.raises(AccessDenied, match="dev owns it"):
        t.call("create_trigger", "maker", trigger=trigger)
    t.call("create_alert", "dev", alert=alert)
    t.call("create_trigger", "dev", trigger=trigger)
    assert t.call("list_alerts", "boss")[0].credential_name == "c"
