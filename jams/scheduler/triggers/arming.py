"""What a job waits for by elements of its own and of the folders above it (version 7): read, and kept in
rows.

Triggers of a job that share an AndGroup count together, those without one as well. What a definition says
elsewhere leaves them as they are; where it says something else of their events they begin anew.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from jams.database import (
    agents,
    armed_triggers,
    credentials,
    named_in_definitions,
    names,
    references,
    variables,
)
from jams.database.agents import LOCAL_ID
from jams.objects.enums import ComparisonOperator, Severity
from jams.objects.errors import JAMSError
from jams.objects.parts import Element
from jams.objects.trigger_parts import Conduct, ResetWhen, Submission, TriggerEventType, Watched
from jams.registry import Reference, ValueType

from ..definition import Part, parts_of
from . import machine

TYPES = {
    "JobCompletionTrigger": TriggerEventType.JOB,
    "FileTrigger": TriggerEventType.FILE,
    "VariableTrigger": TriggerEventType.VARIABLE,
    "EmailTrigger": TriggerEventType.MAIL,
}
"""The types of elements that stand for events."""

Sources = Sequence[tuple[str, Sequence[Element]]]
"""The elements of folders, from the root down, and of a job, each with the folder's path."""


def arm_job(
    c: Connection, job_id: int, path: str, sources: Sources, now: datetime, known: Collection[int]
) -> None:
    """Bring what a job waits for in line with what its definition says.

    Args:
        c: the transaction, in which no definition changes.
        job_id: the job.
        path: its path.
        sources: what it says; nothing where it is not submitted by itself.
        now: the time.
        known: the jobs that have rows, among others.
    """
    inherited = [part for part in parts_of(sources[:-1]) if part.type.name in TYPES]
    own = [part for part in parts_of(sources[-1:]) if part.type.name in TYPES]
    if not inherited and not own and job_id not in known:
        return
    wanted = _groups(_events(c, job_id, inherited, own))
    there = {row.signature: row for row in armed_triggers.of_owner(c, armed_triggers.JOB, [job_id])}
    armed_triggers.remove(c, [row.id for key, row in there.items() if key not in wanted])
    for key, (label, events) in wanted.items():
        name = f"The trigger {label} of {path}" if label else f"The trigger of {path}"
        conduct = Conduct(submissions=(Submission(job_id=job_id, name=path),), reset=ResetWhen.AT_END)
        values = {"name": name[:800], "label": label, "conduct": armed_triggers.encoded(conduct)}
        if key in there:
            armed_triggers.change(c, there[key].id, **values)
        else:
            arm(c, armed_triggers.JOB, job_id, key, values, events, now)


def arm(
    c: Connection,
    owner: str,
    owner_id: int,
    signature: str,
    values: Mapping[str, Any],
    events: Iterable[Watched],
    now: datetime,
    *,
    enabled: bool = True,
) -> int:
    """Let something wait for events; the number of its row. What variables are counts at once."""
    row = {
        "owner": owner,
        "owner_id": owner_id,
        "signature": signature,
        "enabled": enabled,
        "fired": False,
        "last_reset": now,
        **values,
    }
    return armed_triggers.add(c, row, begun(c, events, now))


def begun(c: Connection, events: Iterable[Watched], now: datetime) -> list[dict[str, Any]]:
    """Events as they are when they are looked at first."""
    found = []
    for each in events:
        told, facts = _of_variable(c, each)
        there = {"met": told is not None, "since": now if told else None, "told": told, "facts": facts}
        found.append({"watched": each, **there})
    return found


def _of_variable(c: Connection, watched: Watched) -> tuple[str | None, dict[str, str] | None]:
    if watched.kind is not TriggerEventType.VARIABLE or watched.value is None or not watched.id:
        return None, None
    variable = variables.get(c, watched.id)
    if variable.encryption_flag:
        return None, None
    told = machine.met_by(watched, variable.data_type, variable.value)
    return told, None if told is None else machine.variable_facts(watched, variable.value)


