"""Jobs that are submitted because of how an entry ended: to repair it, or to tell people (semantics 2.2).

They are submissions with their origin, made in the transaction of the end. One that cannot be made is told in
the audit trail of the entry, and changes nothing else.
"""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import entries
from jams.database.reading import Found
from jams.objects.actors import ENGINE
from jams.objects.enums import InitiatorType
from jams.objects.errors import JAMSError
from jams.objects.schedule import SubmitInfo
from jams.objects.tellings import Facts, Telling, TellingWay

from . import submission

_KINDS = {
    TellingWay.RECOVERY_JOB: (InitiatorType.RECOVERY, "recovery job"),
    TellingWay.NOTIFICATION_JOB: (InitiatorType.NOTIFY, "notification job"),
}


def is_sequel(row: Found) -> bool:
    """Whether an entry was itself made because of how another one ended."""
    return row.rest.initiator_type in (InitiatorType.RECOVERY, InitiatorType.NOTIFY)


def submit(c: Connection, row: Found, facts: Facts, telling: Telling) -> None:
    """Submit the job that a telling names, unless the entry was itself made so: no circle begins there."""
    kind, word = _KINDS[telling.way]
    if is_sequel(row):
        return
    try:
        if not telling.job_id:
            raise JAMSError(f"There is no job {telling.job_name}.")
        because = f"{facts.message.rstrip('.')}; this is its {word}."
        origin = submission.Origin(kind, row.number, because=because)
        who = submission.Submitter(ENGINE, lenient=True, origin=origin)
        with c.begin_nested():
            made = submission.enter(c, SubmitInfo(submit_id=telling.job_id), who)
    except JAMSError as error:
        message = f"Its {word} {telling.job_name} could not be submitted: {error.message}"
    else:
        message = f"Its {word} {telling.job_name} was submitted as entry {made.jams_entry}."
    entries.add_audit(c, row.number, user=ENGINE, message=message)
