"""From a job's definition to whom its entries tell of what (semantics 2.1, 2.2, 2.12).

Addresses add up down the folders, and ``-*`` takes away those that came before it. Of event handlers of one
type and name the one that is nearest to the job counts; one that is not enabled takes an inherited one away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import definition_stamps, named_in_definitions
from jams.objects.enums import ElementKind, EventClass, Severity
from jams.objects.errors import JAMSError
from jams.objects.parts import Element, PropertyValue
from jams.objects.tellings import Happened, Telling, TellingWay, Tells
from jams.registry import element_type

from .definition import Part
from .submittable import Submittable

NOBODY = "-*"
"""Stands among addresses for: none of those before."""

CLASSES = {
    Happened.STALLED: EventClass.MODERATE,
    Happened.RUNAWAY: EventClass.HIGH,
    Happened.SHORT: EventClass.LOW,
    Happened.MISSED_WINDOW: EventClass.URGENT,
    Happened.HALTED: EventClass.HIGH,
}
"""How much the events matter that are no ends."""

_ENDS = {
    "EntrySuccess": Severity.SUCCESS,
    "EntryInformational": Severity.INFO,
    "EntryWarning": Severity.WARNING,
    "EntryError": Severity.ERROR,
    "EntryFatal": Severity.FATAL,
}
_WAYS = {
    "SendEMail": TellingWay.MAIL,
    "SendWebHook": TellingWay.WEB_HOOK,
    "RecoveryJob": TellingWay.RECOVERY_JOB,
    "NotificationJob": TellingWay.NOTIFICATION_JOB,
}
_LIMITS = (Happened.STALLED, Happened.RUNAWAY, Happened.HALTED)

USUAL = Tells(
    tellings=(
        Telling(
            name="NotifyEMail",
            severities=(Severity.WARNING, Severity.ERROR, Severity.FATAL),
            events=_LIMITS,
            to_default=True,
        ),
    )
)
"""Whom an entry tells whose definition says nothing: those whom the server's setting names."""


def of_entry(
    c: Connection, stamp: int, job: Submittable, given: list[PropertyValue], elements: list[Element]
) -> Tells | None:
    """Whom an entry of a job tells, by the definitions of that stamp; None: as :data:`USUAL` says.

    ``given`` are the properties of its submission, ``elements`` its own in place of the job's. Never raises
    for what they say.
    """
    if given or elements != job.rest.elements:
        return _of_job(c, job, given, elements)
    return definition_stamps.derived(
        c, stamp, ("tells", job.row.id), lambda: _of_job(c, job, given, elements)
    )


def _of_job(
    c: Connection, job: Submittable, given: list[PropertyValue], elements: list[Element]
) -> Tells | None:
    def value(name: str) -> Any:
        return job.meaning(name, given)

    silent = value("SuppressNotify") is True
    own = _own_mail(value, silent)
    found: list[Telling] = []
    for part in _handlers((*job.sources[:-1], (job.folder_path, elements))):
        telling = _of_element(c, part, own, silent)
        if telling is None:
            continue
        found.append(telling)
        if telling.way is TellingWay.MAIL and part.get("ToAddress") is None:
            # What somebody has worded takes the place of the server's own words.
            own = replace(
                own,
                severities=tuple(each for each in own.severities if each not in telling.severities),
                events=tuple(each for each in own.events if each not in telling.events),
            )
    found += _jobs(c, value, job.folder_path, silent)
    if own.severities or own.events:
        found.insert(0, own)
    tells = Tells(tellings=tuple(found), instructions=job.effective("RecoveryInstructions", given) or "")
    return None if tells == USUAL else tells


def _own_mail(value: Callable[[str], Any], silent: bool) -> Telling:
    """The mail that the properties ask for."""
    addresses = value("NotifyEMail") or ()
    missed = (Happened.MISSED_WINDOW,) if value("NotifyOfMissedWindow") else ()
    return Telling(
        name="NotifyEMail",
        severities=() if silent else _at_least(value("NotifySeverity") or Severity.WARNING),
        events=(*_LIMITS, *missed),
        to=counting(addresses),
        to_default=NOBODY not in addresses,
        to_submitter=value("NotifyUser") is True,
    )


def counting(addresses: Sequence[str]) -> tuple[str, ...]:
    """The addresses that are left, each once, when none before a ``-*`` counts."""
    left: dict[str, str] = {}
    for each in addresses:
        if each == NOBODY:
            left.clear()
        else:
            left.setdefault(each.casefold(), each)
    return tuple(left.values())


def _at_least(least: Severity) -> tuple[Severity, ...]:
    return tuple(each for each in Severity if each.rank >= least.rank)


def _handlers(sources: Iterable[tuple[str, Sequence[Element]]]) -> Iterator[Part]:
    nearest: dict[tuple[str, str], Part] = {}
    for folder, elements in sources:
        for element in elements:
            try:
                kind = element_type(element.element_type_name)
            except JAMSError:
                continue
            if kind.kind is ElementKind.EVENT_HANDLER and kind.name in _WAYS:
                nearest[(kind.name, element.element_name.casefold())] = Part(kind, element, folder)
    for part in nearest.values():
        try:
            enabled = part.enabled
        except JAMSError:
            enabled = False
        if enabled:
            yield part


def _of_element(c: Connection, part: Part, own: Telling, silent: bool) -> Telling | None:
    way = _WAYS[part.type.name]
    try:
        started = (Happened.STARTED,) if part.get("EntryStarted") else ()
        events = (*started, *(each for each, matters in CLASSES.items() if part.get(matters.value)))
        ends = tuple(severity for name, severity in _ENDS.items() if part.get(name))
        if silent and way is not TellingWay.RECOVERY_JOB:
            ends = ()
        if not (ends or events):
            return None
        told = Telling(name=part.name, way=way, severities=ends, events=events)
        if way is TellingWay.MAIL:
            return _mail(part, told, own)
        if way is TellingWay.WEB_HOOK:
            credential = part.get("Credential")
            name = "" if credential is None else credential.name or ""
            body = part.get("MessageBody") or ""
            return replace(told, address=part.get("Address") or "", credential=name, body=body)
        id, path = named_in_definitions.job_or_name(c, part.get("Job"), part.folder)
        return replace(told, job_id=id, job_name=path)
    except JAMSError:
        return None


def _mail(part: Part, told: Telling, own: Telling) -> Telling:
    to = part.get("ToAddress")
    told = replace(
        told,
        cc=counting(part.get("CcAddress") or ()),
        sender=part.get("FromAddress") or "",
        subject=part.get("Subject") or "",
        body=part.get("MessageBody") or "",
        priority=part.get("MessagePriority") or "",
        plain=part.get("SendPlainText") is True,
    )
    if to is not None:
        return replace(told, to=counting(to))
    return replace(told, to=own.to, to_default=own.to_default, to_submitter=own.to_submitter)


def _jobs(c: Connection, value: Callable[[str], Any], folder: str, silent: bool) -> Iterator[Telling]:
    """The jobs that the properties name."""
    for name, way, severity, usual in (
        ("RecoveryJob", TellingWay.RECOVERY_JOB, "RecoverySeverity", Severity.ERROR),
        ("NotificationJob", TellingWay.NOTIFICATION_JOB, "NotifySeverity", Severity.WARNING),
    ):
        reference = value(name)
        if reference is None or (silent and way is TellingWay.NOTIFICATION_JOB):
            continue
        id, path = named_in_definitions.job_or_name(c, reference, folder)
        ends = _at_least(value(severity) or usual)
        yield Telling(name=name, way=way, severities=ends, job_id=id, job_name=path)
