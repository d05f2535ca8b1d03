"""Logging in and out, and who is who."""

from __future__ import annotations

from jams.objects.errors import InvalidArgument, MissingArgument
from jams.objects.session import AccessToken, Identity, LoginData, SingleSignOn
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
    """Exchange a name and password, a refresh token or an ID token for an access token.

    The token goes into the header ``Authorization: Bearer`` of later requests. Where an account takes
    one-time codes, one is given beside the password, or its six digits stand behind it.

    Raises:
        Unauthenticated: the name and password, the code or the token, do not hold.
        CodeRequired: the password holds, and a one-time code is needed beside it.
        TooManyAttempts: too many logins from where the caller comes have failed; tokens go on to be taken.
        MissingArgument: neither a name with its password nor a refresh token or an ID token is given.
        LoginUnavailable: the directory or the issuer that knows the account does not answer.
    """
    accounts = context.services.accounts
    if body.grant_type == "refresh_token":
        if not body.refresh_token:
            raise MissingArgument("Give the refresh token.", member="refresh_Token")
        return accounts.refresh(body.refresh_token)
    origin, door = context.caller.origin, context.caller.door
    if body.grant_type == "id_token":
        if not body.id_token:
            raise MissingArgument("Give the ID token.", member="id_Token")
        return accounts.log_in_by_issuer(body.id_token, also=context.record, origin=origin, door=door)
    if body.grant_type not in (None, "", "password"):
        raise InvalidArgument("grant_Type is 'password', 'refresh_token' or 'id_token'.", member="grant_Type")
    if body.username is None or body.password is None:
        raise MissingArgument("Give a user name and its password.", member="username")
    return accounts.log_in(
        body.username,
        body.password,
        also=context.record,
        origin=origin,
        code=body.code or None,
        door=door,
    )


@operation(
    right=None,
    rest="GET /authentication/sso",
    soap="Server.GetSingleSignOn",
    cmdlet="Get-JAMSSingleSignOn",
    command="single-sign-on",
    sign_on="offers",
)
def show_single_sign_on(context: Context) -> SingleSignOn:
    """Show how people log in by the issuer of OpenID Connect, for programs that do it for them.

    ``jamswebclient login --sso`` does. With the ID token that the issuer gives them they are let in by a
    login with grant_Type id_token.

    Raises:
        LoginUnavailable: the issuer does not answer.
    """
    return context.services.accounts.single_sign_on()


@operation(
    right=ServerAccess.EXECUTE,
    rest="POST /authentication/logout?all",
    soap="Server.Logout",
    cmdlet="Disconnect-JAMSServer",
    command="logout",
    session="closes",
    settles=True,
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
    settles=True,
    sign_on="names",
)
def who_am_i(context: Context) -> Identity:
    """Show the account that the caller is, and its groups."""
    caller = context.caller
    return Identity(username=caller.account, mapped_to=caller.account, groups=sorted(caller.groups))
