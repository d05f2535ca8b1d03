"""The CPU time that live runs have taken so far, with everything that they have set going."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from .processes import host
from .survivors import survivors


def cpu_seconds(root: str, runs: Mapping[str, int]) -> dict[str, float]:
    """CPU seconds by token, of runs whose journals lie under ``root``; ``runs`` tells their supervisors.

    Counted are the processes that live, and those that these have waited for. Only Linux tells it; it reads
    all of /proc, a few milliseconds for a few hundred processes.
    """
    if sys.platform != "linux" or not runs:
        return {}
    ticks = os.sysconf("SC_CLK_TCK")
    return {
        token: sum(_ticks(process.pid) for process in found) / ticks
        for token, found in survivors(root, dict(runs)).items()
    }


def _ticks(pid: int) -> int:
    fields = host.read(f"/proc/{pid}/stat").rpartition(b") ")[2].split()
    return sum(int(field) for field in fields[11:15])
