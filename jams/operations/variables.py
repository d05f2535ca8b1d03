r"""Variables. A variable is named by its number, its path, or its bare name if that is unique."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from msgspec import Meta

from jams.database import folders, variables
from jams.objects.base import Arguments, ObjectId, Path, Text
from jams.objects.credentials import SecretGiven
from jams.objects.definitions import Variable
from jams.objects.errors import InvalidArgument, MissingArgument, VariableNotFound
from jams.objects.patch import Patch, member_of
from jams.security.rights import VariableDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .run_secrets import moving

COLUMNS = ("variableId", "qualifiedName", "dataType", "value", "lastChangeUTC")
ALIASES = {"variable_name": ("name",), "parent_folder_name": ("folder",)}
BINDING = Binding(
    names={"variable_id": "", "variable_name": "Name", "parent_folder_name": "Folder"},
    shows="get_variable",
    path=("parent_folder_name", "variable_name"),
)
PIPELINE = {"name": "QualifiedName"}


class VariableValue(Arguments, frozen=True, kw_only=True):
    """A variable's new value, as text: one of the two."""

    value: Annotated[
        Text | None, Meta(description="The new value, in the form of its data type.", extra={"empty": ""})
    ] = None
    new_encrypted_value: Annotated[
        Text | None,
        SecretGiven,
        Meta(description="The new value of an encrypted variable, which is taken as value as well."),
    ] = None


