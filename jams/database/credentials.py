"""Stored credentials. What is secret of them arrives here sealed and leaves sealed, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select

from jams.objects.base import Text
from jams.objects.capacity import Reference
from jams.objects.credentials import Credential, KeyType
from jams.objects.errors import CredentialNotFound, InUse
from jams.objects.parts import ACL
from jams.objects.patch import Patch, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Acceptance, ValueType, marks

from . import definition_stamps, guarding, lookup, names, referring, stored, stored_settings, tables, versions
from .columns import AnyRow
from .reading import Found, Reader

_credential = tables.credential

SETTINGS = ("SMTPCredential", "IMAPCredential")
"""Settings whose value is the name of a credential."""


class Keys(Struct, frozen=True, kw_only=True):
    """What is told of a pair of keys."""

    key_type: KeyType
    length: int
    public: Text
    fingerprint: Text


class CredentialRest(Struct, omit_defaults=True):
    """What of a credential has no column.

    Attributes:
        owner: who has made it; None: who has changed it last, of one that an earlier release has made.
        far: whether no run on this machine may take the account, as nobody has vouched for that.
        bare: whether it has no password: an empty one is sealed then.
        password_changed: when the password was set; None: when the credential was changed.
        keys: of its pair of keys.
    """

    description: Text = ""
    owner: Text | None = None
    far: bool = False
    bare: bool = False
    password_changed: datetime | None = None
    keys: Keys | None = None
    acl: ACL | None = None


class Secrets(Struct, frozen=True, kw_only=True):
    """What a change does to the secrets: sealed texts, None where something stays as it is.

    Attributes:
        password: the sealed password, and whether it is an empty one.
        private_key: the sealed private key with what is told of it, or None twice to take the keys away.
        moved_key: the private key that it has, sealed for another name.
    """

    password: tuple[str, bool] | None = None
    private_key: tuple[str | None, Keys | None] | None = None
    moved_key: str | None = None


class CredentialRecord(Struct, frozen=True, kw_only=True):
    """A stored credential: its name, the account it logs on, and the sealed secrets.

    Attributes:
        owner: who may let work run by it where it has no access list.
        local: whether a run on this machine may take the account.
    """

    id: int
    name: str
    user_name: str
    secret: str
    private_key: str | None
    changed: datetime
    changed_by: str
    owner: str
    local: bool
    acl: ACL | None

    def __repr__(self) -> str:
        return f"CredentialRecord({self.name})"


_read = Reader(_credential.c, CredentialRest, user_name=Text)


def unvouched(credential: CredentialRecord) -> str | None:
    """Why no run on this machine may take the account, in a sentence; None if one may."""
    if credential.local:
        return None
    return (
        f"Nobody with the right AccessControl.Change has said that {credential.user_name} may be an account "
        "of this machine, where no password is asked for: let one set its logonUserName."
    )


def all_credentials(c: Connection) -> list[CredentialRecord]:
    """All credentials, by name."""
    return [_record(_read(row)) for row in c.execute(select(_credential).order_by(_credential.c.name_key))]


def get(c: Connection, name: str) -> CredentialRecord:
    """The credential of that name, whoever may look at it. Raises CredentialNotFound."""
    row = c.execute(select(_credential).where(_credential.c.name_key == _key(name))).one_or_none()
    if row is None:
        raise CredentialNotFound(f"There is no credential {name}.", target=name)
    return _record(_read(row))


def exist(c: Connection) -> bool:
    """Whether any is stored."""
    return c.scalar(select(_credential.c.id).limit(1)) is not None


def name_of(c: Connection, id: int) -> str:
    """The name of the credential of that number. Raises CredentialNotFound."""
    name: str | None = c.scalar(select(_credential.c.name).where(_credential.c.id == id))
    if name is None:
        raise CredentialNotFound(f"There is no credential {id}.", target=id)
    return name


def find(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a credential, by number or name. Raises CredentialNotFound."""
    return lookup.named(c, _credential, CredentialNotFound, id=id, name=name)


def all_documents(c: Connection) -> list[Credential]:
    """Every credential as callers see it, by name."""
    rows = _read.every(c.execute(select(_credential).order_by(_credential.c.name_key)))
    return [_document(row) for row in guarding.shown(c, _credential, rows)]


