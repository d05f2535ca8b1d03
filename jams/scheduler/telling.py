"""Tells people and programs of what has happened to entries: rows of the outbox, and jobs that are submitted.

Everything is written in the transaction in which it happens: what was undone is told to nobody, and what
stands is told once. Runs that are tried again, and debug runs, are no ends, and are not told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import outbox, stored_settings
from jams.database.reading import Found
from jams.objects.actors import NOBODY
from jams.objects.enums import InitiatorType, Severity
from jams.objects.rules import EventRule, OutcomeRules
from jams.objects.tellings import Facts, Happened, Letter, Telling, TellingWay, Tells
from jams.registry.values import addresses_in

from . import sequels, telling_rules

_SUBMITS = (TellingWay.RECOVERY_JOB, TellingWay.NOTIFICATION_JOB)

_SAID = {
    Happened.STARTED: "has started",
    Happened.SHORT: "was too short",
    Happened.STALLED: "is stalled: it has not started in time",
    Happened.RUNAWAY: "runs away: it takes longer than it may",
    Happened.MISSED_WINDOW: "has missed its window",
    Happened.HALTED: "is halted: a member did not end well enough",
}


def ended(c: Connection, rows: Sequence[Found], records: Iterable[Mapping[str, Any]]) -> None:
    """Runs are over, as their history records say; those that end their entries are told."""
    found: list[tuple[Found, Facts, Telling]] = []
    for row, record in zip(rows, records, strict=True):
        severity = record["final_severity"]
        wanted = [each for each in _of(row) if severity in each.severities] if record["counts"] else []
        if wanted:
            facts = _facts_of_end(row, record)
            found += [(row, facts, each) for each in wanted]
    _tell(c, found)


def happened(
    c: Connection,
    rows: Sequence[Found],
    what: Happened,
    now: datetime,
    more: str = "",
    event: EventRule | None = None,
) -> None:
    """Something that is no end has happened to entries; ``more`` says it in words, after the entry.

    ``event`` is the element that raises it; without one it is told as properties ask for it.
    """
    found: list[tuple[Found, Facts, Telling]] = []
    for row in rows:
        heard = [] if row.rest.debug else [each for each in _of(row) if _hears(each, what, event)]
        if heard:
            said = f": {event.message}" if event is not None and event.message else f" {more or _SAID[what]}."
            facts = replace(
                _facts(row, what, now, f"Entry {row.number}{said}"),
                event="" if event is None else event.name,
                event_class=telling_rules.CLASSES.get(what) if event is None else event.matters,
            )
            found += [(row, facts, each) for each in heard]
    _tell(c, found)


def of_none(c: Connection, facts: Facts, tellings: Iterable[Telling], owner: str) -> None:
    """Something has happened that is about no entry: those are told who are told of ends with Error.

    Args:
        c: the transaction in which it happens.
        facts: what it is.
        tellings: who wants to be told of what; jobs are not submitted.
        owner: the account whose it is, which the server's own mail goes to as well.
    """
    mail = _Mail(c)
    letters: dict[str, tuple[Letter, Sequence[str]]] = {}
    for telling in tellings:
        if Severity.ERROR not in telling.severities or telling.way in _SUBMITS:
            continue
        if telling.way is TellingWay.MAIL:
            whose = mail.of_account(owner) if telling.name == "NotifyEMail" and owner not in NOBODY else []
            to = mail.recipients_of(telling, whose)
        else:
            to = [_host(telling.address)]
        if to:
            letters[_key(facts, telling)] = Letter(telling=telling, facts=facts), to
    outbox.add(c, letters, facts.time)


def missed_window(c: Connection, row: Found, now: datetime) -> None:
    """The window of an entry has closed first: told as properties ask for it, and as elements do."""
    rules: OutcomeRules | None = row.rest.rules
    happened(c, [row], Happened.MISSED_WINDOW, now)
    for event in () if rules is None else rules.events:
        if event.what is Happened.MISSED_WINDOW:
            happened(c, [row], Happened.MISSED_WINDOW, now, event=event)


def _hears(telling: Telling, what: Happened, event: EventRule | None) -> bool:
    return what in telling.events if event is None else event.name in telling.raised


def _of(row: Found) -> Sequence[Telling]:
    tells: Tells = row.rest.tells or telling_rules.USUAL
    return tells.tellings


def _tell(c: Connection, found: Sequence[tuple[Found, Facts, Telling]]) -> None:
    if not found:
        return
    letters: dict[str, tuple[Letter, Sequence[str]]] = {}
    mail = _Mail(c)
    for row, facts, telling in found:
        if telling.way in _SUBMITS:
            sequels.submit(c, row, facts, telling)
            continue
        to = mail.recipients(row, telling) if telling.way is TellingWay.MAIL else [_host(telling.address)]
        if to:
            letters[_key(facts, telling)] = Letter(telling=telling, facts=facts), to
    outbox.add(c, letters, found[0][1].time)


def _host(address: str) -> str:
    """What is shown of the address of a web hook: the rest of it may be a secret."""
    try:
        return urlsplit(address).hostname or "a web hook"
    except ValueError:
        return "a web hook"


def _key(facts: Facts, telling: Telling) -> str:
    """What names the happening and who is told: no two are the same."""
    about = (facts.entry, facts.ron) if facts.entry else (facts.folder, facts.job)
    parts: tuple[object, ...]
    parts = (*about, facts.happened.value, facts.time.isoformat(), telling.way.value)
    if facts.event:
        parts = (*parts, facts.event)
    return hashlib.sha256(repr((*parts, telling.name)).encode()).hexdigest()[:40]


class _Mail:
    """Whom mails go to, by the server's settings, which are asked for when they matter."""

    def __init__(self, c: Connection) -> None:
        self._c = c
        self._settings: dict[str, str] = {}

    def recipients(self, row: Found, telling: Telling) -> list[str]:
        """The addresses that a mail goes to, each once."""
        by_hand = telling.to_submitter and row.rest.initiator_type is InitiatorType.UNKNOWN
        return self.recipients_of(telling, self.of_account(row.submitted_by) if by_hand else [])

    def recipients_of(self, telling: Telling, more: Sequence[str]) -> list[str]:
        """The same, and ``more`` besides."""
        found = [*telling.to, *more]
        if not found and telling.to_default:
            found += addresses_in(self._setting("DefaultNotifyEmail"))
        return list({each.casefold(): each for each in (*found, *telling.cc)}.values()) if found else []

    def of_account(self, account: str) -> list[str]:
        """The addresses of an account, if it has any."""
        if "@" in account:
            return addresses_in(account)
        domain = self._setting("MailDomain")
        return addresses_in(f"{account.rpartition(chr(92))[2]}@{domain}") if domain else []

    def _setting(self, name: str) -> str:
        if name not in self._settings:
            self._settings[name] = stored_settings.text(self._c, name).strip()
        return self._settings[name]


def _facts_of_end(row: Found, record: Mapping[str, Any]) -> Facts:
    severity: Severity = record["final_severity"]
    facts = _facts(
        row,
        Happened.ENDED,
        record["completion_time"],
        f"Entry {row.number} has ended with {severity.value}: {record['final_status']}",
    )
    return replace(
        facts,
        severity=severity,
        status=record["final_status"] or "",
        code=record["final_status_code"],
        start=record["start_time"],
        completion=record["completion_time"],
        elapsed=record["elapsed"],
        log=record["log_filename"] or "",
    )


def _facts(row: Found, what: Happened, now: datetime, message: str) -> Facts:
    rest = row.rest
    return Facts(
        happened=what,
        time=now,
        entry=row.number,
        ron=row.ron,
        job=row.job_name,
        folder=row.folder_name,
        name=rest.display_name or row.job_name,
        message=message,
        description=rest.description or "",
        job_status=row.job_status or "",
        submitted_by=row.submitted_by,
        scheduled=row.scheduled_time,
        start=row.start_time,
        attempt=row.restart_count + 1,
        setup=row.parent,
        log=row.log_filename or "",
        instructions=(rest.tells or telling_rules.USUAL).instructions,
        note=rest.note or "",
    )
