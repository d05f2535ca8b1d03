"""What the end of an entry lets go on: whoever waits for it, and whoever waits for what it held.

Whatever takes a run or an entry away goes through here, so that nobody waits for what is there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from jams.database import capacities, happenings, lines, prechecks, wait_topics
from jams.database.reading import Found
from jams.objects.enums import EntryState
from jams.objects.needs import NOTHING

from . import prechecking, topics

_LET_ON = (EntryState.PRECHECK_WAIT, EntryState.RESOURCE_WAIT, EntryState.PENDING)
"""Where an entry waits that its dependencies have let on."""


def of_ends(c: Connection, rows: Collection[Found], records: Sequence[Mapping[str, Any]]) -> set[str]:
    """After runs have been settled, some of which ended their entries: the topics of what may go on."""
    found = {topics.members(row.parent) for row in rows if row.parent is not None}
    numbers = []
    for row, record in zip(rows, records, strict=True):
        if record["counts"] and prechecking.is_precheck(row):
            prechecking.judge(c, row, record["final_status_code"], record["final_severity"])
            found.add(topics.precheck(row.rest.initiator_id))
        if row.demands and (row.rest.needs or NOTHING).precheck is not None:
            numbers.append(row.number)
    # Each run has a precheck of its own.
    prechecks.forget(c, numbers)
    found |= {topics.ended(record["job_id"]) for record in records if record["job_id"]}
    return found | given_back(c, rows)


def given_back(c: Connection, rows: Collection[Found]) -> set[str]:
    """After runs of entries are over, or have come to nothing: the topics of what they had."""
    found: set[str] = set()
    for row in rows:
        found.add(topics.agent(row.agent_id))
        if row.queue_id is not None:
            found.add(topics.queue(row.queue_id))
        if row.demands and row.job_id is not None:
            found.add(topics.instance(row.job_id))
    # Not by what the entries demand: scripts take of resources also where they have asked for none.
    holding = [row.number for row in rows if row.holds]
    if holding:
        found |= {topics.resource(id) for id in capacities.give_back(c, holding)}
    return found


def of_cancelled(c: Connection, row: Found) -> None:
    """After an entry was ended that had not started, in anybody's transaction."""
    happenings.note(c, *_told(row), *left(c, row))


def of_finished(c: Connection, row: Found, record: Mapping[str, Any]) -> None:
    """After a setup or sequence has ended, or is to run again."""
    told = _told(row)
    if record["counts"] and prechecking.is_precheck(row):
        prechecking.judge(c, row, record["final_status_code"], record["final_severity"])
    if row.job_id is not None:
        told.append(topics.instance(row.job_id))
    happenings.note(c, *told)


def _told(row: Found) -> list[str]:
    """The topics of an entry's end itself."""
    told = [topics.ended(row.job_id)] if row.job_id else []
    if prechecking.is_precheck(row):
        told.append(topics.precheck(row.rest.initiator_id))
    if row.parent is not None:
        told.append(topics.members(row.parent))
    return told


def withdrawn(c: Connection, row: Found) -> None:
    """After an entry that has not started is taken out of the schedule."""
    happenings.note(c, *_told(row), *left(c, row))


def left(c: Connection, row: Found, *, for_good: bool = True) -> list[str]:
    """After an entry does not wait any more where it did: what others may get who stood behind it."""
    if not row.demands:
        return []
    wait_topics.forget(c, [row.number])
    if for_good:
        prechecks.forget(c, [row.number])
    found = [] if row.line_id is None else list(lines.lacked_by(c, [row.line_id]))
    if row.job_id is not None and row.state in _LET_ON:
        found.append(topics.instance(row.job_id))
    return found