def document(c: Connection, id: int) -> Credential:
    """One credential as callers see it. Raises CredentialNotFound."""
    return _document(_read(_row(c, find(c, id=id))))


def sealed(c: Connection, id: int) -> CredentialRecord:
    """One credential with its sealed secrets. Raises CredentialNotFound."""
    return _record(_read(_row(c, find(c, id=id))))


def create(
    c: Connection,
    document: Credential,
    secrets: Secrets,
    *,
    user: str,
    vouched: bool,
    lenient: bool = False,
) -> int:
    """Make a credential; its number.

    Args:
        c: the transaction.
        document: what is said of it.
        secrets: its sealed secrets, of which the password is one.
        user: who makes it, and owns it.
        vouched: whether he may name an account of this machine, which asks for no password.
        lenient: whether what is known and not obeyed is kept.

    Raises:
        AlreadyExists: there is one of that name.
        InvalidName, InvalidArgument: the document cannot be taken.
    """
    definition_stamps.lock(c)
    rest = CredentialRest(owner=user, far=not vouched)
    return versions.make(c, _credential, _content(c, document, rest, secrets, None, lenient), user=user)


def hold(
    c: Connection,
    patch: Patch[Credential],
    *,
    id: int | None,
    name: str | None,
    condition: Precondition = ALWAYS,
) -> versions.Held:
    """Take the credential that is to be changed: of the number or name, or else the one that the patch names.

    Raises:
        CredentialNotFound: there is no such credential.
        VersionConflict, PreconditionFailed: it is not as the caller demands.
    """
    return versions.hold_meant(
        c, _credential, patch, find, "credential_name", id=id, name=name, condition=condition
    )


def hold_it(c: Connection, id: int, condition: Precondition = ALWAYS) -> versions.Held:
    """Take the credential of that number. Raises as :func:`hold` does."""
    return versions.hold(c, _credential, find(c, id=id), condition)


def changed(c: Connection, held: versions.Held, patch: Patch[Credential]) -> Credential:
    """What a held credential would be by a patch."""
    return patched(document(c, held.id), patch)


def change(
    c: Connection,
    held: versions.Held,
    document: Credential,
    secrets: Secrets,
    *,
    user: str,
    vouched: bool,
    lenient: bool = False,
) -> None:
    """Let a held credential be what a document says; see :func:`create`.

    Raises as :func:`create` does, and:
        InUse: it would get another name, and something refers to it.
        VersionConflict: somebody else has changed it.
    """
    row = _read(_row(c, held.id))
    before, rest = _document(row), row.rest
    rest.owner = rest.owner or row.changed_by
    values = _content(c, document, rest, secrets, before, lenient)
    if (values["user_name"] or values["name"]) != (row.user_name or row.name) or row.damage is not None:
        rest.far = not vouched
        values["document"] = stored.encoded(rest)
    if values["name_key"] != names.fold(before.credential_name):
        # Who refers to it does so by its name, and would log on nowhere any more without a word.
        _check_unused(c, held.id, before.credential_name)
    held.write(c, values, user=user)


def give_keys(c: Connection, held: versions.Held, secrets: Secrets, *, user: str) -> None:
    """Give a held credential other keys. Raises VersionConflict."""
    row = _read(_row(c, held.id))
    rest = row.rest
    rest.owner = rest.owner or row.changed_by
    held.write(c, _secrets(rest, secrets) | {"document": stored.encoded(rest)}, user=user)


def put(c: Connection, name: str, *, user_name: str, secret: str, by: str) -> bool:
    """Make a credential with a sealed password, or give one another; whether it was made.

    For who administers the machine: the account may be one of it.
    """
    definition_stamps.lock(c)
    row = c.execute(select(_credential).where(_credential.c.name_key == _key(name))).one_or_none()
    rest = CredentialRest() if row is None else _read(row).rest
    rest.owner, rest.far = by, False
    values = {
        "name": name,
        "name_key": _key(name),
        "user_name": user_name,
        **_secrets(rest, Secrets(password=(secret, False))),
        "document": stored.encoded(rest),
    }
    if row is None:
        versions.make(c, _credential, values, user=by)
        return True
    versions.hold(c, _credential, row.id, ALWAYS).write(c, values, user=by)
    return False


def delete(c: Connection, name: str) -> None:
    """Delete a credential.

    Raises:
        CredentialNotFound: there is no such credential.
        InUse: an agent, job or folder names it.
    """
    remove(c, find(c, name=name))


