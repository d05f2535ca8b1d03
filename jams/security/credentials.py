"""Stored credentials: accounts of other systems, with passwords that the server uses and shows nobody."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection

from jams.database import credentials as rows
from jams.database.names import check_name, fold
from jams.objects.errors import InvalidArgument

from .accounts import Storage
from .vault import Vault

_LONGEST_SECRET = 1024


class CredentialInfo(Struct, frozen=True, kw_only=True):
    """What is shown of a credential."""

    name: str
    user: str
    changed: datetime
    changed_by: str


class Logon(Struct, frozen=True):
    """An account of another system with its password, for whoever logs it on."""

    user_name: str
    password: str

    def __repr__(self) -> str:
        return f"Logon({self.user_name})"


class CredentialStore:
    """The credentials of one server: their passwords lie sealed in its database, the key in its home."""

    def __init__(self, database: Storage, vault: Vault) -> None:
        """Touches nothing."""
        self._database = database
        self._vault = vault

    def put(self, name: str, *, user_name: str, password: str, by: str) -> bool:
        """Store a credential in place of one of that name, if there is one; whether it is new.

        Raises:
            InvalidName: the name is not one a credential can bear.
            InvalidArgument: the user name or the password is empty, too long or not text.
            ConfigurationInvalid: the key cannot be used.
        """
        for what, value in (("user name", user_name), ("password", password)):
            if not value or len(value) > _LONGEST_SECRET or not value.isprintable():
                raise InvalidArgument(
                    f"The {what} of a credential has 1 to {_LONGEST_SECRET} printable characters."
                )
        check_name(name, "name")
        sealed = self._vault.seal(password, _purpose(name))
        return self._database.write(lambda c: rows.put(c, name, user_name=user_name, secret=sealed, by=by))

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
        row = rows.get(c, name)
        return Logon(row.user_name, self._vault.open(row.secret, _purpose(row.name)))


def _purpose(name: str) -> str:
    return f"credential {fold(name)}"
