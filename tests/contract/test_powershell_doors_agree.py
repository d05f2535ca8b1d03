"""Sessions and the module give the same answers and error codes as REST, as far as cmdlets can say it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cases import CASES
from hosting import SUBJECTS
from walking import Outcome, faults, through

from tests.support.doors import RestDoor
from tests.support.powershell_doors import NEEDS, POWERSHELL_DOORS, PowerShellDoor, settings
from tests.support.running import Running, add_account, configure, running

pytestmark = [pytest.mark.contract, pytest.mark.timeout(480)]

SOUGHT = [
    pytest.param(subject, door, id=f"{subject}-{door.name}", marks=NEEDS[door.name])
    for door in POWERSHELL_DOORS
    for subject in SUBJECTS
]


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("powershell") / "home"
    configure(home, **settings())
    with running(home) as started:
        add_account(home, "operator", "Administrators")
        add_account(home, "reader", "Inquirers")
        add_account(home, "submitter", "Submitters")
        yield started


@pytest.fixture(scope="module")
def over_rest(jams: Running) -> dict[str, Outcome]:
    return through(RestDoor(jams), CASES)


@pytest.fixture(scope="module")
def outcomes(jams: Running) -> dict[str, dict[str, Outcome]]:
    """What each door made of each case; a door is gone through when it is first asked for."""
    return {}


@pytest.mark.parametrize(("subject", "door"), SOUGHT)
def test_answers(
    jams: Running,
    over_rest: dict[str, Outcome],
    outcomes: dict[str, dict[str, Outcome]],
    subject: str,
    door: type[PowerShellDoor],
) -> None:
    if door.name not in outcomes:
        entered = door(jams)
        outcomes[door.name] = through(entered, CASES)
        entered.close()
    expressed = [case for case in SUBJECTS[subject] if case.name not in door.unexpressed]
    assert faults(door, expressed, outcomes[door.name], over_rest) == []


def test_what_cmdlets_have_no_words_for_is_a_case() -> None:
    names = {case.name for case in CASES}
    assert all(names >= door.unexpressed.keys() for door in POWERSHELL_DOORS)
