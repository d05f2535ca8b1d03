"""What the caller may do to an object, and why."""

from __future__ import annotations

from sqlalchemy import Connection, select

from jams.database import access as access_rows
from jams.database import accounts as account_rows
from jams.database import guarding, object_access, tables
from jams.objects.access_log import AccessLog, AccessLogEntry, Security, TraceDetail
from jams.objects.base import Name, ObjectId, Path
from jams.objects.enums import AccessObject, ObjectType
from jams.objects.errors import InvalidArgument, MissingArgument
from jams.objects.patch import Patch, member_of, members_named, patched, version_seen
from jams.security import area_lists
from jams.security.access import reasons
from jams.security.rights import AccessControl, AreaRight, ServerAccess

from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .object_guard import called, reach_of
from .object_kinds import KINDS, Kind, find


@operation(
    right=ServerAccess.EXECUTE,
    rest="GET /{objectType}/{id}/permissions/{access}",
    soap="Server.CheckPermission",
    cmdlet="Test-JAMSPermission",
    command="may",
    positional=("object_type", "id", "access"),
)
def check_permission(context: Context, object_type: ObjectType, id: ObjectId, access: Name) -> bool:
    """Tell whether the caller may do something to an object.

    Both must let him: the access list of the area, and those on the way to the object, its own first and
    then those of the folders it lies in. Who may not look at objects of that kind may do nothing to one, and
    is not told whether there is one.

    Args:
        object_type: what kind of object it is.
        id: its number.
        access: what is to be done to it: Inquire, Change, Delete and what else the area of its kind knows; of
            a folder or job also Submit, Monitor, Manage and Abort, of a folder AddJobs, ChangeJobs,
            DeleteJobs, InquireJobs.

    Raises:
        InvalidArgument: nothing of that name can be done to such an object.
        NotFound: there is no such object.
    """
    kind = KINDS[object_type]
    right = _right(kind, access)
    if not context.caller.may(kind.looking):
        return False

    def work(c: Connection) -> bool:
        found = find(c, object_type, id=id)
        return context.caller.may(right) and guarding.may(c, kind.table, found, _on_objects(kind, access))

    return context.read(work)


@operation(
    right=ServerAccess.EXECUTE,
    rest="GET /{objectType}/access/{access}?id,name,folderId,isNameRelative",
    soap="Server.ExplainPermission",
    cmdlet="Get-JAMSPermissionReason",
    command="why-may",
    positional=("object_type", "access", "name"),
    names={"folder_id": "folderId"},
    aliases={"id": ("jobId", "methodId"), "name": ("jobName", "folderName", "methodName")},
    columns=("hasErrors", "entries"),
)
def explain_permission(
    context: Context,
    object_type: ObjectType,
    access: Name,
    id: ObjectId | None = None,
    name: Path | None = None,
    folder_id: ObjectId | None = None,
    is_name_relative: bool | None = None,
) -> AccessLog:
    """Tell why the caller may do something to an object, or why not: which access list, and which line of it.

    Without an object it is told of all of that kind.

    Args:
        object_type: what kind of object it is.
        access: what is to be done to it, as with check_permission.
        id: its number.
        name: its path or name.
        folder_id: number of the folder, if it is one; else of the folder at which a relative name begins.
        is_name_relative: whether the name is a path that begins at that folder.

    Raises:
        InvalidArgument: nothing of that name can be done to such an object, or it is named twice.
        NotFound: there is no such object.
        Conflict: several bear the bare name.
    """
    kind, caller = KINDS[object_type], context.caller
    right = _right(kind, access)
    if object_type is ObjectType.FOLDER and id is None:
        id, folder_id = folder_id, None
    rules = context.read(access_rows.all_rules)
    told = reasons(caller, right, rules, bypass=context.services.accounts.bypass)
    allowed = caller.may(right)
    if not caller.may(kind.looking):
        allowed = False
        if right is not kind.looking:
            told.append(f"Without {kind.looking} nothing is done to such an object.")
    elif id is not None or name is not None:
        relative = bool(is_name_relative)
        lists, sentences = context.read(
            lambda c: _of_object(
                context, c, kind, access, _named(c, object_type, id, name, folder_id, relative)
            )
        )
        allowed &= lists
        told += sentences
    verdict = f"{caller.account} may {'' if allowed else 'not '}do it."
    levels = [*[TraceDetail.VERBOSE] * len(told), TraceDetail.INFO if allowed else TraceDetail.ERROR]
    entries = [
        AccessLogEntry(sequence_number=at, trace_level=level, message=message)
        for at, (level, message) in enumerate(zip(levels, [*told, verdict], strict=True), start=1)
    ]
    return AccessLog(has_errors=not allowed, entries=entries)


@operation(
    right=AccessControl.INQUIRE,
    rest="GET /security/{area}",
    soap="Server.GetSecurity",
    cmdlet="Get-JAMSSecurity",
    command="security",
    key=("area",),
    positional=("area",),
)
def get_security(context: Context, area: AccessObject) -> Security:
    """Show the access list of an area: who may do what in it; the first line that names somebody decides.

    An area in which no rights are given here has an empty list.

    Args:
        area: which part of the server it is that rights are given in.
    """

    def work(c: Connection) -> Security:
        return _security(c, area)

    return context.read(work)


