"""Situations from the field: what is deleted while it is used (docs/situations.md)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from jams.database import jobs, queues, resources
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.errors import InUse
from jams.objects.parts import Element
from jams.objects.schedule import Release
from jams.scheduler import actions, deletion
from tests.support.engine import element
from tests.support.field import Play, field


def test_s13_deleted_with_an_entry_in_every_state(place: Path | str) -> None:
    """The setup that names OLD is played in test_setup_members.py; triggers there are none of yet."""
    depends = element("JobDependency", DependsOnJob=r"\T\OLD", SinceJob=r"\T\NEXT")

    def made(*elements: Element) -> int:
        needs = element("ResourceRequirement", Resource="R", Quantity=1)
        return w.job(r"\T\OLD", "true", needs, BatchQueue="Q", RetryCount=3, RetryInterval="1:00")

    with field(place, "2027-03-08 08:00") as w:
        queue, resource = w.queue("Q", 1), w.resource("R", 1)
        old = made()
        w.job(r"\T\NEXT", "true", depends)
        w.plays["OLD"] = [Play(1, code=1), Play(10, code=1)]
        failed = w.submit("OLD")
        w.until("2027-03-08 08:30")
        running, in_line, held = w.submit("OLD"), w.submit("OLD"), w.submit("OLD", hold=True)
        timed = w.submit("OLD", after=w.now + timedelta(days=1))
        waiting = w.submit("NEXT")
        w.turns()
        live = [failed, running, in_line, held, timed]
        states = ["Timed", "Executing", "ResourceWait", "Held", "Timed"]
        assert [w.state(number).value for number in live] == states
        before = [w.entry(number) for number in live]
        # Plainly: refused, and all is told that stands against it.
        with pytest.raises(InUse) as refused:
            w.write(lambda c: jobs.delete(c, old))
        message = refused.value.message
        assert r"\T\NEXT" in message and all(str(number) in message for number in live), message
        assert [w.entry(number) for number in live] == before
        # With force.
        w.write(lambda c: (deletion.end_waiting(c, old, "ada"), jobs.delete(c, old, force=True)))
        w.turns()
        for number in (failed, in_line, held, timed):
            ended = w.entry(number)
            assert (ended.final_status, ended.final_severity) == ("Its job was deleted.", Severity.ERROR)
        assert w.state(running) is EntryState.EXECUTING
        w.until("2027-03-08 08:45")
        records = [record for record in w.history(old) if record.jams_entry == running]
        assert [(record.job_name, record.final_severity) for record in records] == [("OLD", Severity.ERROR)]
        assert w.state(running) is EntryState.COMPLETE
        assert w.read(lambda c: queues.get(c, queue)).job_count == 0
        assert w.read(lambda c: resources.get(c, resource)).quantity_in_use == 0
        w.until("2027-03-10 08:00")
        assert len(w.began(running)) == len(w.began(failed)) == 1 and len(w.runs) == 2
        assert w.state(waiting) is EntryState.DEPENDENCY_WAIT
        assert r"Job \T\OLD, for which it waits, is not there any more." in w.told(waiting)
        # A new job of the same name inherits nothing.
        new = made()
        w.submit("OLD")
        w.until("2027-03-10 09:00")
        shown = w.document(new)
        assert (shown.avg_count, shown.last_error_utc, len(w.history(new))) == (1, None, 1)
        assert w.state(waiting) is EntryState.DEPENDENCY_WAIT
        assert "is not there any more" in w.told(waiting)
        w.holds()
        w.act(actions.release, waiting, Release(release_types=[ReleaseType.IGNORE_DEPENDENCIES]))
        w.turns()
        assert len(w.began(waiting)) == 1
        w.holds()
