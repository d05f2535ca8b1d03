"""Access lists of objects and the engine: nobody reaches further by it, and it is limited by nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import entries
from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl
from tests.support.rest_script import Script
from tests.support.town import Town, town

pytestmark = pytest.mark.unit

HIDDEN = "\\Open\\Hidden"
VARIABLE = "\\Open\\Gate"


@pytest.fixture
def t(tmp_path: Path, place: Path | str) -> Iterator[Town]:
    with town(tmp_path, place) as made:
        made.admit("boss", passes=True)
        made.admit("ann", ALL_RIGHTS - {AccessControl.CHANGE})
        made.desk.folder("\\Open")
        yield made


def listed(*rights: str, who: str = "ann") -> dict[str, Any]:
    """A document's access list with one line."""
    return {"acl": {"genericACL": [{"identifier": who, "accessList": list(rights)}]}}


def job(name: str, **members: Any) -> dict[str, Any]:
    return {
        "jobName": name,
        "parentFolderName": "\\Open",
        "methodName": "Command",
        "source": "true",
        **members,
    }


def element(name: str, **values: Any) -> dict[str, Any]:
    given = [{"propertyName": key, "currentValue": value} for key, value in values.items()]
    return {"elementName": name, "elementTypeName": name, "properties": given}


def saying(name: str, value: str) -> list[dict[str, Any]]:
    return [{"propertyName": name, "currentValue": value}]


ACTION = {
    "parentFolderName": "\\Open",
    "events": [{"eventType": "Variable", "variableName": VARIABLE, "value": "1"}],
    "actions": [{"jobName": HIDDEN}],
}
SUBMITTING: dict[str, tuple[str, dict[str, Any]]] = {
    "setup": (
        "/setup",
        {"setupName": "N", "parentFolderName": "\\Open", "jobs": [{"jobName": HIDDEN, "step": 1}]},
    ),
    "trigger": ("/trigger", {"triggerName": "N", **ACTION}),
    "alert": ("/alert", {"alertName": "N", "handler": "Job", "jobName": HIDDEN, "events": ["EntryFailed"]}),
    "recovery": ("/job", job("N", properties=saying("RecoveryJob", HIDDEN))),
    "notification": ("/job", job("N", properties=saying("NotificationJob", HIDDEN))),
    "precheck": ("/job", job("N", properties=saying("PrecheckJob", HIDDEN))),
    "precheck element": ("/job", job("N", elements=[element("PrecheckJob", Job=HIDDEN)])),
}  # fmt: skip


@pytest.mark.parametrize("way", SUBMITTING)
def test_who_may_not_submit_a_job_lets_nothing_submit_it(t: Town, way: str) -> None:
    boss, ann = Script(t, "boss"), Script(t, "ann")
    boss.done("POST", "/variable", {"variableName": "Gate", "parentFolderName": "\\Open", "value": "0"})
    boss.done("POST", "/job", job("Hidden", **listed("Inquire")))
    address, document = SUBMITTING[way]
    status, told = ann.ask("POST", address, document)
    assert (status, told["code"]) == (403, "AccessDenied") and "Submit" in told["detail"], told
    boss.done("POST", address, document)
    # Who changes something else about it lets it do no more than it did.
    named = "name=N" if way == "alert" else "name=\\Open\\N"
    assert ann.ask("PATCH", f"{address}?{named}", {"description": "hers"})[0] == 200
    boss.done("PATCH", f"/job?name={HIDDEN}", listed("Inquire", "Submit"))
    boss.done("DELETE", f"{address}?{named}")
    assert ann.ask("POST", address, document)[0] == 201


def test_a_dependency_takes_no_right_to_submit(t: Town) -> None:
    Script(t, "boss").done("POST", "/job", job("Hidden", **listed("Inquire")))
    waits = job("N", elements=[element("JobDependency", DependsOnJob=HIDDEN)])
    assert Script(t, "ann").ask("POST", "/job", waits)[0] == 201


