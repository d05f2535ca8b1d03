r"""Folders. A folder is named by its number or by its path; the root folder is ``\``."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from jams.database import folders
from jams.database.definition_parts import touches_dates
from jams.objects.base import ObjectId, Path
from jams.objects.definitions import Folder
from jams.objects.errors import FolderNotFound
from jams.objects.patch import Patch, member_of
from jams.security.rights import FolderDefinitions

from . import capacity_hints, offers, run_accounts
from .catalogue import Binding, Message
from .context import Context, one_of
from .date_hints import of_dates
from .declaration import operation
from .log_locations import check_log_location
from .making import changed_or_made
from .run_accounts import folder_checked
from .run_secrets import check_folder, moving

COLUMNS = ("folderID", "qualifiedName", "description", "lastChangeUTC")
ALIASES = {"folder_name": ("name",), "parent_folder_name": ("parent",)}
BINDING = Binding(
    names={"folder_id": "", "folder_name": "Name", "parent_folder_name": "Parent"},
    shows="get_folder",
    path=("parent_folder_name", "folder_name"),
)
PIPELINE = {"name": "QualifiedName"}


@operation(
    right=FolderDefinitions.INQUIRE,
    rest="GET /folder/children?id,qualifiedName",
    soap="Folder.GetChildren",
    cmdlet="Get-JAMSFolder",
    command="folders",
    positional=("qualified_name",),
    offers={"qualified_name": offers.FOLDER_NAMES},
    columns=COLUMNS,
    binding=Binding(
        set="Children", names={"id": "ParentId", "qualified_name": "Parent"}, pattern="folderName"
    ),
)
def get_folder_children(
    context: Context, id: ObjectId | None = None, qualified_name: Path | None = None
) -> list[Folder]:
    r"""List the folders directly inside a folder, by name.

    Args:
        id: number of the folder.
        qualified_name: path of the folder; without either, the root folder.

    Raises:
        FolderNotFound: there is no such folder.
    """
    if id is None and qualified_name is None:
        id = folders.ROOT_ID
    one_of(id=id, qualifiedName=qualified_name)
    return context.read(lambda c: folders.children(c, folders.find(c, id=id, name=qualified_name)))


@operation(
    right=FolderDefinitions.INQUIRE,
    rest=("GET /folder/details/{id}", "GET /folder/details?name"),
    soap="Folder.Get",
    cmdlet="Get-JAMSFolder",
    command="folder",
    key=("name", "id"),
    offers=offers.FOLDER,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_folder(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Folder:
    """Show one folder.

    Args:
        id: number of the folder.
        name: path of the folder.

    Raises:
        FolderNotFound: there is no such folder.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: folders.get(c, folders.named(c, id=id, name=name)))


@operation(
    right=FolderDefinitions.ADD,
    rest="POST /folder",
    soap="Folder.Create",
    cmdlet="New-JAMSFolder",
    command="create-folder",
    aliases=ALIASES,
    offers=offers.PARENT,
    created=True,
    binding=BINDING,
)
def create_folder(context: Context, folder: Folder) -> Message:
    """Create a folder inside the folder that its document names as parent (the root if none).

    Args:
        folder: the new folder.

    Raises:
        FolderNotFound: the parent does not exist.
        AlreadyExists: the parent holds a folder of that name.
        InvalidName: the name is not one a folder can bear.
        UnknownProperty: there is no such property, or it stands elsewhere.
        UnknownElementType: there is no such type of element, or it stands elsewhere.
        InvalidProperty: a property has a value that it cannot have.
        InvalidTime: a property is no time of day, or no span of time.
        AgentNotFound: it names one that is not there; other references likewise.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    check_log_location(context, folder.properties)
    if touches_dates(folder):
        context.read(lambda c: folders.check_dates(c, folder, None, None))

    made = context.write(lambda c: _made(context, c, folder))
    hints = of_dates(folder) + capacity_hints.of_folder(context, folder, made)
    told = context.remarks(made.not_obeyed) + hints
    return f"Folder {made.qualified_name} was created.{told}"


@operation(
    right=FolderDefinitions.CHANGE,
    rest="PUT /folder",
    soap="Folder.Change",
    cmdlet="Set-JAMSFolder",
    command="change-folder",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.FOLDER, **offers.PARENT},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_folder(
    context: Context, folder: Patch[Folder], id: ObjectId | None = None, name: Path | None = None
) -> Message:
    """Change a folder, or create it if it does not exist. What is left out stays as it is.

    Number or path say which folder; or else the document's number, or its parent and name. With a number, or
    a path beside it, the document may rename or move the folder. Null gives a member its default.

    Args:
        folder: what shall be otherwise.
        id: number of the folder.
        name: path of the folder.

    Raises:
        AccessDenied: the folder does not exist, and the caller may not create one.
        FolderNotFound: there is no such folder, or no such parent.
        AlreadyExists: the new place holds a folder of that name.
        Conflict: the root folder, or a folder moved into itself.
        CircularDependency: a job would wait for itself.
        InvalidName: the name is not one a folder can bear.
        UnknownProperty: there is no such property, or it stands elsewhere.
        UnknownElementType: there is no such type of element, or it stands elsewhere.
        InvalidProperty: a property has a value that it cannot have.
        InvalidTime: a property is no time of day, or no span of time.
        AgentNotFound: it names one that is not there; other references likewise.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    check_log_location(context, member_of(folder, "properties") or ())
    if touches_dates(folder):
        context.read(lambda c: folders.check_dates(c, folder, id, name))

    def change(c: Connection) -> Folder:
        folder_checked(context, c, member_of(folder, "properties") or ())
        work = partial(
            folders.change,
            patch=folder,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
            check=partial(run_accounts.check_folder, context, c),
        )
        changed = moving(context, c, work)
        check_folder(context, c, changed.folder_id)
        return changed

    def create(c: Connection, new: Folder) -> Folder:
        return _made(context, c, new)

    changed, done = changed_or_made(
        context,
        folder,
        change=change,
        create=create,
        missing=FolderNotFound,
        right=FolderDefinitions.ADD,
        kind="Folder",
        name="folder_name",
    )
    hints = of_dates(folder) + capacity_hints.of_folder(context, folder, changed)
    told = context.remarks(changed.not_obeyed) + hints
    return f"Folder {changed.qualified_name} was {done}.{told}"


@operation(
    right=FolderDefinitions.DELETE,
    rest=("DELETE /folder/{id}", "DELETE /folder?name"),
    soap="Folder.Delete",
    cmdlet="Remove-JAMSFolder",
    command="delete-folder",
    key=("name", "id"),
    offers=offers.FOLDER,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_folder(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Message:
    """Delete an empty folder.

    Args:
        id: number of the folder.
        name: path of the folder.

    Raises:
        FolderNotFound: there is no such folder.
        FolderNotEmpty: it still holds folders, jobs or variables.
        Conflict: it is the root folder.
    """
    one_of(id=id, name=name)
    path = context.write(lambda c: folders.delete(c, folders.named(c, id=id, name=name), context.condition))
    return f"Folder {path} was deleted."


def _made(context: Context, c: Connection, new: Folder) -> Folder:
    """A new folder, if the caller may have work run with what it says."""
    folder_checked(context, c, new.properties)
    made = folders.create(c, new, user=context.caller.account, lenient=context.lenient)
    check_folder(context, c, made.folder_id)
    return made
