"""Accounts: who is calling, and what follows for what he may do."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import access, personal_tokens
from jams.database import accounts as rows
from jams.database.accounts import AccountRecord
from jams.database.names import check_name, fold
from jams.database.personal_tokens import TokenRow
from jams.objects.errors import AlreadyExists, InvalidName, NotFound, Unauthenticated
from jams.objects.personal_tokens import IssuedToken, NewToken
from jams.objects.session import AccessToken

from . import personal, tokens
from .access import ADMINISTRATORS, effective_rights
from .caller import Caller, Credentials
from .guessing import WRONG, GuardedPasswords
from .known import KnownCaller, KnownCallers
from .passwords import Passwords
from .throttle import Throttle
from .vouchers import Vouchers

T = TypeVar("T")
log = logging.getLogger(__name__)

SETTLED_WITHIN = 2.0
"""Seconds after which a change made by another process is seen here; changes made here count at once."""

_LOOKS = 3
"""How often a login looks at an account that is changed meanwhile."""

_OPENING = (tokens.ACCESS, tokens.LOCAL)
_NO_TOKEN = "The token is unknown, has run out or was ended; log in again."


class Storage(Protocol):
    """The part of the database that accounts need."""

    def read(self) -> AbstractContextManager[Connection]:
        """A connection that reads."""

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` as a durable transaction."""


class AccountInfo(Struct, frozen=True, kw_only=True):
    """What is shown of an account."""

    name: str
    enabled: bool
    groups: list[str]
    password: bool
    description: str