@pytest.mark.parametrize(
    ("address", "made", "right", "said"),
    [
        ("/batchqueue", {"queueName": "Slow"}, "Submit", {"properties": saying("BatchQueue", "Slow")}),
        (
            "/resource",
            {"resourceName": "Slow", "quantityAvailable": 1},
            "Acquire",
            {"elements": [element("ResourceRequirement", Resource="Slow")]},
        ),
        (
            "/agent",
            {"agentName": "Slow", "agentType": "WinRM", "properties": saying("Address", "host")},
            "Submit",
            {"properties": saying("Agent", "Slow")},
        ),
    ],
)
def test_what_a_job_is_to_use_its_author_may_use(
    t: Town, address: str, made: dict[str, Any], right: str, said: dict[str, Any]
) -> None:
    boss, ann = Script(t, "boss"), Script(t, "ann")
    boss.done("POST", address, {**made, **listed("Inquire", who="boss")})
    document = job("N", methodName="PowerShell", **said)
    status, there = ann.ask("POST", "/job", document)
    status_of_none, none = ann.ask("POST", "/job", json.loads(json.dumps(document).replace("Slow", "Never")))
    assert (status, status_of_none) == (404, 404)  # one that may not be seen is none
    assert there["detail"] == none["detail"].replace("Never", "Slow")
    boss.done("PATCH", f"{address}?name=Slow", listed("Inquire"))
    status, told = ann.ask("POST", "/job", document)
    assert status == 403 and right in told["detail"]
    boss.done("PATCH", f"{address}?name=Slow", listed("Inquire", right))
    assert ann.ask("POST", "/job", document)[0] == 201


def test_who_may_not_change_a_job_submits_it_as_it_is(t: Town) -> None:
    Script(t, "boss").done("POST", "/job", job("J", **listed("Inquire", "Submit")))
    ann = Script(t, "ann")
    other = {"name": "\\Open\\J", "properties": saying("HomeDirectory", "/tmp")}
    status, told = ann.ask("POST", "/submit", other)
    assert status == 403 and "lacks the right Change" in told["detail"]
    assert ann.ask("POST", "/submit", {"name": "\\Open\\J", "schedulingPriority": 9})[0] == 403
    assert ann.ask("POST", "/submit", {"name": "\\Open\\J", "overrideName": "mine"})[0] == 200
    Script(t, "boss").done("PATCH", "/job?name=\\Open\\J", listed("Inquire", "Submit", "Change"))
    assert ann.ask("POST", "/submit", other)[0] == 200


NAMING: dict[str, dict[str, Any]] = {
    "a dependency": {"elements": [element("JobDependency", DependsOnJob=HIDDEN)]},
    "a variable": {"elements": [element("VariableDependency", Variable=VARIABLE, Value="1")]},
    "a precheck": {"properties": saying("PrecheckJob", HIDDEN)},
    "a recovery job": {"properties": saying("RecoveryJob", HIDDEN)},
    "an alert": {"elements": [element("Alert", Alert="Bell")]},
    "a parameter": {"parameters": [{"paramName": "P", "variableName": VARIABLE}]},
    "a calendar": {
        "properties": saying("Calendar", "Ours"),
        "elements": [element("DateSpecificDependency", DependsOnJob=HIDDEN, ScheduledDate="TODAY")],
    },
}


def runs_in_the_end(t: Town) -> None:
    while not t.runner.requests:
        t.scheduler.wait_for_change(1, 1.0)


@pytest.mark.parametrize("naming", NAMING)
def test_a_job_demands_and_tells_the_same_whoever_submits_it_first(t: Town, naming: str) -> None:
    boss = Script(t, "boss")
    closed = listed("Inquire", who="boss")
    boss.done("POST", "/calendar", {"calendarName": "Ours", **closed})
    boss.done("POST", "/job", job("Hidden", **closed))
    boss.done(
        "POST", "/variable", {"variableName": "Gate", "parentFolderName": "\\Open", "value": "0", **closed}
    )
    boss.done(
        "POST", "/alert", {"alertName": "Bell", "notifyNames": "a@b", "events": ["EntryFailed"], **closed}
    )
    boss.done("POST", "/job", job("J", **NAMING[naming]))
    found = []
    for who in ("ann", "boss"):
        number = Script(t, who).done("POST", "/submit/job", {"name": "\\Open\\J", "hold": True})["jamsEntry"]
        row = t.desk.read(lambda c, number=number: entries.row(c, number))
        values = [(each.param_name, each.value) for each in row.rest.parameters]
        found.append((row.rest.needs, row.rest.tells, values))
    assert found[0] == found[1] and found[0] != (None, None, [])
    assert "job_id=0" not in str(found[0][0]) and "variable_id=0" not in str(found[0][0])


