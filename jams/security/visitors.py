"""Visitors: whom a directory or an issuer knows, and what account he has here.

Who somebody is, is for those outside to say; whether he has an account here, and whether it is enabled, for
this server. An account comes from one place for ever: nobody outside gets one that was made here because he
is called the same.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from jams.database import accounts as rows
from jams.database import audit, outside_standing
from jams.database.accounts import AccountRecord
from jams.database.names import fold
from jams.objects.accounts import DIRECTORY, ISSUER, LOCAL
from jams.objects.errors import InvalidArgument, InvalidName, LoginUnavailable, Unauthenticated
from jams.objects.session import SingleSignOn

from .account_names import check_account_name
from .outside.outsiders import DOMAIN_SIGN, Directory, Outsider
from .places import place_of
from .storage import Storage
from .throttle import Standing, Throttle
from .turns import Turns

if TYPE_CHECKING:
    from .outside.openid_tokens import Issuer, Shown

log = logging.getLogger(__name__)

_REMEMBERED = 1024
_REMEMBER = 60.0
"""Seconds for which a password that the directory has found right is not asked for there again."""

_DO_WITHOUT = timedelta(hours=1)
"""How long what the directory has said last goes on to count while it does not answer."""

NO_ISSUER = "Nobody logs in by an issuer of OpenID Connect here: OpenId:Issuer and OpenId:ClientId name none."

_EXCUSED = 10.0
"""Seconds for which it is not asked again about an account, when it has not answered."""


class Outdated(Exception):
    """What is known of an account from outside is too old: :meth:`Visitors.renew` asks anew."""

    def __init__(self, account: AccountRecord) -> None:
        super().__init__(account.name)
        self.account = account


class Visitors:
    """Who comes in from outside.

    Args:
        database: where accounts are.
        directory: knows people by their passwords, if there is one.
        issuer: gives them tokens, if there is one.
        makes: the sources that make accounts, at the first login of somebody who has none.
        group_life: seconds for which the directory is not asked anew about an account.
        issuer_life: seconds for which the groups count that an issuer has said at a login.
        clock: a monotonic clock in seconds.
    """

    def __init__(
        self,
        database: Storage,
        *,
        directory: Directory | None = None,
        issuer: Issuer | None = None,
        makes: frozenset[str] = frozenset(),
        group_life: float = 300.0,
        issuer_life: float = 12 * 3600.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._directory = directory
        self.issuer = issuer
        self._makes = makes
        self._life = {DIRECTORY: timedelta(seconds=group_life), ISSUER: timedelta(seconds=issuer_life)}
        self._clock = clock
        self._turns = Turns(at_once=8, waiting=40)
        self._right: OrderedDict[bytes, tuple[Outsider, float]] = OrderedDict()
        self._excuses: dict[int, float] = {}
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()

    def name_of(self, typed: str) -> str:
        """The name of an account by what somebody has typed: the directory's domain is left out."""
        domain, sign, name = typed.partition(DOMAIN_SIGN)
        if self._directory is None or not sign or not name:
            return typed
        return name if fold(domain) == fold(self._directory.domain) else typed

    def expects(self, account_of: Callable[[], AccountRecord | None]) -> bool:
        """Whether the password of an account, or of a name that none bears, is for the directory to check."""
        if self._directory is None:
            return False
        account = account_of()
        return account is None or account.source == DIRECTORY

    def log_in(self, name: str, password: str, origin: str, throttle: Throttle) -> Outsider | None:
        """Who has this name and password in the directory; None if nobody.

        What was right lately is not asked for again. Failures are for the caller to count.

        Raises:
            LoginUnavailable: the directory does not answer.
            TooManyAttempts: too many logins are being checked there.
        """
        assert self._directory is not None
        key = self._digest(name, password)
        found = self._recall(key)
        if found is None:
            throttle.check(name, origin)
            with self._turns.taken(throttle.standing(name, origin), place_of(origin)):
                found = self._directory.log_in(name, password)
                if found is not None:
                    throttle.succeeded(name, origin)
                    self._remember(key, found)
        return found

    def pretend(self, origin: str) -> None:
        """Do what a login costs by which nobody is found, so that local accounts are not told by its lack.

        Raises:
            LoginUnavailable: the directory does not answer, as it would not for others.
            TooManyAttempts: too many logins are being checked there.
        """
        if self._directory is not None:
            with self._turns.taken(Standing.DOUBTED, place_of(origin)):
                self._directory.log_in(secrets.token_hex(8), secrets.token_hex(8))

    def admit(self, outsider: Outsider, door: str = "", origin: str = "") -> AccountRecord:
        """The account of somebody whom a directory or an issuer has vouched for; made, if that is wanted.

        Raises:
            Unauthenticated: he has none that may log in.
        """
        with self._database.read() as c:
            account = rows.of_outsider(c, outsider.source, outsider.external_id)
        if account is None:
            account = self._database.write(lambda c: self._account(c, outsider, door, origin))
        if account is None or not account.enabled:
            raise Unauthenticated(
                f"{outsider.name[:100]} is known outside, and has no account here that may log in."
            )
        return account

    def arrived(self, outsider: Outsider, door: str = "", origin: str = "") -> AccountRecord:
        """As :meth:`admit`; and what was said of him is kept, for the tokens that he is given.

        Raises:
            Unauthenticated: he has no account that may log in.
        """
        account = self.admit(outsider, door, origin)
        with self._database.read() as c:
            standing = outside_standing.get(c, account.id)
        half = self._life[outsider.source] / 2
        if standing is None or standing.groups != outsider.groups or _age(standing) > half:
            self._database.write(lambda c: self.keep(c, account, outsider))
        return account

    def keep(self, c: Connection, account: AccountRecord, outsider: Outsider) -> None:
        """Keep in which groups an account is, for the tokens that it is given."""
        outside_standing.put(c, account.id, outsider.groups, datetime.now(UTC))

    def groups(self, c: Connection, account: AccountRecord) -> tuple[str, ...]:
        """The groups outside of an account by what was said last; none of one that is made here.

        Raises:
            Outdated: the directory has to be asked anew, by :meth:`renew`.
            Unauthenticated: the directory knows him no more.
        """
        if account.source == LOCAL:
            return ()
        standing = outside_standing.get(c, account.id)
        if account.source != DIRECTORY:
            fresh = standing is not None and _age(standing) < self._life[ISSUER]
            return (standing.groups or ()) if standing is not None and fresh else ()
        if standing is None or not (
            _age(standing) < self._life[DIRECTORY] or self._excused(account, standing)
        ):
            raise Outdated(account)
        if standing.groups is None:
            raise Unauthenticated(f"The directory knows {account.name} no more, or lets him in no more.")
        return standing.groups

    def renew(self, account: AccountRecord) -> None:
        """Ask the directory anew about an account. While it is away, its last word counts for an hour.

        Raises:
            LoginUnavailable: it does not answer, and its last word is too old.
            Unauthenticated: there is no directory any more, or the account has never come from there.
        """
        if self._directory is None or account.external_id is None:
            raise Unauthenticated(f"{account.name} comes from a directory that this server knows no more.")
        try:
            found = self._directory.look_up(account.external_id)
        except LoginUnavailable:
            with self._database.read() as c:
                standing = outside_standing.get(c, account.id)
            if standing is None or _age(standing) >= self._life[DIRECTORY] + _DO_WITHOUT:
                raise
            with self._lock:
                self._excuses[account.id] = self._clock() + _EXCUSED
            return
        groups = None if found is None else found.groups
        self._database.write(lambda c: outside_standing.put(c, account.id, groups, datetime.now(UTC)))

    def _excused(self, account: AccountRecord, standing: outside_standing.Standing) -> bool:
        """Whether the directory was asked about an account a moment ago and did not answer."""
        if _age(standing) >= self._life[DIRECTORY] + _DO_WITHOUT:
            return False
        with self._lock:
            return self._excuses.get(account.id, 0.0) > self._clock()

    def shown(self, token: str) -> Shown:
        """Who shows a token of the issuer. Raises Unauthenticated, LoginUnavailable."""
        assert self.issuer is not None
        return self.issuer.shown(token)

    def logged_in(self, id_token: str) -> Shown:
        """Who has logged in at the issuer. Raises Unauthenticated, LoginUnavailable, InvalidArgument."""
        if self.issuer is None:
            raise InvalidArgument(NO_ISSUER, member="id_token")
        return self.issuer.logged_in(id_token)

    def single_sign_on(self) -> SingleSignOn:
        """How people log in by the issuer. Raises LoginUnavailable."""
        if self.issuer is None or not self.issuer.settings.client:
            return SingleSignOn(offered=False)
        settings, told = self.issuer.settings, self.issuer.metadata()
        return SingleSignOn(
            offered=True,
            issuer=settings.issuer,
            client_id=settings.client,
            scopes=list(settings.scopes),
            authorization_endpoint=told.authorization_endpoint or "",
            token_endpoint=told.token_endpoint or "",
            device_authorization_endpoint=told.device_authorization_endpoint or "",
        )

    def _account(self, c: Connection, outsider: Outsider, door: str, origin: str) -> AccountRecord | None:
        found = rows.of_outsider(c, outsider.source, outsider.external_id)
        if found is not None:
            return found
        try:
            name = check_account_name(outsider.name)
        except InvalidName:
            log.warning("%s knows somebody by a name that no account can bear", outsider.source)
            return None
        rows.lock(c)
        namesake = rows.find(c, name)
        if namesake is not None:
            if namesake.source != outsider.source or not rows.bind_outside(
                c, namesake.id, outsider.external_id
            ):
                log.warning("%s knows a %s who is not the one of that account", outsider.source, name)
                return None
            self._told(c, name, door, origin, f"Account {name} is now bound to {outsider.external_id}.")
            return rows.by_id(c, namesake.id)
        if outsider.source not in self._makes or rows.is_group(c, name):
            return None
        made = rows.create(
            c,
            name,
            source=outsider.source,
            external_id=outsider.external_id,
            description="Made at the first login.",
        )
        self._told(c, name, door, origin, f"Account {name} was made at the first login by {outsider.source}.")
        return made

    @staticmethod
    def _told(c: Connection, name: str, door: str, origin: str, message: str) -> None:
        log.info("%s", message)
        audit.record(c, user=name, door=door, origin=origin, operation="log_in", target=name, message=message)

    def _digest(self, name: str, password: str) -> bytes:
        message = f"{fold(name)}\0{password}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, message, hashlib.sha256)

    def _recall(self, key: bytes) -> Outsider | None:
        with self._lock:
            found, until = self._right.get(key, (None, 0.0))
        return found if until > self._clock() else None

    def _remember(self, key: bytes, outsider: Outsider) -> None:
        with self._lock:
            self._right[key] = outsider, self._clock() + _REMEMBER
            while len(self._right) > _REMEMBERED:
                self._right.popitem(last=False)


def _age(standing: outside_standing.Standing) -> timedelta:
    return datetime.now(UTC) - standing.said
