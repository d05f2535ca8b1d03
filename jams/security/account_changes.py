"""Changing accounts and groups: the same for every door, and for who owns the machine.

Nothing here opens a transaction: what is slow is prepared before, and each change is a function of the
connection of one, which answers with the sentence that the caller is told and the audit trail keeps.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import account_groups, failed_logins, stored_settings
from jams.database import accounts as rows
from jams.database.account_groups import GroupRecord
from jams.database.accounts import AccountRecord
from jams.database.names import fold
from jams.objects.accounts import (
    LOCAL,
    SOURCES,
    AccountChange,
    CodeSecret,
    GroupChange,
    NewAccount,
    NewGroup,
    RecoveryCodes,
)
from jams.objects.errors import (
    AccessDenied,
    AlreadyExists,
    Conflict,
    InvalidArgument,
    PasswordRefused,
    WouldLockOut,
)

from . import area_lists, still_named, tokens
from .access import ADMINISTRATORS, passes
from .account_names import check_account_name
from .bypassing import BypassGroups
from .lockout import code_key
from .one_time_codes import OneTimeCodes
from .password_rules import read_rules
from .passwords import Passwords
from .storage import Storage
from .throttle import Standing, Throttle


class Actor(Struct, frozen=True):
    """Who changes accounts; ``passes``: he may do everything, and so change who else may."""

    name: str
    passes: bool = False


class PreparedPassword(Struct, frozen=True):
    """A new password as it will be kept, and the one of before that it was held against."""

    hash: str
    before: str | None

    def __repr__(self) -> str:
        return "PreparedPassword()"


class AccountAdministration:
    """Changes the accounts of one server.

    Args:
        database: where they are kept; only read here.
        passwords: makes hashes.
        codes: makes one-time codes.
        bypass: groups whose members may do everything.
        throttle: knows who has failed.
    """

    def __init__(
        self,
        database: Storage,
        passwords: Passwords,
        codes: OneTimeCodes,
        bypass: BypassGroups,
        throttle: Throttle,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._codes = codes
        self._bypass = bypass
        self._throttle = throttle

    def prepared(self, name: str, password: str, *, fresh: bool = False) -> PreparedPassword:
        """A new password, after it was held against the rules; ``fresh``: of an account that is being made.

        Raises:
            PasswordRefused: the rules do not allow it, or the account had it before.
            InvalidArgument: it is too long.
        """
        with self._database.read() as c:
            rules = read_rules(c)
            account = None if fresh else rows.find(c, name)
            used = [] if account is None else rows.passwords_used(c, account.id, rules.history)
        rules.check(name, password)
        before = None if account is None else account.password_hash
        for kept in [before, *used] if before is not None else used:
            with self._passwords.turns.taken(Standing.PROVEN):
                if self._passwords.verify(kept, password):
                    raise PasswordRefused("The account has had this password before.", member="newPassword")
        return PreparedPassword(self._passwords.hash(password), before)

    def create(self, c: Connection, by: Actor, wanted: NewAccount, password: PreparedPassword | None) -> str:
        """Make an account.

        Raises:
            InvalidName: the name is not one an account can bear.
            AlreadyExists: an account or a group bears the name.
            GroupNotFound: a group does not exist.
            InvalidArgument: a service account shall have a password, or one from outside; or there is no
                such source.
            AccessDenied: it would be an administrator, and who makes it is none.
        """
        name = check_account_name(wanted.account_name)
        if wanted.service and password is not None:
            raise InvalidArgument(
                "A service account logs in by tokens, not by a password.", member="password"
            )
        if wanted.source not in SOURCES:
            raise InvalidArgument(
                f"An account comes from one of {', '.join(SOURCES)}.", target=wanted.source, member="source"
            )
        if wanted.source != LOCAL and (password is not None or wanted.service):
            raise InvalidArgument(
                f"An account from {wanted.source} has its password there, and is of a person.",
                member="password",
            )
        rows.lock(c)
        self._check_groups(c, by, wanted.groups)
        if rows.is_group(c, name):
            raise AlreadyExists(f"There is a group {name}; access lists could not tell them apart.")
        rows.create(
            c,
            name,
            password_hash=None if password is None else password.hash,
            groups=wanted.groups,
            description=wanted.description,
            enabled=wanted.enabled,
            service=wanted.service,
            must_change=wanted.must_change_password and password is not None,
            source=wanted.source,
            by=by.name,
        )
        return f"Account {name} was created, in {_listed(wanted.groups)}."

    def change(
        self, c: Connection, by: Actor, account: AccountRecord, wanted: AccountChange, *, force: bool = False
    ) -> str:
        """Change an account.

        Raises:
            GroupNotFound: a group does not exist.
            InvalidArgument: a service account would keep a password, or none would have to be changed.
            AccessDenied: it is an administrator or would be one, and who changes it is none.
            WouldLockOut: nobody could change accounts any more.
        """
        account = self._held(c, by, account)
        before = self._anybody(c)
        done: list[str] = []
        values: dict[str, object] = {}
        if wanted.description is not None and wanted.description != account.description:
            values["description"] = wanted.description
            done.append("its description")
        if wanted.service is not None and wanted.service != account.service:
            if wanted.service and account.password_hash is not None:
                values |= {"password_hash": None, "password_set": None, "must_change": False}
            values["service"] = wanted.service
            done.append(f"service: {_yes(account.service)} to {_yes(wanted.service)}")
        if wanted.must_change_password is not None:
            if wanted.must_change_password and (account.password_hash is None or values.get("service")):
                raise InvalidArgument(
                    f"{account.name} has no password that could be changed.", member="mustChangePassword"
                )
            values["must_change"] = wanted.must_change_password
            done.append(
                "its password is to be changed" if wanted.must_change_password else "it keeps its password"
            )
        if wanted.enabled is not None and wanted.enabled != account.enabled:
            values["enabled"] = wanted.enabled
            done.append("enabled" if wanted.enabled else "disabled")
        if values:
            rows.change(c, account.id, by=by.name, **values)
        if wanted.groups is not None:
            self._check_groups(c, by, [*wanted.groups, *account.groups])
            rows.set_groups(c, account.id, wanted.groups)
            done.append(f"groups: {_listed(account.groups)} to {_listed(wanted.groups)}")
        if values.get("enabled") is False or values.get("service"):
            rows.end_logins(c, account.id, tokens.OF_LOGINS)
        self._check_somebody_left(c, before, force)
        return f"Account {account.name} was changed ({'; '.join(done) or 'nothing is otherwise'})."

    def delete(self, c: Connection, by: Actor, account: AccountRecord, *, force: bool = False) -> str:
        """Delete an account with its tokens.

        Raises:
            AccessDenied: it is an administrator, and who deletes it is none.
            WouldLockOut: nobody could change accounts any more.
        """
        account = self._held(c, by, account)
        before = self._anybody(c)
        rows.delete(c, account.id)
        for key in (account.name, code_key(account.name)):
            failed_logins.forget(c, key)
        self._check_somebody_left(c, before, force)
        self._throttle.forget(account.name)
        return f"Account {account.name} was deleted.{still_named.hint(c, account.name)}"

    def set_password(
        self,
        c: Connection,
        by: Actor,
        account: AccountRecord,
        password: PreparedPassword,
        *,
        must_change: bool = False,
        ends_logins: bool = True,
    ) -> str:
        """Give an account a password that was prepared for it, and end its logins.

        Raises:
            InvalidArgument: it is a service account, or one that comes from elsewhere.
            AccessDenied: it is an administrator, and who does it is none.
            Conflict: the password was changed meanwhile.
        """
        account = self._held(c, by, account)
        if account.service:
            raise InvalidArgument(f"{account.name} is a service account: it logs in by tokens.")
        if account.source != LOCAL:
            raise InvalidArgument(f"{account.name} comes from {account.source}, and has its password there.")
        if account.password_hash != password.before:
            raise Conflict(f"The password of {account.name} was changed at the same time; try again.")
        most = int(stored_settings.value(c, "PasswordHistory"))
        if account.password_hash is not None and most:
            rows.remember_password(c, account.id, account.password_hash, most)
        rows.set_password(c, account.id, password.hash, must_change=must_change, by=by.name)
        failed_logins.forget(c, account.name)
        if ends_logins:
            rows.end_logins(c, account.id, tokens.OF_LOGINS)
        self._throttle.forget(account.name)
        return f"Account {account.name} has a new password; its logins have ended."

    def unlock(self, c: Connection, account: AccountRecord) -> str:
        """Let an account try again that wrong passwords or codes have locked."""
        were = [failed_logins.forget(c, key) for key in (account.name, code_key(account.name))]
        self._throttle.forget(account.name)
        what = "was unlocked" if any(were) else "was not locked"
        return f"Account {account.name} {what}."

    def create_group(self, c: Connection, by: Actor, wanted: NewGroup) -> str:
        """Make a group.

        Raises:
            InvalidName: the name is not one a group can bear.
            AlreadyExists: an account or a group bears the name.
            AccountNotFound: a member does not exist.
            AccessDenied: its members may do everything, and who makes it may not.
        """
        name = check_account_name(wanted.group_name)
        rows.lock(c)
        self._check_groups(c, by, [name])
        if rows.is_group(c, name):
            raise AlreadyExists(f"There is a group {name} already.", target=name, member="groupName")
        if rows.find(c, name) is not None:
            raise AlreadyExists(f"There is an account {name}; access lists could not tell them apart.")
        id = account_groups.create(c, name, description=wanted.description, by=by.name)
        account_groups.set_members(c, id, wanted.accounts)
        return f"Group {name} was created, with {_listed(wanted.accounts)}."

    def change_group(
        self, c: Connection, by: Actor, group: GroupRecord, wanted: GroupChange, *, force: bool = False
    ) -> str:
        """Change a group.

        Raises:
            AccountNotFound: a member does not exist.
            AccessDenied: its members may do everything, and who changes it may not.
            WouldLockOut: nobody could change accounts any more.
        """
        rows.lock(c)
        self._check_groups(c, by, [group.name])
        before = self._anybody(c)
        values = {} if wanted.description is None else {"description": wanted.description}
        account_groups.change(c, group.id, by=by.name, **values)
        done = ["its description"] if values else []
        if wanted.accounts is not None:
            account_groups.set_members(c, group.id, wanted.accounts)
            done.append(f"members: {_listed(group.members)} to {_listed(wanted.accounts)}")
        self._check_somebody_left(c, before, force)
        return f"Group {group.name} was changed ({'; '.join(done) or 'nothing is otherwise'})."

    def delete_group(self, c: Connection, by: Actor, group: GroupRecord, *, force: bool = False) -> str:
        """Delete a group; its members stay.

        Raises:
            Conflict: it is Administrators.
            AccessDenied: its members may do everything, and who deletes it may not.
            WouldLockOut: nobody could change accounts any more.
        """
        if fold(group.name) == fold(ADMINISTRATORS):
            raise Conflict(f"The group {ADMINISTRATORS} cannot be deleted.", target=group.name)
        rows.lock(c)
        self._check_groups(c, by, [group.name])
        before = self._anybody(c)
        account_groups.remove(c, group.id)
        self._check_somebody_left(c, before, force)
        return f"Group {group.name} was deleted.{still_named.hint(c, group.name)}"

    def prepare_codes(self) -> None:
        """Do what is slow of one-time codes. Raises ConfigurationInvalid."""
        self._codes.prepare()

    def begin_codes(self, c: Connection, account: AccountRecord) -> CodeSecret:
        """Give an account the secret of one-time codes, which count once one was shown.

        Raises:
            Conflict: it has some already.
            InvalidArgument: it is a service account.
        """
        if account.service:
            raise InvalidArgument(f"{account.name} is a service account: it logs in by tokens.")
        if account.takes_codes:
            raise Conflict(f"{account.name} has one-time codes already; have them removed first.")
        return self._codes.begin(c, account, account.name)

    def confirm_codes(self, c: Connection, account: AccountRecord, code: str) -> RecoveryCodes:
        """Let the codes of an account count, which shows one.

        Raises:
            Conflict: it has no secret, or its codes count already.
            InvalidArgument: the code does not hold.
        """
        if account.code_secret is None or account.takes_codes:
            raise Conflict(f"{account.name} has nothing to confirm.")
        step = self._codes.step_of(account, code.strip())
        if step is None or not self._codes.take(c, account, code, step):
            raise InvalidArgument("The one-time code is wrong.", member="code")
        return RecoveryCodes(codes=self._codes.confirm(c, account, account.name))

    def remove_codes(self, c: Connection, by: Actor, account: AccountRecord) -> str:
        """Take the one-time codes of an account away. Raises AccessDenied."""
        self._check_target(c, by, account)
        self._codes.remove(c, account, by.name)
        failed_logins.forget(c, code_key(account.name))
        return f"Account {account.name} has no one-time codes any more."

    def check_may_stand_for(self, c: Connection, by: Actor, account: AccountRecord) -> None:
        """See that somebody may make a token for an account. Raises AccessDenied."""
        self._check_target(c, by, account)

    def _held(self, c: Connection, by: Actor, account: AccountRecord) -> AccountRecord:
        """An account as it is while nobody else changes one, so that two who go leave somebody behind."""
        rows.lock(c)
        account = rows.get(c, id=account.id)
        self._check_target(c, by, account)
        return account

    def _check_target(self, c: Connection, by: Actor, account: AccountRecord) -> None:
        if not by.passes and fold(by.name) != fold(account.name) and passes(account.groups, self._bypass):
            raise AccessDenied(
                f"{account.name} may do everything: who may not, as {by.name}, does not change the account."
            )

    def _check_groups(self, c: Connection, by: Actor, groups: Sequence[str]) -> None:
        mighty = [group for group in groups if passes([group], self._bypass.now(c))]
        if mighty and not by.passes:
            raise AccessDenied(
                f"Members of {mighty[0]} may do everything: {by.name} may not, and does not change who is."
            )

    def _anybody(self, c: Connection) -> bool:
        return area_lists.anybody_may_change(c, self._bypass.now(c))

    def _check_somebody_left(self, c: Connection, before: bool, force: bool) -> None:
        if before and not force and not self._anybody(c):
            raise WouldLockOut(
                "Nobody could change accounts and access lists after it. With force it is done all the same; "
                "then the account command on the machine of the server leads back."
            )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
