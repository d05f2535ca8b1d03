"""Accounts: who may log in, as administrators see and change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from jams.database import accounts as rows
from jams.database import failed_logins
from jams.database.accounts import AccountRecord
from jams.objects.accounts import Account, AccountChange, NewAccount, NewPassword
from jams.objects.base import Name, ObjectId
from jams.security.account_changes import Actor
from jams.security.password_rules import read_rules
from jams.security.rights import AccessControl

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation

COLUMNS = ("accountID", "accountName", "enabled", "groups", "oneTimeCodes", "lockedUntilUTC", "description")
KEY = ("name", "id")
PIPELINE = {"name": "AccountName"}
BINDING = Binding(shows="get_account")


@operation(
    right=AccessControl.INQUIRE,
    rest="GET /account",
    soap="Account.List",
    cmdlet="Get-JAMSAccount",
    command="accounts",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="accountName"),
)
def list_accounts(context: Context) -> list[Account]:
    """List the accounts, by name."""
    return context.read(lambda c: documents(c, rows.all_accounts(c)))


@operation(
    right=AccessControl.INQUIRE,
    rest=("GET /account/{id}", "GET /account?name"),
    soap="Account.Get",
    cmdlet="Get-JAMSAccount",
    command="account",
    key=KEY,
    offers=offers.ACCOUNT,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_account(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Account:
    """Show one account. Its password, and what makes its one-time codes, are shown nowhere.

    Args:
        id: number of the account.
        name: name of the account.

    Raises:
        AccountNotFound: there is no such account.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: documents(c, [rows.get(c, id=id, name=name)])[0])


@operation(
    right=AccessControl.CHANGE,
    rest="POST /account",
    soap="Account.Create",
    cmdlet="New-JAMSAccount",
    command="create-account",
    positional=("account_name",),
    created=True,
    binding=Binding(samples={"account_name": "ann", "groups": "Submitters"}),
)
def create_account(context: Context, body: NewAccount) -> Message:
    """Create an account. Without a password only tokens let it in.

    Raises:
        AlreadyExists: an account or a group bears the name.
        InvalidName: the name is not one an account can bear.
        PasswordRefused: the rules for passwords do not allow the password.
        GroupNotFound: a group does not exist.
        InvalidArgument: a service account shall have a password.
        AccessDenied: its group may do everything, and the caller may not.
    """
    administration = context.services.accounts.administration
    password = (
        None
        if body.new_password is None
        else administration.prepared(body.account_name, body.new_password, fresh=True)
    )
    return done(context, lambda c: administration.create(c, actor(context), body, password))