def remove(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete the credential of that number; its name.

    Raises:
        CredentialNotFound: there is no such credential.
        InUse: something refers to it.
        VersionConflict: it is not as the caller demands.
    """
    found = document(c, id)
    held = versions.hold(c, _credential, id, condition)
    _check_unused(c, id, found.credential_name)
    held.remove(c)
    return found.credential_name


def references_to(c: Connection, id: int) -> list[Reference]:
    """What refers to a credential, settings too. Raises CredentialNotFound."""
    name = document(c, id).credential_name
    found = referring.references(c, ValueType.CREDENTIAL, id, name)
    settings = [
        Reference(
            type="Setting",
            referring_name=each,
            folder_path=None,
            property_name=each,
            description="It is the value of the setting.",
        )
        for each in _settings_of(c, name)
    ]
    return referring.by_path([*found, *settings])


def _settings_of(c: Connection, name: str) -> list[str]:
    return [each for each in SETTINGS if _key(stored_settings.text(c, each)) == _key(name)]


def _check_unused(c: Connection, id: int, name: str) -> None:
    """Raises InUse when something refers to it; the message names what does."""
    referring.check_unused(c, ValueType.CREDENTIAL, id, name)
    settings = _settings_of(c, name)
    if settings:
        raise InUse(f"{name} is used by the setting {' and '.join(settings)}.", target=name)


def told(keys: Any) -> Keys:
    """What is told of a pair of keys, which has these members and the private key."""
    return Keys(key_type=keys.key_type, length=keys.length, public=keys.public, fingerprint=keys.fingerprint)


def _key(name: str) -> str:
    return names.fold(name.strip())


def _row(c: Connection, id: int) -> AnyRow:
    return c.execute(select(_credential).where(_credential.c.id == id)).one()


def _record(row: Found) -> CredentialRecord:
    return CredentialRecord(
        id=row.id,
        name=row.name,
        user_name=row.user_name or row.name,
        secret=row.secret,
        private_key=row.private_key,
        changed=row.changed,
        changed_by=row.changed_by,
        owner=row.rest.owner or row.changed_by,
        # What cannot be read has not been vouched for.
        local=not row.rest.far and row.damage is None,
        acl=row.rest.acl,
    )


def _document(row: Found) -> Credential:
    rest, keys = row.rest, row.rest.keys
    return Credential(
        credential_id=row.id,
        credential_name=row.name,
        description=rest.description,
        logon_user_name=row.user_name,
        password_changed_utc=None if rest.bare else rest.password_changed or row.changed,
        key_type=keys.key_type if keys else None,
        key_length=keys.length if keys else 0,
        public_key=f"{keys.public} {row.name}" if keys else None,
        fingerprint=keys.fingerprint if keys else None,
        owner=rest.owner or row.changed_by,
        local_account=not rest.far and row.damage is None,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        damage=row.damage,
        not_obeyed=marks(access_list=rest.acl),
        acl=rest.acl,
    )


def _content(
    c: Connection,
    document: Credential,
    rest: CredentialRest,
    secrets: Secrets,
    before: Credential | None,
    lenient: bool,
) -> dict[str, Any]:
    id, borne = (before.credential_id, before.credential_name) if before else (None, None)
    name = lookup.free_name(
        c,
        _credential,
        document.credential_name,
        id=id,
        borne=borne,
        what="a credential",
        member="credentialName",
    )
    key = names.fold(name)
    acceptance = Acceptance()
    rest.acl = acceptance.access_list(document.acl, before.acl if before else None)
    acceptance.settle(lenient=lenient)
    rest.description = document.description
    values: dict[str, Any] = {
        "name": name,
        "name_key": key,
        "user_name": document.logon_user_name.strip(),
    }
    values |= _secrets(rest, secrets)
    return values | {"document": stored.encoded(rest)}


def _secrets(rest: CredentialRest, secrets: Secrets) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if secrets.password is not None:
        values["secret"], rest.bare = secrets.password
        rest.password_changed = None if rest.bare else datetime.now(UTC)
    if secrets.private_key is not None:
        values["private_key"], rest.keys = secrets.private_key
    if secrets.moved_key is not None:
        values["private_key"] = secrets.moved_key
    return values
