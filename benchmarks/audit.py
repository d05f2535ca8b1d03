"""What the audit trail adds to a submission, beside what a submission takes through REST."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Connection

from jams.database import audit_chain
from tests.support import databases
from tests.support.town import Town, town

from .crowd import kinds
from .report import Row, median_seconds
from .running import Client, server

TURNS, A_TURN = 60, 20


def rows() -> Iterable[Row]:
    """Milliseconds; with and without take turns, so that both meet the same load."""
    for kind in kinds():
        with tempfile.TemporaryDirectory() as folder, databases.database(kind, Path(folder)) as where:
            taken = _in_process(Path(folder), where)
        with tempfile.TemporaryDirectory() as folder, databases.database(kind, Path(folder)) as where:
            through_rest = _through_rest(where)
        yield Row(
            f"what its audit adds to a submission, {kind}",
            taken[True] - taken[False],
            "ms",
            through_rest,
            "the submission through REST",
            0.05 * through_rest,
        )


def _in_process(home: Path, where: Path | str) -> dict[bool, float]:
    """Milliseconds of a submission in one process, with its audit and without."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    with town(home, where) as t:
        t.admit("boss")
        t.desk.job("\\j")
        for turn in range(TURNS):
            for audited in (turn % 2 == 0, turn % 2 == 1):
                taken[audited].append(_submissions(t, audited))
    return {audited: statistics.median(each) * 1000 for audited, each in taken.items()}


def _through_rest(where: Path | str) -> float:
    """Milliseconds of a submission by a program at the web services."""
    with server(**databases.connection_to(where)) as jams:
        client = Client(jams)
        body = {"name": r"\True", "hold": True}
        return median_seconds(lambda: client.call("POST", "/submit/job", body), repeat=TURNS * 5) * 1000


def _submissions(t: Town, audited: bool) -> float:
    """Seconds of one, of some in a row."""
    with _silent(not audited):
        begun = time.perf_counter()
        for _ in range(A_TURN):
            t.call("submit_job", "boss", name="j", hold=True)
        return (time.perf_counter() - begun) / A_TURN


@contextmanager
def _silent(silent: bool) -> Iterator[None]:
    """Write no records."""
    if not silent:
        yield
        return

    def forget(c: Connection, row: object) -> None:
        """Nothing is noted."""

    with patch.object(audit_chain, "note", forget):
        yield
