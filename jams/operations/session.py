"""Logging in and out, and who is who."""

from __future__ import annotations

from jams.objects.errors import InvalidArgument, MissingArgument
from jams.objects.session import AccessToken, Identity, LoginData
from jams.security.rights import ServerAccess

from .catalogue import Message
from .context import Context
from .declaration import operation


@operation(
    right=None,
    rest="POST /authentication/login",
    soap="Server.Login",
    cmdlet="Connect-JAMSServer",
    command="login",
    session="opens",
    positional=("username",),
)
def log_in(context: Context, body: LoginData) -> AccessToken:
    """Exchange a name and password, or a refresh token, for an access token.

    The token goes into the header ``Authorization: Bearer`` of later requests.

    Raises:
        Unauthenticated: the name and password, or the token, do not hold.
        TooManyAttempts: too many logins from where the caller comes have failed; tokens go on to be taken.
        MissingArgument: neither a name with its password nor a refresh token is given.
    """
    accounts = context.services.accounts
    if body.grant_type == "refresh_token":
        if not body.refresh_token:
            raise MissingArgument("Give the refresh token.", member="refresh_Token")
        return accounts.refresh(body.refresh_token)
    if body.grant_type not in (None, "", "password"):
        raise InvalidArgument("grant_Type is 'password' or 'refresh_token'.", member="grant_Type")
    if body.username is None or body.password is None:
        raise MissingArgument("Give a user name and its password.", member="username")
    origin = context.caller.origin
    return accounts.log_in(body.username, body.password, also=context.record, origin=origin)


@operation(
    right=ServerAccess.EXECUTE,
    rest="POST /authentication/logout?all",
    soap="Server.Logout",
    cmdlet="Disconnect-JAMSServer",
    command="logout",
    session="closes",
)
def log_out(context: Context, all: bool = False) -> Message:
    """End the login by which the caller has got the token that he shows, with all tokens refreshed from it.

    Other logins of the account go on, unless all are to end. The token that the local tools use on the
    server's own machine stays, and who shows a password has no login to end.

    Args:
        all: end every login of the account, wherever it was made.
    """
    account, login = context.caller.account, context.caller.login
    if not all and login is None:
        return f"{account} has shown nothing that a login gave; no login was ended."
    ended = context.services.accounts.log_out(account, None if all else login, also=context.record)
    return f"{ended} login{'' if ended == 1 else 's'} of {account} {'was' if ended == 1 else 'were'} ended."


@operation(
    right=ServerAccess.EXECUTE,
    rest="GET /authentication",
    soap="Server.WhoAmI",
    cmdlet="Get-JAMSIdentity",
    command="whoami",
)
def who_am_i(context: Context) -> Identity:
    """Show the account that the caller is, and its groups."""
    caller = context.caller
    return Identity(username=caller.account, mapped_to=caller.account, groups=sorted(caller.groups))
