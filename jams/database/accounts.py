"""Accounts, their groups, and the tokens they were given.

Rows only: passwords and rights are judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.accounts import LOCAL
from jams.objects.base import NEVER
from jams.objects.errors import AccountNotFound, AlreadyExists, GroupNotFound

from . import names, tables
from .columns import AnyRow, new_id

_account = tables.account
_group = tables.account_group
_membership = tables.membership
_token = tables.token


class AccountRecord(Struct, frozen=True, kw_only=True):
    """An account. ``password_hash`` None: nobody can log in with a password.

    ``source`` tells where it comes from, ``external_id`` what it is there.
    """

    id: int
    name: str
    password_hash: str | None
    enabled: bool
    description: str
    groups: tuple[str, ...]
    source: str = LOCAL
    external_id: str | None = None
    service: bool = False
    password_set: datetime | None = None
    must_change: bool = False
    last_login: datetime | None = None
    code_secret: str | None = None
    code_confirmed: bool = False
    created: datetime = NEVER
    changed: datetime = NEVER
    changed_by: str = ""

    @property
    def takes_codes(self) -> bool:
        """Whether its password counts only beside a one-time code."""
        return self.code_secret is not None and self.code_confirmed

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


def get(c: Connection, *, id: int | None = None, name: str | None = None) -> AccountRecord:
    """The account of that number or name. Raises AccountNotFound."""
    found = find(c, name or "") if id is None else by_id(c, id)
    if found is None:
        raise AccountNotFound(f"There is no account {name if id is None else id}.", target=id or name)
    return found


def of_outsider(c: Connection, source: str, external_id: str) -> AccountRecord | None:
    """The account of somebody by what he is called in the directory or by the issuer he comes from."""
    which = (_account.c.source == source) & (_account.c.external_id == external_id)
    row = c.execute(select(_account).where(which).order_by(_account.c.id).limit(1)).one_or_none()
    return None if row is None else _record(row, _groups_of(c, [row.id]))


def bind_outside(c: Connection, id: int, external_id: str) -> bool:
    """Bind an account from outside to whom it is of; False when it is bound already."""
    which = (_account.c.id == id) & _account.c.external_id.is_(None)
    values = {"external_id": external_id, "changed": datetime.now(UTC)}
    return bool(c.execute(update(_account).where(which).values(values)).rowcount)


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
        source=row.source,
        external_id=row.external_id,
        service=row.service is True,
        password_set=row.password_set,
        must_change=row.must_change is True,
        last_login=row.last_login,
        code_secret=row.code_secret,
        code_confirmed=row.code_confirmed is True,
        created=row.created,
        changed=row.changed,
        changed_by=row.changed_by,
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
    source: str = LOCAL,
    external_id: str | None = None,
    service: bool = False,
    must_change: bool = False,
    by: str = "",
) -> AccountRecord:
    """Make an account.

    Raises:
        AlreadyExists: an account bears the name.
        GroupNotFound: a group does not exist.
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
            password_set=None if password_hash is None else now,
            source=source,
            external_id=external_id,
            service=service,
            must_change=must_change,
            changed_by=by,
        )
    )
    id = new_id(made)
    set_groups(c, id, groups)
    return _record(c.execute(select(_account).where(_account.c.id == id)).one(), _groups_of(c, [id]))


def set_password(
    c: Connection, id: int, password_hash: str | None, *, must_change: bool = False, by: str = ""
) -> None:
    """Give an account another password hash; None takes its password away."""
    now = datetime.now(UTC)
    change(
        c,
        id,
        by=by,
        password_hash=password_hash,
        password_set=None if password_hash is None else now,
        must_change=must_change,
    )


def remember_password(c: Connection, id: int, password_hash: str, most: int) -> None:
    """Keep the hash of a password that is replaced, and no more than so many of the account."""
    used = tables.password_used
    c.execute(insert(used).values(account_id=id, password_hash=password_hash, replaced=datetime.now(UTC)))
    kept = list(c.scalars(select(used.c.id).where(used.c.account_id == id).order_by(used.c.id.desc())))
    if len(kept) > most:
        c.execute(sql_delete(used).where(used.c.account_id == id, used.c.id <= kept[most]))


def passwords_used(c: Connection, id: int, most: int) -> list[str]:
    """The hashes of the passwords that an account had before, the latest first."""
    used = tables.password_used
    query = select(used.c.password_hash).where(used.c.account_id == id).order_by(used.c.id.desc())
    return list(c.scalars(query.limit(most)))


