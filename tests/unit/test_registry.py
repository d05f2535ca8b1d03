"""The registry of properties and types of elements, and how their values are read."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from jams.dates import NonWorkdayRule
from jams.objects.enums import Severity
from jams.objects.errors import InvalidArgument, UnknownElementType, UnknownProperty
from jams.registry import (
    AGENT_PROPERTIES,
    ELEMENT_TYPES,
    JOB_PROPERTIES,
    Place,
    Property,
    PropertySet,
    Reference,
    ValueType,
    element_type,
    kept,
    read,
)

SETS: list[PropertySet] = [JOB_PROPERTIES, AGENT_PROPERTIES, *(each.properties for each in ELEMENT_TYPES)]


@pytest.mark.parametrize("known", SETS, ids=lambda known: known.owner)
def test_what_is_registered_is_whole(known: PropertySet) -> None:
    for each in known:
        assert each.description.endswith(".") and each.places
        assert each.obeyed or each.unsupported.endswith(".") or each.unsupported_in
        assert (each.value_type is ValueType.CHOICE) == (each.choices is not None)
        assert kept(each, each.default) == each.default, "a default is a value in its usual form"


def test_a_type_of_element_says_what_it_does_and_why_it_does_not() -> None:
    for each in ELEMENT_TYPES:
        assert each.description.endswith(".") and each.places
        assert each.obeyed or each.unsupported.endswith(".")
    assert [each.number for each in ELEMENT_TYPES] == list(range(1, len(ELEMENT_TYPES) + 1))


@pytest.mark.parametrize(
    ("known", "name", "message"),
    [
        (
            JOB_PROPERTIES,
            "Retrycuont",
            "There is no property Retrycuont of a job or folder. Did you mean RetryCount?",
        ),
        (JOB_PROPERTIES, "Zzz", "There is no property Zzz of a job or folder."),
        (AGENT_PROPERTIES, "Adress", "There is no property Adress of an agent. Did you mean Address?"),
    ],
)
def test_an_unknown_property_is_told_with_the_nearest(known: PropertySet, name: str, message: str) -> None:
    with pytest.raises(UnknownProperty) as caught:
        known.named(name)
    assert caught.value.message == message


def test_names_are_taken_in_any_case() -> None:
    assert JOB_PROPERTIES["retrycount"].name == "RetryCount"
    assert JOB_PROPERTIES.named("scheduleddatestart").name == "ScheduledStartDate"
    assert element_type("SCHEDULETRIGGER").name == "ScheduleTrigger"
    assert element_type("Resubmit").name == "Recurrence"


def test_an_unknown_type_of_element_is_told_with_the_nearest() -> None:
    with pytest.raises(
        UnknownElementType, match=r"no type of element ScheduleTriger\. Did you mean ScheduleTrigger\?"
    ):
        element_type("ScheduleTriger")


def test_what_stands_elsewhere_is_told() -> None:
    with pytest.raises(
        UnknownElementType, match="SubmitJobTask does not stand there: it belongs to the source"
    ):
        element_type("SubmitJobTask", Place.JOB)
    with pytest.raises(UnknownElementType, match="Recurrence does not stand there: it belongs to jobs"):
        element_type("Recurrence", Place.FOLDER)
    with pytest.raises(
        UnknownProperty, match="Calendar does not stand there: it belongs to folders and jobs"
    ):
        JOB_PROPERTIES.named("Calendar", Place.SUBMISSION)


def holding(kind: ValueType, **members: Any) -> Property:
    return Property(name="P", value_type=kind, description="It.", **members)


@pytest.mark.parametrize(
    ("definition", "value", "meaning"),
    [
        (holding(ValueType.INTEGER), " -7 ", -7),
        (holding(ValueType.INTEGER), 7.0, 7),
        (holding(ValueType.BOOLEAN), "TRUE", True),
        (holding(ValueType.BOOLEAN), " ", None),
        (holding(ValueType.TEXT), "  ", None),
        (holding(ValueType.SPAN), "1.02:30", timedelta(hours=26, minutes=30)),
        (holding(ValueType.SPAN), {"$type": "DeltaTime", "totalSeconds": 600}, timedelta(minutes=10)),
        (holding(ValueType.SPAN), {"TotalSeconds": -1}, None),
        (holding(ValueType.TIME_OF_DAY), "3:30PM", time(15, 30)),
        (holding(ValueType.TIME_OF_DAY), {"totalSeconds": 30600}, time(8, 30)),
        (holding(ValueType.DAY), "2026-01-31T00:00:00Z", date(2026, 1, 31)),
        (holding(ValueType.DAY), "0001-01-01T00:00:00Z", None),
        (holding(ValueType.TIME_ZONE), "Europe/Berlin", "Europe/Berlin"),
        (holding(ValueType.EMAILS), "a@x.de; b@y.de, -*", ("a@x.de", "b@y.de", "-*")),
        (holding(ValueType.CHOICE, choices=Severity), "warning", Severity.WARNING),
        (JOB_PROPERTIES["NonWorkdayScheduling"], "ignore", NonWorkdayRule.SCHEDULE),
        (holding(ValueType.AGENT), " win1 ", Reference(name="win1")),
        (holding(ValueType.AGENT), {"agentName": "win1", "$type": "AgentReference"}, Reference(name="win1")),
        (holding(ValueType.AGENT), {"agentID": 0, "agentName": ""}, None),
        (holding(ValueType.CALENDAR), {"calendarID": 7, "calendarName": "Bank"}, Reference(7, "Bank")),
        (holding(ValueType.JOB), {"JobName": "Load", "isRelative": True}, Reference(None, "Load", True)),
    ],
)
def test_what_a_value_means(definition: Property, value: Any, meaning: Any) -> None:
    assert read(definition, value) == meaning


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        (holding(ValueType.INTEGER), "many"),
        (holding(ValueType.INTEGER), True),
        (holding(ValueType.INTEGER), 2**31),
        (holding(ValueType.INTEGER, minimum=0), -1),
        (holding(ValueType.INTEGER), 1.5),
        (holding(ValueType.INTEGER), float("nan")),
        (holding(ValueType.INTEGER), "9" * 5000),
        (holding(ValueType.BOOLEAN), 1),
        (holding(ValueType.TEXT), 5),
        (holding(ValueType.TEXT), "a\0b"),
        (holding(ValueType.TEXT, longest=3), "abcd"),
        (holding(ValueType.SPAN), 600),
        (holding(ValueType.SPAN), "soon"),
        (holding(ValueType.SPAN), {"totalSeconds": "600"}),
        (holding(ValueType.SPAN), {"totalSeconds": 10**12}),
        (holding(ValueType.SPAN), {"seconds": 5}),
        (holding(ValueType.SPAN), "99999.00:00"),
        (holding(ValueType.TIME_OF_DAY), "8:3x"),
        (holding(ValueType.TIME_OF_DAY), "25:00"),
        (holding(ValueType.TIME_OF_DAY), {"totalSeconds": 86400}),
        (holding(ValueType.DAY), "soon"),
        (holding(ValueType.TIME_ZONE), "Mars/Olympus"),
        (holding(ValueType.TIME_ZONE), {"timeZoneID": 3}),
        (holding(ValueType.PATTERN), "("),
        (holding(ValueType.PATTERN), "a" * 1001),
        (holding(ValueType.EMAILS), "nobody"),
        (holding(ValueType.EMAILS), "a@x.de b@y.de"),
        (holding(ValueType.CHOICE, choices=Severity), "Perhaps"),
        (holding(ValueType.AGENT), 5),
        (holding(ValueType.AGENT), {"queueName": "q"}),
        (holding(ValueType.AGENT), {"agentName": 5}),
        (holding(ValueType.AGENT), {"agentID": True}),
    ],
)
def test_what_a_property_cannot_hold(definition: Property, value: Any) -> None:
    with pytest.raises(InvalidArgument) as caught:
        read(definition, value)
    assert len(caught.value.message) < 400


def test_the_usual_form_of_a_value() -> None:
    assert kept(JOB_PROPERTIES["RetryCount"], "3") == 3
    assert kept(JOB_PROPERTIES["Enabled"], "False") is False
    assert kept(JOB_PROPERTIES["NonWorkdayScheduling"], "ignore") == "Schedule"
    assert kept(JOB_PROPERTIES["RetryInterval"], {"totalSeconds": 60}) == {"totalSeconds": 60}
    assert kept(JOB_PROPERTIES["HomeDirectory"], "") == ""
