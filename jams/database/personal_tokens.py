"""The rows of personal access tokens. What they are worth is judged elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, func, insert, select
from sqlalchemy import delete as sql_delete

from jams.objects.errors import AlreadyExists, NotFound

from . import names, tables
from .columns import AnyRow, new_id

_personal = tables.personal_token
_account = tables.account


class TokenRow(Struct, frozen=True, kw_only=True):
    """A token: whose it is, the rights and folders it is narrowed to, if any, and until when it holds."""

    id: int
    account_id: int
    account: str
    name: str
    rights: tuple[str, ...]
    folders: tuple[int, ...] = ()
    created: datetime
    expires: datetime
    operations: tuple[str, ...] = ()
    read_only: bool = False


_query = select(_personal, _account.c.name.label("owner")).join(
    _account, _personal.c.account_id == _account.c.id
)


def add(
    c: Connection,
    account_id: int,
    name: str,
    digest: str,
    *,
    rights: tuple[str, ...],
    folders: Iterable[int] = (),
    created: datetime,
    expires: datetime,
    operations: Iterable[str] = (),
    read_only: bool = False,
) -> int:
    """Remember a token of an account; its number. One of the name that has run out makes room.

    Raises:
        AlreadyExists: the account has a token of that name.
    """
    key = names.fold(name)
    mine = (_personal.c.account_id == account_id) & (_personal.c.name_key == key)
    c.execute(sql_delete(_personal).where(mine, _personal.c.expires <= created))
    if c.scalar(select(_personal.c.id).where(mine)) is not None:
        raise AlreadyExists(f"There is a token {name} already.", target=name, member="tokenName")
    values = {
        "account_id": account_id,
        "name": name,
        "name_key": key,
        "digest": digest,
        "rights": ",".join(rights),
        "folders": ",".join(map(str, folders)),
        "created": created,
        "expires": expires,
        "operations": ",".join(operations),
        "read_only": read_only,
    }
    return new_id(c.execute(insert(_personal).values(values)))


def of_account(c: Connection, account: str | None) -> list[TokenRow]:
    """The tokens of an account, or of all, by account and name; those that have run out as well."""
    query = _query.order_by(_account.c.name_key, _personal.c.name_key)
    if account is not None:
        query = query.where(_account.c.name_key == names.fold(account))
    return [_row(row) for row in c.execute(query)]


def count(c: Connection, account_id: int) -> int:
    """How many tokens an account has."""
    return c.scalar(select(func.count()).where(_personal.c.account_id == account_id)) or 0


def of_digest(c: Connection, digest: str) -> TokenRow | None:
    """The token of that digest, whether it has run out or not."""
    row = c.execute(_query.where(_personal.c.digest == digest)).one_or_none()
    return None if row is None else _row(row)


def revoke(c: Connection, id: int, account: str | None) -> TokenRow:
    """Forget a token, if it is one of the account, or of anybody; what it was. Raises NotFound."""
    query = _query.where(_personal.c.id == id)
    if account is not None:
        query = query.where(_account.c.name_key == names.fold(account))
    row = c.execute(query).one_or_none()
    if row is None or not c.execute(sql_delete(_personal).where(_personal.c.id == id)).rowcount:
        raise NotFound(f"There is no token {id}.", target=id)
    return _row(row)


def _row(row: AnyRow) -> TokenRow:
    return TokenRow(
        id=row.id,
        account_id=row.account_id,
        account=row.owner,
        name=row.name,
        rights=tuple(filter(None, row.rights.split(","))),
        folders=tuple(int(number) for number in filter(None, row.folders.split(","))),
        created=row.created,
        expires=row.expires,
        operations=tuple(filter(None, row.operations.split(","))),
        read_only=row.read_only is True,
    )
