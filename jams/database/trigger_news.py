"""What has happened to the events of triggers, until a turn hears of it.

It is written in the transaction in which it happens, one row for each time and each event, and forgotten in
the one that does what follows: nothing is lost, and nothing counts twice, whoever is killed when.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from jams.objects.trigger_parts import NewsKind

from . import changes, tables
from .columns import UtcTime
from .reading import Found, Reader

_news = tables.trigger_news
_event = tables.trigger_event

MOST_TAKEN = 200
"""How much of it one turn hears of."""

_read = Reader(_news.c)
_listening = select(_event.c.id, _event.c.armed_id, _event.c.kind, _event.c.topic).where(
    _event.c.topic.in_(bindparam("topics", expanding=True))
)
_taken = select(_news).order_by(_news.c.id).limit(bindparam("most"))
_seen = (
    update(_event)
    .where(
        _event.c.id == bindparam("at"),
        or_(_event.c.seen.is_(None), _event.c.seen != bindparam("present")),
        or_(
            _event.c.seen.is_not(None),
            bindparam("present").is_(False),
            _event.c.quiet_until.is_(None),
            _event.c.quiet_until <= bindparam("now", type_=UtcTime),
        ),
    )
    .values(seen=bindparam("present"))
)


def of_end(job_id: int) -> str:
    """The topic of the ends of a job's entries."""
    return f"ended:{job_id}"


def of_entry(number: int) -> str:
    """The topic of the end of an entry that a trigger has submitted."""
    return f"entry:{number}"


def of_variable(variable_id: int) -> str:
    """The topic of what is written to a variable."""
    return f"variable:{variable_id}"


def ended(c: Connection, records: Sequence[Mapping[str, Any]]) -> None:
    """Entries have ended: these are their records of history, among those of runs that are no ends."""
    counted = [record for record in records if record.get("counts", True)]
    topics = {of_end(record["job_id"]) for record in counted if record["job_id"]}
    topics |= {of_entry(record["number"]) for record in counted}
    if not topics:
        return
    listening = c.execute(_listening, {"topics": sorted(topics)}).all()
    if not listening:
        return
    _add(
        c,
        [
            {
                "armed_id": event.armed_id,
                "event_id": event.id,
                "kind": event.kind,
                "time": record["completion_time"],
                "number": record["number"],
                "severity": record["final_severity"],
            }
            for record in counted
            for event in listening
            if event.topic in (of_end(record["job_id"] or 0), of_entry(record["number"]))
        ],
    )


def variable_set(c: Connection, variable_id: int, value: str | None) -> None:
    """A variable was written."""
    now = datetime.now(UTC)
    listening = c.execute(_listening, {"topics": [of_variable(variable_id)]}).all()
    _add(
        c,
        [
            {
                "armed_id": event.armed_id,
                "event_id": event.id,
                "kind": NewsKind.SET,
                "time": now,
                "text": value,
            }
            for event in listening
        ],
    )


def file_seen(c: Connection, armed_id: int, event_id: int, text: str | None, now: datetime) -> None:
    """What was seen of a file; ``text`` tells of the one that is there, None: there is none.

    It is news if it is not what was told last: nobody else has told it meanwhile.
    """
    present = text is not None
    if c.execute(_seen, {"at": event_id, "present": present, "now": now}).rowcount != 1:
        return
    row = {"armed_id": armed_id, "event_id": event_id, "kind": NewsKind.FILE, "time": now}
    _add(c, [{**row, "present": present, "text": text}])


def mail_came(
    c: Connection, armed_id: int, event_id: int, text: str, facts: str | None, now: datetime
) -> None:
    """A mail has come that an event waits for: in words, and as stored facts."""
    row = {"armed_id": armed_id, "event_id": event_id, "kind": NewsKind.MAIL, "time": now}
    _add(c, [{**row, "text": text, "facts": facts}])


def _add(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        whole = {"number": None, "severity": None, "present": None, "text": None, "facts": None}
        c.execute(insert(_news), [{**whole, **row} for row in rows])
        changes.note(c, changes.DEFINITIONS, changes.OTHERWISE)


def take(c: Connection, most: int = MOST_TAKEN) -> list[Found]:
    """What has happened and was not forgotten, oldest first."""
    return _read.every(c.execute(_taken, {"most": most}))


def forget(c: Connection, ids: Collection[int]) -> None:
    """A turn has done what follows from these."""
    c.execute(delete(_news).where(_news.c.id.in_(ids)))


def forget_of(c: Connection, armed_id: int) -> None:
    """What has happened to a trigger counts no more: it is reset, or gone."""
    c.execute(delete(_news).where(_news.c.armed_id == armed_id))