class Accounts:
    """The accounts of one server.

    Args:
        database: where they are kept.
        token_life: how long an access token holds.
        administrators: groups whose members may do everything, beside Administrators.
        passwords: makes and checks hashes.
        throttle: slows down who guesses.
    """

    def __init__(
        self,
        database: Storage,
        *,
        token_life: timedelta = timedelta(hours=12),
        administrators: Iterable[str] = (),
        passwords: Passwords | None = None,
        throttle: Throttle | None = None,
    ) -> None:
        self._database = database
        self._life = token_life
        self._bypass = (ADMINISTRATORS, *administrators)
        self._passwords = passwords or Passwords()
        self._throttle = throttle or Throttle()
        self._guarded = GuardedPasswords(self._passwords, self._throttle)
        self._known = KnownCallers()
        self._vouchers = Vouchers()

    def authenticate(self, credentials: Credentials, door: str) -> Caller:
        """The caller that the credentials name.

        Raises:
            Unauthenticated: they do not hold.
            TooManyAttempts: too many logins have failed where they come from, or too many are being checked;
                never for a token.
        """
        if credentials.token is not None:
            return replace(self._by_token(credentials.token), door=door, origin=credentials.origin)
        if credentials.username is None or credentials.password is None:
            raise Unauthenticated("Give a user name and its password, or a token.")
        if personal.is_one(credentials.password):
            found = self._by_token(credentials.password)
            if fold(found.account) != fold(credentials.username):
                raise Unauthenticated(WRONG)
            return replace(found, door=door, origin=credentials.origin)
        found = self._by_password(credentials.username, credentials.password, credentials.origin).caller
        return replace(found, door=door, origin=credentials.origin)

    def log_in(
        self,
        username: str,
        password: str,
        also: Callable[[Connection, str], None] | None = None,
        *,
        origin: str = "",
    ) -> AccessToken:
        """A new access token for a name and its password.

        ``also`` is done in the transaction that stores the token, for the account of that name.

        Raises:
            Unauthenticated: they do not hold.
            TooManyAttempts: too many logins have failed where they come from, or too many are being checked.
        """
        for _ in range(_LOOKS):
            account = self._by_password(username, password, origin).account
            token = self._database.write(partial(self._let_in, account, also))
            if token is not None:
                log.info("%s has logged in", account.name)
                return token
            self._known.forget()
        raise Unauthenticated(WRONG)

    def _let_in(
        self, account: AccountRecord, also: Callable[[Connection, str], None] | None, c: Connection
    ) -> AccessToken | None:
        """A token, unless the account was disabled or given another password since it was looked at."""
        if not rows.still(c, account):
            return None
        if also is not None:
            also(c, account.name)
        return tokens.issue(c, account.id, self._life)

    def refresh(self, refresh_token: str) -> AccessToken:
        """A new access token for a refresh token, which is spent by it.

        Raises:
            Unauthenticated: it does not hold. When it was spent before, its whole login has ended.
        """
        found = None
        with self._database.read() as c:
            stored = tokens.find(c, refresh_token) is not None
        if stored:  # what a stranger has made up is no reason to write, nor to forget who is known
            found = self._database.write(lambda c: tokens.exchange(c, refresh_token, self._life))
        if found is None:
            if stored:
                self._known.forget()
            log.warning("a refresh token that does not hold was shown")
            raise Unauthenticated(
                "The refresh token is unknown, has run out or was used before; log in again."
            )
        return found

    def log_out(
        self, account: str, login: str | None = None, also: Callable[[Connection, str], None] | None = None
    ) -> int:
        """End one login of an account, or all of them; how many have ended.

        ``also`` is done in the same transaction, for the account of that name.
        """

        def work(c: Connection) -> int:
            if also is not None:
                also(c, account)
            return rows.end_logins(c, _named(c, account).id, tokens.OF_LOGINS, login)

        return self._change(work, account, "logged out")

    def issue_personal(
        self, caller: Caller, wanted: NewToken, also: Callable[[Connection, str], None]
    ) -> IssuedToken:
        """A personal access token for a caller; ``also`` is done in the same transaction.

        Raises as :func:`jams.security.personal.issue` does.
        """

        def work(c: Connection) -> IssuedToken:
            also(c, caller.account)
            return personal.issue(c, caller, wanted)

        return self._change(work, caller.account, "given a personal token")

    def revoke_personal(self, id: int, owner: str | None, also: Callable[[Connection], None]) -> TokenRow:
        """End a personal access token of an account, or of anybody. Raises NotFound."""

        def work(c: Connection) -> TokenRow:
            also(c)
            return personal_tokens.revoke(c, id, owner)

        return self._change(work, owner or "somebody", "taken a personal token from")

    def vouch(self, name: str) -> Credentials:
        """Credentials for an account whose owner a door has recognised by other means.

        They hold in this process alone, until ``withdraw`` or until the account is disabled.

        Raises:
            Unauthenticated: there is no such account, or it is disabled.
        """
        with self._database.read() as c:
            account = rows.find(c, name)
        if account is None or not account.enabled:
            raise Unauthenticated(f"There is no account {name} that may log in.", target=name)
        return Credentials(token=self._vouchers.issue(account.id))

    def withdraw(self, credentials: Credentials) -> None:
        """End credentials that ``vouch`` gave."""
        self._vouchers.withdraw(credentials.token or "")
        self._known.forget()

    def create(
        self, name: str, password: str | None, *, groups: Iterable[str] = (), description: str = ""
    ) -> None:
        """Make an account; without a password it can only be reached by a token.

        Raises:
            InvalidName: the name is not one an account can bear.
            InvalidArgument: the password is too short or too long.
            AlreadyExists: an account or a group bears the name.
            NotFound: a group does not exist.
        """
        check_account_name(name)
        wanted = list(groups)
        kept = None if password is None else self._passwords.hash(password)

        def work(c: Connection) -> None:
            rows.lock(c)
            if fold(name) in map(fold, rows.all_groups(c)):
                raise AlreadyExists(f"There is a group {name}; access lists could not tell them apart.")
            rows.create(c, name, password_hash=kept, groups=wanted, description=description)

        self._change(work, name, "created")

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password, and end its logins. Raises NotFound, InvalidArgument."""
        kept = self._passwords.hash(password)

        def work(c: Connection) -> None:
            number = _named(c, name).id
            rows.set_password(c, number, kept)
            rows.end_logins(c, number, tokens.OF_LOGINS)

        self._change(work, name, "given a new password")
        self._throttle.forget(name)

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Let an account in, or not any more; its logins end when it is disabled. Raises NotFound."""

        def work(c: Connection) -> None:
            number = _named(c, name).id
            rows.set_enabled(c, number, enabled)
            if not enabled:
                rows.end_logins(c, number, tokens.OF_LOGINS)

        self._change(work, name, "enabled" if enabled else "disabled")

    def set_groups(self, name: str, groups: Iterable[str]) -> None:
        """Make an account a member of exactly these groups. Raises NotFound."""
        wanted = list(groups)
        self._change(lambda c: rows.set_groups(c, _named(c, name).id, wanted), name, "given other groups")

    def create_group(self, name: str) -> None:
        """Make a group, unless there is one of that name. Raises InvalidName, AlreadyExists."""
        check_account_name(name)

        def work(c: Connection) -> None:
            rows.lock(c)
            if rows.find(c, name) is not None:
                raise AlreadyExists(f"There is an account {name}; access lists could not tell them apart.")
            rows.ensure_group(c, name)

        self._change(work, name, "made as a group")

    def all_accounts(self) -> list[AccountInfo]:
        """All accounts, by name."""
        with self._database.read() as c:
            return [
                AccountInfo(
                    name=row.name,
                    enabled=row.enabled,
                    groups=list(row.groups),
                    password=row.password_hash is not None,
                    description=row.description,
                )
                for row in rows.all_accounts(c)
            ]

    def groups(self) -> list[str]:
        """The names of all groups."""
        with self._database.read() as c:
            return rows.all_groups(c)

    def _by_token(self, token: str) -> Caller:
        key = tokens.digest(token)
        known = self._known.recall(key)
        if known is None:
            generation = self._known.generation
            with self._database.read() as c:
                known = self._holder(c, key) if personal.is_one(token) else None
                if known is None:
                    account, expires, login = self._owner(c, token, key)
                    if account is None or not account.enabled:
                        raise Unauthenticated(_NO_TOKEN)
                    known = self._found(c, account, expires, login)
            self._known.remember(key, known, generation)
        return known.caller

    def _holder(self, c: Connection, key: str) -> KnownCaller | None:
        """Who shows a personal access token, with no more rights than it gives; None if it does not hold."""
        held = personal.holder(c, key)
        if held is None or not held[0].enabled:
            return None
        account, token = held
        known = self._found(c, account, token.expires)
        rights = personal.narrowed(known.caller.rights, token)
        return replace(
            known,
            caller=replace(
                known.caller, rights=rights, personal=True, folders=frozenset(token.folders) or None
            ),
        )

    def _owner(
        self, c: Connection, token: str, key: str
    ) -> tuple[AccountRecord | None, datetime | None, str | None]:
        """Whose token it is, until when it holds, and by which login it was given."""
        vouched = self._vouchers.find(key)
        if vouched is not None:
            return rows.by_id(c, vouched), None, None
        found = tokens.find(c, token)
        if found is None or found.kind not in _OPENING:
            return None, None, None
        return found.account, found.expires, found.family

    def _by_password(self, name: str, password: str, origin: str) -> KnownCaller:
        if not _storable(name):
            raise Unauthenticated(WRONG)
        self._guarded.admit(name, origin)
        key = f"name {fold(name)}"
        known = self._known.recall(key)
        if known is None:
            generation = self._known.generation
            with self._database.read() as c:
                account = rows.find(c, name)
                known = None if account is None else self._found(c, account, None)
            if known is not None:
                self._known.remember(key, known, generation)
        kept = known.account.password_hash if known is not None and known.account.enabled else None
        looked_at = self._guarded.check(name, kept, password, origin)
        assert known is not None and kept is not None
        if looked_at and self._passwords.outdated(kept):
            fresh = self._passwords.hash(password)
            self._database.write(lambda c: rows.renew_hash(c, kept, fresh))
            self._known.forget()
        return known

    def _found(
        self, c: Connection, account: AccountRecord, expires: datetime | None, login: str | None = None
    ) -> KnownCaller:
        groups = frozenset(account.groups)
        rights = effective_rights(account.name, groups, access.all_rules(c), bypass=self._bypass)
        seconds = SETTLED_WITHIN
        if expires is not None:
            seconds = min(seconds, (expires - datetime.now(UTC)).total_seconds())
        caller = Caller(account=account.name, groups=groups, rights=rights, login=login)
        return KnownCaller(account, caller, time.monotonic() + seconds)

    def _change(self, work: Callable[[Connection], T], name: str, what: str) -> T:
        result = self._database.write(work)
        self._known.forget()
        log.info("account %s was %s", name, what)
        return result


def check_account_name(name: str) -> str:
    """The name, if an account or group can bear it: as other names, and without ``:``, ``,`` and ``+``.

    Raises InvalidName.
    """
    check_name(name, "name")
    if any(sign in name for sign in ":,+"):
        raise InvalidName("The name of an account or group cannot hold : , or +.", target=name, member="name")
    return name


def _storable(name: str) -> bool:
    """Whether a text can be asked for in a database; half a character cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _named(c: Connection, name: str) -> AccountRecord:
    found = rows.find(c, name)
    if found is None:
        raise NotFound(f"There is no account {name}.", target=name)
    return found
