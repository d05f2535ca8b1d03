"""Every door gives the same answers and error codes, in one process and with the web services apart.

PowerShell's ways in are asked the same in test_powershell_doors_agree.py, and a JAMS on PostgreSQL in
test_databases_agree.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from cases import CASES
from hosting import BY_NAME, SPARING, SUBJECTS, Outcomes, hosted
from walking import faults, through

from jams.operations import CATALOGUE
from tests.support.doors import Door, RestDoor

pytestmark = pytest.mark.timeout(480)
"""The first case asked of a door goes through all of them."""

FIRST = CASES[:100]
"""Cases that are asked by a process each as well: logins, folders, jobs, submissions and their refusals."""


@pytest.fixture(scope="module", params=["embedded", "separate"])
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    """The doors of a JAMS in one process, and of web services apart from their JAMServer."""
    with hosted(tmp_path_factory.mktemp(request.param), web_apart=request.param == "separate") as made:
        yield made


def test_each_case_has_a_name_of_its_own() -> None:
    # Outcomes are found by it: of two that share one, the first would be held to what the second gave.
    assert [name for name, number in Counter(case.name for case in CASES).items() if number > 1] == []


@pytest.mark.parametrize("door", list(BY_NAME))
@pytest.mark.parametrize("subject", list(SUBJECTS))
def test_answers(outcomes: Outcomes, subject: str, door: str) -> None:
    assert faults(BY_NAME[door], SUBJECTS[subject], outcomes[door], outcomes[RestDoor.name]) == []


@pytest.mark.parametrize("outcomes", ["embedded"], indirect=True)
@pytest.mark.parametrize("door", list(SPARING), ids=lambda door: door.name)
def test_processes_answer_as_they_do_without_being_one(outcomes: Outcomes, door: type[Door]) -> None:
    found = through(door(outcomes.jams), FIRST, room=f"\\Processes-{door.name}")
    assert faults(door, FIRST, found, outcomes[RestDoor.name]) == []


def test_every_operation_has_a_case() -> None:
    lacking = {operation.name for operation in CATALOGUE} - {case.operation for case in CASES}
    assert not lacking, f"no case in the table of tests/contract for {', '.join(sorted(lacking))}"
