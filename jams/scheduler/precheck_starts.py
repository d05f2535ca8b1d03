"""Submits the precheck of an entry that has come to it."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import prechecks
from jams.database.reading import Found
from jams.objects.actors import ENGINE
from jams.objects.enums import InitiatorType
from jams.objects.errors import WrongState
from jams.objects.needs import NOTHING
from jams.objects.schedule import SubmitInfo

from . import submission


def submit_precheck(c: Connection, row: Found) -> None:
    """Submit the precheck of an entry, unless that was done. Raises JAMSError when it cannot be submitted."""
    need = (row.rest.needs or NOTHING).precheck
    if need is None or prechecks.of_entry(c, row.number) is not None:
        return
    if not need.job_id:
        raise WrongState(f"Its precheck {need.name} is not there.", target=need.name)
    because = f"It is the precheck of entry {row.number} ({row.job_name})."
    origin = submission.Origin(InitiatorType.PRECHECK, row.number, because=because)
    who = submission.Submitter(ENGINE, origin=origin)
    made = submission.enter(c, SubmitInfo(submit_id=need.job_id), who)
    prechecks.add(c, row.number, made.jams_entry)
