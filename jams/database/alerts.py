"""Alerts: whom jobs and folders tell that name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from jams.objects.alerts import Alert, AlertEvent, AlertHandler
from jams.objects.base import Text
from jams.objects.capacity import Reference as Use
from jams.objects.errors import AlertNotFound, InvalidArgument, JAMSError, MissingArgument
from jams.objects.parts import ACL, PropertyValue
from jams.objects.patch import Patch, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import (
    JOB_PROPERTIES,
    Acceptance,
    Reference,
    ValueType,
    marks,
    read,
    template_rules,
    web_addresses,
)

from . import (
    definition_stamps,
    guarding,
    lookup,
    named_in_definitions,
    names,
    referring,
    stored,
    tables,
    versions,
)
from .reading import Found, Reader

_alert = tables.alert
_NO_WORKFLOWS = "There are no workflows here, whose activities would have limits."


class AlertRest(msgspec.Struct, omit_defaults=True):
    """What an alert says. What it refers to are properties, so that it is found by what it names."""

    description: Text = ""
    inheritance_name: Text = ""
    events: list[AlertEvent] = []
    handler: AlertHandler = AlertHandler.MAIL
    notify_names: Text = ""
    notify_submitter: bool = False
    summary_text: Text = ""
    detail_text: Text = ""
    address: Text = ""
    properties: list[PropertyValue] = []
    acl: ACL | None = None


_read = Reader(_alert.c, AlertRest)


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of an alert, by number or name. Raises AlertNotFound."""
    return lookup.named(c, _alert, AlertNotFound, id=id, name=name)


def all_alerts(c: Connection) -> list[Alert]:
    """Every alert, by name."""
    rows = _read.every(c.execute(select(_alert).order_by(_alert.c.name_key)))
    return [_document(row) for row in guarding.shown(c, _alert, rows)]


def get(c: Connection, id: int) -> Alert:
    """One alert. Raises AlertNotFound."""
    row = c.execute(select(_alert).where(_alert.c.id == find(c, id=id))).one()
    return _document(_read(row))


def create(c: Connection, document: Alert, *, user: str, lenient: bool = False) -> Alert:
    """Make an alert; its document as it stands then. ``lenient`` keeps what is known and not obeyed.

    Raises:
        AlreadyExists: there is one of that name.
        JobNotFound, CredentialNotFound, Conflict: what it names cannot be told, or is not there.
        InvalidName, InvalidArgument, InvalidProperty, MissingArgument: the document cannot be taken.
        NotSupported: it asks for what is not done here.
    """
    definition_stamps.lock(c)
    return get(c, versions.make(c, _alert, _content(c, document, None, lenient), user=user))