def test_a_setup_runs_its_members_whoever_submits_it(t: Town) -> None:
    boss = Script(t, "boss")
    boss.done("POST", "/job", job("Hidden", **listed("Inquire", who="boss")))
    boss.done("POST", *SUBMITTING["setup"])
    Script(t, "ann").done("POST", "/submit/job", {"name": "\\Open\\N"})
    runs_in_the_end(t)


@pytest.mark.parametrize("deletes", [False, True])
def test_who_cancels_limits_nothing_of_what_follows(t: Town, deletes: bool) -> None:
    boss = Script(t, "boss")
    boss.done("POST", "/job", job("Hidden", **listed("Inquire", who="boss")))
    boss.done("POST", "/job", job("J", properties=saying("RecoveryJob", HIDDEN)))
    ann = Script(t, "ann")
    number = ann.done("POST", "/submit/job", {"name": "\\Open\\J", "hold": True})["jamsEntry"]
    if deletes:
        ann.done("DELETE", "/job?name=\\Open\\J&force=true")
    else:
        ann.done("PUT", f"/entry/{number}/delete", {})
    t.executing(number + 1)


def test_a_trigger_goes_on_after_who_may_not_look_at_all_it_names_has_changed_it(t: Town) -> None:
    boss = Script(t, "boss")
    boss.done("POST", "/variable", {"variableName": "Gate", "parentFolderName": "\\Open", "value": "0"})
    boss.done("POST", "/job", job("Hidden", **listed("Inquire", who="boss")))
    boss.done("POST", *SUBMITTING["trigger"])
    assert Script(t, "ann").ask("PATCH", "/trigger?name=\\Open\\N", {"description": "hers"})[0] == 200
    boss.done("POST", f"/variable/setvalue?name={VARIABLE}", {"value": "1"})
    runs_in_the_end(t)


def test_what_uses_something_is_named_to_who_may_look_at_it(t: Town) -> None:
    boss, ann = Script(t, "boss"), Script(t, "ann")
    for address, document in (
        ("/batchqueue", {"queueName": "Q"}),
        ("/resource", {"resourceName": "R", "quantityAvailable": 1}),
        ("/calendar", {"calendarName": "C"}),
        ("/alert", {"alertName": "A"}),
        ("/method", {"methodName": "M", "methodTypeName": "Command"}),
        ("/job", job("O")),
    ):
        boss.done("POST", address, document)
    for name in ("Gate", "Day"):
        boss.done("POST", "/variable", {"variableName": name, "parentFolderName": "\\Open", "value": "0"})
    said = [*saying("BatchQueue", "Q"), *saying("Calendar", "C"), *saying("RecoveryJob", "\\Open\\O")]
    elements = [
        element("ResourceRequirement", Resource="R"),
        element("Alert", Alert="A"),
        element("VariableDependency", Variable=VARIABLE, Value="1"),
    ]
    parameters = [{"paramName": "P", "variableName": "\\Open\\Day"}]
    hidden = job("Hidden", properties=said, elements=elements, parameters=parameters)
    boss.done("POST", "/job", {**hidden, "methodName": "M", **listed("Inquire", who="boss")})
    deleted = (
        "/batchqueue?name=Q",
        "/resource/R",
        "/calendar?name=C",
        "/alert?name=A",
        "/method?name=M",
        "/job?name=\\Open\\O",
        f"/variable?name={VARIABLE}",
        "/variable?name=\\Open\\Day",
    )
    for address in deleted:
        status, told = ann.ask("DELETE", address)
        assert (status, told["code"]) == (409, "InUse") and "Hidden" not in told["detail"], told
        assert "what you may not look at" in told["detail"]
        assert "Hidden" in boss.ask("DELETE", address)[1]["detail"]
    secret = {"encryptionFlag": True, "newEncryptedValue": "x"}
    told = ann.ask("PATCH", f"/variable?name={VARIABLE}", secret)[1]["detail"]
    assert "what you may not look at" in told and "Hidden" not in told
    boss.done("PATCH", f"/job?name={HIDDEN}", listed("Inquire"))
    for address in deleted:
        assert "Hidden" in ann.ask("DELETE", address)[1]["detail"]
