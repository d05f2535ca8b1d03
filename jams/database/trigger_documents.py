"""From a trigger's document to the elements as which it is stored, and checked as they are; and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from jams.objects.enums import ComparisonOperator, Severity
from jams.objects.errors import MissingArgument
from jams.objects.parts import Element, PropertyValue
from jams.objects.setups import SetupJob
from jams.objects.trigger_parts import MailSecurity, MailTaken, TriggerEventType, Watched
from jams.objects.triggers import TriggerAction, TriggerEvent, TriggerStatus
from jams.registry.sequences import TASK

from . import armed_triggers, setups
from .reading import Found

ELEMENTS = {
    TriggerEventType.JOB: "JobCompletionTrigger",
    TriggerEventType.SETUP: "JobCompletionTrigger",
    TriggerEventType.FILE: "FileTrigger",
    TriggerEventType.VARIABLE: "VariableTrigger",
    TriggerEventType.MAIL: "EmailTrigger",
}
"""The type of element that stands for an event."""

_NEEDS = {
    TriggerEventType.JOB: ("job_name", "jobName"),
    TriggerEventType.SETUP: ("setup_name", "setupName"),
    TriggerEventType.FILE: ("file_name", "fileName"),
    TriggerEventType.VARIABLE: ("variable_name", "variableName"),
}
_SETUP = "Setup"


def elements_of(events: Iterable[TriggerEvent]) -> list[Element]:
    """The elements that events are stored as. Raises MissingArgument."""
    found = []
    for event in events:
        needed = _NEEDS.get(event.event_type)
        if needed is not None and not (getattr(event, needed[0]) or "").strip():
            raise MissingArgument(
                f"An event of the type {event.event_type.value} needs {needed[1]}.", member="events"
            )
        said = {name: value for name, value in _said(event).items() if value is not None}
        found.append(
            Element(
                element_name=event.event_type.value,
                element_type_name=ELEMENTS[event.event_type],
                properties=[
                    PropertyValue(property_name=name, current_value=value) for name, value in said.items()
                ],
            )
        )
    return found


def _said(event: TriggerEvent) -> Mapping[str, Any]:
    match event.event_type:
        case TriggerEventType.JOB | TriggerEventType.SETUP:
            of_setup = event.event_type is TriggerEventType.SETUP
            return {
                "DependsOnJob": event.setup_name if of_setup else event.job_name,
                "CompletionSeverity": _word(event.completion_severity),
                "MinimumSeverity": _word(event.minimum_severity),
            }
        case TriggerEventType.FILE:
            return {
                "FileName": event.file_name,
                "SteadySeconds": event.steady_seconds,
                "IgnoreEmpty": event.ignore_empty or None,
            }
        case TriggerEventType.VARIABLE:
            return {
                "Variable": event.variable_name,
                "ComparisonOperator": _word(event.comparison_operator),
                "Value": event.value,
            }
        case TriggerEventType.MAIL:
            return {
                "FromAddress": event.from_address,
                "Subject": event.subject,
                "Body": event.body,
                "Mailbox": event.mailbox,
                "MailServer": event.mail_server,
                "MailSecurity": _word(event.mail_security),
                "Credential": event.credential_name,
                "WhenTaken": _word(event.when_taken),
                "MoveTo": event.move_to,
                "OldMail": event.old_mail or None,
            }


def _word(choice: Enum | None) -> str | None:
    return None if choice is None else str(choice.value)


def tasks_of(actions: Sequence[TriggerAction]) -> list[Element]:
    """The tasks that actions are stored as. Raises MissingArgument."""
    members = []
    for action in actions:
        name = action.setup_name or action.job_name
        if not (name or "").strip():
            raise MissingArgument("An action needs jobName, or setupName.", member="actions")
        members.append(
            SetupJob(
                job_name=name,
                schedule_for_date=action.schedule_for_date,
                scheduled_time=action.scheduled_time,
                parameters=action.parameters,
            )
        )
    tasks = setups.tasks_of(members)
    of_setups = {f"member {number}" for number, action in enumerate(actions, start=1) if action.setup_name}
    for task in tasks:
        if task.element_uid in of_setups:
            task.category_name = _SETUP
    return tasks


def actions_of(elements: Sequence[Element], folder: str) -> list[TriggerAction]:
    """The actions that tasks stand for, as far as they can be read."""
    of_setup = [task.category_name == _SETUP for task in elements if task.element_type_name == TASK]
    return [
        TriggerAction(
            job_name=None if is_setup else member.job_name,
            setup_name=member.job_name if is_setup else None,
            schedule_for_date=member.schedule_for_date,
            scheduled_time=member.scheduled_time,
            parameters=member.parameters,
        )
        for member, is_setup in zip(setups.members_of(elements, folder), of_setup, strict=True)
    ]


def events_of(elements: Sequence[Element]) -> list[TriggerEvent]:
    """The events that elements stand for, as far as they can be read."""
    return [_event(element) for element in elements]


def _event(element: Element) -> TriggerEvent:
    said = {item.property_name: item.current_value for item in element.properties}
    kind = next(
        (each for each in TriggerEventType if each.value == element.element_name), TriggerEventType.JOB
    )
    name = setups.text(said.get("DependsOnJob"))
    steady = said.get("SteadySeconds")
    return TriggerEvent(
        event_type=kind,
        job_name=name if kind is TriggerEventType.JOB else None,
        setup_name=name if kind is TriggerEventType.SETUP else None,
        completion_severity=setups.word(Severity, said.get("CompletionSeverity")),
        minimum_severity=setups.word(Severity, said.get("MinimumSeverity")),
        file_name=setups.text(said.get("FileName")),
        steady_seconds=steady if isinstance(steady, int) else None,
        ignore_empty=said.get("IgnoreEmpty") is True,
        variable_name=setups.text(said.get("Variable")),
        comparison_operator=setups.word(ComparisonOperator, said.get("ComparisonOperator")),
        value=setups.text(said.get("Value")),
        from_address=setups.text(said.get("FromAddress")),
        subject=setups.text(said.get("Subject")),
        body=setups.text(said.get("Body")),
        mailbox=setups.text(said.get("Mailbox")),
        mail_server=setups.text(said.get("MailServer")),
        mail_security=setups.word(MailSecurity, said.get("MailSecurity")),
        credential_name=setups.text(said.get("Credential")),
        when_taken=setups.word(MailTaken, said.get("WhenTaken")),
        move_to=setups.text(said.get("MoveTo")),
        old_mail=said.get("OldMail") is True,
    )


def status_of(row: Found | None) -> TriggerStatus:
    """How what waits for events stands."""
    if row is None or not row.enabled:
        return TriggerStatus.DISABLED
    return TriggerStatus.FIRED if row.fired else TriggerStatus.ENABLED


def event_shown(row: Found) -> TriggerEvent:
    """An event of what waits, as it is shown without a document of its own."""
    watched: Watched = armed_triggers.watched_of(row)
    kind = watched.kind
    of_job = kind in (TriggerEventType.JOB, TriggerEventType.SETUP)
    return TriggerEvent(
        event_type=kind,
        job_name=watched.name if kind is TriggerEventType.JOB else None,
        setup_name=watched.name if kind is TriggerEventType.SETUP else None,
        completion_severity=watched.worst if of_job else None,
        minimum_severity=watched.best if of_job else None,
        file_name=watched.name if kind is TriggerEventType.FILE else None,
        steady_seconds=watched.steady if kind is TriggerEventType.FILE else None,
        ignore_empty=watched.ignore_empty,
        variable_name=watched.name if kind is TriggerEventType.VARIABLE else None,
        comparison_operator=watched.operator if kind is TriggerEventType.VARIABLE else None,
        value=watched.value,
        from_address=watched.sender or None,
        subject=watched.subject or None,
        body=watched.body or None,
        mailbox=watched.name if kind is TriggerEventType.MAIL else None,
        mail_server=watched.server or None,
        mail_security=watched.security,
        credential_name=watched.credential or None,
        when_taken=watched.taken if kind is TriggerEventType.MAIL else None,
        move_to=watched.move_to or None,
        old_mail=watched.old_mail,
        met=row.met,
        since_utc=row.since,
        met_by=row.told,
    )
