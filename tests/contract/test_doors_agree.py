"""Every door gives the same answers and error codes, in one process and with the web services apart.

PowerShell's ways in are asked the same in test_powershell_doors_agree.py, and a JAMS on PostgreSQL in
test_databases_agree.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cases import CASES, Case
from hosting import BY_NAME, Outcomes, hosted
from walking import check_answer

from jams.operations import CATALOGUE
from tests.support.doors import RestDoor

pytestmark = pytest.mark.timeout(480)
"""The first case asked of a door goes through all of them."""


@pytest.fixture(scope="module", params=["embedded", "separate"])
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    """The doors of a JAMS in one process, and of web services apart from their JAMServer."""
    with hosted(tmp_path_factory.mktemp(request.param), web_apart=request.param == "separate") as made:
        yield made


@pytest.mark.parametrize("door", list(BY_NAME))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(outcomes: Outcomes, case: Case, door: str) -> None:
    check_answer(BY_NAME[door], case, outcomes[door][case.name], outcomes[RestDoor.name][case.name])


def test_every_operation_has_a_case() -> None:
    lacking = {operation.name for operation in CATALOGUE} - {case.operation for case in CASES}
    assert not lacking, f"no case in the table of tests/contract for {', '.join(sorted(lacking))}"
