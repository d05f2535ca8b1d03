"""One check for all that callers send and for all that is written down."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

from jams.database import stored
from jams.database.entry_documents import EntryRest
from jams.database.jobs import JobRest
from jams.objects.base import DateText, Integer, Name, Seconds, Source, Text, Timestamp
from jams.objects.checking import check
from jams.objects.definitions import Job
from jams.objects.errors import InvalidArgument, InvalidName, InvalidParameter
from jams.objects.parts import Element, ParamValue, PropertyValue, Tag
from jams.objects.schedule import SubmitInfo, SubmitJob, SubmitParam

FAR = timezone(timedelta(hours=14))
NEAR = timezone(timedelta(hours=-12))


def nested(depth: int) -> dict[str, Any]:
    return {"a": nested(depth - 1)} if depth > 1 else {"a": 1}


TAKEN: list[tuple[Any, Any]] = [
    ("x" * 4096, Text),
    ("a\r\n\tb", Text),
    ("\x1b\x0c", Source),
    (None, Text),
    (2**53 - 1, Integer),
    (datetime.max.replace(tzinfo=UTC), Timestamp),
    (datetime.min.replace(tzinfo=UTC), Timestamp),
    (datetime.max.replace(tzinfo=FAR), Timestamp),
    (1e9, Seconds),
    ([], list[Name]),
    (PropertyValue(property_name="Agent", current_value={"agentName": "a", "more": [1, None, True]}), None),
    (PropertyValue(property_name="x", current_value=nested(8)), None),
    (Job(job_name="a", description="b"), None),
]

REFUSED: list[tuple[Any, Any, type[InvalidArgument], str]] = [
    ("x" * 4097, Text, InvalidArgument, "place"),
    ("", Name, InvalidName, "place"),
    ("a\0", Source, InvalidArgument, "place"),
    ("\ud800", DateText, InvalidArgument, "place"),
    ("a\nb", Name, InvalidName, "place"),
    (2**53, Integer, InvalidArgument, "place"),
    (-(2**63), Integer, InvalidArgument, "place"),
    (math.nan, Seconds, InvalidArgument, "place"),
    (math.inf, Seconds, InvalidArgument, "place"),
    (datetime.max.replace(tzinfo=NEAR), Timestamp, InvalidArgument, "place"),
    (datetime.min.replace(tzinfo=FAR), Timestamp, InvalidArgument, "place"),
    (
        SubmitInfo(parameters=[SubmitParam(param_name="a"), SubmitParam(param_name="b", param_value="\0")]),
        None,
        InvalidParameter,
        "parameters[1].paramValue",
    ),
    (SubmitJob(name="j", parameters={"a": "\ud800"}), None, InvalidParameter, "parameters.a"),
    (SubmitJob(name="j", parameters={"a\n": 1}), None, InvalidName, "parameters"),
    (SubmitJob(name="j", parameters={"a": math.nan}), None, InvalidArgument, "parameters.a"),
    (
        Job(
            job_name="j",
            elements=[
                Element(
                    element_name="e",
                    properties=[PropertyValue(property_name="p", current_value={"x": {"y": 2**70}})],
                )
            ],
        ),
        None,
        InvalidArgument,
        "elements[0].properties[0].currentValue.x",
    ),
    (PropertyValue(property_name="p", current_value=math.inf), None, InvalidArgument, "currentValue"),
    (PropertyValue(property_name="p", current_value=nested(9)), None, InvalidArgument, "currentValue.a"),
    (
        PropertyValue(property_name="p", current_value={"a": list(range(1000))}),
        None,
        InvalidArgument,
        "currentValue.a",
    ),
    (PropertyValue(property_name="a\u200b"), None, InvalidArgument, "propertyName"),
    (Job(job_name="j", tags=[Tag(tag_name="\u202e")]), None, InvalidArgument, "tags[0].tagName"),
    (
        Job(job_name="j", last_change_utc=datetime.min.replace(tzinfo=FAR)),
        None,
        InvalidArgument,
        "lastChangeUTC",
    ),
]


@pytest.mark.parametrize(("value", "annotation"), TAKEN)
def test_taken(value: Any, annotation: Any) -> None:
    check(value, annotation or type(value), "place")


@pytest.mark.parametrize(("value", "annotation", "error", "member"), REFUSED)
def test_refused(value: Any, annotation: Any, error: type[InvalidArgument], member: str) -> None:
    with pytest.raises(InvalidArgument) as found:
        check(value, annotation or type(value), "place")
    assert type(found.value) is error
    assert found.value.member == member
    msgspec.json.encode(found.value.document())


def test_what_is_written_down_can_be_read_back() -> None:
    whole = EntryRest(note="x" * 4096, parameters=[ParamValue(param_name="a", value="ß" * 4096)])
    assert msgspec.json.decode(stored.encoded(whole), type=EntryRest) == whole


@pytest.mark.parametrize(
    "rest",
    [
        EntryRest(parameters=[ParamValue(param_name="a", value="SS" * 3000)]),
        EntryRest(note="\ud800"),
        JobRest(properties=[PropertyValue(property_name="RetryCount", current_value=2**60)]),
        JobRest(description="x" * 5000),
    ],
)
def test_what_could_not_be_read_back_is_not_written_down(rest: Any) -> None:
    with pytest.raises(InvalidArgument):
        stored.encoded(rest)
