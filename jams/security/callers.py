"""Who somebody is that calls, by what he shows, and what follows for what he may do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import access
from jams.database import accounts as rows
from jams.database.accounts import AccountRecord
from jams.database.names import fold
from jams.objects.accounts import DIRECTORY, ISSUER, LOCAL
from jams.objects.errors import Unauthenticated

from . import personal, tokens
from .access import effective_rights, passes
from .bypassing import BypassGroups
from .caller import Caller, Credentials
from .known import SETTLED_WITHIN, KnownCaller, KnownCallers
from .login_policy import Policies
from .outside.outsiders import is_signed
from .rights import ServerAccess
from .storage import Storage
from .system_groups import SystemGroups
from .visitors import Outdated, Visitors
from .vouchers import Vouchers

T = TypeVar("T")

_OPENING = (tokens.ACCESS, tokens.LOCAL)
_NO_TOKEN = "The token is unknown, has run out or was ended; log in again."


class Callers:
    """The callers of one server. Whoever was found lately is remembered for a moment.

    Args:
        database: where accounts and tokens are; only read here.
        visitors: who comes in from outside.
        bypass: the groups whose members may do everything.
        policies: what the settings say of logging in.
    """

    def __init__(
        self, database: Storage, visitors: Visitors, bypass: BypassGroups, policies: Policies
    ) -> None:
        self._database = database
        self._visitors = visitors
        self._bypass = bypass
        self._policies = policies
        self._known = KnownCallers()
        self._vouchers = Vouchers()
        self._system_groups = SystemGroups()

    def forget(self) -> None:
        """Find callers anew from now on, because an account was changed."""
        self._known.forget()

    def by_token(self, token: str, door: str = "", origin: str = "") -> Caller:
        """Who shows a token: of a login, a personal one, one of the issuer, or one of this machine.

        Raises:
            Unauthenticated: it does not hold.
            LoginUnavailable: the directory or the issuer that knows him does not answer.
        """
        key = tokens.digest(token)
        known = self._known.recall(key)
        if known is None:
            generation = self._known.generation
            if self.is_of_issuer(token):
                known = self._of_issuer(token, door, origin)
            elif personal.is_one(token):
                known = self._asked_anew(lambda c: self._holder(c, key))
            else:
                known = self._asked_anew(lambda c: self._bearer(c, token, key))
            if known is None:
                raise Unauthenticated(_NO_TOKEN)
            self._known.remember(key, known, generation)
        return known.caller

    def is_of_issuer(self, token: str) -> bool:
        """Whether a token is one for the issuer of this server to have signed."""
        return self._visitors.issuer is not None and is_signed(token)

    def vouch(self, name: str, *, by_password: bool = False) -> Credentials:
        """Credentials for an account whose owner a door has recognised.

        They hold in this process alone, until ``withdraw`` or until the account is disabled.

        Args:
            name: name of the account.
            by_password: its password has let it in, and may ask for more.

        Raises:
            Unauthenticated: there is no such account, or it is disabled.
        """
        with self._database.read() as c:
            account = rows.find(c, name)
        if account is None or not account.enabled:
            raise Unauthenticated(f"There is no account {name} that may log in.", target=name)
        return Credentials(
            token=self._vouchers.issue(account.id, account.password_set, by_password=by_password)
        )

    def renew(self, caller: Caller) -> None:
        """Let what a door has vouched for go on with the password that the caller has given himself."""
        with self._database.read() as c:
            account = rows.find(c, caller.account)
        if account is not None:
            self._vouchers.renew(caller.voucher, account.password_set)

    def withdraw(self, credentials: Credentials) -> None:
        """End credentials that ``vouch`` gave."""
        self._vouchers.withdraw(credentials.token or "")
        self._known.forget()

    def account(self, name: str) -> AccountRecord | None:
        """The account that bears a name, whatever it may do; None if there is none."""
        known = self._known.recall(_key_of(name))
        if known is not None:
            return known.account
        with self._database.read() as c:
            return rows.find(c, name)

    def by_name(self, name: str) -> KnownCaller | None:
        """The account that bears a name, with what it may do after it has shown its password.

        None for one of a directory: no password is checked for it here, also where none is known any more.
        """
        key = _key_of(name)
        known = self._known.recall(key)
        if known is None:
            generation = self._known.generation
            with self._database.read() as c:
                account = rows.find(c, name)
                if account is None or account.source == DIRECTORY:
                    return None
                known = self.found(c, account, None, owing=True)
            self._known.remember(key, known, generation)
        return known

    def by_directory(self, account: AccountRecord) -> KnownCaller:
        """What an account may do whose password the directory has found right.

        Raises:
            Unauthenticated: the directory knows him no more.
            LoginUnavailable: it does not answer.
        """
        return self._asked_anew(lambda c: self.found(c, account, None, owing=True))

    def found(
        self,
        c: Connection,
        account: AccountRecord,
        expires: datetime | None,
        login: str | None = None,
        *,
        owing: bool = False,
        outside: Iterable[str] | None = None,
    ) -> KnownCaller:
        """What is known of an account.

        Args:
            c: reads.
            account: the account.
            expires: when what it has shown runs out, if ever.
            login: of which login that is.
            owing: the password has let it in, and may ask for more; an issuer asks for what it wants itself.
            outside: its groups there, if they are known already.

        Raises:
            Outdated: the directory has to be asked anew for its groups, by :meth:`Visitors.renew`.
            Unauthenticated: the directory knows it no more.
        """
        policy = self._policies.now(c)
        groups = frozenset(account.groups)
        groups |= frozenset(self._visitors.groups(c, account) if outside is None else outside)
        # Whom a directory calls as this machine calls somebody is not he.
        if policy.system_groups and account.source == LOCAL:
            groups |= self._system_groups.of(account.name)
        owing = owing and account.source != ISSUER
        bypass = self._bypass.of(c)
        rights = effective_rights(account.name, groups, access.all_rules(c), bypass=bypass)
        seconds = SETTLED_WITHIN
        if expires is not None:
            seconds = min(seconds, (expires - datetime.now(UTC)).total_seconds())
        passing = passes(groups, bypass)
        caller = Caller(
            account=account.name,
            groups=groups,
            rights=rights,
            login=login,
            passes=passing,
            connects=ServerAccess.EXECUTE in rights,
            owes=policy.owed(account, rights, passing) if owing else "",
        )
        admitted = account.enabled and (passing or policy.admits(groups))
        return KnownCaller(account, caller, time.monotonic() + seconds, admitted)

    def _asked_anew(self, work: Callable[[Connection], T]) -> T:
        """Read about somebody; when what is known of him from outside is too old, it is asked for first.

        That takes long at times, so no connection is held meanwhile.
        """
        try:
            with self._database.read() as c:
                return work(c)
        except Outdated as outdated:
            self._visitors.renew(outdated.account)
        try:
            with self._database.read() as c:
                return work(c)
        except Outdated as outdated:
            raise Unauthenticated(_NO_TOKEN) from outdated

    def _of_issuer(self, token: str, door: str, origin: str) -> KnownCaller | None:
        """Who shows a token of the issuer: with the groups that it names, whatever was said before."""
        shown = self._visitors.shown(token)
        account = self._visitors.admit(shown.outsider, door, origin)
        expires = datetime.fromtimestamp(shown.expires, UTC)
        with self._database.read() as c:
            known = self.found(c, account, expires, outside=shown.outsider.groups)
        return known if known.admitted else None

    def _holder(self, c: Connection, key: str) -> KnownCaller | None:
        """Who shows a personal access token, with no more rights than it gives; None if it does not hold."""
        held = personal.holder(c, key)
        if held is None:
            return None
        account, token = held
        known = self.found(c, account, token.expires)
        if not known.admitted:
            return None
        rights = personal.narrowed(known.caller.rights, token)
        return replace(
            known,
            caller=replace(
                known.caller,
                rights=rights,
                personal=True,
                folders=frozenset(token.folders) or None,
                operations=frozenset(token.operations) or None,
                reads_only=token.read_only,
            ),
        )

    def _bearer(self, c: Connection, token: str, key: str) -> KnownCaller | None:
        """Who shows the token of a login, of this machine or of a door; None if it does not hold."""
        vouched = self._vouchers.find(key)
        if vouched is not None:
            account = rows.by_id(c, vouched.account_id)
            if account is None or (vouched.by_password and account.password_set != vouched.password_set):
                return None
            known = self.found(c, account, None, owing=vouched.by_password)
            return replace(known, caller=replace(known.caller, voucher=key)) if known.admitted else None
        found = tokens.find(c, token)
        if found is None or found.kind not in _OPENING or not found.account.enabled:
            return None
        known = self.found(c, found.account, found.expires, found.family, owing=found.kind != tokens.LOCAL)
        # Who owns the machine is let in whatever the settings say: it is the way back.
        return known if known.admitted or found.kind == tokens.LOCAL else None


def _key_of(name: str) -> str:
    """Under what an account is remembered that bears a name; no digest of a token looks like it."""
    return f"name {fold(name)}"
