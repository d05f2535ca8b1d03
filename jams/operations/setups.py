r"""Setups. A setup is named by its number, its path (``\Sales\Nightly``), or its bare name if unique."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import folders, setups
from jams.database.definition_parts import touches_dates
from jams.objects.base import ObjectId, Path, Text
from jams.objects.patch import Patch
from jams.objects.setups import Setup
from jams.scheduler import deletion
from jams.security.rights import JobDefinitions, Monitor

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .date_hints import of_dates
from .declaration import operation
from .making import check_may_make
from .run_accounts import job_checked
from .visibility import sight_of

COLUMNS = ("setupID", "qualifiedName", "description", "lastChangeUTC")
ALIASES = {"setup_name": ("name",), "parent_folder_name": ("folder",)}
BINDING = Binding(
    names={"setup_id": "", "setup_name": "Name", "parent_folder_name": "Folder"},
    shows="get_setup",
    path=("parent_folder_name", "setup_name"),
)
PIPELINE = {"name": "QualifiedName"}


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /setup/{id}", "GET /setup?name"),
    soap="Setup.Get",
    cmdlet="Get-JAMSSetup",
    command="setup",
    key=("name", "id"),
    offers=offers.SETUP,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_setup(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Setup:
    """Show one setup.

    Args:
        id: number of the setup.
        name: path of the setup, or its bare name.

    Raises:
        SetupNotFound: there is no such setup.
        Conflict: several jobs bear the bare name.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: setups.get(c, setups.find(c, id=id, name=name)))


@operation(
    right=JobDefinitions.INQUIRE,
    rest=(
        "GET /setup/folder/{id}?recursive,filter",
        "GET /setup/folder?name,recursive,filter",
        "GET /setup?recursive,filter",
    ),
    soap="Setup.Find",
    cmdlet="Get-JAMSSetup",
    command="setups",
    positional=("name",),
    offers=offers.FOLDER,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(
        set="Folder",
        names={"id": "FolderId", "name": "Folder", "recursive": "Recurse", "filter": ""},
        pattern="filter",
        container="Setups",
    ),
)
def find_setups(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    recursive: bool | None = None,
    filter: Text | None = None,
) -> list[Setup]:
    r"""List the setups of a folder, by path.

    Args:
        id: number of the folder.
        name: path of the folder; without either, the root folder and everything below it.
        recursive: whether to look into the folders below as well.
        filter: only setups whose name matches; ``*`` stands for anything, ``?`` for one character.

    Raises:
        FolderNotFound: there is no such folder.
    """
    if id is None and name is None:
        id = folders.ROOT_ID
        recursive = True if recursive is None else recursive
    one_of(id=id, name=name)
    return context.read(
        lambda c: setups.in_folder(
            c, folders.find(c, id=id, name=name), recursive=bool(recursive), pattern=filter
        )
    )


