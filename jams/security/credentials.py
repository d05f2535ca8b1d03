"""Stored credentials: accounts with passwords and keys that the server uses and shows nobody by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import credentials as rows
from jams.database import definition_stamps
from jams.database.credentials import CredentialRecord, Secrets
from jams.database.names import check_name
from jams.database.sealed import CREDENTIAL, PRIVATE_KEY
from jams.objects.credentials import LONGEST_SECRET, Credential
from jams.objects.errors import InvalidArgument
from jams.objects.patch import Patch
from jams.objects.preconditions import ALWAYS, Precondition

from .keypairs import KeyPair
from .storage import Storage
from .variables import VariableSecrets
from .vault import Vault


class CredentialInfo(Struct, frozen=True, kw_only=True):
    """What is shown of a credential."""

    name: str
    user: str
    changed: datetime
    changed_by: str


class Logon(Struct, frozen=True):
    """An account of another system with its password, for whoever logs it on.

    Attributes:
        user_name: the account.
        password: its password; empty where it has none.
        private_key: its private key, as an unencrypted file of OpenSSH holds it; None where it has none.
    """

    user_name: str
    password: str
    private_key: str | None = None

    def __repr__(self) -> str:
        return f"Logon({self.user_name})"


class CredentialStore:
    """The credentials of one server: their secrets lie sealed in its database, the key in its home."""

    def __init__(self, database: Storage, vault: Vault) -> None:
        """Touches nothing."""
        self._database = database
        self._vault = vault
        self.variables = VariableSecrets(vault)
        """The values of encrypted variables, which lie under the same keys."""

    def get_ready(self) -> None:
        """Do what is slow of sealing before a transaction, which it shall not hold up.

        Raises:
            ConfigurationInvalid: the key cannot be used.
        """
        self._vault.keys_to_seal()

    def put(self, name: str, *, user_name: str, password: str, by: str) -> bool:
        """Store a credential in place of one of that name, if there is one; whether it is new.

        Raises:
            InvalidName: the name is not one a credential can bear.
            InvalidArgument: the user name or the password is empty, too long or not text.
            ConfigurationInvalid: the key cannot be used.
        """
        for what, value in (("user name", user_name), ("password", password)):
            if not value:
                raise InvalidArgument(
                    f"The {what} of a credential has 1 to {LONGEST_SECRET} printable characters."
                )
            _check_text(what, value)
        check_name(name, "name")
        self.get_ready()

        def work(c: Connection) -> bool:
            # Behind this lock a key is given up when nothing is sealed under it.
            definition_stamps.lock(c)
            sealed = self._vault.seal(password, CREDENTIAL.purpose(name))
            return rows.put(c, name, user_name=user_name, secret=sealed, by=by)

        return self._database.write(work)

    def create(
        self, c: Connection, new: Credential, keys: KeyPair | None, *, user: str, vouched: bool, lenient: bool
    ) -> Credential:
        """Make a credential; its document then. ``vouched``: its account may be one of this machine.

        Raises:
            AlreadyExists: there is one of that name.
            InvalidName, InvalidArgument: the document cannot be taken.
            ConfigurationInvalid: the key of the secrets cannot be used.
        """
        definition_stamps.lock(c)
        _check(new)
        secrets = Secrets(
            password=(self._password(new.credential_name, new.password or ""), not new.password),
            private_key=(
                None if keys is None else (self._key(new.credential_name, keys.private), rows.told(keys))
            ),
        )
        return rows.document(c, rows.create(c, new, secrets, user=user, vouched=vouched, lenient=lenient))

    def change(
        self,
        c: Connection,
        patch: Patch[Credential],
        keys: KeyPair | None,
        *,
        id: int | None,
        name: str | None,
        may: Callable[[int], object],
        user: str,
        vouched: bool,
        condition: Precondition,
        lenient: bool,
    ) -> Credential:
        """Change a credential; its document then. Of a private key that is given, ``keys`` are what it is.

        ``may`` is told the number, and raises where it may not be changed.

        Raises as :meth:`create` does, and:
            CredentialNotFound: there is none.
            InUse: it would get another name, and something refers to it.
            VersionConflict, PreconditionFailed: it is not as the caller demands.
        """
        held = rows.hold(c, patch, id=id, name=name, condition=condition)
        may(held.id)
        stood = rows.sealed(c, held.id)
        after = rows.changed(c, held, patch)
        _check(after)
        password, key = after.password, after.key_file_content
        before = Logon("", "")
        if CREDENTIAL.purpose(stood.name) != CREDENTIAL.purpose(after.credential_name):
            # What is sealed is bound to the name.
            before = self._opened(stood)
            password = before.password if password is None else password
        new = after.credential_name
        kept = before.private_key if key is None else None
        secrets = Secrets(
            password=None if password is None else (self._password(new, password), not password),
            private_key=(
                (self._key(new, keys.private), rows.told(keys))
                if keys is not None
                else (None, None)
                if key is not None
                else None
            ),
            moved_key=None if kept is None else self._key(new, kept),
        )
        rows.change(c, held, after, secrets, user=user, vouched=vouched, lenient=lenient)
        return rows.document(c, held.id)

    def give_keys(
        self, c: Connection, id: int, keys: KeyPair, *, user: str, condition: Precondition = ALWAYS
    ) -> Credential:
        """Give a credential other keys; its document then.

        Raises CredentialNotFound, VersionConflict, PreconditionFailed and ConfigurationInvalid.
        """
        held = rows.hold_it(c, id, condition)
        name = rows.sealed(c, held.id).name
        secrets = Secrets(private_key=(self._key(name, keys.private), rows.told(keys)))
        rows.give_keys(c, held, secrets, user=user)
        return rows.document(c, held.id)

    def delete(self, name: str) -> None:
        """Delete a credential. Raises CredentialNotFound."""
        self._database.write(lambda c: rows.delete(c, name))

    def all_credentials(self) -> list[CredentialInfo]:
        """All credentials, by name, without their passwords."""
        with self._database.read() as c:
            return [
                CredentialInfo(
                    name=row.name, user=row.user_name, changed=row.changed, changed_by=row.changed_by
                )
                for row in rows.all_credentials(c)
            ]

    def logon(self, c: Connection, name: str) -> Logon:
        """The account and password of a credential, to be used and not shown.

        Raises:
            CredentialNotFound: there is no such credential.
            ConfigurationInvalid: its password cannot be opened.
        """
        return self._opened(rows.get(c, name))

    def _opened(self, row: CredentialRecord) -> Logon:
        key = row.private_key
        return Logon(
            row.user_name,
            self._vault.open(row.secret, CREDENTIAL.purpose(row.name)),
            None if key is None else self._vault.open(key, PRIVATE_KEY.purpose(row.name)),
        )

    def _password(self, name: str, password: str) -> str:
        return self._vault.seal(password, CREDENTIAL.purpose(name))

    def _key(self, name: str, private: str) -> str:
        return self._vault.seal(private, PRIVATE_KEY.purpose(name))


def _check(document: Credential) -> None:
    _check_text("user name", document.logon_user_name, "logonUserName")
    _check_text("password", document.password or "", "password")
    if document.key_file_password and not document.key_file_content:
        raise InvalidArgument(
            "A passphrase without a key says nothing: give keyFileContent.", member="keyFilePassword"
        )


def _check_text(what: str, value: str, member: str | None = None) -> None:
    if len(value) > LONGEST_SECRET or not value.isprintable():
        raise InvalidArgument(
            f"The {what} of a credential has at most {LONGEST_SECRET} printable characters.", member=member
        )
