"""On PostgreSQL every door gives the answers and error codes that it gives on SQLite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hosting import BY_NAME, SUBJECTS, Outcomes, hosted
from walking import comparable, faults

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
@pytest.mark.parametrize("subject", list(SUBJECTS))
def test_answers(outcomes: Outcomes, subject: str, door: str) -> None:
    assert faults(BY_NAME[door], SUBJECTS[subject], outcomes[door], outcomes[RestDoor.name]) == []


@pytest.mark.parametrize("subject", list(SUBJECTS))
def test_answers_are_those_of_sqlite(outcomes: Outcomes, on_sqlite: Outcomes, subject: str) -> None:
    here, there = (
        {case.name: comparable(each[RestDoor.name][case.name]) for case in SUBJECTS[subject]}
        for each in (outcomes, on_sqlite)
    )
    assert here == there
