"""Which seeds the simulation is played with: ``JAMS_TEST_SEEDS``, as ``7`` or ``100-200``."""

from __future__ import annotations

import os
from pathlib import Path

_FIRST, _, _LAST = os.environ.get("JAMS_TEST_SEEDS", "1-2").partition("-")
SEEDS = range(int(_FIRST), int(_LAST or _FIRST) + 1)


def again(file: str, seed: int) -> str:
    """The command that plays a test with one seed."""
    return f"JAMS_TEST_SEEDS={seed} python -m pytest tests/simulation/{Path(file).name}"
