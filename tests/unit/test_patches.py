"""What a change says, and what a document is after it (RFC 7396)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from jams.objects.base import Duration
from jams.objects.calendars import NamedTime
from jams.objects.definitions import Agent, Job, Variable
from jams.objects.errors import InvalidArgument, MissingArgument, UnknownArgument
from jams.objects.parts import ACE, ACL, ParamDef, Tag
from jams.objects.patch import (
    clearable_members,
    members_named,
    patch_of,
    patched,
    references,
    stated,
    version_member,
    version_seen,
    whole,
    without,
)
from jams.objects.preconditions import ALWAYS, Precondition

LOAD = Job(
    job_id=3,
    job_name="Load",
    parent_folder_id=2,
    parent_folder_name="\\Sales",
    method_id=1,
    method_name="Command",
    source="true",
    description="Loads.",
    parameters=[ParamDef(param_name="day")],
    acl=ACL(generic_acl=[ACE(identifier="ann")]),
    version=7,
    last_changed_by="ann",
)


def after(document: Any = LOAD, /, **sent: Any) -> Any:
    """The document after a change that says this, by wire names."""
    return patched(document, msgspec.convert(sent, patch_of(type(document))))


def test_what_is_left_out_stays() -> None:
    assert after() == LOAD
    changed = after(description="x", tags=[{"tagName": "a"}])
    assert (changed.description, changed.tags) == ("x", [Tag(tag_name="a")])
    assert msgspec.structs.replace(changed, description="Loads.", tags=[]) == LOAD


def test_null_goes_back_to_the_default() -> None:
    changed = after(description=None, source=None, parameters=None, acl=None)
    assert (changed.description, changed.source, changed.parameters, changed.acl) == ("", None, [], None)
    with pytest.raises(MissingArgument, match="jobName cannot be null"):
        after(jobName=None)


def test_null_says_nothing_of_where_it_lies() -> None:
    changed = after(parentFolderID=None, parentFolderName=None)
    assert (changed.parent_folder_id, changed.parent_folder_name) == (2, "\\Sales")


def test_what_only_the_server_writes_says_nothing() -> None:
    assert after(jobID=3, version=7, lastChangedBy="eve", qualifiedName="\\x", avgCount=5) == LOAD


@pytest.mark.parametrize(
    ("sent", "number", "name"),
    [
        ({"methodName": "Python"}, None, "Python"),
        ({"methodID": 2}, 2, None),
        ({"methodID": 1, "methodName": "Python"}, None, "Python"),
        ({"methodID": 2, "methodName": "Command"}, 2, None),
        ({"methodID": 2, "methodName": "Python"}, 2, "Python"),
        ({"methodID": 1, "methodName": "Command"}, 1, "Command"),
        ({"methodID": None}, None, "Command"),
        ({"methodName": None}, 1, None),
        ({"methodID": None, "methodName": None}, None, None),
    ],
)
def test_of_number_and_name_what_was_changed_counts(sent: dict[str, Any], number: Any, name: Any) -> None:
    changed = after(**sent)
    assert (changed.method_id, changed.method_name) == (number, name)


def test_documents_within_are_patched_in_turn_and_lists_are_replaced() -> None:
    night = NamedTime(time_name="n", start_time=Duration(total_seconds=1), end_time=Duration(total_seconds=2))
    assert after(night, startTime={}) == night
    assert after(night, startTime={"totalSeconds": 5}).start_time.total_seconds == 5
    assert after(night, startTime={"totalSeconds": None}).start_time.total_seconds == -1
    assert after(acl={}).acl == LOAD.acl and after(acl={"genericACL": None}).acl == ACL()
    assert after(msgspec.structs.replace(LOAD, acl=None), acl={"genericACL": []}).acl == ACL()
    assert after(parameters=[{"paramName": "b"}]).parameters == [ParamDef(param_name="b")]


def test_what_a_patch_alone_makes() -> None:
    patch = msgspec.convert({"jobName": "x", "description": None, "source": "y"}, patch_of(Job))
    assert whole(patch) == Job(job_name="x", source="y")
    with pytest.raises(MissingArgument, match="Give jobName"):
        whole(msgspec.convert({"source": "y"}, patch_of(Job)))
    times = {"timeName": "n", "startTime": {"totalSeconds": 1}, "endTime": {"totalSeconds": 2}}
    made = whole(msgspec.convert(times, patch_of(NamedTime)))
    assert made.start_time == Duration(total_seconds=1)


def test_absence_crosses_every_form() -> None:
    patch = msgspec.convert({"jobID": 3, "source": None}, patch_of(Job))
    assert msgspec.json.encode(patch) == b'{"jobID":3,"source":null}'
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(patch), type=patch_of(Job))
    assert members_named(again) == {"job_id": 3, "source": None}


def test_members_that_are_called_as_at_any_door_can_be_cleared() -> None:
    patch = patch_of(Job)(description="x")
    cleared = without(patch, ["Source", "acl, TagIds"])
    assert members_named(cleared) == {"description": "x", "source": None, "acl": None, "tag_ids": None}
    assert without(patch, []) is patch
    for name in ("jobName", "jobID", "version", "parentFolderName", "lastChangedBy"):
        with pytest.raises(InvalidArgument, match="cannot be cleared"):
            without(patch, [name])
    with pytest.raises(InvalidArgument, match="given, and cleared"):
        without(patch, ["description"])
    with pytest.raises(UnknownArgument, match="Did you mean source"):
        without(patch, ["sorce"])
    assert clearable_members(Variable)["value"] == "value"


def test_a_document_that_was_got_is_meant_as_a_whole() -> None:
    said = members_named(stated(msgspec.structs.replace(LOAD, description="", parameters=[])))
    assert (said["description"], said["parameters"], said["version"]) == ("", [], 7)
    assert version_seen(stated(LOAD)) == 7
    assert patched(LOAD, stated(LOAD)) == LOAD


def test_one_made_by_hand_says_what_differs_from_the_defaults() -> None:
    assert members_named(stated(Job(job_name="x", source="y"))) == {"job_name": "x", "source": "y"}
    assert members_named(stated(Job(job_name="x"), whole=True))["parameters"] == []


def test_versions_and_references_follow_from_the_declaration() -> None:
    assert (version_member(Job), version_member(Agent), version_member(Duration)) == (
        "version",
        "definition_version",
        None,
    )
    assert references(Job) == (("method_id", "method_name"), ("parent_folder_id", "parent_folder_name"))
    assert references(Agent) == ()


@pytest.mark.parametrize(
    ("condition", "version", "holds"),
    [
        (ALWAYS, 7, True),
        (ALWAYS, None, True),
        (Precondition(exists=True), 7, True),
        (Precondition(exists=True), None, False),
        (Precondition(absent=True), 7, False),
        (Precondition(absent=True), None, True),
        (Precondition(versions=frozenset({6, 7})), 7, True),
        (Precondition(versions=frozenset({6})), 7, False),
        (Precondition(versions=frozenset()), 7, False),
        (Precondition(versions=frozenset({7})), None, False),
        (Precondition(other_than=frozenset({7})), 7, False),
        (Precondition(other_than=frozenset({7})), None, True),
        (ALWAYS.also(7), 7, True),
        (ALWAYS.also(None), 7, True),
        (Precondition(versions=frozenset({6})).also(7), 7, False),
        (Precondition(versions=frozenset({6})).also(7), 6, False),
    ],
)
def test_preconditions(condition: Precondition, version: int | None, holds: bool) -> None:
    assert condition.holds(version) is holds
    encoded = msgspec.msgpack.encode(condition)
    assert msgspec.msgpack.decode(encoded, type=Precondition) == condition
