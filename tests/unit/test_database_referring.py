"""What a definition names cannot be deleted beneath it, by whatever way it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from jams.database import agents, credentials, jobs, referring, tables, variables
from jams.objects.definitions import Agent, Variable
from jams.objects.enums import AgentType
from jams.objects.errors import InUse
from jams.objects.parts import Element, PropertyValue
from jams.objects.patch import patch_of
from jams.registry import ValueType
from tests.support.schedule import USER, Desk, desk


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.folder("\\Sales")
        yield made


def element(type_name: str, name: str, value: Any, **others: Any) -> Element:
    said = {name: value, **others}
    return Element(
        element_name="Needs",
        element_type_name=type_name,
        properties=[PropertyValue(property_name=n, current_value=v) for n, v in said.items()],
    )


def variable(d: Desk, path: str) -> int:
    folder, _, name = path.rpartition("\\")
    document = Variable(variable_name=name, parent_folder_name=folder or "\\", value="1")
    return d.write(lambda c: variables.create(c, document, user=USER)).variable_id or 0


def winrm(d: Desk, name: str, **said: Any) -> int:
    own = [
        PropertyValue(property_name=n, current_value=v) for n, v in {"Address": "h.example", **said}.items()
    ]
    document = Agent(agent_name=name, agent_type=AgentType.WIN_RM, properties=own)
    return d.write(lambda c: agents.create(c, document, user=USER)).agent_id or 0


def refused(d: Desk, work: Callable[[Connection], Any], match: str) -> None:
    with pytest.raises(InUse, match=match):
        d.write(work)


WAYS_TO_NAME = [
    pytest.param("LOAD", id="bare name in another case"),
    pytest.param("/sales/load", id="path with other separators"),
    pytest.param({"jobName": "\\Sales\\Load", "jobID": 99}, id="name and a number of another server"),
    pytest.param({"jobID": 1}, id="number"),
    pytest.param({"jobName": "Load", "isRelative": True}, id="relative path"),
]


@pytest.mark.parametrize("value", WAYS_TO_NAME)
def test_a_job_stays_while_another_one_depends_on_it(d: Desk, value: Any) -> None:
    load = d.job("\\Sales\\Load")
    report = d.job("\\Sales\\Report", elements=[element("JobDependency", "DependsOnJob", value)])
    refused(d, lambda c: jobs.delete(c, load), r"job \\Sales\\Report \(DependsOnJob\)")
    d.write(lambda c: jobs.change(c, patch_of_job(elements=[]), id=report, user=USER))
    assert d.write(lambda c: jobs.delete(c, load)) == "\\Sales\\Load"


def patch_of_job(**members: Any) -> Any:
    from jams.objects.definitions import Job

    return patch_of(Job)(**members)


@pytest.mark.parametrize(
    "named",
    [
        element("JobDependency", "DependsOnJob", "Other", SinceJob="\\Sales\\Load"),
        element("PrecheckJob", "Job", "\\Sales\\Load"),
        element("PrecheckJob", "PrecheckJob", "\\Sales\\Load"),
        element("JobCompletionTrigger", "DependsOnJob", "\\Sales\\Load"),
    ],
    ids=lambda named: named.properties[-1].property_name,
)
def test_a_job_stays_whatever_names_it(d: Desk, named: Element) -> None:
    load = d.job("\\Sales\\Load")
    d.job("Other")
    d.job("\\Sales\\Report", elements=[named], lenient=True)
    refused(d, lambda c: jobs.delete(c, load), r"job \\Sales\\Report")


def test_a_folder_names_a_job_for_all_that_lies_in_it(d: Desk) -> None:
    load = d.job("\\Sales\\Load")
    relative = {"jobName": "Load", "isRelative": True}
    d.folder("\\Sales\\Month", elements=[element("JobDependency", "DependsOnJob", "\\Sales\\Load")])
    found = d.read(lambda c: referring.references(c, ValueType.JOB, load, "\\Sales\\Load"))
    assert [(each.type, each.folder_path, each.referring_name) for each in found] == [
        ("Folder", "\\Sales", "Month")
    ]
    refused(d, lambda c: jobs.delete(c, load), r"folder \\Sales\\Month")
    other = d.job("\\Sales\\Month\\Load")
    d.job("\\Sales\\Month\\Report", elements=[element("JobDependency", "DependsOnJob", relative)])
    refused(d, lambda c: jobs.delete(c, other), r"job \\Sales\\Month\\Report")


def test_who_names_another_of_that_name_or_himself_holds_nothing(d: Desk) -> None:
    d.folder("\\Other")
    load, other = d.job("\\Sales\\Load"), d.job("\\Other\\Load")
    d.job("Report", elements=[element("JobDependency", "DependsOnJob", "\\Other\\Load")])
    itself = element("JobDependency", "DependsOnJob", "\\Again")
    again = d.job("Again", elements=[itself], lenient=True)
    assert d.write(lambda c: jobs.delete(c, load)) == "\\Sales\\Load"
    assert d.write(lambda c: jobs.delete(c, again)) == "\\Again"
    refused(d, lambda c: jobs.delete(c, other), r"job \\Report")


def test_a_variable_stays_while_a_job_waits_for_it(d: Desk) -> None:
    limit = variable(d, "\\Sales\\Limit")
    needs = element("VariableDependency", "Variable", "\\Sales\\limit", Value="1")
    report = d.job("Report", elements=[needs])
    refused(d, lambda c: variables.delete(c, limit), r"\\Sales\\Limit is used by job \\Report \(Variable\)")
    d.write(lambda c: jobs.delete(c, report))
    assert d.write(lambda c: variables.delete(c, limit)) == "\\Sales\\Limit"


def test_an_agent_stays_while_a_job_or_folder_runs_there(d: Desk) -> None:
    host = winrm(d, "Host")
    there = [PropertyValue(property_name="Agent", current_value={"agentName": "HOST"})]
    report = d.job("Report", properties=there)
    refused(d, lambda c: agents.delete(c, id=host), r"Host is used by job \\Report \(Agent\)")
    d.write(lambda c: jobs.delete(c, report))
    assert d.write(lambda c: agents.delete(c, id=host)) == "Host"


def test_a_credential_stays_while_an_agent_or_job_logs_on_with_it(d: Desk) -> None:
    d.credential("Night")
    host = winrm(d, "Host", Credential="night")
    refused(d, lambda c: credentials.delete(c, "Night"), r"Night is used by agent Host \(Credential\)")
    d.write(lambda c: agents.delete(c, id=host))
    d.write(lambda c: credentials.delete(c, "NIGHT"))
    assert d.read(credentials.all_credentials) == []


def test_by_force_a_job_is_deleted_that_others_name(d: Desk) -> None:
    load = d.job("Load")
    d.job("Report", elements=[element("JobDependency", "DependsOnJob", "Load")])
    assert d.write(lambda c: jobs.delete(c, load, force=True)) == "\\Load"


def test_what_is_deleted_names_nothing_any_more(d: Desk) -> None:
    d.job("Load")
    report = d.job("Report", elements=[element("JobDependency", "DependsOnJob", "Load")])
    count = select(func.count()).select_from(tables.reference_use)
    assert d.read(lambda c: c.scalar(count)) == 1
    d.write(lambda c: jobs.delete(c, report))
    assert d.read(lambda c: c.scalar(count)) == 0