@operation(
    right=AccessControl.CHANGE,
    rest=("PUT /security/{area}?force,clear", "PUT /security?area,force,clear"),
    soap="Server.SetSecurity",
    cmdlet="Set-JAMSSecurity",
    command="set-security",
    key=("area",),
    positional=("area",),
    pipeline={"area": "AccessObject"},
    binding=Binding(shows="get_security", samples={"area": "Monitor"}),
)
def set_security(
    context: Context, security: Patch[Security], area: AccessObject | None = None, force: bool | None = None
) -> Message:
    """Change the access list of an area: the list that is given takes the place of the whole list.

    It counts at once for whoever is connected; for other processes that serve the same database within two
    seconds. A line names an account, a group, * for everybody, or several with + between them, all of which
    one must hold; the first that is about somebody decides. Lines that are marked as inherited are left out.

    Args:
        security: the area and its access list.
        area: which area, unless the document says it.
        force: do it also when nobody could change access lists after it; only the account command on the
            machine of the server leads back then.

    Raises:
        InvalidArgument: no rights are given in the area, a right is none of its, or a line names nobody.
        MissingArgument: nothing says which area, or no list is given.
        WouldLockOut: nobody could change access lists any more.
    """
    said = member_of(security, "access_object")
    meant = area or said
    if meant is None:
        raise MissingArgument("Say which area.", member="accessObject")
    if said is not None and said is not meant:
        raise InvalidArgument(
            f"The document is of {said.value}, and not of {meant.value}.", member="accessObject"
        )
    accounts, condition = context.services.accounts, context.condition.also(version_seen(security))

    def work(c: Connection) -> str:
        account_rows.lock(c)
        before = _security(c, meant)
        if "acl" not in members_named(security):
            raise MissingArgument("Give the access list.", member="acl")
        rules = area_lists.rules_of(meant, patched(before, security).acl)
        name = area_lists.area_name(meant)
        was = access_rows.rules_of(c, name)
        access_rows.change(c, name, rules, user=context.caller.account, condition=condition)
        if not force:
            area_lists.check_way_back(c, accounts.bypass_now(c), name)
        unknown = area_lists.strangers(c, rules)
        hint = f" Nobody is called {', '.join(unknown)} here." if unknown else ""
        return (
            f"The access list of {meant.value} was changed. Before: {area_lists.told(was)}. "
            f"Now: {area_lists.told(rules)}.{hint}"
        )

    done = context.write(work)
    accounts.forget()
    return done


def _security(c: Connection, area: AccessObject) -> Security:
    name = area_lists.area_name(area)
    state = access_rows.state(c, name)
    return Security(
        access_object=area,
        acl=area_lists.document(access_rows.rules_of(c, name)),
        last_change_utc=state.changed,
        last_changed_by=state.changed_by,
        version=state.version,
    )


def _right(kind: Kind, access: str) -> AreaRight:
    known = kind.rights
    right = next((each for name, each in known.items() if name.casefold() == access.casefold()), None)
    if right is None:
        raise InvalidArgument(
            f"{access[:100]} is none of what can be done to such an object: {', '.join(known)}.",
            member="access",
        )
    return right


def _named(
    c: Connection,
    object_type: ObjectType,
    id: int | None,
    name: str | None,
    folder_id: int | None,
    relative: bool,
) -> int:
    one_of(id=id, name=name)
    if relative and name is not None and folder_id is not None:
        folder = find(c, ObjectType.FOLDER, id=folder_id)
        above = c.scalar(select(tables.folder.c.path).where(tables.folder.c.id == folder))
        name = "\\".join((str(above).rstrip("\\"), name.strip("\\/")))
    return find(c, object_type, id=id, name=name)


def _on_objects(kind: Kind, access: str) -> str:
    """What the lists of objects call what is to be done."""
    known = object_access.RIGHTS.get(kind.table.name, ())
    return next((right for right in known if right.casefold() == access.casefold()), access)


def _of_object(context: Context, c: Connection, kind: Kind, access: str, id: int) -> tuple[bool, list[str]]:
    """Whether the lists on the way to an object let the caller do something, and which line says so."""
    table, caller = kind.table, context.caller
    name = f"{table.name} {called(c, table, id)}"
    if table.name not in object_access.RIGHTS:
        return True, [f"{name} has no access list: the area's decides."]
    if caller.passes:
        return True, []
    reach = reach_of(c, caller)
    found = None if reach is None else reach.verdict(table.name, id, object_access.folder_of(c, table, id))
    if found is None:
        return True, [f"No access list is on the way to {name}: the area's decides."]
    right = _on_objects(kind, access)
    if found.owner is None:
        return False, [f"Access lists are on the way to {name}, and no line of theirs is about the caller."]
    where = table if found.owner[0] == table.name else tables.folder
    inherited = "" if found.owner == (table.name, id) else ", which is passed down,"
    given = ", ".join(sorted(found.rights)) or "nothing"
    return right in found.rights, [
        f"Line {found.position} of the access list of {where.name} {called(c, where, found.owner[1])}"
        f"{inherited} is the first that is about {caller.account}: it gives {found.identifier} {given}."
    ]
