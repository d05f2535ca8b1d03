"""Column types that mean the same on SQLite, PostgreSQL and SQL Server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, Dialect, Row, SmallInteger, String, Unicode, UnicodeText
from sqlalchemy import types as sql
from sqlalchemy.dialects import mssql

from jams.objects.enums import Severity

if TYPE_CHECKING:
    AnyRow = Row[*tuple[Any, ...]]
else:
    AnyRow = Row

Name = Unicode(255)
NameKey = Unicode(255)
Path = Unicode(800)
PathKey = Unicode(800)
Note = UnicodeText()
Document = UnicodeText()
"""Text of a document that is stored whole: JSON, or a job's source."""

_BY_RANK = {severity.rank: severity for severity in Severity}


class _AsFound:
    """Gives a value that is none of the type as it stands in the database: who reads the row judges it."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """What turns a value of the database into one of the type."""
        process: Callable[[Any], Any] | None = super().result_processor(dialect, coltype)  # type: ignore[misc]
        if process is None:
            return None

        def found(value: Any) -> Any:
            try:
                return process(value)
            except (ValueError, TypeError, LookupError, OverflowError):
                return value

        return found


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class _Microseconds(sql.UserDefinedType[datetime]):
    """A time on SQLite, which has no type for it: microseconds since 1970, a third of what a text takes."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The name of the type in the schema."""
        return "DATETIME"

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        """To the database."""
        return lambda value: None if value is None else (value - _EPOCH) // _MICROSECOND

    def literal_processor(self, dialect: Dialect) -> Callable[[datetime], str]:
        """Into the text of a statement."""
        return lambda value: str((value - _EPOCH) // _MICROSECOND)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """From the database."""
        return lambda value: _EPOCH + timedelta(microseconds=value) if type(value) is int else value


def microseconds(value: datetime) -> int:
    """A time that another database gave without its zone, as SQLite keeps it."""
    return (value.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


class UtcTime(_AsFound, sql.TypeDecorator[datetime]):
    """An aware time, kept as UTC without an offset; exact to the microsecond."""

    impl = (
        sql.DateTime()
        .with_variant(mssql.DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
        .with_variant(_Microseconds(), "sqlite")
    )
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value if dialect.name == "sqlite" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


class SeverityRank(_AsFound, sql.TypeDecorator[Severity]):
    """A severity, kept as its rank so that "at least as bad as" is a comparison."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Severity | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else value.rank

    def process_result_value(self, value: int | None, dialect: Dialect) -> Severity | None:
        """From the database."""
        return None if value is None else _BY_RANK[value]


class Choice(_AsFound, sql.TypeDecorator[Any]):
    """A member of an enumeration, kept as its published name."""

    impl = String(32)
    cache_ok = True

    def __init__(self, choices: type[Enum]) -> None:
        super().__init__()
        self.choices = choices
        self._members = {member.value: member for member in choices}

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Enum | None:
        """From the database."""
        return None if value is None else self._members[value]


class YesNo(_AsFound, sql.TypeDecorator[bool]):
    """Yes or no."""

    impl = sql.Boolean
    cache_ok = True


class Day(_AsFound, sql.TypeDecorator[date]):
    """A day."""

    impl = sql.Date
    cache_ok = True


def new_id(made: CursorResult[*tuple[Any, ...]]) -> int:
    """The number that the database gave to an inserted row."""
    key = made.inserted_primary_key
    assert key is not None
    return int(key[0])
