r"""Triggers. A trigger is named by its number, its path (``\Sales\Arrived``), or its bare name if unique."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import folders, triggers
from jams.objects.base import ObjectId, Path, Text
from jams.objects.errors import TriggerNotFound
from jams.objects.patch import Patch
from jams.objects.triggers import Trigger
from jams.scheduler.triggers import defining, resetting
from jams.security.rights import TriggerDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .run_accounts import check_given, check_submitted
from .run_secrets import check_trigger

COLUMNS = ("triggerID", "qualifiedName", "status", "lastFiredUTC", "statusMessage")
ALIASES = {"trigger_name": ("name",), "parent_folder_name": ("folder",)}
BINDING = Binding(
    names={"trigger_id": "", "trigger_name": "Name", "parent_folder_name": "Folder"},
    shows="get_trigger",
    path=("parent_folder_name", "trigger_name"),
)
PIPELINE = {"name": "QualifiedName"}


@operation(
    right=TriggerDefinitions.INQUIRE,
    rest=("GET /trigger/{id}", "GET /trigger?name"),
    soap="Trigger.Get",
    cmdlet="Get-JAMSTrigger",
    command="trigger",
    key=("name", "id"),
    offers=offers.TRIGGER,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_trigger(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Trigger:
    """Show one trigger, with which of its events are there since when.

    Args:
        id: number of the trigger.
        name: path of the trigger, or its bare name.

    Raises:
        TriggerNotFound: there is no such trigger.
        Conflict: several triggers bear the bare name.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: triggers.get(c, triggers.locate(c, id=id, name=name)))


@operation(
    right=TriggerDefinitions.INQUIRE,
    rest=(
        "GET /trigger/folder/{id}?recursive,filter",
        "GET /trigger/folder?name,recursive,filter",
        "GET /trigger?recursive,filter",
    ),
    soap="Trigger.Find",
    cmdlet="Get-JAMSTrigger",
    command="triggers",
    positional=("name",),
    offers=offers.FOLDER,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(
        set="Folder",
        names={"id": "FolderId", "name": "Folder", "recursive": "Recurse", "filter": ""},
        pattern="filter",
        container="Triggers",
    ),
)
def find_triggers(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    recursive: bool | None = None,
    filter: Text | None = None,
) -> list[Trigger]:
    r"""List the triggers of a folder, by path.

    Args:
        id: number of the folder.
        name: path of the folder; without either, the root folder and everything below it.
        recursive: whether to look into the folders below as well.
        filter: only triggers whose name matches; ``*`` stands for anything, ``?`` for one character.

    Raises:
        FolderNotFound: there is no such folder.
    """
    if id is None and name is None:
        id = folders.ROOT_ID
        recursive = True if recursive is None else recursive
    one_of(id=id, name=name)
    return context.read(
        lambda c: triggers.in_folder(
            c, folders.find(c, id=id, name=name), recursive=bool(recursive), pattern=filter
        )
    )