def change(
    c: Connection,
    patch: Patch[Alert],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> Alert:
    """Change an alert: the one of the number or name, or else the one that the patch itself names.

    Entries in the schedule tell as it stood when they were made.

    Raises as :func:`create` does, and:
        AlertNotFound: there is no such alert.
        InUse: it would get another name, and a job or folder refers to it.
        VersionConflict, PreconditionFailed: it is not as the caller demands.
    """
    held = versions.hold_meant(c, _alert, patch, find, "alert_name", id=id, name=name, condition=condition)
    found = held.id
    before = get(c, found)
    document = patched(before, patch)
    values = _content(c, document, before, lenient)
    if values["name_key"] != names.fold(before.alert_name):
        # Who refers to it does so by its name, and would tell nobody any more without a word.
        referring.check_unused(c, ValueType.ALERT, found, before.alert_name)
    held.write(c, values, user=user)
    return get(c, found)


def references_to(c: Connection, id: int) -> list[Use]:
    """Which jobs and folders refer to an alert. Raises AlertNotFound."""
    return referring.references(c, ValueType.ALERT, id, get(c, id).alert_name)


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete an alert; its name.

    Raises:
        AlertNotFound: there is no such alert.
        InUse: a job or folder refers to it.
        VersionConflict: it is not as the caller demands.
    """
    name = get(c, id).alert_name
    held = versions.hold(c, _alert, id, condition)
    referring.check_unused(c, ValueType.ALERT, id, name)
    held.remove(c)
    return name


def job_of(alert: Alert) -> Reference:
    """The job that an alert submits."""
    return Reference(name=alert.job_name)


def _document(row: Found) -> Alert:
    rest = row.rest
    named = {each.property_name: each.current_value for each in rest.properties}
    return Alert(
        alert_id=row.id,
        alert_name=row.name,
        description=rest.description,
        inheritance_name=rest.inheritance_name,
        events=rest.events,
        handler=rest.handler,
        notify_names=rest.notify_names,
        notify_submitter=rest.notify_submitter,
        summary_text=rest.summary_text,
        detail_text=rest.detail_text,
        address=rest.address,
        credential_name=_text(named.get("ConnectionCredential")),
        job_name=_text(named.get("NotificationJob")),
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        damage=row.damage,
        not_obeyed=[
            *([f"events: {_NO_WORKFLOWS}"] if AlertEvent.ACTIVITY_TIME_LIMIT in rest.events else []),
            *marks(access_list=rest.acl),
        ],
        acl=rest.acl,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _content(c: Connection, document: Alert, before: Alert | None, lenient: bool) -> dict[str, Any]:
    id, borne = (before.alert_id, before.alert_name) if before else (None, None)
    name = lookup.free_name(
        c, _alert, document.alert_name, id=id, borne=borne, what="an alert", member="alertName"
    )
    key = names.fold(name)
    _check_addresses(document.notify_names)
    _check_template("summaryText", document.summary_text)
    _check_template("detailText", document.detail_text)
    acceptance = Acceptance()
    access_list = acceptance.access_list(document.acl, before.acl if before else None)
    events = list(dict.fromkeys(document.events))
    if AlertEvent.ACTIVITY_TIME_LIMIT in events and not (
        before and AlertEvent.ACTIVITY_TIME_LIMIT in before.events
    ):
        acceptance.member("events", _NO_WORKFLOWS)
    acceptance.settle(lenient=lenient)
    if document.handler is AlertHandler.WEB_HOOK and not document.address.strip():
        raise MissingArgument("An alert with the handler WebHook needs an address.", member="address")
    known = before and (before.handler, before.address) == (document.handler, document.address)
    is_new_hook = document.handler is AlertHandler.WEB_HOOK and not known
    if is_new_hook and (why := web_addresses.refusal(document.address)):
        raise InvalidArgument(why, member="address")
    if document.handler is AlertHandler.JOB and not document.job_name:
        raise MissingArgument("An alert with the handler Job needs jobName.", member="jobName")
    named = (
        ("NotificationJob", ValueType.JOB, document.job_name, "jobName"),
        ("ConnectionCredential", ValueType.CREDENTIAL, document.credential_name, "credentialName"),
    )
    for _, kind, value, member in named:
        if value:
            found = _find(c, kind, value, member)
            if kind is ValueType.JOB and (before is None or value != before.job_name):
                named_in_definitions.check_used(c, kind, found, "Submit", where=member, member=member)
    rest = AlertRest(
        description=document.description,
        inheritance_name=document.inheritance_name.strip(),
        events=events,
        handler=document.handler,
        notify_names=document.notify_names.strip(),
        notify_submitter=document.notify_submitter,
        summary_text=document.summary_text,
        detail_text=document.detail_text,
        address=document.address.strip(),
        properties=_properties([(each[0], each[2]) for each in named]),
        acl=access_list,
    )
    return {"name": name, "name_key": key, "document": stored.encoded(rest)}


def _properties(named: Sequence[tuple[str, str | None]]) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in named if value]


def _find(c: Connection, kind: ValueType, name: str, member: str) -> int | None:
    try:
        return named_in_definitions.find(c, kind, Reference(name=name), names.ROOT)
    except JAMSError as error:
        error.member = member
        raise


def _check_addresses(text: str) -> None:
    try:
        read(JOB_PROPERTIES["NotifyEMail"], text)
    except JAMSError as error:
        told = error.message.replace("The property NotifyEMail holds", "notifyNames holds")
        raise InvalidArgument(told, member="notifyNames") from None


def _check_template(member: str, text: str) -> None:
    try:
        template_rules.check(text)
    except template_rules.TemplateUnusable as error:
        raise InvalidArgument(f"The template in {member} cannot be used: {error}", member=member) from None
