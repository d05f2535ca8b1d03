"""On PostgreSQL every door gives the answers and error codes that it gives on SQLite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cases import CASES, Case
from hosting import BY_NAME, Outcomes, hosted
from walking import check_answer, comparable

from tests.support.doors import RestDoor

pytestmark = pytest.mark.timeout(480)
"""The first case asked of a door goes through all of them."""


@pytest.fixture(scope="module", params=["postgresql"])
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    with hosted(tmp_path_factory.mktemp("server"), request.param) as made:
        yield made


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    with hosted(tmp_path_factory.mktemp("file")) as made:
        yield made


@pytest.mark.parametrize("door", list(BY_NAME))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(outcomes: Outcomes, case: Case, door: str) -> None:
    check_answer(BY_NAME[door], case, outcomes[door][case.name], outcomes[RestDoor.name][case.name])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer_is_that_of_sqlite(outcomes: Outcomes, on_sqlite: Outcomes, case: Case) -> None:
    assert comparable(outcomes[RestDoor.name][case.name]) == comparable(on_sqlite[RestDoor.name][case.name])
