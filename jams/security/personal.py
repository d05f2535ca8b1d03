"""Personal access tokens: a person gives one to a program, narrowed to what it needs, in place of a password.

Such a token never gives more than its account may at the time. With one no other is made, so that what is
narrowed stays so, and what runs out is not prolonged.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from jams.database import accounts as account_rows
from jams.database import folders
from jams.database import personal_tokens as rows
from jams.database.accounts import AccountRecord
from jams.database.personal_tokens import TokenRow
from jams.objects.base import did_you_mean
from jams.objects.errors import AccessDenied, AccountNotFound, Conflict, InvalidArgument
from jams.objects.personal_tokens import IssuedToken, NewToken

from .access import ALL_RIGHTS
from .caller import Caller
from .rights import AccessControl, AreaRight, Monitor
from .tokens import digest

PREFIX = "jams_"
"""By it a token is known for one, by people and by programs that look for secrets in what is published."""

LIFE = timedelta(days=90)
LONGEST_LIFE = timedelta(days=366)
MOST = 100
"""Tokens that one account may have."""

_BY_NAME = {str(right).casefold(): right for right in ALL_RIGHTS}


def is_one(text: str | None) -> bool:
    """Whether a text looks like a personal access token."""
    return text is not None and text.startswith(PREFIX)


def issue(c: Connection, caller: Caller, wanted: NewToken) -> IssuedToken:
    """Make a token for a caller, and give it, this once.

    Raises:
        AccessDenied: the caller has shown such a token himself, or lacks a right that it shall give.
        AlreadyExists: he has a token of that name.
        Conflict: he has too many.
        AccountNotFound: there is no account of the name.
        FolderNotFound: there is no folder to which it shall be limited.
        InvalidArgument: there is no such right, or it would hold too long, or no more; or the account that is
            named is no service account.
    """
    if caller.personal:
        raise AccessDenied("With a personal access token no other one is made; show a password.")
    account = _owner(c, caller, wanted.user_name)
    rights = read_rights(wanted.rights)
    limits = dict.fromkeys(folders.named(c, name=path) for path in wanted.folders)
    if account.name == caller.account:
        for right in rights:
            caller.check(right)
    now = datetime.now(UTC)
    expires = wanted.expires or now + LIFE
    if not now < expires <= now + LONGEST_LIFE:
        raise InvalidArgument("A token holds for 366 days at most, and is not over before.", member="expires")
    if rows.count(c, account.id) >= MOST:
        raise Conflict(f"{account.name} has {MOST} tokens; revoke one first.")
    token = PREFIX + secrets.token_urlsafe(32)
    id = rows.add(
        c,
        account.id,
        wanted.token_name,
        digest(token),
        rights=tuple(map(str, rights)),
        folders=limits,
        created=now,
        expires=expires,
        operations=wanted.operations,
        read_only=wanted.read_only,
    )
    return IssuedToken(token_id=id, token_name=wanted.token_name, token=token, expires_utc=expires)


def _owner(c: Connection, caller: Caller, name: str | None) -> AccountRecord:
    """The account whose token it shall be: the caller's, or a service account."""
    account = account_rows.find(c, caller.account if name is None else name)
    if name is None or (account is not None and account.name == caller.account):
        if account is None:
            raise AccessDenied(f"{caller.account} has no account here for which a token could stand.")
        return account
    caller.check(AccessControl.CHANGE, "to make tokens of service accounts")
    if account is None:
        raise AccountNotFound(f"There is no account {name}.", target=name, member="userName")
    if not account.service:
        raise InvalidArgument(
            f"{account.name} is no service account: its owner makes tokens of it.", member="userName"
        )
    return account


def read_rights(texts: Iterable[str]) -> tuple[AreaRight, ...]:
    """The rights of these names, in any case. Raises InvalidArgument."""
    found: dict[AreaRight, None] = {}
    for text in texts:
        right = _BY_NAME.get(text.strip().casefold())
        if right is None:
            near = did_you_mean(text, map(str, ALL_RIGHTS))
            raise InvalidArgument(f"There is no right {text[:100]}.{near}", member="rights")
        found[right] = None
    return tuple(found)


def holder(c: Connection, key: str) -> tuple[AccountRecord, TokenRow] | None:
    """Whose token it is, by its digest; None for one that is unknown or has run out."""
    row = rows.of_digest(c, key)
    if row is None or row.expires <= datetime.now(UTC):
        return None
    account = account_rows.by_id(c, row.account_id)
    return None if account is None else (account, row)


def narrowed(rights: frozenset[AreaRight], token: TokenRow) -> frozenset[AreaRight]:
    """What of the rights of its account a token gives; a right that is not known any more gives nothing."""
    if not token.rights:
        return rights
    named = {_BY_NAME.get(name.casefold()) for name in token.rights}
    return frozenset(right for right in rights if right in named) | _own_of_all(rights, named)


def _own_of_all(rights: frozenset[AreaRight], named: set[AreaRight | None]) -> frozenset[AreaRight]:
    """Who may see all entries may see his own: so may his token."""
    own = Monitor.SEE_OWN in named and Monitor.SEE_ALL in rights
    return frozenset({Monitor.SEE_OWN}) if own else frozenset()
