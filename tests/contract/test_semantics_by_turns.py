"""What the semantics say must happen, section by section: each situation goes through the next door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from semantics_cases import ROWS, Row
from walking import through

from tests.support import databases
from tests.support.doors import Door, LibraryDoor, RestDoor, SoapDoor
from tests.support.inner_doors import InnerCommandLineDoor, InnerCommandLineSoapDoor
from tests.support.running import Running, add_account, configure, running

TURNS: list[type[Door]] = [
    RestDoor,
    SoapDoor,
    InnerCommandLineDoor,
    LibraryDoor,
    InnerCommandLineSoapDoor,
]
SECTIONS = ["2.0", "2.1", "2.2", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10", "3.6", "3.7", "4.4", "5"]


@pytest.fixture(scope="module", params=databases.KINDS)
def jams(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp(request.param) / "home"
    with databases.database(request.param, home.parent) as place:
        configure(home, **databases.connection_to(place))
        with running(home) as started:
            add_account(home, "operator", "Administrators")
            yield started


@pytest.mark.parametrize(
    ("turn", "row"), list(enumerate(ROWS)), ids=[f"{row.section} {row.situation}" for row in ROWS]
)
def test_what_must_happen(jams: Running, turn: int, row: Row) -> None:
    door = TURNS[turn % len(TURNS)](jams)
    try:
        found = through(door, row.steps, room=f"\\Row{turn}")
    finally:
        door.close()
    for step in row.steps:
        kind, value = found[step.name]
        assert (kind, value) == ("error", step.error) if step.error else kind == "answer", (step.name, value)
        assert step.check is None or step.check(value), (step.name, value)


def test_each_section_has_its_rows() -> None:
    assert [row.section for row in ROWS] == SECTIONS