def _events(
    c: Connection, job_id: int, inherited: Iterable[Part], own: Iterable[Part]
) -> Iterator[tuple[str, Watched]]:
    """The events of a job, each with the group to which it belongs."""
    for part in inherited:
        event = watched_of(c, part)
        # What a folder says to all the jobs below it is nothing that one of them does to itself.
        if event.kind is not TriggerEventType.JOB or event.id != job_id:
            yield (part.get("AndGroup") or "").strip(), event
    for part in own:
        yield (part.get("AndGroup") or "").strip(), watched_of(c, part)


def _groups(given: Iterable[tuple[str, Watched]]) -> dict[str, tuple[str, list[Watched]]]:
    """What counts together, by its signature: what it is called, and its events."""
    groups: dict[str, list[Watched]] = defaultdict(list)
    called: dict[str, str] = {}
    for group, event in given:
        groups[names.fold(group)].append(event)
        called.setdefault(names.fold(group), group)
    found = {}
    for key, events in groups.items():
        found[signature_of(events, key)] = (called[key], events)
    return found


def signature_of(events: Iterable[Watched], group: str = "") -> str:
    """What stands for all that decides the events of a trigger."""
    text = group + "\n" + "\n".join(armed_triggers.encoded(each) for each in events)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def watched_of(c: Connection, part: Part) -> Watched:
    """The event that an element stands for."""
    kind = TYPES[part.type.name]
    if kind is TriggerEventType.JOB:
        id, name = found(c, ValueType.JOB, part.get("DependsOnJob"), part.folder)
        best = part.given("MinimumSeverity") or Severity.SUCCESS
        worst = part.given("CompletionSeverity")
        if worst is None:
            worst = Severity.SUCCESS if best is Severity.SUCCESS else Severity.FATAL
        return Watched(kind=kind, id=id, name=name, best=best, worst=worst)
    if kind is TriggerEventType.VARIABLE:
        id, name = found(c, ValueType.VARIABLE, part.get("Variable"), part.folder)
        operator = part.get("ComparisonOperator") or ComparisonOperator.EQUAL
        return Watched(kind=kind, id=id, name=name, operator=operator, value=part.get("Value"))
    if kind is TriggerEventType.MAIL:
        return _mail(c, part)
    agent: Reference | None = part.get("Agent")
    number = LOCAL_ID
    if agent is not None:
        number = agents.number_of(c, agent.name or {"agentID": agent.id})
    return Watched(
        kind=kind,
        id=number,
        name=part.get("FileName") or "",
        steady=part.get("SteadySeconds") or 0,
        ignore_empty=part.get("IgnoreEmpty") or False,
    )


def _mail(c: Connection, part: Part) -> Watched:
    reference: Reference | None = part.get("Credential")
    credential = ""
    if reference is not None:
        credential = reference.name or credentials.name_of(c, reference.id or 0)
    return Watched(
        kind=TriggerEventType.MAIL,
        name=part.get("Mailbox") or "INBOX",
        sender=part.get("FromAddress") or "",
        subject=part.get("Subject") or "",
        body=part.get("Body") or "",
        server=(part.get("MailServer") or "").strip(),
        security=part.get("MailSecurity"),
        credential=credential,
        taken=part.get("WhenTaken"),
        move_to=part.get("MoveTo"),
        old_mail=part.get("OldMail"),
    )


def found(c: Connection, kind: ValueType, reference: Reference | None, folder: str) -> tuple[int, str]:
    """Number and path of the job or variable that is referred to; 0 for one that is not there."""
    if reference is None:
        return 0, ""
    try:
        number = named_in_definitions.find(c, kind, reference, folder)
    except JAMSError:
        number = None
    if number is None:
        return 0, reference.name or f"number {reference.id}"
    path = references.job_path if kind is ValueType.JOB else references.variable_path
    return number, path(c, number)
