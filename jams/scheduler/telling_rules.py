"""From a job's definition to whom its entries tell of what (semantics 2.1, 2.2, 2.12).

Addresses add up down the folders, and ``-*`` takes away those that came before it. Of event handlers of one
type and name the one that is nearest to the job counts; one that is not enabled takes an inherited one away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import definition_stamps, folders, named_in_definitions
from jams.objects.enums import EventClass, Severity
from jams.objects.errors import JAMSError
from jams.objects.parts import Element, PropertyValue
from jams.objects.rules import EventRule
from jams.objects.tellings import Happened, Telling, TellingWay, Tells
from jams.registry import JOB_PROPERTIES, read

from . import alert_rules, event_rules
from .definition import Part, nearest_parts
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
    return _tells(
        c,
        lambda name: job.meaning(name, given),
        job.sources_with(elements),
        job.folder_path,
        job.effective("RecoveryInstructions", given) or "",
    )


def of_folder(c: Connection, folder_id: int) -> Tells:
    """Whom something in a folder tells that is no job; never raises for what the folders say."""
    above = folders.above(c, folder_id)
    folder = above.get(folder_id, folders.NOWHERE)

    def value(name: str) -> Any:
        found = folder.passed_on.get(name.lower())
        try:
            return read(JOB_PROPERTIES[name], JOB_PROPERTIES[name].default if found is None else found.value)
        except JAMSError:
            return None

    sources = [(each.path, each.rest.elements) for each in above.values()]
    return _tells(c, value, sources, folder.path, value("RecoveryInstructions") or "") or USUAL


def _tells(
    c: Connection,
    value: Callable[[str], Any],
    sources: Sequence[tuple[str, Sequence[Element]]],
    folder_path: str,
    instructions: str,
) -> Tells | None:
    silent = value("SuppressNotify") is True
    own = _own_mail(value, silent)
    found: list[Telling] = []
    raised = event_rules.events_of(sources)
    own = replace(own, raised=tuple(each.name for each in raised if each.what in own.events))
    for part in nearest_parts(sources, _WAYS):
        telling = _of_element(c, part, own, silent, raised)
        if telling is None:
            continue
        found.append(telling)
        if telling.way is TellingWay.MAIL and part.get("ToAddress") is None:
            own = _without(own, telling)
    failures = _at_least(value("NotifySeverity") or Severity.WARNING)
    for alert in alert_rules.of_sources(c, sources):
        telling = alert_rules.telling_of(c, alert, failures, raised, silent=silent)
        to = addresses_of(alert.notify_names)
        if telling.way is TellingWay.MAIL and not (to or telling.to_submitter):
            telling = replace(telling, to=own.to, to_default=own.to_default, to_submitter=own.to_submitter)
            own = _without(own, telling)
        else:
            telling = replace(telling, to=counting(to))
        found.append(telling)
    found += _jobs(c, value, folder_path, silent)
    if own.severities or own.events or own.raised:
        found.insert(0, own)
    tells = Tells(tellings=tuple(found), instructions=instructions)
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


def _without(own: Telling, telling: Telling) -> Telling:
    """What is left of the server's own mail: what somebody has worded takes the place of its words."""
    return replace(
        own,
        severities=tuple(each for each in own.severities if each not in telling.severities),
        events=tuple(each for each in own.events if each not in telling.events),
        raised=tuple(each for each in own.raised if each not in telling.raised),
    )


def addresses_of(text: str) -> tuple[str, ...]:
    """The addresses of a text that the registry has taken, ``-*`` among them; none where it has not."""
    try:
        return tuple(read(JOB_PROPERTIES["NotifyEMail"], text) or ())
    except JAMSError:
        return ()


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


def _of_element(
    c: Connection, part: Part, own: Telling, silent: bool, raised: Sequence[EventRule]
) -> Telling | None:
    way = _WAYS[part.type.name]
    try:
        started = (Happened.STARTED,) if part.get("EntryStarted") else ()
        events = (*started, *(each for each, matters in CLASSES.items() if part.get(matters.value)))
        ends = tuple(severity for name, severity in _ENDS.items() if part.get(name))
        if silent and way is not TellingWay.RECOVERY_JOB:
            ends = ()
        heard = tuple(each.name for each in raised if part.get(each.matters.value))
        if not (ends or events or heard):
            return None
        told = Telling(name=part.name, way=way, severities=ends, events=events, raised=heard)
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