@operation(
    right=VariableDefinitions.INQUIRE,
    rest=("GET /variable/{id}", "GET /variable?name"),
    soap="Variable.Get",
    cmdlet="Get-JAMSVariable",
    command="variable",
    key=("name", "id"),
    offers=offers.VARIABLE,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name", value="value", value_switch="ValueOnly"),
)
def get_variable(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Variable:
    """Show one variable. The value of an encrypted variable is not shown.

    Args:
        id: number of the variable.
        name: path of the variable, or its bare name.

    Raises:
        VariableNotFound: there is no such variable.
        Conflict: several variables bear the bare name.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: variables.get(c, variables.locate(c, id=id, name=name)))


@operation(
    right=VariableDefinitions.INQUIRE,
    rest=(
        "GET /variable/folder/{id}?recursive,filter",
        "GET /variable/folder?name,recursive,filter",
        "GET /variable?recursive,filter",
    ),
    soap="Variable.Find",
    cmdlet="Get-JAMSVariable",
    command="variables",
    positional=("name",),
    offers=offers.FOLDER,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(
        set="Folder",
        names={"id": "FolderId", "name": "Folder", "recursive": "Recurse", "filter": ""},
        pattern="filter",
        value="value",
        value_switch="ValueOnly",
    ),
)
def find_variables(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    recursive: bool | None = None,
    filter: Text | None = None,
) -> list[Variable]:
    """List the variables of a folder, by path.

    Args:
        id: number of the folder.
        name: path of the folder; without either, the root folder and everything below it.
        recursive: whether to look into the folders below as well.
        filter: only variables whose name matches; ``*`` stands for anything, ``?`` for one character.

    Raises:
        FolderNotFound: there is no such folder.
    """
    if id is None and name is None:
        id = folders.ROOT_ID
        recursive = True if recursive is None else recursive
    one_of(id=id, name=name)
    return context.read(
        lambda c: variables.in_folder(
            c, folders.find(c, id=id, name=name), recursive=bool(recursive), pattern=filter
        )
    )


@operation(
    right=VariableDefinitions.CHANGE,
    rest="POST /variable/setvalue?name",
    soap="Variable.SetValue",
    cmdlet="Set-JAMSVariable",
    command="set-variable",
    key=("name",),
    positional=("name", "value"),
    offers=offers.VARIABLE,
    pipeline=PIPELINE,
    binding=Binding(shows="get_variable", samples={"value": "north"}),
    versioned=True,
)
def set_variable_value(context: Context, name: Path, body: VariableValue) -> Message:
    """Give a variable another value.

    Args:
        name: path of the variable, or its bare name.

    Raises:
        VariableNotFound: there is no such variable.
        Conflict: several variables bear the bare name.
        MissingArgument: no value is given.
        InvalidArgument: the value is not one of the variable's data type, or both are given, or the encrypted
            one to a variable that is not.
    """
    value, secret = body.value, body.new_encrypted_value
    if value is None and secret is None:
        raise MissingArgument("Give a value.", member="value")
    if value is not None and secret is not None:
        raise InvalidArgument("Give only one of value or newEncryptedValue.", member="newEncryptedValue")
    seal = _sealing(context, needed=secret is not None)
    path = context.write(
        lambda c: variables.set_value(
            c,
            variables.locate(c, name=name),
            value,
            user=context.caller.account,
            condition=context.condition,
            secret=secret,
            seal=seal,
        )
    )
    return f"Variable {path} was set."


@operation(
    right=VariableDefinitions.ADD,
    rest="POST /variable",
    soap="Variable.Create",
    cmdlet="New-JAMSVariable",
    command="create-variable",
    aliases=ALIASES,
    offers=offers.PARENT,
    created=True,
    binding=BINDING,
)
def create_variable(context: Context, variable: Variable) -> Message:
    """Create a variable inside the folder that its document names as parent (the root if none).

    The value of an encrypted one (``encryptionFlag``, ``newEncryptedValue``) is never shown: it reaches the
    runs of jobs by parameters that take their defaults from it. That takes the right
    VariableDefinitions.Decrypt, and Decrypt by its access list, of who makes such a job and who submits it.

    Args:
        variable: the new variable.

    Raises:
        FolderNotFound: the folder does not exist.
        AlreadyExists: the folder holds a variable of that name.
        InvalidName: the name is not one a variable can bear.
        InvalidArgument: the value is not one of the data type.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    seal = _sealing(context, needed=variable.encryption_flag)
    made = context.write(
        lambda c: variables.create(
            c, variable, user=context.caller.account, lenient=context.lenient, seal=seal
        )
    )
    return f"Variable {made.qualified_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=VariableDefinitions.CHANGE,
    rest="PUT /variable",
    soap="Variable.Change",
    cmdlet="Edit-JAMSVariable",
    command="change-variable",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.VARIABLE, **offers.PARENT},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_variable(
    context: Context, variable: Patch[Variable], id: ObjectId | None = None, name: Path | None = None
) -> Message:
    """Change a variable, or create it if it does not exist. What is left out stays as it is.

    Number or name say which variable; or else the document's number, or its folder and name. With a number,
    or a name beside it, the document may rename or move the variable. Null gives a member its default.

    Args:
        variable: what shall be otherwise.
        id: number of the variable.
        name: path of the variable, or its bare name.

    Raises:
        AccessDenied: the variable does not exist, and the caller may not create one.
        VariableNotFound: there is no such variable.
        FolderNotFound: the folder does not exist.
        AlreadyExists: the new place holds a variable of that name.
        InvalidName: the name is not one a variable can bear.
        InvalidArgument: the value is not one of the data type.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    needed = member_of(variable, "encryption_flag") or member_of(variable, "new_encrypted_value")
    seal = _sealing(context, needed=bool(needed))
    work = partial(
        variables.change,
        patch=variable,
        id=id,
        name=name,
        user=context.caller.account,
        condition=context.condition,
        lenient=context.lenient,
        seal=seal,
    )
    changed, done = changed_or_made(
        context,
        variable,
        change=lambda c: moving(context, c, work),
        create=lambda c, new: variables.create(
            c, new, user=context.caller.account, lenient=context.lenient, seal=seal
        ),
        missing=VariableNotFound,
        right=VariableDefinitions.ADD,
        kind="Variable",
        name="variable_name",
    )
    return f"Variable {changed.qualified_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=VariableDefinitions.DELETE,
    rest=("DELETE /variable/{id}", "DELETE /variable?name"),
    soap="Variable.Delete",
    cmdlet="Remove-JAMSVariable",
    command="delete-variable",
    key=("name", "id"),
    offers=offers.VARIABLE,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_variable(context: Context, id: ObjectId | None = None, name: Path | None = None) -> Message:
    """Delete a variable.

    Args:
        id: number of the variable.
        name: path of the variable, or its bare name.

    Raises:
        VariableNotFound: there is no such variable.
        InUse: a parameter takes its default from it, or a job or folder names it.
    """
    one_of(id=id, name=name)
    path = context.write(
        lambda c: variables.delete(c, variables.locate(c, id=id, name=name), context.condition)
    )
    return f"Variable {path} was deleted."


def _sealing(context: Context, *, needed: bool) -> variables.Seal:
    """What seals values; ``needed`` says that a value is going to be. Raises ConfigurationInvalid."""
    secrets = context.services.credentials.variables
    if needed:
        secrets.get_ready()
    return secrets.seal
