"""Every door gives the same answers and error codes, in one process and with the web services apart."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from cases import CASES, Case, Saved

from jams.operations import CATALOGUE
from tests.support.doors import DOORS, Door, DoorError, RestDoor, levelled, operation_named
from tests.support.powershell_doors import settings
from tests.support.powershell_module import NEEDS_POWERSHELL
from tests.support.running import (
    PASSWORD,
    Running,
    add_account,
    configure,
    running,
    start_web_services,
)

pytestmark = pytest.mark.timeout(240)
"""The first case asked of a door goes through all of them."""

HOSTINGS = ["embedded", "separate"]
ALL_DOORS: dict[str, type[Door]] = {door.name: door for door in DOORS}
NEEDS = {
    "powershell-module": NEEDS_POWERSHELL,
    "powershell-session": pytest.mark.skipif(sys.platform != "linux", reason="the socket needs Linux"),
}
EXPRESSED = [
    pytest.param(case, door.name, id=f"{case.name}-{door.name}", marks=NEEDS.get(door.name, ()))
    for case in CASES
    for door in ALL_DOORS.values()
    if case.name not in door.unexpressed
]
VOLATILE = re.compile(
    r"(?i)(id|utc|time|entry|ron|version|filename|log|status|access_token|refresh_token|text|uid|database)$"
)

ADDRESSES = {"nextPageLink"}
"""What only a door gives that has addresses."""


class Outcomes:
    """What each door made of each case; a door is gone through when it is first asked for."""

    def __init__(self, jams: Running) -> None:
        self._jams = jams
        self._found: dict[str, dict[str, tuple[str, Any]]] = {}

    def __getitem__(self, name: str) -> dict[str, tuple[str, Any]]:
        if name not in self._found:
            door = ALL_DOORS[name](self._jams)
            self._found[name] = _through(door)
            door.close()
        return self._found[name]


@pytest.fixture(scope="module", params=HOSTINGS)
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    """The doors of a JAMS in one process, and of web services apart from their JAMServer."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    configure(home, **settings())
    with running(home) as jams:
        add_account(home, "operator", "Administrators")
        add_account(home, "reader", "Inquirers")
        if request.param == "embedded":
            yield Outcomes(jams)
            return
        apart = start_web_services(home.parent / "web", jams)
        yield Outcomes(apart)
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
        if case.name not in door.unexpressed:
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


def _steady(value: Any) -> Any:
    """The answer without members that differ from run to run, or that only one door has."""
    if isinstance(value, dict):
        members = {k: v for k, v in value.items() if k not in ADDRESSES}
        return {k: "…" if VOLATILE.search(k) else _steady(v) for k, v in members.items()}
    if isinstance(value, list):
        return [_steady(v) for v in value]
    return re.sub(r"\d+", "#", value) if isinstance(value, str) else value


@pytest.mark.parametrize(("case", "door"), EXPRESSED)
def test_answer(outcomes: Outcomes, case: Case, door: str) -> None:
    kind, value = outcomes[door][case.name]
    if case.error is not None:
        assert (kind, value) == ("error", case.error)
        return
    assert kind == "answer", value
    operation, whole = operation_named(case.operation), outcomes[RestDoor.name][case.name][1]
    expected = ALL_DOORS[door].expected(operation, whole)
    if expected is whole:
        assert case.check is None or case.check(value), value
    if operation.session != "opens" or not ALL_DOORS[door].keeps_the_token:
        assert _steady(levelled(value)) == _steady(levelled(expected))


def test_what_a_door_has_no_words_for_is_a_case() -> None:
    names = {case.name for case in CASES}
    assert all(names >= door.unexpressed.keys() for door in ALL_DOORS.values())


def test_every_operation_has_a_case() -> None:
    assert {operation.name for operation in CATALOGUE} == {case.operation for case in CASES}