@operation(
    right=AccessControl.CHANGE,
    rest=("PUT /account/{id}?force", "PUT /account?name,force"),
    soap="Account.Change",
    cmdlet="Set-JAMSAccount",
    command="change-account",
    key=KEY,
    offers=offers.ACCOUNT,
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_account(
    context: Context,
    body: AccountChange,
    id: ObjectId | None = None,
    name: Name | None = None,
    force: bool = False,
) -> Message:
    """Change an account. What is left out stays as it is; the name stays in any case.

    It counts at once for whoever is connected; for other processes that serve the same database within two
    seconds. Accounts of who may do everything are changed by such alone.

    Args:
        id: number of the account.
        name: name of the account.
        force: do it also when nobody could change accounts and access lists after it; only the account
            command on the machine of the server leads back then.

    Raises:
        AccountNotFound: there is no such account.
        GroupNotFound: a group does not exist.
        InvalidArgument: it has no password that could be changed.
        AccessDenied: it may do everything, or would, and the caller may not.
        WouldLockOut: nobody could change accounts and access lists any more.
    """
    return _change(context, id, name, body, force)


@operation(
    right=AccessControl.CHANGE,
    rest=("DELETE /account/{id}?force", "DELETE /account?name,force"),
    soap="Account.Delete",
    cmdlet="Remove-JAMSAccount",
    command="delete-account",
    key=KEY,
    offers=offers.ACCOUNT,
    pipeline=PIPELINE,
)
def delete_account(
    context: Context, id: ObjectId | None = None, name: Name | None = None, force: bool = False
) -> Message:
    """Delete an account with its tokens. What it has done stays under its name.

    Whoever gets an account of the same name later is taken for the same by access lists: to keep somebody
    out, disable the account.

    Args:
        id: number of the account.
        name: name of the account.
        force: do it also when nobody could change accounts and access lists after it; only the account
            command on the machine of the server leads back then.

    Raises:
        AccountNotFound: there is no such account.
        AccessDenied: it may do everything, and the caller may not.
        WouldLockOut: nobody could change accounts and access lists any more.
    """
    administration = context.services.accounts.administration
    return _of_one(
        context, id, name, lambda c, account: administration.delete(c, actor(context), account, force=force)
    )


@operation(
    right=AccessControl.CHANGE,
    rest=("PUT /account/{id}/enable", "PUT /account/enable?name"),
    soap="Account.Enable",
    cmdlet="Enable-JAMSAccount",
    command="enable-account",
    key=KEY,
    offers=offers.ACCOUNT,
    pipeline=PIPELINE,
    binding=BINDING,
)
def enable_account(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Let an account in again.

    Args:
        id: number of the account.
        name: name of the account.

    Raises:
        AccountNotFound: there is no such account.
        AccessDenied: it may do everything, and the caller may not.
    """
    return _change(context, id, name, AccountChange(enabled=True), force=False)


@operation(
    right=AccessControl.CHANGE,
    rest=("PUT /account/{id}/disable?force", "PUT /account/disable?name,force"),
    soap="Account.Disable",
    cmdlet="Disable-JAMSAccount",
    command="disable-account",
    key=KEY,
    offers=offers.ACCOUNT,
    pipeline=PIPELINE,
    binding=BINDING,
)
def disable_account(
    context: Context, id: ObjectId | None = None, name: Name | None = None, force: bool = False
) -> Message:
    """Let an account in no more, by its password, a token or otherwise; its logins end at once.

    Args:
        id: number of the account.
        name: name of the account.
        force: do it also when nobody could change accounts and access lists after it; only the account
            command on the machine of the server leads back then.

    Raises:
        AccountNotFound: there is no such account.
        AccessDenied: it may do everything, and the caller may not.
        WouldLockOut: nobody could change accounts and access lists any more.
    """
    return _change(context, id, name, AccountChange(enabled=False), force)


@operation(
    right=AccessControl.CHANGE,
    rest=("PUT /account/{id}/unlock", "PUT /account/unlock?name"),
    soap="Account.Unlock",
    cmdlet="Unlock-JAMSAccount",
    command="unlock-account",
    key=KEY,
    offers=offers.ACCOUNT,
    pipeline=PIPELINE,
    binding=BINDING,
)
def unlock_account(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Let an account try again at once that wrong passwords or wrong one-time codes have locked.

    Args:
        id: number of the account.
        name: name of the account.

    Raises:
        AccountNotFound: there is no such account.
    """
    return _of_one(context, id, name, context.services.accounts.administration.unlock)


@operation(
    right=AccessControl.CHANGE,
    rest=("PUT /account/{id}/password", "PUT /account/password?name"),
    soap="Account.SetPassword",
    cmdlet="Reset-JAMSAccountPassword",
    command="reset-password",
    key=KEY,
    offers=offers.ACCOUNT,
    pipeline=PIPELINE,
    binding=Binding(shows="get_account"),
)
def set_account_password(
    context: Context, body: NewPassword, id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Give an account another password. Its logins end, and it is unlocked; its personal tokens stay.

    Args:
        id: number of the account.
        name: name of the account.

    Raises:
        AccountNotFound: there is no such account.
        PasswordRefused: the rules for passwords do not allow the password, or the account had it before.
        InvalidArgument: it is a service account, or has its password elsewhere.
        AccessDenied: it may do everything, and the caller may not.
        Conflict: its password was changed at the same time.
    """
    one_of(id=id, name=name)
    administration = context.services.accounts.administration
    account = context.read(lambda c: rows.get(c, id=id, name=name))
    password = administration.prepared(account.name, body.new_password)
    return done(
        context,
        lambda c: administration.set_password(
            c, actor(context), rows.get(c, id=account.id), password, must_change=body.must_change
        ),
    )


@operation(
    right=AccessControl.CHANGE,
    rest=("DELETE /account/{id}/codes", "DELETE /account/codes?name"),
    soap="Account.RemoveOneTimeCodes",
    cmdlet="Remove-JAMSOneTimeCode",
    command="remove-codes",
    key=KEY,
    offers=offers.ACCOUNT,
    pipeline=PIPELINE,
    binding=BINDING,
)
def remove_one_time_codes(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Take the one-time codes of an account away, when its authenticator was lost.

    Its password suffices then.

    Args:
        id: number of the account.
        name: name of the account.

    Raises:
        AccountNotFound: there is no such account.
        AccessDenied: it may do everything, and the caller may not.
    """
    administration = context.services.accounts.administration
    return _of_one(
        context, id, name, lambda c, account: administration.remove_codes(c, actor(context), account)
    )


def actor(context: Context) -> Actor:
    """The caller, as who changes accounts."""
    return Actor(context.caller.account, context.caller.passes)


def done(context: Context, work: Callable[[Connection], str]) -> str:
    """Change accounts, and let everybody be found anew."""
    told = context.write(work)
    context.services.accounts.forget()
    return told


def _change(context: Context, id: int | None, name: str | None, wanted: AccountChange, force: bool) -> str:
    administration = context.services.accounts.administration
    return _of_one(
        context,
        id,
        name,
        lambda c, account: administration.change(c, actor(context), account, wanted, force=force),
    )


def _of_one(
    context: Context, id: int | None, name: str | None, work: Callable[[Connection, AccountRecord], str]
) -> str:
    """Change the account of this number or name, and let everybody be found anew."""
    one_of(id=id, name=name)
    return done(context, lambda c: work(c, rows.get(c, id=id, name=name)))


def documents(c: Connection, accounts: Sequence[AccountRecord]) -> list[Account]:
    """Accounts as they are shown."""
    rules = read_rules(c)
    locked = failed_logins.all_locked(c, datetime.now(UTC), [account.name for account in accounts])
    return [
        Account(
            account_id=each.id,
            account_name=each.name,
            description=each.description,
            enabled=each.enabled,
            service=each.service,
            groups=list(each.groups),
            source=each.source,
            has_password=each.password_hash is not None,
            must_change_password=each.must_change,
            password_set_utc=each.password_set,
            password_expires_utc=rules.expires(each),
            one_time_codes=each.takes_codes,
            locked_until_utc=locked.get(each.name),
            last_login_utc=each.last_login,
            created_utc=each.created,
            last_change_utc=each.changed,
            last_changed_by=each.changed_by,
        )
        for each in accounts
    ]
