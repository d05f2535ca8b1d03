"""Settings that the server keeps in its database, by their name."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import batch_group, stored_settings
from jams.objects.base import Name, Text
from jams.objects.patch import Patch
from jams.objects.settings import Setting
from jams.security.rights import AccessControl, Configuration

from . import bypass_settings, offers
from .catalogue import Binding, Message
from .context import Context
from .declaration import operation

COLUMNS = ("name", "value", "dataType", "defaultValue", "lastChangeUTC", "lastChangedBy")
BINDING = Binding(shows="get_setting", path=("name",))
PIPELINE = {"name": "Name"}


@operation(
    right=Configuration.INQUIRE,
    rest="GET /cfg",
    soap="Setting.List",
    cmdlet="Get-JAMSSetting",
    command="settings",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="name", container="Configuration"),
)
def list_settings(context: Context) -> list[Setting]:
    """List the settings of the server, by name: set or not, and those that users have added."""
    return context.read(stored_settings.all_settings)


@operation(
    right=Configuration.INQUIRE,
    rest="GET /cfg/{name}",
    soap="Setting.Get",
    cmdlet="Get-JAMSSetting",
    command="setting",
    key=("name",),
    offers=offers.SETTING,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_setting(context: Context, name: Text) -> Setting:
    """Show one setting: its value, its type, its default, and who changed it when.

    Args:
        name: name of the setting.

    Raises:
        SettingNotFound: there is no such setting.
    """
    return context.read(lambda c: stored_settings.get(c, name))


@operation(
    right=Configuration.EXECUTE,
    rest="POST /cfg",
    soap="Setting.Create",
    cmdlet="New-JAMSSetting",
    command="create-setting",
    created=True,
    binding=BINDING,
)
def create_setting(context: Context, setting: Setting) -> Message:
    """Add a setting for purposes of the users' own, which the server keeps and shows.

    Args:
        setting: the new setting; its type stays.

    Raises:
        AlreadyExists: there is one of that name.
        InvalidName: the name is not one a setting can bear.
        InvalidArgument: the value is not one of the type.
    """
    made = context.write(lambda c: stored_settings.create(c, setting, user=context.caller.account))
    return f"Setting {made.name} was created."


@operation(
    right=Configuration.EXECUTE,
    rest="PUT /cfg",
    soap="Setting.Change",
    cmdlet="Set-JAMSSetting",
    command="change-setting",
    key=("name",),
    offers=offers.SETTING,
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_setting(context: Context, setting: Patch[Setting], name: Name | None = None) -> Message:
    """Change the value of a setting; null gives it its default. It counts at once, unless it needs a restart.

    Name and type stay; the description too, but of a setting that users have added.

    Args:
        setting: what shall be otherwise.
        name: name of the setting, unless the document says it.

    Raises:
        SettingNotFound: there is no such setting.
        InvalidArgument: the value is not what the setting holds, or name or type would change.
        MissingArgument: nothing says which setting.
        NotSupported: the server would not obey it.
        Conflict: the server alone sets it.
        AccessDenied: it says who passes by access lists, or which accounts of the machine jobs may take, and
            the caller may not change access lists.
        WouldLockOut: nobody could change access lists any more.
    """

    def work(c: Connection) -> Setting:
        changed = stored_settings.change(
            c, setting, name=name, user=context.caller.account, condition=context.condition
        )
        if bypass_settings.is_one(changed.name):
            bypass_settings.check_may_set(context)
            bypass_settings.check_way_back(context, c, changed.name)
        elif changed.name == batch_group.SETTING:
            context.caller.check(AccessControl.CHANGE, "to say which accounts of the machine jobs may take")
        return changed

    changed = context.write(work)
    if bypass_settings.is_one(changed.name):
        context.services.accounts.forget()
    context.scheduler.wake()
    restart = " It counts from the next start." if changed.needs_restart else ""
    lacking = batch_group.lacking(str(changed.value)) if changed.name == batch_group.SETTING else None
    note = f" Note: {lacking}" if lacking else ""
    return f"Setting {changed.name} was changed.{restart}{note}"


@operation(
    right=Configuration.EXECUTE,
    rest=("DELETE /cfg/{name}", "DELETE /cfg?name"),
    soap="Setting.Delete",
    cmdlet="Remove-JAMSSetting",
    command="delete-setting",
    key=("name",),
    offers=offers.SETTING,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_setting(context: Context, name: Name) -> Message:
    """Delete a setting that users have added.

    Args:
        name: name of the setting.

    Raises:
        SettingNotFound: there is no such setting.
        Conflict: it is the server's own.
    """
    gone = context.write(lambda c: stored_settings.delete(c, name, context.condition))
    return f"Setting {gone} was deleted."
