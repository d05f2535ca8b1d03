"""What everybody may do about the way in which he logs in himself."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import accounts as rows
from jams.objects.accounts import CodeProof, CodeSecret, OwnPassword, RecoveryCodes
from jams.objects.errors import AccessDenied
from jams.security.rights import ServerAccess

from .catalogue import Binding, Message
from .context import Context
from .declaration import operation


@operation(
    right=ServerAccess.EXECUTE,
    rest="PUT /authentication/password",
    soap="Server.ChangePassword",
    cmdlet="Set-JAMSPassword",
    command="change-password",
    settles=True,
)
def change_password(context: Context, body: OwnPassword) -> Message:
    """Give the caller's own account another password. Other logins of it end; personal tokens stay.

    Raises:
        InvalidArgument: the password of now is wrong.
        TooManyAttempts: too many were.
        PasswordRefused: the rules for passwords do not allow the new one, or the account had it before.
        AccessDenied: the account has no password here, or a personal access token is shown.
    """
    ended = context.services.accounts.change_password(
        context.caller, body.old_password, body.new_password, also=context.record
    )
    told = f" {ended} other login{'' if ended == 1 else 's'} ended." if ended else ""
    return f"{context.caller.account} has a new password.{told}"


@operation(
    right=ServerAccess.EXECUTE,
    rest="POST /authentication/codes",
    soap="Server.BeginOneTimeCodes",
    cmdlet="New-JAMSOneTimeCode",
    command="begin-codes",
    created=True,
    settles=True,
)
def begin_one_time_codes(context: Context) -> CodeSecret:
    """Let the caller's account take one-time codes (TOTP, RFC 6238), as authenticators show them.

    What an authenticator needs is told this once. The codes count once one was shown to
    confirm_one_time_codes; who begins again before that gets another secret.

    Raises:
        AccessDenied: a personal access token is shown.
        Conflict: the account has one-time codes already.
        InvalidArgument: it is a service account.
    """
    _check_himself(context)
    accounts = context.services.accounts
    accounts.administration.prepare_codes()

    def work(c: Connection) -> CodeSecret:
        return accounts.administration.begin_codes(c, rows.get(c, name=context.caller.account))

    secret = context.write(work)
    accounts.forget()
    return secret


@operation(
    right=ServerAccess.EXECUTE,
    rest="PUT /authentication/codes",
    soap="Server.ConfirmOneTimeCodes",
    cmdlet="Confirm-JAMSOneTimeCode",
    command="confirm-codes",
    positional=("code",),
    settles=True,
    binding=Binding(samples={"code": "123456"}),
)
def confirm_one_time_codes(context: Context, body: CodeProof) -> RecoveryCodes:
    """Show the first one-time code: from then on the password of the caller's account takes one beside it.

    The recovery codes that it gives stand for a one-time code, each once, when the authenticator is lost.

    Raises:
        AccessDenied: a personal access token is shown.
        Conflict: there is nothing to confirm.
        InvalidArgument: the code is wrong.
    """
    _check_himself(context)
    accounts = context.services.accounts

    def work(c: Connection) -> RecoveryCodes:
        account = rows.get(c, name=context.caller.account)
        return accounts.administration.confirm_codes(c, account, body.code)

    codes = context.write(work)
    accounts.forget()
    return codes


def _check_himself(context: Context) -> None:
    if context.caller.personal:
        raise AccessDenied("A personal access token does not change how its account logs in.")
