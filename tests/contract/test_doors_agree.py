"""Every door gives the same answers and error codes, in one process and with the web services apart.

PowerShell's ways in are asked the same in test_powershell_doors_agree.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cases import CASES, Case
from walking import Outcome, check_answer, through

from jams.operations import CATALOGUE
from tests.support.doors import DOORS, Door, RestDoor
from tests.support.running import Running, add_account, configure, running, start_web_services

pytestmark = pytest.mark.timeout(240)
"""The first case asked of a door goes through all of them."""

HOSTINGS = ["embedded", "separate"]
BY_NAME: dict[str, type[Door]] = {door.name: door for door in DOORS}


class Outcomes:
    """What each door made of each case; a door is gone through when it is first asked for."""

    def __init__(self, jams: Running) -> None:
        self._jams = jams
        self._found: dict[str, dict[str, Outcome]] = {}

    def __getitem__(self, name: str) -> dict[str, Outcome]:
        if name not in self._found:
            door = BY_NAME[name](self._jams)
            self._found[name] = through(door, CASES)
            door.close()
        return self._found[name]


@pytest.fixture(scope="module", params=HOSTINGS)
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    """The doors of a JAMS in one process, and of web services apart from their JAMServer."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    configure(home)
    with running(home) as jams:
        add_account(home, "operator", "Administrators")
        add_account(home, "reader", "Inquirers")
        if request.param == "embedded":
            yield Outcomes(jams)
            return
        apart = start_web_services(home.parent / "web", jams)
        yield Outcomes(apart)
        apart.kill_tree()


@pytest.mark.parametrize("door", list(BY_NAME))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(outcomes: Outcomes, case: Case, door: str) -> None:
    check_answer(BY_NAME[door], case, outcomes[door][case.name], outcomes[RestDoor.name][case.name])


def test_every_operation_has_a_case() -> None:
    lacking = {operation.name for operation in CATALOGUE} - {case.operation for case in CASES}
    assert not lacking, f"no case in the table of tests/contract for {', '.join(sorted(lacking))}"
