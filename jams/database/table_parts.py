"""What the tables are made of: their common metadata, and the columns that many of them have."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData

from .columns import Document, Name, NameKey, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer, "sqlite")
"""SQLite gives out numbers by itself only for a column declared INTEGER."""


def number() -> Column[int]:
    """The number of an object, given by the database."""
    return Column("id", Number, primary_key=True)


def named() -> tuple[Column[str], Column[str]]:
    """A name, and the folded form by which it is compared."""
    return Column("name", Name, nullable=False), Column("name_key", NameKey, nullable=False)


def changed() -> tuple[Column[object], ...]:
    """Who changed an object when, and what of it has no column."""
    return (
        Column("version", Number, nullable=False),
        Column("changed", UtcTime, nullable=False),
        Column("changed_by", Name, nullable=False),
        Column("document", Document, nullable=False),
    )
