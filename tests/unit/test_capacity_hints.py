"""Who saves a job that asks for more of a resource than there is hears of it; it is taken all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.security.access import ALL_RIGHTS
from jams.security.rights import ResourceDefinitions
from tests.support.rest_script import Script
from tests.support.town import Town, town

JOB = {"methodName": "Command", "source": "true"}


@pytest.fixture
def s(tmp_path: Path, place: Path | str) -> Iterator[Script]:
    with town(tmp_path, place) as made:
        made.admit("boss", passes=True)
        script = Script(made, "boss")
        script.done("POST", "/resource", {"resourceName": "R", "quantityAvailable": 2})
        yield script


def asking(quantity: int | None, resource: str = "R", enabled: bool = True) -> dict[str, Any]:
    properties: list[dict[str, Any]] = [{"propertyName": "Resource", "currentValue": resource}]
    if quantity is not None:
        properties.append({"propertyName": "Quantity", "currentValue": quantity})
    if not enabled:
        properties.append({"propertyName": "Enabled", "currentValue": False})
    element = {"elementName": "E", "elementTypeName": "ResourceRequirement", "properties": properties}
    return {"elements": [element]}


def note(asked: int, there: int, resource: str = "R") -> str:
    return (
        f" Note: it asks for {asked} of the resource {resource}, of which there is {there}: "
        "no entry starts before there is more."
    )


@pytest.mark.parametrize(
    ("quantity", "enabled", "told"),
    [(2, True, ""), (None, True, ""), (3, True, note(3, 2)), (3, False, ""), (-3, True, "")],
)
def test_a_job_that_asks_for_more_than_there_is(
    s: Script, quantity: int | None, enabled: bool, told: str
) -> None:
    given = {"jobName": "J", **JOB, **asking(quantity, enabled=enabled)}
    assert s.done("POST", "/job", given) == f"Job \\J was created.{told}"
    assert s.done("PATCH", "/job?name=J", {"description": "d"}) == "Job \\J was changed."
    assert s.done("PATCH", "/job?name=J", asking(9)) == f"Job \\J was changed.{note(9, 2)}"


def test_what_comes_from_folders_is_added(s: Script) -> None:
    told = s.done("POST", "/folder", {"folderName": "F", **asking(3)})
    assert told == f"Folder \\F was created.{note(3, 2)}"
    assert s.done("PATCH", "/folder?name=F", asking(1)) == "Folder \\F was changed."
    given = {"jobName": "J", "parentFolderName": "\\F", **JOB}
    assert s.done("POST", "/job", {**given, **asking(2)}) == f"Job \\F\\J was created.{note(3, 2)}"
    assert s.done("PATCH", "/job?name=\\F\\J", asking(1)) == "Job \\F\\J was changed."


def test_of_a_resource_that_is_counted_by_agent_one_agent_has_to_have_enough(s: Script) -> None:
    address = [{"propertyName": "Address", "currentValue": "far.invalid"}]
    s.done("POST", "/agent", {"agentName": "far", "agentType": "WinRM", "properties": address})
    detail = {"agentName": "far", "quantityAvailable": 5}
    s.done(
        "POST",
        "/resource",
        {"resourceName": "L", "quantityAvailable": 1, "agentSpecific": True, "resourceDetails": [detail]},
    )
    for quantity, told in ((5, ""), (6, note(6, 5, "L"))):
        given = {"jobName": f"J{quantity}", **JOB, **asking(quantity, "L")}
        assert s.done("POST", "/job", given) == f"Job \\J{quantity} was created.{told}"


def test_nobody_is_told_of_what_he_may_not_look_at(s: Script) -> None:
    t: Town = s.town
    t.admit("ann")
    t.admit("bob", ALL_RIGHTS - {ResourceDefinitions.INQUIRE})
    s.done("POST", "/folder", {"folderName": "F", **asking(3)})
    lines = [
        {"identifier": who, "accessList": rights}
        for who, rights in (("ann", ["Acquire"]), ("bob", ["Inquire", "Acquire"]))
    ]
    given = {"parentFolderName": "\\F", **JOB, **asking(1)}
    told = Script(t, "ann").done("POST", "/job", {"jobName": "before", **given})
    assert told == f"Job \\F\\before was created.{note(4, 2)}"
    s.done("PATCH", "/resource?name=R", {"acl": {"genericACL": lines}})
    window = {
        "elements": [
            {
                "elementName": "W",
                "elementTypeName": "ScheduleWindow",
                "properties": [
                    {"propertyName": "FromTime", "currentValue": "08:00"},
                    {"propertyName": "ToTime", "currentValue": "09:00"},
                ],
            }
        ]
    }
    for who in ("ann", "bob"):
        given = {"parentFolderName": "\\F", **JOB, **window}
        told = Script(t, who).done("POST", "/job", {"jobName": who, **given})
        assert told == f"Job \\F\\{who} was created."
    assert s.done("PATCH", "/job?name=\\F\\ann", window) == f"Job \\F\\ann was changed.{note(3, 2)}"
