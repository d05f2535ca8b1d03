"""Who shapes a run that has the value of an encrypted variable needs Decrypt, from whatever side he comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jams.objects.definitions import Folder
from jams.objects.enums import ObjectType
from jams.objects.errors import AccessDenied
from jams.objects.patch import patch_of
from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl, VariableDefinitions
from tests.support.town import Town, town
from tests.unit.test_encrypted_variables import KEY, change, job, key, made, make

pytestmark = pytest.mark.unit

URL = {"paramName": "Url", "defaultValue": "https://ours.example"}
TOKEN = {"paramName": "Token", "variableName": KEY}


@pytest.fixture
def t(tmp_path: Path, place: Path | str) -> Iterator[Town]:
    with town(tmp_path, place) as made_here:
        made_here.admit("boss")
        made_here.admit("ann", ALL_RIGHTS - {VariableDefinitions.DECRYPT, AccessControl.CHANGE})
        made_here.desk.folder("\\Open")
        made_here.desk.folder("\\Ann")
        yield made_here


def refused(t: Town, do: Any, *arguments: Any, **named: Any) -> None:
    with pytest.raises(AccessDenied, match="Decrypt"):
        do(t, *arguments, **named)


def setup(parameters: list[dict[str, Any]], of_member: list[dict[str, Any]]) -> dict[str, Any]:
    member = {"jobName": "\\Open\\J", "step": 1, "parameters": of_member}
    document = {"setupName": "S", "parentFolderName": "\\Ann", "jobs": [member]}
    return {**document, "parameters": parameters}


def trigger(*parameters: dict[str, Any]) -> dict[str, Any]:
    action = {"jobName": "\\Open\\J", "parameters": [*parameters]}
    event = {"eventType": "Job", "jobName": "\\Ann\\K"}
    return {"triggerName": "T", "parentFolderName": "\\Ann", "events": [event], "actions": [action]}


def test_who_lets_a_setup_or_trigger_submit_what_has_it_needs_the_right(t: Town) -> None:
    """He says its other parameters, and so where the secret is sent."""
    key(t)
    made(t, parameters=[TOKEN, URL])
    make(t, "job", job(parentFolderName="\\Ann", jobName="K", parameters=[]))
    elsewhere = {"paramName": "Url", "defaultValue": "https://hers.example"}
    refused(t, make, "setup", setup([], [elsewhere]), "ann")
    refused(t, make, "trigger", trigger({"paramName": "Url", "defaultValue": "https://hers.example"}), "ann")
    make(t, "setup", setup([], []))
    make(t, "trigger", trigger())
    outer = {**setup([], []), "setupName": "Outer"}
    outer["jobs"][0]["jobName"] = "\\Ann\\S"
    refused(t, make, "setup", outer, "ann")
    submits = {"propertyName": "SubmitJob", "currentValue": "\\Open\\J"}
    task = {"elementTypeName": "SubmitJobTask", "elementName": "a", "properties": [submits]}
    sequence = {
        "jobName": "Q",
        "parentFolderName": "\\Ann",
        "methodName": "Sequence",
        "sourceElements": [task],
    }
    refused(t, make, "job", sequence, "ann")
    make(t, "job", sequence)
    with pytest.raises(AccessDenied, match="Decrypt"):
        t.call("submit_job", "ann", name="\\Ann\\Q")


def test_a_folder_that_a_change_makes_is_looked_at_as_well(t: Town) -> None:
    key(t)
    folder = {"folderName": "New", "parentFolderName": "\\Ann", "parameters": [TOKEN]}
    refused(t, make, "folder", folder, "ann")
    with pytest.raises(AccessDenied, match="Decrypt"):
        t.call("change_folder", "ann", folder=msgspec.convert(folder, patch_of(Folder)))


def test_who_submits_a_setup_whose_members_have_it_needs_the_right(t: Town) -> None:
    key(t)
    made(t, parameters=[TOKEN, URL])
    make(t, "setup", setup([URL], []))
    with pytest.raises(AccessDenied, match="Decrypt"):
        t.call("submit_job", "ann", name="\\Ann\\S", parameters={"Url": "https://hers.example"})
    t.call("submit_job", "boss", name="\\Ann\\S", parameters={"Url": "https://hers.example"})


@pytest.mark.parametrize("by", ["member", "parameter", "trigger"])
def test_who_changes_what_is_handed_it_needs_the_right(t: Town, by: str) -> None:
    key(t)
    made(t, parameters=[{"paramName": "Token"}])
    make(t, "job", job(parentFolderName="\\Ann", jobName="K", parameters=[]))
    if by == "member":
        make(t, "setup", setup([], [TOKEN]))
    elif by == "parameter":
        make(t, "setup", setup([TOKEN], []))
    else:
        make(t, "trigger", trigger(TOKEN))
    refused(t, change, "job", "\\Open\\J", {"source": "echo $Token"}, "ann")
    refused(t, change, "folder", "\\Open", {"description": "mine"}, "ann")
    refused(t, change, "method", "Command", {"description": "mine"}, "ann")
    change(t, "job", "\\Ann\\K", {"source": "echo hers"}, "ann")
    change(t, "job", "\\Open\\J", {"source": "echo"})


def test_a_parameter_beside_it_is_changed_by_who_may_have_it_alone(t: Town) -> None:
    key(t)
    made(t, parameters=[TOKEN, URL])
    make(t, "setup", setup([URL], []))
    for name in ("\\Open\\J", "\\Ann\\S"):
        number = t.call("submit_job", "boss", name=name, hold=True).jams_entry
        given = {"id": number, "param_name": "Url", "param_value": "https://hers.example"}
        with pytest.raises(AccessDenied, match="Decrypt"):
            t.call("set_entry_parameter", "ann", **given)
        t.call("set_entry_parameter", "boss", **given)


def test_it_does_not_come_to_where_another_one_was_named(t: Town) -> None:
    """A name that a definition of hers says is not to be given to it afterwards."""
    key(t)
    refused(t, change, "variable", KEY, {"variableName": "Other"}, "ann")
    refused(t, change, "variable", KEY, {"parentFolderName": "\\Ann"}, "ann")
    refused(t, change, "folder", "\\Open", {"folderName": "Else"}, "ann")
    change(t, "variable", KEY, {"description": "hers"}, "ann")
    change(t, "folder", "\\Open", {"description": "hers"}, "ann")
    change(t, "variable", KEY, {"parentFolderName": "\\Ann"})


def test_what_comes_down_by_a_method_counts_where_its_folder_changes(t: Town) -> None:
    key(t)
    method = {"methodName": "Keyed", "methodTypeName": "Command", "parameters": [TOKEN]}
    make(t, "method", method)
    make(t, "job", job(method="Keyed", parameters=[], parentFolderName="\\Ann"))
    refused(t, change, "folder", "\\Ann", {"description": "mine"}, "ann")


def test_an_old_version_brings_none_of_it_back(t: Town) -> None:
    key(t)
    made(t)
    change(t, "job", "\\Open\\J", {"parameters": []})
    named = {"object_type": ObjectType.JOB, "name": "\\Open\\J"}
    first = t.call("list_revisions", "boss", **named)[-1].version
    with pytest.raises(AccessDenied, match="Decrypt"):
        t.call("restore_revision", "ann", version=first, **named)
