"""Goes through cases at a door, and makes what came out comparable with what another door gave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from contract_case import Case, Saved

from tests.support.doors import Door, DoorError, levelled, operation_named
from tests.support.running import PASSWORD

Outcome = tuple[str, Any]
"""``answer`` and the answer, ``error`` and its code, or ``broken`` and what happened."""

VOLATILE = re.compile(
    r"(?i)(id|utc|time|entry|ron|version|filename|log|status|token|text|uid|database|^next"
    r"|^link|^hash|^previous|^records|^secret|^uri|publickey|fingerprint)$"
)

INCIDENTAL = {"nextPageLink", "avgElapsedTime", "door", "origin", "completionDate", "cursor", "logFile"}
INCIDENTAL |= {"entriesWaiting", "lastLoginUTC", "statistics"}
INCIDENTAL |= {f"last{severity}" for severity in ("Success", "Info", "Warning", "Error", "Fatal")}
"""What only a door gives that has addresses, what is there as soon as a run of the job has ended, which door
something was done by or has logged in at, and how many entries others have left waiting."""


def through(door: Door, cases: Iterable[Case], room: str = "") -> dict[str, Outcome]:
    """What a door makes of each case that it has words for, in a folder of its own, which may be named."""
    room = room or f"\\Contract-{door.name}"
    saved: dict[str, Any] = {}
    door.call(
        operation_named("create_folder"),
        {"folder": {"folderName": room[1:], "parentFolderName": "\\"}},
        "operator",
    )
    return {case.name: _one(door, case, room, saved) for case in cases if case.name not in door.unexpressed}


def faults(
    door: type[Door], cases: Iterable[Case], found: dict[str, Outcome], over_rest: dict[str, Outcome]
) -> list[str]:
    """What is wrong with what a door gave, by the cases and by what the same cases gave over REST."""
    told = {case.name: _fault(door, case, found[case.name], over_rest[case.name]) for case in cases}
    return [f"{name}: {fault}" for name, fault in told.items() if fault]


def _fault(door: type[Door], case: Case, outcome: Outcome, over_rest: Outcome) -> str | None:
    kind, value = outcome
    operation = operation_named(case.operation)
    if case.error is not None:
        refusal = ("error", door.refusal(operation, case.error))
        return None if outcome == refusal else f"{outcome} instead of {refusal}"
    if kind != "answer":
        return f"{kind}: {value}"
    whole = over_rest[1]
    expected = door.expected(operation, whole)
    if expected is whole and not (case.check is None or case.check(value)):
        return f"not as the case demands: {value}"
    if operation.session != "opens" or not door.keeps_the_token:
        given, wanted = steady(levelled(value)), steady(levelled(expected))
        return None if given == wanted else f"{given} instead of {wanted}"
    return None


def comparable(outcome: Outcome) -> Outcome:
    """What two servers must have in common when they are asked the same."""
    kind, value = outcome
    return kind, steady(levelled(value))


def _one(door: Door, case: Case, room: str, saved: dict[str, Any]) -> Outcome:
    try:
        inputs = _filled(case.inputs, room, saved)
        answer = door.call(operation_named(case.operation), inputs, case.caller)
    except DoorError as error:
        return "error", error.code
    except Exception as error:
        return "broken", f"{type(error).__name__}: {error}"
    try:
        for name, pick in case.save.items():
            saved[name] = pick(answer)
    except Exception as error:
        return "broken", f"{type(error).__name__}: {error} in {answer}"
    return "answer", _emptied(answer, room)


def _filled(value: Any, room: str, saved: dict[str, Any]) -> Any:
    if isinstance(value, Saved):
        return saved[value.name]
    if isinstance(value, str):
        return value.replace("{room}", room).replace("{bare}", room[1:]).replace("{password}", PASSWORD)
    if isinstance(value, dict):
        return {k: _filled(v, room, saved) for k, v in value.items()}
    if isinstance(value, list):
        return [_filled(v, room, saved) for v in value]
    return value


def _emptied(value: Any, room: str) -> Any:
    """The answer with the door's own room taken out again."""
    if isinstance(value, str):
        return value.replace(room, "{room}").replace(room[1:], "{room}"[1:])
    if isinstance(value, dict):
        return {k: _emptied(v, room) for k, v in value.items()}
    if isinstance(value, list):
        return [_emptied(v, room) for v in value]
    return value


def steady(value: Any) -> Any:
    """The answer without members that differ from run to run, or that only one door has."""
    if isinstance(value, dict):
        members = {k: v for k, v in value.items() if k not in INCIDENTAL}
        return {k: "…" if VOLATILE.search(k) else steady(v) for k, v in members.items()}
    if isinstance(value, list):
        return [steady(v) for v in value]
    return re.sub(r"\d+", "#", value) if isinstance(value, str) else value
