"""Execution methods, by their number or name."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from jams.database import method_definitions as methods
from jams.database.definition_parts import Lacks
from jams.objects.base import Name, ObjectId, Text
from jams.objects.capacity import Reference
from jams.objects.errors import MethodNotFound
from jams.objects.methods import ExecutionMethod, Method, listed
from jams.objects.patch import Patch
from jams.registry.execution_methods import BaseMethod
from jams.security.rights import JobDefinitions

from . import offers, run_accounts
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .run_secrets import check_method
from .visibility import REFERENCE_COLUMNS, shown_references, sight_of

COLUMNS = ("methodID", "methodName", "methodTypeName", "available", "description", "reason")
ALIASES = {"method_name": ("name",), "method_type_name": ("type",)}
BINDING = Binding(
    names={"method_id": "", "method_name": "Name", "method_type_name": "Type"},
    shows="get_method",
    path=("method_name",),
)
PIPELINE = {"name": "MethodName"}


def lacks(context: Context) -> Lacks:
    """Tells what keeps this machine from running a delivered method."""
    known = {each.name.casefold(): each.reason or "" for each in context.services.methods()}

    def lack(base: BaseMethod) -> str:
        return known.get((base.runs or base.name).casefold(), "")

    return lack


@operation(
    right=JobDefinitions.INQUIRE,
    rest="GET /method",
    soap="Server.ListMethods",
    cmdlet="Get-JAMSMethod",
    command="methods",
    columns=("methodName", "available", "description", "reason"),
    binding=Binding(set="Pattern", pattern="methodName", container="Methods"),
)
def list_methods(context: Context) -> list[Method]:
    """List the execution methods, and for each whether this server can run it."""
    lack = lacks(context)
    return [listed(each) for each in context.read(lambda c: methods.all_methods(c, lack))]


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /method/{id}", "GET /method?name"),
    soap="Method.Get",
    cmdlet="Get-JAMSMethod",
    command="method",
    key=("name", "id"),
    offers=offers.METHOD,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_method(context: Context, id: ObjectId | None = None, name: Text | None = None) -> ExecutionMethod:
    """Show one execution method.

    Args:
        id: number of the method.
        name: name of the method.

    Raises:
        MethodNotFound: there is no such method.
    """
    one_of(id=id, name=name)
    lack = lacks(context)
    return context.read(lambda c: methods.get(c, methods.find(c, id=id, name=name), lack))


@operation(
    right=JobDefinitions.ADD,
    rest="POST /method",
    soap="Method.Create",
    cmdlet="New-JAMSMethod",
    command="create-method",
    aliases=ALIASES,
    offers={"method_type_name": offers.METHOD_NAMES},
    created=True,
    binding=BINDING,
)
def create_method(context: Context, method: ExecutionMethod) -> Message:
    """Create an execution method from one that is delivered with the server.

    Args:
        method: the new method.

    Raises:
        AlreadyExists: there is one of that name.
        MethodNotFound: there is no delivered method of the type.
        MethodUnavailable: this server cannot run jobs of that type, and nobody asked for leniency.
        MissingArgument: it does not say from which it is made.
        InvalidName: the name is not one a method can bear.
        InvalidParameter: two parameters bear one name, or a default that its definition does not allow.
        UnknownProperty: there is no such property, or it stands elsewhere.
        InvalidProperty: a property has a value that it cannot have.
        InvalidArgument: no method is made from that type.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    made = context.write(lambda c: _create(context, c, method))
    return f"Method {made.method_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=JobDefinitions.CHANGE,
    rest="PUT /method",
    soap="Method.Change",
    cmdlet="Set-JAMSMethod",
    command="change-method",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.METHOD, "method_name": offers.METHOD_NAMES, "method_type_name": offers.METHOD_NAMES},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_method(
    context: Context, method: Patch[ExecutionMethod], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change an execution method, or create it if it does not exist. What is left out stays as it is.

    Number or name say which method; or else the document's own. With a number, or a name beside it, the
    document may rename it. Null gives a member its default. Name and type of a delivered method stay. Entries
    in the schedule keep what they were submitted with.

    Args:
        method: what shall be otherwise.
        id: number of the method.
        name: name of the method.

    Raises:
        AccessDenied: the method does not exist, and the caller may not create one.
        MethodNotFound: there is no such method, or no delivered method of the type.
        AlreadyExists: another one has the new name.
        MethodUnavailable: this server cannot run jobs of that type, and nobody asked for leniency.
        InvalidName: the name is not one a method can bear.
        InvalidParameter: two parameters bear one name, or a default that its definition does not allow.
        UnknownProperty: there is no such property, or it stands elsewhere.
        InvalidProperty: a property has a value that it cannot have.
        InvalidArgument: name or type of a delivered method would change.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    user, lenient = context.caller.account, context.lenient

    def change(c: Connection) -> ExecutionMethod:
        done = methods.change(
            c,
            method,
            id=id,
            name=name,
            user=user,
            condition=context.condition,
            lenient=lenient,
            check=partial(run_accounts.check_method, context, c),
        )
        check_method(context, c, done.method_id)
        return done

    changed, done = changed_or_made(
        context,
        method,
        change=change,
        create=lambda c, new: _create(context, c, new),
        missing=MethodNotFound,
        right=JobDefinitions.ADD,
        kind="Method",
        name="method_name",
    )
    return f"Method {changed.method_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=JobDefinitions.DELETE,
    rest=("DELETE /method/{id}", "DELETE /method?name"),
    soap="Method.Delete",
    cmdlet="Remove-JAMSMethod",
    command="delete-method",
    key=("name", "id"),
    offers=offers.METHOD,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_method(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete an execution method that nothing uses. Those that are delivered stay.

    Args:
        id: number of the method.
        name: name of the method.

    Raises:
        MethodNotFound: there is no such method.
        Conflict: it is delivered with the server.
        InUse: a job names it, or an entry of such a job has not ended.
    """
    one_of(id=id, name=name)
    gone = context.write(
        lambda c: methods.delete(c, methods.find(c, id=id, name=name), context.condition, sight_of(context))
    )
    return f"Method {gone} was deleted."


@operation(
    right=JobDefinitions.INQUIRE,
    rest=("GET /method/{id}/references", "GET /method/references?name"),
    soap="Method.ListReferences",
    cmdlet="Get-JAMSMethodReference",
    command="method-references",
    key=("name", "id"),
    offers=offers.METHOD,
    columns=REFERENCE_COLUMNS,
    pipeline=PIPELINE,
)
def list_method_references(
    context: Context, id: ObjectId | None = None, name: Text | None = None
) -> list[Reference]:
    """List the jobs that name an execution method, by path.

    Args:
        id: number of the method.
        name: name of the method.

    Raises:
        MethodNotFound: there is no such method.
    """
    one_of(id=id, name=name)
    found = context.read(lambda c: methods.references_to(c, methods.find(c, id=id, name=name)))
    return shown_references(context, found)


def _create(context: Context, c: Connection, method: ExecutionMethod) -> ExecutionMethod:
    made = methods.create(c, method, user=context.caller.account, lenient=context.lenient)
    check_method(context, c, made.method_id)
    return made
