"""Looks at entries that may go on, and writes down where they stand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import entries
from jams.database.endings import Ends
from jams.database.methods import is_container
from jams.database.reading import Found, check_whole
from jams.objects.actors import ENGINE
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import JAMSError

from . import plans, settlement, window_ends
from .containers import making, running
from .findings import Findings
from .precheck_starts import submit_precheck
from .waits import chain
from .waits.base import Shut, Subject
from .waits.capacity import asked_of

_LONGEST = 400

MOST = 200
"""Entries that one turn looks at, at most."""

_NOT_LOOKED_AT = (EntryState.HELD, EntryState.STEP_WAIT)
"""Where a person has to do something, or a setup has to come so far."""


def look_at(c: Connection, numbers: Iterable[int], now: datetime) -> None:
    """Look at entries, and bring each to where it stands; those that do not wait any more are passed over.

    Those that wait are read and written together. Then come those of which one may change what another one
    is: setups and sequences with their members, entries that follow others of their own job, and those that
    can never go on.
    """
    findings, known = Findings(c, ENGINE), Ends(c)
    refused: list[tuple[int, Severity, str]] = []
    apart: list[int] = []
    for row in entries.locked_all(c, list(numbers)):
        if row.state in _NOT_LOOKED_AT:
            continue
        if is_container(row.rest.method_name) or row.rest.unmade or _follows_itself(row):
            apart.append(row.number)
        elif row.state.waiting and row.state not in _STANDS_IN_LINE:
            refusal = _look(_Look(c, row, now, findings, known))
            if refusal is not None:
                refused.append((row.number, *refusal))
    findings.write()
    for number, severity, status in refused:
        still = entries.locked_if_there(c, number)
        if still is not None and still.state.waiting and still.state not in _NOT_LOOKED_AT:
            settlement.record_cancelled(c, still, severity=severity, status=status)
    for number in apart:
        _look_alone(c, number, now)


def _follows_itself(row: Found) -> bool:
    """Whether an end lets one entry of its job go on alone: the next has to see that the first has gone."""
    needs = row.rest.needs
    return needs is not None and any(need.since_id == row.job_id for need in needs.jobs)


class _Look(NamedTuple):
    """A look at an entry that waits: its row, and what is shared with the looks at others."""

    c: Connection
    row: Found
    now: datetime
    findings: Findings
    known: Ends


_STANDS_IN_LINE = (EntryState.RESOURCE_WAIT, EntryState.PENDING)


def _look_alone(c: Connection, number: int, now: datetime) -> None:
    """Look at an entry that others are changed by, or that they may have changed just now."""
    row = entries.locked_if_there(c, number)
    if row is None or row.state in (*_NOT_LOOKED_AT, *_STANDS_IN_LINE):
        return
    if row.state is EntryState.EXECUTING and is_container(row.rest.method_name):
        running.advance(c, row, now)
    elif row.state.waiting:
        try:
            if row.rest.unmade:
                check_whole(row, f"entry {row.number}")
                row = _made_anew(c, row, now)
        except JAMSError as error:
            settlement.record_cancelled(c, row, severity=Severity.FATAL, status=error.message)
            return
        findings = Findings(c, ENGINE)
        refusal = _look(_Look(c, row, now, findings, Ends(c)))
        findings.write()
        if refusal is not None:
            settlement.record_cancelled(c, row, severity=refusal[0], status=refusal[1])


def _look(look: _Look) -> tuple[Severity, str] | None:
    """Find out where an entry stands; with which severity and why it is to be ended instead, if it is."""
    c, row = look.c, look.row
    try:
        check_whole(row, f"entry {row.number}")
        subject = chain.subject_of(c, row, look.now, known=look.known)
        shut = chain.before(subject)
        if shut is not None and shut.state is EntryState.PRECHECK_WAIT and not shut.refusal:
            submit_precheck(c, row)
    except JAMSError as error:
        return Severity.FATAL, error.message
    if shut is not None and shut.refusal:
        return shut.severity, shut.refusal
    _stand(look, subject, shut)
    return None


def _made_anew(c: Connection, row: Found, now: datetime) -> Found:
    """A member that could not be made when its setup began, as its job is now. Raises JAMSError."""
    parent = entries.locked(c, row.parent)
    making.make_anew(c, row, parent, plans.decoded(parent.source), now)
    return entries.locked(c, row.number)


WENT_ON = "went on"
"""What the audit trail says when what a definition names has let an entry go on."""

_DEPENDS = (EntryState.SCHEDULED, EntryState.TIMED, EntryState.DEPENDENCY_WAIT)
"""Where an entry stands that has not been let on by its dependencies."""


def _remember(look: _Look, subject: Subject, state: EntryState) -> None:
    """Write down what let an entry go on that depended on something."""
    row = look.row
    if row.state in _DEPENDS and state not in _DEPENDS and row.rest.needs is not None:
        told = chain.met_by(subject)
        if told:
            message = f"Entry {row.number} {WENT_ON}: what it depends on has come."
            look.findings.says(entries.Line(row.number, message, details=" ".join(told)))


def _stand(look: _Look, subject: Subject, shut: Shut | None) -> None:
    """Find where an entry stands, and what it wants to hear of."""
    c, row, now = look.c, look.row, look.now
    if shut is None and is_container(row.rest.method_name):
        _remember(look, subject, EntryState.PENDING)
        look.findings.write()
        running.begin(c, row, now)
        return
    state = EntryState.PENDING if shut is None else shut.state
    about = shut.topics if shut is not None else frozenset()
    line = signature_of(row) if shut is not None and shut.capacity else None
    look_again = shut.look_at if shut is not None else None
    look.findings.hears(row.number, about, shut.files if shut is not None else ())
    if state is row.state and look_again == row.opens_at and line is None and row.line_id is None:
        return
    since = row.since if state is row.state else now
    _remember(look, subject, state)
    closes = window_ends.closes_at(c, row, now) if state is not EntryState.TIMED else None
    again = min(filter(None, (row.look_at, closes)), default=None)
    look.findings.stands(row, state, line, opens_at=look_again, since=since, look_at=again)


def signature_of(row: Found) -> str:
    """What an entry asks for at once, as a text: who asks for the same stands in one line."""
    asked = asked_of(row)
    agent = None if asked.any_agent else row.agent_id
    told = json.dumps([agent, asked.queue_id, asked.instance_of, asked.resources], separators=(",", ":"))
    return told if len(told) <= _LONGEST else hashlib.sha256(told.encode()).hexdigest()
