"""Who may do what by cmdlets in PowerShell sessions: as the matrix says."""

from __future__ import annotations

from pathlib import Path

import pytest
from matrix import WRITES, asked, expected, rows, write

from tests.support.inner_sessions import InnerSessionDoor
from tests.support.powershell_doors import NEEDS_SOCKET

pytestmark = [NEEDS_SOCKET, pytest.mark.timeout(180)]


def test_sessions_answer_as_the_matrix_says(tmp_path: Path) -> None:
    found = rows(InnerSessionDoor, tmp_path)
    if WRITES:
        write({InnerSessionDoor.name: found})
    told = expected(InnerSessionDoor.name)
    assert found == {each.name: told[each.name] for each in asked(InnerSessionDoor)}
