"""What the tables are made of: their common metadata, and the columns that many of them have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Index, Integer, MetaData

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


WHERE = "where"
"""Under this name the information of an index holds for which rows it is."""


def index_where(condition: ColumnElement[bool], *columns: Column[Any], unique: bool = False) -> Index:
    """An index of the rows alone for which a condition holds.

    The modules of PostgreSQL and SQL Server hear of it by the index's information: to name a dialect here
    would import it, which takes a twentieth of a start on SQLite.
    """
    return Index(None, *columns, unique=unique, info={WHERE: condition}, sqlite_where=condition)
