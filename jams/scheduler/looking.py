"""Looks at entries that may go on, and writes down where they stand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from jams.database import entries, file_facts, lines, wait_topics
from jams.database.methods import is_container
from jams.database.reading import Found, check_whole
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import JAMSError

from . import plans, settlement, topics, transitions, window_ends
from .containers import making, running
from .precheck_starts import submit_precheck
from .transitions import Event
from .waits import chain, jobs
from .waits.base import Shut, Subject
from .waits.capacity import asked_of

_LONGEST = 400

MOST = 200
"""Entries that one turn looks at, at most."""

ENGINE = "JAMS"
"""Who does what the engine does by itself."""


_NOT_LOOKED_AT = (EntryState.HELD, EntryState.STEP_WAIT)
"""Where a person has to do something, or a setup has to come so far."""


def look_at(c: Connection, numbers: Iterable[int], now: datetime) -> None:
    """Look at entries, and bring each to where it stands; those that do not wait any more are passed over."""
    for number in numbers:
        row = entries.locked_if_there(c, number)
        if row is None or row.state in _NOT_LOOKED_AT:
            continue
        if row.state.waiting:
            look(c, row, now)
        elif row.state is EntryState.EXECUTING and is_container(row.rest.method_name):
            running.advance(c, row, now)


def look(c: Connection, row: Found, now: datetime) -> None:
    """Look at an entry that waits, and bring it to where it stands."""
    if row.state in (EntryState.RESOURCE_WAIT, EntryState.PENDING):
        return
    try:
        check_whole(row, f"entry {row.number}")
        if row.rest.unmade:
            row = _made_anew(c, row, now)
        subject = chain.subject_of(c, row, now)
        shut = chain.before(subject)
        if shut is not None and shut.state is EntryState.PRECHECK_WAIT and not shut.refusal:
            submit_precheck(c, row)
    except JAMSError as error:
        settlement.record_cancelled(c, row, severity=Severity.FATAL, status=error.message)
        return
    if shut is not None and shut.refusal:
        settlement.record_cancelled(c, row, severity=shut.severity, status=shut.refusal)
        return
    stand(subject, shut)


def _made_anew(c: Connection, row: Found, now: datetime) -> Found:
    """A member that could not be made when its setup began, as its job is now. Raises JAMSError."""
    parent = entries.locked(c, row.parent)
    making.make_anew(c, row, parent, plans.decoded(parent.source), now)
    return entries.locked(c, row.number)


WENT_ON = "went on"
"""What the audit trail says when what a definition names has let an entry go on."""

_DEPENDS = (EntryState.SCHEDULED, EntryState.TIMED, EntryState.DEPENDENCY_WAIT)
"""Where an entry stands that has not been let on by its dependencies."""


def _remember(subject: Subject, state: EntryState) -> None:
    """Write down what let an entry go on that depended on something."""
    c, row = subject.c, subject.row
    if row.state in _DEPENDS and state not in _DEPENDS and row.rest.needs is not None:
        told = jobs.told_of(subject)
        if told:
            message = f"Entry {row.number} {WENT_ON}: what it depends on has come."
            entries.add_audit(c, row.number, user=ENGINE, message=message, details=" ".join(told))


def stand(subject: Subject, shut: Shut | None) -> None:
    """Write down where an entry stands, and what it wants to hear of."""
    c, row, now = subject.c, subject.row, subject.now
    if shut is None and is_container(row.rest.method_name):
        _remember(subject, EntryState.PENDING)
        running.begin(c, row, now)
        return
    state = EntryState.PENDING if shut is None else shut.state
    about = shut.topics if shut is not None else frozenset()
    line = lines.join(c, signature_of(row)) if shut is not None and shut.capacity else None
    look_again = shut.look_at if shut is not None else None
    if state is row.state and look_again == row.opens_at and line == row.line_id:
        wait_topics.replace(c, row.number, about)
        return
    since = row.since if state is row.state else now
    _remember(subject, state)
    closes = window_ends.closes_at(c, row, now) if state is not EntryState.TIMED else None
    look = min(filter(None, (row.look_at, closes)), default=None)
    values = {"opens_at": look_again, "line_id": line, "since": since, "look_at": look}
    transitions.move(c, row, Event.STAND, state, **values)
    wait_topics.replace(c, row.number, about)
    if shut is not None and shut.files:
        file_facts.want(c, [(topics.file(agent, path), agent, path) for agent, path in shut.files])


def signature_of(row: Found) -> str:
    """What an entry asks for at once, as a text: who asks for the same stands in one line."""
    asked = asked_of(row)
    agent = None if asked.any_agent else row.agent_id
    told = json.dumps([agent, asked.queue_id, asked.instance_of, asked.resources], separators=(",", ":"))
    return told if len(told) <= _LONGEST else hashlib.sha256(told.encode()).hexdigest()
