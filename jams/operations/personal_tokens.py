"""Personal access tokens, each for one program, narrowed to what that needs."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import folders, names
from jams.database import personal_tokens as rows
from jams.objects.base import ObjectId, did_you_mean
from jams.objects.errors import InvalidArgument
from jams.objects.personal_tokens import IssuedToken, NewToken, PersonalToken
from jams.security.rights import AccessControl, ServerAccess

from .catalogue import CATALOGUE, Message
from .context import Context
from .declaration import operation

COLUMNS = ("tokenID", "tokenName", "userName", "rights", "expiresUTC")


@operation(
    right=ServerAccess.EXECUTE,
    rest="POST /authentication/token",
    soap="Server.CreatePersonalToken",
    cmdlet="New-JAMSPersonalToken",
    command="create-token",
    positional=("token_name",),
    columns=("tokenID", "tokenName", "token", "expiresUTC"),
    created=True,
)
def create_personal_token(context: Context, body: NewToken) -> IssuedToken:
    """Make a personal access token, to be shown by a program in place of the caller's password.

    It is told this once. It goes into the header ``Authorization: Bearer``, or stands for the password beside
    the account's name. It gives no more than the account may at the time, and nothing while the account is
    disabled. With one no other is made, and it opens no PowerShell session on the server.

    Raises:
        AccessDenied: the caller has shown such a token himself, or lacks a right that it shall give, or may
            not make tokens of that service account.
        AlreadyExists: the caller has a token of that name.
        Conflict: the caller has 100 tokens.
        AccountNotFound: there is no account of the name.
        FolderNotFound: there is no folder to which it shall be limited.
        InvalidArgument: there is no such right or operation, or it would hold for longer than 366 days, or no
            more; or the account that is named is no service account.
    """
    wanted = replace(body, operations=_known(body.operations))
    return context.services.accounts.issue_personal(context.caller, wanted, also=context.record)


def _known(names: Iterable[str]) -> list[str]:
    """Names of operations as the catalogue writes them. Raises InvalidArgument."""
    every = [operation.name for operation in CATALOGUE]
    found: dict[str, None] = {}
    for name in names:
        known = name.strip().casefold()
        if known not in every:
            near = did_you_mean(name, every)
            raise InvalidArgument(f"There is no operation {name[:100]}.{near}", member="operations")
        found[known] = None
    return list(found)


@operation(
    right=ServerAccess.EXECUTE,
    rest="GET /authentication/token",
    soap="Server.ListPersonalTokens",
    cmdlet="Get-JAMSPersonalToken",
    command="tokens",
    columns=COLUMNS,
)
def list_personal_tokens(context: Context, everybody: bool = False) -> list[PersonalToken]:
    """List the caller's personal access tokens, by name; those that have run out too.

    Args:
        everybody: those of all accounts, which takes the right AccessControl.Inquire.

    Raises:
        AccessDenied: the caller may not see those of others.
    """
    if everybody:
        context.caller.check(AccessControl.INQUIRE)
    owner = None if everybody else context.caller.account

    def work(c: Connection) -> tuple[list[rows.TokenRow], dict[int, str]]:
        found = rows.of_account(c, owner)
        return found, folders.paths(c, {number for row in found for number in row.folders})

    found, paths = context.read(work)
    return [
        PersonalToken(
            token_id=row.id,
            token_name=row.name,
            user_name=row.account,
            rights=row.rights,
            created_utc=row.created,
            expires_utc=row.expires,
            folders=tuple(paths.get(number, names.UNREADABLE) for number in row.folders),
            operations=row.operations,
            read_only=row.read_only,
        )
        for row in found
    ]


@operation(
    right=ServerAccess.EXECUTE,
    rest="DELETE /authentication/token/{id}",
    soap="Server.RevokePersonalToken",
    cmdlet="Remove-JAMSPersonalToken",
    command="revoke-token",
    key=("id",),
    pipeline={"id": "TokenID"},
)
def revoke_personal_token(context: Context, id: ObjectId) -> Message:
    """End a personal access token at once. One of another account takes the right AccessControl.Change.

    Args:
        id: number of the token.

    Raises:
        NotFound: the caller has no such token, and may not end those of others.
    """
    owner = None if context.caller.may(AccessControl.CHANGE) else context.caller.account
    gone = context.services.accounts.revoke_personal(
        id, owner, also=lambda c: context.record(c, context.caller.account)
    )
    return f"Token {gone.name} of {gone.account} was revoked."
