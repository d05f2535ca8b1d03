"""Stored credentials as rows. What is secret of them arrives here sealed and leaves sealed."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.errors import CredentialNotFound
from jams.registry import ValueType

from . import definition_stamps, names, referring, tables
from .columns import AnyRow

_credential = tables.credential


class CredentialRecord(Struct, frozen=True, kw_only=True):
    """A stored credential: its name, the account it logs on, and the sealed password."""

    name: str
    user_name: str
    secret: str
    changed: datetime
    changed_by: str

    def __repr__(self) -> str:
        return f"CredentialRecord({self.name})"


def all_credentials(c: Connection) -> list[CredentialRecord]:
    """All credentials, by name."""
    return [_record(row) for row in c.execute(select(_credential).order_by(_credential.c.name_key))]


def get(c: Connection, name: str) -> CredentialRecord:
    """The credential of that name. Raises CredentialNotFound."""
    row = c.execute(select(_credential).where(_credential.c.name_key == _key(name))).one_or_none()
    if row is None:
        raise CredentialNotFound(f"There is no credential {name}.", target=name)
    return _record(row)


def name_of(c: Connection, id: int) -> str:
    """The name of the credential of that number. Raises CredentialNotFound."""
    name: str | None = c.scalar(select(_credential.c.name).where(_credential.c.id == id))
    if name is None:
        raise CredentialNotFound(f"There is no credential {id}.", target=id)
    return name


def put(c: Connection, name: str, *, user_name: str, secret: str, by: str) -> bool:
    """Make a credential or replace it; whether it was made."""
    key = _key(name)
    values = {
        "name": name,
        "name_key": key,
        "user_name": user_name,
        "secret": secret,
        "changed": datetime.now(UTC),
        "changed_by": by,
    }
    found = update(_credential).where(_credential.c.name_key == key)
    if c.execute(found.values(version=_credential.c.version + 1, **values)).rowcount:
        return False
    c.execute(insert(_credential).values(version=1, document="{}", **values))
    return True


def delete(c: Connection, name: str) -> None:
    """Delete a credential.

    Raises:
        CredentialNotFound: there is no such credential.
        InUse: an agent, job or folder names it.
    """
    definition_stamps.lock(c)
    row = c.execute(select(_credential).where(_credential.c.name_key == _key(name))).one_or_none()
    if row is None:
        raise CredentialNotFound(f"There is no credential {name}.", target=name)
    referring.check_unused(c, ValueType.CREDENTIAL, row.id, row.name)
    c.execute(sql_delete(_credential).where(_credential.c.id == row.id))


def _key(name: str) -> str:
    return names.fold(name.strip())


def _record(row: AnyRow) -> CredentialRecord:
    return CredentialRecord(
        name=row.name,
        user_name=row.user_name,
        secret=row.secret,
        changed=row.changed,
        changed_by=row.changed_by,
    )