@operation(
    right=TriggerDefinitions.ADD,
    rest="POST /trigger",
    soap="Trigger.Create",
    cmdlet="New-JAMSTrigger",
    command="create-trigger",
    aliases=ALIASES,
    offers=offers.PARENT,
    created=True,
    binding=BINDING,
)
def create_trigger(context: Context, trigger: Trigger) -> Message:
    """Create a trigger inside the folder that its document names as parent (the root if none).

    It waits from then on, for what happens from then on.

    Args:
        trigger: the new trigger.

    Raises:
        FolderNotFound: the folder does not exist.
        AlreadyExists: the folder holds a trigger of that name.
        JobNotFound: there is no job for which it would wait, or which it would submit.
        SetupNotFound: what it calls a setup is none.
        VariableNotFound: there is no variable for which it would wait.
        CredentialNotFound: there is no credential by which it would log in to a mailbox.
        MissingArgument: an event lacks what its type needs, or an action a job.
        InvalidName: the name is not one a trigger can bear.
        InvalidProperty: an event or action has a value that it cannot have.
        InvalidTime: an action is for no time of day.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    user, lenient = context.caller.account, context.lenient

    def create(c: Connection) -> Trigger:
        return _checked(context, c, defining.create(c, trigger, context.now(), user=user, lenient=lenient))

    made = context.write(create)
    return f"Trigger {made.qualified_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=TriggerDefinitions.CHANGE,
    rest="PUT /trigger",
    soap="Trigger.Change",
    cmdlet="Set-JAMSTrigger",
    command="change-trigger",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.TRIGGER, **offers.PARENT},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_trigger(
    context: Context, trigger: Patch[Trigger], id: ObjectId | None = None, name: Path | None = None
) -> Message:
    """Change a trigger, or create it if it does not exist. What is left out stays as it is.

    Number or name say which trigger; or else the document's number, or its folder and name. With a number, or
    a name beside it, the document may rename or move the trigger. Null gives a member its default. A trigger
    whose events are changed, or that is enabled, waits for them anew.

    Args:
        trigger: what shall be otherwise.
        id: number of the trigger.
        name: path of the trigger, or its bare name.

    Raises:
        AccessDenied: the trigger does not exist, and the caller may not create one.
        TriggerNotFound: the trigger does not exist.
        FolderNotFound: the folder does not exist.
        AlreadyExists: the new place holds a trigger of that name.
        JobNotFound: there is no job for which it would wait, or which it would submit.
        SetupNotFound: what it calls a setup is none.
        VariableNotFound: there is no variable for which it would wait.
        CredentialNotFound: there is no credential by which it would log in to a mailbox.
        MissingArgument: an event lacks what its type needs, or an action a job.
        InvalidName: the name is not one a trigger can bear.
        InvalidProperty: an event or action has a value that it cannot have.
        InvalidTime: an action is for no time of day.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    changed, done = changed_or_made(
        context,
        trigger,
        change=lambda c: _checked(
            context,
            c,
            defining.change(
                c,
                trigger,
                context.now(),
                id=id,
                name=name,
                user=context.caller.account,
                condition=context.condition,
                lenient=context.lenient,
            ),
        ),
        create=lambda c, new: _checked(
            context,
            c,
            defining.create(c, new, context.now(), user=context.caller.account, lenient=context.lenient),
        ),
        missing=TriggerNotFound,
        right=TriggerDefinitions.ADD,
        kind="Trigger",
        name="trigger_name",
    )
    return f"Trigger {changed.qualified_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=TriggerDefinitions.DELETE,
    rest=("DELETE /trigger/{id}", "DELETE /trigger?name"),
    soap="Trigger.Delete",
    cmdlet="Remove-JAMSTrigger",
    command="delete-trigger",
    key=("name", "id"),
    offers=offers.TRIGGER,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_trigger(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Message:
    """Delete a trigger. What it has submitted goes on.

    Args:
        id: number of the trigger.
        name: path of the trigger, or its bare name.

    Raises:
        TriggerNotFound: there is no such trigger.
    """
    one_of(id=id, name=name)
    path = context.write(
        lambda c: triggers.delete(c, triggers.locate(c, id=id, name=name), context.condition)
    )
    return f"Trigger {path} was deleted."


@operation(
    right=TriggerDefinitions.CHANGE,
    rest=("PUT /trigger/{id}/reset", "PUT /trigger/reset?name"),
    soap="Trigger.Reset",
    cmdlet="Reset-JAMSTrigger",
    command="reset-trigger",
    key=("name", "id"),
    offers=offers.TRIGGER,
    pipeline=PIPELINE,
    binding=Binding(set="Name", shows="get_trigger"),
)
def reset_trigger(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Message:
    """Let a trigger wait for its events anew: those that have happened count no more.

    One that has fired may fire again, and one that fired too often, and was disabled for that, is enabled.

    Args:
        id: number of the trigger.
        name: path of the trigger, or its bare name.

    Raises:
        TriggerNotFound: there is no such trigger.
    """
    one_of(id=id, name=name)

    def work(c: Connection) -> str:
        found = triggers.locate(c, id=id, name=name)
        resetting.reset_trigger(c, found, context.now())
        return triggers.get(c, found).qualified_name or ""

    return f"Trigger {context.write(work)} was reset."


def _checked(context: Context, c: Connection, made: Trigger) -> Trigger:
    """A trigger that was made or changed, if the caller may look into the mailboxes that it names so."""
    for event in made.events:
        check_given(context, c, event.credential_name, "events")
    check_trigger(context, c, made)
    for action in made.actions:
        given = [each.param_name for each in action.parameters]
        check_submitted(context, c, action.job_name or action.setup_name or "", given)
    return made
