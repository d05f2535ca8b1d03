"""What is delivered with the server is made once, and is people's own from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from jams.database import folders, jobs
from jams.objects import backups
from jams.objects.backups import BackupOrder
from jams.objects.definitions import Job
from jams.objects.errors import JobNotFound
from jams.objects.patch import patch_of
from jams.objects.purging import Purge, PurgeKind, PurgeOrder, order_of
from jams.services.delivering import deliver
from tests.support.schedule import Desk
from tests.support.town import town

PATHS = [
    "\\JAMS\\JAMSPurge",
    "\\JAMS\\JAMSPurgeLogs",
    "\\JAMS\\JAMSPurgeAuditTrail",
    "\\JAMS\\JAMSBackup",
]


def test_the_first_start_makes_jobs_that_purge_by_schedule(d: Desk) -> None:
    assert deliver(d.database) == PATHS
    made = {path: d.read(lambda c, p=path: jobs.get(c, jobs.find(c, name=p))) for path in PATHS}
    assert [(job.schedule, job.at) for job in made.values()] == [
        ("Daily", "01:10"),
        ("Daily", "01:30"),
        ("Daily", "01:50"),
        ("Daily", "00:40"),
    ]
    *given, kept = (
        {one.param_name: one.default_value or "" for one in job.parameters} for job in made.values()
    )
    assert backups.order_of(kept) == BackupOrder(logs=False, keep=7)
    orders = [order_of(each) for each in given]
    assert orders == [
        PurgeOrder(what=PurgeKind.HISTORY, days=400, minimum=1, maximum=10_000),
        PurgeOrder(what=PurgeKind.LOGS, days=90),
        PurgeOrder(what=PurgeKind.AUDIT_TRAIL, days=400),
    ]
    assert not any(job.not_obeyed for job in made.values())


def test_later_starts_leave_what_people_have_made_of_it(d: Desk) -> None:
    deliver(d.database)
    first, second, *_ = (d.read(lambda c, p=path: jobs.find(c, name=p)) for path in PATHS)
    changed = patch_of(Job)(description="Ours.")
    d.write(lambda c: jobs.change(c, changed, id=first, user="ada"))
    d.write(lambda c: jobs.delete(c, second))
    assert deliver(d.database) == []
    assert d.read(lambda c: jobs.get(c, first)).description == "Ours."
    with pytest.raises(JobNotFound):
        d.read(lambda c: jobs.find(c, name=PATHS[1]))


def test_what_people_had_made_before_stays(d: Desk) -> None:
    d.folder("\\JAMS")
    own = d.job("\\JAMS\\JAMSPurge", "mine")
    assert deliver(d.database) == PATHS[1:]
    assert d.read(lambda c: jobs.get(c, own)).source == "mine"
    assert d.read(lambda c: folders.locate(c, name="\\JAMS")).path == "\\JAMS"


def test_an_administrator_has_a_purge_made_by_an_entry(tmp_path: Path) -> None:
    with town(tmp_path) as t:
        t.admit("boss")
        deliver(t.desk.database)
        made = t.call("purge", "boss", days=30, what=PurgeKind.AUDIT_TRAIL)
        assert made.result_text == f"Entry {made.jams_entry} purges AuditTrail."
        entry = t.desk.entry(made.jams_entry)
        given = {one.param_name: one.value or "" for one in entry.parameters}
        assert order_of(given) == PurgeOrder(what=PurgeKind.AUDIT_TRAIL, days=30)
        assert entry.submitted_by == "boss"
    assert Purge(days=1).what is PurgeKind.HISTORY
