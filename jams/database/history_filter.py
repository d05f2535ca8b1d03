"""OData filters over the history, as SQL conditions (REST interface, history search)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput, UnexpectedToken, VisitError
from sqlalchemy import BigInteger, Column, ColumnElement, Integer, and_, func, not_, or_
from sqlalchemy.sql import visitors
from sqlalchemy.types import Unicode, UnicodeText

from jams.objects.enums import Severity
from jams.objects.errors import InvalidArgument

from .columns import SeverityRank, UtcTime
from .tables import history

_FIELDS = {
    "CompletionTimeUTC": history.c.completion_time,
    "HoldTimeUTC": history.c.hold_time,
    "ScheduledTimeUTC": history.c.scheduled_time,
    "ScheduleTimeUTC": history.c.scheduled_time,
    "StartTimeUTC": history.c.start_time,
    "FinalSeverity": history.c.final_severity,
    "JobName": history.c.job_name,
    "SubmittedBy": history.c.submitted_by,
    "RestartCount": history.c.restart_count,
    "JAMSEntry": history.c.number,
    "RON": history.c.ron,
    "ParentFolderName": history.c.folder_name,
    "Note": history.c.note,
    "JobStatus": history.c.job_status,
    "FinalStatus": history.c.final_status,
    "JobID": history.c.job_id,
}
_WHEN = frozenset(
    _FIELDS[name]
    for name in ("CompletionTimeUTC", "HoldTimeUTC", "ScheduledTimeUTC", "StartTimeUTC", "JAMSEntry", "RON")
)
_BY_NAME = {name.lower(): column for name, column in _FIELDS.items()}
_SHOWN = ", ".join(name for name in _FIELDS if name != "ScheduleTimeUTC")
_SEVERITIES = {severity.value.lower(): severity for severity in Severity}

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
_MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_LARGEST = 2**63 - 1
_MOST_CONDITIONS = 200
_MOST_NESTED = 100
"""A database has to read the condition as well: SQLite takes expressions 1000 deep."""


class _Kind(Enum):
    """What a literal is."""

    NULL = "null"
    TEXT = "text"
    TIME = "time"
    NUMBER = "number"
    TRUTH = "truth"


@dataclass(frozen=True)
class _Literal:
    """A value as it was written."""

    kind: _Kind
    written: str


_Operand = ColumnElement[Any] | _Literal


def condition(text: str) -> ColumnElement[bool]:
    """The condition that a filter describes. Raises InvalidArgument when it cannot be understood."""
    _check_size(text)
    try:
        found: ColumnElement[bool] = _parser().parse(text)  # type: ignore[assignment]
    except VisitError as error:
        raise error.orig_exc from None
    except UnexpectedInput as error:
        raise _refused(f"The filter {_fault(text, error)}.") from None
    return found


def tells_when(found: ColumnElement[bool]) -> bool:
    """Whether a condition names a time of runs, or which runs they are."""
    return any(each in _WHEN for each in visitors.iterate(found) if isinstance(each, Column))


@cache
def _parser() -> Lark:
    grammar = resources.files(__package__).joinpath("history_filter.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Conditions())


def _check_size(text: str) -> None:
    """Refuse unread what would cost much."""
    bare = re.sub(r"'[^']*'", "", text)
    words = re.findall(r"\w+", bare.lower())
    if bare.count("(") + words.count("not") > _MOST_NESTED:
        raise _refused("The filter is nested too deeply.")
    if words.count("and") + words.count("or") + bare.count(",") >= _MOST_CONDITIONS:
        raise _refused(f"The filter has more than {_MOST_CONDITIONS} conditions.")


def _fault(text: str, error: UnexpectedInput) -> str:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return "ends too early"
    return f"cannot be understood from {text[error.pos_in_stream or 0 :].strip()[:60]!r} on"


def _refused(message: str) -> InvalidArgument:
    return InvalidArgument(message, member="$filter")


def ordering(text: str | None) -> tuple[ColumnElement[Any], ...]:
    """The order that a text such as ``StartTimeUTC desc, JobName`` describes; without one the newest first.

    Raises:
        InvalidArgument: it names an unknown field or direction.
    """
    if not text or not text.strip():
        return history.c.completion_time.desc(), history.c.id.desc()
    found: dict[ColumnElement[Any], ColumnElement[Any]] = {}
    for part in text.split(","):
        name, _, direction = part.strip().partition(" ")
        wanted = direction.strip().lower() or "asc"
        if wanted not in ("asc", "desc"):
            raise InvalidArgument(f"The order is asc or desc, not {direction.strip()}.", member="$orderby")
        column = _column(name, "$orderby")
        found.setdefault(column, column.desc() if wanted == "desc" else column.asc())
    return (*found.values(), history.c.id.desc())


def _column(name: str, member: str = "$filter") -> ColumnElement[Any]:
    column = _BY_NAME.get(name.lower())
    if column is None:
        raise InvalidArgument(f"{name} is not one of the fields {_SHOWN}.", member=member)
    return column


@v_args(inline=True)
class _Conditions(Transformer[Token, ColumnElement[bool]]):
    """Turns a filter into a condition while it is read."""

    def start(self, found: ColumnElement[bool]) -> ColumnElement[bool]:
        return found

    def any(self, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return or_(*conditions)

    def all(self, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(*conditions)

    def negated(self, found: ColumnElement[bool]) -> ColumnElement[bool]:
        return not_(found)

    def field(self, name: Token) -> ColumnElement[Any]:
        return _column(name)

    def null(self) -> _Literal:
        return _Literal(_Kind.NULL, "null")

    def text(self, token: Token) -> _Literal:
        return _Literal(_Kind.TEXT, token[1:-1].replace("''", "'"))

    def time(self, token: Token) -> _Literal:
        return _Literal(_Kind.TIME, str(token))

    def number(self, token: Token) -> _Literal:
        return _Literal(_Kind.NUMBER, str(token))

    def truth(self, token: Token) -> _Literal:
        return _Literal(_Kind.TRUTH, str(token))

    def comparison(self, left: _Operand, token: Token, right: _Operand) -> ColumnElement[bool]:
        comparator = token.lower()
        if isinstance(left, _Literal):
            left, right, comparator = right, left, _MIRRORED.get(comparator, comparator)
        if isinstance(left, _Literal) or not isinstance(right, _Literal):
            raise _refused("Each comparison of the filter needs a field and a value.")
        return _compared(left, comparator, right)

    def among(self, name: Token, *values: _Literal) -> ColumnElement[bool]:
        return or_(*(_compared(_column(name), "eq", value) for value in values))

    def call(self, name: Token, *arguments: _Operand) -> ColumnElement[bool]:
        function = name.lower()
        if function not in ("contains", "startswith", "endswith"):
            raise _refused(f"The filter uses {name}, which is not supported here.")
        match arguments:
            case (ColumnElement() as column, _Literal(_Kind.TEXT, text)) if _holds_text(column):
                search: dict[str, Callable[..., ColumnElement[bool]]] = {
                    "contains": column.icontains,
                    "startswith": column.istartswith,
                    "endswith": column.iendswith,
                }
                return search[function](text, autoescape=True)
        raise _refused(f"{name} takes a field that holds text, and a text.")


def _compared(column: ColumnElement[Any], comparator: str, literal: _Literal) -> ColumnElement[bool]:
    if literal.kind is _Kind.NULL:
        if comparator not in ("eq", "ne"):
            raise _refused("null can only be compared with eq and ne.")
        return column.is_(None) if comparator == "eq" else column.is_not(None)
    value = _value(column, literal)
    if isinstance(value, str) and comparator in ("eq", "ne"):
        # A database's lower() may know ASCII only, so an exact match must count by itself.
        same = or_(column == value, func.lower(column) == value.lower())
        return same if comparator == "eq" else not_(same)
    condition: ColumnElement[bool] = _COMPARISONS[comparator](column, value)
    return condition


def _holds_text(column: ColumnElement[Any]) -> bool:
    return isinstance(column.type, Unicode | UnicodeText)


def _value(column: ColumnElement[Any], literal: _Literal) -> Any:
    """The literal as a value of the column's type. Raises InvalidArgument."""
    kind, written = column.type, literal.written
    try:
        if isinstance(kind, UtcTime) and literal.kind in (_Kind.TIME, _Kind.TEXT):
            return _time(written)
        if isinstance(kind, SeverityRank) and literal.kind is _Kind.TEXT:
            return _SEVERITIES[written.lower()]
        if isinstance(kind, Integer | BigInteger) and literal.kind is _Kind.NUMBER:
            number = int(written)
            if abs(number) <= _LARGEST:
                return number
        if _holds_text(column) and literal.kind is _Kind.TEXT:
            return written
    except (ValueError, KeyError, OverflowError):
        pass
    raise _refused(f"{written!r} cannot be compared with that field.")


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text.upper())
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
