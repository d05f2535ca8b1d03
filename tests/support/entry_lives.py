"""The life of an entry: submitted with a probe, listed, shown, changed, cancelled and removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jams.objects.schedule import SubmitInfo, SubmitJob
from jams.registry import JOB_PROPERTIES, Place
from tests.support.doors import DoorError, operation_named
from tests.support.lives import GIVEN_OUT, Broken, Doors, Trace, ask, changed_tables, shortened
from tests.support.nouns import ITEM, JOB, ROOM, Noun, Target
from tests.support.powershell_calls import NotExpressed
from tests.support.probes import VALUE, Probe

LOAD = f"{ROOM}\\Load"
_AS_GIVEN: dict[str, Any] = {"name": LOAD, "hold": True}

SUBMISSION = Noun(
    word="submit_info",
    document=SubmitInfo,
    number="jamsEntry",
    name="overrideName",
    everywhere=("find_entries", {}),
    base=_AS_GIVEN,
    lists=(("find_entries", {"folder": ROOM}), ("find_entries", {"name": "Load"})),
    items={**JOB.items, ("parameters", ITEM): {"paramName": GIVEN_OUT}},
    properties=JOB_PROPERTIES.at(Place.SUBMISSION),
)
SHORT = Noun(
    word="short submission",
    document=SubmitJob,
    number="jamsEntry",
    name="overrideName",
    everywhere=("find_entries", {}),
    base=_AS_GIVEN,
    lists=SUBMISSION.lists,
)
SHOWN = {"note": "note", "schedulingPriority": "schedulingPriority", "priority": "schedulingPriority"}
"""Members of submissions that entries show, and as what."""


def live(noun: Noun, target: Target, doors: Doors, traced: Callable[[], Trace]) -> Iterator[str]:
    """Go through lives with each probe in a member; tells what was not as it has to be."""
    before = traced()
    for probe in target.probes:
        now = traced()
        try:
            number = _submitted(noun, target.document(noun, probe, "Entry"), doors)
        except (DoorError, NotExpressed):
            if left := changed_tables(now, traced()):
                yield f"{probe.name}: it was refused, and has left something behind: {left}"
            continue
        except Broken as broken:
            yield f"{probe.name}: {broken}"
            continue
        try:
            yield from _rest(noun, target, probe, number, doors)
        except (Broken, DoorError) as error:
            yield f"{probe.name}: {error}"
    for operation in ("find_history", "search_history", "get_audit_trail"):
        ask(doors(), operation, {})
    if left := changed_tables(before, traced()):
        yield f"something is left of what was removed: {left}"


def _submitted(noun: Noun, document: dict[str, Any], doors: Doors) -> int:
    if noun is SUBMISSION:
        return int(ask(doors(), "submit", {"submit_info": document})["jamsEntry"])
    names = {item.wire: item.name for item in operation_named("submit_job").inputs}
    inputs = {names[wire]: value for wire, value in document.items()}
    return int(ask(doors(), "submit_job", inputs)["jamsEntry"])


def _rest(noun: Noun, target: Target, probe: Probe, number: int, doors: Doors) -> Iterator[str]:
    for operation, inputs in (*noun.lists, noun.everywhere):
        if number not in {row["jamsEntry"] for row in ask(doors(), operation, inputs)}:
            yield f"{probe.name}: {operation} lacks it"
    shown = ask(doors(), "get_entry", {"id": number})
    value = ask(doors(), "get_entry_parameter", {"id": number, "name": GIVEN_OUT}).get("value")
    told = {"paramValue": value, VALUE: value, **{n: shown.get(s) for n, s in SHOWN.items()}}
    if target.path[-1] in told:
        found = told[target.path[-1]]
        # The value of a parameter is a text, however it was given.
        if not target.accepts(found, probe) and found != str(probe.value):
            yield f"{probe.name}: {shortened(probe.value)} was given, {shortened(found)} is shown"
    for operation in ("get_entry_parameters", "get_entry_audit"):
        ask(doors(), operation, {"id": number})
    ask(doors(), "reschedule_entry", {"id": number, "priority": 7, "comment": "Changed."})
    ask(doors(), "set_entry_parameter", {"id": number, "param_name": GIVEN_OUT, "param_value": "changed"})
    again = ask(doors(), "get_entry", {"id": number})
    if again["schedulingPriority"] != 7:
        yield f"{probe.name}: it was changed, and is not"
    if again["displayName"] != shown["displayName"] or again.get("note") != shown.get("note"):
        yield f"{probe.name}: a change of its priority changed more"
    ask(doors(), "cancel_entry", {"id": number})
    ask(doors(), "remove_entry", {"id": number})
