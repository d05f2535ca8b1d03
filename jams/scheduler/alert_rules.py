"""From the alerts that jobs and folders name to whom their entries tell of what (semantics 2.12).

Alerts come down from the folders, and nothing below takes one away. Those of one inheritance name tell as
one: their addresses and events add up, and the words are those of the nearest that has any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import alerts, named_in_definitions
from jams.objects.alerts import Alert, AlertEvent, AlertHandler
from jams.objects.enums import Severity
from jams.objects.errors import JAMSError
from jams.objects.parts import Element
from jams.objects.rules import EventRule
from jams.objects.tellings import Happened, Telling, TellingWay
from jams.registry import ValueType

from .definition import enabled_parts

_WAYS = {
    AlertHandler.MAIL: TellingWay.MAIL,
    AlertHandler.WEB_HOOK: TellingWay.WEB_HOOK,
    AlertHandler.JOB: TellingWay.NOTIFICATION_JOB,
}
_HAPPENINGS = {
    AlertEvent.ENTRY_FAILED: Happened.HALTED,
    AlertEvent.ENTRY_SHORT: Happened.SHORT,
    AlertEvent.ENTRY_STALLED: Happened.STALLED,
    AlertEvent.ENTRY_RUNAWAY: Happened.RUNAWAY,
    AlertEvent.ENTRY_MISSED_WINDOW: Happened.MISSED_WINDOW,
}
"""What is no end; a setup that halts has failed until somebody lets it go on."""


def of_sources(c: Connection, sources: Iterable[tuple[str, Sequence[Element]]]) -> list[Alert]:
    """The alerts that definitions name, from the root down. Never raises: what is unreadable tells nobody."""
    found: dict[str, Alert] = {}
    for part in enabled_parts(sources, ("Alert",)):
        try:
            number = named_in_definitions.find(c, ValueType.ALERT, part.get("Alert"), part.folder)
            alert = alerts.get(c, number or 0)
        except (JAMSError, AttributeError):
            continue
        if alert.damage is not None:
            continue
        shared = alert.inheritance_name.casefold()
        key = f"name {shared}" if shared else f"number {alert.alert_id}"
        above = found.pop(key, None)
        found[key] = alert if above is None or above.alert_id == alert.alert_id else _together(above, alert)
    return list(found.values())


def telling_of(
    c: Connection, alert: Alert, failures: Collection[Severity], raised: Sequence[EventRule], *, silent: bool
) -> Telling:
    """What an alert asks for. ``failures`` are the severities of ends that count as failed."""
    ends: list[Severity] = []
    for severity in Severity:
        event = AlertEvent.ENTRY_FAILED if severity in failures else AlertEvent.ENTRY_SUCCEEDED
        if event in alert.events and not silent:
            ends.append(severity)
    happened = tuple(what for event, what in _HAPPENINGS.items() if event in alert.events)
    id, path = 0, ""
    if alert.handler is AlertHandler.JOB and alert.job_name:
        id, path = named_in_definitions.job_or_name(c, alerts.job_of(alert), "\\")
    return Telling(
        name=f"Alert {alert.alert_name}",
        way=_WAYS[alert.handler],
        severities=tuple(ends),
        events=happened,
        raised=tuple(each.name for each in raised if each.what in happened),
        to_submitter=alert.notify_submitter,
        subject=alert.summary_text,
        body=alert.detail_text,
        address=alert.address,
        credential=alert.credential_name or "",
        job_id=id,
        job_name=path,
    )


def _together(above: Alert, below: Alert) -> Alert:
    """Two alerts of one inheritance name as one."""
    addresses = ", ".join(filter(None, (above.notify_names, below.notify_names)))
    return replace(
        below,
        events=list(dict.fromkeys((*above.events, *below.events))),
        notify_names=addresses,
        notify_submitter=above.notify_submitter or below.notify_submitter,
        summary_text=below.summary_text or above.summary_text,
        detail_text=below.detail_text or above.detail_text,
    )
