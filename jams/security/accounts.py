"""Accounts: how somebody logs in, by a password or otherwise, and what becomes of his logins."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import accounts as rows
from jams.database import personal_tokens
from jams.database.accounts import AccountRecord
from jams.database.names import fold
from jams.database.personal_tokens import TokenRow
from jams.objects.accounts import DIRECTORY
from jams.objects.errors import AccessDenied, InvalidArgument, Unauthenticated
from jams.objects.personal_tokens import IssuedToken, NewToken
from jams.objects.session import AccessToken, SingleSignOn

from . import one_time_codes, personal, tokens
from .account_changes import AccountAdministration, Actor
from .accounts_beside import AccountsBeside
from .bypassing import BypassGroups
from .caller import Caller, Credentials
from .callers import Callers
from .guessing import WRONG, GuardedPasswords
from .known import KnownCaller
from .lockout import Lockout
from .login_policy import Policies
from .one_time_codes import OneTimeCodes
from .passwords import Passwords
from .storage import Storage
from .throttle import Throttle
from .visitors import Visitors

T = TypeVar("T")
log = logging.getLogger(__name__)

_LOOKS = 3
"""How often a login looks at an account that is changed meanwhile."""


class Accounts:
    """The accounts of one server.

    Args:
        database: where they are kept.
        token_life: how long an access token holds.
        administrators: groups whose members may do everything, beside those that the settings name.
        passwords: makes and checks hashes.
        throttle: slows down who guesses.
        codes: the one-time codes; nobody can have any without.
        owner: who owns the machine, as the audit trail names him.
        visitors: who comes in from outside; nobody does without.
    """

    def __init__(
        self,
        database: Storage,
        *,
        token_life: timedelta = timedelta(hours=12),
        administrators: Iterable[str] = (),
        passwords: Passwords | None = None,
        throttle: Throttle | None = None,
        codes: OneTimeCodes | None = None,
        owner: str = "JAMS",
        visitors: Visitors | None = None,
    ) -> None:
        self._database = database
        self._visitors = visitors or Visitors(database)
        self._life = token_life
        self._bypass = BypassGroups(database, administrators)
        self._passwords = passwords or Passwords()
        self._throttle = throttle or Throttle()
        self._guarded = GuardedPasswords(self._passwords, self._throttle)
        self._codes = codes or OneTimeCodes(None)
        self._policies = Policies(database)
        self._callers = Callers(database, self._visitors, self._bypass, self._policies)
        self._lockout = Lockout(database, self._policies, self._codes)
        self.administration = AccountAdministration(
            database, self._passwords, self._codes, self._bypass, self._throttle
        )
        self.beside = AccountsBeside(database, self.administration, self._throttle, self._callers, owner)
        """What who owns the machine does with accounts, beside a server."""

    @property
    def bypass(self) -> tuple[str, ...]:
        """The groups whose members may do everything."""
        return tuple(self._bypass)

    def bypass_now(self, c: Connection) -> tuple[str, ...]:
        """The same, as a transaction sees it."""
        return self._bypass.now(c)

    def forget(self) -> None:
        """Find callers anew from now on: what they may do has changed."""
        self._bypass.forget()
        self._callers.forget()
        self._policies.forget()

    def authenticate(self, credentials: Credentials, door: str) -> Caller:
        """The caller that the credentials name. A one-time code stands behind the password.

        Raises:
            Unauthenticated: they do not hold.
            CodeRequired: the password holds, and a one-time code has to stand behind it.
            TooManyAttempts: too many logins have failed where they come from, or too many are being checked;
                never for a token.
            LoginUnavailable: the directory or the issuer that knows him does not answer.
        """
        origin = credentials.origin
        if credentials.token is not None:
            return replace(self._callers.by_token(credentials.token, door, origin), door=door, origin=origin)
        if credentials.username is None or credentials.password is None:
            raise Unauthenticated("Give a user name and its password, or a token.")
        if personal.is_one(credentials.password) or self._callers.is_of_issuer(credentials.password):
            found = self._callers.by_token(credentials.password, door, origin)
            if fold(found.account) != fold(credentials.username):
                raise Unauthenticated(WRONG)
            return replace(found, door=door, origin=origin)
        found = self._by_password(credentials.username, credentials.password, None, origin, door).caller
        return replace(found, door=door, origin=origin)

    def looked_at_again(self, caller: Caller, credentials: Credentials) -> Caller:
        """A caller whom ``authenticate`` has found by these credentials, as he stands now.

        His password is not checked again, since a one-time code behind it is taken once.

        Raises:
            Unauthenticated: he may not log in any more, or his token does not hold any more.
            LoginUnavailable: the directory that knows him does not answer.
        """
        password = credentials.password
        if password is None or personal.is_one(password) or self._callers.is_of_issuer(password):
            return self.authenticate(credentials, caller.door)
        account = self._callers.account(caller.account)
        known = (
            self._callers.by_directory(account)
            if account is not None and account.source == DIRECTORY
            else self._callers.by_name(caller.account)
        )
        if known is None or not may_show_password(known):
            raise Unauthenticated(WRONG)
        return replace(known.caller, door=caller.door, origin=caller.origin)

    def log_in(
        self,
        username: str,
        password: str,
        also: Callable[[Connection, str], None] | None = None,
        *,
        origin: str = "",
        code: str | None = None,
        door: str = "",
    ) -> AccessToken:
        """A new access token for a name and its password, with a one-time code or a recovery code.

        ``also`` is done in the transaction that stores the token, for the account of that name.

        Raises:
            Unauthenticated: they do not hold.
            CodeRequired: the password holds, and a one-time code is needed beside it.
            TooManyAttempts: too many logins have failed where they come from, or too many are being checked.
        """
        for _ in range(_LOOKS):
            account = self._by_password(username, password, code, origin, door).account
            token = self._database.write(partial(self._let_in, account, also))
            if token is not None:
                log.info("%s has logged in", account.name)
                return token
            self._callers.forget()
        raise Unauthenticated(WRONG)

    def single_sign_on(self) -> SingleSignOn:
        """How people log in by the issuer. Raises LoginUnavailable."""
        return self._visitors.single_sign_on()

    def log_in_by_issuer(
        self, id_token: str, also: Callable[[Connection, str], None], *, origin: str = "", door: str = ""
    ) -> AccessToken:
        """A new access token for an ID token of the issuer, which is spent by it; it cannot be refreshed.

        ``also`` is done in the transaction that stores the token, for the account it is of.

        Raises:
            Unauthenticated: it does not hold, was spent before, or is of nobody who has an account here.
            LoginUnavailable: the issuer does not answer.
            InvalidArgument: no issuer is known here.
        """
        shown = self._visitors.logged_in(id_token)
        account = self._visitors.admit(shown.outsider, door, origin)
        with self._database.read() as c:
            admitted = self._callers.found(c, account, None, outside=shown.outsider.groups).admitted

        def work(c: Connection) -> AccessToken | None:
            if not rows.still(c, account) or not tokens.spend(c, account.id, id_token, shown.expires):
                return None
            self._visitors.keep(c, account, shown.outsider)
            also(c, account.name)
            rows.note_login(c, account.id)
            return tokens.issue(c, account.id, self._life, refreshed=False)

        token = self._database.write(work) if admitted else None
        self._callers.forget()
        if token is None:
            raise Unauthenticated(
                "The ID token was used before, or its account may not log in; log in again."
            )
        log.info("%s has logged in by the issuer", account.name)
        return token

    def _let_in(
        self, account: AccountRecord, also: Callable[[Connection, str], None] | None, c: Connection
    ) -> AccessToken | None:
        """A token, unless the account was disabled or given another password since it was looked at."""
        if not rows.still(c, account):
            return None
        if also is not None:
            also(c, account.name)
        rows.note_login(c, account.id)
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
                self._callers.forget()
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
            return rows.end_logins(c, rows.get(c, name=account).id, tokens.OF_LOGINS, login)

        return self._change(work, account, "logged out")

    def change_password(
        self, caller: Caller, old: str, new: str, also: Callable[[Connection, str], None]
    ) -> int:
        """Give the caller's account another password; how many of its other logins have ended.

        The password of now is asked for again, and guessing at it is slowed down as at a login.

        Raises:
            InvalidArgument: it is wrong.
            TooManyAttempts: too many were.
            PasswordRefused: the rules for passwords do not allow the new one.
            AccessDenied: the account has no password here, or a personal access token is shown.
        """
        known = self._callers.by_name(caller.account)
        kept = None if known is None or not may_show_password(known) else known.account.password_hash
        if caller.personal or kept is None:
            raise AccessDenied(f"{caller.account} has shown nothing by which its password is changed.")
        try:
            self._guarded.check(caller.account, kept, old, caller.origin)
        except Unauthenticated:
            raise InvalidArgument("The password of now is wrong.", member="oldPassword") from None
        prepared = self.administration.prepared(caller.account, new)

        def work(c: Connection) -> int:
            also(c, caller.account)
            account = rows.get(c, name=caller.account)
            self.administration.set_password(
                c, Actor(caller.account, passes=True), account, prepared, ends_logins=False
            )
            return rows.end_logins(c, account.id, tokens.OF_LOGINS, but=caller.login)

        ended = self._change(work, caller.account, "given a new password by its owner")
        if caller.voucher:
            self._callers.renew(caller)
        return ended

    def issue_personal(
        self, caller: Caller, wanted: NewToken, also: Callable[[Connection, str], None]
    ) -> IssuedToken:
        """A personal access token for a caller; ``also`` is done in the same transaction.

        Raises as :func:`jams.security.personal.issue` does.
        """

        def work(c: Connection) -> IssuedToken:
            also(c, caller.account)
            if wanted.user_name is not None and (account := rows.find(c, wanted.user_name)) is not None:
                self.administration.check_may_stand_for(c, Actor(caller.account, caller.passes), account)
            return personal.issue(c, caller, wanted)

        return self._change(work, caller.account, "given a personal token")

    def revoke_personal(self, id: int, owner: str | None, also: Callable[[Connection], None]) -> TokenRow:
        """End a personal access token of an account, or of anybody. Raises NotFound."""

        def work(c: Connection) -> TokenRow:
            also(c)
            return personal_tokens.revoke(c, id, owner)

        return self._change(work, owner or "somebody", "taken a personal token from")

    def vouch(self, name: str, *, by_password: bool = False) -> Credentials:
        """As :meth:`Callers.vouch`. Raises Unauthenticated."""
        return self._callers.vouch(name, by_password=by_password)

    def withdraw(self, credentials: Credentials) -> None:
        """End credentials that ``vouch`` gave."""
        self._callers.withdraw(credentials)

    def _by_password(
        self, name: str, password: str, code: str | None, origin: str, door: str = ""
    ) -> KnownCaller:
        if not _storable(name):
            raise Unauthenticated(WRONG)
        name = self._visitors.name_of(name)
        self._guarded.admit(name, origin)
        if self._visitors.expects(lambda: self._callers.account(name)):
            return self._by_directory(name, password, code, origin, door)
        known = self._callers.by_name(name)
        admitted = self._lockout.lets_in(name) and known is not None and may_show_password(known)
        if known is not None and known.account.takes_codes and code is None:
            password, code = one_time_codes.split(password)
        kept = known.account.password_hash if known is not None and admitted else None
        try:
            looked_at = self._guarded.check(name, kept, password, origin)
        except Unauthenticated:
            self._lockout.failed(name)
            self._visitors.pretend(origin)
            raise
        assert known is not None and kept is not None
        if looked_at and self._passwords.outdated(kept):
            fresh = self._passwords.hash(password)
            self._database.write(lambda c: rows.renew_hash(c, kept, fresh))
            self._callers.forget()
        if known.account.takes_codes:
            self._lockout.check_code(known.account, code)
        return known

    def _by_directory(
        self, name: str, password: str, code: str | None, origin: str, door: str
    ) -> KnownCaller:
        """Who has this name and password in the directory; whoever it refuses costs what others cost."""
        account = self._callers.account(name)
        if account is not None and account.takes_codes and code is None:
            password, code = one_time_codes.split(password)
        found = self._visitors.log_in(name, password, origin, self._throttle)
        if found is None or not self._lockout.lets_in(name):
            self._lockout.failed(name)
            self._guarded.check(name, None, password, origin)
            raise Unauthenticated(WRONG)
        account = self._visitors.arrived(found, door, origin)
        known = self._callers.by_directory(account)
        if not may_show_password(known):
            raise Unauthenticated(WRONG)
        if account.takes_codes:
            self._lockout.check_code(account, code)
        return known

    def _change(self, work: Callable[[Connection], T], name: str, what: str) -> T:
        result = self._database.write(work)
        self._callers.forget()
        log.info("account %s was %s", name, what)
        return result


def _storable(name: str) -> bool:
    """Whether a text can be asked for in a database; half a character cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def may_show_password(known: KnownCaller) -> bool:
    """Whether an account logs in by its password, if that is right."""
    return known.admitted and not known.account.service