def renew_hash(c: Connection, old: str, new: str) -> None:
    """Hash the same password anew, unless the account has another one by now."""
    c.execute(update(_account).where(_account.c.password_hash == old).values(password_hash=new))


def change(c: Connection, id: int, *, by: str = "", **values: Any) -> None:
    """Change an account. Raises AccountNotFound when it is gone meanwhile."""
    values |= {"changed": datetime.now(UTC), "changed_by": by, "version": _account.c.version + 1}
    if c.execute(update(_account).where(_account.c.id == id).values(values)).rowcount != 1:
        raise AccountNotFound(f"Account {id} was deleted by somebody else.", target=id)


def note_login(c: Connection, id: int) -> None:
    """Note that an account has logged in now."""
    c.execute(update(_account).where(_account.c.id == id).values(last_login=datetime.now(UTC)))


def take_step(c: Connection, id: int, secret: str, step: int) -> bool:
    """Take a one-time code of that step of time, unless it or a later one was taken; whether it was."""
    fresh: ColumnElement[bool] = or_(_account.c.code_step.is_(None), _account.c.code_step < step)
    which = (_account.c.id == id) & (_account.c.code_secret == secret) & fresh
    return c.execute(update(_account).where(which).values(code_step=step)).rowcount == 1


def set_recovery_codes(c: Connection, id: int, digests: Iterable[str]) -> None:
    """Give an account these recovery codes, in place of those it had."""
    codes = tables.recovery_code
    c.execute(sql_delete(codes).where(codes.c.account_id == id))
    rows = [{"digest": digest, "account_id": id} for digest in digests]
    if rows:
        c.execute(insert(codes), rows)


def spend_recovery_code(c: Connection, id: int, digest: str) -> bool:
    """Take a recovery code, which holds no more then; whether it held."""
    codes = tables.recovery_code
    which = (codes.c.account_id == id) & (codes.c.digest == digest)
    return c.execute(sql_delete(codes).where(which)).rowcount == 1


def set_enabled(c: Connection, id: int, enabled: bool) -> None:
    """Let an account in, or keep it out."""
    change(c, id, enabled=enabled)


def set_groups(c: Connection, id: int, groups: Iterable[str]) -> None:
    """Put an account into exactly these groups. Raises GroupNotFound when one does not exist."""
    lock(c)
    numbers = {_group_id(c, name) for name in groups}
    c.execute(sql_delete(_membership).where(_membership.c.account_id == id))
    if numbers:
        c.execute(insert(_membership), [{"account_id": id, "group_id": number} for number in numbers])


def _group_id(c: Connection, name: str) -> int:
    id = c.scalar(select(_group.c.id).where(_group.c.name_key == names.fold(name)))
    if id is None:
        raise GroupNotFound(f"There is no group {name}.", target=name)
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


def is_group(c: Connection, name: str) -> bool:
    """Whether a group bears a name, in any case."""
    return c.scalar(select(_group.c.id).where(_group.c.name_key == names.fold(name))) is not None


def delete(c: Connection, id: int) -> None:
    """Delete an account with its tokens and memberships; unknown numbers are no error."""
    c.execute(sql_delete(_token).where(_token.c.account_id == id))
    for table in (
        tables.personal_token,
        tables.password_used,
        tables.recovery_code,
        tables.outside_standing,
    ):
        c.execute(sql_delete(table).where(table.c.account_id == id))
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


def end_logins(
    c: Connection,
    account_id: int,
    kinds: Iterable[str],
    family: str | None = None,
    *,
    but: str | None = None,
) -> int:
    """Forget the tokens of these kinds of one login, or of all logins of an account; how many have ended.

    ``but`` is a login that goes on.
    """
    which = (_token.c.account_id == account_id) & _token.c.kind.in_(list(kinds))
    if family is not None:
        which &= _token.c.family == family
    if but is not None:
        which &= or_(_token.c.family.is_(None), _token.c.family != but)
    ended = c.scalar(select(func.count(_token.c.family.distinct())).where(which))
    c.execute(sql_delete(_token).where(which))
    return ended or 0


def delete_endless_tokens(c: Connection, kind: str) -> int:
    """Forget tokens of a kind that would never expire; how many."""
    endless = _token.c.expires.is_(None) & (_token.c.kind == kind)
    return int(c.execute(sql_delete(_token).where(endless)).rowcount)


def prune_tokens(c: Connection, now: datetime) -> int:
    """Forget tokens that have expired; how many."""
    return int(c.execute(sql_delete(_token).where(_token.c.expires <= now)).rowcount)
