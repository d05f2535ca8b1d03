"""Where sealed secrets lie: every column of the database that holds one, and what it is bound to.

Whoever adds such a column adds it to :data:`PLACES`, and what goes through all secrets finds it: a change of
keys, the proof that all can be opened, a restored backup.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Column, Connection, Table, bindparam, func, select, update

from . import tables
from .names import fold


class Place(NamedTuple):
    """A column of sealed texts: its table, the column, that of the name, and what the names name.

    ``by_number``: its names are not unique, and its secrets are bound to the numbers of their rows.
    """

    table: Table
    secret: Column[str] | Column[str | None]
    named: Column[str]
    noun: str
    by_number: bool = False

    def purpose(self, name: str) -> str:
        """What a secret of that name, or number, is bound to, so that it opens in no other row."""
        return f"{self.noun} {fold(name)}"

    def purpose_of(self, row: Row) -> str:
        """What the secret of a row is bound to."""
        return self.purpose(str(row.id) if self.by_number else row.name)


class Row(NamedTuple):
    """A sealed secret: the number of its row, the name, and the sealed text."""

    id: int
    name: str
    sealed: str


CREDENTIAL = Place(tables.credential, tables.credential.c.secret, tables.credential.c.name, "credential")
ONE_TIME_CODE = Place(
    tables.account, tables.account.c.code_secret, tables.account.c.name, "one-time codes of"
)

PRIVATE_KEY = Place(
    tables.credential, tables.credential.c.private_key, tables.credential.c.name, "private key of credential"
)

VARIABLE = Place(
    tables.variable, tables.variable.c.secret, tables.variable.c.name, "variable", by_number=True
)

PLACES: tuple[Place, ...] = (CREDENTIAL, PRIVATE_KEY, ONE_TIME_CODE, VARIABLE)


def count(c: Connection, place: Place, *, but: str | None = None) -> int:
    """How many secrets lie there; without the texts that begin with ``but``."""
    query = select(func.count()).select_from(place.table).where(place.secret.is_not(None))
    if but is not None:
        query = query.where(~place.secret.startswith(but, autoescape=True))
    return c.scalar(query) or 0


def after(c: Connection, place: Place, id: int, most: int, *, but: str | None = None) -> list[Row]:
    """The next ``most`` secrets behind the row of that number; without the texts that begin with ``but``."""
    query = select(place.table.c.id, place.named, place.secret)
    query = query.where(place.table.c.id > id, place.secret.is_not(None))
    if but is not None:
        query = query.where(~place.secret.startswith(but, autoescape=True))
    rows = c.execute(query.order_by(place.table.c.id).limit(most))
    return [Row(*row) for row in rows]


def any_begins(c: Connection, place: Place, beginning: str) -> bool:
    """Whether a sealed text lies there that begins so."""
    query = select(place.table.c.id).where(place.secret.startswith(beginning, autoescape=True))
    return c.execute(query.limit(1)).first() is not None


def replace(c: Connection, place: Place, changes: Sequence[tuple[Row, str]]) -> int:
    """Put other texts in place of sealed ones, where these are still the same; how many were replaced.

    The row's version and time stay: the secret is the one it was.
    """
    guarded = update(place.table).where(
        place.table.c.id == bindparam("its"), place.secret == bindparam("before")
    )
    changed = guarded.values({place.secret.name: bindparam("sealed")})
    done = c.execute(
        changed, [{"its": row.id, "before": row.sealed, "sealed": text} for row, text in changes]
    )
    return done.rowcount
