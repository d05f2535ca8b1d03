"""Every door gives the same answers and error codes, in one process and with the web services apart."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cases import CASES, Case, Saved

from jams.operations import CATALOGUE
from tests.support.doors import DOORS, Door, DoorError, RestDoor, levelled, operation_named
from tests.support.running import PASSWORD, add_account, configure, running, start_web_services

HOSTINGS = ["embedded", "separate"]
VOLATILE = re.compile(
    r"(?i)(id|utc|time|entry|ron|version|filename|log|status|access_token|refresh_token|nextPageLink|text|uid|database)$"
)


@pytest.fixture(scope="module", params=HOSTINGS)
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each door made of each case: ``{door: {case: ("answer", …) | ("error", code)}}``."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    configure(home)
    with running(home) as jams:
        add_account(home, "operator", "Administrators")
        add_account(home, "reader", "Inquirers")
        if request.param == "embedded":
            return {door.name: _through(door(jams)) for door in DOORS}
        apart = start_web_services(home.parent / "web", jams)
        try:
            return {door.name: _through(door(apart)) for door in DOORS}
        finally:
            apart.kill_tree()


def _through(door: Door) -> dict[str, tuple[str, Any]]:
    room = f"\\Contract-{door.name}"
    saved: dict[str, Any] = {}
    door.call(
        operation_named("create_folder"),
        {"folder": {"folderName": room[1:], "parentFolderName": "\\"}},
        "operator",
    )
    found: dict[str, tuple[str, Any]] = {}
    for case in CASES:
        found[case.name] = _one(door, case, room, saved)
    return found


def _one(door: Door, case: Case, room: str, saved: dict[str, Any]) -> tuple[str, Any]:
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
        return value.replace("{room}", room).replace("{password}", PASSWORD)
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


def _steady(value: Any) -> Any:
    """The answer without members that differ from run to run."""
    if isinstance(value, dict):
        return {k: "…" if VOLATILE.search(k) else _steady(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_steady(v) for v in value]
    return re.sub(r"\d+", "#", value) if isinstance(value, str) else value


@pytest.mark.parametrize("door", [door.name for door in DOORS])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(outcomes: dict[str, Any], case: Case, door: str) -> None:
    kind, value = outcomes[door][case.name]
    if case.error is not None:
        assert (kind, value) == ("error", case.error)
        return
    assert kind == "answer", value
    assert case.check is None or case.check(value), value
    assert _steady(levelled(value)) == _steady(levelled(outcomes[RestDoor.name][case.name][1]))


def test_every_operation_has_a_case() -> None:
    assert {operation.name for operation in CATALOGUE} == {case.operation for case in CASES}
