"""Column types that mean the same on SQLite, PostgreSQL and SQL Server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, Dialect, Row, SmallInteger, String, Unicode, UnicodeText
from sqlalchemy import types as sql

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

    def literal_processor(self, dialect: Dialect) -> Callable[[datetime], str]:
        """Into the text of a statement."""
        return lambda value: str((value - _EPOCH) // _MICROSECOND)


def _to_microseconds(value: datetime | None) -> int | None:
    return None if value is None else (value - _EPOCH) // _MICROSECOND


def _from_microseconds(value: Any) -> Any:
    if value is None:
        return None
    try:
        return _EPOCH + timedelta(microseconds=value) if type(value) is int else value
    except OverflowError:
        return value


def microseconds(value: datetime) -> int:
    """A time that another database gave without its zone, as SQLite keeps it."""
    return (value.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


class UtcTime(_AsFound, sql.TypeDecorator[datetime]):
    """An aware time, kept as UTC without an offset; exact to the microsecond.

    Rows are read and written by the thousand: on SQLite one step makes a value what it is, and the type
    beneath is asked for literals alone.
    """

    impl = sql.DateTime().with_variant(_Microseconds(), "sqlite")
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """What turns a time into a value of the database."""
        return _to_microseconds if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """What turns a value of the database into a time."""
        return _from_microseconds if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value if dialect.name == "sqlite" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _rank_of(value: Severity | None) -> int | None:
    return None if value is None else value.rank


class SeverityRank(sql.TypeDecorator[Severity]):
    """A severity, kept as its rank so that "at least as bad as" is a comparison."""

    impl = SmallInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Severity | None], int | None]:
        """What turns a severity into a rank."""
        return _rank_of

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """What turns a rank into a severity; what is none stays as it stands."""
        return lambda value: _BY_RANK.get(value, value)

    def process_bind_param(self, value: Severity | None, dialect: Dialect) -> int | None:
        """To the database."""
        return _rank_of(value)


def _name_of(value: Enum | None) -> str | None:
    return None if value is None else str(value.value)


class Choice(sql.TypeDecorator[Any]):
    """A member of an enumeration, kept as its published name."""

    impl = String(32)
    cache_ok = True

    def __init__(self, choices: type[Enum]) -> None:
        super().__init__()
        self.choices = choices
        self._members = {member.value: member for member in choices}

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:
        """To the database."""
        return _name_of(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[Enum | None], str | None]:
        """What turns a member into a name."""
        return _name_of

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """What turns a name into a member; what is none stays as it stands."""
        members = self._members
        return lambda value: members.get(value, value)


class YesNo(sql.TypeDecorator[bool]):
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
