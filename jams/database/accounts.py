"""Accounts, their groups, and the tokens they were given.

Rows only: passwords and rights are judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.errors import AlreadyExists, NotFound

from . import names, tables
from .columns import AnyRow, new_id

_account = tables.account
_group = tables.account_group
_membership = tables.membership
_token = tables.token


class AccountRecord(Struct, frozen=True, kw_only=True):
    """An account. ``password_hash`` None: nobody can log in with a password."""

    id: int
    name: str
    password_hash: str | None
    enabled: bool
    description: str
    groups: tuple[str, ...]

    def __repr__(self) -> str:
        return f"AccountRecord({self.name})"


class TokenRecord(Struct, frozen=True, kw_only=True):
    """A token that was given to an account; ``expires`` None: never; ``family`` names its login."""

    account: AccountRecord
    kind: str
    family: str | None
    created: datetime
    expires: datetime | None


def find(c: Connection, name: str) -> AccountRecord | None:
    """The account of that name, in any case."""
    row = c.execute(select(_account).where(_account.c.name_key == names.fold(name))).one_or_none()
    return None if row is None else _record(row, _groups_of(c, [row.id]))


def by_id(c: Connection, id: int) -> AccountRecord | None:
    """The account of that number."""
    row = c.execute(select(_account).where(_account.c.id == id)).one_or_none()
    return None if row is None else _record(row, _groups_of(c, [row.id]))


def all_accounts(c: Connection) -> list[AccountRecord]:
    """All accounts, by name."""
    rows = c.execute(select(_account).order_by(_account.c.name_key)).all()
    groups = _groups_of(c, [row.id for row in rows])
    return [_record(row, groups) for row in rows]


def _record(row: AnyRow, groups: dict[int, list[str]]) -> AccountRecord:
    return AccountRecord(
        id=row.id,
        name=row.name,
        password_hash=row.password_hash,
        enabled=row.enabled is True,
        description=row.description,
        groups=tuple(groups.get(row.id, ())),
    )


def _groups_of(c: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    query = select(_membership.c.account_id, _group.c.name).join(
        _group, _membership.c.group_id == _group.c.id
    )
    found: dict[int, list[str]] = {}
    for row in c.execute(query.where(_membership.c.account_id.in_(ids)).order_by(_group.c.name_key)):
        found.setdefault(row.account_id, []).append(row.name)
    return found


def lock(c: Connection) -> None:
    """Begin to change accounts, groups or memberships: nobody else does until the transaction ends.

    One name is borne by an account or by a group, which no constraint of a table can state.
    """
    c.execute(select(_group.c.id).order_by(_group.c.id).with_for_update()).all()


def still(c: Connection, account: AccountRecord) -> bool:
    """Whether an account is enabled and has that password, as it will until the transaction ends."""
    query = select(_account.c.password_hash, _account.c.enabled).where(_account.c.id == account.id)
    row = c.execute(query.with_for_update(read=True)).one_or_none()
    return row is not None and row.enabled and row.password_hash == account.password_hash


def create(
    c: Connection,
    name: str,
    *,
    password_hash: str | None = None,
    groups: Iterable[str] = (),
    description: str = "",
    enabled: bool = True,
) -> AccountRecord:
    """Make an account.

    Raises:
        AlreadyExists: an account bears the name.
        NotFound: a group does not exist.
        InvalidName: the name is not one an account can bear.
    """
    names.check_name(name, "username")
    if find(c, name) is not None:
        raise AlreadyExists(f"There is an account {name} already.", target=name, member="username")
    now = datetime.now(UTC)
    made = c.execute(
        insert(_account).values(
            name=name,
            name_key=names.fold(name),
            password_hash=password_hash,
            enabled=enabled,
            description=description,
            created=now,
            changed=now,
        )
    )
    id = new_id(made)
    set_groups(c, id, groups)
    return _record(c.execute(select(_account).where(_account.c.id == id)).one(), _groups_of(c, [id]))


def set_password(c: Connection, id: int, password_hash: str | None) -> None:
    """Give an account another password hash; None takes its password away."""
    _update(c, id, password_hash=password_hash)


def renew_hash(c: Connection, old: str, new: str) -> None:
    """Hash the same password anew, unless the account has another one by now."""
    c.execute(update(_account).where(_account.c.password_hash == old).values(password_hash=new))


def set_enabled(c: Connection, id: int, enabled: bool) -> None:
    """Let an account in, or keep it out."""
    _update(c, id, enabled=enabled)


def _update(c: Connection, id: int, **values: Any) -> None:
    c.execute(update(_account).where(_account.c.id == id).values(changed=datetime.now(UTC), **values))


def set_groups(c: Connection, id: int, groups: Iterable[str]) -> None:
    """Put an account into exactly these groups. Raises NotFound when one does not exist."""
    lock(c)
    numbers = {_group_id(c, name) for name in groups}
    c.execute(sql_delete(_membership).where(_membership.c.account_id == id))
    if numbers:
        c.execute(insert(_membership), [{"account_id": id, "group_id": number} for number in numbers])


def _group_id(c: Connection, name: str) -> int:
    id = c.scalar(select(_group.c.id).where(_group.c.name_key == names.fold(name)))
    if id is None:
        raise NotFound(f"There is no group {name}.", target=name)
    return int(id)


def ensure_group(c: Connection, name: str, description: str = "") -> None:
    """Make a group, unless there is one of that name. Raises InvalidName."""
    names.check_name(name, "group")
    lock(c)
    key = names.fold(name)
    if c.scalar(select(_group.c.id).where(_group.c.name_key == key)) is None:
        c.execute(insert(_group).values(name=name, name_key=key, description=description))


def all_groups(c: Connection) -> list[str]:
    """The names of all groups, in order."""
    return list(c.scalars(select(_group.c.name).order_by(_group.c.name_key)))


def delete(c: Connection, id: int) -> None:
    """Delete an account with its tokens and memberships; unknown numbers are no error."""
    c.execute(sql_delete(_token).where(_token.c.account_id == id))
    c.execute(sql_delete(tables.personal_token).where(tables.personal_token.c.account_id == id))
    c.execute(sql_delete(_membership).where(_membership.c.account_id == id))
    c.execute(sql_delete(_account).where(_account.c.id == id))


def add_token(
    c: Connection,
    account_id: int,
    digest: str,
    *,
    kind: str,
    expires: datetime | None,
    family: str | None = None,
) -> None:
    """Remember a token by the SHA-256 of it, in hexadecimal."""
    values = {
        "digest": digest,
        "account_id": account_id,
        "kind": kind,
        "family": family,
        "created": datetime.now(UTC),
        "expires": expires,
    }
    c.execute(insert(_token), values)


def find_token(c: Connection, digest: str) -> TokenRecord | None:
    """The token with that digest, expired or not."""
    query = select(
        _account, _token.c.kind, _token.c.family, _token.c.created.label("given"), _token.c.expires
    ).join(_account, _token.c.account_id == _account.c.id)
    row = c.execute(query.where(_token.c.digest == digest)).one_or_none()
    if row is None:
        return None
    account = _record(row, _groups_of(c, [row.id]))
    return TokenRecord(
        account=account, kind=row.kind, family=row.family, created=row.given, expires=row.expires
    )


def turn_token(c: Connection, digest: str, kind: str, into: str) -> bool:
    """Make a token of one kind one of another; False when it is not of that kind (any more)."""
    which = (_token.c.digest == digest) & (_token.c.kind == kind)
    return bool(c.execute(update(_token).where(which).values(kind=into)).rowcount)


def delete_family(c: Connection, family: str) -> None:
    """Forget all tokens of one login."""
    c.execute(sql_delete(_token).where(_token.c.family == family))


def end_logins(c: Connection, account_id: int, kinds: Iterable[str], family: str | None = None) -> int:
    """Forget the tokens of these kinds of one login, or of all logins of an account; how many have ended."""
    which = (_token.c.account_id == account_id) & _token.c.kind.in_(list(kinds))
    if family is not None:
        which &= _token.c.family == family
    ended = c.scalar(select(func.count(_token.c.family.distinct())).where(which))
    c.execute(sql_delete(_token).where(which))
    return ended or 0


def prune_tokens(c: Connection, now: datetime) -> int:
    """Forget tokens that have expired; how many."""
    return int(c.execute(sql_delete(_token).where(_token.c.expires <= now)).rowcount)