@operation(
    right=JobDefinitions.ADD,
    rest="POST /setup",
    soap="Setup.Create",
    cmdlet="New-JAMSSetup",
    command="create-setup",
    aliases=ALIASES,
    offers=offers.PARENT,
    created=True,
    binding=BINDING,
)
def create_setup(context: Context, setup: Setup) -> Message:
    """Create a setup inside the folder that its document names as parent.

    Args:
        setup: the new setup.

    Raises:
        FolderNotFound: the folder does not exist.
        AlreadyExists: the folder holds a setup or job of that name.
        JobNotFound: there is no job that it would run.
        CircularDependency: it would run itself, or wait for itself.
        InvalidName: the name is not one a setup can bear.
        InvalidParameter: two parameters bear one name, or a default that its definition does not allow.
        UnknownProperty: there is no such property, or it stands elsewhere.
        UnknownElementType: there is no such type of element, or it stands elsewhere.
        InvalidProperty: a property has a value that it cannot have.
        InvalidTime: a property is no time of day, or no span of time.
        AgentNotFound: it names one that is not there; other references likewise.
        InvalidArgument: its members do not fit together.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    if touches_dates(setups.as_job(setup)):
        context.read(lambda c: setups.check_dates(c, setup, None, None))
    user, lenient = context.caller.account, context.lenient

    def create(c: Connection) -> Setup:
        return setups.create(c, setup, user=user, lenient=lenient)

    made = context.write(lambda c: job_checked(context, c, create, lambda made: made.setup_id))
    told = f"{context.remarks(made.not_obeyed)}{of_dates(setups.as_job(setup))}"
    return f"Setup {made.qualified_name} was created.{told}"


@operation(
    right=JobDefinitions.CHANGE,
    rest="PUT /setup",
    soap="Setup.Change",
    cmdlet="Set-JAMSSetup",
    command="change-setup",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.SETUP, **offers.PARENT},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_setup(
    context: Context, setup: Patch[Setup], id: ObjectId | None = None, name: Path | None = None
) -> Message:
    """Change a setup, or create it if it does not exist. What is left out stays as it is.

    Number or name say which setup; or else the document's number, or its parent folder and name, and then a
    setup that does not exist is created. With a number, or a name beside it, the document may rename or move
    the setup. Null gives a member its default. Entries in the schedule keep what they were submitted with.

    Args:
        setup: what shall be otherwise.
        id: number of the setup.
        name: path of the setup, or its bare name.

    Raises:
        AccessDenied: the setup does not exist, and the caller may not create one.
        SetupNotFound: there is no setup of that number or name.
        FolderNotFound: the folder does not exist.
        AlreadyExists: the new place holds a setup or job of that name.
        JobNotFound: there is no job that it would run.
        CircularDependency: it would run itself, or wait for itself.
        InvalidName: the name is not one a setup can bear.
        InvalidParameter: two parameters bear one name, or a default that its definition does not allow.
        UnknownProperty: there is no such property, or it stands elsewhere.
        UnknownElementType: there is no such type of element, or it stands elsewhere.
        InvalidProperty: a property has a value that it cannot have.
        InvalidTime: a property is no time of day, or no span of time.
        AgentNotFound: it names one that is not there; other references likewise.
        InvalidArgument: its members do not fit together.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """

    def work(c: Connection) -> tuple[Setup, bool]:
        changed, made = setups.change(
            c,
            setup,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
        )
        if made:
            check_may_make(context, JobDefinitions.ADD, "setup", changed.qualified_name)
        return changed, made

    if touches_dates(setups.as_change(setup)):
        context.read(lambda c: setups.check_dates(c, setup, id, name))

    def find(c: Connection) -> int:
        return setups.find(c, id=id, name=name)

    named = find if id is not None or name is not None else None
    changed, made = context.write(
        lambda c: job_checked(context, c, work, lambda done: done[0].setup_id, named)
    )
    done = "created" if made else "changed"
    told = f"{context.remarks(changed.not_obeyed)}{of_dates(setups.as_change(setup))}"
    return f"Setup {changed.qualified_name} was {done}.{told}"


@operation(
    right=JobDefinitions.DELETE,
    rest=("DELETE /setup/{id}?force", "DELETE /setup?name,force"),
    soap="Setup.Delete",
    cmdlet="Remove-JAMSSetup",
    command="delete-setup",
    key=("name", "id"),
    offers=offers.SETUP,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_setup(
    context: Context, id: ObjectId | None = None, name: Path | None = None, force: bool | None = None
) -> Message:
    """Delete a setup. Its history stays.

    With force it is deleted although entries of it are there: those that wait are ended, and those that have
    begun go on to their end. That takes the right Monitor.Abort as well. So it is although others name it:
    what waits for it goes on waiting, and says that it is not there any more.

    Args:
        id: number of the setup.
        name: path of the setup, or its bare name.
        force: whether to delete it although entries of it have not ended, or others name it.

    Raises:
        AccessDenied: with force: the caller may not end entries.
        SetupNotFound: there is no such setup.
        InUse: an entry of it has not ended yet, or a job, setup or folder names it.
    """
    one_of(id=id, name=name)
    if force:
        context.caller.check(Monitor.ABORT, "to end entries")

    def work(c: Connection) -> str:
        found = setups.find(c, id=id, name=name)
        if force:
            deletion.end_waiting(c, found, context.caller.account)
        return setups.delete(c, found, context.condition, sight=sight_of(context), force=bool(force))

    return f"Setup {context.write(work)} was deleted."
