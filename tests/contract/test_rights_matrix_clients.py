"""Who may do what by JAMSWebClient, over REST and over SOAP: as the matrix says."""

from __future__ import annotations

from pathlib import Path

import pytest
from matrix import WRITES, expected, rows, write

from tests.support.doors import Door
from tests.support.inner_doors import InnerCommandLineDoor, InnerCommandLineSoapDoor

pytestmark = pytest.mark.timeout(180)
DOORS = [InnerCommandLineDoor, InnerCommandLineSoapDoor]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_answers_as_the_matrix_says(tmp_path: Path, door: type[Door]) -> None:
    found = rows(door, tmp_path)
    if WRITES:
        write({door.name: found})
    assert found == expected(door.name)
