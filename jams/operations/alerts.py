"""Alerts, by their number or name."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import alerts
from jams.objects.alerts import Alert
from jams.objects.base import Name, ObjectId, Text
from jams.objects.capacity import Reference
from jams.objects.errors import AlertNotFound
from jams.objects.patch import Patch
from jams.security.rights import AlertDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .run_accounts import check_given
from .visibility import REFERENCE_COLUMNS, shown_references

COLUMNS = ("alertID", "alertName", "events", "handler", "notifyNames", "description")
ALIASES = {"alert_name": ("name",)}
BINDING = Binding(names={"alert_id": "", "alert_name": "Name"}, shows="get_alert", path=("alert_name",))
PIPELINE = {"name": "AlertName"}


@operation(
    right=AlertDefinitions.INQUIRE,
    rest="GET /alert",
    soap="Alert.List",
    cmdlet="Get-JAMSAlert",
    command="alerts",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="alertName", container="Alerts"),
)
def list_alerts(context: Context) -> list[Alert]:
    """List the alerts, by name."""
    return context.read(alerts.all_alerts)


@operation(
    right=AlertDefinitions.INQUIRE,
    rest=("GET /alert/{id}", "GET /alert/details?name", "GET /alert?name"),
    soap="Alert.Get",
    cmdlet="Get-JAMSAlert",
    command="alert",
    key=("name", "id"),
    offers=offers.ALERT,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_alert(context: Context, id: ObjectId | None = None, name: Text | None = None) -> Alert:
    """Show one alert.

    Args:
        id: number of the alert.
        name: name of the alert.

    Raises:
        AlertNotFound: there is no such alert.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: alerts.get(c, alerts.find(c, id=id, name=name)))


@operation(
    right=AlertDefinitions.ADD,
    rest="POST /alert",
    soap="Alert.Create",
    cmdlet="New-JAMSAlert",
    command="create-alert",
    aliases=ALIASES,
    created=True,
    binding=BINDING,
)
def create_alert(context: Context, alert: Alert) -> Message:
    """Create an alert.

    Args:
        alert: the new alert.

    Raises:
        AlreadyExists: there is one of that name.
        InvalidName: the name is not one an alert can bear.
        InvalidArgument: an address is none, or a template cannot be used.
        MissingArgument: the handler needs an address, or a job.
        JobNotFound: there is no such job.
        CredentialNotFound: there is no such credential.
        Conflict: several jobs bear the bare name.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    made = context.write(lambda c: _create(context, c, alert))
    return f"Alert {made.alert_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=AlertDefinitions.CHANGE,
    rest="PUT /alert",
    soap="Alert.Change",
    cmdlet="Set-JAMSAlert",
    command="change-alert",
    key=("name", "id"),
    aliases=ALIASES,
    offers=offers.ALERT,
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_alert(
    context: Context, alert: Patch[Alert], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change an alert, or create it if it does not exist. What is left out stays as it is.

    Number or name say which alert; or else the document's own. With a number, or a name beside it, the
    document may rename it, unless a job or folder refers to it. Null gives a member its default. Entries in
    the schedule tell as it stood when they were made.

    Args:
        alert: what shall be otherwise.
        id: number of the alert.
        name: name of the alert.

    Raises:
        AccessDenied: the alert does not exist, and the caller may not create one; or he lacks Submit on the
            credential that is to sign it.
        AlertNotFound: there is no such alert.
        AlreadyExists: another one has the new name.
        InUse: it would get another name, and a job or folder refers to it.
        InvalidName: the name is not one an alert can bear.
        InvalidArgument: an address is none, or a template cannot be used.
        MissingArgument: the handler needs an address, or a job.
        JobNotFound: there is no such job.
        CredentialNotFound: there is no such credential.
        Conflict: several jobs bear the bare name.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """

    def change(c: Connection) -> Alert:
        user, lenient = context.caller.account, context.lenient
        changed = alerts.change(
            c, alert, id=id, name=name, user=user, condition=context.condition, lenient=lenient
        )
        check_given(context, c, changed.credential_name, "credentialName")
        return changed

    changed, done = changed_or_made(
        context,
        alert,
        change=change,
        create=lambda c, new: _create(context, c, new),
        missing=AlertNotFound,
        right=AlertDefinitions.ADD,
        kind="Alert",
        name="alert_name",
    )
    return f"Alert {changed.alert_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=AlertDefinitions.DELETE,
    rest=("DELETE /alert/{id}", "DELETE /alert?name"),
    soap="Alert.Delete",
    cmdlet="Remove-JAMSAlert",
    command="delete-alert",
    key=("name", "id"),
    offers=offers.ALERT,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_alert(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete an alert.

    Args:
        id: number of the alert.
        name: name of the alert.

    Raises:
        AlertNotFound: there is no such alert.
        InUse: a job or folder refers to it.
    """
    one_of(id=id, name=name)
    gone = context.write(lambda c: alerts.delete(c, alerts.find(c, id=id, name=name), context.condition))
    return f"Alert {gone} was deleted."


@operation(
    right=AlertDefinitions.INQUIRE,
    rest=("GET /alert/{id}/references", "GET /alert/references?name"),
    soap="Alert.ListReferences",
    cmdlet="Get-JAMSAlertReference",
    command="alert-references",
    key=("name", "id"),
    offers=offers.ALERT,
    columns=REFERENCE_COLUMNS,
    pipeline=PIPELINE,
)
def list_alert_references(
    context: Context, id: ObjectId | None = None, name: Text | None = None
) -> list[Reference]:
    """List the jobs and folders that refer to an alert, by path, as far as the caller may look at such.

    Args:
        id: number of the alert.
        name: name of the alert.

    Raises:
        AlertNotFound: there is no such alert.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: alerts.references_to(c, alerts.find(c, id=id, name=name)))
    return shown_references(context, found)


def _create(context: Context, c: Connection, alert: Alert) -> Alert:
    check_given(context, c, alert.credential_name, "credentialName")
    return alerts.create(c, alert, user=context.caller.account, lenient=context.lenient)
