"""Groups of accounts, which access lists name."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from jams.database import account_groups as rows
from jams.database import accounts as account_rows
from jams.database.account_groups import GroupRecord
from jams.database.names import fold
from jams.objects.accounts import AccountGroup, GroupChange, NewGroup
from jams.objects.base import Name, ObjectId
from jams.objects.errors import AccountNotFound
from jams.security.access import passes
from jams.security.rights import AccessControl

from . import offers
from .accounts import actor, done
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation

COLUMNS = ("groupID", "groupName", "accounts", "passes", "description")
KEY = ("name", "id")
PIPELINE = {"name": "GroupName"}
BINDING = Binding(shows="get_group")
MEMBER = {"name": offers.GROUP_NAMES, "account": offers.ACCOUNT_NAMES}


@operation(
    right=AccessControl.INQUIRE,
    rest="GET /group",
    soap="Group.List",
    cmdlet="Get-JAMSAccountGroup",
    command="groups",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="groupName"),
)
def list_groups(context: Context) -> list[AccountGroup]:
    """List the groups of accounts, by name, with who is in them."""
    return [_document(context, each) for each in context.read(rows.all_groups)]


@operation(
    right=AccessControl.INQUIRE,
    rest=("GET /group/{id}", "GET /group?name"),
    soap="Group.Get",
    cmdlet="Get-JAMSAccountGroup",
    command="group",
    key=KEY,
    offers=offers.GROUP,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_group(context: Context, id: ObjectId | None = None, name: Name | None = None) -> AccountGroup:
    """Show one group of accounts, with who is in it.

    Args:
        id: number of the group.
        name: name of the group.

    Raises:
        GroupNotFound: there is no such group.
    """
    one_of(id=id, name=name)
    return _document(context, context.read(lambda c: rows.find(c, id=id, name=name)))


@operation(
    right=AccessControl.CHANGE,
    rest="POST /group",
    soap="Group.Create",
    cmdlet="New-JAMSAccountGroup",
    command="create-group",
    positional=("group_name",),
    created=True,
    binding=Binding(samples={"group_name": "Night", "accounts": "ann"}),
)
def create_group(context: Context, body: NewGroup) -> Message:
    """Create a group of accounts.

    Raises:
        AlreadyExists: an account or a group bears the name.
        InvalidName: the name is not one a group can bear.
        AccountNotFound: a member does not exist.
        AccessDenied: its members may do everything, and the caller may not.
    """
    administration = context.services.accounts.administration
    return done(context, lambda c: administration.create_group(c, actor(context), body))


@operation(
    right=AccessControl.CHANGE,
    rest=("PUT /group/{id}?force", "PUT /group?name,force"),
    soap="Group.Change",
    cmdlet="Set-JAMSAccountGroup",
    command="change-group",
    key=KEY,
    offers=offers.GROUP,
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_group(
    context: Context,
    body: GroupChange,
    id: ObjectId | None = None,
    name: Name | None = None,
    force: bool = False,
) -> Message:
    """Change a group of accounts. What is left out stays as it is; the name stays in any case.

    Args:
        id: number of the group.
        name: name of the group.
        force: do it also when nobody could change accounts and access lists after it; only the account
            command on the machine of the server leads back then.

    Raises:
        GroupNotFound: there is no such group.
        AccountNotFound: a member does not exist.
        AccessDenied: its members may do everything, and the caller may not.
        WouldLockOut: nobody could change accounts and access lists any more.
    """
    return _change(context, id, name, lambda group: body, force)


@operation(
    right=AccessControl.CHANGE,
    rest=("DELETE /group/{id}?force", "DELETE /group?name,force"),
    soap="Group.Delete",
    cmdlet="Remove-JAMSAccountGroup",
    command="delete-group",
    key=KEY,
    offers=offers.GROUP,
    pipeline=PIPELINE,
)
def delete_group(
    context: Context, id: ObjectId | None = None, name: Name | None = None, force: bool = False
) -> Message:
    """Delete a group of accounts; the accounts stay.

    Args:
        id: number of the group.
        name: name of the group.
        force: do it also when nobody could change accounts and access lists after it; only the account
            command on the machine of the server leads back then.

    Raises:
        GroupNotFound: there is no such group.
        Conflict: it is Administrators.
        AccessDenied: its members may do everything, and the caller may not.
        WouldLockOut: nobody could change accounts and access lists any more.
    """
    one_of(id=id, name=name)
    administration = context.services.accounts.administration
    return done(
        context,
        lambda c: administration.delete_group(c, actor(context), rows.find(c, id=id, name=name), force=force),
    )


@operation(
    right=AccessControl.CHANGE,
    rest="PUT /group/member?name,account",
    soap="Group.AddMember",
    cmdlet="Add-JAMSAccountGroupMember",
    command="join-group",
    positional=("name", "account"),
    offers=MEMBER,
    pipeline={"account": "AccountName"},
)
def add_group_member(context: Context, name: Name, account: Name) -> Message:
    """Put an account into a group.

    Args:
        name: name of the group.
        account: name of the account.

    Raises:
        GroupNotFound: there is no such group.
        AccountNotFound: there is no such account.
        AccessDenied: the members may do everything, and the caller may not.
    """
    return _change(context, None, name, lambda group: _with(group, account), force=False)


@operation(
    right=AccessControl.CHANGE,
    rest="DELETE /group/member?name,account,force",
    soap="Group.RemoveMember",
    cmdlet="Remove-JAMSAccountGroupMember",
    command="leave-group",
    positional=("name", "account"),
    offers=MEMBER,
    pipeline={"account": "AccountName"},
)
def remove_group_member(context: Context, name: Name, account: Name, force: bool = False) -> Message:
    """Take an account out of a group.

    Args:
        name: name of the group.
        account: name of the account.
        force: do it also when nobody could change accounts and access lists after it; only the account
            command on the machine of the server leads back then.

    Raises:
        GroupNotFound: there is no such group.
        AccountNotFound: the account is not in it.
        AccessDenied: the members may do everything, and the caller may not.
        WouldLockOut: nobody could change accounts and access lists any more.
    """
    return _change(context, None, name, lambda group: _without(group, account), force)


def _change(
    context: Context,
    id: int | None,
    name: str | None,
    wanted: Callable[[GroupRecord], GroupChange],
    force: bool,
) -> str:
    one_of(id=id, name=name)
    administration = context.services.accounts.administration

    def work(c: Connection) -> str:
        account_rows.lock(c)
        group = rows.find(c, id=id, name=name)
        return administration.change_group(c, actor(context), group, wanted(group), force=force)

    return done(context, work)


def _with(group: GroupRecord, account: str) -> GroupChange:
    others = [member for member in group.members if fold(member) != fold(account)]
    return GroupChange(accounts=[*others, account])


def _without(group: GroupRecord, account: str) -> GroupChange:
    others = [member for member in group.members if fold(member) != fold(account)]
    if len(others) == len(group.members):
        raise AccountNotFound(f"{account} is not in the group {group.name}.", target=account)
    return GroupChange(accounts=others)


def _document(context: Context, group: GroupRecord) -> AccountGroup:
    return AccountGroup(
        group_id=group.id,
        group_name=group.name,
        description=group.description,
        accounts=list(group.members),
        passes=passes([group.name], context.services.accounts.bypass),
    )
