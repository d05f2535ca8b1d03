"""What a decision by access lists costs: 20 groups, 10 folders deep, and a list of 1,000 entries."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from msgspec import json as msgjson
from sqlalchemy import insert

from jams.database import definition_stamps, object_access, tables
from jams.objects.parts import ACE, ACL
from jams.security.access import held_by
from jams.security.object_lists import Line, ObjectLists, Reach
from jams.security.rights import Monitor, ServerAccess
from tests.support.town import Town, town

from .report import Row

DEEP, GROUPS, ASKED, ENTRIES = 10, 20, 100_000, 1000


def rows() -> Iterable[Row]:
    """Microseconds and milliseconds."""
    yield Row(f"a decision, {GROUPS} groups, {DEEP} folders deep", _decision(), "µs", None, "", 20)
    without, listed = _listing()
    yield Row(
        f"a list of {ENTRIES:,} entries where a folder is closed",
        listed,
        "ms",
        without,
        "the same without access lists",
        1.3 * without,
    )


def _decision() -> float:
    """Microseconds for a decision about a job, when the folder was asked for before."""
    above = {at: at - 1 or None for at in range(1, DEEP + 1)}
    lines = tuple(
        Line(f"g{at}", frozenset({"Inquire"}), object_access.FLAGS["ThisFolderSubfoldersAndJobs"])
        for at in range(50)
    )
    reach = Reach(
        ObjectLists({("folder", 1): lines}, above, {}),
        held_by("ann", [f"h{at}" for at in range(GROUPS)] + ["g49"]),
    )
    assert reach.allows("job", 1, DEEP, "Inquire")
    began = time.perf_counter()
    for at in range(ASKED):
        reach.allows("job", at, DEEP, "Inquire")
    return (time.perf_counter() - began) / ASKED * 1e6


def _listing() -> tuple[float, float]:
    """Milliseconds for a list of 1,000 entries without lists of objects, and with one."""
    with tempfile.TemporaryDirectory() as home, town(Path(home)) as t:
        t.admit("boss")
        t.admit("ann", {ServerAccess.EXECUTE, Monitor.SEE_ALL})
        for name in ("\\Open", "\\Shut"):
            t.desk.folder(name)
            t.desk.job(f"{name}\\j")
        for _ in range(ENTRIES):
            t.call("submit_job", "boss", name="\\Open\\j", hold=True)
        without = _timed(t)
        shut = ACL(generic_acl=[ACE(identifier="bob", access_list=["Monitor"], flags=3)])
        text = msgjson.encode({"acl": shut}).decode()
        t.desk.write(
            lambda c: c.execute(insert(tables.object_access).values(kind="folder", object_id=3, lines=text))
        )
        t.desk.write(definition_stamps.changed)
        return without, _timed(t)


def _timed(t: Town) -> float:
    best = float("inf")
    for _ in range(20):
        began = time.perf_counter()
        found = t.call("find_entries", "ann")
        best = min(best, time.perf_counter() - began)
        assert len(found) == ENTRIES
    return best * 1e3
