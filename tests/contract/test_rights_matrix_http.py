"""Who may do what over REST and SOAP: as the matrix says."""

from __future__ import annotations

from pathlib import Path

import pytest
from matrix import WRITES, expected, rows, write

from tests.support.doors import Door, RestDoor, SoapDoor

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("door", [RestDoor, SoapDoor], ids=lambda door: door.name)
def test_a_door_answers_as_the_matrix_says(tmp_path: Path, door: type[Door]) -> None:
    found = rows(door, tmp_path)
    if WRITES:
        write({door.name: found})
    assert found == expected(door.name)
